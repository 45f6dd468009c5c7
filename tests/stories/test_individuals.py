"""From proposals to persons with nothing but the keyboard: accept, state, merge, split, settle a conflict."""

import pytest
from PySide6.QtCore import Qt

from reviewer.domain.commands import finding_commands
from reviewer.domain.people.conflicts import ConflictKind
from reviewer.domain.people.individual import Fact
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.individuals import load_individuals
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
    here = reader.reader.sha256
    numbers = next(person.label for person in screen(reader).people.persons if here in person.photos)
    assert "/" in numbers
    assert reader.reading.header.person.text() == numbers, "the same words as in the table"
    assert numbers in reader.reader.worklist.shown_labels()
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
    reader.presses("C").types("held").presses("Enter", "Esc")
    assert "reason" not in screen(reader).table.columns()
    assert "reason" not in reader.taste.columns("individuals")


def test_the_card_of_one_person_states_and_withdraws_and_leads_to_reading(reader):
    reader.presses("1").is_saved()
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Enter")
    card = screen(reader).card
    until(lambda: card.isVisible() and row_texts(card.signs), "the card")
    (sign,) = row_texts(card.signs)
    assert sign.startswith(
        f"{reader.session.case.vocabulary.term_name(reader.reader.quick_tags[0])}: cannot tell"
    )
    assert sign.endswith("photo 1")
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
        answer = FindingAnswer.PRESENT if number == 0 else FindingAnswer.ABSENT
        stated = {"answer": answer, "certainty_stated": True}
        finding = Finding(f"f{number}", "blunt.bruise", "1.1.0", regions=("chest.L",), **stated)
        if number < 2:
            desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()
            desk.submit(finding_commands.complete_reading(desk.reading(photo))).result()
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Enter")
    card = screen(reader).card
    until(lambda: card.isVisible() and card.questions.lists, "the card")

    def lines():
        return row_texts(card.signs)

    def asked():
        return [label.text() for label in card.questions.findChildren(PlainLabel) if label.isVisible()]

    assert any(": conflict; " in line for line in lines())
    assert "Photo 1 says present, photo 2 says absent: chest, left." in asked()
    reader.presses("D")
    asks(reader, "what").types("2")
    asks(reader, "better").types("2")
    asks(reader, "why").types("a shadow on the first").presses("Enter")
    until(lambda: any("decided: a shadow on the first" in line for line in lines()), "it is decided")
    assert not card.questions.lists, "nothing is left to decide"
    desk.submit(finding_commands.add_finding(desk.reading(photos[2]), finding)).result()
    desk.submit(finding_commands.complete_reading(desk.reading(photos[2]))).result()
    reader.presses("Esc")
    screen(reader).refresh()
    reader.presses("Enter")
    until(lambda: card.questions.lists, "another photo asks again")
    reader.presses("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    until(lambda: not any("decided:" in line for line in lines()), "taken back")


def test_split_move_and_merge_while_reading(reader):
    together = [
        reader.reader.worklist.items[each].sha256
        for each in reader.reader.worklist.positions_of_same_individual(0)
    ]
    reader.presses("Ctrl+Space", "Right").sees_photo(1)
    reader.presses("Ctrl+N").is_saved()
    until(lambda: len(reader.reader.worklist.positions_of_same_individual(1)) == 2, "the two are split off")
    assert "2 photographs split off" in reader.said
    reader.presses("Ctrl+J").is_saved()
    until(
        lambda: len(reader.reader.worklist.positions_of_same_individual(1)) == len(together), "together again"
    )
    reader.presses("Ctrl+Z").is_saved()
    until(lambda: len(reader.reader.worklist.positions_of_same_individual(1)) == 2, "undone")
    reader.presses("Ctrl+I")
    until(lambda: screen(reader).card.isVisible(), "its card")
    assert [each.split("  ")[0] for each in strip_words(reader)] == ["1", "2"]
    reader.presses("F").types("examination").presses("Enter").types("77").presses("Enter").types("1")
    reader.is_saved().presses("Ctrl+Shift+3", "Right").sees_photo(2)
    reader.presses("Ctrl+M").types("77").presses("Enter").is_saved()
    until(lambda: len(reader.reader.worklist.positions_of_same_individual(2)) == 3, "moved")


def test_an_individual_is_made_by_hand_of_photographs_from_different_places(reader):
    other = reader.reader.worklist.find_first_of_neighbour(0, 1)
    reader.presses("Ctrl+Space", "Ctrl+Right").sees_photo(other).presses("Ctrl+N").is_saved()
    until(lambda: reader.reader.worklist.positions_of_same_individual(0) == (0, other), "made by hand")
    assert "made by hand of 2 photographs" in reader.said
    reader.presses("Ctrl+Space", "Home").sees_photo(0).presses("Ctrl+N")
    assert "nothing would be left" in reader.said


def strip_words(reader):
    strip = screen(reader).card.strip
    return [strip.rows.index(row).data(Qt.ItemDataRole.DisplayRole) for row in range(strip.rows.rowCount())]


def same_number(people):
    """The open conflicts of numbers; the clocks of cameras have their own."""
    return [each for each in people.open_conflicts if each.kind is ConflictKind.SAME_NUMBER]


def test_a_conflict_is_shown_with_its_photographs_and_settled_by_merging_or_a_note(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Down", "A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 2, "two are accepted")
    for step in ("Home", "Down"):
        reader.presses(step, "F").types("detainee").presses("Enter").types("12").presses("Enter").types("2")
        reader.is_saved()
    is_up_to_date(reader, same_number, "the conflict")
    assert [each.status for each in shown(reader)[:2]] == ["conflict", "conflict"]
    reader.presses("K")
    conflicts = screen(reader).conflicts
    assert "stated of 2 individuals" in conflicts.list.item(0).text()
    assert conflicts.strip.rows.rowCount() == sum(len(each.photos) for each in shown(reader)[:2])
    reader.presses("N")
    asks(reader, "the note").types("a card was used twice").presses("Enter")
    is_up_to_date(reader, lambda people: not same_number(people), "accepted as it is")
    reader.presses("Ctrl+Z")
    is_up_to_date(reader, same_number, "open again")
    reader.presses("M")
    is_up_to_date(reader, lambda people: not same_number(people), "merged")
    with reader.session.case.store.read():
        assert len(accepted(load_individuals(reader.session.case, ""))) == 1


def stated(reader, row=0):
    individual = shown(reader)[row].individual
    return {each.fact: each for each in individual.statements if not each.withdrawn}


def test_what_identifies_a_person_is_stated_in_a_row(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Home", "F").types("hair col").presses("Enter", "1", "1")
    box = screen(reader).box
    assert box.is_asking, "the next fact can be stated at once"
    assert "Hair colour: black" in box.texts()
    assert "IDENTITY" in box.texts()
    reader.types("clothing").presses("Enter").types("shirt, blue, label M").presses("Enter", "2")
    reader.types("mark and").presses("Enter").types("scar, forearm").presses("Enter")
    assert "Say the side first" in box.detail.text()
    reader.presses(*["Backspace"] * 13).types("left: scar, forearm").presses("Enter", "1")
    reader.presses("Esc").is_saved()
    assert not box.is_asking
    is_up_to_date(reader, lambda _people: Fact.MARK_AND_SIDE in stated(reader), "everything is stated")
    assert stated(reader)[Fact.HAIR_COLOUR].value == "black"
    assert stated(reader)[Fact.CLOTHING].certainty == "probable"
    assert stated(reader)[Fact.MARK_AND_SIDE].value == "left: scar, forearm"


def test_an_age_is_a_range_and_a_photograph_is_chosen_on_the_card(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Home", "F").types("apparent").presses("Enter").types("34").presses("Enter")
    assert "An apparent age is a range of years" in screen(reader).box.detail.text()
    reader.types("-40").presses("Enter", "3").is_saved()
    is_up_to_date(reader, lambda _people: Fact.AGE_BAND in stated(reader), "the age")
    assert stated(reader)[Fact.AGE_BAND].value == "34-40"
    reader.presses("F").types("best").presses("Enter")
    assert "choose one photograph first" in screen(reader).said
    reader.presses("Enter")
    card = screen(reader).card
    until(lambda: screen(reader).page is card, "the card")
    reader.presses("Home")
    reader.presses("F").types("best").presses("Enter", "1").is_saved()
    until(lambda: "Best photograph of the face: photo 1" in str(_facts(card)), "it is on the card")
    reader.presses("F").types("recognisable").presses("Enter", "2", "1").is_saved()
    until(lambda: "Recognisable by kin from this photograph: no" in str(_facts(card)), "and this")
    assert stated(reader)[Fact.BEST_FACE].source == card.strip.photo


def row_texts(rows):
    """What the rows of a list say in full."""
    return [rows.item(row).text() for row in range(rows.count())]


def _facts(card):
    return row_texts(card.facts)


def test_two_who_may_be_the_same_person_name_each_other(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Down", "A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 2, "two are accepted")
    reader.presses("Home", "F").types("examination").presses("Enter").types("77").presses("Enter", "1")
    is_up_to_date(reader, lambda _people: Fact.EXAMINATION_NUMBER in stated(reader), "a number")
    reader.presses("Down", "F").types("possibly").presses("Enter").types("77").presses(
        "Enter", "3"
    ).is_saved()
    is_up_to_date(reader, lambda _people: Fact.SAME_PERSON in stated(reader, 1), "the link")
    assert stated(reader, 1)[Fact.SAME_PERSON].value == shown(reader)[0].id
    reader.presses("Home", "Enter")
    card = screen(reader).card
    until(lambda: screen(reader).page is card, "the card")
    assert any(line.startswith("Possibly the same person as: ") for line in _facts(card)), _facts(card)


def test_numbers_that_are_not_there_are_listed_only_if_asked_for(reader):
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Down", "A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 2, "two are accepted")
    for step, number in (("Home", "7"), ("Down", "9")):
        reader.presses(step, "F").types("examination").presses("Enter").types(number).presses("Enter", "1")
        reader.is_saved()
    is_up_to_date(reader, lambda _people: Fact.EXAMINATION_NUMBER in stated(reader, 1), "both numbers")
    reader.presses("K")
    assert not [each for each in screen(reader).people.conflicts if not each.is_doubt]
    reader.presses("Shift+K")
    is_up_to_date(reader, lambda people: [e for e in people.conflicts if not e.is_doubt], "the list")
    (gap,) = [each for each in screen(reader).people.conflicts if not each.is_doubt]
    assert gap.sentence.startswith("No individual of this case has the examination number 8, between ")
    reader.presses("Shift+K")
    is_up_to_date(reader, lambda people: all(e.is_doubt for e in people.conflicts), "off again")


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


def contradicts_the_sex(reader):
    """One accepted individual of which both sexes are stated, and the questions beside the table."""
    goes_to_individuals(reader).presses("A")
    is_up_to_date(reader, lambda people: len(accepted(people)) == 1, "one is accepted")
    reader.presses("Home")
    for sex in ("male", "female"):
        reader.presses("F").types("sex").presses("Enter").types(sex).presses("Enter", "1").is_saved()
    is_up_to_date(reader, lambda people: people.open_conflicts, "the contradiction")
    beside = screen(reader).table.panel.questions
    until(lambda: beside.isVisible() and beside.lists, "the question beside the table")
    return beside


def standing_sexes(reader):
    return shown(reader)[0].individual.values(Fact.SEX)


def test_a_contradiction_is_decided_beside_the_table_with_a_reason(reader):
    beside = contradicts_the_sex(reader)
    assert [row.value for row in beside.lists[0].rows] == ["female", "male", "cannot be decided"]
    assert "seen by the examiner, Dr Okoye" in beside.lists[0].rows[0].source
    reader.presses("Ctrl+Enter")
    assert screen(reader).said == "Choose an answer first."
    reader.presses("1")
    assert beside.lists[0].selected == 0
    reader.presses("Ctrl+Enter")
    assert "Say in a few words why" in screen(reader).said
    beside.why.setFocus()
    reader.types("the second record").presses("Esc")
    assert screen(reader).table.table.hasFocus(), "Esc leaves the field, and keeps what is written"
    reader.presses("Ctrl+Enter")
    is_up_to_date(reader, lambda people: not people.open_conflicts, "it is decided")
    assert standing_sexes(reader) == ("female",)
    (gone,) = [said for said in shown(reader)[0].individual.statements if said.withdrawn]
    assert (gone.value, gone.withdrawn) == ("male", "the second record"), "it stays on record"
    until(lambda: screen(reader).table.panel.facts.isVisible(), "who it is, in the place of the question")
    reader.presses("Ctrl+Z")
    is_up_to_date(reader, lambda people: people.open_conflicts, "taken back")


def test_what_cannot_be_decided_stays_with_the_reason(reader):
    beside = contradicts_the_sex(reader)
    reader.presses("3")
    beside.why.setFocus()
    reader.types("two lists, none is better").presses("Enter")
    is_up_to_date(reader, lambda people: not people.open_conflicts, "accepted as it is")
    assert standing_sexes(reader) == ("male", "female"), "nothing is withdrawn"
    (settled,) = [conflict for conflict in screen(reader).people.conflicts if conflict.settled]
    assert "two lists, none is better" in settled.settled
    reader.presses("Enter")
    until(lambda: screen(reader).card.settled.isVisible(), "the card")
    assert "two lists, none is better" in row_texts(screen(reader).card.settled)[0]


def test_the_photographs_of_a_question_are_shown(reader):
    beside = contradicts_the_sex(reader)
    beside.seen.emit(beside._shown[0])
    assert screen(reader).page is screen(reader).conflicts
    assert screen(reader).conflicts.current.kind is ConflictKind.CONTRADICTION


def test_a_chosen_sign_leads_to_its_photographs_and_regions(reader):
    reader.presses("Right").sees_photo(1).presses("1").is_saved()
    goes_to_individuals(reader).presses("A", "Enter")
    card = screen(reader).card
    until(lambda: card.isVisible() and card.signs.current_row is None and card.signs.count(), "the card")
    assert card.strip.photo == card.card.photos[0]
    card.signs.setFocus()
    assert card.signs.current_row.photos == (card.card.photos[1],)
    assert card.strip.accented == {card.card.photos[1]}
    reader.presses("Enter").sees_photo(1)
    assert reader.window.screen_name == "read"
