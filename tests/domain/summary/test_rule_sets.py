"""Sets of photographs and what the rule says of them: the table of docs/rules.md, section 10, by line."""

from pathlib import Path

import pytest

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import SummarySubject, Wasting
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
RULES = SummaryRules(VOCABULARY)
PAGE = Path(__file__).parents[3] / "docs" / "rules.md"
EVERY_LIST = tuple((each.key, VOCABULARY.version) for each in VOCABULARY.lists)
BODY = tuple(sorted(RULES.body.all))
NECK = ("neck.front", "neck.side.L", "neck.side.R", "nape")
DEFINITE, PROBABLE, POSSIBLE = Certainty.DEFINITE, Certainty.PROBABLE, Certainty.POSSIBLE


def places(*regions):
    return tuple(sorted(RULES.body.of_regions(regions)))


FRONT = places("chest.L", "chest.R", "abdomen.upper", "thigh.front.L", "thigh.front.R")
WRISTS = places("wrist.L", "wrist.R")


def seen(term, *regions, sure=PROBABLE, stated=True, **more):
    """A finding that is present, its certainty stated unless said otherwise."""
    qualifiers = tuple(sorted((key, (value,)) for key, value in more.pop("said", {}).items()))
    id_ = f"{term} {regions} {sure}"
    return Finding(
        id_,
        term,
        "2.0.0",
        certainty=sure,
        certainty_stated=stated,
        regions=regions,
        qualifiers=qualifiers,
        **more,
    )


def absent(term, *regions, **more):
    return seen(term, *regions, answer=FindingAnswer.ABSENT, **more)


def photo(name, *findings, shows=(), limited=(), state=ReadingState.COMPLETE, lists=(), described=(), **more):
    """The reading of one photograph; `lists` are gone through, `described` are (key, value) pairs."""
    coverage = [*((place, "assessable") for place in shows), *((place, "limited") for place in limited)]
    return Reading(
        more.pop("examiner", "okoye"),
        name,
        state=state,
        findings=findings,
        coverage=tuple(sorted(coverage)),
        looked_for=tuple(sorted(lists)),
        description=tuple((key, (value,)) for key, value in described),
        **more,
    )


def nothing_visible(name, shows, lists=EVERY_LIST, **more):
    return photo(name, shows=shows, lists=lists, conclusion=Conclusion.NOTHING_VISIBLE, **more)


def one(*readings, photos="", **more):
    """A person with these photographs; those in `photos` that have no reading are unread."""
    names = tuple(dict.fromkeys([*(each.photo for each in readings), *photos]))
    return readings, SummarySubject(names, **more)


MARK, BRUISE, TRAMLINE = "neck.ligature_mark", "blunt.bruise", "blunt.bruise_tramline"
WASTING, WRIST, RESTRAINT = "nutr.grade", "restr.wrist", "restr.mark"
SCALD, BURN, LIVIDITY, IMPRINT = "burn.scald", "burn.unspecified", "pm.lividity", "art.clothing_imprint"
RESIDUAL = "nonspecific.lesion"
MANUAL = "neck.manual"

