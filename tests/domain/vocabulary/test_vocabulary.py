"""The vocabulary is what the forensic reference asks for, and contradictions are named."""

# ruff: noqa: E501 (wording is pinned as it stands)

import copy
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.vocabulary.check import check_vocabulary
from reviewer.domain.vocabulary.type_ahead import make_coverage_index, make_regions_index, make_terms_index
from reviewer.domain.vocabulary.vocabulary import VocabularyError, vocabulary_from_toml
from tests.support.vocabulary import VOCABULARY_FILES, load_vocabulary

FILES = {
    name: tomllib.loads((VOCABULARY_FILES / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("terms", "regions", "scales", "views", "lists", "description")
}
VOCABULARY = load_vocabulary()
TERMS, REGIONS = make_terms_index(VOCABULARY), make_regions_index(VOCABULARY)


def test_the_size_of_the_vocabulary():
    assert 85 <= len([term for term in VOCABULARY.terms if not term.retired]) <= 150
    assert len(VOCABULARY.body) == 99
    assert [region.key for region in VOCABULARY.regions if region.retired] == ["penis_vulva"]
    assert len([region for region in VOCABULARY.regions if region.pseudo]) == 3
    assert len(VOCABULARY.region_groups) == 9


def test_the_default_quick_tags():
    names = [VOCABULARY.term_name(key) for key in VOCABULARY.quick_tags]
    assert names == [
        "ligature mark",
        "bruise",
        "electrical mark",
        "abrasion",
        "linear bruise",
        "burn-like lesion",
        "wasting",
        "post-mortem change or artefact",
        "non-specific lesion",
    ]


def test_the_wording_of_the_istanbul_protocol_is_exact():
    assert [(degree.name, degree.wording) for degree in VOCABULARY.degrees] == [
        (
            "not consistent with",
            "the finding could not have been caused by the alleged torture or ill-treatment",
        ),
        (
            "consistent with",
            "the finding could have been caused by the alleged torture or ill-treatment, but it is non-specific "
            "and there are many other possible causes",
        ),
        (
            "highly consistent with",
            "the finding could have been caused by the alleged torture or ill-treatment and there are few other "
            "possible causes",
        ),
        (
            "typical of",
            "the finding is usually observed with this type of alleged torture or ill-treatment, but there are "
            "other possible causes",
        ),
        ("diagnostic of", "the finding could not have been caused in any way other than that described"),
    ]


def test_no_term_offers_the_age_of_a_bruise_in_days():
    bruises = [term for term in VOCABULARY.terms if "blunt.bruise" in {term.key, term.kind_of}]
    assert len(bruises) > 5
    assert not {"age", "healing"} & {each for term in bruises for each in term.qualifiers}
    assert [choice.name for choice in VOCABULARY.qualifier("healing").choices] == [
        "no sign of healing seen",
        "crust seen",
        "granulation or pus seen",
        "healed scar",
        "cannot tell",
    ]


def test_what_is_no_longer_asked_stays_readable():
    asked = {each for term in VOCABULARY.terms for each in term.qualifiers}
    for key in ("age", "swelling", "blanched", "contact_object", "current_side", "grade_e", "stage"):
        assert key not in asked
        assert VOCABULARY.qualifier(key).choices
    wasting = VOCABULARY.qualifier("wasting")
    assert [choice.name for choice in wasting.list_offered()] == [
        "no wasting visible",
        "wasting visible",
        "extreme wasting visible",
        "cannot tell",
    ]
    assert wasting.value_name("ribs") == "ribs with intercostal hollows"


def test_life_is_not_offered_of_a_ligature_mark():
    vitality = VOCABULARY.qualifier("vitality")
    assert [choice.key for choice in vitality.list_offered("neck.ligature_mark")] == ["unknown", "post"]
    assert [choice.key for choice in vitality.list_offered("blunt.bruise")] == ["unknown", "ante", "post"]


def view(files, key):
    return next(each for each in files["views"]["view"] if each["key"] == key)


ASKS = {**FILES["terms"]["term"][0], "key": "asks", "qualifiers": ["excluded"], "consider": []}


def spoilt(change):
    files = copy.deepcopy(FILES)
    change(files)
    versions = tuple(files[name]["version"] for name in ("terms", "regions", "scales"))
    check_vocabulary(vocabulary_from_toml(**files), versions)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda f: f["terms"]["term"].append(f["terms"]["term"][0]), "stands 2 times"),
        (lambda f: f["terms"]["term"][0].update(group="x"), "no group x"),
        (lambda f: f["terms"]["term"].append(ASKS), "look-alikes were excluded, and has none"),
        (lambda f: f["terms"]["term"][0].update(definition=" "), "needs a name and a definition"),
        (lambda f: f["terms"]["term"][0].update(qualifiers=["x"]), "no qualifier x"),
        (lambda f: f["terms"]["term"][0].update(consider=["x.y"]), "no term x.y"),
        (lambda f: f["terms"]["term"][0].update(consider=["skin fold"]), "no term skin fold"),
        (
            lambda f: f["terms"]["term"][0]["consider"].append(f["terms"]["term"][0]["key"]),
            "its own look-alike",
        ),
        (
            lambda f: f["terms"]["term"][0].update(consider=[]),
            "does not name blunt.abrasion|which does not name",
        ),
        (lambda f: f["terms"]["term"][0].update(groups=["x"]), "no group x"),
        (lambda f: f["terms"]["term"][0].update(groups=["blunt"]), "its group already"),
        (lambda f: f["terms"]["term"][0].update(kind_of="x"), "no term x"),
        (lambda f: f["terms"]["term"][0].update(kind_of="neck.scratch"), "a kind of itself"),
        (
            lambda f: f["terms"]["term"][0].update(kind_of="sharp.surgical_like"),
            "no term sharp.surgical_like",
        ),
        (lambda f: f["terms"]["term"][0].update(absence_needs=["wrist"]), "no region or aspect wrist"),
        (
            lambda f: f["terms"]["term"][0].update(absence_needs=["penis_vulva"]),
            "no region or aspect penis_vulva",
        ),
        (lambda f: f["terms"]["term"][0].update(absence_needs=["nape"], never_absent=True), "never absent"),
        (lambda f: f["terms"]["term"][0].update(absence_needs_of_women=["vulva"]), "takes the place"),
        (lambda f: f["terms"]["term"][0].update(told_by=["smell"]), "told by smell"),
        (lambda f: f["terms"]["term"][0].update(hides=["smell"]), "told by smell"),
        (lambda f: f["terms"]["qualifier"][2]["choices"][0].update(not_of=["x"]), "no term x"),
        (lambda f: f["terms"]["mechanism"][0]["look_for"].append("x"), "no term x"),
        (lambda f: f["terms"]["mechanism"][0].update(look_for=["blunt.bruise"]), "one sign is no choice"),
        (lambda f: f["terms"]["mechanism"][0]["words"].append("bruise"), "a mechanism and the name"),
        (lambda f: f["terms"]["mechanism"][0]["words"].append("beating"), "stands 2 times"),
        (lambda f: f["lists"]["list"][0]["terms"].append("x"), "no term x"),
        (lambda f: f["lists"]["list"][0]["regions"].append("x"), "no region x"),
        (lambda f: f["lists"]["list"][0]["terms"].append("asph.petechiae"), "never excludes asph.petechiae"),
        (lambda f: f["lists"]["list"].append(f["lists"]["list"][0]), "stands 2 times"),
        (lambda f: f["lists"]["roll_up"][0]["groups"].append("x"), "no group x"),
        (lambda f: f["lists"]["roll_up"][0]["but"].append("x"), "no term x"),
        (lambda f: f["terms"]["term"][0].update(usual_regions=["x"]), "no region x"),
        (lambda f: f["terms"]["qualifier"][0].update(kind="x"), "no kind"),
        (lambda f: f["terms"]["qualifier"][0].update(choices=[]), "has no choices"),
        (lambda f: f["regions"]["group"].pop(), "8 groups"),
        (lambda f: f["regions"]["region"][0].update(group="x"), "no group x"),
        (lambda f: f["regions"]["region"][0].update(group=""), "every region of the body has a group"),
        (lambda f: f["regions"]["region"][0].update(side="L"), "side does not fit"),
        (lambda f: f["regions"]["region"][-1].update(aspects=["x"]), "no aspect x"),
        (lambda f: f["regions"]["region"][-1].update(sex="x"), "no sex x"),
        (lambda f: f["regions"]["region"][-1].update(sides=["x"]), "no aspect of a finding x"),
        (lambda f: view(f, "soles").update(regions=["x"]), "no region to be shown x"),
        (lambda f: view(f, "soles").update(regions=["wrist.L"]), "no region to be shown wrist.L"),
        (
            lambda f: view(f, "genitals.male").update(regions=["penis_vulva"]),
            "no region to be shown penis_vulva",
        ),
        (lambda f: view(f, "soles").update(regions=["nose", "nose"]), "shows a region twice"),
        (lambda f: view(f, "front").update(regions=["nose"]), "its bands are not what it shows"),
        (lambda f: view(f, "soles").update(regions=[]), "shows nothing"),
        (lambda f: f["scales"]["answer"].pop(), "scale"),
        (lambda f: f["scales"]["quick_tags"].pop(), "8 quick tags"),
        (lambda f: f["scales"].update(version="9"), "different versions"),
        (lambda f: f["description"]["described"].append(f["description"]["described"][0]), "stands 2 times"),
        (lambda f: f["description"]["described"][0].update(kind="text"), "no kind of description"),
        (lambda f: f["description"]["described"][0].update(group="x"), "stage: there is no group x"),
        (lambda f: f["description"]["described"][0].update(letter="S"), "'S' instead of one of a to z"),
        (lambda f: f["description"]["described"][1].update(letter="s"), "letter s stands 2 times"),
        (lambda f: f["description"]["described"][0]["choices"][2].update(hides=["smell"]), "named smell"),
        (lambda f: f["description"]["described"][0].update(choices=[]), "two to nine different choices"),
    ],
)
def test_each_contradiction_is_named(change, named):
    with pytest.raises(VocabularyError, match=named):
        spoilt(change)


