"""What is masked while one reads, and that every look at it stands before what follows."""

from collections import deque

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.shared_bodies import transcription_to_body
from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.domain.worklist.reading_order import CARD, DATE, NAME, PERSON
from reviewer.services.case.opening import open_case
from reviewer.services.case.reading_rules import count_in_context
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case, made_drive_case, opened_copy
from tests.support.photos import drive
from tests.support.shared import made_individual
from tests.support.tables import rows


def reader_of(case):
    """What comes back to the face's thread is held in `post` until `settled` brings it."""
    examiner, held = case.examiners()[0], deque()
    made = Reader(ActQueue(case, examiner, held.append), Worklist(case, examiner.id).load())
    made.held = held
    made.sight = lambda _photo: Sight.SHOWN
    made.sentences = []
    made.on_message.connect(made.sentences.append)
    made.go(0)
    return made


@pytest.fixture(scope="module")
def masked_case(tmp_path_factory):
    return made_drive_case(tmp_path_factory.mktemp("masked"), by_folders=False)


@pytest.fixture
def case(masked_case, tmp_path):
    with opened_copy(masked_case, tmp_path) as made:
        yield made


@pytest.fixture
def reader(case):
    made = reader_of(case)
    yield made
    made.desk.detach()


def settled(reader):
    """Wait for what is on its way to disk."""
    assert reader.desk.case.writer.drain(10)
    while reader.held:
        reader.held.popleft()()
    assert not reader.desk.waiting
    return reader.reading


def acts_of(reader):
    from reviewer.storage import ledger

    with reader.desk.case.store.read() as connection:
        photo, examiner = reader.sha256, reader.desk.examiner.id
        return [
            f"{entry.act} {entry.body['what']}" if "what" in entry.body else entry.act
            for entry in ledger.iterate_standing_acts(connection, examiner, photo)
            if acts.is_act_of_reading(entry.act)
        ]


def tag(reader):
    reader.add_term("blunt.bruise")
    reader.toggle_region("chest.L")
    reader.set_certainty(Certainty.DEFINITE)
    return settled(reader).findings[-1]


def complete(reader):
    """By a certainty that is stated, whatever else completing wants to know."""
    reader.complete()
    return settled(reader)


def put_card(reader, box=(10, 10, 20, 12)):
    card = Transcription(TranscriptionPass.FIRST, detainee="1", box=box)
    reader.submit(Draft(shared_acts.CARD_TRANSCRIBED, reader.sha256, transcription_to_body(card)))
    settled(reader)


def test_name_date_and_card_are_masked_until_the_reading_is_complete(reader):
    masking = reader.masking
    name = reader.worklist.items[0].name
    assert masking.list_masked(reader.sha256) == (NAME, DATE)
    assert masking.name_at(0) == f"Photo 1 of {reader.worklist.label(0)}"
    put_card(reader)
    assert masking.list_masked(reader.sha256) == (CARD, NAME, DATE)
    assert masking.boxes(reader.sha256) == ((10, 10, 20, 12),)
    tag(reader)
    assert masking.name_at(0) != name, "begun is not complete"
    complete(reader)
    assert (masking.list_masked(reader.sha256), masking.name_at(0)) == ((), name)
    assert reader.reading.context_seen == (), "nothing was uncovered"


def test_a_card_that_nobody_framed_may_be_seen_unless_somebody_said_that_there_is_none(reader):
    masking, photo = reader.masking, reader.sha256
    assert masking.may_show_card(photo)
    none = Transcription(TranscriptionPass.FIRST, legible="no card")
    author = reader.desk.examiner.id
    reader.desk.case.record(Draft(shared_acts.CARD_TRANSCRIBED, photo, transcription_to_body(none)), author)
    masking.forget_boxes()
    assert not masking.may_show_card(photo)
    put_card(reader)
    masking.forget_boxes()
    assert not masking.may_show_card(photo), "it is framed, and so masked"


def test_a_complete_reading_warns_of_no_card(reader):
    tag(reader)
    complete(reader)
    assert not reader.masking.may_show_card(reader.sha256)


def test_each_thing_that_is_shown_is_an_act_before_what_follows(reader):
    put_card(reader)
    before = tag(reader)
    reader.masking.uncover(reader.sha256)
    after = tag(reader)
    assert (before.in_context, after.in_context) == (False, True)
    assert acts_of(reader)[3:7] == [
        "reading.context_seen card",
        "reading.context_seen name",
        "reading.context_seen date",
        "finding.added",
    ]
    assert reader.masking.list_masked(reader.sha256) == ()
    assert reader.sentences[-1].startswith("Shown: the card, the file name and the date.")
    reader.masking.uncover(reader.sha256)
    assert reader.sentences[-1] == "Nothing is masked on this photograph."
    reader.step(1)
    assert reader.masking.list_masked(reader.sha256) == (NAME, DATE), "another photograph is masked"
    reader.step(-1)
    complete(reader)
    counted = count_in_context(reader.desk.case, [reader.desk.examiner.id])
    assert (counted.findings, counted.made) == (2, 1)
    assert counted.seen == {"card": 1, "name": 1, "date": 1}
    assert counted.describe_counts().endswith("was seen (the card 1, the date 1, the file name 1).")
    elsewhere = reader.worklist.items[1].sha256
    assert count_in_context(reader.desk.case, [reader.desk.examiner.id], {elsewhere}).findings == 0


