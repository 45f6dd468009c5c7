"""What is wrong with a field is seen without colour: a sign before the words, and the edge of the field."""

import pytest
from PySide6.QtWidgets import QLineEdit

from reviewer.qt.look.theme import load_theme
from reviewer.qt.widgets.field_message import FieldMessage
from tests.support.windows import wear_in_test


@pytest.fixture
def field(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def message(qtbot, qapp, field):
    wear_in_test(qapp, load_theme("dark"))
    made = FieldMessage(field)
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def find_first_column_painted(message):
    """The first column of pixels that is not the ground."""
    image = message.grab().toImage()
    ground = image.pixel(image.width() - 1, 0)
    return next(
        x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height()))
    )


def test_what_is_wrong_has_a_sign_before_its_words(message, field):
    message.say("A quiet word.")
    assert not message.is_wrong
    quiet = message.grab().toImage()
    message.say_wrong("A quiet word.")
    assert message.is_wrong
    assert message.text() == "A quiet word."
    assert message.contentsMargins().left() >= 14
    sign = message.grab().toImage().copy(0, 0, message.contentsMargins().left(), message.height())
    before = quiet.copy(0, 0, message.contentsMargins().left(), message.height())
    assert sign != before
    assert find_first_column_painted(message) < message.contentsMargins().left() - 4
    assert field.property("wrong") is True
    message.say("")
    assert field.property("wrong") is False


def test_room_is_kept_before_anything_is_said(message):
    message.say("")
    before = message.sizeHint().height(), message.heightForWidth(300)
    message.say_wrong("Type digits only.")
    assert (message.sizeHint().height(), message.heightForWidth(300)) == before
    assert min(before) >= message.fontMetrics().height()
