"""Columns of numbers: what is printed, what has a word in its place, and what has no column."""

from dataclasses import replace

from reviewer.domain.figures.columns import make_number_columns
from reviewer.domain.figures.figures import CountedUnit, Figure, FigureKind
from tests.domain.figures.test_plots import figure


def cells_of(figures):
    return {
        (column.head, place): column.cells for place, column in enumerate(make_number_columns(tuple(figures)))
    }


def test_shares_stand_under_heads_that_say_of_how_many():
    found = cells_of([figure("a", "bruise", 12, 78, 110), figure("b", "burn", 3, 7, 190)])
    assert found == {
        ("present", 0): ("12", "3"),
        ("of all 200", 1): ("6.0 %", "1.5 %"),
        ("of assessable", 2): ("13.3 %", "30.0 %"),
        ("", 3): ("of 90", "of 10"),
    }


def test_only_a_drawn_sample_has_intervals():
    drawn = replace(figure("a", "bruise", 12, 78, 110), drawn=True)
    columns = make_number_columns((drawn,))
    assert [column.cells[0] for column in columns if column.is_interval] == ["3.5 to 10.2", "7.8 to 21.9"]
    assert not any(
        column.is_interval for column in make_number_columns((figure("a", "bruise", 12, 78, 110),))
    )


def test_where_nobody_could_be_shown_without_the_sign_a_word_says_so():
    one_sided, both = figure("a", "bruise", 14, 0, 3), figure("b", "burn", 1, 4, 12)
    found = cells_of([one_sided, both])
    assert found["of assessable", 2] == ("not sayable", "20.0 %")
    assert found["", 3] == ("", "of 5")
    (column,) = [
        column for column in make_number_columns((one_sided, both)) if column.head == "of assessable"
    ]
    assert "Not sayable: nobody could be shown to be without" in column.help
    assert [head for head, _place in cells_of([one_sided])] == ["present", "of all 17"]


def test_of_what_nothing_can_be_told_no_share_is_printed():
    found = cells_of([figure("a", "bruise", 0, 0, 9)])
    assert found == {("present", 0): ("0",), ("of all 9", 1): ("cannot tell",)}


def test_rows_of_different_size_say_of_how_many_each_is():
    found = cells_of([figure("a", "men", 1, 3, 0), figure("b", "women", 1, 1, 0)])
    assert found["of all", 1] == ("25.0 %", "50.0 %")
    assert found["", 2] == ("of 4", "of 2")


def test_a_class_without_alternatives_has_its_number_only():
    only = Figure("branch/1", "1", CountedUnit.INDIVIDUAL, ("a", "b"), kind=FigureKind.CLASS, only=True)
    assert cells_of([only]) == {("in this class", 0): ("2",)}
    assert make_number_columns(()) == ()
