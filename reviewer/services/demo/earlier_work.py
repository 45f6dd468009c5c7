"""The earlier work of the demonstration: what two invented examiners did before anybody opens the case.

It is made by the acts of the program, each signed by its examiner, so that figures, cards and conflicts have
something to say. A third of the photographs is read; the rest is as it came. One seed gives one work.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from reviewer.domain.commands.card_commands import transcribe_card
from reviewer.domain.commands.category_commands import categorise_photos
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.domain.reading.category import Category
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.matching import MatchOutcome
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.open_case import OpenCase
from reviewer.services.demo.earlier_readings import (
    ExaminerAtWork,
    PhotosOfIndividual,
    ReadablePhoto,
    read_photos,
)
from reviewer.services.demo.plan import CARD_VIEW, plan_photos
from reviewer.services.jobs import JobControl
from reviewer.services.people.individuals import ProposalOptions, make_acceptance_acts, propose_individuals
from reviewer.services.records.load import load_file, preview_file
from reviewer.services.records.matches import load_listing, make_acceptance_act, make_link_act
from reviewer.services.records.preview import RecordChoices
from reviewer.services.worklist.worklist import Worklist

NUMBERED_FOLDERS = "{branch}-{examination}"
"""How the folders of the collection are named: a pattern for proposals."""
SECOND_EXAMINER = "Second examiner"


def do_earlier_work(case: OpenCase, photos: int, seed: int, records: Path, control: JobControl) -> None:
    """Do the work of both examiners in a case of the collection of `photos` and `seed`, in which nothing was
    done yet; `records` is its file of records."""
    first = ExaminerAtWork(case, case.examiners()[0])
    second = ExaminerAtWork(case, enrol(case, SECOND_EXAMINER))
    rng = random.Random(f"earlier work {seed}")  # noqa: S311 (invented work, not a secret)
    individuals = _find_individuals(case, photos, seed)
    _accept_individuals(first)
    _sort_photos(first, individuals)
    _group_near_duplicates(case, first.examiner.id, control)
    _transcribe_cards(first, second, individuals)
    _load_records(case, first.examiner.id, records, control)
    read_photos(first, second, individuals, rng, control)


def _find_individuals(case: OpenCase, photos: int, seed: int) -> list[PhotosOfIndividual]:
    """The photographs of the plan that are in the case, individual by individual."""
    hashes = {item.name: item.sha256 for item in Worklist(case, "").load().items}
    there = (
        ReadablePhoto(planned, hashes[planned.path[-1]])
        for planned in plan_photos(photos, seed)
        if planned.path[-1] in hashes
    )
    return [list(group) for _number, group in groupby(there, lambda photo: photo.planned.shot.card)]


# what all examiners share


def _accept_individuals(first: ExaminerAtWork) -> None:
    proposals = propose_individuals(first.case, ProposalOptions(pattern=NUMBERED_FOLDERS))
    for draft in make_acceptance_acts(first.case, proposals):
        first.do(draft)
    first.settle()


def _sort_photos(first: ExaminerAtWork, individuals: Sequence[PhotosOfIndividual]) -> None:
    """Sort the photographs of the first half of the individuals; those of cards alone show nobody."""
    half = individuals[: len(individuals) // 2]
    shown = [photo.sha256 for photos in half for photo in photos if photo.planned.view != CARD_VIEW]
    if shown:
        first.do(categorise_photos(dict.fromkeys(shown, ""), Category.DETAINEE))
        first.settle()


def _group_near_duplicates(case: OpenCase, author: str, control: JobControl) -> None:
    from reviewer.services.pictures.near_duplicates import find_near_duplicates  # it brings numpy

    found = find_near_duplicates(case, JobControl())
    control.check()
    if found.new:
        case.record(found.make_draft(), author)


def _transcribe_cards(
    first: ExaminerAtWork, second: ExaminerAtWork, individuals: Sequence[PhotosOfIndividual]
) -> None:
    """Half of the cards are read once, two thirds of these a second time, and one of them otherwise."""
    half = individuals[: (len(individuals) + 1) // 2]
    for place, photos in enumerate(half):
        photo = photos[-1]
        detainee, branch, examination = photo.planned.shot.card
        read = Transcription(TranscriptionPass.FIRST, detainee, branch, examination)
        first.do(transcribe_card(PhotoFacts(photo.sha256), read))
        if place % 3 == 2:
            continue
        seen = _misread(detainee) if place == 1 else detainee
        again = Transcription(TranscriptionPass.SECOND, seen, branch, examination)
        second.do(transcribe_card(PhotoFacts(photo.sha256), again))
    first.settle()
    second.settle()


def _misread(number: str) -> str:
    """Read the last digit as another one that looks like it."""
    return number[:-1] + {"1": "7", "7": "1", "3": "8", "8": "3"}.get(number[-1], "1")


def _load_records(case: OpenCase, author: str, records: Path, control: JobControl) -> None:
    """Load the file of records; accept every row that fits, and link two of one individual that contradict
    each other. Rows that are in doubt wait."""
    preview = preview_file(case, records, RecordChoices(dates=DateOrder.DAY_FIRST), control)
    load_file(case, preview, author, JobControl())
    listing = load_listing(case, control.check)
    if listing.unambiguous:
        case.record(make_acceptance_act(listing.unambiguous), author)
    for row in listing.rows:
        if row.outcome is MatchOutcome.SHARED:
            case.record(make_link_act(row, row.match.candidates[0].individual), author)
