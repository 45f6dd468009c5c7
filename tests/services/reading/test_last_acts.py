"""The last acts as people read them: which photograph, and what was taken back."""

import pytest

from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.last_acts import load_last_acts
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.photos import drive


@pytest.fixture
def reader(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    examiner = case.examiners()[0]
    made = Reader(ActQueue(case, examiner, post_at_once), Worklist(case, examiner.id).load())
    made.sight = lambda _photo: Sight.SHOWN
    made.go(0)
    yield made
    made.desk.detach()
    case.close()


def newest(reader):
    reader.desk.case.writer.drain(10)
    return load_last_acts(reader.desk.case, 5)[0]


def test_an_act_names_the_file_of_its_photograph(reader):
    reader.add_term("blunt.bruise")
    act = newest(reader)
    assert (act.what, act.who) == ("bruise added", "Dr Okoye")
    assert (act.photo, act.name) == (reader.sha256, reader.worklist.items[0].name)
    assert load_last_acts(reader.desk.case, 500)[-1].name == ""


def test_what_is_taken_back_and_done_again_says_which_act(reader):
    reader.add_term("blunt.bruise")
    reader.desk.undo()
    assert newest(reader).what == "taken back: bruise added"
    reader.desk.redo()
    assert newest(reader).what == "done again: bruise added"
    assert newest(reader).name == reader.worklist.items[0].name
