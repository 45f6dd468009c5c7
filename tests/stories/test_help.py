"""Help while one works: the manual beside the screen, and the keys go on."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.help.manual import load_pages, name_screen, search_manual
from reviewer.qt.main_window.screens import SCREENS
from reviewer.system.identity import find_identity
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo()


def test_f1_opens_the_page_of_the_screen_and_closes_it_again(reader):
    help_ = reader.window.help
    reader.presses("F1")
    assert help_.is_open
    assert help_.panel.now == "reading"
    assert help_.panel.page.toPlainText().startswith("Reading")
    reader.window.show_screen("statistics")
    assert help_.panel.now == "statistics"
    reader.presses("F1")
    assert not help_.is_open


def test_what_is_read_can_be_tried_meanwhile(reader):
    reader.presses("F1", "2", "Q").is_saved()
    assert reader.terms == ["blunt.bruise"]
    assert reader.finding.certainty is Certainty.DEFINITE
    reader.presses("Esc")
    assert not reader.window.help.is_open
    assert QApplication.focusWidget() is reader.reading.canvas


def test_the_photograph_gets_what_is_left_and_all_of_it_back(reader):
    canvas, panel = reader.reading.canvas, reader.window.help.panel
    before = canvas.width()
    reader.presses("F1")
    QApplication.processEvents()
    left = panel.mapToGlobal(panel.rect().topRight()).x()
    assert left <= canvas.mapToGlobal(canvas.rect().topLeft()).x()
    assert canvas.width() < before
    toolbar = reader.reading.toolbar
    assert (
        panel.mapToGlobal(panel.rect().topLeft()).y() >= toolbar.mapToGlobal(toolbar.rect().bottomLeft()).y()
    ), "the toolbar stays in sight"
    reader.presses("F1")
    QApplication.processEvents()
    assert canvas.width() == before


def test_on_other_screens_it_stands_beside_the_page(reader):
    reader.window.show_screen("statistics")
    reader.presses("F1")
    QApplication.processEvents()
    panel, page = reader.window.help.panel, reader.session.screens["statistics"]
    right = panel.mapToGlobal(panel.rect().topRight()).x()
    assert right <= page.mapToGlobal(page.rect().topLeft()).x()


def test_links_go_to_pages_and_to_screens_and_back(reader):
    panel = reader.window.help.panel
    reader.presses("F1")
    panel._follow(QUrl("search.md"))
    assert panel.now == "search"
    panel.go_back()
    assert panel.now == "reading"
    panel.go_forward()
    assert panel.now == "search"
    panel._follow(QUrl("screen:gallery"))
    assert reader.window.screen_name == "gallery"
    assert panel.now == "gallery"


def test_the_manual_is_searched_while_one_types(reader):
    panel = reader.window.help.panel
    reader.presses("F1")
    panel.search.setFocus()
    reader.types("receipt")
    assert panel.page.toPlainText().startswith("Found")
    panel.search.clear()
    assert panel.page.toPlainText().startswith("Reading")
    reader.presses("Esc")
    assert not reader.window.help.is_open


def test_excerpts_of_the_manual_are_whole_words_without_signs_of_lists():
    found = search_manual("measure a length").replace("\\_", "_")
    assert not [line for line in found.splitlines() if line.startswith("- ")]
    excerpts = [block for block in found.split("\n\n")[1:] if not block.startswith("[")]
    words = {word for page in load_pages().values() for word in re.findall(r"\w+", page.text)}
    assert excerpts and all(set(re.findall(r"\w+", excerpt)) <= words for excerpt in excerpts)


def test_the_manual_calls_screens_as_the_window_does():
    for spec in SCREENS:
        assert name_screen(spec.name) == (f"{spec.group}, {spec.words}" if spec.group else spec.words)


def test_help_is_there_before_a_case_is_open_and_gone_when_it_is_locked(desk, case_folder):
    examiner = desk()
    examiner.presses("F1")
    assert examiner.window.help.panel.now == "beginning"
    examiner.window.binder.run("help.glossary")
    assert "bruise" in examiner.window.help.panel.page.toPlainText()
    examiner.window.binder.run("help.about")
    assert "Apache" in examiner.window.help.panel.page.toPlainText()


def test_about_says_which_copy_of_the_program_this_is_once_it_is_read(desk):
    find_identity.cache_clear()
    reader = desk()
    reader.window.binder.run("help.about")
    page = reader.window.help.panel.page
    assert "being read" in page.toPlainText()
    until(lambda: "run from a clone of the source" in page.toPlainText(), "it is read")
    assert find_identity().program[:4] in page.toPlainText()
    reader.window.binder.run("help.glossary")
    assert "This copy" not in page.toPlainText()
