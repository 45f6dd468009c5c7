"""The overall evaluation of one individual: written, signed, changed, withdrawn, never lost half written."""

import pytest
from PySide6.QtWidgets import QApplication

from reviewer.services.people.person_card import load_person_card
from tests.support.waiting import until

_SAID = "Several bands on the wrists, one of them healed."


@pytest.fixture
def reader(desk, case_folder):
    return at_the_card(desk().opens(case_folder).sees_photo(0))


def at_the_card(reader):
    reader.presses("Ctrl+Shift+I")
    until(lambda: screen(reader).table.model.persons(), "everybody is listed")
    reader.presses("A")
    until(lambda: any(each.is_accepted for each in screen(reader).people.persons), "one is accepted")
    reader.presses("Enter")
    until(lambda: screen(reader).card.isVisible(), "the card")
    return reader


def screen(reader):
    return reader.session.individuals


def shown(reader):
    """What the card says of it."""
    rows = screen(reader).card.evaluation
    return [rows.item(row).text() for row in range(rows.count())]


def stands(reader):
    case, person = reader.session.case, screen(reader).card.person
    card = load_person_card(case, reader.session.desk.examiner.id, person.id, ())
    return [(each.text, each.degree, each.alleged_by) for _of, each in card.evaluations]


def writes(reader, text=_SAID):
    reader.presses("E")
    assert QApplication.focusWidget() is screen(reader).evaluation.text
    return reader.types(text)


def signs(reader, *keys):
    reader.presses("Ctrl+Enter")
    assert screen(reader).box.is_asking, screen(reader).said
    reader.presses(*keys)
    until(lambda: not reader.session.desk.waiting, "it is saved")
    return reader


def test_it_is_signed_without_a_degree_by_one_key_and_stands_on_the_card(reader):
    assert shown(reader) == ["You gave none."]
    signs(writes(reader), "Enter")
    until(lambda: shown(reader)[0] == _SAID, "the card says it")
    assert shown(reader)[1].startswith("Signed ")
    assert stands(reader) == [(_SAID, "", "")]
    assert screen(reader).page is screen(reader).card
    history = screen(reader).card.history
    assert any("overall evaluation signed" in history.item(row).text() for row in range(history.count()))


def test_a_degree_asks_whose_account_it_measures(reader):
    signs(writes(reader), "3", "1")
    until(lambda: len(shown(reader)) == 3, "the card says it")
    assert shown(reader)[1] == "All findings together: consistent with what a witness says."
    assert stands(reader) == [(_SAID, "consistent", "witness")]


def test_diagnostic_is_not_offered_and_words_of_the_law_are_refused(reader):
    writes(reader, "He was tortured.").presses("Ctrl+Enter")
    assert not screen(reader).box.is_asking
    assert "not what the law calls it" in screen(reader).said
    screen(reader).evaluation.text.setPlainText(_SAID)
    reader.presses("Ctrl+Enter")
    assert not any("diagnostic" in text for text in screen(reader).box.texts())


def test_it_is_changed_and_withdrawn_and_both_are_taken_back(reader):
    signs(writes(reader), "Enter")
    until(lambda: shown(reader)[0] == _SAID, "signed")
    signs(writes(reader, " More."), "Enter")
    until(lambda: shown(reader)[0] == f"{_SAID} More.", "changed")
    reader.presses("Ctrl+Z")
    until(lambda: shown(reader)[0] == _SAID, "as it was before")
    reader.presses("Shift+E", "Enter")
    until(lambda: shown(reader) == ["You gave none."], "withdrawn")
    assert stands(reader) == []
    reader.presses("Ctrl+Z")
    until(lambda: shown(reader)[0] == _SAID, "there again")


def test_an_empty_text_withdraws_after_the_question(reader):
    reader.presses("E", "Ctrl+Enter")
    assert "You gave no overall evaluation" in screen(reader).said
    signs(reader.types(_SAID), "Enter")
    until(lambda: shown(reader)[0] == _SAID, "signed")
    reader.presses("E", "Ctrl+A", "Backspace", "Ctrl+Enter")
    assert screen(reader).box.is_asking
    reader.presses("Esc")
    assert stands(reader) == [(_SAID, "", "")]
    reader.presses("Ctrl+Enter", "Enter")
    until(lambda: shown(reader) == ["You gave none."], "withdrawn")


def test_what_is_written_stays_when_the_page_is_left_and_when_the_window_is_locked(reader):
    writes(reader, "Begun").presses("Esc")
    assert "is not signed" in screen(reader).said
    assert screen(reader).page is screen(reader).card
    until(lambda: shown(reader) == ["You gave none."], "nothing is recorded")
    writes(reader, " and gone on")
    assert screen(reader).evaluation.get_text() == "Begun and gone on"
    assert screen(reader).get_unfinished_input() == {screen(reader).card.person.id: "Begun and gone on"}


def test_what_is_half_written_is_there_in_the_next_session(desk, case_folder):
    first = at_the_card(desk().opens(case_folder).sees_photo(0))
    writes(first, "Begun")
    first.leaves()
    second = desk().opens(case_folder).sees_photo(0)
    second.presses("Ctrl+Shift+I")
    until(lambda: screen(second).table.model.persons(), "everybody is listed")
    second.presses("Enter")
    until(lambda: screen(second).card.isVisible(), "the card")
    second.presses("E")
    assert screen(second).evaluation.get_text() == "Begun"


def test_of_a_proposed_individual_none_is_given(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("Ctrl+Shift+I")
    until(lambda: screen(reader).table.model.persons(), "everybody is listed")
    reader.presses("E")
    assert "Open the card of a person first" in screen(reader).said
    reader.presses("Enter")
    until(lambda: screen(reader).card.isVisible(), "the card")
    reader.presses("E")
    assert "only proposed" in screen(reader).said


def test_a_card_that_arrives_late_does_not_take_the_page_away(reader):
    reader.presses("F").types("sex").presses("Enter").types("male").presses("Enter", "1")
    until(lambda: not reader.session.desk.waiting, "it is saved")
    screen(reader).loading.read_card(screen(reader).card.person)
    writes(reader, "W")
    until(lambda: screen(reader).card.facts.item(0).text().startswith("Sex"), "the card came anew")
    assert screen(reader).page is screen(reader).evaluation
    assert screen(reader).evaluation.get_text() == "W"
