"""What is known of the person stands beside the photograph in a wide window, masked as the rules say."""

import pytest

from tests.stories.test_against_bias import masked, masked_case  # noqa: F401 (fixtures)
from tests.stories.test_individuals import accepted, asks, goes_to_individuals, is_up_to_date
from tests.stories.test_side_panel import places, resized, scrolls, settles
from tests.support.waiting import until


@pytest.fixture
def numbered(desk, case_folder):
    """Everybody is accepted with the numbers in the names of the folders."""
    reader = desk().opens(case_folder).sees_photo(0)
    goes_to_individuals(reader).presses("P").types("pattern").presses("Enter")
    asks(reader, "the pattern").types("*/*/{branch}-{examination}").presses("Enter")
    is_up_to_date(reader, lambda people: people.persons[0].label != "Individual 1", "numbers were read")
    reader.presses("Shift+A")
    asks(reader, "the count").presses("Enter")
    is_up_to_date(reader, lambda people: accepted(people), "all are accepted")
    reader.window.show_screen("read")
    return reader.sees_photo(0)


def test_numbers_stand_with_their_source_in_a_wide_window_only(numbered):
    reader = numbered
    facts = reader.reading.facts
    assert facts.isHidden()
    side = resized(reader, 1920, 1080)
    assert not facts.isHidden()
    until(facts.list_shown, "what is known is shown")
    shown = {label: (value, whence) for label, value, whence in facts.list_shown()}
    name = reader.reading.header.person.text()
    assert name == f"{shown['Branch number'][0]} / {shown['Examination number'][0]}"
    assert {whence for _value, whence in shown.values()} == {"folder"}
    before = places(side)
    reader.presses("Ctrl+Right").sees_photo()
    settles()
    until(lambda: facts.list_shown() and dict_of(facts) != shown, "the next person")
    assert places(side) == before
    assert not scrolls(side)
    resized(reader, 1366, 768)
    assert facts.isHidden()


def dict_of(facts):
    return {label: (value, whence) for label, value, whence in facts.list_shown()}


def test_it_is_masked_until_the_reading_is_complete(desk, masked):  # noqa: F811
    reader = desk().opens(masked).sees_photo(0)
    resized(reader, 1920, 1080)
    facts = reader.reading.facts
    assert facts.said.text().startswith("Masked until")
    assert facts.list_shown() == []
    reader.presses("N", "Shift+Enter").is_saved()
    until(lambda: not facts.said.text().startswith("Masked"), "a complete reading hides nothing")


def test_in_a_high_window_ones_own_readings_of_the_person_are_summed_up(numbered):
    reader = numbered
    so_far = reader.reading.so_far
    resized(reader, 1920, 1080)
    assert so_far.isHidden()
    side = resized(reader, 1920, 1400)
    assert not so_far.isHidden()
    until(lambda: so_far.said.text().startswith("Nothing is recorded"), "nothing is recorded yet")
    before = places(side)
    reader.presses("2").places("chest l").presses("Q", "Shift+Enter").is_saved()
    until(lambda: so_far.list_shown(), "what was found is summed up")
    assert so_far.list_shown() == [("bruise", "present", "photo 1")]
    settles()
    assert places(side) == before, "room for six signs is kept"
    assert not scrolls(side)


def test_what_is_summed_up_is_masked_as_the_card_of_the_person_is(desk, masked):  # noqa: F811
    reader = desk().opens(masked).sees_photo(0)
    resized(reader, 1920, 1400)
    so_far = reader.reading.so_far
    assert so_far.said.text() == "Masked until the reading of this photograph is complete."
    reader.presses("2").places("chest l").presses("Q").is_saved()
    assert so_far.list_shown() == []
    reader.presses("Shift+Enter").is_saved()
    until(lambda: so_far.list_shown(), "a complete reading hides nothing")
    assert so_far.list_shown()[0][:2] == ("bruise", "present")
