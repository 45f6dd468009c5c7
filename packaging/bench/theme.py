"""What a change of theme costs the window's thread: after a case was opened, and after all screens were seen.

    QT_QPA_PLATFORM=offscreen python packaging/bench theme [--case CASE] [--changes 6]

A screen is made when it is first asked for, so that a change goes over what was seen. Seconds of processor
time of the thread, medians. Exits 1 when a change takes more than 0.3 s after all screens were seen.
"""

from __future__ import annotations

import time
from pathlib import Path

from driving import copy_or_make_case, open_in, shown_window, turn_until
from measuring import PASSPHRASE, finish, in_folder, make_parser, median
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.qt.look.theme import DARK, LIGHT
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.main_window.window import MainWindow

BOUND = 0.3
_SOME = ("gallery", "statistics", "individuals", "read")


def change(window: MainWindow, times: int) -> float:
    """Seconds of the thread for a change, until all is painted."""
    found = []
    for number in range(times):
        began = time.thread_time()
        window.personal.appearance.wear((LIGHT, DARK)[number % 2], 1.0)
        for _time in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        found.append(time.thread_time() - began)
    return median(found)


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    parser.add_argument("--changes", type=int, default=6)
    options = parser.parse_args()
    every = tuple(screen.name for screen in SCREENS if screen.make is not None)
    figures: dict[str, float | int | str] = {}
    with in_folder(None) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        case = copy_or_make_case(folder, options.case, None, options.photos, passphrase)
        with shown_window(1920, 1080) as window:
            session, _opened = open_in(window, case)
            turn_until(lambda: session.reading.canvas.has_picture)
            for seen, names in (
                ("a case was opened", ()),
                ("gallery, statistics and individuals were seen as well", _SOME),
                ("every screen was seen", (*every, "read")),
            ):
                for name in names:
                    window.show_screen(name)
                    QApplication.processEvents()
                figures[f"{seen}: widgets"] = len(window.findChildren(QWidget))
                figures[f"{seen}: a change (s of the thread)"] = change(window, options.changes)
    took = float(figures["every screen was seen: a change (s of the thread)"])
    lost = [f"a change of theme took {took:.2f} s, the bound is {BOUND}"] if took > BOUND else []
    finish("theme", figures, options, lost)


if __name__ == "__main__":
    main()
