"""The whole way once: ten photographs drawn, ingested, read, verified and exported, the export compared."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.individual_commands import make_individual
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.export.run import export
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.self_test.drawing import COUNT, MARK, draw_photographs
from reviewer.services.self_test.expected import load_expected
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult
from reviewer.services.vocabulary.body_maps import load_map_pages
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.new_ids import new_id

_MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
_NAME, _PASSPHRASE = "Self-test", "a passphrase that nobody keeps"
COMPARED_FILES = ("manifest/source-1.sha256", "yolo/data.yaml", "yolo/labels")
"""Files of exports, or folders of them, that hold nothing but what was seen and on which bytes."""
COMPARED_COLUMNS = {
    "csv/findings.csv": (
        "photo_sha256",
        "examiner",
        "reading_state",
        "term",
        "answer",
        "certainty",
        "regions",
    ),
    "individuals-by-signs/individuals-by-signs.csv": ("label", "term", "result", "regions", "photographs"),
}
"""Columns of tables, by the name of the table; the ids in the others are drawn by lot."""
_FORMATS = ("csv", "individuals-by-signs", "manifest", "yolo")
_STEPS = ("drawn", "ingested", "read", "verified", "exported")


def check_demonstration(folder: Path, pool: DecoderPool, control: JobControl) -> PartResult:
    """Go the whole way in a folder; the digests of the export must be those that the program carries."""
    digests = make_digests(folder, pool, control)
    expected = load_expected().exports
    wrong = sorted(
        name for name in digests.keys() | expected.keys() if digests.get(name) != expected.get(name)
    )
    if wrong:
        raise PartFailed(f"the export is not what it is elsewhere: {', '.join(wrong)}.", REINSTALL)
    return describe_exports(digests)


def describe_exports(digests: Mapping[str, str]) -> PartResult:
    """What an export comes to that is as expected."""
    return PartResult(
        f"{COUNT} photographs drawn, ingested, tagged, verified, exported; the export as it is everywhere",
        json.dumps(digests, sort_keys=True),
    )


def make_digests(folder: Path, pool: DecoderPool, control: JobControl) -> dict[str, str]:
    """SHA-256 of what is compared, by name. PartFailed for a step that does not do what it should."""
    photographs, place = folder / "photographs", folder / "self-test.case"
    drawn = draw_photographs(photographs)
    control.advance(1, len(_STEPS))
    case = create_case(place, _NAME, _NAME, _PASSPHRASE, lambda: _MOMENT, by_folders=True)
    try:
        _check_vocabulary(case)
        found = ingest(case, pool, case.examiners()[0].id, photographs, JobControl())
        if (found.finished, found.photos) != (True, COUNT):
            raise PartFailed(f"{found.photos} of {COUNT} photographs were ingested.", REINSTALL)
        control.advance(2, len(_STEPS))
        _read(case)
        control.advance(3, len(_STEPS))
    finally:
        case.close()
    case = open_case(place, _PASSPHRASE, clock=lambda: _MOMENT)
    try:
        verdict = verify_case(case, JobControl())
        if not verdict.sound:
            raise PartFailed("the case that was just made does not verify.", REINSTALL)
        control.advance(4, len(_STEPS))
        digests = _export(case, folder / "exports")
    finally:
        case.close()
    control.advance(5, len(_STEPS))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in drawn)
    return {"photographs": hashlib.sha256(sums.encode("ascii")).hexdigest(), **digests}


def _check_vocabulary(case: OpenCase) -> None:
    drawn = [page.shows for page in load_map_pages()]
    shown = [key for region in case.vocabulary.body for key in region.shown_as]
    if not all(any(shows(key) for shows in drawn) for key in shown):
        raise PartFailed("the body maps do not show every region of the vocabulary.", REINSTALL)


def _read(case: OpenCase) -> None:
    """Tag every photograph, in the order of the folder; take an act back and do it again."""
    examiner = case.examiners()[0]
    desk = ActQueue(case, examiner, post_at_once)
    photos = [item.sha256 for item in Worklist(case, examiner.id).load().items]

    def do(draft: Draft) -> None:
        desk.submit(draft)
        case.writer.drain()

    tags = case.vocabulary.quick_tags
    for place, photo in enumerate(photos):
        mark = Mark(new_id(), MarkShape.RECTANGLE, MARK)
        term = tags[place % len(tags)]
        finding = Finding(new_id(), term, case.vocabulary.version, regions=("chest.L",))
        do(finding_commands.add_finding(desk.reading(photo), finding))
        do(finding_commands.add_mark(desk.reading(photo), finding, mark))
        do(finding_commands.state_certainty(desk.reading(photo), Certainty.DEFINITE))
        do(finding_commands.complete_reading(desk.reading(photo)))
    do(make_individual(photos[:5], new_id))
    do(make_individual(photos[5:], new_id))
    before = case.counts()
    desk.undo()
    case.writer.drain()
    taken_back = case.counts()
    desk.redo()
    case.writer.drain()
    desk.detach()
    after = case.counts()
    if taken_back == before or (after.findings, after.complete) != (COUNT, COUNT):
        raise PartFailed("what was recorded is not what was done.", REINSTALL)


def _export(case: OpenCase, out: Path) -> dict[str, str]:
    author = case.readers()[0].id
    out.mkdir()
    for key in _FORMATS:
        export(case, author, key, out / key, JobControl())
    tables = {name: _hash_columns(out / name, columns) for name, columns in COMPARED_COLUMNS.items()}
    return tables | {name: _hash_all(out / name) for name in COMPARED_FILES}


def _hash_columns(table: Path, columns: Sequence[str]) -> str:
    with table.open(encoding="utf-8", newline="") as file:
        rows = [[row[column] for column in columns] for row in csv.DictReader(file)]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode("ascii")).hexdigest()


def _hash_all(place: Path) -> str:
    """The hash of a file, or of all files below a folder with their names."""
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    files = sorted(path for path in place.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()
