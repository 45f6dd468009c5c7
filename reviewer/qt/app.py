"""The window face: makes the application, opens the window, keeps faults from being silent."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer.qt.bridge import GuiPost
from reviewer.qt.collecting import GuiCollector
from reviewer.qt.design.page import DesignPage
from reviewer.qt.entry.privacy import prevent_traces
from reviewer.qt.look.theme import apply_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.succession import WindowSuccession
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.session import Prepare
from reviewer.system.succession import Line

logger = logging.getLogger(__name__)


def run(
    case: Path | None,
    *,
    read_only: bool = False,
    ingest: Sequence[Path] = (),
    prepare: Prepare | None = None,
    examiner: str = "",
    view_only: bool = False,
) -> int:
    """Open the window, on a Case if one is named; the exit status once it is closed.

    `ingest` are folders to ingest once the Case is open, after `prepare` has run in the same job; `examiner`
    is the name of who reads, where several can and that is known already. `view_only` is the window in which
    nothing can be written; there `case` may be a court pack as well.
    """
    running = RunningWindow(Line(), view_only=view_only)
    window = running.window
    if running.taste.geometry().isEmpty():
        window.showMaximized()  # the first time: all the room there is, title bar included
    else:
        window.show()
    if case is not None and view_only:
        window.view_folder(case)
    elif case is not None:
        window.open_folder(
            case,
            read_only=read_only,
            examiner=examiner,
            then=lambda session: _start_ingest(session, ingest, prepare),
        )
    return running.turn()


class RunningWindow:
    """The application with its one window, not shown yet. `line` is to whoever waits for the program."""

    def __init__(self, line: Line, *, view_only: bool = False) -> None:
        self.application = new_application()
        self.taste = WindowSettings()
        apply_theme(self.application, self.taste.theme())
        self.post, self._collector = GuiPost(), GuiCollector()
        self.window = window = make_window(self.post, self.taste, view_only=view_only)
        self._succession = WindowSuccession(window, self.post, line)
        window.leaving.replacement = self._succession
        _install_fault_hook(window.say)
        signal.signal(signal.SIGINT, lambda *_args: _close_for_system(window))
        signal.signal(signal.SIGTERM, lambda *_args: _close_for_system(window))
        self._heartbeat = QTimer()  # lets Python look at signals while Qt waits
        self._heartbeat.start(250)
        self._heartbeat.timeout.connect(lambda: None)

    def turn(self) -> int:
        """Turn the event loop until the window is closed; the exit status. Does not return where a successor
        has taken over: this process ends then."""
        status = self.application.exec()
        if self._succession.has_ended:
            self._succession.leave()
        self._succession.close()
        self.post.stop()
        self._collector.stop()
        return status


def run_design_page() -> int:
    """Show what the window is made of; the exit status once that is closed."""
    application = new_application()
    apply_theme(application, WindowSettings().theme())
    page = DesignPage()
    page.resize(1366, 768)
    page.show()
    return application.exec()


def new_application() -> QApplication:
    """Qt made ready, before any widget."""
    prevent_traces()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("reviewer")
    application.setDesktopFileName("reviewer")
    return application


def _start_ingest(session: Session, folders: Sequence[Path], prepare: Prepare | None) -> None:
    if session.case.read_only:
        return
    session.services.prepare = prepare
    for folder in folders:
        session.ingest.start(folder)


def _close_for_system(window: MainWindow) -> None:
    """Close because the system asks to: nothing is shown that would need an answer."""
    window.leaving.is_ending = True
    window.close()


def _install_fault_hook(say: Callable[[str], None]) -> None:
    """A fault of the program is logged and said; the Case is safe, since every act was a transaction."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.error("a fault of the program", exc_info=(kind, error, trace))
        say(f"A fault of the program ({kind.__name__}). What was shown as saved is safe; see the log.")

    sys.excepthook = hook
