"""What is not seen is not judged: held in the Reader, whatever key or button a wish came from."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.reading.reading import ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.services.cards.transcription import CardDesk, CardTask
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.carry_over import CarryOver
from reviewer.services.reading.coverage import CoverageEditor
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight, must_see
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.photos import drive

UNSEEN = [Sight.COVERED, Sight.COMING, Sight.MISSING, Sight.AWAY]


@pytest.fixture
def reader(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    examiner = case.examiners()[0]
    made = Reader(ActQueue(case, examiner, post_at_once), Worklist(case, examiner.id).load())
    made.go(0)
    made.sight = lambda photo: Sight.SHOWN if photo == made.sha256 else Sight.AWAY
    yield made
    made.desk.detach()
    case.close()


def entries(reader):
    assert reader.desk.case.writer.drain(10)
    return reader.desk.case.counts().entries


def wishes(reader):
    """Everything that judges the photograph a Reader is at, with a finding there to be judged."""
    covering, view = CoverageEditor(reader), reader.vocabulary.views[0].key
    return {
        "a quick tag": lambda: reader.toggle_quick_tag(2),
        "clearing the tags": reader.clear_quick_tags,
        "a finding": lambda: reader.add_term("blunt.bruise"),
        "removing": reader.remove_selected,
        "a certainty": lambda: reader.set_certainty(Certainty.PROBABLE),
        "an answer": lambda: reader.set_answer(FindingAnswer.ABSENT),
        "a region": lambda: reader.toggle_region("neck.front"),
        "a mark": lambda: reader.add_mark(MarkShape.POINT, [(5, 5)]),
        "nothing visible": reader.nothing_visible,
        "not assessable": lambda: reader.not_assessable(NotAssessableReason.DARK),
        "complete": reader.complete,
        "complete and go on": reader.complete_and_go_on,
        "a view": lambda: covering.toggle_view(view),
        "no coverage": covering.clear,
        "no near-duplicate": CarryOver(reader).part_from_duplicates,
    }


@pytest.mark.parametrize("sight", UNSEEN)
def test_nothing_is_judged_that_is_not_seen(reader, sight):
    reader.toggle_quick_tag(1)
    before, selected = entries(reader), reader.selected
    reader.sight = lambda _photo: sight
    for name, wish in wishes(reader).items():
        with pytest.raises(NotAllowed):
            wish()
            pytest.fail(name)
    assert (entries(reader), reader.selected, reader.position) == (before, selected, 0)
    reader.write_note("covered by a sheet")
    assert entries(reader) == before + 1


def test_without_a_face_nothing_is_seen(reader):
    fresh = Reader(reader.desk, reader.worklist)
    fresh.go(0)
    with pytest.raises(NotAllowed, match="not on screen"):
        fresh.nothing_visible()


def test_an_act_on_another_photograph_than_the_one_on_screen_is_refused(reader):
    other, nothing = reader.worklist.items[1].sha256, {"findings": [], "coverage": {}}
    with pytest.raises(NotAllowed, match="not on screen"):
        reader.submit(Draft(acts.NOTHING_VISIBLE, other))
    reader.submit(
        Draft(acts.CARRIED_OVER, other, {"from": reader.sha256, "conclusion": "", "reason": "", **nothing})
    )


@pytest.mark.parametrize("sight", UNSEEN)
def test_copying_and_covering_as_before_need_a_look_too(reader, sight):
    mates = reader.worklist.positions_of_same_individual(0)
    if len(mates) < 2:
        pytest.skip("the individuals drawn here have one photograph each")
    reader.toggle_quick_tag(1)
    CoverageEditor(reader).toggle_view(reader.vocabulary.views[0].key)
    reader.go(mates[1])
    before = entries(reader)
    reader.sight = lambda _photo: sight
    for wish in (reader.copy_from_previous, CoverageEditor(reader).copy_previous):
        with pytest.raises(NotAllowed):
            wish()
    assert entries(reader) == before


def test_what_cannot_be_seen_can_be_set_aside_but_not_what_is_still_coming(reader):
    for sight in (Sight.COVERED, Sight.MISSING):
        reader.sight = lambda _photo, sight=sight: sight
        reader.set_aside()
        assert reader.reading.state is ReadingState.SET_ASIDE
        reader.set_aside()
    for sight in (Sight.COMING, Sight.AWAY):
        reader.sight = lambda _photo, sight=sight: sight
        with pytest.raises(NotAllowed):
            reader.set_aside()


def test_an_act_that_nobody_has_thought_of_yet_is_held_to_the_rule():
    with pytest.raises(NotAllowed, match="covered"):
        must_see(Sight.COVERED, "finding.of_the_future")
    must_see(Sight.SHOWN, "finding.of_the_future")


@pytest.mark.parametrize("sight", UNSEEN)
def test_no_card_is_read_that_is_not_seen(reader, sight):
    desk = CardDesk(reader.desk, reader.worklist)
    desk.begin(CardTask.FIRST)
    desk.sight = lambda: sight
    before = entries(reader)
    for made in (
        Transcription(TranscriptionPass.FIRST, detainee="100"),
        Transcription(TranscriptionPass.FIRST, legible="no card"),
    ):
        with pytest.raises(NotAllowed):
            desk.keep(made)
    assert entries(reader) == before
