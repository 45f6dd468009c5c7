"""Checking a copy of the program end to end, in a folder of its own: resources, decoding, a small case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviewer.domain.commands.finding_commands import add_finding, complete_reading, state_certainty
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.export.run import export
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.vocabulary.body_maps import load_map_pages
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.new_ids import new_id

PHOTO_COUNT = 5


def run_checks(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield each check and whether it passed; later checks need the earlier ones."""
    photographs = folder / "photographs"
    make_collection(photographs, PHOTO_COUNT, seed=1)
    yield "demonstration photographs", len(list(photographs.rglob("*.JPG"))) == PHOTO_COUNT
    case = create_case(folder / "check.case", "Self-test", "Self-test", None)
    try:
        yield "vocabulary", len(case.vocabulary.terms) > 80
        drawn = [page.shows for page in load_map_pages()]
        shown = [key for region in case.vocabulary.body for key in region.shown_as]
        yield "body maps", all(any(shows(key) for shows in drawn) for key in shown)
        yield "ingest", _check_ingest(case, photographs)
        yield from _check_reading(case)
        yield "verify", verify_case(case, JobControl()).sound
        author = case.examiners()[0].id
        yield "export", "findings.csv" in export(case, author, "csv", folder / "export", JobControl())
    finally:
        case.close()


def _check_ingest(case: OpenCase, photographs: Path) -> bool:
    pool = new_pool()
    try:
        found = ingest(case, pool, case.examiners()[0].id, photographs, JobControl())
    finally:
        pool.close()
    return found.finished and found.photos == PHOTO_COUNT


def _check_reading(case: OpenCase) -> Iterator[tuple[str, bool]]:
    examiner = case.examiners()[0]
    desk = ActQueue(case, examiner, post_at_once)
    photo = Worklist(case, examiner.id).load().items[0].sha256

    def act(draft: Draft) -> None:
        desk.submit(draft)
        case.writer.drain()

    finding = Finding(new_id(), case.vocabulary.quick_tags[0], case.vocabulary.version)
    act(add_finding(desk.reading(photo), finding))
    act(state_certainty(desk.reading(photo), Certainty.DEFINITE))
    act(complete_reading(desk.reading(photo)))
    yield "a finding", case.counts().findings == 1 and case.counts().complete == 1
    for step in (desk.undo, desk.undo, desk.undo):
        step()
        case.writer.drain()
    yield "undo", case.counts().findings == 0
    for step in (desk.redo, desk.redo, desk.redo):
        step()
        case.writer.drain()
    yield "redo", case.counts().findings == 1 and case.counts().complete == 1
    desk.detach()
