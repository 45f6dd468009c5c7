"""Tables that are only looked at: words are whole where there is room, and nothing is beyond the edge."""

import pytest
from PySide6.QtCore import Qt

from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.look.theme import DARK, load_theme
from tests.support.windows import wear_in_test

WORDS = ("Demonstration examiner", "2026-11-30", "12873b8974b83a22", "here now")


@pytest.fixture
def shown(qtbot, qapp):
    wear_in_test(qapp, load_theme(DARK))
    kept = []

    def made(wide):
        model = RowsModel(("Examiner", "Enrolled", "Key", ""))
        table = ShortTable(model, "Examiners", 3, 4, scrolls=True)
        qtbot.addWidget(table)
        kept.append(table)
        model.show([WORDS])
        table.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        table.resize(wide, 200)
        table.show()
        return table.table

    yield made


def test_each_column_has_room_for_its_words(shown):
    table = shown(900)
    for column, words in enumerate(WORDS):
        assert table.columnWidth(column) >= table.fontMetrics().horizontalAdvance(words) + 16, words


@pytest.mark.parametrize("wide", [900, 420, 340])
def test_no_column_is_beyond_the_edge(shown, wide):
    table = shown(wide)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_the_widest_gives_way_and_no_head_is_cut(shown):
    table = shown(400)
    header = table.horizontalHeader()
    for column in range(header.count()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)
    date = table.fontMetrics().horizontalAdvance(WORDS[1]) + 16
    assert table.columnWidth(1) >= date


def test_a_column_that_is_compared_with_paper_is_never_cut(qapp):
    model = RowsModel(("Name", "Fingerprint", "Words"))
    model.show([("a", "0123 4567 89ab cdef 0123 4567 89ab cdef", "words that are long enough to give way")])
    table = ShortTable(model, "Keys", 2, 1, whole=(1,))
    table.resize(480, 200)
    table.show()
    needed = table.table.sizeHintForColumn(1)
    assert table.table.columnWidth(1) >= needed
    assert table.table.columnWidth(2) < table.table.sizeHintForColumn(2)
    table.hide()
