"""The earlier work of the demonstration: what two invented examiners did before anybody opens the case.

It is made by the acts of the program, each signed by its examiner, so that figures, cards and conflicts have
something to say. A third of the photographs is read; the rest is as it came. One seed gives one work.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import count, groupby
from pathlib import Path

from reviewer.domain.commands.category_commands import categorise_photos
from reviewer.domain.reading.category import Category
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.matching import MatchOutcome
from reviewer.domain.worklist.reading_order import compute_person_rank
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import make_order_act
from reviewer.services.demo.earlier_cards import read_cards, read_cards_again
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
    individuals, odd = _find_individuals(case, photos, seed)
    individuals = _draw_order(first, individuals, odd)
    _accept_individuals(first)
    _sort_photos(first, individuals)
    _group_near_duplicates(case, first.examiner.id, control)
    read_cards(second, individuals, odd)
    read = read_photos(first, second, individuals, rng, control)
    read_cards_again(first, read)
    _load_records(case, first.examiner.id, records, control)


def _find_individuals(
    case: OpenCase, photos: int, seed: int
) -> tuple[list[PhotosOfIndividual], PhotosOfIndividual]:
    """The photographs of the plan that are in the case, individual by individual, and those in odd files."""
    items = Worklist(case, "").load().items
    hashes = {item.name: item.sha256 for item in items}
    plan = list(plan_photos(photos, seed))
    there = [
        ReadablePhoto(planned, hashes[planned.path[-1]]) for planned in plan if planned.path[-1] in hashes
    ]
    known = {photo.sha256 for photo in there}
    odd = [ReadablePhoto(plan[0], item.sha256) for item in items if item.sha256 not in known]
    return [list(group) for _number, group in groupby(there, lambda photo: photo.planned.shot.card)], odd


def _draw_order(
    first: ExaminerAtWork, individuals: Sequence[PhotosOfIndividual], odd: PhotosOfIndividual
) -> list[PhotosOfIndividual]:
    """Draw an order in which odd and damaged files come in the second half: who opens the demonstration sees
    a whole photograph first. Return the individuals in this order."""
    for number in count(1):
        seed = f"demonstration{number}"
        placed = sorted(individuals, key=lambda photos: _compute_rank(seed, photos))
        before = [
            photos for photos in placed if odd and _compute_rank(seed, photos) < _compute_rank(seed, odd)
        ]
        if not odd or 2 * len(before) >= len(placed):
            break
    first.case.record(make_order_act(first.case, first.examiner, seed), first.examiner.id)
    return placed


def _compute_rank(seed: str, photos: PhotosOfIndividual) -> str:
    return compute_person_rank(seed, min(photo.sha256 for photo in photos))


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
