"""Bars in the window: rows are found by a click, nothing overlaps, heads and axis stay in view."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from reviewer.domain.figures.columns import make_number_columns
from reviewer.domain.figures.figures import CountedUnit, Figure, FigureKind
from reviewer.qt.look.theme import DARK, LIGHT, apply_theme, load_theme, make_font
from reviewer.qt.statistics.bar_layout import lay_out_bars
from reviewer.qt.statistics.figure_bars import EDGE, FigureBars
from reviewer.qt.statistics.figure_key import FigureKey

NAMES = (
    "bruise",
    "tramline bruise and band mark of a limb",
    "round punched-out lesion",
    "burn",
    "eye absent",
)


def figures(drawn=False):
    made = []
    for number, name in enumerate(NAMES):
        present = tuple(f"p{i}" for i in range(number + 1))
        absent = tuple(f"a{i}" for i in range(3 * number))
        cannot = tuple(f"u{i}" for i in range(40 - len(present) - len(absent)))
        made.append(Figure(f"t/{number}", name, CountedUnit.INDIVIDUAL, present, absent, cannot, drawn=drawn))
    return made


@pytest.fixture
def bars(qapp, qtbot):
    def made(theme=DARK, scale=1.0, room=1040, drawn=False):
        apply_theme(qapp, load_theme(theme, scale))  # the ground: a test before may have left another
        view = FigureBars(load_theme(theme, scale))
        qtbot.addWidget(view)
        view.fit(room)
        view.show_figures(figures(drawn), "Signs")
        return view

    return made


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("room", [760, 1040, 2200])
@pytest.mark.parametrize("drawn", [False, True])
def test_names_bars_and_numbers_never_touch(qapp, scale, room, drawn):
    theme = load_theme(DARK, scale)
    body, caption = QFontMetrics(make_font(theme)), QFontMetrics(make_font(theme, "caption"))
    shown = figures(drawn)
    found = lay_out_bars(shown, make_number_columns(shown), room, body, caption, 1 + (scale - 1) * 0.4)
    words = [word for name in NAMES for word in name.split()]
    assert max(map(body.horizontalAdvance, words)) <= found.name_width < found.bar_left
    assert found.bar_width >= 120
    ends = [found.bar_left + found.bar_width]
    for placed in found.columns:
        assert placed.right - placed.width > ends[-1]
        assert max(map(body.horizontalAdvance, placed.column.cells)) <= placed.width
        assert caption.horizontalAdvance(placed.column.head) <= placed.width
        ends.append(placed.right)
    assert ends[-1] == found.width
    assert all(
        below - above >= body.height() + 16 for above, below in zip(found.tops, found.tops[1:], strict=False)
    )


def test_intervals_stand_in_columns_of_their_own_or_below_their_shares_where_room_is_short(qapp):
    theme = load_theme(DARK)
    metrics = QFontMetrics(make_font(theme)), QFontMetrics(make_font(theme, "caption"))
    shown = figures(drawn=True)
    columns = make_number_columns(shown)
    wide = lay_out_bars(shown, columns, 1040, *metrics, 1)
    narrow = lay_out_bars(shown, columns, 620, *metrics, 1)
    assert [placed.column.head for placed in wide.columns].count("95 %") == 2
    assert all(placed.below is None for placed in wide.columns)
    assert [placed.column.head for placed in narrow.columns if placed.below] == ["of all 40", "of assessable"]


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_a_click_chooses_the_row_and_a_double_click_opens_it(bars, qtbot, scale):
    view = bars(scale=scale)
    for figure in figures():
        place = view.rectangle_of(figure.key).center().toPoint()
        with qtbot.waitSignal(view.clicked) as caught:
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert caught.args == [figure.key]
        with qtbot.waitSignal(view.opened) as caught:
            QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert caught.args == [figure.key]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_row_that_is_chosen_has_its_ground_and_the_accent_at_its_edge(bars, theme):
    view, colours = bars(theme), load_theme(theme)
    place = view.rectangle_of("t/2").toRect()
    at = QPoint(1, place.center().y()), QPoint(EDGE + 2, place.bottom() - 3)

    def colours_there():
        image = view.grab().toImage()
        return [image.pixelColor(point).name() for point in at]

    assert colours.colours["accent"] not in colours_there()
    view.choose("t/2", "burn: 3 of 40")
    assert colours_there() == [colours.colours["accent"], colours.colours["accent_fill"]]
    assert view.accessibleDescription() == "burn: 3 of 40"


def test_present_is_solid_and_as_long_as_its_share(bars):
    view = bars()
    colour = load_theme(DARK).colours["figure_present"]
    image = view.grab().toImage()
    layout = view._layout
    lengths = []
    for row in range(len(NAMES)):
        y = layout.tops[row] + layout.pad + layout.line // 2
        across = range(EDGE + layout.bar_left, EDGE + layout.bar_left + layout.bar_width)
        lengths.append(sum(image.pixelColor(x, y).name() == colour for x in across))
    for number, length in enumerate(lengths):
        assert length == pytest.approx(layout.bar_width * (number + 1) / 40, abs=1.5)


def test_heads_and_axis_lie_over_rows_that_are_scrolled(bars, qtbot):
    view = bars()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(view)
    area.resize(1100, 180)
    area.show()
    qtbot.waitExposed(area)
    area.verticalScrollBar().setValue(60)
    top = area.verticalScrollBar().value()
    assert view.key_at(QPointF(50, top + 5)) == ""
    assert "How many individuals" in view.explain(QPoint(EDGE + view._layout.columns[0].right - 3, top + 5))
    assert view.key_at(QPointF(50, top + view._layout.head + 4)) != ""
    assert view.key_at(QPointF(50, top + area.viewport().height() - 5)) == ""


def test_a_tooltip_says_the_figure_in_words_and_what_a_column_means(bars):
    view = bars()
    place = view.rectangle_of("t/3").center().toPoint()
    assert view.explain(QPoint(30, place.y())).startswith("burn: 4 of 40, 10.0 %; of 13 assessable 30.8 %")
    share = view._layout.columns[2]
    assert "Not sayable" in view.explain(QPoint(EDGE + share.right - 5, place.y()))
    assert view.axis_title == "share of the 40 individuals"


def test_rows_of_different_size_are_shares_of_their_own(bars):
    view = bars()
    one, other = figures()[:2]
    view.show_figures([one, replace(other, cannot_tell=())])
    assert view.axis_title == "share of the individuals of each row"
    view.show_figures([])
    assert (view.height(), view.drawn_keys()) == (0, [])


def test_the_key_names_the_interval_only_where_there_is_one(qtbot):
    key = FigureKey(load_theme(DARK))
    qtbot.addWidget(key)
    key.show_kind(FigureKind.SIGN, with_interval=True)
    assert key.shown_names() == [
        "present",
        "absent",
        "cannot tell",
        "95 % interval of present among all (Wilson)",
    ]
    key.show_kind(FigureKind.CLASS, with_interval=False)
    assert key.shown_names() == ["in this class", "in another", "cannot tell"]
