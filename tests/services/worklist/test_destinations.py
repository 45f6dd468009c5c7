"""Where a number or a name leads in a list of three people and six photographs."""

from types import SimpleNamespace

import pytest

from reviewer.services.worklist.destinations import find_destinations

NAMES = ("901-7509 / 119", "901-3 / 120", "P-0014")
FILES = ("DSC01.JPG", "DSC02.JPG", "DSC03.JPG", "a3.jpg", "b.jpg", "c.jpg")


class List:
    """Two photographs of each of three people."""

    groups = tuple(SimpleNamespace(positions=(place, place + 1)) for place in (0, 2, 4))
    items = SimpleNamespace(iterate_names=lambda: iter(FILES))

    def __len__(self):
        return len(FILES)

    def shown_labels(self):
        return list(NAMES)

    def name_person(self, position):
        return NAMES[position // 2]


def places(typed, name_at=FILES.__getitem__):
    return [there.position for there in find_destinations(List(), typed, name_at)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2", 2),
        ("901-7509", 0),
        ("7509", 0),
        ("120", 2),
        ("p-0014", 4),
        ("photo 4", 3),
        ("#6", 5),
        ("b.jpg", 4),
        ("901-3 / 120", 2),
    ],
)
def test_the_likeliest_comes_first(typed, first):
    assert places(typed)[0] == first


def test_a_number_is_an_individual_first_then_one_with_that_number_then_a_photograph():
    assert places("3")[:3] == [4, 2, 3], "the third, the one of number 3, and a name with a 3"


@pytest.mark.parametrize("typed", ["", "  ", "photo 7", "9999", "nobody"])
def test_what_leads_nowhere_leads_nowhere(typed):
    assert places(typed) == []


def test_a_masked_name_is_not_found_by_a_part_of_it():
    assert places("DSC", lambda _position: "Photo 1 of P-0014") == []
