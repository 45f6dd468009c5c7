"""What the window costs, from inside its own process: next photograph, jump, held key, tag, slider.

    QT_QPA_PLATFORM=offscreen python packaging/bench inside [--photos 160] [--steps 40] [--pause 0.3]

The window is the real one, driven with real key events. A step is told in processor time of the thread of the
window, from the key to the photograph painted and to everything painted, which says something on a machine
that does other work too; and by the clock, from the key to the end of the first paint that shows the sharp
photograph. `--pause` is how long the reader looks at each one. A tag is pressed too, and its time to "Saved"
is measured in the same window.
"""

from __future__ import annotations

import time
from pathlib import Path

from driving import copy_or_make_case, open_in, shown_window, turn_until, wait
from measuring import PASSPHRASE, Watch, finish, in_folder, make_parser, median, percentile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.qt.main_window.session import Session

SIX = ("exposure", "contrast", "levels", "white-balance", "clahe", "unsharp")
_CTRL, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def measure_way(
    session: Session, steps: int, modifier: Qt.KeyboardModifier, pause: float
) -> tuple[float, float]:
    """Milliseconds of the thread to the photograph painted, and to everything painted; medians."""
    canvas, painted = session.reading.canvas, [0.0]
    canvas.painted.connect(lambda: painted.append(time.thread_time()))
    session.reader.go(0)
    wait(2 * pause + 0.1)
    to_photograph, to_all = [], []
    for _number in range(steps):
        painted.clear()
        began = time.thread_time()
        QTest.keyClick(canvas, Qt.Key.Key_Right, modifier)
        for _time in range(6):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        to_all.append((time.thread_time() - began) * 1000)
        to_photograph += [(at - began) * 1000 for at in painted[:1]]
        wait(pause)
    return median(to_photograph or to_all), median(to_all)


def measure_clock(session: Session, steps: int, pause: float) -> tuple[list[float], list[float]]:
    """Milliseconds to the next photograph painted, and to a tag saved, for each of `steps` photographs."""
    canvas, pages, tags = session.reading.canvas, [], []
    session.reader.go(0)
    wait(2 * pause + 0.1)
    for _number in range(steps):
        began = time.perf_counter()
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        turn_until(lambda: canvas.has_picture)
        canvas.repaint()
        pages.append((time.perf_counter() - began) * 1000)
        before = session.desk.state.saved_at
        began = time.perf_counter()
        QTest.keyClick(canvas, Qt.Key.Key_2)
        turn_until(lambda before=before: session.desk.state.saved_at != before)  # type: ignore[misc]
        tags.append((time.perf_counter() - began) * 1000)
        wait(pause)
    return pages, tags


def measure_slider(session: Session, moves: int) -> list[float]:
    """Milliseconds from a moved slider to its view painted, through six steps, at screen size."""
    screen, found = session.reading, []
    screen.looking.set_chain(EnhancementChain(tuple(map(make_default_step, SIX))))
    turn_until(lambda: screen.feed.shown[0].active != ())
    for number in range(moves):
        began = time.perf_counter()
        chain = screen.looking.chain
        chain = chain.replace_step(0, chain.steps[0].with_value("ev", 5 * number - 40))
        screen.viewing.use(chain)
        turn_until(lambda chain=chain: screen.feed.shown[0] == chain)  # type: ignore[misc]
        screen.canvas.repaint()
        found.append((time.perf_counter() - began) * 1000)
    return found


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=160)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    parser.add_argument("--pause", type=float, default=0.3)
    parser.add_argument("--moves", type=int, default=20, help="of the slider; 0 leaves it out")
    options = parser.parse_args()
    figures: dict[str, float | int | str] = {"steps": options.steps}
    with in_folder(None) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        case = copy_or_make_case(folder, options.case, options.source, options.photos, passphrase)
        with Watch() as memory, shown_window(1920, 1080) as window:
            session, entered = open_in(window, case)
            to_session = time.perf_counter()
            turn_until(lambda: session.reading.canvas.has_picture)
            opened = entered + (time.perf_counter() - to_session) * 1000
            figures["case opened to first photograph (ms)"] = opened
            for name, modifier, pause in (
                ("next", _NONE, options.pause),
                ("jump", _CTRL, options.pause),
                ("key held", _NONE, 0.0),
            ):
                photograph, everything = measure_way(session, options.steps, modifier, pause)
                figures[f"{name}, to photograph painted (ms of the thread)"] = photograph
                figures[f"{name}, to everything painted (ms of the thread)"] = everything
            pages, tags = measure_clock(session, options.steps, options.pause)
            slider = measure_slider(session, options.moves) if options.moves else []
    figures |= {
        "next photograph painted (ms, median)": median(pages),
        "next photograph painted (ms, 95 %)": percentile(pages, 0.95),
        "tag to saved (ms, median)": median(tags),
        "tag to saved (ms, 95 %)": percentile(tags, 0.95),
        "peak memory, all processes (MiB)": memory.peak,
    }
    if slider:
        figures["slider to painted, six steps, screen size (ms, median)"] = median(slider)
        figures["slider to painted, six steps, screen size (ms, 95 %)"] = percentile(slider, 0.95)
    finish("inside", figures, options)


if __name__ == "__main__":
    main()