SETS = {
    "A": one(photo("a", seen(BRUISE, "chest.L"), shows=FRONT)),
    "B": one(photo("a", seen(BRUISE, "chest.L"), shows=BODY, lists=EVERY_LIST), photos="bcd"),
    "C": one(photo("a", seen(TRAMLINE, "upper_back.L", sure=DEFINITE), shows=BODY, lists=EVERY_LIST)),
    "D": one(photo("a", seen(WRIST, "wrist.L", sure=DEFINITE), shows=BODY, lists=EVERY_LIST)),
    "E": one(nothing_visible("a", places("hand_back.L", "hand_back.R", "toes.L", "toes.R"))),
    "F": one(
        photo("a", seen(MARK, "neck.front"), shows=NECK),
        photo("b", seen(RESIDUAL, "neck.front"), seen(IMPRINT, "neck.front", sure=DEFINITE), shows=NECK),
    ),
    "G": one(
        photo("a", seen(MARK, "neck.front"), shows=NECK),
        photo("b", seen(LIVIDITY, "neck.front", sure=DEFINITE), shows=NECK),
    ),
    "H": one(photo("a", seen(MARK, stated=False), state=ReadingState.SET_ASIDE)),
    "H open": one(photo("a", seen(MARK, stated=False), state=ReadingState.OPEN)),
    "I": one(photo("a", absent(WASTING), shows=places("forehead", "cheek.L", "cheek.R", "chin_jaw"))),
    "I old": one(
        photo("a", seen(WASTING, "generalised", said={"grade_e": "E0"}), shows=places("forehead", "nose"))
    ),
    "J": one(photo("a", seen(WASTING, "chest.L", said={"grade_e": "E1"}), shows=FRONT)),
    "K": one(
        nothing_visible("a", BODY, described=(("stage", "advanced"),)),
    ),
    "L": one(photo("a", absent("blunt.mouth"), shows=places("lips"))),
    "M": one(nothing_visible("a", places("eye_lids_orbit.L", "eye_lids_orbit.R", "eyeball.L", "eyeball.R"))),
    "N": one(nothing_visible("a", BODY)),
    "O": one(nothing_visible("a", places("neck.front", "neck.side.L", "neck.side.R"))),
    "P": one(photo("a", absent("gen.amputation"), shows=places("vulva", "perineum_anus")), sex="female"),
    "P unstated": one(photo("a", absent("gen.amputation"), shows=places("vulva", "perineum_anus"))),
    "Q": one(
        nothing_visible(
            "a",
            tuple(
                place
                for place in BODY
                if not place.startswith(("eyeball", "teeth", "mouth_inside", "tongue", "lids_inner", "vulva"))
            ),
        ),
        sex="male",
    ),
    "R": one(photo("a", seen(BRUISE, "chest.L", seen_as_is=False), shows=FRONT)),
    "S1": one(nothing_visible("a", NECK)),
    "S2": one(nothing_visible("a", NECK, lists=())),
    "S3": one(photo("a", absent(MARK, *NECK), shows=NECK)),
    "S4": one(photo("a", seen(MARK, "neck.front", stated=False), shows=NECK)),
    "S5": one(photo("a", seen(MARK), shows=NECK)),
    "S6": one(photo("a", seen(BRUISE, "chest.L", said={"vitality": "post"}), shows=FRONT)),
    "S7": one(
        photo("a", seen(BRUISE, "chest.L"), shows=FRONT), nothing_visible("b", places("chest.L"), lists=())
    ),
    "S8": one(
        photo("a", seen(BRUISE, "chest.L"), shows=FRONT),
        photo("b", seen(SCALD, "thigh.front.L"), shows=FRONT, lists=EVERY_LIST),
    ),
    "S9": one(
        photo("a", seen(BRUISE, "chest.L"), shows=FRONT),
        photo("b", seen(BRUISE, "chest.L"), shows=FRONT, lists=EVERY_LIST),
    ),
    "S10": one(
        photo("a", seen(BRUISE, "chest.L", copied_from="b"), shows=FRONT),
        photo("b", seen(BRUISE, "chest.L"), shows=FRONT),
    ),
    "S11": one(
        nothing_visible("a", places("neck.front")),
        nothing_visible("b", places("neck.side.L", "neck.side.R", "nape")),
    ),
    "S12": one(nothing_visible("a", NECK), photos="b", not_for_reading=frozenset("b")),
    "S26": one(photo("a", seen(MARK, "neck.front"), shows=NECK), not_for_reading=frozenset("a")),
    "S27": one(
        photo("a", seen(MARK, "neck.front"), shows=NECK),
        nothing_visible("b", NECK),
        not_for_reading=frozenset("b"),
    ),
    "S13": one(nothing_visible("a", NECK), photos="b", alike={"a": "a", "b": "a"}),
    "S14": one(photo("a", absent(WRIST, "wrist.L", "wrist.R"), shows=("wrist.L/front", "wrist.R/front"))),
    "S15": one(nothing_visible("a", WRISTS)),
    "S16": one(
        photo("a", seen(WASTING, "chest.L", said={"wasting": "extreme"}), shows=FRONT),
        photo(
            "b",
            seen(WASTING, "upper_arm.L", said={"wasting": "extreme"}),
            shows=places("upper_arm.L", "upper_arm.R"),
        ),
    ),
    "S17": one(photo("a", seen(WASTING, "chest.L", said={"wasting": "extreme"}), shows=FRONT)),
    "S18": one(photo("a", seen(MARK, "neck.front", sure=POSSIBLE), shows=NECK, lists=EVERY_LIST)),
    "S19": one(
        photo("a", seen(MARK, "neck.front"), shows=NECK),
        nothing_visible("b", NECK, examiner="hansen"),
    ),
    "S20": one(photo("a", seen(BRUISE, "chest.L"), shows=BODY, lists=EVERY_LIST)),
    "S21": one(nothing_visible("a", NECK, lists=tuple((key, "1.0.0") for key, _version in EVERY_LIST))),
    "S23": one(
        photo("a", seen(WASTING, "generalised", said={"wasting": "wasting"}), shows=BODY),
        photo("b", shows=places("chest.L", "chest.R"), lists=EVERY_LIST),
    ),
    "S24": one(
        photo("a", seen(WASTING, "generalised", said={"wasting": "wasting"}), shows=BODY),
        photo("b", shows=BODY, lists=EVERY_LIST),
    ),
    "S25": one(
        photo("a", seen(RESIDUAL, "shin.L"), shows=FRONT), photo("b", seen(RESIDUAL, "shin.L"), shows=FRONT)
    ),
    "S22": one(
        photo("a", seen(BRUISE, "chest.L"), absent(TRAMLINE), shows=BODY, lists=EVERY_LIST), sex="male"
    ),
}


