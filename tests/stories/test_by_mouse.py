"""With the mouse alone: questions are answered and left, shapes finished, held looks begun and ended."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from reviewer.domain.geometry.mark import MarkShape
from reviewer.qt.widgets.answer_list import AnswerList
from tests.stories.test_marks import mark, upright


@pytest.fixture
def reader(desk, case_folder):
    return upright(desk().opens(case_folder))


def chooses(reader, id_):
    """Choose an action in the menu bar."""
    reader.window.binder.find(id_).trigger()
    return reader


def presses_button(button):
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def clicks_row(box, row):
    answers = box.findChild(AnswerList)
    place = answers.visualItemRect(answers.item(row)).center()
    QTest.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_finding_is_taken_with_its_row_and_a_question_is_left_by_cancel(reader):
    box = reader.reading.box
    chooses(reader, "finding.add")
    reader.types("abrasion")
    clicks_row(box, 0)
    assert len(reader.terms) == 1
    chooses(reader, "finding.answer")
    assert box.is_asking
    presses_button(box.cancel_button)
    assert not box.is_asking


def test_ok_takes_what_enter_would_take_and_nothing_else(reader):
    box = reader.reading.box
    chooses(reader, "finding.add")
    reader.types("ab")
    assert len(box.texts()) > 1
    assert not box.ok_button.isEnabled()
    reader.types("rasion")
    presses_button(box.ok_button)
    assert len(reader.terms) == 1


def test_regions_one_after_the_other_end_with_done(reader):
    box = reader.reading.box
    reader.presses("2")
    chooses(reader, "finding.regions")
    reader.types("chest l")
    clicks_row(box, 0)
    assert reader.finding.regions == ("chest.L",)
    assert box.done_button.text().startswith("Done")
    presses_button(box.done_button)
    assert not box.is_asking


def test_words_of_ones_own_are_given_with_ok_in_a_box_without_an_empty_list(reader):
    chooses(reader, "measure.scale")
    reader.drags((300, 200), (500, 220))
    box = reader.reading.box
    assert "How far are these two points apart" in box._prompt.text()
    assert not box.findChild(AnswerList).isVisible()
    assert box.height() < 220
    reader.types("105 mm")
    presses_button(box.ok_button)
    assert "What is it whose size is known" in box._prompt.text()


@pytest.mark.parametrize(("start", "end"), [((700, 60), (1000, 80)), ((500, 200), (700, 200))])
def test_the_box_lies_beside_the_ruler_it_asks_about(reader, start, end):
    chooses(reader, "measure.scale")
    reader.drags(start, end)
    box, canvas = reader.reading.box, reader.reading.canvas
    ruler = QRect(reader.spot(*start), reader.spot(*end)).normalized()
    ruler.moveTopLeft(canvas.mapTo(reader.reading, ruler.topLeft()))
    assert box.isVisible()
    assert not box.geometry().intersects(ruler)
    assert reader.reading.rect().contains(box.geometry())


def test_nothing_is_said_not_to_fit_before_anything_is_typed(reader):
    box = reader.reading.box
    chooses(reader, "finding.add")
    assert "Nothing fits" not in box.detail.text()
    low = box.height()
    reader.types("zzzz")
    assert box.detail.text()
    assert box.height() >= low


def test_a_box_grows_where_it_must_and_never_shrinks_under_the_pointer(reader):
    box = reader.reading.box
    chooses(reader, "finding.add")
    reader.types("a")
    tall, answers = box.height(), len(box.texts())
    reader.types("brasion")
    assert len(box.texts()) < answers
    assert box.height() == tall


def test_a_polygon_is_finished_by_a_double_click(reader):
    reader.presses("2")
    chooses(reader, "mark.polygon")
    reader.clicks((300, 200), (600, 220), (500, 500))
    QTest.mouseDClick(reader.reading.canvas, Qt.MouseButton.LeftButton, pos=reader.spot(400, 400))
    reader.is_saved()
    assert mark(reader).shape is MarkShape.POLYGON


def test_the_photograph_as_it_is_until_chosen_again(reader):
    looking = reader.reading.looking
    chooses(reader, "enhance.original")
    assert looking.is_held
    chooses(reader, "enhance.original")
    assert not looking.is_held


def test_a_photograph_is_described_and_the_strip_closed_with_the_mouse(reader):
    strip = reader.reading.strip
    chooses(reader, "describe.strip")
    presses_button(strip.questions[1])
    presses_button(strip.answers[0])
    assert any(strip.describing.answers_of(question.key) for question in strip._asked)
    presses_button(strip.close_button)
    assert not strip.isVisible()


def test_what_the_photograph_covers_is_clicked_on_the_figures(reader):
    chooses(reader, "coverage.mark")
    body_map = reader.reading.coverage.figures.body_map
    QTest.mouseClick(body_map, Qt.MouseButton.LeftButton, pos=body_map.middle_of("chest.L").toPoint())
    assert reader.reader.reading.coverage
    presses_button(reader.reading.box.cancel_button)


def test_the_palette_finds_a_quick_tag_by_its_finding_and_shows_keys_whole(reader):
    box = reader.window.commands
    chooses(reader, "window.commands")
    reader.types("bruise")
    name = reader.reader.vocabulary.term_name(reader.reader.quick_tags[1])
    assert f"Quick tag 2: {name}" in box.texts()
    row = box.texts().index(f"Quick tag 2: {name}")
    assert box._options[row].keys == "2"
    clicks_row(box, row)
    assert reader.terms == [reader.reader.quick_tags[1]]
    assert reader.window.binder.find("finding.quick-tag-2").text() == f"Quick tag 2: {name}"


def test_a_press_beside_a_box_closes_it_and_does_nothing_else(reader):
    chooses(reader, "finding.add")
    QTest.mouseClick(reader.reading.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not reader.reading.box.is_asking
