"""Making the demonstration collection on disk: photographs, copies of some, and files that are wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from reviewer.media.demo.demo_photo import convert_to_format, draw_photograph
from reviewer.services.demo.plan import PlannedPhoto, plan_photos
from reviewer.system.files import write_atomically

_COPY_EVERY = 50
_OTHER_FORMATS = (
    ("PNG", "scan 01.png"),
    ("TIFF", "scan 02.tif"),
    ("BMP", "scan 03.bmp"),
    ("WEBP", "scan 04.webp"),
)
ReportProgress = Callable[[int, int], None]


def make_collection(
    folder: Path,
    photos: int,
    seed: int,
    progress: ReportProgress = lambda _done, _total: None,
    *,
    first: int = 0,
) -> None:
    """Make the collection in `folder`; existing files are left as they are.

    `photos` counts the photographs of individuals. Besides them there are, if `photos` is at least 10, a
    second copy of every 50th, four in other formats, one PNG that is named .jpg, and five files that are no
    photographs. With `first` only that many photographs are made, and nothing besides.
    """
    plan = list(islice(plan_photos(photos, seed), first or None))
    with ThreadPoolExecutor(2, thread_name_prefix="demo") as threads:
        for done, _made in enumerate(
            threads.map(lambda planned: _make_photo(folder, planned), plan), start=1
        ):
            progress(done, photos)
    if photos >= 10 and not first:
        _make_copies(folder, plan)
        _make_odd_files(folder / "unsorted", plan[0])


def _make_photo(folder: Path, planned: PlannedPhoto) -> None:
    path = folder.joinpath(*planned.path)
    if not path.exists():
        _write_file(path, draw_photograph(planned.shot), planned.taken)


def _make_copies(folder: Path, plan: Iterable[PlannedPhoto]) -> None:
    for number, planned in enumerate(islice(plan, 0, None, _COPY_EVERY)):
        content = folder.joinpath(*planned.path).read_bytes()
        _write_file(folder / "second drive" / f"copy {number + 1:03d}.jpg", content, planned.taken)


def _make_odd_files(folder: Path, of: PlannedPhoto) -> None:
    jpeg = draw_photograph(of.shot)
    for name, file in _OTHER_FORMATS:
        _write_file(folder / file, convert_to_format(jpeg, name), of.taken)
    turned = draw_photograph(replace(of.shot, ground="cloth", tilt=0.05, orientation=1))
    _write_file(folder / "named as jpeg.jpg", convert_to_format(turned, "PNG"), of.taken)
    _write_file(folder / "empty.jpg", b"", of.taken)
    _write_file(folder / "cut short.jpg", jpeg[: len(jpeg) // 2], of.taken)
    _write_file(folder / "a letter.jpg", b"This is a text and no photograph.\n", of.taken)
    _write_file(folder / "notes.txt", "ملاحظات\n".encode(), of.taken)
    _write_file(folder / "header only.jpg", _claim_size(jpeg, 9000), of.taken)


def _claim_size(jpeg: bytes, side: int) -> bytes:
    """The head of a JPEG with a false size in it, and no picture behind."""
    frame = jpeg.index(b"\xff\xc0")
    size = side.to_bytes(2, "big")
    scan = jpeg.index(b"\xff\xda")
    return jpeg[: frame + 5] + size + size + jpeg[frame + 9 : scan + 40]


def _write_file(path: Path, content: bytes, taken: datetime) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
    moment = taken.replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
