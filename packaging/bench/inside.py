"""From the key press to the next photograph painted, inside the window's own process.

    QT_QPA_PLATFORM=offscreen python packaging/bench/inside.py [--photos 60] [--pause 0.3] [--json]

The window is the real one, driven with real key events; "painted" is the end of the first paint that
shows the sharp photograph. `--pause` is how long the reader looks at each one. A tag is pressed too, and
its time to "Saved" is measured in the same window.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from measuring import PeakMemory, in_folder, median, percentile, report
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.qt.bridge import GuiPost
from reviewer.qt.look.theme import apply_theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.all_actions import make_window
from reviewer.qt.main_window.window import MainWindow
from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool

SIX = ("exposure", "contrast", "levels", "white-balance", "clahe", "unsharp")


def turn_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the window live until the condition holds."""
    clock, pulse, loop = QElapsedTimer(), QTimer(), QEventLoop()
    clock.start()
    pulse.start(1)
    while not condition():
        if clock.elapsed() > seconds * 1000:
            raise TimeoutError
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def made_case(folder: Path, source: Path | None, photos: int) -> Path:
    if source is None:
        source = folder / "photographs"
        make_collection(source, photos, seed=1)
    case, pool = create_case(folder / "paging.case", "Benchmark", "Benchmark", None), new_pool()
    ingest(case, pool, case.examiners()[0].id, source, JobControl())
    pool.close()
    case.close()
    return case.folder


def measure(window: MainWindow, steps: int, pause: float) -> tuple[list[float], list[float]]:
    """Milliseconds to the next photograph painted, and to a tag saved, for each of `steps` photographs."""
    session = window.session
    if session is None:
        raise RuntimeError("no case is open")
    canvas, pages, tags = session.reading.canvas, [], []
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
        until = time.perf_counter() + pause
        turn_until(lambda until=until: time.perf_counter() >= until)  # type: ignore[misc]
    return pages, tags


def measure_slider(window: MainWindow, moves: int) -> list[float]:
    """Milliseconds from a moved slider to its view painted, through six steps, at screen size."""
    session = window.session
    if session is None:
        raise RuntimeError("no case is open")
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--pause", type=float, default=0.3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    application = QApplication([])
    taste, post = WindowSettings(), GuiPost()
    apply_theme(application, taste.theme())
    with in_folder(None) as folder, PeakMemory() as memory:
        case = made_case(folder, options.source, options.photos)
        window = make_window(post, taste)
        window.resize(1920, 1080)
        window.show()
        began = time.perf_counter()
        window.open_folder(case)
        turn_until(lambda: window.session is not None and window.session.reading.canvas.has_picture)
        opened = (time.perf_counter() - began) * 1000
        steps = min(options.photos, 60) - 5
        pages, tags = measure(window, steps, options.pause)
        slider = measure_slider(window, 20)
        window.close()
        post.stop()
    report(
        "inside",
        {
            "photographs": steps,
            "case opened to first photograph (ms)": opened,
            "next photograph painted (ms, median)": median(pages),
            "next photograph painted (ms, 95 %)": percentile(pages, 0.95),
            "tag to saved (ms, median)": median(tags),
            "tag to saved (ms, 95 %)": percentile(tags, 0.95),
            "slider to painted, six steps, screen size (ms, median)": median(slider),
            "slider to painted, six steps, screen size (ms, 95 %)": percentile(slider, 0.95),
            "peak memory, all processes (MiB)": memory.peak,
        },
        options.json,
    )


if __name__ == "__main__":
    main()
