"""A reader does not learn whose photograph it is before it is judged; whoever looks is on record."""

import shutil

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.shared_bodies import transcription_to_body
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.worklist.reading_order import compute_person_rank
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.services.case import enrolment
from reviewer.services.people.individuals import make_acceptance_acts, propose_individuals
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import ledger, reading_order
from tests.support.cases import ingested, made_case, opened
from tests.support.waiting import until

GREY = QColor(88, 88, 88)


@pytest.fixture(scope="session")
def masked_case(tmp_path_factory, photographs):
    """A new case: drawn, masked, everybody accepted, and the card of the first photographs drawn."""
    case = made_case(tmp_path_factory.mktemp("masked"), by_folders=False)
    ingested(case, photographs)
    author = case.examiners()[0].id
    for draft in make_acceptance_acts(case, propose_individuals(case)):
        case.record(draft, author)
    for item in Worklist(case, author).load().items[:4]:
        body = transcription_to_body(
            Transcription(TranscriptionPass.FIRST, detainee="7", branch="901", box=(8, 8, 60, 40))
        )
        case.record(Draft(shared_acts.CARD_TRANSCRIBED, item.sha256, body), author)
    case.close()
    return case.folder


@pytest.fixture
def masked(tmp_path, masked_case):
    return shutil.copytree(masked_case, tmp_path / "masked.case")


