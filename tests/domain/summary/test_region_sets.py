"""Regions, parts of the body and decisions: the table of docs/rules.md, section 11, by line."""

import pytest

from reviewer.domain.summary.headings import (
    NO_FINDING_OF_A_REGION,
    compute_body_part_result,
    compute_region_results,
)
from reviewer.domain.summary.summary import TermDecision, TermResult
from tests.domain.summary.test_rule_sets import (
    BODY,
    BRUISE,
    DEFINITE,
    EVERY_LIST,
    KEYS,
    NECK,
    PAGE,
    POSSIBLE,
    RULES,
    VOCABULARY,
    absent,
    nothing_visible,
    one,
    photo,
    places,
    seen,
)

FINDINGS = frozenset(t.key for t in VOCABULARY.terms if t.group not in NO_FINDING_OF_A_REGION)
REGIONS = {region.name: region.key for region in VOCABULARY.regions}
PARTS = {group.name: group.key for group in VOCABULARY.region_groups}
NECK_ONLY = tuple(each for each in EVERY_LIST if each[0] == "neck")
BODY_ONLY = tuple(each for each in EVERY_LIST if each[0] == "body")
IN = " in the part "
CHEST = places("chest.L", "chest.R")


def bruise(*regions, **more):
    return one(photo("a", seen(BRUISE, *regions, **more), shows=BODY, lists=EVERY_LIST), sex="male")


DISPUTED = (photo("a", seen(BRUISE, "chest.L"), shows=CHEST), nothing_visible("b", CHEST))
SETS = {
    "R1": bruise("chest.L"),
    "R2": bruise("generalised"),
    "R3": bruise(),
    "R4": bruise("multiple.nos"),
    "R5": one(photo("a", seen("mark.tattoo", "chest.L", sure=DEFINITE), shows=BODY, lists=EVERY_LIST)),
    "R6": bruise("chest.L", sure=POSSIBLE),
    "R7": bruise("chest.L", said={"vitality": "post"}),
    "R8": one(*DISPUTED),
    "R9": one(*DISPUTED),
    "R10": one(*DISPUTED),
    "R11": one(*DISPUTED),
    "R12": one(*DISPUTED, photo("c", seen(BRUISE, "abdomen.upper"), shows=places("abdomen.upper"))),
    "R13": one(photo("a", shows=BODY), sex="male"),
    "R14": one(photo("a", shows=CHEST, lists=NECK_ONLY)),
    "R15": one(nothing_visible("a", ("wrist.L/front", "wrist.R/front"))),
    "R16": one(nothing_visible("a", NECK), photos="b"),
    "R17": one(photo("a", absent("elec.mark"), shows=BODY, lists=EVERY_LIST), sex="male"),
    "R18": one(
        photo("a", seen(BRUISE, "chest.L"), shows=CHEST),
        nothing_visible("b", BODY),
        not_for_reading=frozenset("a"),
        sex="male",
    ),
    "R19": one(nothing_visible("a", BODY), not_for_reading=frozenset("a"), sex="male"),
    "R20": one(nothing_visible("a", BODY), sex="male"),
    "R21": one(photo("a", shows=BODY, lists=BODY_ONLY), sex="male"),
    "R22": one(photo("a", shows=CHEST, lists=NECK_ONLY), nothing_visible("b", CHEST)),
}
DECIDED = {
    "R9": (TermResult.ABSENT, "ab"),
    "R10": (TermResult.PRESENT, "ab"),
    "R11": (TermResult.ABSENT, "a"),
    "R12": (TermResult.ABSENT, "ab"),
}


def rows_of_the_page():
    """(set, of what, result) of each line of the table."""
    text = PAGE.read_text(encoding="utf-8").partition("## 11. ")[2]
    for line in [each for each in text.splitlines() if each.startswith("|")][2:]:
        key, _what, results, _why = (cell.strip() for cell in line.strip("|").split("|"))
        for each in results.split("; "):
            of, result = each.split(": ")
            yield key, of, result


@pytest.mark.parametrize(("key", "of", "result"), list(rows_of_the_page()))
def test_a_line_of_the_table(key, of, result):
    readings, person = SETS[key]
    decisions = {}
    if key in DECIDED:
        decided, photos = DECIDED[key]
        decisions[BRUISE] = TermDecision("okoye", decided, "seen better there", tuple(photos), "1")
    summary = RULES.summary(readings, person, decisions=decisions)
    if of in REGIONS:
        region = REGIONS[of]
        assert str(compute_region_results(summary, [region], FINDINGS, RULES.body)[region]) == result
    elif IN in of:
        term, part = KEYS[of.partition(IN)[0]], PARTS[of.partition(IN)[2]]
        regions = [each.key for each in VOCABULARY.regions if each.group == part and not each.retired]
        needed = RULES.find_needed(term, person.sex)
        assert str(compute_body_part_result(summary, summary.of(term), regions, needed, RULES.body)) == result
    else:
        assert str(summary.of(KEYS[of]).result) == result


def test_every_set_stands_on_the_page():
    assert {key for key, _of, _result in rows_of_the_page()} == set(SETS)
