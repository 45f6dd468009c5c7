"""What is written in a field of several lines begins at the side of its own script."""

import pytest
from PySide6.QtGui import QTextCursor

from reviewer.qt.individuals.evaluation_page import EvaluationPage
from reviewer.qt.reading.note_field import NoteField
from reviewer.qt.widgets.free_text import FreeTextField


@pytest.mark.parametrize("made", [lambda: FreeTextField("text"), NoteField, EvaluationPage])
def test_arabic_begins_at_the_right_and_latin_at_the_left(qtbot, made):
    page = made()
    qtbot.addWidget(page)
    page.resize(600, 200)
    page.show()
    field = page.text if isinstance(page, EvaluationPage) else page
    field.setPlainText("bruise\n\u0643\u062f\u0645\u0629")
    middle = field.viewport().width() / 2
    cursor = QTextCursor(field.document())
    assert field.cursorRect(cursor).left() < middle
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    assert field.cursorRect(cursor).left() > middle
