"""The earlier readings of the demonstration: findings with regions, certainty and marks, and what was shown.

What a drawn photograph shows is known from its plan; the examiners state it as a person would, by one act
after the other, sometimes less certain than the other one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.acts.acts import preview_reading
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.coverage_commands import toggle_view
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.reading.sign_lists import find_checked_lists_for_coverage
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.media.demo.demo_photo import SignBox, find_sign_boxes
from reviewer.services.case.open_case import OpenCase
from reviewer.services.demo.plan import CARD_VIEW, PlannedPhoto
from reviewer.services.jobs import JobControl
from reviewer.storage.store import Connection, record_draft
from reviewer.system.clock import format_timestamp
from reviewer.system.new_ids import new_id

_COVERAGE_VIEWS = {"whole": "front", "upper": "upper", "face": "face", "legs": "legs"}
_TERMS = {
    ("band", "neck.front"): "neck.ligature_mark",
    ("band", "wrist.L"): "restr.wrist",
    ("band", "wrist.R"): "restr.wrist",
    ("band", "ankle.L"): "restr.ankle",
    ("dots", "foot_back.L"): "elec.mark",
    ("dots", "forearm.L"): "burn.cigarette",
}
_TERM_OF_KIND = {"lines": "blunt.bruise_tramline", "hatch": "blunt.bruise"}
_CERTAINTIES = (Certainty.DEFINITE,) * 4 + (Certainty.PROBABLE,) * 2 + (Certainty.POSSIBLE,)
_SHAPES = (MarkShape.RECTANGLE, MarkShape.RECTANGLE, MarkShape.ELLIPSE)
_LEFT_OPEN = 2
"""So many photographs behind those that are complete have findings and are not complete."""
_NOTES = (
    "Bluish band in front only; the sides are not in frame.",
    "Compare with the photograph of the whole body.",
)


@dataclass(frozen=True)
class ReadablePhoto:
    """A photograph of the plan and what it is in the case."""

    planned: PlannedPhoto
    sha256: str


PhotosOfIndividual = list[ReadablePhoto]


class ExaminerAtWork:
    """One examiner doing acts. `settle` signs and commits all that wait, in one transaction."""

    def __init__(self, case: OpenCase, examiner: Examiner) -> None:
        self.case, self.examiner = case, examiner
        self._pen = case.signer(examiner.id)
        self._waiting: list[Draft] = []

    def do(self, draft: Draft) -> None:
        self._waiting.append(draft)

    def reading(self, photo: str) -> Reading:
        """Return the Reading of a Photo on which this Examiner did nothing before what waits now."""
        drafts = [draft for draft in self._waiting if draft.subject == photo]
        return preview_reading(Reading(self.examiner.id, photo), drafts)

    def settle(self) -> None:
        drafts, self._waiting = self._waiting, []

        def record_all(connection: Connection) -> None:
            for draft in drafts:
                record_draft(connection, draft, self._pen, format_timestamp(self.case.clock()))

        self.case.writer.enqueue_batch(record_all).result()


def read_photos(
    first: ExaminerAtWork,
    second: ExaminerAtWork,
    individuals: Sequence[PhotosOfIndividual],
    rng: random.Random,
    control: JobControl,
) -> list[PhotosOfIndividual]:
    """Read individuals until a third of the photographs is read; every third of them is read by both. Return
    those that were read."""
    wanted, done = sum(map(len, individuals)) // 3, 0
    waiting = list(individuals)
    while waiting and done < wanted:
        photos, both = waiting.pop(0), len(waiting) % 3 == 1
        for photo in photos:
            control.advance(done, wanted)
            _read_photo(first, photo, rng)
            if both:
                _read_photo(second, photo, rng, is_cautious=True)
            done += 1
    for photos in waiting[:_LEFT_OPEN]:
        _say_what_is_shown(first, photos[0])
        _add_findings(first, photos[0], rng, is_cautious=False)
        first.settle()
    return list(individuals[: len(individuals) - len(waiting)])


def _read_photo(
    examiner: ExaminerAtWork, photo: ReadablePhoto, rng: random.Random, *, is_cautious: bool = False
) -> None:
    """Read one photograph to its end; a cautious examiner is less certain and leaves out what is faint."""
    sha256 = photo.sha256
    if photo.planned.view == CARD_VIEW:
        reading = examiner.reading(sha256)
        examiner.do(finding_commands.conclude_not_assessable(reading, NotAssessableReason.NOT_IN_FRAME))
    else:
        _say_what_is_shown(examiner, photo)
        found = _add_findings(examiner, photo, rng, is_cautious=is_cautious)
        reading = examiner.reading(sha256)
        lists = find_checked_lists_for_coverage(examiner.case.vocabulary, reading.coverage)
        if not found:
            examiner.do(finding_commands.conclude_nothing_visible(reading, lists))
        elif lists:
            examiner.do(finding_commands.record_lists_looked_for(reading, lists))
        if found and rng.random() < 0.1:
            examiner.do(finding_commands.write_note(examiner.reading(sha256), rng.choice(_NOTES)))
    examiner.do(finding_commands.complete_reading(examiner.reading(sha256)))
    examiner.settle()


def _say_what_is_shown(examiner: ExaminerAtWork, photo: ReadablePhoto) -> None:
    views = examiner.case.vocabulary.views
    key = _COVERAGE_VIEWS.get(photo.planned.view)
    for view in (view for view in views if view.key == key):
        examiner.do(toggle_view(examiner.reading(photo.sha256), view, views))


def _add_findings(
    examiner: ExaminerAtWork, photo: ReadablePhoto, rng: random.Random, *, is_cautious: bool
) -> int:
    """Add what is in the frame; how many findings that is."""
    found = 0
    boxes = find_sign_boxes(photo.planned.shot)
    for (kind, region), box in zip(photo.planned.signs, boxes, strict=True):
        if box is None or (is_cautious and rng.random() < 0.15):
            continue
        _add_finding(examiner, photo, _TERMS.get((kind, region)) or _TERM_OF_KIND[kind], region)
        _state_certainty(examiner, photo.sha256, rng, is_cautious)
        _draw_mark(examiner, photo, box, rng)
        found += 1
    return found


def _add_finding(examiner: ExaminerAtWork, photo: ReadablePhoto, term: str, region: str) -> None:
    vocabulary = examiner.case.vocabulary
    finding = Finding(new_id(), term, vocabulary.version)
    examiner.do(finding_commands.add_finding(examiner.reading(photo.sha256), finding))
    examiner.do(finding_commands.toggle_region(examiner.reading(photo.sha256), finding, region))


def _state_certainty(examiner: ExaminerAtWork, sha256: str, rng: random.Random, is_cautious: bool) -> None:
    reading = examiner.reading(sha256)
    finding = reading.findings[-1]
    certainty = Certainty.PROBABLE if is_cautious else rng.choice(_CERTAINTIES)
    if certainty is Certainty.POSSIBLE and rng.random() < 0.5:
        examiner.do(finding_commands.set_answer(reading, finding, FindingAnswer.NON_SPECIFIC))
        reading = examiner.reading(sha256)
    examiner.do(finding_commands.set_certainty(reading, finding, certainty))


def _draw_mark(examiner: ExaminerAtWork, photo: ReadablePhoto, box: SignBox, rng: random.Random) -> None:
    """Draw around what is seen; not on pictures that were stored turned, whose pixels lie otherwise."""
    if photo.planned.shot.orientation != 1:
        return
    reading = examiner.reading(photo.sha256)
    left, top, right, bottom = (round(side) for side in box)
    mark = Mark(new_id(), rng.choice(_SHAPES), ((left, top), (right, bottom)))
    examiner.do(finding_commands.add_mark(reading, reading.findings[-1], mark))
