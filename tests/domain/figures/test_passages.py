"""Text is cut where its direction changes; nothing of it is lost, digits stay with letters before them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.figures.passages import Passage, begins_arabic, runs_from_right, split_into_passages


def cut(text):
    return [(each.text, each.from_right) for each in split_into_passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("215-12?", [("215-12?", False)]),
        (
            "The card says كدمة على الرقبة, 215.",
            [("The card says ", False), ("كدمة على الرقبة, 215", True), (".", False)],
        ),
        ("كدمة 215-12 ثم", [("كدمة 215-12 ثم", True)]),
        ("صورة IMG_1.jpg ثم", [("صورة ", True), ("IMG_1.jpg", False), (" ثم", True)]),
        ("كُدْمَة", [("كُدْمَة", True)]),
        ("٢١٥", [("٢١٥", True)]),
        ("(שלום) a", [("(שלום) ", True), ("a", False)]),
        ("no. ٢١٥ b", [("no. ", False), ("٢١٥", True), (" b", False)]),
        ("12 كدمة", [("12 كدمة", True)]),
    ],
)
def test_each_passage_runs_one_way(text, expected):
    assert cut(text) == expected


SIGNS = st.text(st.sampled_from("aZ 12٢كدمשל.,()-\n\u0301\u064b\u200f/£"), max_size=30)


@given(SIGNS)
def test_nothing_is_lost_and_neighbours_run_otherwise(text):
    found = split_into_passages(text)
    assert "".join(each.text for each in found) == text
    assert all(each.text for each in found)
    assert all(one.from_right != other.from_right for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "arabic", "from_right"),
    [
        ("12 كدمة", True, True),
        ("a كدمة", False, False),
        ("שלום", False, True),
        ("٢١٥", False, False),
        ("", False, False),
    ],
)
def test_a_paragraph_runs_as_its_first_letter(text, arabic, from_right):
    assert (begins_arabic(text), runs_from_right(text)) == (arabic, from_right)


def test_a_passage_is_arabic_by_its_letters():
    assert Passage(" كدمة", True).is_arabic
    assert not Passage("שלום", True).is_arabic
    assert not Passage("٢١٥", True).is_arabic
