"""Number cards, read twice without a look at the other pass, and decided where they differ; by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.people.individual import TranscriptionPass
from reviewer.services.cards.transcription import count_by_state, find_mismatches
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.services.reading.sight import Sight
from tests.support.cases import opened
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    sitting = desk().opens(case_folder).sees_photo(0)
    sitting.presses("Ctrl+Shift+C")
    return sees_card(sitting)


def sees_card(reader):
    """Wait until the photograph with the card is on screen."""
    view = reader.session.cards.view
    until(lambda: shown(reader) is None or view.sight() is Sight.SHOWN, "the photograph with the card")
    return reader


def reads(reader, branch, detainee, examination=""):
    sees_card(reader).types(detainee).presses("Tab").types(branch).presses("Tab").types(examination).presses(
        "Enter"
    )
    return reader.is_saved()


def shown(reader):
    return reader.session.cards.desk.shown


def test_a_first_pass_offers_one_card_of_each_individual(reader):
    cards = reader.session.cards
    mates = reader.session.reader.worklist.positions_of_same_individual(0)
    reads(reader, "215", "٤٥٦", "12?4B")
    assert cards.said.startswith("Kept: branch 215, detainee ")
    assert shown(reader).position not in mates
    assert cards.progress.text() == "1 read once, 0 settled, 0 to be decided"
    reader.presses("PgUp")
    assert shown(reader).position == mates[-1]
    reader.presses("F8", "Ctrl+1")
    assert shown(reader).position == mates[1]
    sees_card(reader).presses("F4").is_saved()
    assert count_by_state(reader.session.case)[CardState.ONCE] == 2
    reader.presses("Ctrl+Z").is_saved()
    assert count_by_state(reader.session.case)[CardState.ONCE] == 1


def test_what_is_no_number_is_said_and_stays_in_the_field(reader):
    reader.types("twelve").presses("Enter")
    assert "made of digits" in reader.session.cards.said
    assert reader.session.cards.form.read_typed(TranscriptionPass.FIRST, None).detainee == "twelve"
    assert shown(reader).position == 0


def test_the_second_pass_is_blind_and_mismatches_are_decided(reader, case_folder):
    cards = reader.session.cards
    reads(reader, "215", "100")
    second = shown(reader).photo.sha256
    reads(reader, "215", "200")
    reader.presses("Ctrl+2")
    assert shown(reader).position == 0
    assert shown(reader).others == ()
    assert cards.form.read_typed(TranscriptionPass.SECOND, None).detainee == ""
    assert cards.form.passes.text() == ""
    reads(reader, "215", "100")
    assert shown(reader).photo.sha256 == second
    reads(reader, "215", "20?")
    assert shown(reader) is None
    assert [facts.photo for facts in find_mismatches(reader.session.case)] == [second]
    reader.presses("Ctrl+3")
    assert "First pass: branch 215, detainee 200" in cards.form.passes.text()
    assert "Second pass: branch 215, detainee 20?" in cards.form.passes.text()
    assert cards.progress.text() == "0 read once, 1 settled, 1 to be decided"
    sees_card(reader).presses("F6").is_saved()
    assert cards.progress.text() == "0 read once, 2 settled, 0 to be decided"
    counts = count_by_state(reader.session.case)
    assert (counts[CardState.AGREED], counts[CardState.RESOLVED], counts[CardState.MISMATCH]) == (1, 1, 0)
    reader.leaves()
    with opened(case_folder) as case:
        assert verify_case(case, JobControl()).sound
        assert count_by_state(case) == counts


def test_a_rectangle_around_the_card_is_kept_in_recorded_pixels_and_shown_again(reader):
    view = reader.session.cards.view
    before = view.scale
    width, height = shown(reader).photo.upright_size
    corners = [view.to_widget((width * share, height * share)) for share in (0.25, 0.5)]
    points = [QPoint(round(x), round(y)) for x, y in corners]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(view, points[1])
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=points[1])
    assert view.scale > before
    box = view.card
    reads(reader, "215", "77")
    reader.presses("PgUp")
    while shown(reader).position:
        reader.presses("PgUp")
    assert view.card == box == shown(reader).before.box
    assert abs(box[2] - width * 0.25) < 6 or abs(box[2] - height * 0.25) < 6
    reader.presses("F9")
    assert view.card is None
    assert view.fits


def test_the_fields_follow_the_cards_of_the_case_and_that_is_kept(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Ctrl+Shift+C")
    cards = sees_card(reader).session.cards
    assert cards.form.current.accessibleName() == "Detainee"
    QTest.mouseClick(cards.act_buttons["cards.order"], Qt.MouseButton.LeftButton)
    assert cards.box.texts()[0] == "Detainee, branch, examination"
    cards.box._list.setCurrentRow(cards.box.texts().index("Branch, detainee, examination"))
    QTest.mouseClick(cards.box.ok_button, Qt.MouseButton.LeftButton)
    assert cards.form.current.accessibleName() == "Branch"
    reader.types("215").presses("Tab").types("456").presses("Tab").types("124").presses("Enter").is_saved()
    assert cards.said == "Kept: branch 215, detainee 456, examination 124."
    reader.leaves()
    again = desk().opens(case_folder).sees_photo(0).presses("Ctrl+Shift+C")
    assert sees_card(again).session.cards.form.current.accessibleName() == "Branch"


def test_a_card_is_answered_by_buttons(reader):
    cards = reader.session.cards
    before = shown(reader).position
    QTest.mouseClick(cards.act_buttons["cards.in-part"], Qt.MouseButton.LeftButton)
    assert cards.form.legible == "in part"
    QTest.mouseClick(cards.act_buttons["cards.no-card"], Qt.MouseButton.LeftButton)
    reader.is_saved()
    assert shown(reader).position != before
    assert cards.said == "Kept: no card on it."
