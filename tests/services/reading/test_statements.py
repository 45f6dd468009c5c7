"""What a key press and the card of a person ask of the database: statements are counted, not time."""

import pytest

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.ledger.entry import Draft
from reviewer.services.people.person_card import load_person_card
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.photos import drive
from tests.support.shared import made_individual
from tests.support.statements import recorded_statements


@pytest.fixture
def reader(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    examiner = case.examiners()[0]
    made = Reader(ActQueue(case, examiner, lambda work: work()), Worklist(case, examiner.id).load())
    made.sight = lambda _photo: Sight.SHOWN
    made.go(0)
    yield made
    made.desk.detach()
    case.close()


def settle(reader):
    assert reader.desk.case.writer.drain(10)


def test_a_key_press_does_not_read_back_what_was_in_hand(reader):
    """Before what an act changes was handed on, these were 21: the Reading was read twice. One asks for the
    number of the photograph."""
    reader.toggle_quick_tag(1)
    settle(reader)
    with recorded_statements() as sent:
        reader.toggle_quick_tag(2)
        settle(reader)
    assert len(reader.reading.findings) == 2
    assert len(sent) <= 16
    assert sum(" FROM readings" in statement for statement in sent) == 1


@pytest.mark.parametrize("how", ["undo", "redo"])
def test_what_is_taken_back_or_done_again_is_not_read_back_either(reader, how):
    reader.toggle_quick_tag(1)
    reader.toggle_quick_tag(2)
    if how == "redo":
        reader.undo()
    settle(reader)
    with recorded_statements() as sent:
        getattr(reader, how)()
        settle(reader)
    assert len(reader.reading.findings) == {"undo": 1, "redo": 2}[how]
    assert sum(" FROM readings" in statement for statement in sent) == 1


def test_the_card_of_a_person_is_read_at_once(reader):
    """Six photographs, all read: these were 61 while each Reading was loaded by itself."""
    photos = [item.sha256 for item in reader.worklist.items]
    reader.submit(Draft(INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", photos)]}))
    for place in range(len(photos)):
        reader.go(place)
        reader.toggle_quick_tag(1)
    settle(reader)
    desk = reader.desk
    with recorded_statements() as sent:
        card = load_person_card(desk.case, desk.examiner.id, "one", ())
    assert [reading.photo for reading in card.readings] == photos
    assert len(photos) == 6
    assert len(sent) <= 15
