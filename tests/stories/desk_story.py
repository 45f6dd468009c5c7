"""The real window driven by real key and mouse events, in words a reader uses."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.bridge import GuiPost
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.look.theme import apply_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.services.reading.sight import Sight
from tests.support.waiting import until
from tests.support.windows import let_closed_windows_go

_KEYS = {
    "Right": Qt.Key.Key_Right,
    "Left": Qt.Key.Key_Left,
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Space": Qt.Key.Key_Space,
    "Tab": Qt.Key.Key_Tab,
    "Delete": Qt.Key.Key_Delete,
    "Backspace": Qt.Key.Key_Backspace,
    "Home": Qt.Key.Key_Home,
    "End": Qt.Key.Key_End,
    "Down": Qt.Key.Key_Down,
    "Up": Qt.Key.Key_Up,
    "PgDown": Qt.Key.Key_PageDown,
    "F1": Qt.Key.Key_F1,
    "F4": Qt.Key.Key_F4,
    "F5": Qt.Key.Key_F5,
    "F3": Qt.Key.Key_F3,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F8": Qt.Key.Key_F8,
    "PgUp": Qt.Key.Key_PageUp,
    "F9": Qt.Key.Key_F9,
    "F2": Qt.Key.Key_F2,
    "F10": Qt.Key.Key_F10,
    "F12": Qt.Key.Key_F12,
}
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class Examiner:
    """Sits at the window. Every method is something a person does or sees."""

    def __init__(self, *, view_only: bool = False) -> None:
        self.has_left = False
        self.post = GuiPost()
        self.taste = WindowSettings()
        apply_theme(QApplication.instance(), self.taste.theme())
        self.window = make_window(self.post, self.taste, view_only=view_only)
        self.window.resize(1366, 768)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)

    def opens(self, case: Path, **options):
        self.window.open_folder(case, **options)
        until(lambda: self.window.session is not None, "the case is open")
        return self

    def unlocks(self, case: Path, passphrase: str):
        """Open an encrypted case."""
        self.window.open_folder(case)
        until(lambda: isinstance(self.window.door.page, UnlockScreen), "the passphrase is asked for")
        self.window.door.page.passphrase.set_text(passphrase)
        self.window.door.page.try_passphrase()
        until(lambda: self.window.session is not None, "the case is open")
        return self

    def leaves(self):
        """Close the window: everything is saved, every thread ends."""
        self.has_left = True
        assert self.window.close() or self.window.close(), "the receipt is shown once, then it closes"
        self.post.stop()
        self.window.deleteLater()
        let_closed_windows_go()
        QApplication.processEvents()

    # what is there

    @property
    def session(self):
        return self.window.session

    @property
    def reading(self):
        return self.session.reading

    @property
    def reader(self):
        return self.session.reader

    @property
    def terms(self):
        return [finding.term for finding in self.reader.reading.findings]

    @property
    def finding(self):
        return self.reader.require_selected()

    @property
    def said(self):
        return self.reading.message.text()

    def sees_photo(self, position=None):
        """Wait until a sharp photograph is on screen."""
        if position is not None:
            until(lambda: self.reader.position == position, f"photo {position}")
        until(lambda: self.reading.canvas.sight() is Sight.SHOWN, "a sharp photograph")
        return self

    def is_saved(self):
        """Wait until every act made so far is committed, and the header says so."""
        desk = self.session.desk
        until(lambda: not self.session.case.writer.waiting and not desk.waiting, "all acts are committed")
        assert self.window.header.saved.text().startswith("Saved ")
        return self

    # what is done

    def presses(self, *keys: str):
        """Press keys one after the other: "1", "Right", "Ctrl+Z", "?"."""
        for key in keys:
            *names, last = key.split("+") if len(key) > 1 else [key]
            modifiers = Qt.KeyboardModifier.NoModifier
            for name in names:
                modifiers |= _MODIFIERS[name]
            target = QApplication.focusWidget() or self.window
            if last in _KEYS:
                QTest.keyClick(target, _KEYS[last], modifiers)
            elif modifiers != Qt.KeyboardModifier.NoModifier:
                QTest.keyClick(target, getattr(Qt.Key, f"Key_{last.upper()}"), modifiers)
            else:
                QTest.keyClick(target, last)
        return self

    def types(self, text: str):
        for letter in text:
            QTest.keyClick(QApplication.focusWidget() or self.window, letter)
        return self

    def adds(self, typed: str):
        return self.presses("/").types(typed).presses("Enter")

    def places(self, typed: str):
        """Say where the selected finding is, by typing."""
        return self.presses("H").types(typed).presses("Enter", "Esc")

    def points_at(self, region: str):
        """Click a region on the body map."""
        body_map = self.reading.side.body_map
        QTest.mouseClick(body_map, Qt.MouseButton.LeftButton, pos=body_map.middle_of(region).toPoint())
        return self

    def spot(self, x: int, y: int) -> QPoint:
        """The point of the canvas that shows the pixel (x, y) of the upright photograph."""
        across, down = self.reading.canvas.to_widget((x + 0.5, y + 0.5))
        return QPointF(across, down).toPoint()

    def drags(self, start, end, *between):
        canvas = self.reading.canvas
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=self.spot(*start))
        for point in (*between, end):
            QTest.mouseMove(canvas, self.spot(*point))
            QTest.qWait(1)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=self.spot(*end))
        return self

    def clicks(self, *points):
        for point in points:
            QTest.mouseClick(self.reading.canvas, Qt.MouseButton.LeftButton, pos=self.spot(*point))
        return self
