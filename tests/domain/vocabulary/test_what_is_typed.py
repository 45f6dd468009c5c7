"""Which answer is meant by what is typed; several with the same claim are never settled by their order."""

import pytest

from reviewer.domain.vocabulary.type_ahead import find_text_meant, make_regions_index, make_terms_index
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def found(index, typed, prefer=()):
    matches = index.find(typed, 100, prefer)
    place = find_text_meant(typed, [match.synonym or match.name for match in matches])
    return (matches[place].name if place is not None else None), [match.name for match in matches]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chest l", "chest, left"),
        ("ches l", "chest, left"),
        ("chee l", "cheek, left"),
        ("neck f", "neck, front"),
        ("neck front", "neck, front"),
        ("up arm l", "upper arm, left"),
        ("wr l", "wrist, left"),
        ("ch l", None),
        ("ch", None),
        ("wr", None),
        ("neck", None),
        ("l", None),
    ],
)
def test_a_region_is_taken_only_if_no_other_has_the_same_claim(typed, name):
    taken, listed = found(make_regions_index(VOCABULARY), typed)
    assert taken == name
    assert len(listed) > 1 or name


def test_both_that_ch_l_may_mean_are_listed_and_what_is_preferred_only_changes_their_order():
    index = make_regions_index(VOCABULARY)
    assert found(index, "ch l") == (None, ["cheek, left", "chest, left"])
    chest = next(region.key for region in VOCABULARY.regions if region.name == "chest, left")
    assert found(index, "ch l", [chest]) == (None, ["chest, left", "cheek, left"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bru", "bruise"),
        ("tram", "tramline bruise"),
        ("burn", "burn-like lesion"),
        ("lig m", "ligature mark"),
        ("lig", None),
    ],
)
def test_a_term(typed, name):
    assert found(make_terms_index(VOCABULARY), typed)[0] == name


def test_every_name_typed_whole_is_what_it_says():
    for index, things in (
        (make_regions_index(VOCABULARY), [each for each in VOCABULARY.regions if not each.retired]),
        (make_terms_index(VOCABULARY), VOCABULARY.terms),
    ):
        for thing in (each for each in things if not each.retired):
            assert found(index, thing.name)[0] == thing.name


def test_a_number_is_meant_before_one_that_it_begins():
    assert find_text_meant("12", ["Individual 120", "Individual 12", "Individual 1"]) == 1
    assert find_text_meant("12", ["Individual 120", "Individual 121"]) is None
    assert find_text_meant("", ["one", "two"]) is None
    assert find_text_meant("x", ["only one"]) == 0
    assert find_text_meant("x", []) is None
