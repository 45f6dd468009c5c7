"""The order of reading follows from a seed and from hashes alone, so that anybody can find it again."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import NotAllowed
from reviewer.domain.worklist.neutral_labels import neutral_label
from reviewer.domain.worklist.reading_order import (
    Kind,
    Order,
    ReadingRules,
    begin_case,
    draw_order,
    drawn,
    in_words,
    kind_of,
    mask,
    masking_in_words,
    rank_of,
    rules_from,
)

SEED = "4f1c"


def photo(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


def test_what_is_known_says_what_a_photo_is_of():
    assert kind_of("detainee", 0, 0) is Kind.NOT_KNOWN
    assert kind_of("", 249, 20) is Kind.WHOLE_BODY
    assert kind_of("detainee", 0, 19) is Kind.CLOSE_UP
    assert kind_of("document", 0, 30) is kind_of("detainee", 250, 30) is Kind.CARD


def test_people_come_by_seed_and_first_hash_and_their_photos_by_what_they_show():
    photos = [photo(number) for number in range(6)]
    people = [(0, 1, 2), (3,), (4, 5)]
    kinds = [Kind.CARD, Kind.CLOSE_UP, Kind.WHOLE_BODY, Kind.CARD, Kind.NOT_KNOWN, Kind.NOT_KNOWN]
    order = drawn(SEED, people, photos, kinds)

    def expected(places):
        first = min(photos[place] for place in places)
        return hashlib.sha256(f"{SEED}:{first}".encode()).hexdigest()

    inside = {(0, 1, 2): [2, 1, 0], (3,): [3], (4, 5): [4, 5]}
    assert order == [place for each in sorted(people, key=expected) for place in inside[each]]


@given(st.integers(1, 30), st.integers(0, 1000))
def test_every_photo_comes_once_and_more_photos_of_a_person_do_not_bring_it_forward(count, salt):
    photos = [photo(f"{salt}-{number}") for number in range(count)]
    people = [tuple(range(start, min(count, start + 3))) for start in range(0, count, 3)]
    order = drawn(SEED, people, photos, [Kind.NOT_KNOWN] * count)
    assert sorted(order) == list(range(count))
    for places in people:
        run = [order.index(place) for place in places]
        assert run == list(range(run[0], run[0] + len(run))), "a person's photographs are together"
    least = min(photos)
    assert rank_of(SEED, photos) == rank_of(SEED, [least]), "one photograph has the same draw as thirty"


def test_without_a_seed_in_the_ledger_nothing_is_drawn_and_nothing_is_masked():
    assert rules_from({}) == ReadingRules(Order.FOLDERS, "", False)
    assert rules_from({"order": "drawn"}).order is Order.FOLDERS
    begun = rules_from(begin_case(SEED).body)
    assert begun == ReadingRules(Order.DRAWN, SEED, True)
    assert SEED in in_words(begun) and "order of their folders" in in_words(ReadingRules())
    assert "are masked" in masking_in_words(begun) and "Nothing" in masking_in_words(ReadingRules())


def test_an_order_is_drawn_by_a_seed_that_is_one_and_another_one():
    now = rules_from(begin_case(SEED).body)
    assert draw_order(now, "abcd").body == {"order": "drawn", "seed": "abcd"}
    for wrong in ("", "abc", "a b c d", "ä" * 8, "x" * 65, SEED):
        with pytest.raises(NotAllowed):
            draw_order(now, wrong)
    assert mask(now, False).body == {"masked": "no"}
    with pytest.raises(NotAllowed, match="masked already"):
        mask(now, True)


def test_labels_are_one_to_one_stable_and_say_nothing_of_neighbours():
    labels = [neutral_label("case", number) for number in range(1, 2001)]
    assert len(set(labels)) == 2000
    assert all(label.startswith("P-") and 6 <= len(label) <= 7 for label in labels)
    assert labels == [neutral_label("case", number) for number in range(1, 2001)]
    assert neutral_label("case", 1) != neutral_label("other", 1)
    numbers = [int(label[2:]) for label in labels]
    steps = {abs(one - other) for one, other in pairwise(numbers)}
    assert len(steps) > 1900, "neighbours are no neighbours by their labels"


def test_the_first_label_follows_from_the_rule_as_it_is_written_down():
    ranked = sorted(range(1, 100_000), key=lambda n: hashlib.sha256(f"case:{n}".encode()).digest())
    assert neutral_label("case", 1) == f"P-{ranked[0]:04}"
    assert neutral_label("case", 7) == f"P-{ranked[6]:04}"
