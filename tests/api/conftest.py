"""A demonstration case as docs/api.md speaks of it: made by the verbs it names, then everybody in it read."""

from types import SimpleNamespace

import pytest

from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.main import main
from reviewer.services.case.opening import open_case
from reviewer.services.jobs import post_at_once
from reviewer.services.people.individuals import load_individuals
from reviewer.services.reading.act_queue import ActQueue
from tests.support.counting import ends, finds

LIGATURE = "neck.ligature_mark"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """The folder with Demonstration.case in it, and what its examiner said."""
    return made_demonstration(tmp_path_factory.mktemp("demonstration"))


def made_demonstration(folder):
    assert main(["demo", str(folder), "--photos", "24", "--bare", "--no-window"]) == 0
    path = folder / "Demonstration.case"
    pattern = "{branch}-{examination}"
    words = ["individuals", "accept", str(path), "--from", "folders", "--pattern", pattern]
    assert main(words) == 0
    case = open_case(path)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    photos = [photo for each in load_individuals(case, "").persons if each.id for photo in each.photos]
    finds(desk, photos[0])
    finds(desk, photos[1], term=LIGATURE, regions=("neck.front",))
    ends(desk, photos[:12])
    case.writer.drain()
    earlier = case.counts().entries
    finds(desk, photos[12])
    finds(desk, photos[13], stated=False)
    finds(desk, photos[20], answer=FindingAnswer.ABSENT)
    ends(desk, photos[12:])
    case.writer.drain()
    desk.detach()
    told = SimpleNamespace(
        folder=folder,
        path=path,
        photos=photos,
        earlier=earlier,
        entries=case.counts().entries,
        head=case.counts().head,
        examiner=case.examiners()[0],
    )
    case.close()
    return told
