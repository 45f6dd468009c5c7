"""From proposals to persons with nothing but the keyboard: accept, state, merge, split, settle a conflict."""

import pytest
from PySide6.QtCore import Qt

from reviewer.domain import intents
from reviewer.domain.reading import Answer, Finding
from reviewer.services.individuals import load_people
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def screen(reader):
    return reader.session.individuals


def shown(reader):
    return screen(reader).table.model.persons()


def goes_to_individuals(reader):
    reader.presses("Ctrl+Shift+I")
    until(lambda: shown(reader), "everybody is listed")
    return reader


def is_up_to_date(reader, condition, what):
    desk, case = reader.session.desk, reader.session.case
    until(lambda: not case.writer.waiting and not desk.waiting, "all acts are committed")
    until(lambda: condition(screen(reader).people), what)


def accepted(people):
    return [each for each in people.persons if each.is_accepted]


def asks(reader, prompt):
    box = screen(reader).box
    until(lambda: box.is_asking, prompt)
    return reader


def test_proposals_by_a_pattern_are_accepted_after_the_count(reader):
    goes_to_individuals(reader)
    assert {each.status for each in shown(reader)} == {"proposed"}
    reader.presses("P").types("pattern").presses("Enter")
    asks(reader, "the pattern").types("*/*/{branch}-{examination}").presses("Enter")
    is_up_to_date(reader, lambda people: people.persons[0].label != "Individual 1", "numbers were read")
    count = len(shown(reader))
    reader.presses("Shift+A")
    asks(reader, "the count")
    assert f"Accept {count} individuals" in screen(reader).box.texts()[0]
    reader.presses("Enter")
    is_up_to_date(reader, lambda people: len(accepted(people)) == count, "all are accepted")
    reader.presses("Ctrl+Z")
    is_up_to_date(reader, lambda people: not accepted(people), "undone")


def test_filter_sort_columns_and_back(reader):
    goes_to_individuals(reader)
    everybody = len(shown(reader))
    folder = shown(reader)[2].reason.rpartition("/")[2]
    reader.presses("/").types(folder)
    until(lambda: len(shown(reader)) == 1, "filtered")
    reader.presses("Esc")
    until(lambda: len(shown(reader)) == everybody, "all again")
    reader.presses("S").types("photos").presses("Enter")
    photos = [len(each.photos) for each in shown(reader)]
    assert photos == sorted(photos)
    reader.presses("C").types("why").presses("Enter", "Esc")
    assert "reason" not in screen(reader).table.columns()
    assert "reason" not in reader.taste.columns("individuals")


def test_the_card_of_one_person_states_and_withdraws_and_leads_to_reading(reader):
    reader.presses("1").is_saved()
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Enter")
    card = screen(reader).card
    until(lambda: card.isVisible() and card.findings.count() == 1, "the card")
    assert "photo 1" in card.findings.item(0).text()
    reader.presses("F").types("examination").presses("Enter")
    asks(reader, "the value").types("7x;").presses("Enter")
    assert screen(reader).box.is_asking
    reader.presses("Backspace", "Backspace").types("?1").presses("Enter")
    asks(reader, "how sure").types("1")
    until(lambda: "7?1" in card.facts.item(0).text(), "it is stated")
    assert "definite; seen by the examiner, Dr Okoye" in card.facts.item(0).text()
    until(lambda: card.history.count() == 2, "history")
    reader.presses("W").types("1")
    asks(reader, "why").types("misread").presses("Enter")
    until(lambda: "withdrawn: misread" in card.facts.item(0).text(), "it is withdrawn")
    reader.presses("Right", "Enter").sees_photo(1)
    assert reader.window.screen_name == "read"


