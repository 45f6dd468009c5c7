"""Whose a photograph is follows from what people said, never from how it looks."""

from reviewer.domain.people.individual import Fact
from reviewer.domain.people.photo_owners import PhotoOwner, are_of_different_persons

NOBODY = PhotoOwner()
SEVEN, EIGHT = (Fact.EXAMINATION_NUMBER, "215", "7"), (Fact.EXAMINATION_NUMBER, "215", "8")


def test_two_accepted_individuals_are_apart_and_nobody_is_apart_from_none():
    one, other = PhotoOwner("a", "215-1"), PhotoOwner("b", "215-2")
    assert are_of_different_persons(one, other)
    assert not are_of_different_persons(one, PhotoOwner("a", "215-1"))
    assert not are_of_different_persons(one, NOBODY)
    assert not are_of_different_persons(NOBODY, NOBODY)


def test_two_card_numbers_are_apart_even_within_one_individual():
    assert are_of_different_persons(PhotoOwner(card=SEVEN), PhotoOwner(card=EIGHT))
    assert are_of_different_persons(PhotoOwner("a", "215-1", SEVEN), PhotoOwner("a", "215-1", EIGHT))
    assert not are_of_different_persons(PhotoOwner(card=SEVEN), PhotoOwner(card=SEVEN))
    assert not are_of_different_persons(PhotoOwner(card=SEVEN), NOBODY)


def test_it_is_said_in_words():
    assert PhotoOwner("a", "215-1 / 7", SEVEN).in_words() == "215-1 / 7"
    assert PhotoOwner(card=SEVEN).in_words() == "examination number 7 of branch 215"
    assert NOBODY.in_words() == "of no accepted individual"
