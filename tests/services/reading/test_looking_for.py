"""Saying of lists of signs that nothing else is visible: by whom it is said, and when it no longer stands."""

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import Conclusion
from reviewer.domain.reading.sign_lists import find_checked_lists_for_coverage
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.services.case.history import load_last_entries
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.act_words import describe_entry
from reviewer.services.reading.coverage import CoverageEditor
from reviewer.services.reading.looking_for import SignListChecker
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
    made.heard = []
    made.on_message.connect(made.heard.append)
    made.looking_for = SignListChecker(made)
    made.covering = CoverageEditor(made)
    made.go(0)
    yield made
    made.desk.detach()
    case.close()


def shows(reader, *regions):
    for region in regions:
        reader.covering.set_level(region, CoverageLevel.ASSESSABLE)


def test_without_what_is_shown_one_sentence_says_which_act(reader):
    with pytest.raises(NotAllowed, match="Coverage"):
        reader.looking_for.toggle()
    with pytest.raises(NotAllowed, match="Coverage"):
        reader.looking_for.list_terms()
    assert "Coverage" in reader.looking_for.describe_check()
    reader.covering.set_level("nape", CoverageLevel.LIMITED)
    with pytest.raises(NotAllowed, match="as assessable"):
        reader.looking_for.toggle()
    assert reader.reading.looked_for == ()


def test_it_is_said_with_the_names_of_the_lists_and_taken_back(reader):
    shows(reader, "chest.L", "nape")
    lists = find_checked_lists_for_coverage(reader.vocabulary, reader.reading.coverage)
    assert lists
    assert reader.looking_for.describe_check().startswith("Not looked for")
    reader.looking_for.toggle()
    assert reader.reading.looked_for == tuple(sorted(lists))
    assert reader.looking_for.describe_check().startswith("Looked for")
    assert reader.heard[-1].startswith("Nothing else visible of")
    assert " signs" in reader.heard[-1]
    names = {term.name for _list, term in reader.looking_for.list_terms()}
    assert "bruise" in names
    assert all(each in " ".join(reader.looking_for.describe_signs()) for each in names)
    reader.looking_for.toggle()
    assert reader.reading.looked_for == ()
    assert reader.heard[-1].startswith("No longer looked for")


@pytest.mark.parametrize("why", ["More is marked as shown", "A finding was taken away"])
def test_that_it_has_ended_is_said(reader, why):
    shows(reader, "chest.L")
    reader.add_term("burn.scald")
    reader.looking_for.toggle()
    if why.startswith("More"):
        shows(reader, "nape")
    else:
        reader.remove_selected()
    assert reader.reading.looked_for == ()
    assert reader.heard[-1].startswith(f"{why}")
    assert "signs" in reader.heard[-1]
    assert reader.looking_for.describe_check().startswith("Not looked for")


def test_less_that_is_shown_and_another_finding_leave_it_as_it_is(reader):
    shows(reader, "chest.L", "nape")
    reader.looking_for.toggle()
    said = list(reader.heard)
    reader.add_term("blunt.bruise")
    reader.covering.set_level("nape", CoverageLevel.LIMITED)
    assert reader.reading.looked_for
    assert reader.heard == said


def test_nothing_visible_goes_through_the_same_lists_and_takes_them_back(reader):
    reader.looking_for.nothing_visible()
    assert reader.reading.looked_for == ()
    assert "No sign counts as absent by that alone" in reader.heard[-1]
    reader.looking_for.nothing_visible()
    shows(reader, "chest.L")
    reader.looking_for.nothing_visible()
    assert reader.reading.conclusion is Conclusion.NOTHING_VISIBLE
    assert reader.reading.looked_for == tuple(
        sorted(find_checked_lists_for_coverage(reader.vocabulary, reader.reading.coverage))
    )
    assert reader.heard[-1].startswith("Nothing visible. Looked for")
    reader.looking_for.nothing_visible()
    assert (reader.reading.conclusion, reader.reading.looked_for) == (Conclusion.NONE, ())
    assert reader.heard[-1].startswith("Nothing visible is withdrawn, and with it what was looked for: ")


def test_what_is_not_seen_was_not_looked_through(reader):
    shows(reader, "chest.L")
    reader.sight = lambda _photo: Sight.COVERED
    with pytest.raises(NotAllowed):
        reader.looking_for.toggle()
    assert reader.reading.looked_for == ()


def test_the_history_names_the_lists(reader):
    shows(reader, "chest.L")
    reader.looking_for.toggle()
    reader.looking_for.toggle()
    reader.looking_for.nothing_visible()
    assert reader.desk.case.writer.drain(10)
    told = [describe_entry(each, reader.vocabulary) for each in acts_of(reader)]
    assert told[-3].startswith("nothing else visible of: ")
    assert "signs)" in told[-3]
    assert told[-2] == "no list of signs gone through any more"
    assert told[-1].startswith("nothing visible in the assessable regions, looked for: ")


def acts_of(reader):
    return load_last_entries(reader.desk.case, 3)[::-1]
