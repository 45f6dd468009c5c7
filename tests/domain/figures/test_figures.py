"""A figure keeps present, absent and cannot tell apart, and both shares with their intervals."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.figures.figures import (
    CountedUnit,
    Figure,
    FigureKind,
    Proportion,
    Table,
    break_down_figure,
    make_class_figures,
)

FIGURE = Figure(
    "f/x", "bruise", CountedUnit.INDIVIDUAL, ("a", "b"), ("c",), ("d", "e"), ("f",), behind=("p1", "p2", "p3")
)


def test_a_contradiction_counts_as_cannot_tell_and_both_shares_are_told():
    assert (FIGURE.all, FIGURE.untold) == (6, 3)
    assert (FIGURE.of_all.hits, FIGURE.of_all.of) == (2, 6)
    assert (FIGURE.of_assessable.hits, FIGURE.of_assessable.of) == (2, 3)


def test_the_interval_is_wilsons():
    """10 of 100: 5.5 to 17.4 (R. G. Newcombe, Stat. Med. 17, 1998, gives such values for method 3)."""
    low, high = Proportion(10, 100, drawn=True).interval
    assert (round(low, 1), round(high, 1)) == (5.5, 17.4)
    assert Proportion(10, 100, drawn=True).in_words() == "10 of 100, 10.0 % (5.5 to 17.4)"
    assert (Proportion(10, 100).interval, Proportion(10, 100).in_words()) == (None, "10 of 100, 10.0 %")


def test_what_was_seen_and_is_no_present_has_columns_of_its_own():
    figure = Figure("f/x", "bruise", CountedUnit.INDIVIDUAL, ("a",), ("b",), (), (), ("c", "d"), ("e",))
    assert (figure.all, figure.untold, figure.of_all.hits) == (5, 3, 1)


def test_where_nobody_is_without_a_sign_its_second_share_is_not_sayable():
    seen = Figure("f/x", "bruise", CountedUnit.INDIVIDUAL, ("a",), (), ("b",))
    assert (seen.is_assessable_share_meaningful, seen.of_assessable.percent) == (False, None)


def test_a_class_has_no_absent_and_no_share_that_could_be_no_other():
    months = {"a": "2011-05", "b": "2011-06", "c": None}
    may, _june = make_class_figures("month", CountedUnit.INDIVIDUAL, months)
    assert (may.kind, Table("month", "M", CountedUnit.INDIVIDUAL, (may,)).kind) == (
        FigureKind.CLASS,
        FigureKind.CLASS,
    )
    assert "absent" not in may.kind.sides
    assert (may.is_share_meaningful, may.is_assessable_share_meaningful, may.of_assessable.percent) == (
        True,
        True,
        50.0,
    )
    unread, read = make_class_figures(
        "progress", CountedUnit.PHOTO, dict.fromkeys("abc", "unread"), ["unread", "read"]
    )
    assert (unread.is_share_meaningful, unread.is_assessable_share_meaningful) == (True, False), (
        "a share of those told is the same again"
    )
    assert (read.of_all.percent, read.is_share_meaningful, read.is_assessable_share_meaningful) == (
        0.0,
        True,
        False,
    )
    (one,) = make_class_figures("branch", CountedUnit.INDIVIDUAL, {"a": "215", "b": "215"})
    assert (one.only, one.is_share_meaningful, one.is_assessable_share_meaningful) == (True, False, False), (
        "no other branch was possible"
    )
    (one,) = make_class_figures("branch", CountedUnit.INDIVIDUAL, {"a": "215", "b": None})
    assert (one.is_share_meaningful, one.of_all.percent, one.is_assessable_share_meaningful) == (
        True,
        50.0,
        False,
    )


def test_of_nothing_there_is_no_share():
    assert Proportion(0, 0).percent is None
    assert Proportion(0, 0).interval is None
    assert Proportion(0, 0).in_words() == "0 of 0"


def test_classes_count_each_unit_in_every_figure_once():
    values = {"a": "male", "b": "female", "c": None, "d": "male"}
    male, female, other = make_class_figures(
        "sex", CountedUnit.INDIVIDUAL, values, ["male", "female", "other"]
    )
    assert (male.present, male.absent, male.cannot_tell) == (("a", "d"), ("b",), ("c",))
    assert (female.present, female.absent) == (("b",), ("a", "d"))
    assert (other.present, len(other.absent)) == ((), 3)


@given(st.dictionaries(st.text(max_size=3), st.sampled_from(["x", "y", None])))
def test_of_every_class_all_units_are_told_and_no_unit_has_two(values):
    figures = make_class_figures("k", CountedUnit.PHOTO, values)
    for figure in figures:
        assert figure.all == len(values)
        assert sorted((*figure.present, *figure.absent, *figure.cannot_tell)) == sorted(values)
    has = [unit for figure in figures for unit in figure.present]
    assert len(has) == len(set(has)) == sum(value is not None for value in values.values())


def test_a_figure_is_broken_down_by_the_classes_of_a_table():
    values = {"a": "male", "b": "female", "c": "male", "d": None, "e": "female", "f": "female"}
    behind = {"a": ["p1"], "b": ["p2", "p3"]}
    by = Table(
        "sex",
        "Sex",
        CountedUnit.INDIVIDUAL,
        make_class_figures("sex", CountedUnit.INDIVIDUAL, values, photos=behind),
    )
    female, male = break_down_figure(FIGURE, by).figures
    assert (male.present, male.absent, male.cannot_tell, male.conflict) == (("a",), ("c",), (), ())
    assert (female.present, female.cannot_tell, female.conflict) == (("b",), ("e",), ("f",))
    assert (male.behind, female.behind) == (("p1",), ("p2", "p3"))
