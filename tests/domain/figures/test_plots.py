"""Plots: well-formed, readable in grey, nothing on top of anything, and every figure can be pointed at."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.figures.body_plot import SHADE_CLASSES, list_shades
from reviewer.domain.figures.figures import CountedUnit, Figure, Table, make_class_figures
from reviewer.domain.figures.plots import (
    PRINT_COLOURS,
    format_shares,
    plot_bars,
    plot_body_map,
    plot_columns,
    plot_pairs,
)
from reviewer.domain.figures.svg_sheet import clean_svg_text, measure_text_width, shorten_text, wrap_text
from reviewer.services.vocabulary.body_maps import find_maps_showing_all
from tests.support.vocabulary import load_vocabulary

SVG = "{http://www.w3.org/2000/svg}"
LABELS = st.text(max_size=60) | st.sampled_from(
    ["كدمة <على> الرقبة & أسفل", "Ligature mark, neck, front", "w" * 90, "\x00\x0b", "骨折と打撲傷の疑い"]
)
COUNTS = st.tuples(*(st.integers(0, 60) for _ in range(4)))


def figure(key, label="bruise", present=0, absent=0, untold=0, conflict=0):
    sizes = (present, absent, untold, conflict)
    ids = (tuple(f"{key}-{kind}-{each}" for each in range(size)) for kind, size in enumerate(sizes))
    return Figure(f"t/{key}", label, CountedUnit.INDIVIDUAL, *ids)


@st.composite
def tables(draw):
    rows = draw(st.lists(st.tuples(LABELS, COUNTS), max_size=24))
    figures = tuple(figure(place, label, *counts) for place, (label, counts) in enumerate(rows))
    return Table("t", draw(LABELS), CountedUnit.INDIVIDUAL, figures)


def parsed(plot):
    return ElementTree.fromstring(plot.svg)  # noqa: S314 (what the program itself has drawn)


def texts(plot):
    """(left, top, right, bottom, text) of every line of text, by the widest font it is made for."""
    for each in parsed(plot).iter(f"{SVG}text"):
        x, y, wide = float(each.get("x")), float(each.get("y")), measure_text_width(each.text or "")
        left = {"middle": x - wide / 2, "end": x - wide}.get(each.get("text-anchor"), x)
        yield left, y - 8.5, left + wide, y + 2.5, each.text or ""


def drawn(plot):
    """Boxes of the bars, columns and swatches: everything but the paper."""
    for each in list(parsed(plot).iter(f"{SVG}rect"))[1:]:
        x, y = float(each.get("x")), float(each.get("y"))
        yield x, y, x + float(each.get("width")), y + float(each.get("height")), "box"


def cross(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def overlaps(plot):
    said, boxes = [each for each in texts(plot) if each[4]], list(drawn(plot))
    found = [(a, b) for a, b in combinations(said, 2) if cross(a, b)]
    return found + [(a, b) for a in said for b in boxes if cross(a, b)]


def outside(plot):
    return [
        each
        for each in (*texts(plot), *drawn(plot))
        if each[0] < 0 or each[1] < 0 or each[2] > plot.width + 0.01 or each[3] > plot.height + 0.01
    ]


def check(plot):
    parsed(plot)
    assert overlaps(plot) == []
    assert outside(plot) == []
    for place in plot.places:
        assert place.x >= 0 and place.x + place.width <= plot.width + 0.01, place
        assert place.y >= 0 and place.y + place.height <= plot.height + 0.01, place


@settings(deadline=None, max_examples=50)
@given(tables(), st.sampled_from([300, 680, 1400]))
def test_bars_keep_apart_whatever_they_are_called(table, width):
    plot = plot_bars(table, width=width)
    check(plot)
    for one, other in pairwise(plot.places):
        assert one.y + one.height <= other.y + 0.01
    if len(table.figures) <= 12:
        assert [place.key for place in plot.places] == [each.key for each in table.figures]


@settings(deadline=None, max_examples=50)
@given(tables(), st.sampled_from([300, 680, 1400]))
def test_columns_keep_apart_and_each_has_a_place(table, width):
    plot = plot_columns(table, width=width)
    check(plot)
    assert [place.key for place in plot.places] == [each.key for each in table.figures]


def test_many_months_are_labelled_evenly_and_not_all():
    months = [f"{year}-{month:02d}" for year in range(2011, 2014) for month in range(1, 13)]
    table = Table("month", "Months", CountedUnit.INDIVIDUAL, tuple(figure(m, m, 3, 4) for m in months))
    plot = plot_columns(table)
    check(plot)
    shown = [months.index(each[4]) for each in texts(plot) if each[4] in months]
    assert 5 < len(shown) < 36
    assert len({b - a for a, b in pairwise(shown)}) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_few_columns_are_no_wall_across_the_page(count):
    days = tuple(figure(f"2026-11-{day:02d}", f"2026-11-{day:02d}", 3, 0) for day in range(1, count + 1))
    plot = plot_columns(Table("days", "Days", CountedUnit.PHOTO, days))
    columns = [each for each in parsed(plot).iter() if each.get("fill") == PRINT_COLOURS.present]
    assert len(columns) == count
    for column, place in zip(columns, plot.places, strict=True):
        left, wide = float(column.get("x")), float(column.get("width"))
        assert wide < 50
        assert abs(left + wide / 2 - place.x - place.width / 2) < 1, "it stands in the middle of its place"


def test_the_numbers_stand_beside_each_bar():
    told = replace(figure("a", "Bruise", 12, 78, 100, 10), drawn=True)
    assert format_shares(told) == "12 of 200, 6.0 % (3.5 to 10.2); of 90 assessable 13.3 % (7.8 to 21.9)"
    said = [each[4] for each in texts(plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, (told,))))]
    assert "12 of 200, 6.0 % (3.5 to 10.2)" in said
    assert "of 90 assessable 13.3 % (7.8 to 21.9)" in said


def test_where_nobody_was_asked_no_share_of_none_is_said():
    untold = figure("a", "Bruise", 0, 0, 9)
    assert format_shares(untold) == "0 of 9; nothing can be told of anybody"


def test_the_legend_of_classes_calls_nobody_absent():
    months = make_class_figures("month", CountedUnit.INDIVIDUAL, {"a": "2011-05", "b": "2011-06", "c": None})
    said = [each[4] for each in texts(plot_bars(Table("month", "T", CountedUnit.INDIVIDUAL, months)))]
    assert {"in this class", "in another", "cannot tell"} <= set(said)
    assert not {"absent", "present"} & set(said)
    assert {"1 of 3, 33.3 %", "of 2 told 50.0 %"} <= set(said)


def test_a_figure_of_nobody_makes_no_share():
    plot = plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, (figure("a"),)))
    assert {"0 of 0", "nothing can be told of anybody"} <= {each[4] for each in texts(plot)}
    assert "nan" not in plot.svg


def test_the_parts_of_a_bar_are_as_long_as_they_are_many():
    plot = plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, (figure("a", "x", 10, 20, 20, 10),)))
    row = [each for each in drawn(plot) if each[1] > plot.places[0].y]
    untold, absent, present = (right - left for left, _top, right, _bottom, _ in row)
    assert absent == pytest.approx(2 * present, abs=0.1)
    assert untold == pytest.approx(3 * present, abs=0.1)


def test_of_many_figures_the_greatest_are_drawn_in_their_order_and_the_rest_is_said():
    figures = tuple(figure(place, f"sign {place}", place % 7, 9) for place in range(60))
    plot = plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, figures), most=20)
    keys = [place.key for place in plot.places]
    assert keys == [each.key for each in figures if each.key in keys]
    assert {len(each.present) for each in figures if each.key in keys} == {4, 5, 6}
    said = [each[4] for each in texts(plot)]
    assert "31 more, with fewer present, are not drawn." in said
    assert "9 of which nothing is present are not drawn." in said


def test_pairs_begin_with_what_occurs_together_most():
    figures = tuple(figure(place, f"{place}", count, 9) for place, count in enumerate([1, 5, 3]))
    plot = plot_pairs(Table("together", "T", CountedUnit.INDIVIDUAL, figures))
    assert [place.key for place in plot.places] == ["t/1", "t/2", "t/0"]


def test_the_same_table_makes_the_same_drawing():
    table = Table("t", "T", CountedUnit.INDIVIDUAL, (figure("a", "x", 1, 2, 3),))
    assert plot_bars(table) == plot_bars(table)
    assert plot_columns(table) == plot_columns(table)


def regions():
    return Table(
        "regions",
        "Regions",
        CountedUnit.INDIVIDUAL,
        tuple(
            Figure(f"regions/{region.key}", region.name, CountedUnit.INDIVIDUAL, *counts)
            for place, region in enumerate(load_vocabulary().body)
            for counts in [
                [((), (), tuple("abcd")), (("a",), tuple("bcd"), ()), (("a", "b"), ("c",), ())][place % 3]
            ]
        ),
    )


@pytest.mark.parametrize("width", [300, 680, 1400])
def test_every_region_is_drawn_and_can_be_pointed_at(width):
    plot = plot_body_map(regions(), find_maps_showing_all(), width=width)
    check(plot)
    assert {place.key for place in plot.places} == {each.key for each in regions().figures}
    for place in plot.places:
        steps = [(place.x + place.width * a / 12, place.y + place.height * b / 12)
                 for a in range(1, 12) for b in range(1, 12)]  # fmt: skip
        assert place.key in {plot.at(x, y) for x, y in steps}
    assert plot.at(plot.width - 1, plot.height - 1) == ""


def test_what_nobody_could_judge_is_hatched_and_counted_in_the_legend():
    plot = plot_body_map(regions(), find_maps_showing_all())
    said = [each[4] for each in texts(plot)]
    unjudged = sum(not each.of_assessable.of for each in regions().figures)
    assert f"nobody could judge: {unjudged}" in said
    assert "present in nobody: 0" in said
    nothing = plot_body_map(Table("regions", "R", CountedUnit.INDIVIDUAL, ()), find_maps_showing_all())
    check(nothing)
    assert nothing.places == ()


def test_hatching_ends_at_the_edge_of_its_shape():
    plot = plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, (figure("a", "x", 0, 0, 7),)))
    left, top, right, bottom, _ = list(drawn(plot))[-1]
    path = list(parsed(plot).iter(f"{SVG}path"))[-1].get("d")
    points = [tuple(map(float, each.split(","))) for each in path.replace("M", " ").replace("L", " ").split()]
    assert len(points) > 20
    assert all(left - 0.02 <= x <= right + 0.02 and top - 0.02 <= y <= bottom + 0.02 for x, y in points)


def lightness(colour):
    """CIE L* of a colour (IEC 61966-2-1 for the curve, CIE 015 for L*): what is left of it in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_in_grey_the_parts_and_the_classes_stay_apart():
    shown = [lightness(each) for each in (PRINT_COLOURS.paper, PRINT_COLOURS.absent, PRINT_COLOURS.present)]
    assert all(a - b > 15 for a, b in pairwise(shown))
    classes = [lightness(each) for each in (PRINT_COLOURS.paper, *list_shades(PRINT_COLOURS))]
    assert len(classes) == SHADE_CLASSES + 1
    assert all(a - b > 9 for a, b in pairwise(classes))
    for words in (PRINT_COLOURS.text, PRINT_COLOURS.quiet):
        assert lightness(PRINT_COLOURS.paper) - lightness(words) > 55


@given(st.text(max_size=80), st.integers(20, 200))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text, room):
    lines = wrap_text(text, room)
    assert all(measure_text_width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean_svg_text(text).split())
    assert measure_text_width(shorten_text(text, room)) <= room


def test_arabic_is_isolated_and_marks_that_turn_the_line_are_gone():
    plot = plot_bars(Table("t", "T", CountedUnit.INDIVIDUAL, (figure("a", "\u202eكدمة", 1, 2),)))
    assert "\u2068كدمة\u2069" in plot.svg
    assert "\u202e" not in plot.svg
