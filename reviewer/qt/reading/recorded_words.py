"""What was just recorded, large over the foot of the photograph for a moment: a slip is seen at once.

Whatever made the act - a key, the type box, the body map - it is what stands in the Reading that is shown. It
appears and goes without moving, takes no click and no key.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.reading import Reading
from reviewer.domain.reading.reading_changes import describe_changes
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.reading.reader import Reader

SHOWN_MS = 1000
_ABOVE_FOOT = 24


class RecordedNotice(PlainLabel):
    """Lies over `over` and follows the Reader."""

    def __init__(self, reader: Reader, over: QWidget) -> None:
        super().__init__("", over)
        self.setObjectName("recorded")
        self.setAccessibleName("Recorded")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reader, self._over = reader, over
        self._before: Reading | None = None
        self._timer = make_single_shot_timer(self, SHOWN_MS, self.hide)
        self.hide()
        over.installEventFilter(self)
        reader.on_moved.connect(self._begin_photo)
        reader.on_reading.connect(self._show_changes)

    def _begin_photo(self) -> None:
        """Another photograph: what was said of the last one is over."""
        self._before = self._reader.reading if self._reader.photo is not None else None
        self.hide()

    def _show_changes(self) -> None:
        if self._reader.photo is None:
            return
        before, now = self._before, self._reader.reading
        self._before = now
        if before is None or before.photo != now.photo:
            return
        words = describe_changes(before, now, self._reader.vocabulary)
        if words:
            self.setText("\n".join(words))
            self._place_over()
            self.show()
            self.raise_()
            self._timer.start()

    def _place_over(self) -> None:
        """As wide as its words; in several lines where the photograph is narrower."""
        most = max(1, self._over.width() - 2 * _ABOVE_FOOT)
        self.setWordWrap(False)
        natural = self.sizeHint()
        if natural.width() <= most:
            self.resize(natural)
        else:
            self.setWordWrap(True)
            self.resize(most, self.heightForWidth(most))
        across = (self._over.width() - self.width()) // 2
        self.move(across, max(0, self._over.height() - self.height() - _ABOVE_FOOT))

    def changeEvent(self, event: QEvent) -> None:
        """Type that became larger while something is shown needs more room."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and not self.isHidden():
            self._place_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place_over()
        return super().eventFilter(watched, event)
