"""The vocabulary that is shipped: read once, and worded so that a term says what is seen."""

import re
import tomllib
from pathlib import Path

import pytest

from reviewer.services.vocabulary.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
TITLES = tomllib.loads(
    (Path(__file__).parents[2] / "support" / "icd_titles.toml").read_text(encoding="utf-8")
)


def test_it_is_read_once():
    assert load_vocabulary() is load_vocabulary()


def faults_of(codes, table):
    """What is wrong with the codes of a Term, held against the table of the WHO."""
    for code in codes.split("; ") if codes else ():
        if code not in table:
            yield f"{code} is not in the table"
        elif table[code]["under"]:
            yield f"{code} is a category with {table[code]['under']} codes below it"


def test_every_code_is_one_of_the_who_with_none_below_it():
    for term in VOCABULARY.terms:
        assert [*faults_of(term.icd10, TITLES["icd10"]), *faults_of(term.icd11, TITLES["icd11"])] == [], (
            term.key
        )


@pytest.mark.parametrize("code", ["T30", "R60", "L89", "B85", "L89.0-.3", "T14.0;T14.1"])
def test_a_range_a_category_and_a_word_are_no_codes(code):
    assert list(faults_of(code, TITLES["icd10"]))


def test_the_table_holds_no_code_that_no_term_needs():
    used = {c for term in VOCABULARY.terms for c in (*term.icd10.split("; "), *term.icd11.split("; "))}
    refused = {"T30", "R60", "L89", "B85", "S05.7", "1G00", "EH90", "NA09.1"}
    assert {*TITLES["icd10"], *TITLES["icd11"]} == (used - {""}) | refused


@pytest.mark.parametrize(
    "key", ["nutr.grade", "elec.mark", "eye.absent", "burn.cigarette", "susp.mark", "tooth.loss"]
)
def test_a_sign_whose_code_would_name_a_cause_has_none(key):
    term = VOCABULARY.term(key)
    assert (term.icd10, term.icd11) == ("", "")


def test_no_sign_carries_the_code_of_a_deed():
    deeds = ("X", "Y", "PE", "PF", "PJ")
    coded = [c for term in VOCABULARY.terms for c in (*term.icd10.split("; "), *term.icd11.split("; "))]
    assert [code for code in coded if code.startswith(deeds)] == []


def test_definitions_are_sentences_that_name_no_time_and_no_culprit():
    for term in VOCABULARY.terms:
        assert term.definition[0].isupper() and term.definition.endswith("."), term.key
        assert not re.search(r"\bdays?\b|\bhours?\b|\btortur|\bvictim|\bstarv", term.definition), term.key


def test_names_can_stand_inside_a_sentence():
    written_large = {"ECG pad"}
    names = [term.name for term in VOCABULARY.terms]
    assert {name for name in names if name[0].isupper()} == written_large
    assert len(set(names)) == len(names)


def test_a_synonym_says_something_the_name_does_not():
    for thing in (*VOCABULARY.terms, *VOCABULARY.regions):
        texts = [text.casefold() for text in (thing.name, *thing.synonyms)]
        assert len(set(texts)) == len(texts), thing.key


def test_no_term_is_its_own_look_alike():
    assert [term.key for term in VOCABULARY.terms if term.key in term.consider] == []


def test_wasting_is_said_in_three_words_and_earlier_grades_stay_readable():
    term = VOCABULARY.term("nutr.grade")
    assert (term.name, term.whole_body) == ("wasting", True)
    assert "grade_e" not in term.qualifiers
    assert [choice.key for choice in VOCABULARY.qualifier("grade_e").choices] == [
        "E0",
        "E1",
        "E2",
        "E3",
        "EX",
    ]


NEVER = [
    "asph.petechiae",
    "elec.mark",
    "elec.spiral_or_grouped",
    "falanga.sole",
    "susp.mark",
    "blunt.fracture_deformity",
    "blunt.dislocation",
    "neck.manual",
    "gen.injury",
    "anal.injury",
    "nutr.dehydration",
]


def test_what_a_photograph_can_never_exclude():
    assert [key for key in NEVER if not VOCABULARY.term(key).never_absent] == []


@pytest.mark.parametrize(
    ("key", "needs"),
    [
        ("restr.wrist", {"wrist/front", "wrist/back"}),
        ("neck.ligature_mark", {"neck.front", "neck.side", "nape"}),
        ("blunt.mouth", {"lips", "mouth_inside"}),
    ],
)
def test_absence_needs_every_aspect_of_its_place(key, needs):
    assert set(VOCABULARY.term(key).absence_needs) == needs


