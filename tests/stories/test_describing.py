"""Saying by single keys how a body lies, its state and where the card is, with the photograph in view."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.waiting import until


def said(reader):
    return dict(reader.reader.reading.description)


def test_one_key_for_each_answer_and_the_strip_stays(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    strip = reader.reading.strip
    assert strip.isHidden()
    assert reader.reading.side.whole.described == "Nothing is described yet."
    reader.presses("F3", "1", "1", "1")
    assert said(reader) == {"stage": ("fresh",), "preservation": ("none",), "washed": ("no",)}
    assert strip.asked.key == "autopsied", "an answer brings the next question"
    reader.presses("i", "2", "3").is_saved()
    assert said(reader)["insects"] == ("eggs", "larvae")
    assert strip.asked.key == "insects", "of several answers more may follow"
    reader.presses("2", "3", "1", "Tab", "1")
    assert said(reader)["insects"] == ("none",)
    assert said(reader)["posture"] == ("supine",)
    assert "insects: none seen" in reader.reading.side.whole.described
    reader.presses("Up", "0")
    assert "posture" not in said(reader), "the question before, taken back"
    assert reader.terms == [], "no letter and no digit went to the photograph"
    assert reader.reader.position == 0
    reader.presses("Esc", "2").is_saved()
    assert strip.isHidden()
    assert len(reader.terms) == 1, "the keys belong to the photograph again"


def test_the_strip_goes_along_and_begins_where_the_reader_began(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("F3", "c", "2").sees_photo(0).presses("Right").sees_photo(1)
    strip = reader.reading.strip
    assert strip.hasFocus()
    assert said(reader) == {}
    assert strip.asked.key == "card"
    reader.presses("2", "6")
    assert said(reader) == {"card": ("forehead", "beside")}
    reader.presses("Left").sees_photo(0)
    assert said(reader) == {"card": ("forehead",)}
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reader.position == 1, "what was said last is taken back where it was said"
    assert said(reader) == {"card": ("forehead",)}


def test_the_keyboard_goes_back_and_forth_and_the_mouse_does_the_same(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    button = reader.reading.side.whole.describe
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    strip = reader.reading.strip
    assert strip.isVisible()
    assert strip.hasFocus()
    posture = next(each for each in strip.questions if each.text().endswith("posture"))
    QTest.mouseClick(posture, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip.answers[1], Qt.MouseButton.LeftButton)
    assert said(reader) == {"posture": ("prone",)}
    reader.reading.canvas.setFocus()
    reader.presses("1").is_saved()
    assert len(reader.terms) == 1, "the photograph has the keyboard, the strip stays in view"
    reader.presses("F3", "p", "0").is_saved()
    assert said(reader) == {}
    reader.presses("F3")
    assert strip.isHidden()
    assert reader.reading.canvas.hasFocus()


def test_the_photograph_stays_where_it_is_whatever_is_asked(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("F3")
    strip, heights = reader.reading.strip, set()
    for each in strip.describing.vocabulary.described:
        reader.presses(each.letter, "1").is_saved()
        heights.add((strip.height(), reader.reading.canvas.height()))
    assert len(heights) == 1


def test_as_on_the_previous_photo_only_after_an_own_look(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+F3")
    assert "first photo of this individual" in reader.said
    reader.presses("F3", "e", "1", "p", "1", "Esc", "N", "Enter").sees_photo(1)
    reader.presses("Shift+F3")
    assert "only where you completed the photo once by your own look" in reader.said
    assert said(reader) == {}
    reader.presses("F3", "p", "2", "Esc", "N", "Shift+Enter").is_saved()
    reader.presses("Shift+F3").is_saved()
    assert "Taken over from the previous photo: 1 answer." in reader.said
    assert said(reader) == {"place": ("courtyard",), "posture": ("prone",)}, "an own answer stays"
    reader.presses("Shift+F3")
    assert "Nothing is said of the previous photo that is not answered here." in reader.said


def test_what_cannot_be_said_is_told(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("F3", "j")
    assert "No question has the letter J" in reader.said
    reader.presses("0")
    assert "Nothing is said yet of this: state of the body." in reader.said
    reader.presses("b", "9")
    assert "in a bag: there are 4 answers." in reader.said
    reader.reading.toggle_cover()
    reader.presses("1")
    assert "The photograph is covered." in reader.said
    assert said(reader) == {}
    reader.presses("Esc", "F3")
    assert reader.reading.strip.isHidden(), "what is not seen is not described"


def test_a_question_by_its_name(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Ctrl+K").types("other bodies").presses("Enter")
    assert reader.reading.strip.asked.key == "other_bodies"
    reader.presses("2").is_saved()
    assert said(reader) == {"other_bodies": ("one",)}


def test_with_larger_text_no_question_lies_on_another_line(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.resize(1366, 768)
    reader.window.appearance.scale_text(0.5)
    reader.presses("F3")
    strip = reader.reading.strip
    until(strip.isVisible, "the strip")
    for _turn in range(4):
        QApplication.processEvents()
    lowest = max(each.mapTo(strip, QPoint(0, each.height())).y() for each in strip.questions)
    assert lowest <= strip._name.geometry().top()
    assert strip._below.geometry().bottom() <= strip.height()
