"""The gallery of a large case: opened, scrolled from end to end, 5,000 photographs sorted at once.

    QT_QPA_PLATFORM=offscreen python packaging/bench gallery [--photos 55000] [--seconds 20] [--case CASE]

Without `--case` a case is made: the rows of Photos and their small pictures are written as ingest writes
them, without originals. The widget is the real one in the real window; the scroll bar is moved by a timer
for `--seconds`, from the top to the end, then thrown to 100 places, and every paint of the grid is noted.
The time from when a frame was asked for to the end of its paint is how late it was. What is written, the
photographs that are sorted, is written to a copy of `--case`. Exits 1 above 400 MiB in all processes.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from driving import open_in, shown_window, turn_until
from measuring import PASSPHRASE, Watch, finish, in_folder, make_parser, median, percentile
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.search.arranging import Grouping
from reviewer.qt.collecting import GuiCollector
from reviewer.qt.gallery.grid import GalleryGrid
from reviewer.qt.gallery.screen import GalleryScreen
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case
from reviewer.services.gallery.rows import load_all_rows
from reviewer.storage.photos import photos
from reviewer.storage.store import Connection

MOST_MEMORY = 400.0
_SELECTED, _FOLDER, _AT_ONCE = 5_000, 5, 2_000


def small_picture(seed: int) -> bytes:
    """A JPEG of the size and entropy of a stored small picture, about 8 KB."""
    rng = random.Random(seed)
    image = QImage(256, 192, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(rng.randrange(360), 60, 120))
    painter = QPainter(image)
    for _blot in range(220):
        painter.fillRect(
            rng.randrange(256),
            rng.randrange(192),
            rng.randrange(40),
            rng.randrange(30),
            QColor.fromHsv(rng.randrange(360), 90, rng.randrange(60, 220)),
        )
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 80)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def made_case(folder: Path, count: int, passphrase: str | None) -> Path:
    """A case with `count` Photos in folders of five, each with a small picture."""
    case = create_case(folder / "gallery.case", "Benchmark", "Benchmark", passphrase)
    pictures = [small_picture(seed) for seed in range(64)]
    source, root = "0" * 16, str(folder)
    body = {"path": root, "path_hex": root.encode().hex()}
    case.record(Draft(acts.SOURCE_ADDED, source, body), case.examiners()[0].id)
    for start in range(0, count, _AT_ONCE):
        names = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(start, min(count, start + _AT_ONCE))]

        def put(connection: Connection, start: int = start, names: list[str] = names) -> None:
            for number, name in enumerate(names, start=start):
                photos.add_file(connection, source, _examined(number, name))

        case.writer.enqueue_batch(put).result()
        case.previews.put((name, pictures[n % 64]) for n, name in enumerate(names, start=start))
    case.close()
    return case.folder


def _examined(number: int, sha256: str) -> ExaminedFile:
    path = f"{number // _FOLDER:06d}/IMG_{number:06d}.JPG".encode()
    day = f"2012-{number // 5000 % 12 + 1:02d}-{number // 200 % 28 + 1:02d} 10:00:00"
    photo = Photo(sha256, 2_000_000, "JPEG", 2592, 1944, 1, Capture(day), f"{number:016x}")
    return ExaminedFile(FoundFile(path, 2_000_000, 0), sha256, photo, None)


class Frames:
    """Notes each paint of a grid: how long after it was asked for it was over. Made before the grid is."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._asked: float | None = None
        paint = GalleryGrid.paintEvent

        def painted(grid: GalleryGrid, event: QPaintEvent) -> None:
            paint(grid, event)
            if self._asked is not None:
                self.late.append((time.perf_counter() - self._asked) * 1000)
                self._asked = None

        GalleryGrid.paintEvent = painted  # type: ignore[method-assign,assignment]

    def ask(self, grid: GalleryGrid, value: int) -> None:
        """Move the scroll bar; the frame that is asked for by this is the next."""
        if value != grid.verticalScrollBar().value():
            self._asked = self._asked or time.perf_counter()
            grid.verticalScrollBar().setValue(value)