def test_the_line_below_the_photograph_says_where_no_card_is_framed(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    card = reader.reading.info.card
    assert not card.isVisible(), "it is masked"
    while reader.reader.masking.boxes(reader.reader.sha256):
        reader.presses("Right").sees_photo()
    assert (card.isVisible(), card.word) == (True, "No card framed yet: a number can be seen")
    assert "its number can be seen" in card.toolTip()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert reader.window.screen_name == "cards"


def name_of(reader):
    return reader.reader.worklist.items[reader.reader.position].name


def seen(reader):
    """What was seen of the photograph on screen, as the ledger has it."""
    with reader.session.case.store.read() as connection:
        standing = ledger.iterate_standing_acts(connection, reader.session.examiner.id, reader.reader.sha256)
        return [entry.body["what"] for entry in standing if entry.act == acts.CONTEXT_SEEN]


def middle_of_the_card(reader):
    canvas = reader.reading.canvas
    area = canvas.masked[0] if canvas.masked else reader.card
    reader.card = area
    x, y = canvas.to_widget((area.center().x() - area.width() / 4, area.center().y() - area.height() / 3))
    return canvas.grab().toImage().pixelColor(round(x), round(y))


def test_what_tells_who_a_person_is_is_masked_until_the_reading_is_complete(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    name, label = name_of(reader), reader.reader.worklist.label(0)
    header, info = reader.reading.header, reader.reading.info
    assert header.person.text() == label
    assert header.place.text().startswith("photo 1 of ")
    assert name not in info.name.text()
    assert "complete: the card, the file name and the date." in info.uncover.toolTip()
    assert name not in info.facts.toolTip() + info.name.toolTip() and name not in header.place.toolTip()
    assert info.uncover.isVisible()
    strip = reader.reading.filmstrip.model()
    tips = [strip.data(strip.index(row, 0), Qt.ItemDataRole.ToolTipRole) for row in range(strip.rowCount())]
    assert all(" of P-" in tip and name not in tip for tip in tips)
    assert sum(f"of {label}" in tip for tip in tips) == len(reader.reader.worklist.positions_beside(0))
    assert middle_of_the_card(reader) == GREY
    canvas = reader.reading.canvas
    canvas.cursor_at = QPointF(*canvas.to_widget((reader.card.center().x(), reader.card.center().y())))
    reader.presses("M")
    assert canvas.loupe and middle_of_the_card(reader) == GREY, "nor is it seen through the loupe"
    reader.presses("M").presses("F2")
    assert "Masked until the reading" in reader.reading.details.said.text()
    assert reader.reading.details.text.toPlainText() == ""
    reader.presses("F2", "2").types("").presses("H").types("chest l").presses("Enter", "Esc", "Q")
    reader.presses("Shift+Enter").is_saved()
    until(lambda: name in info.name.text(), "everything is shown of a reading that is complete")
    assert not info.uncover.isVisible()
    assert reader.reading.canvas.masked == ()
    assert middle_of_the_card(reader) != GREY
    assert seen(reader) == []
    assert not reader.finding.in_context


def test_one_key_or_one_button_shows_it_and_findings_made_after_it_say_so(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    reader.presses("2").is_saved()
    reader.presses("Shift+X").is_saved()
    assert reader.said.startswith("Shown: the card, the file name and the date.")
    assert name_of(reader) in reader.reading.info.name.text()
    assert seen(reader) == ["card", "name", "date"]
    reader.presses("4").is_saved()
    assert [finding.in_context for finding in reader.reader.reading.findings] == [False, True]
    reader.presses("Ctrl+Z", "Ctrl+Z").is_saved()
    assert reader.reader.reading.findings == ()
    assert seen(reader) == ["card", "name", "date"], "what was seen cannot be taken back"
    reader.presses("Right").sees_photo(1)
    button = reader.reading.info.uncover
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    reader.is_saved()
    assert seen(reader) == ["card", "name", "date"]


def test_the_card_of_the_person_and_a_row_about_it_are_looks_too(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    label = reader.reader.worklist.label(0)
    reader.presses("Ctrl+I")
    card = reader.session.individuals.card
    until(lambda: card.person is not None and reader.session.individuals.page is card, "the card is open")
    assert card.person.neutral == label
    until(lambda: seen(reader) == ["person"], "the look is noted")
    assert "came into view before the reading was complete" in reader.session.individuals.said
    individual = card.person.id
    reader.session.records.on_row_of(individual)
    reader.session.records.on_row_of("somebody else")
    until(lambda: seen(reader) == ["person", "record"], "the row is noted")


def test_beside_the_table_who_somebody_is_stays_covered_until_one_looks(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    reader.presses("Ctrl+Shift+I")
    people = reader.session.individuals
    until(lambda: people.table.model.persons(), "everybody is listed")
    label = reader.reader.worklist.label(0)
    here = next(row for row in people.people.persons if reader.reader.sha256 in row.photos)
    people.table.choose(here.key)
    panel = people.table.panel
    until(lambda: panel.name.text() == label, "the label beside the table")
    assert people.table.model.name_person(here) == label
    assert panel.facts.isHidden()
    assert seen(reader) == []
    QTest.mouseClick(panel.look, Qt.MouseButton.LeftButton)
    until(lambda: panel.name.text() == here.label, "who it is")
    assert panel.facts.isVisible()
    until(lambda: seen(reader) == ["person"], "the look is noted")


def test_the_same_label_on_compare_and_in_the_gallery(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    label, name = reader.reader.worklist.label(0), name_of(reader)
    reader.presses("F6")
    pane = reader.session.compare.panes[0]
    until(lambda: pane.position >= 0, "the photograph is compared")
    assert pane.caption.startswith(f"{label}, photo 1 of ")
    assert name not in pane.caption
    assert pane.view.masked != ()
    compare = reader.session.compare
    until(lambda: compare.panel.difference.small.has_picture, "the difference")
    assert len(compare.difference.areas) >= 1, "the card is masked in the difference too"
    assert compare.panel.candidates.shown[0].masked != ()
    assert {row[1] for row in compare.panel.differing.rows if row[0] in {"Taken", "Camera"}} == {"masked"}
    reader.presses("F6", "G")
    gallery = reader.session.gallery.model
    until(lambda: gallery.shown is not None, "the gallery is filled")
    assert gallery.shown.sections[0].title == label


def colour_of_the_card(grid, place):
    """A point of a card in a cell of the gallery; the picture is in the middle of its frame."""
    index = grid._order.index(place)
    (area, *_more), frame = grid._rows[place].cards, grid._get_cell_rect(index)
    picture = grid.feed.picture(grid._rows[place].sha256)
    factor = min(grid.side / picture.width(), grid.side * 3 // 4 / picture.height())
    left = frame.x() + 6 + (grid.side - picture.width() * factor) / 2
    top = frame.y() + 6 + (grid.side * 3 // 4 - picture.height() * factor) / 2
    x = left + (area[0] + area[2] / 2) * picture.width() * factor
    y = top + (area[1] + area[3] / 2) * picture.height() * factor
    return grid.viewport().grab().toImage().pixelColor(round(x), round(y))


def test_the_gallery_masks_what_read_masks_until_the_reading_is_complete(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    name, label = name_of(reader), reader.reader.worklist.label(0)
    reader.presses("G")
    grid = reader.session.gallery.grid
    until(lambda: grid.count and grid.feed.picture(grid._rows[0].sha256), "the gallery is filled")
    row = grid.current_row()
    assert row.name == name and row.cards
    shown = grid.name_of(row)
    assert shown.startswith("Photo ") and shown.endswith(f" of {label}")
    folder = row.folder.rpartition("/")[2]
    for said in (shown, grid._format_tip(row), grid.accessibleDescription()):
        assert name not in said and folder not in said and (row.taken_at or "no date") not in said
    assert colour_of_the_card(grid, 0) == GREY
    reader.presses("Enter").sees_photo(0).presses("Shift+X").is_saved().presses("G")
    until(lambda: grid.name_of(grid._rows[0]) == name, "whoever looked sees it here too")
    until(lambda: grid.feed.picture(grid._rows[0].sha256), "its picture without the mask")
    assert colour_of_the_card(grid, 0) != GREY and folder in grid._format_tip(grid._rows[0])
    reader.presses("Enter").sees_photo(0).presses("Right").sees_photo(1)
    reader.presses("N", "Shift+Enter").is_saved().presses("G")
    second = grid._rows[1]
    until(lambda: grid.name_of(grid._rows[1]) == second.name, "nothing is masked of a complete reading")
    until(lambda: grid.feed.picture(second.sha256), "its picture without the mask")
    assert colour_of_the_card(grid, 1) != GREY


def test_the_gallery_masks_nothing_where_the_rule_is_off(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    reader.presses("G")
    grid = reader.session.gallery.grid
    until(lambda: grid.count and grid.feed.picture(grid._rows[0].sha256), "the gallery is filled")
    assert colour_of_the_card(grid, 0) == GREY
    reader.presses("Ctrl+Shift+7")
    reader.session.settings.show_subject("This case")
    rules = reader.session.settings.case.rules
    until(lambda: rules.isVisible() and rules.masks.isEnabled(), "the rules are read")
    rules.masks.click()
    until(lambda: not reader.reader.worklist.rules.masked, "nothing is masked any more")
    reader.presses("Ctrl+Shift+3", "G")
    assert grid.name_of(grid.current_row()) == grid.current_row().name
    until(lambda: grid.feed.picture(grid._rows[0].sha256), "its picture without the mask")
    assert colour_of_the_card(grid, 0) != GREY


def test_sort_names_no_file_that_is_masked(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    reader.presses("Ctrl+Shift+S")
    gate = reader.session.sorting
    until(lambda: gate.sorter.position >= 0 and gate.view.has_picture, "a photograph to sort")
    position = gate.sorter.position
    item, label = gate.sorter.worklist.items[position], gate.sorter.worklist.label(position)
    reader.presses("1").is_saved()
    until(lambda: gate.panel.last.list_rows(), "what was sorted last")
    gate.sorter.go(position)
    said = [gate.status.name.text(), gate.status.name.toolTip(), gate.said, gate.get_file_name()]
    said += [words for row in gate.panel.last.list_rows() for words in row]
    said += [heading for _position, heading, _word in gate.strip.list_shown()]
    assert any(label in words for words in said)
    assert not any(item.name in words or item.folder.rpartition("/")[2] in words for words in said)


def test_copying_waits_for_the_first_own_look(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    worklist = reader.reader.worklist
    group = next(each for each in worklist.groups if len(each.positions) > 1)
    first, second = group.positions[:2]
    reader.reader.go(first)
    reader.sees_photo(first).presses("N", "Shift+Enter", "Right").sees_photo(second)
    reader.presses("C")
    assert "only where you completed the photo once by your own look" in reader.said
    reader.presses("Shift+N")
    assert reader.said.startswith("Coverage is taken over only where")
    assert reader.reader.reading.changed_at == "", "nothing was written"


def test_the_lead_draws_another_order_and_switches_masking_off(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    before = [item.sha256 for item in reader.reader.worklist.items]
    reader.presses("Ctrl+Shift+7")
    reader.session.settings.show_subject("This case")
    rules = reader.session.settings.case.rules
    until(lambda: rules.isVisible() and rules.masks.isEnabled(), "the rules are read")
    assert "Set by Dr Okoye, who made this case" in rules.who.text()
    here, seed = reader.reader.sha256, rules.rules.seed
    rules.draw.click()
    until(lambda: rules.rules.seed != seed, "another seed is in the ledger")
    until(lambda: [item.sha256 for item in reader.reader.worklist.items] != before, "another order")
    assert reader.reader.sha256 == here, "the photograph on screen stays"
    rules.masks.click()
    until(lambda: not reader.reader.worklist.rules.masked, "nothing is masked any more")
    assert name_of(reader) in reader.reading.info.name.text()
    worklist = reader.reader.worklist
    assert reader.reading.header.person.text() == worklist.label(reader.reader.position), "no number is known"


def test_own_quick_tags_by_keyboard_and_by_mouse(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    usual = list(reader.reader.quick_tags)
    reader.presses("Ctrl+Alt+T", "4").types("wet").presses("Esc", "Esc")
    assert reader.reading.isVisible(), "Escape empties the field, then leads back"
    reader.presses("Ctrl+Alt+T", "4").types("livid").presses("Enter", "Esc")
    reader.sees_photo(0)
    assert reader.reader.quick_tags[3] != usual[3]
    chosen = reader.reader.quick_tags[3]
    reader.presses("4").is_saved()
    assert reader.terms == [chosen]
    button = reader.reading.side.quick_tags._buttons[0]
    button.customContextMenuRequested.emit(QPoint(5, 5))
    reader.types("swelling").presses("Enter")
    assert reader.reader.quick_tags[0] != usual[0]
    reader.leaves()
    again = desk().opens(masked).sees_photo(0)
    assert again.reader.quick_tags[3] == chosen, "they are the reader's on this account"
    again.presses("Ctrl+Alt+T")
    again.session.settings.tags.usual.click()
    assert again.reader.quick_tags == usual


def test_statistics_are_closed_to_a_reader_whose_list_is_not_finished(desk, masked):
    with opened(masked) as case:
        enrolment.enrol(case, "Dr Lindqvist")
        second = next(each.id for each in case.examiners() if each.name == "Dr Lindqvist")
        photos = [item.sha256 for item in Worklist(case, second).load().items]
        for photo in photos[1:]:
            case.record(Draft(acts.SET_ASIDE, photo), second)
    reader = desk()
    reader.window.open_folder(masked)
    until(lambda: isinstance(reader.window.door.page, ChooseExaminerScreen), "who reads is asked")
    reader.window.door.page._new.setText("Dr Lindqvist")
    reader.window.door.page._on_begin()
    until(lambda: reader.session is not None, "the case is open")
    page = reader.session.statistics.page
    reader.sees_photo(0).presses("Ctrl+Shift+T")
    far = f"{len(photos) - 1} of {len(photos)} photographs are complete or set aside."
    until(
        lambda: f"Statistics are closed until your list is finished: {far}" in page.head.title.text(),
        "closed",
    )
    assert reader.session.statistics.counted is None
    reader.presses("Ctrl+Shift+3").sees_photo(0).presses("D").is_saved()
    reader.presses("Ctrl+Shift+T")
    until(lambda: reader.session.statistics.counted is not None, "open at the end of the list")


def test_what_is_ingested_before_anything_is_read_comes_in_the_drawn_order(desk, tmp_path, photographs):
    case = made_case(tmp_path, by_folders=False)
    case.close()
    reader = desk().opens(case.folder)
    reader.session.ingest.start(photographs)
    worklist = reader.reader.worklist
    until(lambda: not reader.session.ingest.is_running and len(worklist) > 40, "all is ingested")
    with reader.session.case.store.read() as connection:
        seed = reading_order.load_rules(connection).seed

    def is_drawn():
        groups = [[worklist.items[place].sha256 for place in each.positions] for each in worklist.groups]
        ranks = [compute_person_rank(seed, min(photos)) for photos in groups]
        return ranks == sorted(ranks)

    until(is_drawn, "the list is in the order that was drawn")
    reader.presses("Ctrl+Shift+3", "Space").sees_photo(0)
    shown = [item.sha256 for item in worklist.items]
    reader.session.ingest.start(photographs)
    until(lambda: not reader.session.ingest.is_running, "nothing new is there")
    assert [item.sha256 for item in worklist.items] == shown and reader.reader.position == 0


def test_individuals_shows_the_label_that_read_goes_by_beside_the_number(desk, masked):
    reader = desk().opens(masked).sees_photo(0)
    label = reader.reading.header.person.text()
    people = reader.session.individuals
    reader.presses("Ctrl+Shift+I")
    until(lambda: people.table.current() is not None, "everybody is listed")
    assert people.table.columns()[:2] == ["label", "neutral"]
    assert label in [person.neutral for person in people.table.model.persons()]
    person = people.table.current()
    until(lambda: people.table.panel.state.text(), "the person beside the table")
    assert " on Read" not in people.table.panel.state.text(), "it is the name already"
    people._uncover()
    until(
        lambda: people.table.panel.state.text().startswith(f"{person.neutral} on Read and in the gallery"),
        "the label of one whose number is shown",
    )
