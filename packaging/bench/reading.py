"""How long a photograph takes that is read by keys alone: two findings with regions, reading complete.

    QT_QPA_PLATFORM=offscreen python packaging/bench reading [--photos 60] [--json]

The window is the real one, driven with real key events as fast as it takes them; "read" is when the next
photograph is sharp. In turns: with each certainty stated by itself, as before the lists; and with the lists
gone through by one key and the certainty stated for all when the reading is completed. In both what the
photograph shows is said first.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from driving import copy_or_make_case, open_in, shown_window, turn_until
from measuring import PASSPHRASE, finish, in_folder, make_parser, median, percentile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.reading.reading import ReadingState
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.reading.sight import Sight

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_COVERAGE = ((Qt.Key.Key_B, _SHIFT), "1", Qt.Key.Key_Escape)
_FIRST = ("2", "H", *"chest l", Qt.Key.Key_Return, Qt.Key.Key_Escape)
_SECOND = ("4", "H", *"wrist r", Qt.Key.Key_Return, Qt.Key.Key_Escape)
_PATIENCE = 300.0
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
        turn_until(lambda: canvas.sight() is Sight.SHOWN)  # nobody judges what is not on screen
        press(key, window)
    try:
        turn_until(lambda: reader.position != here and canvas.sight() is Sight.SHOWN, _PATIENCE)
    except TimeoutError:
        where = f"{here} to {reader.position}, {canvas.sight()}"
        raise RuntimeError(f"it did not go on, {where}: {session.desk.reading(photo)}") from None
    took = (time.perf_counter() - began) * 1000
    reading = session.desk.reading(photo)
    sure = all(each.certainty_stated and each.regions for each in reading.findings)
    if reading.state is not ReadingState.COMPLETE or len(reading.findings) != 2 or not sure:
        raise RuntimeError(f"the keys made another reading: {reading}")
    return took


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    options = parser.parse_args()
    before: list[float] = []
    with_lists: list[float] = []
    with in_folder(None) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        case = copy_or_make_case(folder, options.case, options.source, options.photos, passphrase)
        with shown_window(1366, 768) as window:
            session, _opened = open_in(window, case)
            turn_until(lambda: session.reading.canvas.sight() is Sight.SHOWN)
            for number in range(min(options.photos, len(session.reader.worklist)) - 2):
                way, found = ((EACH_BY_ITSELF, before), (LISTS_AND_ALL, with_lists))[number % 2]
                found.append(read_one(window, session, way))
    finish(
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
        options,
    )


if __name__ == "__main__":
    main()