def test_a_contradiction_is_decided_on_the_card_and_asked_again(reader):
    desk = reader.session.desk
    photos = [
        reader.reader.worklist.items[place].sha256 for place in reader.reader.worklist.groups[0].positions
    ]
    assert len(photos) > 2
    for number, photo in enumerate(photos[:3]):
        answer = Answer.PRESENT if number == 0 else Answer.ABSENT
        stated = {"answer": answer, "certainty_stated": True}
        finding = Finding(f"f{number}", "blunt.bruise", "1.1.0", regions=("chest.L",), **stated)
        if number < 2:
            desk.do(intents.add_finding(desk.reading(photo), finding)).result()
            desk.do(intents.complete(desk.reading(photo))).result()
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Enter")
    card = screen(reader).card
    until(lambda: card.isVisible() and card.coverage.count() > 1, "the card")

    def lines():
        return [card.coverage.item(row).text() for row in range(card.coverage.count())]

    assert any("conflict" in line for line in lines())
    assert any(line.startswith("To decide: photo 1 says present, photo 2 says absent") for line in lines())
    reader.presses("D")
    asks(reader, "what").types("2")
    asks(reader, "better").types("2")
    asks(reader, "why").types("a shadow on the first").presses("Enter")
    until(lambda: any("decided: a shadow on the first" in line for line in lines()), "it is decided")
    assert not any(line.startswith("To decide") for line in lines())
    desk.do(intents.add_finding(desk.reading(photos[2]), finding)).result()
    desk.do(intents.complete(desk.reading(photos[2]))).result()
    reader.presses("Esc")
    screen(reader).refresh()
    reader.presses("Enter")
    until(lambda: any(line.startswith("To decide") for line in lines()), "another photo asks again")
    reader.presses("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    until(lambda: not any("decided:" in line for line in lines()), "taken back")


def test_split_move_and_merge_while_reading(reader):
    together = [reader.reader.worklist.items[each].sha256 for each in reader.reader.worklist.mates(0)]
    reader.presses("Ctrl+Space", "Right").sees_photo(1)
    reader.presses("Ctrl+N").is_saved()
    until(lambda: len(reader.reader.worklist.mates(1)) == 2, "the two are split off")
    assert "2 photographs split off" in reader.said
    reader.presses("Ctrl+J").is_saved()
    until(lambda: len(reader.reader.worklist.mates(1)) == len(together), "together again")
    reader.presses("Ctrl+Z").is_saved()
    until(lambda: len(reader.reader.worklist.mates(1)) == 2, "undone")
    reader.presses("Ctrl+I")
    until(lambda: screen(reader).card.isVisible(), "its card")
    assert [each.split("  ")[0] for each in strip_words(reader)] == ["1", "2"]
    reader.presses("F").types("examination").presses("Enter").types("77").presses("Enter").types("1")
    reader.is_saved().presses("Ctrl+Shift+3", "Right").sees_photo(2)
    reader.presses("Ctrl+M").types("77").presses("Enter").is_saved()
    until(lambda: len(reader.reader.worklist.mates(2)) == 3, "moved")


def test_an_individual_is_made_by_hand_of_photographs_from_different_places(reader):
    other = reader.reader.worklist.beside(0, 1)
    reader.presses("Ctrl+Space", "Ctrl+Right").sees_photo(other).presses("Ctrl+N").is_saved()
    until(lambda: reader.reader.worklist.mates(0) == (0, other), "made by hand")
    assert "made by hand of 2 photographs" in reader.said
    reader.presses("Ctrl+Space", "Home").sees_photo(0).presses("Ctrl+N")
    assert "nothing would be left" in reader.said


def strip_words(reader):
    strip = screen(reader).card.strip
    return [strip.rows.index(row).data(Qt.ItemDataRole.DisplayRole) for row in range(strip.rows.rowCount())]


def test_a_conflict_is_shown_with_its_photographs_and_settled_by_merging_or_a_note(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Down", "A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 2, "two are accepted")
    for step in ("Home", "Down"):
        reader.presses(step, "F").types("detainee").presses("Enter").types("12").presses("Enter").types("2")
        reader.is_saved()
    is_up_to_date(reader, lambda people: people.open_conflicts, "the conflict")
    assert [each.status for each in shown(reader)[:2]] == ["conflict", "conflict"]
    reader.presses("K")
    conflicts = screen(reader).conflicts
    assert "stated of 2 individuals" in conflicts.list.item(0).text()
    assert conflicts.strip.rows.rowCount() == sum(len(each.photos) for each in shown(reader)[:2])
    reader.presses("N")
    asks(reader, "the note").types("a card was used twice").presses("Enter")
    is_up_to_date(reader, lambda people: not people.open_conflicts, "accepted as it is")
    reader.presses("Ctrl+Z")
    is_up_to_date(reader, lambda people: people.open_conflicts, "open again")
    reader.presses("M")
    is_up_to_date(reader, lambda people: not people.conflicts, "merged")
    with reader.session.case.store.read():
        assert len(accepted(load_people(reader.session.case, ""))) == 1


def test_what_cannot_be_done_is_said(reader):
    goes_to_individuals(reader).presses("F")
    assert "only proposed; accept it first" in screen(reader).said
    reader.presses("M")
    assert "two or more" in screen(reader).said
    reader.presses("P").types("records").presses("Enter")
    until(lambda: not shown(reader), "no record proposes anybody")
    reader.presses("P").types("folders").presses("Enter")
    until(lambda: bool(shown(reader)), "folders propose again")
    reader.presses("N")
    assert "K shows them" in screen(reader).said


def test_covered_photographs_are_covered_here_too(reader):
    goes_to_individuals(reader).presses("Enter")
    strip = screen(reader).card.strip
    until(lambda: strip.isVisible(), "the card")
    reader.presses("X")
    assert strip.rows.covered
    reader.presses("X")
    assert not strip.rows.covered
