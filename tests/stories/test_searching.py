"""Searching with the keyboard: nothing moves before Enter, and the list says why a photograph is in it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from reviewer.domain.search.facets import Facet
from reviewer.qt.search.sample_form import SampleForm
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.services.search.search import load_lists
from tests.support.cases import opened
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    found = desk().opens(case_folder).sees_photo(0)
    found.presses("1").places("neck front").is_saved()
    found.presses("Right", "Right").sees_photo(2).presses("1").places("chest l").is_saved()
    return found.presses("Right").sees_photo(3)


def line(reader):
    return reader.session.search.line


def searches(reader, text):
    reader.presses("Ctrl+F").types(text)
    return line(reader)


def box(reader):
    return reader.session.search._box


def worklist(reader):
    return reader.reader.worklist


def test_a_search_becomes_a_worklist_a_list_and_everything_again(reader):
    term = reader.reader.quick_tags[0]
    everything = len(worklist(reader))
    query = searches(reader, f"term={term} region:neck")
    until(lambda: query.count.text().startswith("1 photograph,"), "it is counted while one types")
    assert reader.reader.position == 3, "nothing moved"
    reader.presses("Ctrl+D")
    until(lambda: not query.isVisible(), "the name is asked")
    reader.types("Necks").presses("Enter")
    until(lambda: "Necks" in reader.said, "it is saved")
    reader.is_saved()
    reader.presses("Ctrl+F")
    until(lambda: query.count.text().startswith("1 photograph,"), "the last query is there again")
    reader.presses("Enter")
    until(lambda: len(reader.session.gallery.model.rows) == 1, "what was found is shown in the gallery")
    assert reader.window.screen_name == "gallery"
    assert worklist(reader).is_everything
    searches(reader, "")
    until(lambda: query.count.text().startswith("1 photograph,"), "the last query is there again")
    reader.presses("Ctrl+Enter")
    until(lambda: len(worklist(reader)) == 1, "what was found is read")
    assert worklist(reader).name == f"term={term} region:neck"
    assert worklist(reader).why == f"it is found by: term={term} region:neck"
    assert reader.reader.sha256 == worklist(reader).items[0].sha256
    reader.presses("Ctrl+Alt+W")
    until(lambda: box(reader) and box(reader).is_asking, "why it is in the list")
    (reason,) = box(reader).texts()
    assert reason.startswith(f"term={term} region:neck: finding ")
    assert "neck, front" in reason
    reader.presses("Esc", "Ctrl+Alt+F")
    until(lambda: len(worklist(reader)) == everything, "all photographs again")
    reader.presses("Ctrl+Alt+W")
    assert "all photographs are in this worklist" in reader.said
    reader.presses("Ctrl+Shift+F")
    until(lambda: reader.window.focusWidget() is not reader.reading.canvas, "which list?")
    reader.types("nec").presses("Enter")
    until(lambda: reader.session.gallery.model.worklist.name == "Necks", "the saved list is shown")


def test_plain_words_say_what_they_may_mean_and_enter_shows_it(reader):
    field = reader.window.header.search
    before = reader.window.header.geometry(), reader.reading.geometry()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    query = line(reader)
    assert query.isVisible()
    reader.types("ligature neck")
    until(lambda: query.asked == 'term="ligature mark" region:neck', "what Enter shows")
    assert query.sentence.text() == 'Enter shows: term="ligature mark" region:neck'
    said = query.offered()
    assert said[:2] == ["Both together", "ligature mark in: neck 1 photograph, 0 individuals"]
    assert "Notes with \u201cligature neck\u201d of your readings 0" in said, (
        "what was searched in vain is told"
    )
    assert (reader.window.header.geometry(), reader.reading.geometry()) == before, "nothing moved"
    reader.presses("Down", "Up", "Enter")
    until(lambda: reader.window.screen_name == "gallery", "shown")
    until(
        lambda: field.text() == query.text or field.text().startswith("term="), "the query is kept in the box"
    )
    reader.presses("Ctrl+F")
    assert query.text == field.text(), "and can be changed there"
    QTest.mouseClick(reader.window.header, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not query.isVisible(), "a click beside it closes it"


def test_a_search_in_vain_says_what_would_find_something(reader):
    query = searches(reader, "term:bruise region:neck has:damage")
    until(lambda: query.count.text().startswith("0 photographs"), "counted")
    reader.presses("Enter")
    until(lambda: query.sentence.text().startswith("No photograph is found. All "), "what was searched")
    assert query.isVisible()
    reader.presses("Ctrl+A").types("region:neck has:damage")
    until(lambda: "Without has:damage region:neck 1" in query.offered(), "one condition less")
    assert query.asked == "region:neck has:damage", "nothing is chosen beforehand"
    reader.presses("Down")
    assert query.asked == "has:damage", "without the region"
    reader.presses("Down")
    assert query.asked == "region:neck"
    reader.presses("Enter")
    until(lambda: len(reader.session.gallery.model.rows) == 1, "and one key shows it")


def facets(reader):
    return reader.session.gallery.narrowing


def clicks_facet(reader, facet, name):
    """Click the box of a value in the panel of the gallery."""
    section = facets(reader).panel.sections[facet]

    def box():
        found = [row for row in section.findChildren(QCheckBox) if row.text() == name and row.isVisible()]
        return found[0] if found else None

    until(lambda: box() is not None, f"{name} is offered")
    QTest.mouseClick(box(), Qt.MouseButton.LeftButton, pos=QPoint(8, box().height() // 2))


def test_the_gallery_is_narrowed_down_by_clicks_which_are_a_query(reader):
    reader.presses("Ctrl+Shift+G")
    until(lambda: reader.window.screen_name == "gallery", "the gallery")
    everything = len(worklist(reader))
    clicks_facet(reader, Facet.TERM, "ligature mark")
    field = reader.window.header.search
    until(lambda: field.text() == 'term="ligature mark"', "the query that the click makes")
    until(lambda: len(reader.session.gallery.model.rows) == 2, "what it finds")
    until(lambda: facets(reader).chips.words() == ["Finding: ligature mark"], "a chip")
    until(lambda: facets(reader).headline.of_all.text().startswith(f"of {everything:,} and"), "of how many")
    clicks_facet(reader, Facet.REGION, "chest")
    until(lambda: field.text() == 'term="ligature mark" region:chest', "both of one finding")
    until(lambda: len(reader.session.gallery.model.rows) == 1, "narrower")
    until(lambda: len(facets(reader).chips.words()) == 2, "two chips")
    (chip,) = [
        found
        for found in facets(reader).chips.findChildren(QPushButton)
        if found.isVisible() and found.accessibleName().startswith("Finding")
    ]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    until(lambda: field.text() == "region:chest", "one is taken out")
    facets(reader).panel.cleared.emit()
    until(lambda: len(reader.session.gallery.model.rows) == everything, "all of them again")
    assert field.text() == ""


def test_what_was_found_says_of_how_many_photographs_that_are_read(reader):
    everything = len(worklist(reader))
    reader.presses("Left").sees_photo(2).presses("Q", "Shift+Enter").is_saved()
    query = searches(reader, "ligature neck")
    until(lambda: not query.read.isHidden(), "what findings are searched in")
    assert query.read.text() == (
        f"Findings are those you recorded so far: you have read 1 of {everything:,} photographs."
    )
    reader.presses("Ctrl+A").types("has:damage")
    until(lambda: query.read.isHidden(), "nothing of it where no finding is asked for")
    reader.presses("Ctrl+A").types("region:neck")
    until(lambda: query.count.text().startswith("1 photograph,"), "counted")
    reader.presses("Enter")
    until(lambda: facets(reader).chips.words() == ["Region: neck"], "a group of regions is worded too")
    headline = facets(reader).headline.of_all
    until(lambda: headline.text().endswith(f"1 of {everything:,} read so far"), "of how many read")


def test_the_box_shows_on_read_only_the_query_that_the_list_was_made_by(reader):
    field, query = reader.window.header.search, searches(reader, "region:neck")
    until(lambda: query.count.text().startswith("1 photograph,"), "counted")
    reader.presses("Enter")
    until(lambda: reader.window.screen_name == "gallery", "the gallery")
    assert field.text() == "region:neck"
    reader.window.show_screen("read")
    assert worklist(reader).is_everything
    assert field.text() == "", "all photographs are read"
    reader.window.show_screen("gallery")
    assert field.text() == "region:neck"
    reader.presses("Ctrl+F")
    until(lambda: query.count.text().startswith("1 photograph,"), "the last query is there again")
    reader.presses("Ctrl+Enter")
    until(lambda: len(worklist(reader)) == 1, "what was found is read")
    assert (reader.window.screen_name, field.text()) == ("read", "region:neck")


def test_what_is_begun_is_called_so_and_asked_for_by_the_word_of_the_query(reader):
    reader.presses("Ctrl+Shift+G")
    until(lambda: reader.window.screen_name == "gallery", "the gallery")
    clicks_facet(reader, Facet.STATE, "begun")
    until(lambda: reader.window.header.search.text() == "state:open", "the query that the click makes")
    until(lambda: facets(reader).chips.words() == ["State: begun"], "a chip")


def test_the_gallery_is_narrowed_down_with_the_keyboard_alone(reader):
    reader.presses("Ctrl+Shift+G")
    until(lambda: reader.window.screen_name == "gallery", "the gallery")
    panel, grid = facets(reader).panel, reader.session.gallery.grid
    until(lambda: not panel.sections[Facet.STATE].said.isVisible(), "counted")
    reader.presses("Shift+F")
    assert panel.hasFocus()
    assert panel.current_words == "Category, unfolded"
    while not panel.current_words.startswith("Finding"):
        reader.presses("Down")
    reader.presses("Left")
    assert panel.sections[Facet.TERM].is_folded
    reader.presses("Right", "Down")
    assert not panel.sections[Facet.TERM].is_folded
    wanted = panel.current_words
    reader.presses("Space")
    field = reader.window.header.search
    until(lambda: field.text().startswith("term="), "the query that the key makes")
    until(lambda: facets(reader).chips.words() != [], "a chip")
    assert panel.hasFocus(), "and one can go on"
    assert panel.current_words.partition(",")[0] == wanted.partition(",")[0]
    reader.presses("Space")
    until(lambda: field.text() == "", "the key again takes it out")
    assert not reader.session.gallery.grid.selection.chosen, "nothing was selected in the grid beneath"
    reader.presses("Esc")
    assert grid.hasFocus()
    reader.presses("Tab")
    assert panel.hasFocus(), "Tab reaches it too"
    reader.presses("F")
    assert panel.isHidden()
    assert grid.hasFocus(), "the keyboard is not left in what is hidden"


def test_what_the_gallery_is_narrowed_to_is_kept_as_a_list_by_its_button(reader):
    reader.presses("Ctrl+Shift+G")
    until(lambda: reader.window.screen_name == "gallery", "the gallery")
    (keep,) = [b for b in reader.session.gallery.findChildren(KeyedButton) if b.action_id == "search.keep"]
    assert not keep.isVisible(), "all photographs are no search"
    clicks_facet(reader, Facet.TERM, "ligature mark")
    until(keep.isVisible, "there is something to keep")
    query = reader.window.header.search.text()
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    until(lambda: QApplication.focusWidget() is not reader.session.gallery.grid, "it asks for a name")
    reader.types("necks").presses("Enter")
    case = reader.session.desk.case
    until(lambda: [(kept.name, kept.query) for kept in load_lists(case)] == [("necks", query)], "kept")


def test_words_that_mean_nothing_say_what_was_searched(reader):
    query = searches(reader, "zebra")
    until(
        lambda: query.sentence.text().startswith("Nothing is found. Findings, regions, individuals"), "said"
    )
    assert "No finding is called like this 0" in query.offered()


def test_nothing_is_counted_while_one_reads_and_all_of_it_once_the_gallery_is_seen(reader):
    reader.presses("Ctrl+Shift+G")
    section = facets(reader).panel.sections[Facet.STATE]

    def unread():
        return [
            label.text()
            for row in section.findChildren(QCheckBox)
            if row.text() == "unread"
            for label in row.parentWidget().findChildren(QLabel)
        ]

    until(unread, "counted")
    before = int(unread()[0])
    reader.presses("Ctrl+Shift+G").sees_photo(3)
    asked = []
    counter = facets(reader)._counter
    counter.count, count = asked.append, counter.count
    reader.presses("1").places("neck front").is_saved()
    until(lambda: facets(reader)._is_stale, "the change is noted")
    assert not facets(reader)._again.isActive()
    assert asked == [], "and nothing is counted"
    counter.count = count
    reader.presses("Ctrl+Shift+G")
    until(lambda: unread() == [str(before - 1)], "counted anew")


def test_the_panel_is_folded_as_it_was_left(desk, case_folder):
    found = desk().opens(case_folder).sees_photo(0).presses("Ctrl+Shift+G", "F")
    assert facets(found).panel.isHidden()
    found.leaves()
    again = desk().opens(case_folder)
    until(lambda: again.session is not None, "open")
    assert facets(again).panel.isHidden()
    again.presses("Ctrl+Shift+G", "F")
    assert not facets(again).panel.isHidden()


def goes_to(reader, typed):
    reader.presses("Ctrl+G")
    until(lambda: box(reader) and box(reader).is_asking, "where to is asked")
    reader.types(typed)
    return box(reader)


def test_one_goes_to_an_individual_or_a_photograph_by_its_number_from_any_screen(reader):
    reader.presses("Ctrl+Shift+4")
    names = worklist(reader).shown_labels()
    last = len(names)
    first_of_last = worklist(reader).groups[-1].positions[0]
    goes_to(reader, str(last)).texts()
    reader.presses("Enter")
    until(lambda: reader.reader.position == first_of_last, "the last individual")
    assert reader.window.screen_name == "read"
    goes_to(reader, "photo 2")
    reader.presses("Enter")
    until(lambda: reader.reader.position == 1, "the second photograph")
    goes_to(reader, names[-1])
    reader.presses("Enter")
    until(lambda: reader.reader.position == first_of_last, "by the label")
    asked = goes_to(reader, "nobody at all")
    assert asked.texts() == []
    assert "is called that" in asked.detail.text()
    reader.presses("Enter", "Esc")
    assert reader.reader.position == first_of_last, "nothing happened"


def test_keys_typed_into_the_box_do_nothing_below(reader):
    searches(reader, "n")
    reader.presses("Esc").is_saved()
    assert reader.reader.reading.conclusion is None or not reader.reader.reading.conclusion


def test_escape_leaves_everything_as_it_was(reader):
    here = reader.reader.sha256
    query = searches(reader, "has:finding")
    until(lambda: query.count.text().startswith("2 photographs"), "counted")
    reader.presses("Esc")
    assert not query.isVisible()
    assert reader.reader.sha256 == here
    assert worklist(reader).is_everything
    assert reader.window.focusWidget() is reader.reading.canvas
    reader.presses("1").is_saved()
    assert len(reader.terms) == 1, "keys are those of reading again"


def test_a_mistake_is_one_sentence_and_tab_takes_what_fits(reader):
    query = searches(reader, "has:findin colour:red")
    until(
        lambda: "Column 12: there is no field colour" in query.sentence.text(), "the mistake names its place"
    )
    assert query.count.text() == ""
    reader.presses("Enter")
    until(lambda: "Column 12" in query.sentence.text(), "still there")
    assert worklist(reader).is_everything
    reader.presses("Ctrl+A").types("stat")
    until(lambda: query.fitting() == ["state:"], "a field that fits")
    reader.presses("Tab")
    until(lambda: "unread" in query.fitting(), "its values")
    reader.types("op")
    until(lambda: query.fitting() == ["open"], "the value that fits")
    reader.presses("Tab")
    until(lambda: query.count.text().startswith("2 photographs"), "the two that were read")
    assert query.text.strip() == "state:open"
    reader.presses("Ctrl+A").types("term:burn")
    until(lambda: query.count.text().startswith("0 photographs"), "none")
    reader.presses("Ctrl+Enter")
    until(lambda: query.sentence.text().startswith("No photograph is found."), "said where one looks")
    assert worklist(reader).is_everything


def test_searching_works_from_another_screen_and_shows_where_there_is_a_place_for_it(reader):
    shown = []
    reader.session.search.show_found = lambda *found: shown.append(found)
    reader.presses("Ctrl+Shift+4")
    query = searches(reader, "has:finding")
    assert query.isVisible()
    reader.presses("Enter")
    until(lambda: shown, "shown")
    photos, name, why = shown[0]
    assert (len(photos), name, why) == (2, "has:finding", "it is found by: has:finding")
    assert reader.window.screen_name == "problems"


def test_a_list_is_an_act_that_can_be_undone(reader, case_folder):
    query = searches(reader, "has:finding")
    reader.presses("Ctrl+D")
    until(lambda: not query.isVisible(), "the name is asked")
    reader.types("Found").presses("Enter")
    until(lambda: "Found" in reader.said, "saved")
    reader.is_saved()
    reader.presses("Ctrl+Z").is_saved()
    reader.presses("Ctrl+Shift+F")
    until(lambda: "No list was saved yet" in reader.said, "it is gone")
    reader.leaves()
    with opened(case_folder, read_only=True) as case:
        assert case.counts().entries


def form(reader):
    reader.presses("Ctrl+Shift+M")
    return reader.window.findChildren(SampleForm)[-1]


def test_a_sample_is_planned_drawn_kept_and_shown_in_one_form(reader):
    sample = form(reader)
    count = len(worklist(reader))
    until(lambda: "belongs to an individual" in sample.told.text(), "nobody is accepted yet")
    assert sample.summary.text() == "Nothing."
    sample.of.setCurrentIndex(1)
    sample.how_many.setFocus()
    reader.presses("Ctrl+A").types("4")
    until(lambda: sample.summary.text().startswith(f"4 of {count} photographs: 4 photographs."), "told")
    sample.seed.setFocus()
    reader.types("seven")
    until(lambda: "A seed is a whole number" in sample.told.text(), "what is wrong stands there")
    reader.presses("Ctrl+A").types("7")
    sample.by.setCurrentIndex(sample.by.findData("=folder"))
    until(lambda: " strata: " in sample.summary.text(), "the strata are told")
    reader.presses("Enter")
    until(lambda: sample.told.text() == "The list needs a name.", "nothing is kept without a name")
    reader.types("Second look").presses("Enter")
    until(lambda: reader.window.screen_name == "gallery", "it is shown")
    until(lambda: reader.session.gallery.grid.count == 4, "what was drawn")
    kept = load_lists(reader.session.case)
    assert [(each.name, len(each.photos)) for each in kept] == [("Second look", 4)]
    assert '"seed":7' in kept[0].details
    reader.presses("Ctrl+Z").is_saved()
    until(lambda: load_lists(reader.session.case) == [], "an act like any other")


def test_a_form_of_a_sample_that_is_closed_keeps_nothing(reader):
    sample = form(reader)
    sample.of.setCurrentIndex(1)
    until(lambda: "photographs" in sample.summary.text(), "told")
    sample.name.setFocus()
    reader.types("Never").presses("Tab", "Esc")
    assert reader.window.focusWidget() is reader.reading.canvas, "the keyboard is where it was"
    assert load_lists(reader.session.case) == []
