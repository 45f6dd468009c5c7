"""The category gate: from a key to the next photograph painted sharp, and how many a second there can be.

    QT_QPA_PLATFORM=offscreen python packaging/bench sorting [--photos 60] [--source FOLDER] [--pause 0.3]

The window is the real one, driven with real key events; "painted" is the end of the first paint that shows
the sharp photograph. Half of the photographs are sorted with a look of `--pause` seconds at each, half as
fast as sharp photographs come. All keys end on disk before the clock is stopped.
"""

from __future__ import annotations

import time
from multiprocessing import get_context
from pathlib import Path

from driving import copy_or_make_case, open_in, shown_window, turn_until, wait
from measuring import PASSPHRASE, Watch, finish, in_folder, make_parser, median, percentile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.collecting import GuiCollector
from reviewer.qt.sorting.screen import SortScreen

_KEYS = (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_4)


def sort_some(screen: SortScreen, count: int, pause: float) -> list[float]:
    """Milliseconds from each key to the next photograph painted."""
    found = []
    for number in range(count):
        here = screen.sorter.position
        began = time.perf_counter()
        QTest.keyClick(screen.view, _KEYS[number % len(_KEYS)])
        turn_until(lambda here=here: screen.sorter.position != here and screen.view.has_picture)  # type: ignore[misc]
        screen.view.repaint()
        found.append((time.perf_counter() - began) * 1000)
        wait(pause)
    return found


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    parser.add_argument("--pause", type=float, default=0.3)
    options = parser.parse_args()
    application = QApplication([])
    collector = GuiCollector()
    with in_folder(None) as folder:
        wanted = folder, options.case, options.source, options.photos
        arguments = (*wanted, None if options.unencrypted else PASSPHRASE)
        making = get_context("spawn").Process(target=copy_or_make_case, args=arguments)
        making.start()  # in a process of its own, so that its memory is not taken for that of the window
        making.join()
        figures = measured(next(folder.glob("*.case")), options.photos, options.pause)
    collector.stop()
    application.quit()
    finish("sorting", figures, options)


def measured(case: Path, photos: int, pause: float) -> dict[str, float | int | str]:
    """Open the case, sort its photographs."""
    with Watch() as memory, shown_window(1920, 1080) as window:
        session, _opened = open_in(window, case)
        turn_until(lambda: session.reading.canvas.has_picture)
        window.show_screen("sort")
        turn_until(lambda: session.sorting.view.has_picture)
        wait(min(1.0, 3 * pause))
        half = (photos - 4) // 2
        looked = sort_some(session.sorting, half, pause)
        began = time.perf_counter()
        hurried = sort_some(session.sorting, half, 0.0)
        turn_until(lambda: not session.desk.waiting)
        took = time.perf_counter() - began
    return {
        "photographs": 2 * half,
        "key to next photograph painted, after a look (ms, median)": median(looked),
        "key to next photograph painted, after a look (ms, 95 %)": percentile(looked, 0.95),
        "key to next photograph painted, in a hurry (ms, median)": median(hurried),
        "key to next photograph painted, in a hurry (ms, 95 %)": percentile(hurried, 0.95),
        "photographs a second, in a hurry, all on disk": half / took,
        "peak memory, all processes (MiB)": memory.peak,
    }


if __name__ == "__main__":
    main()
