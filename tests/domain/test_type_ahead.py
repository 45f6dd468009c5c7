"""A few letters find the Term or the Region that a pathologist means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.type_ahead import TypeAhead, regions_index, terms_index
from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
TERMS, REGIONS = terms_index(VOCABULARY), regions_index(VOCABULARY)
EVERYTHING = len(VOCABULARY.terms) + len(VOCABULARY.regions)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cut", "sharp.incised"),
        ("edema feet", "nutr.oedema"),
        ("oedema feet", "nutr.oedema"),
        ("emaciation", "nutr.grade"),
        ("bedsore", "skin.pressure_sore"),
        ("jellinek", "elec.mark"),
        ("bullet", "gsw.undetermined"),
        ("eyes", "eye.absent"),
        ("falanga", "falanga.sole"),
        ("handcuff mark", "restr.wrist"),
        ("needle", "med.puncture"),
        ("hypostasis", "pm.lividity"),
        ("rats", "pm.predation"),
        ("glare", "art.photo"),
        ("unclear lesion", "nonspecific.lesion"),
    ],
)
def test_lay_words_and_both_spellings_find_the_term(typed, first):
    assert TERMS.find(typed)[0].key == first


@pytest.mark.parametrize(
    "typed", ["BRUISE tram", "tram bru", "bru tram", "tram  bruïse", " tramline-bruise "]
)
def test_order_case_accents_and_spaces_do_not_matter(typed):
    assert TERMS.find(typed)[0].key == "blunt.bruise_tramline"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("ligture", "neck.ligature_mark"), ("abrassion", "blunt.abrasion"), ("scadl", "burn.scald")],
)
def test_one_slip_is_forgiven(typed, first):
    assert TERMS.find(typed)[0].key == first


def test_two_slips_in_a_word_are_not():
    assert TERMS.find("lgatuer") == []


def test_a_slip_is_not_considered_while_something_fits_exactly():
    index = TypeAhead([("a", "stripe", []), ("b", "strife", [])])
    assert [match.key for match in index.find("stripe")] == ["a"]


def test_short_words_are_taken_as_typed():
    assert TypeAhead([("a", "burn", [])]).find("bern") == []


def test_the_synonym_that_fitted_is_told_and_a_name_is_not():
    index = TypeAhead([("a", "bruise", ["contusion", "haematoma"])])
    assert index.find("haem")[0].synonym == "haematoma"
    assert index.find("bru")[0].synonym == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("head", {"scalp.front", "scalp.top", "scalp.back", "forehead"}),
        ("hand r", {"hand_back.R", "palm.R", "fingers.R"}),
        ("foot l", {"foot_back.L", "sole.L", "toes.L"}),
        ("genitals", {"penis", "vulva", "scrotum", "perineum_anus"}),
        ("left nail", {"fingers.L", "toes.L"}),
        ("belly", {"abdomen.upper", "abdomen.lower"}),
    ],
)
def test_everyday_words_find_all_the_regions_they_may_mean(typed, found):
    assert found <= {match.key for match in REGIONS.find(typed)}


@given(st.sampled_from([region for region in VOCABULARY.regions if region.side]))
def test_left_never_finds_right(region):
    other = {"L": "right", "R": "left"}[region.side]
    wrong = f"{region.name.split(',')[0]} {other}"
    assert region.key not in {match.key for match in REGIONS.find(wrong, EVERYTHING)}


@given(st.sampled_from([term for term in VOCABULARY.terms if not term.retired]), st.data())
def test_every_beginning_of_every_name_and_synonym_finds_its_term(term, data):
    text = data.draw(st.sampled_from([term.name, *term.synonyms]))
    length = data.draw(st.integers(1, len(text)))
    assert term.key in {match.key for match in TERMS.find(text[:length], EVERYTHING)}


@given(st.text(max_size=40))
def test_whatever_is_typed_the_list_is_no_longer_than_asked_and_names_nothing_twice(typed):
    keys = [match.key for match in TERMS.find(typed, limit=7)]
    assert len(keys) == len(set(keys)) <= 7
