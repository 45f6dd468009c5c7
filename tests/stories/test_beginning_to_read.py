"""Reading begins by a click as by a key, and what is covered is uncovered by a button that is seen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reviewer.services.reading.sight import Sight

LEFT = Qt.MouseButton.LeftButton


def test_what_is_covered_is_uncovered_by_a_button(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    prompt, canvas = reader.reading.prompt, reader.reading.canvas
    assert not prompt.uncover.isVisible()
    reader.presses("X")
    assert canvas.sight() is Sight.COVERED
    assert prompt.uncover.isVisible()
    QTest.mouseClick(canvas, LEFT, pos=QPoint(5, 5))
    assert canvas.sight() is Sight.COVERED, "a click beside it uncovers nothing"
    QTest.mouseClick(prompt.uncover, LEFT)
    reader.sees_photo(0)
    assert not prompt.uncover.isVisible()


def test_a_click_begins(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reading = reader.reading
    asked = []
    reader.window.binder.find("go.next-photo").triggered.connect(lambda: asked.append(1))
    reading.prompt.show_for(can_begin=True)
    assert reading.prompt.begin.isVisible()
    QTest.mouseClick(reading.prompt.begin, LEFT)
    assert asked == [1], "once"
    reader.sees_photo(1)
    assert not reading.prompt.begin.isVisible(), "a photograph is on screen"
    reading.canvas.pressed_on_nothing.emit()
    assert asked == [1]
    reading.prompt.show_for(can_begin=True)
    reading.canvas.pressed_on_nothing.emit()
    assert asked == [1, 1]
