"""Which lists of signs belong to what a photograph shows well enough, and what they are called."""

from dataclasses import replace

import pytest

from reviewer.domain.reading.sign_lists import (
    find_checked_lists_for_coverage,
    format_checked_lists,
    lists_in_few_words,
    lists_in_one_line,
    lists_in_words,
    name_signs_of_list,
    signs_in_words,
)
from reviewer.domain.vocabulary.vocabulary import SignList
from tests.support.vocabulary import load_vocabulary

ANY = SignList("any", "Whole body", ("blunt.bruise",))
NECK = SignList("neck", "Neck", ("neck.ligature_mark", "blunt.bruise"), ("neck.front", "nape"))
LIMB = SignList("limb", "Limbs", ("blunt.bruise", "blunt.abrasion"), ("wrist", "ankle"))
VOCABULARY = replace(load_vocabulary(), version="2.0.0", lists=(ANY, NECK, LIMB))


@pytest.mark.parametrize(
    ("coverage", "wanted"),
    [
        ((), []),
        ((("nape", "assessable"),), ["any", "neck"]),
        ((("wrist.L", "assessable"),), ["any", "limb"]),
        ((("wrist.L/front", "assessable"),), ["any", "limb"]),
        ((("chest.R", "assessable"),), ["any"]),
        ((("nape", "limited"), ("wrist.R", "not")), []),
        ((("nape", "assessable"), ("ankle.R/back", "assessable")), ["any", "neck", "limb"]),
        ((("generalised", "assessable"),), []),
        ((("a_region_of_later", "assessable"),), ["any"]),
    ],
)
def test_a_list_applies_where_a_place_of_it_is_assessable(coverage, wanted):
    assert find_checked_lists_for_coverage(VOCABULARY, coverage) == tuple((key, "2.0.0") for key in wanted)


def test_lists_are_told_with_the_number_of_their_signs_or_their_version():
    both = (("neck", "2.0.0"), ("limb", "1.1.0"), ("gone", "1.0.0"))
    assert lists_in_words(VOCABULARY, both) == (
        "neck (2 signs), limbs (vocabulary 1.1.0), gone (vocabulary 1.0.0)"
    )
    assert lists_in_few_words(VOCABULARY, both[:1]) == "neck (2 signs)"
    two = (("neck", "2.0.0"), ("any", "2.0.0"))
    assert lists_in_few_words(VOCABULARY, two) == "2 lists (2 signs)"
    assert lists_in_one_line(VOCABULARY, both[:1]) == ": neck (2 signs)"
    assert lists_in_one_line(VOCABULARY, two) == " 2 signs: whole body, neck"
    assert lists_in_words(VOCABULARY, [["any", "2.0.0"]]) == "whole body (1 sign)"
    assert lists_in_words(VOCABULARY, ()) == ""
    assert name_signs_of_list(VOCABULARY, "limb") == ["bruise", "abrasion"]
    assert signs_in_words(VOCABULARY, both[:1]) == ["neck (2 signs): ligature mark, bruise"]
    assert format_checked_lists(both) == "neck 2.0.0;limb 1.1.0;gone 1.0.0"


def test_every_list_of_the_vocabulary_names_signs_and_regions_that_are_there():
    shipped = load_vocabulary()
    stems = {region.stem for region in shipped.regions}
    for each in shipped.lists:
        assert each.terms, each.key
        assert not [term for term in each.terms if shipped.term(term) is None], each.key
        assert set(each.regions) <= stems, each.key