def test_a_key_no_longer_known_is_shown_as_it_is():
    assert VOCABULARY.term_name("old.term") == "old.term"
    assert VOCABULARY.region_name("old.region") == "old.region"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tram", "tramline bruise"),
        ("lig", "ligature mark"),
        ("hematoma", "bruise"),
        ("brusie", "bruise"),
        ("elec", "electrical mark"),
    ],
)
def test_terms_by_a_few_letters(typed, first):
    assert TERMS.find(typed)[0].name == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("neck l", "neck.side.L"),
        ("l wrist", "wrist.L"),
        ("armpit r", "axilla.R"),
        ("neck f", "neck.front"),
        ("heel l", "heel.L"),
        ("popliteal r", "popliteal.R"),
        ("gums", "mouth_inside"),
        ("tongue", "tongue"),
        ("trochanter l", "hip.L"),
        ("achilles r", "heel.R"),
        ("loin", "lower_back"),
        ("mastoid l", "mastoid.L"),
        ("chest l", "chest.L"),
    ],
)
def test_regions_by_a_few_letters(typed, first):
    assert REGIONS.find(typed)[0].key == first


@given(st.sampled_from([term for term in VOCABULARY.terms if not term.retired]), st.integers(3, 40))
def test_any_beginning_of_a_name_finds_its_term(term, length):
    assert term.key in {match.key for match in TERMS.find(term.name[:length], limit=100)}


