"""The page of what the window is made of: readable in both themes and in every size of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from reviewer.qt.design.page import DesignPage
from reviewer.qt.design.tokens import COLOURS
from reviewer.qt.look.contrast import compute_contrast
from reviewer.qt.look.theme import DARK, LIGHT, apply_theme, get_worn_theme, load_theme
from tests.stories.test_words_are_whole import PICTURES

SCALES = (1.0, 1.5, 2.0)


@pytest.fixture(params=[(name, scale) for name in (DARK, LIGHT) for scale in SCALES], ids=str)
def page(request, qtbot, qapp):
    name, scale = request.param
    apply_theme(qapp, load_theme(name, scale))
    made = DesignPage()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    for _turn in range(4):
        settles()
        made.resize(1366, made.compute_whole_height())
    settles()
    yield made
    apply_theme(qapp, load_theme(DARK))


def settles():
    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def test_no_word_is_cut_crowded_or_too_small(page):
    smallest = PICTURES.SMALLEST_TYPE * get_worn_theme().text_scale
    assert list(PICTURES.find_faults(page, smallest)) == []


def test_every_word_that_stands_on_its_own_is_told_from_its_ground(page):
    drawn = page.grab().toImage()
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    assert len(labels) > 60
    for label in labels:
        place = label.mapTo(page, label.rect().topLeft())
        ground = drawn.pixelColor(place)
        words = label.palette().color(label.foregroundRole())
        assert compute_contrast(words, ground) >= 4.5, label.text()


def test_every_colour_of_a_theme_is_on_it_and_says_what_it_is_for(page):
    theme = get_worn_theme()
    assert COLOURS.keys() == theme.colours.keys()
    said = {label.text() for label in page.findChildren(QLabel)}
    for name, use in COLOURS.items():
        assert any(words.startswith(f"{theme.colours[name]}, {use};") for words in said), name


def test_another_theme_and_size_are_chosen_at_its_head_and_not_kept(qtbot, qapp):
    apply_theme(qapp, load_theme(DARK))
    page = DesignPage()
    qtbot.addWidget(page)
    page.show()
    QTest.mouseClick(page.themes.buttons[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.scales.buttons[2], Qt.MouseButton.LeftButton)
    assert (get_worn_theme().name, get_worn_theme().text_scale) == (LIGHT, 2.0)
    assert "page, 44 px: one to a page" in {label.text() for label in page.findChildren(QLabel)}
    again = DesignPage()
    qtbot.addWidget(again)
    assert again.themes.current == 1
    apply_theme(qapp, load_theme(DARK))


def test_black_on_white_has_the_largest_contrast(qapp):
    white, black = load_theme(LIGHT).colour("raised"), load_theme(DARK).colour("plate")
    black.setRgb(0, 0, 0)
    assert compute_contrast(white, black) == pytest.approx(21)
    assert compute_contrast(white, white) == compute_contrast(black, black) == 1
    assert (
        f"{compute_contrast(load_theme(DARK).colour('text'), load_theme(DARK).colour('panel')):.1f}" == "12.0"
    )
