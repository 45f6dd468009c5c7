"""Draws the window of a case, screen by screen, in sizes, texts and themes: `packaging/pictures FOLDER`.

What is drawn is the program as it is: a case is opened in a window that no screen shows, and each picture is
taken when the photographs are sharp and the figures are counted. Ends with 1 if words are cut or crowded.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from reviewer.qt.app import new_application
from reviewer.qt.bridge import GuiPost
from reviewer.qt.design.page import DesignPage
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.qt.look.theme import apply_theme, load_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.main_window.window import MainWindow
from reviewer.qt.widgets.elided_label import ElidedLabel

PATIENCE = 30.0
"""Seconds for a screen to show what it has to show."""
DESIGN = "design"
"""The page of what all screens are made of, which is drawn like one of them."""
SMALLEST_TYPE = 12
"""Pixels of the smallest words at 100 %."""


def main() -> int:
    options = parse_options()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        os.environ["REVIEWER_DATA"] = str(Path(made) / "account")
        application = new_application()
        apply_theme(application, load_theme("dark"))
        case = options.case or make_demonstration(Path(made))
        post = GuiPost()
        window = make_window(post, WindowSettings())
        window.show()
        window.open_folder(case)
        open_as_first_examiner(window)
        faults = sum(draw_all(window, options))
        window.close()
        window.close()  # the first time the receipt is shown
        post.stop()
    print(f"{faults} faults." if faults else "Nothing is cut, crowded or too small.")
    return 1 if faults else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/pictures", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--sizes", default="1366x768,1920x1080,2560x1440")
    parser.add_argument("--texts", default="100,150")
    parser.add_argument("--themes", default="dark,light")
    parser.add_argument("--screens", default=",".join((*(spec.name for spec in SCREENS), DESIGN)))
    return parser.parse_args()


def make_demonstration(folder: Path) -> Path:
    """Make the demonstration that people are shown, with what is read in it."""
    from reviewer.main import main as run_verb

    if run_verb(["demo", str(folder / "demonstration"), "--no-window"]):
        raise SystemExit("The demonstration could not be made.")
    return next((folder / "demonstration").glob("*.case"))


def open_as_first_examiner(window: MainWindow) -> None:
    """Wait until the case is open; where it asks who reads, the first examiner does."""

    def is_open() -> bool:
        page = window.door.page
        if window.session is None and isinstance(page, ChooseExaminerScreen):
            page.findChildren(QPushButton)[-1].click()
        return window.session is not None

    wait_until(is_open, "the case is open")


def draw_all(window: MainWindow, options: argparse.Namespace) -> Iterator[int]:
    """Draw every picture that is asked for; yields how many faults it has."""
    sizes = [tuple(map(int, size.split("x"))) for size in options.sizes.split(",")]
    texts = [int(text) / 100 for text in options.texts.split(",")]
    for (width, height), text, theme in itertools.product(sizes, texts, options.themes.split(",")):
        window.resize(width, height)
        window.appearance.wear(theme, text)
        for name in options.screens.split(","):
            drawn = show_design_page(width) if name == DESIGN else window
            if drawn is window:
                window.show_screen(name)
            wait_until_drawn(drawn)
            path = options.folder / f"{name}-{width}x{height}-{round(text * 100)}-{theme}.png"
            drawn.grab().save(str(path))
            complaints = list(find_faults(drawn, SMALLEST_TYPE * text))
            for complaint in complaints:
                print(f"{path.name}: {complaint}")
            yield len(complaints)


def show_design_page(width: int) -> QWidget:
    """Show what the window is made of, as high as all of it."""
    page = DesignPage()
    page.resize(width, width)
    page.show()
    for _turn in range(4):
        QApplication.processEvents()
        page.resize(width, page.compute_whole_height())
    return page


def find_faults(window: QWidget, smallest: float) -> Iterator[str]:
    """Words that are cut, that lie over one another, or that are less than `smallest` pixels high."""
    shown = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLabel)
        and widget.isVisible()
        and widget.text()
        and not widget.visibleRegion().isEmpty()
    ]
    for widget in shown:
        words, needs = widget.text()[:60], widget.minimumSizeHint()
        wraps = isinstance(widget, ElidedLabel) or (isinstance(widget, QLabel) and widget.wordWrap())
        if (widget.width() < needs.width() and not wraps) or widget.height() < needs.height():
            has = f"{widget.width()}x{widget.height()}, not {needs.width()}x{needs.height()}"
            yield f"{words!r} is cut: {has}"
        if widget.fontInfo().pixelSize() < int(smallest):
            yield f"{words!r} is {widget.fontInfo().pixelSize()} pixels high"
    for one, other in itertools.combinations(shown, 2):
        if one.parentWidget() is other.parentWidget() and one.geometry().intersects(other.geometry()):
            yield f"{one.text()[:60]!r} lies over {other.text()[:60]!r}"


def wait_until(happened: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > ends:
            raise SystemExit(f"Waited in vain: {what}.")
        QApplication.processEvents()
        time.sleep(0.01)


def wait_until_drawn(window: QWidget) -> None:
    """Wait until three looks in a row at the window are the same picture."""
    same, before, ends = 0, QImage(), time.monotonic() + PATIENCE
    while same < 3 and time.monotonic() < ends:
        for _turn in range(10):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            QApplication.processEvents()
            time.sleep(0.01)
        now = window.grab().toImage()
        same, before = (same + 1 if now == before else 0), now


if __name__ == "__main__":
    sys.exit(main())
