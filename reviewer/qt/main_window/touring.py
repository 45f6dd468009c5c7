"""The tour on the reading screen: where the plate and the ring stand, and when what a step asks is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.qt.event_listening import listen_to_events, stop_listening
from reviewer.qt.help.tour import STEPS, TourPlate, TourRing, place_plate
from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.session import Session
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.widgets.action_button import ActionButton

_AROUND = 4
_TAB_OF = {"tags": "tags", "map": "map", "coverage": "map"}


class TourGuide(QObject):
    """Leads through the steps. `is_covered` tells that a question lies over the screen, whose Esc it is."""

    def __init__(
        self,
        over: QWidget,
        find_session: Callable[[], Session | None],
        rail: QWidget,
        search: QWidget,
        is_covered: Callable[[], bool],
    ) -> None:
        super().__init__(over)
        self._over, self._find_session, self._is_covered = over, find_session, is_covered
        self._places = {"screens": rail, "search": search}
        self._scale, self._number = 1.0, -1
        self.next_key = ""
        self._completed_before = 0
        self.ring, self.plate = TourRing(over), TourPlate(over)
        self.plate.left.connect(self.leave)
        self.plate.stepped.connect(self.step)
        over.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        return self._number >= 0

    @property
    def number(self) -> int:
        """The step that is shown, counted from 0; -1 for none."""
        return self._number

    def begin(self) -> None:
        """Begin at the first step, or go to the next one if it is on already."""
        session = self._find_session()
        if session is None:
            return
        if self.is_on:
            self.step(1)
            return
        self._completed_before = _count_complete(session)
        reader = session.reader
        reader.on_reading.connect(self.update)
        listen_to_events(self)
        self._number = 0
        self.update()

    def step(self, by: int) -> None:
        """Go to the next step or back; after the last one the tour is over."""
        self._number += by
        if not 0 <= self._number < len(STEPS):
            self.leave()
        else:
            self.update()

    def leave(self) -> None:
        session = self._find_session()
        if session is not None:
            self.leave_session(session)

    def leave_session(self, session: Session) -> None:
        """End the tour in a session, which may be about to close."""
        if not self.is_on:
            return
        self._number = -1
        reader = session.reader
        reader.on_reading.disconnect(self.update)
        stop_listening(self)
        self.ring.hide()
        self.plate.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._scale = theme.text_scale
        self.ring.apply_theme(theme)
        self.update()

    def update(self) -> None:
        """Show the step, and place it once everything else has its place."""
        if self.is_on:
            self._place()
            QTimer.singleShot(0, self, self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.update()
        if not self.is_on or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if self._is_covered() or not self.plate.isVisible():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the key is the tour's, and no shortcut's
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.leave()
            return True
        return False

    def _place(self) -> None:
        session = self._find_session()
        reading = session.reading if session is not None else None
        if not self.is_on or session is None or reading is None or not reading.isVisible():
            self.ring.hide()
            self.plate.hide()
            return
        about = STEPS[self._number].about
        if about in _TAB_OF:
            reading.side.sections.turn_to(_TAB_OF[about])
        self.plate.show_step(self._number, self._is_done(session, about), self.next_key)
        canvas = self._find_rect(reading.canvas)
        meant = self._find_meant(reading, about)
        self.plate.fit(self._scale, canvas.width() - 32)
        self.plate.setGeometry(place_plate(self.plate.rect(), canvas, meant))
        self.ring.setGeometry(meant)
        self.ring.setVisible(not meant.isEmpty())
        for shown in (self.ring, self.plate):
            shown.raise_()
        self.plate.show()

    def _find_rect(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._over, QPoint(0, 0)), widget.size())

    def _find_meant(self, reading: ReadingScreen, about: str) -> QRect:
        """Where on the window what a step is about lies, with the room of the ring around it."""
        meant = QRect()
        for widget in self._list_meant(reading, about):
            if widget.isVisible():
                meant = meant.united(self._find_rect(widget))
        around = meant.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        return around.intersected(self._over.rect()) if not meant.isEmpty() else QRect()

    def _list_meant(self, reading: ReadingScreen, about: str) -> list[QWidget]:
        buttons = reading.toolbar.findChildren(ActionButton)
        side = reading.side
        parts: dict[str, list[QWidget]] = {
            "tags": [side.quick_tags],
            "drawing": [button for button in buttons if button.action_id.startswith("mark.")],
            "map": [side.body_map],
            "certainty": [side.detail],
            "coverage": [side.covers],
            "complete": [button for button in buttons if button.action_id == "reading.complete-and-next"],
        }
        return parts[about] if about in parts else [self._places[about]]

    def _is_done(self, session: Session, about: str) -> bool:
        if session.reader.photo is None:
            return False
        reading = session.reader.reading
        found = reading.findings
        done = {
            "tags": bool(found),
            "drawing": any(finding.marks for finding in found),
            "map": any(finding.regions for finding in found),
            "certainty": any(finding.certainty_stated for finding in found),
            "coverage": bool(reading.coverage),
        }
        if about == "complete":
            return _count_complete(session) > self._completed_before
        return done.get(about, False)


def _count_complete(session: Session) -> int:
    """How many readings of the list that is read are complete, as it knows without asking the case."""
    worklist = session.reader.worklist
    return worklist.count(ReadingProgress.COMPLETE)