def test_an_export_says_what_was_seen_and_which_findings_came_after(reader, tmp_path):
    tag(reader)
    reader.masking.uncover(reader.sha256)
    tag(reader)
    export(reader.desk.case, reader.desk.examiner.id, "csv", tmp_path / "out", JobControl())
    assert [row["in_context"] for row in rows(tmp_path / "out" / "findings.csv")] == ["no", "yes"]
    assert [row["context_seen"] for row in rows(tmp_path / "out" / "readings.csv")] == ["date;name"]


def test_what_a_complete_reading_showed_was_seen_by_whoever_changes_it(reader):
    tag(reader)
    complete(reader)
    late = tag(reader)
    assert late.in_context
    assert reader.reading.context_seen == ("date", "name")
    assert [finding.in_context for finding in reader.reading.findings] == [False, True]
    assert reader.masking.list_masked(reader.sha256) == (), "it stays in view"


def test_taking_back_the_completion_does_not_take_back_what_was_seen(reader):
    tag(reader)
    complete(reader)
    reader.undo()
    assert str(settled(reader).state) == "open"
    assert reader.reading.context_seen == ("date", "name")
    assert tag(reader).in_context


def test_a_look_elsewhere_is_noted_once_and_only_while_it_would_be_masked(reader):
    reader.masking.note_look(reader.sha256, PERSON)
    reader.masking.note_look(reader.sha256, PERSON)
    assert settled(reader).context_seen == ("person",)
    assert acts_of(reader) == ["reading.context_seen person"]
    assert reader.sentences == [
        "The card of this person came into view before the reading was complete. "
        "It is noted; findings made from now on say so."
    ]
    reader.step(1)
    tag(reader)
    complete(reader)
    reader.masking.note_look(reader.sha256, PERSON)
    assert settled(reader).context_seen == ()


def test_what_was_uncovered_says_nothing_of_a_photo(reader):
    """A near-duplicate whose name was shown can still be carried over to."""
    reader.masking.uncover(reader.sha256)
    assert near_duplicate_commands.is_blank(settled(reader))


def test_a_case_open_for_reading_only_shows_and_notes_nothing(case, tmp_path):
    case.close()
    closed = open_case(tmp_path / "test.case", read_only=True)
    try:
        entries = closed.counts().entries
        reader = reader_of(closed)
        reader.masking.uncover(reader.sha256)
        assert reader.masking.list_masked(reader.sha256) == ()
        assert "nothing is noted" in reader.sentences[-1]
        reader.desk.detach()
        assert closed.counts().entries == entries
    finally:
        closed.close()


def test_nothing_is_masked_or_noted_in_a_case_of_before(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    reader = reader_of(case)
    assert reader.masking.list_masked(reader.sha256) == ()
    reader.masking.note_look(reader.sha256, PERSON)
    tag(reader)
    complete(reader)
    assert not tag(reader).in_context
    assert settled(reader).context_seen == ()
    reader.desk.detach()
    case.close()


# copying only after an own look


def test_findings_and_coverage_are_copied_only_where_the_photo_was_completed_once(reader):
    photos = [item.sha256 for item in reader.worklist.items[:3]]
    reader.submit(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", photos)]}))
    settled(reader)
    tag(reader)
    complete(reader)
    reader.step(1)
    for _try in range(2):
        with pytest.raises(NotAllowed, match="only where you completed the photo once by your own look"):
            reader.copy_from_previous()
        reader.set_aside()
    reader.nothing_visible()
    complete(reader)
    reader.copy_from_previous()
    copied = settled(reader).findings[-1]
    assert (copied.copied_from, copied.confirmed) == (photos[0], False)
    assert str(reader.reading.state) == "open", "completed once is enough"
    reader.undo()
    settled(reader)
    assert reader.desk.was_completed(reader.sha256)
    reader.undo()
    settled(reader)
    assert not reader.desk.was_completed(reader.sha256), "a completion that was taken back is none"


def test_a_completion_that_is_still_on_its_way_counts_and_one_carried_over_does_not(case):
    reader = reader_of(case)
    reader.nothing_visible()
    reader.complete()
    assert reader.desk.pending(reader.sha256) > 0
    assert reader.desk.was_completed(reader.sha256)
    settled(reader)
    other = reader.worklist.items[1].sha256
    carried = near_duplicate_commands.carry_over_reading(
        reader.reading, reader.desk.reading(other), lambda: "x"
    )
    reader.desk.submit(carried)
    settled(reader)
    assert reader.desk.reading(other).carried_from == reader.sha256
    assert not reader.desk.was_completed(other)
    reader.desk.detach()