def rows_of_the_page():
    """(set, sign, result) of each line of the table."""
    text = PAGE.read_text(encoding="utf-8").partition("## 10. ")[2].partition("## 11. ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    for line in lines:
        key, _what, results, _why = (cell.strip() for cell in line.strip("|").split("|"))
        for each in results.split("; "):
            sign, result = each.split(": ")
            yield key, sign, result


KEYS = {term.name: term.key for term in VOCABULARY.terms}


@pytest.mark.parametrize(("key", "sign", "result"), list(rows_of_the_page()))
def test_a_line_of_the_table(key, sign, result):
    readings, person = SETS[key]
    summary = RULES.summary(readings, person)
    if sign == "nutrition":
        assert str(summary.nutrition.wasting) == result
    else:
        assert str(summary.of(KEYS[sign]).result) == result


def test_every_set_stands_on_the_page():
    assert {key for key, _sign, _result in rows_of_the_page()} == set(SETS)
    assert len(SETS) >= 38


def test_what_was_copied_adds_no_photograph():
    readings, person = SETS["S10"]
    assert RULES.summary(readings, person).of(BRUISE).pictures == 1


def test_an_absence_names_the_lists_it_rests_on():
    readings, person = SETS["S1"]
    words = RULES.summary(readings, person).of(MARK).in_words(VOCABULARY)
    assert words.startswith("ligature mark: looked for and not seen, neck (all) (1 photograph; list: ")


@pytest.mark.parametrize("key", ["S16", "S17"])
def test_wasting_names_the_photographs_that_carry_it(key):
    readings, person = SETS[key]
    nutrition = RULES.summary(readings, person).nutrition
    assert nutrition.wasting is not Wasting.CANNOT_TELL
    assert nutrition.photos == tuple(each.photo for each in readings)
