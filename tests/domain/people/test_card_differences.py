"""What differs between two passes over a card is named, so that nobody has to search for it."""

import pytest

from reviewer.domain.people.card_differences import describe_text_difference, find_text_difference


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("9117", "9117", ""),
        ("9177", "9117", "7 or 1 in place 3"),
        ("200", "20?", "0 or ? in place 3"),
        ("12", "21", "1 or 2 in place 1, 2 or 1 in place 2"),
        ("1234", "124", "3 or nothing in place 3"),
        ("124", "1234", "nothing or 3 in place 3"),
        ("101", "", "only the first pass has it"),
        ("", "101", "only the second pass has it"),
        ("12345", "67890", "5 signs differ"),
    ],
)
def test_a_difference_is_named(first, second, words):
    assert describe_text_difference(first, second) == words


def test_the_places_are_those_that_are_underlined_in_each():
    found = find_text_difference("9177", "911")
    assert (found.in_first, found.in_second) == ({2, 3}, {2})
    same = find_text_difference("9177", "9117")
    assert (same.in_first, same.in_second) == ({2}, {2})
    longer = find_text_difference("1234", "124")
    assert (longer.in_first, longer.in_second) == ({2}, frozenset())
    assert not find_text_difference("7", "7")
