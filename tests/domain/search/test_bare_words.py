"""Plain words become findings and regions, with the query that asks for each."""

import pytest

from reviewer.domain.search.bare_words import find_word_candidates, split_bare_words
from reviewer.domain.search.query import parse_query
from reviewer.services.vocabulary.vocabulary import load_vocabulary

WORDS = load_vocabulary()


def meant(text):
    return find_word_candidates(split_bare_words(text).words, WORDS)


@pytest.mark.parametrize("text", ["ligature neck", "neck ligature", "a ligature mark at the neck"])
def test_a_finding_and_a_region_in_any_order_are_both_together(text):
    first = meant(text).together[0]
    assert (first.name, first.query) == ("ligature mark", 'term="ligature mark" region:neck')


def test_a_side_and_a_whole_region_are_told_apart():
    assert meant("bruise chest left").together[0].query == 'term=bruise region="chest, left"'
    assert meant("bruise chest").together[0].query == "term=bruise region:chest"


def test_one_word_is_a_beginning_of_names_and_synonyms():
    found = meant("lig")
    assert [row.name for row in found.findings][:2] == ["ligature mark", "ligature present"]
    assert found.together == ()
    assert meant("furrow").findings[0].detail == "furrow", "the synonym that fitted is told"


def test_words_that_mean_nothing_mean_nothing():
    found = meant("xyzzy")
    assert (found.together, found.findings, found.regions) == ((), (), ())


def test_every_query_that_is_offered_can_be_asked():
    for term in WORDS.terms:
        for row in meant(term.name).findings if split_bare_words(term.name) else ():
            parse_query(row.query, WORDS)
    for region in WORDS.regions:
        for row in meant(region.name).regions if split_bare_words(region.name) else ():
            parse_query(row.query, WORDS)


@pytest.mark.parametrize("text", ["", "term:bruise", "(a b)", "a or b", "-a", '"a b"', "not a"])
def test_what_is_a_query_already_has_no_plain_words(text):
    assert split_bare_words(text) is None


def test_conditions_beside_words_hold_for_every_meaning():
    bare = split_bare_words("lig state:open and note:belt")
    assert bare.words == ("lig",)
    assert bare.join_query("term=x") == "term=x state:open note:belt"
