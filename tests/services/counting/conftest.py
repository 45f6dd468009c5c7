"""A case of thirteen photographs, of five individuals by two and of nobody."""

import pytest

from reviewer.domain.commands.individual_commands import accept_proposals
from reviewer.domain.people.proposals import Proposal
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import opened_copy
from tests.support.counting import photos_of


@pytest.fixture
def case(thirteen, tmp_path):
    with opened_copy(thirteen, tmp_path) as made:
        yield made


@pytest.fixture
def desk(case):
    made = ActQueue(case, case.examiners()[0], post_at_once)
    yield made
    made.detach()


@pytest.fixture
def people(case, desk):
    """Five individuals of two photographs; the last photographs of the case belong to nobody."""
    photos = photos_of(case)
    proposals = [Proposal(tuple(photos[2 * n : 2 * n + 2]), f"number {n}") for n in range(5)]
    ids = iter(f"person {n}" for n in range(5))
    for draft in accept_proposals(proposals, {}, lambda: next(ids)):
        desk.submit(draft).result()
    return [photos[2 * n : 2 * n + 2] for n in range(5)]