def scroll(frames: Frames, grid: GalleryGrid, seconds: float) -> tuple[list[float], list[float]]:
    """How late frames were (ms): from end to end, 60 steps a second, and thrown to 100 places."""
    bar, frames.late = grid.verticalScrollBar(), []
    bar.setValue(0)
    began, steps = time.perf_counter(), int(seconds * 60)
    for step in range(steps + 1):
        due = began + step / 60
        turn_until(lambda due=due: time.perf_counter() >= due)  # type: ignore[misc]
        frames.ask(grid, bar.maximum() * step // steps)
    turn_until(lambda: bool(frames.late))
    through, frames.late = frames.late, []
    rng = random.Random(1)
    for _place in range(100):
        before = len(frames.late)
        frames.ask(grid, rng.randrange(bar.maximum()))
        turn_until(lambda before=before: len(frames.late) > before)  # type: ignore[misc]
    return through, frames.late


def time_of(work: Callable[[], object], done: Callable[[], bool]) -> float:
    """Milliseconds from the beginning of some work until its outcome is there."""
    began = time.perf_counter()
    work()
    turn_until(done)
    return (time.perf_counter() - began) * 1000


def sort_many(screen: GalleryScreen, case: OpenCase) -> tuple[float, float]:
    """5,000 selected photographs sorted: ms until on disk and shown, and the longest the window was deaf."""
    grid, count = screen.grid, min(_SELECTED, screen.grid.count)
    grid.selection.go(0)
    grid.selection.extend(count - 1)
    grid.after_selecting()
    places = grid.targets()
    one, other = (Qt.Key.Key_3, "scene"), (Qt.Key.Key_4, "document")
    key, wanted = other if screen.model.rows[places[-1]].category == "scene" else one
    QTest.keyClick(grid, key)
    began = last = time.perf_counter()
    QTest.keyClick(QApplication.focusWidget() or grid, Qt.Key.Key_Return)
    deaf = time.perf_counter() - last

    def done() -> bool:
        nonlocal last, deaf
        now = time.perf_counter()
        last, deaf = now, max(deaf, now - last)
        return screen.model.rows[places[-1]].category == wanted and not case.writer.waiting

    turn_until(done)
    return (time.perf_counter() - began) * 1000, deaf * 1000


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    options = parser.parse_args()
    frames, application = Frames(), QApplication([])
    collector = GuiCollector()
    with in_folder(None) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        made = (
            Path(shutil.copytree(options.case, folder / "copy.case"))
            if options.case
            else made_case(folder, options.photos, passphrase)
        )
        with Watch() as memory, shown_window(1920, 1080) as window:
            session, opened = open_in(window, made)
            screen = session.gallery
            shown = time_of(lambda: window.show_screen("gallery"), lambda: screen.grid.count > 0)
            began = time.perf_counter()
            items = session.reader.worklist.items
            rows = load_all_rows(session.case, session.examiner.id, items, len(items))
            read = (time.perf_counter() - began) * 1000
            spent = time.thread_time()
            through, thrown = scroll(frames, screen.grid, options.seconds)
            screen.group_by(Grouping.NOTHING)
            turn_until(lambda: screen.model.shown is not None and screen.model.shown.grouping == "nothing")
            flat, _thrown = scroll(frames, screen.grid, options.seconds / 4)
            spent = (time.thread_time() - spent) * 1000 / (len(through) + len(thrown) + len(flat))
            sorted_in, deaf = sort_many(screen, session.case)
            pixmaps = screen.grid.feed.pixmaps.bytes / 2**20
    collector.stop()
    application.quit()
    much = f"all processes held {memory.peak:.0f} MiB, the bound is {MOST_MEMORY:.0f}"
    finish(
        "gallery",
        {
            "photographs": len(rows),
            "case opened (ms)": opened,
            "gallery shown (ms)": shown,
            "rows of all photographs read (ms)": read,
            "frames, end to end": len(through),
            "a frame late, end to end, by individual (ms, median)": median(through),
            "a frame late, end to end, by individual (ms, 95 %)": percentile(through, 0.95),
            "a frame late, end to end, by individual (ms, worst)": max(through),
            "a frame late, end to end, no sections (ms, worst)": max(flat),
            "a frame (ms of the thread)": spent,
            "a frame late, thrown to 100 places (ms, worst)": max(thrown),
            "5,000 selected photographs sorted and shown (ms)": sorted_in,
            "the window deaf meanwhile (ms, worst)": deaf,
            "pixmaps (MiB)": pixmaps,
            "peak memory, all processes (MiB)": memory.peak,
        },
        options,
        [much] if memory.peak > MOST_MEMORY else [],
    )


if __name__ == "__main__":
    main()