def test_what_is_in_place_needs_the_head_too():
    assert {"eye_lids_orbit", "lips"} <= set(VOCABULARY.term("restr.insitu").absence_needs)


@pytest.mark.parametrize(
    ("parent", "kinds"),
    [
        ("blunt.bruise", {"blunt.bruise_tramline", "blunt.stripe", "blunt.periorbital"}),
        ("restr.mark", {"restr.wrist", "restr.ankle", "susp.mark"}),
        ("burn.unspecified", {"burn.cigarette", "burn.flame", "burn.scald", "burn.contact", "burn.drip"}),
        ("gsw.undetermined", {"gsw.entrance", "gsw.exit"}),
    ],
)
def test_kinds_of_a_sign(parent, kinds):
    assert kinds <= {term.key for term in VOCABULARY.terms if term.kind_of == parent}


def test_medical_terms_say_that_they_show_no_care():
    medical = [term for term in VOCABULARY.terms if term.group == "medical"]
    for term in medical:
        assert "not show when" in term.definition and "care was given" not in term.definition, term.key
    cannula = VOCABULARY.term("med.cannula").definition
    assert cannula.endswith(
        "It is an object of medical use on the body. It does not show when, by whom or why it was put there."
    )


@pytest.mark.parametrize("key", ["neck.ligature_mark", "blunt.bruise", "elec.mark", "gsw.undetermined"])
def test_the_names_that_stay_say_what_they_do_not_prove(key):
    assert "prove" in VOCABULARY.term(key).definition


MECHANISMS = r"strangul|throttl|suspension|cigarette|gunshot (en|ex)|scald|flame|electrocut|starv|restraint"


def test_no_other_name_is_a_mechanism():
    assert [
        term.key for term in VOCABULARY.terms if not term.retired and re.search(MECHANISMS, term.name)
    ] == []


def test_headings_count_no_change_after_death_no_artefact_no_object_and_no_old_mark():
    other = {"postmortem", "artefact", "medical", "old", "condition", "residual"}
    for heading in VOCABULARY.roll_ups:
        counted = {
            term.group
            for term in VOCABULARY.terms
            if term.key not in heading.but
            and (term.key in heading.terms or {term.group, *term.groups} & set(heading.groups))
        }
        assert counted and not counted & other, heading.key


def test_every_side_has_its_other_side():
    keys = {region.key for region in VOCABULARY.regions}
    for region in VOCABULARY.regions:
        if region.side:
            other = f"{region.stem}.{'R' if region.side == 'L' else 'L'}"
            assert other in keys
            assert VOCABULARY.region(other).synonyms == region.synonyms


def test_each_group_of_regions_has_as_many_as_the_reference_counts():
    held = [region.group for region in VOCABULARY.body]
    counts = {group.key: held.count(group.key) for group in VOCABULARY.region_groups}
    assert counts == {
        "head": 10,
        "face": 16,
        "neck": 4,
        "chest": 5,
        "abdomen": 4,
        "back": 6,
        "pelvis": 10,
        "arm": 20,
        "leg": 24,
    }


def test_the_page_on_the_vocabulary_says_what_was_done_with_every_new_term():
    page = (Path(__file__).parents[3] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    before = VOCABULARY.earlier[-1].terms
    assert [t.key for t in VOCABULARY.terms if t.key not in before and f"`{t.key}`" not in page] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eye.conj_haem", "asph.petechiae"),
        ("blunt.stripe", "blunt.bruise_tramline"),
        ("neck.scratch", "neck.manual"),
        ("med.surgical", "med.suture"),
    ],
)
def test_signs_that_come_together_are_no_look_alikes(one, other):
    assert other not in VOCABULARY.term(one).consider


def test_no_kind_looks_like_what_it_is_a_kind_of():
    assert [term.key for term in VOCABULARY.terms if term.kind_of and term.kind_of in term.consider] == []


def test_look_alikes_that_were_excluded_have_names_and_so_have_the_values_of_before():
    excluded = VOCABULARY.qualifier("excluded")
    assert excluded.value_name("pm.predation") == "animal or insect damage"
    assert excluded.value_name("collapse") == "post-mortem collapse"
    assert excluded.list_offered() == ()
