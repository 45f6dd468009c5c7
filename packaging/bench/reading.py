"""How long a photograph takes that is read by keys alone: two findings with regions, reading complete.

    QT_QPA_PLATFORM=offscreen python packaging/bench reading [--photos 60] [--json]

The window is the real one, driven with real key events as fast as it takes them; "read" is when the next
photograph is sharp. In turns: with each certainty stated by itself, as before the lists; and with the lists
gone through by one key and the certainty stated for all when the reading is completed. In both what the
photograph shows is said first.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from inside import made_case, turn_until
from measuring import in_folder, median, percentile, report
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.reading.reading import ReadingState
from reviewer.qt.bridge import GuiPost
from reviewer.qt.look.theme import apply_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.reading.sight import Sight

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_COVERAGE = ((Qt.Key.Key_B, _SHIFT), "1", Qt.Key.Key_Escape)
_FIRST = ("2", "H", *"chest l", Qt.Key.Key_Return, Qt.Key.Key_Escape)
_SECOND = ("4", "H", *"wrist r", Qt.Key.Key_Return, Qt.Key.Key_Escape)
Key = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]
EACH_BY_ITSELF: tuple[Key, ...] = (*_COVERAGE, *_FIRST, "Q", *_SECOND, "Q", Qt.Key.Key_Return)
LISTS_AND_ALL: tuple[Key, ...] = (*_COVERAGE, *_FIRST, *_SECOND, ",", Qt.Key.Key_Return, "Q")


def press(key: Key, window: MainWindow) -> None:
    target = QApplication.focusWidget() or window
    if isinstance(key, str):
        QTest.keyClicks(target, key)
    elif isinstance(key, tuple):
        QTest.keyClick(target, *key)
    else:
        QTest.keyClick(target, key)


def read_one(window: MainWindow, session: Session, keys: Sequence[Key]) -> float:
    """Milliseconds from the first key to the next photograph; the reading must be what was wanted."""
    reader, canvas = session.reader, session.reading.canvas
    here, photo = reader.position, reader.sha256
    began = time.perf_counter()
    for key in keys:
        press(key, window)
    turn_until(lambda: reader.position != here and canvas.sight() is Sight.SHOWN)
    took = (time.perf_counter() - began) * 1000
    reading = session.desk.reading(photo)
    sure = all(each.certainty_stated and each.regions for each in reading.findings)
    if reading.state is not ReadingState.COMPLETE or len(reading.findings) != 2 or not sure:
        raise RuntimeError(f"the keys made another reading: {reading}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    application = QApplication([])
    taste, post = WindowSettings(), GuiPost()
    apply_theme(application, taste.theme())
    before: list[float] = []
    with_lists: list[float] = []
    with in_folder(None) as folder:
        case = made_case(folder, options.source, options.photos)
        window = make_window(post, taste)
        window.resize(1366, 768)
        window.show()
        window.open_folder(case)
        turn_until(lambda: window.session is not None)
        session = window.session
        if session is None:
            raise RuntimeError("no case is open")
        turn_until(lambda: session.reading.canvas.sight() is Sight.SHOWN)
        for number in range(min(options.photos, len(session.reader.worklist)) - 2):
            way, found = ((EACH_BY_ITSELF, before), (LISTS_AND_ALL, with_lists))[number % 2]
            found.append(read_one(window, session, way))
        window.close()
        post.stop()
    report(
        "reading",
        {
            "photographs": len(before) + len(with_lists),
            "keys, each certainty by itself, no list": len(EACH_BY_ITSELF),
            "keys, lists and one certainty for all": len(LISTS_AND_ALL),
            "each by itself: photograph read (ms, median)": median(before),
            "each by itself: photograph read (ms, 95 %)": percentile(before, 0.95),
            "lists and one for all: photograph read (ms, median)": median(with_lists),
            "lists and one for all: photograph read (ms, 95 %)": percentile(with_lists, 0.95),
        },
        options.json,
    )


if __name__ == "__main__":
    main()
