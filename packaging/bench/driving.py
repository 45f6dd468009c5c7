"""The real window on a case made for measuring, in this process, driven with real key events."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import find_passphrase
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from reviewer.qt.bridge import GuiPost
from reviewer.qt.collecting import GuiCollector
from reviewer.qt.look.theme import apply_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool

PATIENCE = 600.0


def turn_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Let the window live until the condition holds."""
    clock, pulse, loop = QElapsedTimer(), QTimer(), QEventLoop()
    clock.start()
    pulse.start(1)
    while not condition():
        if clock.elapsed() > seconds * 1000:
            raise TimeoutError
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def wait(seconds: float) -> None:
    """Let the window live for so long."""
    until = time.perf_counter() + seconds
    turn_until(lambda: time.perf_counter() >= until)


def copy_or_make_case(
    folder: Path, case: Path | None, source: Path | None, photos: int, passphrase: str | None
) -> Path:
    """A case in `folder`: a copy of `case`, or a new one of the photographs of `source`, or of drawn ones."""
    if case is not None:
        return Path(shutil.copytree(case, folder / "copy.case"))
    if source is None:
        source = folder / "photographs"
        make_collection(source, photos, seed=1)
    made, pool = create_case(folder / "paging.case", "Benchmark", "Benchmark", passphrase), new_pool()
    ingest(made, pool, made.examiners()[0].id, source, JobControl())
    pool.close()
    made.close()
    return made.folder


@contextmanager
def shown_window(width: int, height: int) -> Iterator[MainWindow]:
    """The window without a case; one that is opened in it is closed at the end."""
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise RuntimeError("there is an application without windows")
    window_settings, post, collector = WindowSettings(), GuiPost(), GuiCollector()
    apply_theme(application, window_settings.theme())
    window = make_window(post, window_settings)
    window.resize(width, height)
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.close()  # the first may show a receipt
        post.stop()
        collector.stop()


def open_in(window: MainWindow, case: Path) -> tuple[Session, float]:
    """Open a case, typing its passphrase if it has one: its session, and ms from Enter until it was there."""
    passphrase, began = find_passphrase(case), time.perf_counter()
    window.open_folder(case)
    if passphrase is not None:
        turn_until(_is_asked_for_passphrase)
        field = QApplication.focusWidget() or window
        QTest.keyClicks(field, passphrase)
        began = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Return)
    turn_until(lambda: window.session is not None)
    if window.session is None:
        raise RuntimeError("no case is open")
    return window.session, (time.perf_counter() - began) * 1000


def _is_asked_for_passphrase() -> bool:
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.echoMode() == QLineEdit.EchoMode.Password
