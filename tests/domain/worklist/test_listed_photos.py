"""Photographs of a list by position, and positions by photograph."""

import pytest

from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces, TextColumn
from reviewer.domain.worklist.assignments import NO_ASSIGNMENT, Assignments, PhotoAssignment
from reviewer.domain.worklist.listed_photos import ListedPhotos, WorklistItem

HASHES = [letter * 64 for letter in "abcd"]


@pytest.fixture
def listed():
    """Four photographs; the list is read in the order 3, 1, and 4 and 2 came later."""
    hashes = PhotoHashes([1, 2, 3, 4], "".join(HASHES))
    names = TextColumn(["", "1.jpg", "2.jpg", "3.jpg", "4.jpg"])
    made = ListedPhotos(hashes, PhotoPlaces(["", "s/x", "s/x", "s/y", "s/y"], names))
    made.extend([3, 1])
    return made


def test_an_item_says_number_hash_folder_and_name(listed):
    assert listed[0] == WorklistItem(3, "c" * 64, "s/y", "3.jpg")
    assert listed[-1] == WorklistItem(1, "a" * 64, "s/x", "1.jpg")
    assert list(listed) == listed[:] == [listed[0], listed[1]]
    assert (listed.sha256_at(1), listed.folder_at(1), listed.name_at(1)) == ("a" * 64, "s/x", "1.jpg")
    assert list(listed.iterate_hashes()) == ["c" * 64, "a" * 64]


def test_photographs_have_a_position_once_they_are_in_the_list(listed):
    assert [listed.position_of(sha256) for sha256 in HASHES] == [1, None, 0, None]
    listed.extend([4, 2])
    assert [listed.position_of(sha256) for sha256 in HASHES] == [1, 3, 0, 2]
    assert listed.position_of("f" * 64) is None
    assert listed.position_of_number(0) == listed.position_of_number(99) == -1


def test_assignments_are_put_down_by_number_and_beyond_the_highest():
    found = Assignments(3)
    found.fill(found.categories, [("scene", [1, 3, 99, -1]), ("detainee", [2])])
    found.fill(found.individuals, [("p", [2])])
    assert [found.at(number) for number in (1, 2, 3)] == [
        PhotoAssignment("scene"), PhotoAssignment("detainee", "p"), PhotoAssignment("scene"),
    ]  # fmt: skip
    assert found.at(99) == found.at(-1) == NO_ASSIGNMENT
    found.put(5, PhotoAssignment("other", "q", "d"))
    assert (found.at(4), found.at(5)) == (NO_ASSIGNMENT, PhotoAssignment("other", "q", "d"))
