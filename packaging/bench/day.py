"""A day of reading: pages and acts through the real window, as fast as it goes, and what memory is held.

    QT_QPA_PLATFORM=offscreen python packaging/bench day [--pages 60000] [--acts 15000] [--size 12]

Each page is a press of Right, waited for until the photograph is sharp; the acts are findings given and taken
back with the first quick tags, spread evenly; 150 times another screen is shown for a moment. Memory is
that of all processes, looked at two hundred times. Exits 1 when it is 1.05 times as much in the last tenth as
about the end of the first, by medians, or the most is above 500 MiB.
"""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from driving import open_in, shown_window, turn_until
from measuring import PASSPHRASE, family_memory, finish, in_folder, make_parser, median, memory_of
from photographs import SIZES, make_photographs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.case.opening import create_case
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.reading.sight import Sight

GROWTH, MOST = 1.05, 500.0
_LOOKS, _VISITS = 200, 150
_SCREENS = ("gallery", "statistics", "integrity")
_TAGS = "123456"


class MallInfo(ctypes.Structure):
    """`struct mallinfo2` of glibc: numbers of bytes and of blocks."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
                     "fordblks", "keepcost")
    ]  # fmt: skip


class Allocated(NamedTuple):
    """What the allocator of C says of this process, in MiB."""

    in_use: float
    free: float


def tell_allocated() -> Allocated:
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = MallInfo
    told = library.mallinfo2()
    return Allocated((told.uordblks + told.hblkhd) / 2**20, told.fordblks / 2**20)


def make_case(folder: Path, photos: int, size: float, passphrase: str | None) -> Path:
    """A case of photographs of so many megapixels, seven of each individual."""
    make_photographs(folder / "photographs", photos, *SIZES[size], group=7)
    made, pool = create_case(folder / "day.case", "Benchmark", "Benchmark", passphrase), new_pool()
    ingest(made, pool, made.examiners()[0].id, folder / "photographs", JobControl())
    pool.close()
    made.close()
    return made.folder


class Day:
    """Pages, acts and other screens, and looks at the memory between them."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self._window, self._session = window, session
        self.held: list[float] = []
        self.own: list[float] = []
        self.acts = self._visits = 0

    def _press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key)

    def _wait_for_photograph(self, other_than: int = -1) -> None:
        reader, canvas = self._session.reader, self._session.reading.canvas
        turn_until(lambda: reader.position != other_than and canvas.sight() is Sight.SHOWN)

    def _turn_page(self) -> None:
        reader = self._session.reader
        is_last = reader.position == len(reader.worklist) - 1
        here = reader.position
        self._press(Qt.Key.Key_Home if is_last else Qt.Key.Key_Right)
        self._wait_for_photograph(here)

    def _act(self) -> None:
        """A finding given, or taken back if the photograph has it."""
        QTest.keyClicks(QApplication.focusWidget() or self._window, _TAGS[self.acts % len(_TAGS)])
        self._press(Qt.Key.Key_Escape)
        self.acts += 1

    def _visit(self) -> None:
        self._window.show_screen(_SCREENS[self._visits % len(_SCREENS)])
        self._visits += 1
        for _time in range(50):
            QApplication.processEvents()
        self._window.show_screen("read")
        self._wait_for_photograph()

    def spend(self, day: range, pages: int, acts: int) -> None:
        """These pages of a day of so many pages and acts."""
        for page in day:
            self._turn_page()
            if (page + 1) * acts // pages > self.acts:
                self._act()
            if (page + 1) % max(1, pages // _VISITS) == 0:
                self._visit()
            if page % max(1, pages // _LOOKS) == 0:
                self.own.append(memory_of(os.getpid()))
                self.held.append(family_memory(os.getpid()))


class Left(NamedTuple):
    """What there is once nothing more can be collected, and what only collecting everything let go."""

    objects: int
    widgets: int
    garbage: int


def count_left() -> Left:
    gc.unfreeze()  # what the window has set aside
    gc.collect(1)  # the window does so every second
    garbage = gc.collect()
    return Left(len(gc.get_objects()), len(QApplication.allWidgets()), garbage)


def select_tenth(looks: Sequence[float], number: int) -> Sequence[float]:
    """The looks around the end of the first tenth, for 1, or the last tenth, for 10."""
    tenth = max(1, len(looks) // 10)
    return looks[-tenth:] if number == 10 else looks[tenth - tenth // 2 : tenth + tenth // 2 + 1]


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--pages", type=int, default=60_000)
    parser.add_argument("--acts", type=int, default=15_000)
    parser.add_argument("--photos", type=int, default=420)
    parser.add_argument("--size", type=float, choices=sorted(SIZES), default=12, help="megapixels")
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    options = parser.parse_args()
    passphrase = None if options.unencrypted else PASSPHRASE
    with in_folder(None) as folder:
        if options.case is not None:
            case = Path(shutil.copytree(options.case, folder / "copy.case"))
        else:
            case = make_case(folder, options.photos, options.size, passphrase)
        with shown_window(1920, 1080) as window:
            session, _opened = open_in(window, case)
            turn_until(lambda: session.reading.canvas.sight() is Sight.SHOWN)
            day, before, began = Day(window, session), tell_allocated(), time.perf_counter()
            warm = max(1, options.pages // 10)
            day.spend(range(warm), options.pages, options.acts)
            left_before = count_left()
            day.spend(range(warm, options.pages), options.pages, options.acts)
            took, after = time.perf_counter() - began, tell_allocated()
            left = count_left()
    first, last = (median(select_tenth(day.held, number)) for number in (1, 10))
    grown = last / first
    lost = [f"memory grew to {grown:.2f} times, the bound is {GROWTH}"] if grown > GROWTH else []
    if max(day.held) > MOST:
        lost.append(f"all processes held {max(day.held):.0f} MiB, the bound is {MOST:.0f}")
    finish(
        "day",
        {
            "pages": options.pages,
            "acts": day.acts,
            "pages per second": options.pages / took,
            "after a tenth (MiB, all processes)": first,
            "at the end (MiB, all processes)": last,
            "at the end / after a tenth": grown,
            "most (MiB, all processes)": max(day.held),
            "after a tenth (MiB, the window's process)": median(select_tenth(day.own, 1)),
            "at the end (MiB, the window's process)": median(select_tenth(day.own, 10)),
            "objects of Python, at the end / after a tenth": left.objects / left_before.objects,
            "widgets, at the end / after a tenth": left.widgets / left_before.widgets,
            "objects that only collecting everything lets go": left.garbage,
            "in use by the allocator, at the end / at opening": after.in_use / before.in_use,
            "free in its arenas at the end (MiB)": after.free,
        },
        options,
        lost,
    )


if __name__ == "__main__":
    main()
