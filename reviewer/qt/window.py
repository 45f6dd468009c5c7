"""The one window: a rail of screens at the left, the screen that is on, and the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from reviewer.domain.case import Examiner
from reviewer.domain.errors import KnownError
from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.catalogue import CATALOGUE
from reviewer.qt.actions.keymap import keymap_from
from reviewer.qt.bindings import bind_compare, bind_reading
from reviewer.qt.bridge import GuiPost
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.exporting import export_csv
from reviewer.qt.rail import SCREENS, Rail
from reviewer.qt.screens.start import StartScreen
from reviewer.qt.screens.who import WhoScreen
from reviewer.qt.session import Session
from reviewer.qt.taste import Taste
from reviewer.qt.theme import DARK, LIGHT, Theme, apply_theme, load_theme
from reviewer.qt.widgets.keys_sheet import KeysSheet
from reviewer.qt.widgets.type_box import Option, Question, TypeBox
from reviewer.services.jobs import Job
from reviewer.services.open_case import OpenCase
from reviewer.services.recent_cases import remember
from reviewer.services.worklist import Worklist

_TITLE = "reviewer"
PATIENCE = 3.0
"""Seconds that closing waits for acts on their way."""


class MainWindow(QMainWindow):
    """Places the screens; what happens in them is theirs."""

    def __init__(self, post: GuiPost, taste: Taste) -> None:
        super().__init__()
        self._post, self._taste = post, taste
        self._theme = taste.theme()
        self._keymap = keymap_from(taste.keymap_text())
        self._session: Session | None = None
        self._who: WhoScreen | None = None
        self._after_opening: Callable[[Session], None] = lambda _session: None
        self._told_unsaved = False
        self.start = StartScreen(post)
        self._rail = Rail(self._keymap, self._theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        centre = self._arrange()
        self._binder = ActionBinder(self, self._keymap, self.say)
        self._keys = KeysSheet(centre, self._keymap)
        self._commands = TypeBox(centre)
        self._bind()
        self.show_screen("start")
        for complaint in self._keymap.complaints:
            self.start.say(complaint)

    def _arrange(self) -> QWidget:
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(centre)
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(1024, 680)
        self.resize(1366, 768)
        self.restoreGeometry(self._taste.geometry())
        self._rail.chosen.connect(lambda id_: self._binder.run(id_))
        self.start.opened.connect(self._on_opened)
        return centre

    def _bind(self) -> None:
        table: dict[str, Callable[[], object]] = {
            **{f"window.{name}": lambda name=name: self.show_screen(name) for name in self._screen_names()},  # type: ignore[misc]
            "case.export": lambda: export_csv(self._need_session(), self._post, self.say, self),
            "case.close": self.close_case,
            "window.full-screen": self._toggle_full_screen,
            "window.theme": self._toggle_theme,
            "window.larger-text": lambda: self._scale_text(0.1),
            "window.smaller-text": lambda: self._scale_text(-0.1),
            "window.commands": self._ask_command,
            "window.keys": self._keys.toggle,
            "window.quit": self.close,
        }
        for id_, work in table.items():
            self._binder.bind(id_, work)

    @staticmethod
    def _screen_names() -> Sequence[str]:
        return SCREENS

    # screens

    @property
    def session(self) -> Session | None:
        return self._session

    @property
    def screen_name(self) -> str:
        return self._screen

    def show_screen(self, name: str) -> None:
        """Show one of rail.SCREENS."""
        self._screen = name
        widget = self._widget_of(name)
        self._stack.setCurrentWidget(widget)
        if name == "start":
            self.start.refresh()
        elif self._session is not None:
            self._session.refresh(name)
        self._rail.show_screen(name, self._session is not None)
        self._update_actions()
        focus = self._session.focus_of(name) if self._session and name != "start" else widget
        focus.setFocus()

    def _widget_of(self, name: str) -> QWidget:
        if self._session is None or name == "start":
            return self.start
        return self._session.screens[name]

    def _update_actions(self) -> None:
        session = self._session
        read_only = session.case.read_only if session else ""
        self._binder.update(
            Availability(
                session is not None,
                self._screen == "read" and bool(session),
                self._screen == "compare" and bool(session),
                read_only,
            )
        )

    def say(self, sentence: str) -> None:
        """One sentence where the person looks."""
        if self._session is not None and self._screen == "read":
            self._session.reading.say(sentence)
        elif self._session is not None and self._screen == "compare":
            self._session.compare.say(sentence)
        elif self._screen == "start":
            self.start.say(sentence)
        elif self._session is not None:
            self.statusBar().showMessage(sentence, 8000)

    # opening and closing

    def open_folder(
        self, folder: Path, *, read_only: bool = False, then: Callable[[Session], None] | None = None
    ) -> None:
        """Open a Case as if its folder had been chosen; `then` runs once it is on screen."""
        if then is not None:
            self._after_opening = then
        self.start.open_folder(folder, read_only)

    def _on_opened(self, case: OpenCase) -> None:
        self.close_case()
        remember(case.folder, case.name)
        people = case.examiners()
        if len(people) == 1:
            self._begin(case, people[0])
            return
        self._who = WhoScreen(case)
        self._who.chosen.connect(self._begin)
        self._stack.addWidget(self._who)
        self._stack.setCurrentWidget(self._who)
        self._who.setFocus()

    def _begin(self, case: OpenCase, examiner: Examiner) -> None:
        worklist = Worklist(case, examiner.id)
        Job(
            "worklist",
            lambda _control: worklist.load(),
            self._post,
            on_done=lambda loaded: self._on_loaded(case, examiner, loaded),
            on_failed=lambda error: self.say(str(error)),
        ).start()

    def _on_loaded(self, case: OpenCase, examiner: Examiner, worklist: Worklist) -> None:
        session = Session(case, examiner, worklist, self._post, self._theme, self)
        self._session = session
        for screen in session.screens.values():
            self._stack.addWidget(screen)
        session.reading.action_wanted.connect(self._binder.run)
        session.compare.action_wanted.connect(self._binder.run)
        bind_reading(self._binder, session.reading)
        bind_compare(self._binder, session.compare, self.show_screen)
        session.reading.viewed = self._viewed
        if self._who is not None:
            self._drop(self._who)
            self._who = None
        self.setWindowTitle(f"{case.name} \u2013 {_TITLE}")
        self.show_screen("read" if len(worklist) else "ingest")
        if self._taste.side_width():
            session.reading.set_side_width(self._taste.side_width())
        session.begin()
        after, self._after_opening = self._after_opening, lambda _session: None
        after(session)

    def close_case(self) -> None:
        """Close the Case and go back to the start screen."""
        session, self._session = self._session, None
        if session is None:
            return
        if session.reading.side.isVisible():
            self._taste.keep_side_width(session.reading.side_width)
        self.show_screen("start")
        for screen in session.screens.values():
            self._drop(screen)
        session.close()
        session.deleteLater()
        self.setWindowTitle(_TITLE)

    def _drop(self, screen: QWidget) -> None:
        self._stack.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def _viewed(self) -> PictureView:
        """The photograph that zoom and turn are about."""
        session = self._need_session()
        return session.compare.viewed() if self._screen == "compare" else session.reading.canvas

    def _need_session(self) -> Session:
        if self._session is None:
            raise KnownError("No case is open.")
        return self._session

    # the window itself

    def _ask_command(self) -> None:
        def find(typed: str) -> list[Option]:
            wanted = typed.casefold().split()
            return [
                Option(spec.id, f"{spec.text}    {self._keymap.shown(spec.id)}", refusal, not refusal)
                for spec in CATALOGUE
                if all(word in f"{spec.group} {spec.text}".casefold() for word in wanted)
                for refusal in [self._binder.refusal(spec)]
            ]

        self._commands.ask(Question("Find a command by name", find, self._binder.run))

    def _toggle_theme(self) -> None:
        name = LIGHT if self._theme.name == DARK else DARK
        self._dress(load_theme(name, self._theme.text_scale))

    def _scale_text(self, by: float) -> None:
        self._dress(load_theme(self._theme.name, round(self._theme.text_scale + by, 2)))

    def _dress(self, theme: Theme) -> None:
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        self._rail.apply_theme(theme)
        if self._session is not None:
            self._session.reading.apply_theme(theme)
            self._session.compare.set_colours(theme.colour("canvas"), theme.colour("canvas_text"))
        self._taste.keep_theme(theme)

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self._session is not None:
            self._session.reading.left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keys.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self._session
        if session is not None and not session.case.read_only and not self._told_unsaved:
            session.reading.side.note.keep()
            if not session.case.writer.settle(PATIENCE):
                waiting = session.case.writer.waiting
                self._told_unsaved = True
                self.say(f"{waiting} acts are not saved yet. Close again to give them up.")
                event.ignore()
                return
        self._taste.keep_geometry(self.saveGeometry())
        self.close_case()
        event.accept()