def test_what_is_usual_for_a_term_is_offered_first():
    found = REGIONS.find("", limit=3, prefer=["wrist.L", "wrist.R"])
    assert [match.key for match in found[:2]] == ["wrist.L", "wrist.R"]


def test_versions_are_part_of_the_vocabulary():
    assert replace(VOCABULARY, version="2").version == "2"


def test_what_is_retired_is_read_and_not_offered():
    assert VOCABULARY.region_name("penis_vulva") == "penis or vulva"
    assert "penis_vulva" not in {match.key for match in REGIONS.find("penis", limit=100)}


def test_a_side_of_a_region_is_named_and_found_by_its_own():
    index = make_coverage_index(VOCABULARY)
    assert VOCABULARY.region_name("fingers.L/palm") == "fingers, left (palm side)"
    assert VOCABULARY.region_name("wrist.R/back") == "wrist, right (back)"
    assert index.find("wrist l back")[0].key == "wrist.L/back"
    assert index.find("wrist left")[0].key == "wrist.L"
    assert index.find("toenail right under")[0].key == "toes.R/under"


@pytest.mark.parametrize(
    ("regions", "side", "fits"),
    [
        (["thigh.front.L"], "back", False),
        (["thigh.front.L"], "inner", True),
        (["calf.R"], "front", False),
        (["wrist.L"], "back", True),
        (["chest.L"], "back", False),
        (["chest.L", "wrist.L"], "back", True),
        ([], "back", True),
        (["generalised"], "back", True),
    ],
)
def test_the_aspect_of_a_finding_is_one_that_its_region_has(regions, side, fits):
    assert VOCABULARY.has_side(regions, side) == fits
