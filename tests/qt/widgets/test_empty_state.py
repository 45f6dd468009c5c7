"""What stands where there is nothing shows all of its words in every size of type."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reviewer.qt.look.theme import load_theme
from reviewer.qt.widgets.empty_state import EmptyState
from tests.support.windows import wear_in_test


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_its_sentence_is_whole(qtbot, scale):
    wear_in_test(QApplication.instance(), load_theme("dark", scale))
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    box = EmptyState("ingest")
    column.addWidget(box)
    column.addStretch(1)
    box.show_state("Nothing is here", "A sentence of some length, which says what will stand here. " * 3)
    page.resize(1200, 700)
    page.show()
    QApplication.processEvents()
    assert box.sentence.height() >= box.sentence.heightForWidth(box.sentence.width())
    wear_in_test(QApplication.instance(), load_theme("dark"))
