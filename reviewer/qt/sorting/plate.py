"""What is asked before a run is sorted, over the foot of the photograph: as what, how many, and which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.layers import WindowLayer
from reviewer.qt.sorting.run_words import describe_run
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.reading.sorting import PhotoRun

_INNER, _ABOVE_FOOT = 12, 16
_STYLE_EVENTS = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


class RunPlate(WindowLayer):
    """Lies over the foot of `over`. Enter sorts, Esc does nothing, Up and Down choose another run.

    `shown` carries the PhotoRun that would be sorted, None once the plate is gone.
    """

    shown = Signal(object)

    def __init__(self, screen: QWidget, over: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = over
        self._runs: tuple[PhotoRun, ...] = ()
        self._place = 0
        self._take: Callable[[PhotoRun], object] = lambda _run: None
        self._name, self.sentence = PlainLabel(kind="strong"), PlainLabel()
        self._others = PlainLabel("↑ ↓ another run", kind="caption")
        self.sort_button, self.cancel_button = QPushButton(), QPushButton("Cancel   Esc")
        self.sort_button.setProperty("kind", "main")
        row = make_row(self, spacing=_INNER, margins=(16, 8, 8, 8))
        row.addWidget(self._name)
        row.addWidget(self.sentence, 1)
        row.addWidget(self._others)
        for button in (self.sort_button, self.cancel_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.sort_button.clicked.connect(self._sort)
        self.cancel_button.clicked.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def ask(
        self, category: Category, runs: Sequence[PhotoRun], first: int, take: Callable[[PhotoRun], object]
    ) -> None:
        """Ask whether `runs[first]` shall get the category; `take` gets the run that is confirmed."""
        self._runs, self._take = tuple(runs), take
        self._name.setText(CATEGORY_NAMES[category])
        self.setAccessibleName(f"Sort a run as {CATEGORY_NAMES[category].lower()}")
        self._others.setVisible(len(runs) > 1)
        self._show_run(first)
        self.show()
        self.raise_()
        self.setFocus()

    @property
    def run(self) -> PhotoRun | None:
        """The run that Enter sorts, None while nothing is asked."""
        return self._runs[self._place] if self._runs else None

    def _show_run(self, place: int) -> None:
        self._place = place
        run = self._runs[place]
        self.sentence.setText(describe_run(run))
        self.sort_button.setText(f"Sort {len(run.positions):,}   Enter")
        self._lie_over()
        self.shown.emit(run)

    def _sort(self) -> None:
        run, take = self.run, self._take
        self.dismiss()
        if run is not None:
            take(run)

    def dismiss(self) -> None:
        self._runs = ()
        self.put_away()
        self.shown.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._sort()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._runs:
            self._show_run((self._place + (1 if key == Qt.Key.Key_Down else -1)) % len(self._runs))
        super().keyPressEvent(event)

    def _lie_over(self) -> None:
        """As wide as its words; in two lines where the photograph is narrower."""
        most = max(1, self._over.width() - 2 * _ABOVE_FOOT)
        self.sentence.setWordWrap(False)
        self.ensurePolished()
        wide = self.sizeHint().width()
        if wide > most:
            self.sentence.setWordWrap(True)
            wide = most
        tall = max(48, self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height())
        at = self._over.mapTo(self._screen, self._over.rect().bottomLeft())
        self.setGeometry(
            at.x() + (self._over.width() - wide) // 2, max(0, at.y() + 1 - tall - _ABOVE_FOOT), wide, tall
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS and not self.isHidden():
            self._lie_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and not self.isHidden():
            self._lie_over()
        return super().eventFilter(watched, event)
