"""Plots in the window: a click finds its figure at every size, colours hold in both themes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from reviewer.domain.figures.figures import CountedUnit, Figure, Table
from reviewer.domain.figures.plots import plot_bars
from reviewer.qt.look.theme import DARK, LIGHT, load_theme
from reviewer.qt.statistics.plot_view import PlotView, make_ink
from tests.qt.look.test_look import luminance

TABLE = Table(
    "t",
    "Signs",
    CountedUnit.INDIVIDUAL,
    tuple(
        Figure(
            f"t/{n}",
            f"sign {n}",
            CountedUnit.INDIVIDUAL,
            tuple(f"p{i}" for i in range(n + 1)),
            ("a",),
            ("u",),
        )
        for n in range(5)
    ),
)


@pytest.fixture
def view(qtbot):
    def made(theme=DARK, scale=1.0, room=900):
        view = PlotView(load_theme(theme, scale))
        qtbot.addWidget(view)
        view.fit(room)
        view.show_plots(lambda ink, width: (plot_bars(TABLE, ink, width),), TABLE.title)
        return view

    return made


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("room", [500, 900, 2200])
def test_a_click_finds_its_figure_and_nothing_is_wider_than_the_room(view, qtbot, scale, room):
    shown = view(scale=scale, room=room)
    assert shown.width() <= room + 1
    for figure in TABLE.figures:
        place = shown.rectangle_of(figure.key)
        with qtbot.waitSignal(shown.clicked) as caught:
            QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
        assert caught.args == [figure.key]


def test_the_chosen_figure_is_framed_in_the_accent(view):
    shown = view()
    accent = load_theme(DARK).colour("accent").rgb()

    def framed():
        image = shown.grab().toImage()
        return sum(
            image.pixelColor(x, y).rgb() == accent
            for x in range(0, image.width(), 3)
            for y in range(image.height())
        )

    palette = shown.palette()
    palette.setColor(palette.ColorRole.Highlight, QColor(accent))
    shown.setPalette(palette)
    assert framed() == 0
    shown.choose("t/2", "sign 2: 3 of 5")
    assert framed() > 100
    assert shown.accessibleDescription() == "sign 2: 3 of 5"


@pytest.mark.parametrize("name", [DARK, LIGHT])
def test_the_parts_differ_in_lightness_in_both_themes(name):
    ink = make_ink(load_theme(name))
    paper, absent, present = (luminance(QColor(each)) for each in (ink.paper, ink.absent, ink.present))

    def contrast(one, other):
        dark, light = sorted((one, other))
        return (light + 0.05) / (dark + 0.05)

    assert contrast(paper, present) > 7
    assert contrast(absent, present) > 3
    assert contrast(paper, absent) > 1.5
    assert contrast(paper, luminance(QColor(ink.untold))) > 3


def test_without_anything_to_draw_it_takes_no_room(view):
    shown = view()
    shown.show_plots(None)
    assert (shown.plots, shown.drawn_keys(), shown.height()) == ([], [], 0)
