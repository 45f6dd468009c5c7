"""Where the keyboard is after a click, where a note is gone on with, and what the wheel leaves as it is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from reviewer.qt.widgets.still_boxes import NoScrollComboBox, NoScrollSlider, NoScrollSpinBox
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def click(widget, at=None):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def parts(reading):
    side = reading.side
    return {
        "filmstrip": reading.filmstrip.viewport(),
        "header": reading.header,
        "information": reading.info,
        "findings": side.findings.viewport(),
        "panel": side.state,
        "quick tags": side.quick_tags,
        "body map": side.body_map,
    }


def test_a_click_beside_the_note_gives_the_keyboard_to_the_photograph(reader):
    reading = reader.reading
    first = reader.reader.sha256
    for name, part in parts(reading).items():
        reader.presses("S")
        assert QApplication.focusWidget() is reading.side.note, name
        click(part, QPoint(3, 3))
        assert QApplication.focusWidget() is reading.canvas, name
    reader.presses("S").types("seen")
    click(reading.side.state)
    reader.presses("2", "Right", "N").is_saved()
    second = reader.reader.sha256
    assert second != first
    assert not reader.reader.reading.note
    reader.presses("Left")
    assert (reader.reader.reading.note, len(reader.terms)) == ("seen", 1)


def test_a_click_in_a_box_over_the_screen_leaves_it_the_keyboard(reader):
    reader.presses("/").types("br")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    click(reader.reading.box.detail)
    assert QApplication.focusWidget() is line
    click(reader.reading.header)
    keeps = line if reader.reading.box.is_asking else reader.reading.canvas
    assert QApplication.focusWidget() is keeps


def test_a_card_keeps_the_field_that_is_typed_in(reader):
    reader.presses("Ctrl+Shift+C")
    cards = reader.session.cards
    until(lambda: cards.view.has_picture, "the photograph with the card")
    reader.types("215").presses("Tab").types("9")
    click(cards.strip)
    reader.types("8")
    typed = cards.form.read_typed(cards.desk.number, None)
    assert (typed.detainee, typed.branch) == ("215", "98")


def test_a_note_is_gone_on_with_at_its_end(reader):
    reader.presses("S").types("one").presses("Esc").is_saved()
    reader.presses("Right", "Left", "S").types(" two").presses("Esc").is_saved()
    assert reader.reader.reading.note == "one two"


def turned(widget):
    """Whether a turn of the wheel over a widget was left to what lies beneath it."""
    middle = QPointF(widget.rect().center())
    plain = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    turn = QWheelEvent(middle, QPointF(widget.mapToGlobal(middle)), QPoint(), QPoint(0, -120), *plain)
    QApplication.sendEvent(widget, turn)
    return turn.isAccepted()


def value_of(widget):
    return widget.currentIndex() if isinstance(widget, NoScrollComboBox) else widget.value()


def test_the_wheel_over_a_box_changes_nothing_until_it_has_the_keyboard(reader):
    reader.presses("F5")
    reader.presses("Shift+E").types("exp").presses("Enter")
    until(lambda: reader.reading.enhance.boxes, "a step of the view")
    window = reader.window
    for name in ("read", "gallery", "records", "problems", "settings"):
        window.show_screen(name)
        screen = reader.session.screens[name]
        screen.make_all()
        kinds = (NoScrollComboBox, NoScrollSlider, NoScrollSpinBox)
        found = [each for kind in kinds for each in screen.findChildren(kind)]
        assert found, name
        for box in found:
            before = value_of(box)
            box.clearFocus()
            assert not turned(box), (name, box.accessibleName())
            assert value_of(box) == before
            assert not box.hasFocus()
    minutes = reader.session.settings.comfort.lock_after
    minutes.setFocus(Qt.FocusReason.TabFocusReason)
    before = minutes.value()
    assert turned(minutes)
    assert minutes.value() != before
