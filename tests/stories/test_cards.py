"""Number cards, read twice without a look at the other pass, and decided where they differ; by keyboard."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.people.individual import TranscriptionPass
from reviewer.qt.cards.pass_columns import MarkedLabel
from reviewer.services.cards.transcription import CardTask, count_by_state, find_mismatches
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.services.reading.sight import Sight
from reviewer.storage.search.occurring_values import find_values_beginning
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


def counts(reader, settled, once, differ):
    """Wait until the line above says so many cards, and the three together are all of them."""
    cards = reader.session.cards
    waits, mismatches = "waits" if once == 1 else "wait", "mismatch" if differ == 1 else "mismatches"
    said = f"{once} {waits} for the second pass, {differ} {mismatches}"
    until(lambda: cards._headline.waiting.text() == said, said)
    words = f"{cards._headline.settled.text()} {cards._headline.waiting.text()}"
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    assert numbers == [settled, settled + once + differ, once, differ]
    on_segments = [int(button.text().split()[-1]) for button in cards.bar.passes.buttons]
    assert on_segments[1:] == [once, differ]


def test_a_first_pass_offers_one_card_of_each_individual(reader):
    cards = reader.session.cards
    mates = reader.session.reader.worklist.positions_of_same_individual(0)
    reads(reader, "215", "٤٥٦", "12?4B")
    assert cards.said.startswith("Kept: branch 215, detainee ")
    assert shown(reader).position not in mates
    counts(reader, 0, once=1, differ=0)
    first_pass = int(cards.bar.passes.buttons[0].text().split()[-1])
    assert first_pass == len(reader.session.reader.worklist.groups) - 1
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
    form = reader.session.cards.form
    assert list(form.list_mistakes()) == ["detainee"]
    assert form.list_mistakes()["detainee"].startswith("The detainee number is made of digits")
    reader.types("x")
    assert form.list_mistakes() == {}
    reader.presses("Backspace")
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
    assert cards.form.passes.isHidden()
    reads(reader, "215", "100")
    assert shown(reader).photo.sha256 == second
    reads(reader, "215", "20?")
    assert shown(reader) is None
    assert [facts.photo for facts in find_mismatches(reader.session.case)] == [second]
    reader.presses("Ctrl+3")
    detainee, branch, _examination = cards.form.passes.values
    assert (detainee.first, detainee.second, detainee.difference) == ("200", "20?", "0 or ? in place 3")
    assert (branch.first, branch.second, branch.difference) == ("215", "215", "")
    marked = [label.marked for label in cards.form.passes.findChildren(MarkedLabel)]
    assert marked[:2] == [{2}, {2}]
    counts(reader, 1, once=0, differ=1)
    sees_card(reader).presses("F6").is_saved()
    assert cards.form.passes.isHidden()
    counts(reader, 2, once=0, differ=0)
    assert "No card waits to be decided." in cards.nothing_due.state.sentence.text()
    found = count_by_state(reader.session.case)
    assert (found[CardState.AGREED], found[CardState.RESOLVED], found[CardState.MISMATCH]) == (1, 1, 0)
    reader.leaves()
    with opened(case_folder) as case:
        assert verify_case(case, JobControl()).sound
        assert count_by_state(case) == found


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
    QTest.mouseClick(cards.panel.act_buttons["cards.order"], Qt.MouseButton.LeftButton)
    assert cards.box.texts()[0] == "Detainee, branch, examination"
    cards.box._list.setCurrentRow(cards.box.texts().index("Branch, detainee, examination"))
    QTest.mouseClick(cards.box.ok_button, Qt.MouseButton.LeftButton)
    reader.is_saved()
    until(lambda: cards.form.current.accessibleName() == "Branch", "the fields follow")
    reader.types("215").presses("Tab").types("456").presses("Tab").types("124").presses("Enter").is_saved()
    assert cards.said == "Kept: branch 215, detainee 456, examination 124."
    reader.leaves()
    (case_folder / "previews.db").unlink()  # what can be made again; the order of the cards cannot
    again = desk().opens(case_folder).sees_photo(0).presses("Ctrl+Shift+C")
    assert sees_card(again).session.cards.form.current.accessibleName() == "Branch"


def test_a_card_is_answered_by_buttons(reader):
    cards = reader.session.cards
    before = shown(reader).position
    QTest.mouseClick(cards.panel.act_buttons["cards.in-part"], Qt.MouseButton.LeftButton)
    assert cards.form.legible == "in part"
    QTest.mouseClick(cards.panel.act_buttons["cards.no-card"], Qt.MouseButton.LeftButton)
    reader.is_saved()
    assert shown(reader).position != before
    assert cards.said == "Kept: no card on it."


def list_words(screen):
    """Everything that can be read on a screen, or heard, or be told where the mouse rests."""
    for widget in [screen, *screen.findChildren(QWidget)]:
        yield widget.toolTip()
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        for name in ("text", "placeholderText", "toPlainText"):
            say = getattr(widget, name, None)
            if callable(say):
                yield str(say())


def test_the_second_pass_finds_nothing_of_the_first_anywhere(reader):
    cards = reader.session.cards
    reads(reader, "8153", "7492", "6604")
    assert any("7492" in words for words in list_words(reader.window)), "what was kept is said"
    reader.presses("Ctrl+2")
    assert shown(reader).position == 0
    for number in ("8153", "7492", "6604"):
        assert not [words for words in list_words(reader.window) if number in words]
    assert all(field.completer() is None for field in cards.form.findChildren(QLineEdit))
    with reader.session.case.store.read() as connection:
        for field, typed in (("detainee", "7"), ("branch", "8"), ("number", "6")):
            assert list(find_values_beginning(connection, field, typed)) == []
    reads(reader, "8153", "7492", "6604")
    with reader.session.case.store.read() as connection:
        assert list(find_values_beginning(connection, "detainee", "7")) == ["7492"]


def test_a_card_is_shown_alone_in_its_frame_turned_and_enlarged(reader):
    cards = reader.session.cards
    view, (wide, tall) = cards.view, shown(reader).photo.upright_size
    assert cards.strip.photo.frame is None
    corners = [view.to_widget((wide * share, tall * share)) for share in (0.25, 0.5)]
    points = [QPoint(round(x), round(y)) for x, y in corners]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(view, points[1])
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=points[1])
    frame = cards.strip.photo.frame
    assert (frame.x(), frame.width()) == pytest.approx((0.25, 0.25), abs=0.02)
    edge = QColor(view.grab().toImage().pixel(4, view.height() // 2))
    assert edge == view.ground, "around the card nothing of the photograph is shown"
    assert cards.strip.zoom.text() == f"{round(100 * view.scale)} %"
    reader.presses("F5")
    assert (view.view.angle, view.is_cut_out) == (90, True)
    reader.window.binder.find("cards.zoom-in").trigger()
    assert not view.is_cut_out
    reader.presses("F9")
    assert (cards.strip.photo.frame, view.fits) == (None, True)


def test_where_none_is_due_the_other_passes_are_offered(reader):
    cards = reader.session.cards
    reads(reader, "215", "100")
    reader.presses("Ctrl+3")
    assert shown(reader) is None
    until(
        lambda: "1 card waits for the second pass." in cards.nothing_due.state.sentence.text(), "what waits"
    )
    assert "individuals wait for the first pass." in cards.nothing_due.state.sentence.text()
    assert cards.nothing_due.ways[CardTask.MISMATCHES].isHidden()
    QTest.mouseClick(cards.nothing_due.ways[CardTask.SECOND], Qt.MouseButton.LeftButton)
    assert shown(reader).position == 0
