"""Redacted copies of photographs as an export: one PNG for each, and a table of what was painted over.

Copies are written as they are made, a few under way at a time: a collection does not fit into memory.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reviewer import __version__
from reviewer.domain.errors import KnownError
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.worklist.assignments import PhotoAssignment
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import Snapshot, open_snapshot
from reviewer.services.export.crate import About
from reviewer.services.export.csv_files import make_dictionary, to_csv_bytes
from reviewer.services.export.run import check_destination, write_files
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.redacted_copy import RedactedCopy, make_redacted_copy
from reviewer.services.search import search
from reviewer.storage.shared import redactions, shared_rows

FORMAT_KEY = "redacted"
WHAT = (
    "a folder with a redacted copy (PNG) of each photograph that has areas to redact, named by its own "
    "SHA-256, redacted.csv (one row per area), dictionary.csv and about.csv"
)
LOSSES = (
    "what lies under the areas, and everything a file holds beside its pixels: date, camera, place, small "
    "pictures, colour profile (colours are sRGB), more than 8 bits for each colour, further pictures"
)
REDACTED, NOTHING, NOT_MADE = "redacted", "nothing redacted", "not made"
TABLE = "redacted.csv"
_DUPLICATE_HAS_AREAS = "A near-duplicate of this photograph has areas to redact and this one has none."

COLUMNS = (
    ("original_sha256", "SHA-256 of the original, which stays in its place"),
    ("state", "redacted; nothing redacted: the photograph has no area; not made: there is no copy"),
    ("reason", "why there is no copy, empty if there is one"),
    ("file", "the copy"),
    ("copy_sha256", "SHA-256 of the copy"),
    ("width", "of the copy in pixels, upright"),
    ("height", "of the copy in pixels, upright"),
    ("area", "counts the areas of the photograph from 1; empty if it has none"),
    ("shape", "rectangle or ellipse (two corners of its box), polygon (its corners)"),
    (
        "points",
        "JSON [x, y] in whole pixels of the original file before orientation. Painted over is more: every "
        "block of 16 x 16 of these pixels that comes within 4 pixels of the area",
    ),
    ("purpose", "face, genitals, name or other"),
    ("drawn_by", "the examiner who drew it (free text: an apostrophe may stand before it)"),
    ("drawn_at", "when, UTC"),
    ("page", "which picture of the file it lies on, from 1. A copy holds the first picture only"),
)


@dataclass(frozen=True)
class RedactedCopiesChoice:
    """Copies of what `query` finds ("": everything); with `everything` also of what has no area. The query
    asks the Readings of `examiner` (an id), of everybody with None; `entries` says as of which entry of the
    ledger, None as the Case stands. With `mark` a CSV file begins with the mark of UTF-8."""

    query: str = ""
    everything: bool = False
    examiner: str | None = None
    entries: int | None = None
    mark: bool = False


@dataclass
class RedactedCopiesResult:
    """How many Photos of each kind; `files` are the tables beside the copies."""

    redacted: int = 0
    nothing_redacted: int = 0
    left_out: int = 0
    not_made: int = 0
    files: list[str] = field(default_factory=list)


def export_redacted(
    case: OpenCase, author: str, out: Path, wish: RedactedCopiesChoice, control: JobControl
) -> RedactedCopiesResult:
    """Write redacted copies to the folder `out`, which must be new or empty. KnownError, QueryError."""
    check_destination(case, out)
    with open_snapshot(case, control, wish.entries) as moment:
        found = search.find_photos(moment, wish.query, wish.examiner)
        areas = _load_areas(moment)
    said: dict[str, object] = {"format": FORMAT_KEY, "query": found.canonical}
    if wish.entries:
        said["as_of"] = wish.entries
    made = RedactedCopiesResult()
    pool = new_pool()
    try:
        with closing(_make_files(case, pool, found.photos, areas, wish, made, control)) as files:
            made.files = write_files(case, author, out, files, said, _make_about_facts(areas))
    finally:
        pool.close()
    return made


@dataclass(frozen=True)
class _RedactionAreas:
    """What is to be painted over, by Photo; the Photos `alike` to one that has areas and without their own;
    the names of Examiners by id; head and length of the ledger, and the time of its last entry."""

    of: dict[str, tuple[Redaction, ...]]
    alike: frozenset[str]
    names: dict[str, str]
    head: str
    entries: int
    moment: str


def _load_areas(moment: Snapshot) -> _RedactionAreas:
    with moment.store.read() as connection:
        areas = redactions.load_redactions(connection)
        alike = _find_duplicates_of_redacted(shared_rows.load_assignments(connection), areas)
    names = {examiner.id: examiner.name for examiner in moment.examiners}
    return _RedactionAreas(areas, alike, names, moment.head, moment.entries, moment.at)


def _make_about_facts(known: _RedactionAreas) -> About:
    """Copies are made to be given away: the case and the query are named in none of their files."""
    facts: dict[str, str | int] = {
        "ledger_head": known.head,
        "ledger_entries": known.entries,
        "last_entry_at": known.moment,
        "program": f"reviewer {__version__}",
    }
    return About("Redacted copies", WHAT, LOSSES, known.moment, facts, (), TABLE)


def _make_files(
    case: OpenCase,
    pool: DecoderPool,
    photos: Sequence[str],
    known: _RedactionAreas,
    wish: RedactedCopiesChoice,
    made: RedactedCopiesResult,
    control: JobControl,
) -> Generator[tuple[str, bytes]]:
    """The copies, then the tables; counts in `made`."""
    areas, alike = known.of, known.alike
    chosen = [photo for photo in photos if wish.everything or photo in areas]
    made.left_out = len(photos) - len(chosen)
    rows: list[list[str]] = []

    def copied(photo: str) -> RedactedCopy | KnownError:
        return (
            KnownError(_DUPLICATE_HAS_AREAS)
            if photo in alike
            else _make_copy(case, pool, photo, areas.get(photo, ()))
        )

    with closing(_make_copies_in_order(chosen, copied, pool.workers, control)) as copies:
        for done, (photo, copy) in enumerate(copies, start=1):
            if isinstance(copy, RedactedCopy):
                yield f"{copy.sha256}.png", copy.content
            rows += _make_rows(photo, copy, areas.get(photo, ()), known.names)
            _count_copy(made, copy)
            control.progress(done, len(chosen))
    yield from _make_tables(rows, made, known.head, mark=wish.mark)


def _find_duplicates_of_redacted(
    places: Mapping[str, PhotoAssignment], areas: Collection[str]
) -> frozenset[str]:
    """The Photos without an area that are near-duplicates of one with areas: they show the same."""
    groups = {places[photo].duplicates for photo in areas if photo in places} - {""}
    return frozenset(photo for photo, known in places.items() if known.duplicates in groups) - set(areas)


def _make_copies_in_order(
    photos: Sequence[str],
    copied: Callable[[str], RedactedCopy | KnownError],
    at_once: int,
    control: JobControl,
) -> Generator[tuple[str, RedactedCopy | KnownError]]:
    """Each Photo with its copy, in their order, made by several threads; never more under way than needed."""
    with ThreadPoolExecutor(at_once, thread_name_prefix="copies") as threads:
        waiting: deque[tuple[str, Future[RedactedCopy | KnownError]]] = deque()
        try:
            for photo in photos:
                control.check()
                waiting.append((photo, threads.submit(copied, photo)))
                if len(waiting) > at_once:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                control.check()
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _photo, future in waiting:
                future.cancel()


def _make_copy(
    case: OpenCase, pool: DecoderPool, photo: str, areas: tuple[Redaction, ...]
) -> RedactedCopy | KnownError:
    try:
        return make_redacted_copy(case, pool, photo, areas)
    except KnownError as error:
        return error


def _count_copy(made: RedactedCopiesResult, copy: RedactedCopy | KnownError) -> None:
    if isinstance(copy, KnownError):
        made.not_made += 1
    elif copy.areas:
        made.redacted += 1
    else:
        made.nothing_redacted += 1


def _make_rows(
    photo: str, copy: RedactedCopy | KnownError, areas: Sequence[Redaction], names: dict[str, str]
) -> Iterator[list[str]]:
    if isinstance(copy, KnownError):
        said = [photo, NOT_MADE, str(copy), "", "", "", ""]
    else:
        state = REDACTED if copy.areas else NOTHING
        said = [photo, state, "", f"{copy.sha256}.png", copy.sha256, *map(str, copy.size)]
    if not areas:
        yield [*said, "", "", "", "", "", "", ""]
    for number, area in enumerate(areas, start=1):
        points = json.dumps([list(point) for point in area.points])
        who = neutralise_formula(names.get(area.author, area.author))
        yield [*said, str(number), str(area.shape), points, str(area.purpose), who, area.at, str(area.page)]


def _make_tables(
    rows: Iterable[list[str]], made: RedactedCopiesResult, head: str, *, mark: bool
) -> Iterator[tuple[str, bytes]]:
    table = to_csv_bytes([[name for name, _meaning in COLUMNS], *rows], mark=mark)
    explained = ((TABLE, *column, "yes" if column[0] == "drawn_by" else "no") for column in COLUMNS)
    dictionary = make_dictionary(explained, mark=mark)
    yield TABLE, table
    yield "dictionary.csv", dictionary
    counts = [
        ["photographs redacted", str(made.redacted)],
        ["photographs copied with nothing redacted", str(made.nothing_redacted)],
        ["photographs without an area, left out", str(made.left_out)],
        ["photographs of which no copy could be made", str(made.not_made)],
    ]
    hashes = [
        [f"sha256 of {name}", hashlib.sha256(content).hexdigest()]
        for name, content in ((TABLE, table), ("dictionary.csv", dictionary))
    ]
    yield "about.csv", to_csv_bytes([["fact", "value"], ["ledger_head", head], *counts, *hashes], mark=mark)
