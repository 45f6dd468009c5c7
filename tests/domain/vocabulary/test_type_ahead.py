"""A few letters find the Term or the Region that a pathologist means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.vocabulary.type_ahead import (
    GROUPS_TYPED_EXACTLY,
    TypeAhead,
    find_mechanism_typed,
    find_text_meant,
    make_regions_index,
    make_terms_index,
    split_words,
)
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
TERMS, REGIONS = make_terms_index(VOCABULARY), make_regions_index(VOCABULARY)
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
    [("brusie", "blunt.bruise"), ("abrassion", "blunt.abrasion"), ("scadl", "burn.scald")],
)
def test_one_slip_is_forgiven(typed, first):
    assert TERMS.find(typed)[0].key == first


@pytest.mark.parametrize(
    "typed", ["ligture", "peticiae", "ligatrue mark", "gunsot", "bulet", "castraton", "genitl", "throttel"]
)
def test_no_slip_is_forgiven_for_the_neck_the_genitals_and_firearms(typed):
    hits = [VOCABULARY.term(match.key) for match in TERMS.find(typed, EVERYTHING)]
    assert [term.key for term in hits if term.group in GROUPS_TYPED_EXACTLY] == []


@given(st.sampled_from([term for term in VOCABULARY.terms if term.group in GROUPS_TYPED_EXACTLY]), st.data())
def test_a_word_with_another_letter_never_finds_such_a_term_by_that_word(term, data):
    word = data.draw(st.sampled_from([w for text in (term.name, *term.synonyms) for w in split_words(text)]))
    place = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:place] + "q" + word[place + 1 :]
    held = {w[: len(slipped)] for text in (term.name, *term.synonyms) for w in split_words(text)}
    if slipped not in held:
        assert term.key not in {match.key for match in TERMS.find(slipped, EVERYTHING)}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("throat", "neck.other_bruise"),
        ("scratch marks", "blunt.abrasion"),
        ("neck scratches", "neck.scratch"),
        ("grip marks", "blunt.grip"),
        ("finger marks", "blunt.grip"),
        ("plastic", "art.cover"),
        ("bullet hole", "gsw.undetermined"),
        ("gunshot", "gsw.undetermined"),
        ("swollen feet", "nutr.oedema"),
        ("swollen legs", "nutr.oedema"),
        ("rash", "skin.spots"),
        ("maggots", "pm.insects"),
        ("soot", "burn.flame"),
        ("red eye", "eye.conj_haem"),
        ("subconjunctival haemorrhage", "eye.conj_haem"),
        ("autopsy", "pm.autopsy"),
        ("ink", "art.writing_tape"),
        ("livid face", "pm.lividity"),
        ("degloving", "pm.skin_slip"),
        ("hair", "hair.state"),
        ("beard", "hair.state"),
        ("blister", "skin.blister"),
        ("pallor", "skin.pallor"),
        ("frostbite", "cold.injury"),
        ("tongue", "mouth.tongue"),
        ("nosebleed", "head.bleeding"),
        ("bite", "blunt.bite"),
        ("skin fold", "art.fold"),
        ("purpura", "skin.spots"),
        ("jaundice", "skin.yellow"),
        ("faeces", "body.soiled"),
        ("decapitation", "amp.traumatic"),
        ("clothing", "art.cover"),
        ("whip mark", "blunt.stripe"),
        ("tache noire", "pm.eye"),
    ],
)
def test_words_that_led_to_the_wrong_sign_or_to_none(typed, first):
    assert find_mechanism_typed(VOCABULARY, TERMS, typed) is None
    assert TERMS.find(typed)[0].key == first


def test_soot_is_offered_as_a_burn_and_at_a_hole():
    assert [match.key for match in TERMS.find("soot")] == ["burn.flame", "gsw.entrance"]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("hanging", "neck.ligature_mark"),
        ("hang", "neck.ligature_mark"),
        ("hanging mark", "neck.ligature_mark"),
        ("strangulation", "neck.manual"),
        ("Strangulation furrow", "neck.ligature_mark"),
        ("throttling", "neck.manual"),
        ("electrocution", "elec.mark"),
        ("starvation", "nutr.grade"),
        ("starv", "nutr.grade"),
        ("drowning", "asph.foam"),
        ("beating", "blunt.bruise"),
        ("shooting", "gsw.undetermined"),
        ("torture", "restr.mark"),
        ("suspension", "susp.mark"),
    ],
)
def test_a_mechanism_is_no_sign_and_says_what_to_look_for(typed, seen):
    mechanism = find_mechanism_typed(VOCABULARY, TERMS, typed)
    assert seen in mechanism.look_for
    names = [VOCABULARY.term_name(key) for key in mechanism.look_for]
    assert find_text_meant(typed, names) is None


@pytest.mark.parametrize(
    "typed", ["", "b", "bruise", "ligature mark", "suspension mark", "electric", "burn", "shot wound"]
)
def test_what_begins_a_sign_is_no_mechanism(typed):
    assert find_mechanism_typed(VOCABULARY, TERMS, typed) is None


def test_no_word_of_a_mechanism_marks_one_of_the_signs_it_offers():
    for mechanism in VOCABULARY.mechanisms:
        names = [VOCABULARY.term_name(key) for key in mechanism.look_for]
        assert [word for word in mechanism.words if find_text_meant(word, names) is not None] == []


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
