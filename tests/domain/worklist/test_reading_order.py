"""The order of reading follows from a seed and from hashes alone, so that anybody can find it again."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import NotAllowed
from reviewer.domain.worklist.neutral_labels import make_neutral_label
from reviewer.domain.worklist.reading_order import (
    PhotoSubject,
    ReadingOrder,
    ReadingRules,
    begin_case,
    classify_photo_subject,
    draw_order,
    draw_reading_order,
    masking_in_words,
    reading_order_in_words,
    reading_rules_from_facts,
    set_masking,
)

SEED = "4f1c"


def draw(seed, people, photos, kinds):
    """The drawn order of photographs with these hashes."""
    return draw_reading_order(seed, people, lambda places: min(photos[place] for place in places), kinds)


def photo(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


def test_what_is_known_says_what_a_photo_is_of():
    assert classify_photo_subject("detainee", 0, 0) is PhotoSubject.NOT_KNOWN
    assert classify_photo_subject("", 249, 20) is PhotoSubject.WHOLE_BODY
    assert classify_photo_subject("detainee", 0, 19) is PhotoSubject.CLOSE_UP
    assert (
        classify_photo_subject("document", 0, 30)
        is classify_photo_subject("detainee", 250, 30)
        is PhotoSubject.CARD
    )


def test_people_come_by_seed_and_first_hash_and_their_photos_by_what_they_show():
    photos = [photo(number) for number in range(6)]
    people = [(0, 1, 2), (3,), (4, 5)]
    kinds = [
        PhotoSubject.CARD,
        PhotoSubject.CLOSE_UP,
        PhotoSubject.WHOLE_BODY,
        PhotoSubject.CARD,
        PhotoSubject.NOT_KNOWN,
        PhotoSubject.NOT_KNOWN,
    ]
    order = draw(SEED, people, photos, kinds)

    def expected(places):
        first = min(photos[place] for place in places)
        return hashlib.sha256(f"{SEED}:{first}".encode()).hexdigest()

    inside = {(0, 1, 2): [2, 1, 0], (3,): [3], (4, 5): [4, 5]}
    assert order == [place for each in sorted(people, key=expected) for place in inside[each]]


@given(st.integers(1, 30), st.integers(0, 1000))
def test_every_photo_comes_once_and_more_photos_of_a_person_do_not_bring_it_forward(count, salt):
    photos = [photo(f"{salt}-{number}") for number in range(count)]
    people = [tuple(range(start, min(count, start + 3))) for start in range(0, count, 3)]
    order = draw(SEED, people, photos, [PhotoSubject.NOT_KNOWN] * count)
    assert sorted(order) == list(range(count))
    for places in people:
        run = [order.index(place) for place in places]
        assert run == list(range(run[0], run[0] + len(run))), "a person's photographs are together"
    alone = draw(SEED, [(place,) for place in range(count)], photos, [PhotoSubject.NOT_KNOWN] * count)
    least = {min(places, key=photos.__getitem__) for places in people}
    assert [place for place in order if place in least] == [place for place in alone if place in least], (
        "one photograph has the same draw as thirty"
    )


def test_without_a_seed_in_the_ledger_nothing_is_drawn_and_nothing_is_masked():
    assert reading_rules_from_facts({}) == ReadingRules(ReadingOrder.FOLDERS, "", False)
    assert reading_rules_from_facts({"order": "drawn"}).order is ReadingOrder.FOLDERS
    begun = reading_rules_from_facts(begin_case(SEED).body)
    assert begun == ReadingRules(ReadingOrder.DRAWN, SEED, True)
    assert SEED in reading_order_in_words(begun) and "order of their folders" in reading_order_in_words(
        ReadingRules()
    )
    assert "are masked" in masking_in_words(begun) and "Nothing" in masking_in_words(ReadingRules())


def test_an_order_is_drawn_by_a_seed_that_is_one_and_another_one():
    now = reading_rules_from_facts(begin_case(SEED).body)
    assert draw_order(now, "abcd").body == {"order": "drawn", "seed": "abcd"}
    for wrong in ("", "abc", "a b c d", "ä" * 8, "x" * 65, SEED):
        with pytest.raises(NotAllowed):
            draw_order(now, wrong)
    assert set_masking(now, False).body == {"masked": "no"}
    with pytest.raises(NotAllowed, match="masked already"):
        set_masking(now, True)


def test_labels_are_one_to_one_stable_and_say_nothing_of_neighbours():
    labels = [make_neutral_label("case", number) for number in range(1, 2001)]
    assert len(set(labels)) == 2000
    assert all(label.startswith("P-") and 6 <= len(label) <= 7 for label in labels)
    assert labels == [make_neutral_label("case", number) for number in range(1, 2001)]
    assert make_neutral_label("case", 1) != make_neutral_label("other", 1)
    numbers = [int(label[2:]) for label in labels]
    steps = {abs(one - other) for one, other in pairwise(numbers)}
    assert len(steps) > 1900, "neighbours are no neighbours by their labels"


def test_the_first_label_follows_from_the_rule_as_it_is_written_down():
    ranked = sorted(range(1, 100_000), key=lambda n: hashlib.sha256(f"case:{n}".encode()).digest())
    assert make_neutral_label("case", 1) == f"P-{ranked[0]:04}"
    assert make_neutral_label("case", 7) == f"P-{ranked[6]:04}"
