"""The vocabulary that is shipped: read once, and worded so that a term says what is seen."""

import re

from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
CODE_10 = re.compile(r"[A-Z]\d\d(\.\d)?(-\.\d)?$")
CODE_11 = re.compile(r"[0-9A-Z]{4}(\.[0-9A-Z]{1,2})?(-\.\d)?$")


def test_it_is_read_once():
    assert load_vocabulary() is load_vocabulary()


def test_every_code_has_the_form_of_its_classification():
    for term in VOCABULARY.terms:
        assert all(CODE_10.match(code) for code in term.icd10.split("; ") if code), term.key
        assert all(CODE_11.match(code) for code in term.icd11.split("; ") if code), term.key


def test_no_sign_carries_the_code_of_a_deed():
    deeds = ("X", "Y", "PE", "PF", "PJ")
    coded = [c for term in VOCABULARY.terms for c in (*term.icd10.split("; "), *term.icd11.split("; "))]
    assert [code for code in coded if code.startswith(deeds)] == []


def test_definitions_are_sentences_that_name_no_time_and_no_culprit():
    for term in VOCABULARY.terms:
        assert term.definition[0].isupper() and term.definition.endswith("."), term.key
        assert not re.search(r"\bdays?\b|\bhours?\b|\btortur|\bvictim|\bstarv", term.definition), term.key


def test_names_can_stand_inside_a_sentence():
    written_large = {"ECG pad", "Joule burn"}
    names = [term.name for term in VOCABULARY.terms]
    assert {name for name in names if name[0].isupper()} == written_large
    assert len(set(names)) == len(names)


def test_a_synonym_says_something_the_name_does_not():
    for thing in (*VOCABULARY.terms, *VOCABULARY.regions):
        texts = [text.casefold() for text in (thing.name, *thing.synonyms)]
        assert len(set(texts)) == len(texts), thing.key


def test_no_term_is_its_own_look_alike():
    assert [term.key for term in VOCABULARY.terms if term.key in term.consider] == []


def test_genital_and_anal_terms_are_restricted_and_no_others():
    restricted = {term.key for term in VOCABULARY.terms if term.restricted}
    assert restricted == {"gen.injury", "gen.amputation", "anal.injury"}


def test_emaciation_is_graded_by_signs_that_are_counted():
    term = VOCABULARY.term("nutr.grade")
    assert term.name == "emaciation"
    grades = [q for key in term.qualifiers if (q := VOCABULARY.qualifier(key)).name == "grade"]
    assert [choice.key for choice in grades[0].choices] == ["E0", "E1", "E2", "E3", "EX"]


def test_every_side_has_its_other_side():
    keys = {region.key for region in VOCABULARY.regions}
    for region in VOCABULARY.regions:
        if region.side:
            other = f"{region.stem}.{'R' if region.side == 'L' else 'L'}"
            assert other in keys
            assert VOCABULARY.region(other).synonyms == region.synonyms


def test_each_group_of_regions_has_as_many_as_the_reference_counts():
    held = [region.group for region in VOCABULARY.regions if region.group]
    counts = {group.key: held.count(group.key) for group in VOCABULARY.region_groups}
    assert counts == {
        "head": 6,
        "face": 12,
        "neck": 4,
        "chest": 5,
        "abdomen": 4,
        "back": 8,
        "pelvis": 5,
        "arm": 18,
        "leg": 18,
    }
