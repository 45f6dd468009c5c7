"""What does not fit among the photographs of one person, and what only looks as if it did not."""

from datetime import datetime

import pytest

from reviewer.domain.people.conflicts import ConflictKind, ConflictSubject, find_conflicts
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind
from reviewer.domain.people.photo_conflicts import PhotoForConflicts, SeenMark, find_sides, parse_earliest_day

MORNING, NOON = datetime(2012, 8, 14, 8), datetime(2012, 8, 14, 12)
TRUNK = frozenset({"chest.L", "chest.R", "abdomen.upper"})


def look(name, taken=None, shown=(), **more):
    said = {key: (more.pop(key),) for key in ("stage", "dress") if key in more}
    return PhotoForConflicts(name, taken, description=said, shown=frozenset(shown), **more)


def told(*looks, sex=""):
    stated = (Statement("s", Fact.SEX, sex, "definite", StatementSourceKind.EXAMINER),) if sex else ()
    of = ConflictSubject(
        Individual("i", statements=stated), "A", tuple(each.photo for each in looks), looks=looks
    )
    return find_conflicts([of])


def test_photographs_more_than_two_days_apart():
    (made,) = told(look("x", datetime(2012, 8, 16, 8, 1)), look("y", MORNING), look("z"))
    assert (made.kind, made.photos) == (ConflictKind.DAYS_APART, ("y", "x"))
    assert made.sentence == (
        "The photographs of A lie 2 days apart by the clocks of the cameras: photo 2 on 2012-08-14, "
        "photo 1 on 2012-08-16."
    )
    assert made.is_doubt
    assert told(look("x", MORNING), look("y", datetime(2012, 8, 16, 8))) == []


def test_a_stage_that_goes_backwards_on_a_photo_that_shows_as_much():
    before = look("x", MORNING, TRUNK, stage="advanced")
    (made,) = told(before, look("y", NOON, {*TRUNK, "neck.front"}, stage="fresh"))
    assert made.kind is ConflictKind.BACKWARDS
    assert made.sentence == (
        "The state of A goes backwards: advanced decomposition on photo 1 (2012-08-14 08:00), fresh on photo "
        "2 (2012-08-14 12:00), which shows the same regions."
    )


@pytest.mark.parametrize(
    "after",
    [
        look("y", NOON, {"neck.front"}, stage="fresh"),
        look("y", NOON, TRUNK, stage="skeletal"),
        look("y", NOON, TRUNK, stage="charred"),
        look("y", MORNING, TRUNK, stage="fresh"),
        look("y", None, TRUNK, stage="fresh"),
        look("y", NOON, TRUNK),
    ],
    ids=["close-up", "goes on", "no place in the order", "same moment", "no clock", "not said"],
)
def test_a_stage_that_does_not_go_backwards(after):
    assert told(look("x", MORNING, TRUNK, stage="advanced"), after) == []


def test_dress_that_comes_back():
    (made,) = told(look("x", MORNING, TRUNK, dress="naked"), look("y", NOON, dress="clothed"))
    assert (made.kind, made.photos) == (ConflictKind.DRESSED_AGAIN, ("x", "y"))
    assert told(look("x", MORNING, dress="clothed"), look("y", NOON, TRUNK, dress="naked")) == []
    face = look("x", MORNING, {"nose"}, dress="naked")
    assert told(face, look("y", NOON, dress="clothed")) == [], "naked as far as the face shows"


def test_a_finding_in_a_region_that_the_stated_sex_does_not_have():
    found = look("x", regions=frozenset({"scrotum", "thigh.front.L"}))
    (made,) = told(found, sex="female")
    assert made.kind is ConflictKind.SEX_AND_REGION
    assert made.sentence == "A is stated as female, and a finding on photo 1 lies here: scrotum."
    assert told(found, sex="male") == []
    assert told(found) == []
    assert len(told(look("x", regions=frozenset({"vulva"})), sex="male")) == 1
    assert told(look("x", shown={"scrotum", "penis"}), sex="female") == [], "a view names regions of both"


def marked(name, text, *sides, term="mark.tattoo"):
    return look(name, marks=(SeenMark(term, text, frozenset(sides)),))


def test_one_mark_left_and_right():
    (made,) = told(marked("x", "An anchor", "L"), marked("y", "an  ANCHOR", "R"))
    assert (made.kind, made.photos) == (ConflictKind.OTHER_SIDE, ("x", "y"))
    assert "\u201cAn anchor\u201d of A lies left on photo 1 and right on photo 2" in made.sentence
    assert told(marked("x", "", "L"), marked("y", "", "R")) == [], "two marks, as far as is known"
    assert told(marked("x", "anchor", "L"), marked("y", "rose", "R")) == []
    both = marked("y", "anchor", "L", "R")
    assert told(marked("x", "anchor", "L"), both) == [], "on both sides on one photo"
    assert told(marked("x", "anchor", "L"), marked("y", "anchor")) == []


def test_sides_on_a_photo_that_is_mirrored():
    (made,) = told(look("x", regions=frozenset({"wrist.L/front", "neck.front"}), is_mirrored=True))
    assert made.kind is ConflictKind.OTHER_SIDE
    assert "findings on it lie left: is that the side of the body, or of the picture?" in made.sentence
    assert told(look("x", regions=frozenset({"neck.front"}), is_mirrored=True)) == []
    assert find_sides(["wrist.L/front", "arm.R", "L"]) == {"L", "R"}


@pytest.mark.parametrize(
    ("card", "conflict"),
    [
        ("2012-08-16", True),
        ("2012-08-15", False),
        ("2012-08-1?", False),
        ("2012-08-2?", True),
        ("2012-09", True),
        ("2012", False),
        ("", False),
        ("1433-09-26", False),
    ],
)
def test_a_card_later_than_the_camera(card, conflict):
    made = told(look("x", MORNING, card_date=card))
    assert [each.kind for each in made] == [ConflictKind.CARD_AFTER_CAMERA] * conflict
    assert told(look("x", None, card_date=card)) == []


@pytest.mark.parametrize("written", ["", "????", "2012-13-01", "yesterday"])
def test_what_tells_no_day(written):
    assert parse_earliest_day(written) is None
