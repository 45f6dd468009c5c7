"""Columns of all photographs say what lists and dictionaries of them would say."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces, TextColumn

TEXTS = st.lists(st.text(max_size=5), max_size=12)


def name_of(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


@given(TEXTS, TEXTS)
def test_a_column_of_texts_is_the_list_it_was_made_of(texts, more):
    column = TextColumn(texts)
    column.extend(more)
    every = texts + more
    assert (len(column), list(column), column[:], column[1::2]) == (len(every), every, every, every[1::2])
    assert [column[place] for place in range(len(every))] == every
    assert [column[place] for place in range(-len(every), 0)] == every
    assert column.take(range(1, len(every))) == every[1:]
    with pytest.raises(IndexError):
        column[len(every)]


def make_hashes(numbers):
    named = sorted((name_of(number), number) for number in numbers)
    return PhotoHashes([number for _hash, number in named], "".join(hash_ for hash_, _number in named))


def test_hashes_that_are_not_as_many_as_numbers_are_refused():
    with pytest.raises(ValueError, match="63 letters are no 1 hashes"):
        PhotoHashes([1], "a" * 63)
    with pytest.raises(KeyError):
        make_hashes([1, 3]).name(2)


@given(st.sets(st.integers(1, 40)), st.sets(st.integers(41, 60)))
def test_hashes_are_found_by_number_and_numbers_by_hash(there, later):
    hashes = make_hashes(there)
    if later:
        hashes.add({number: name_of(number) for number in later})
    every = there | later
    assert len(hashes) == len(every)
    assert hashes.highest == max(every, default=0)
    assert all(hashes.name(number) == name_of(number) for number in every)
    asked = [name_of(number) for number in range(1, 70)]
    expected = [number if number in every else 0 for number in range(1, 70)]
    assert [hashes.find(sha256) for sha256 in asked] == expected
    assert hashes.find_many(asked) == expected
    assert hashes.find_many(asked[:1]) == expected[:1]
    assert hashes.as_dictionary() == {name_of(number): number for number in every}
    if every:
        assert hashes.name_least(every) == min(name_of(number) for number in every)


def test_one_photograph_among_many_is_looked_for_without_a_dictionary_of_all(monkeypatch):
    hashes = make_hashes(range(1, 101))
    monkeypatch.setattr(PhotoHashes, "as_dictionary", lambda _self: pytest.fail("all of them were looked at"))
    assert hashes.find_many([name_of(5), name_of(500), name_of(100)]) == [5, 0, 100]


def test_places_of_later_photographs_leave_gaps_where_there_are_none():
    places = PhotoPlaces(["", "s/a"], TextColumn(["", "1.jpg"]))
    places.add({4: ("s/b", "4.jpg")})
    assert places.folders == ["", "s/a", "", "", "s/b"]
    assert list(places.names) == ["", "1.jpg", "", "", "4.jpg"]
    places.add({})
    assert len(places.folders) == len(places.names) == 5
