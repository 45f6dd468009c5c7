"""Tables: numbers stand at the right under heads that do, and rows grow with the type."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from reviewer.qt.widgets.row_table import RowTable, TextTableModel


class _Model(TextTableModel):
    def __init__(self):
        super().__init__(("File", "Bytes"), numbers=(1,))

    def count_rows(self):
        return 1

    def text(self, row, column):
        return ("a letter.jpg", "1,234")[column]


@pytest.fixture
def table(qapp):
    made = RowTable(_Model(), "Files", (100, 80))
    yield made
    made.deleteLater()


@pytest.mark.parametrize(
    ("column", "side"), [(0, Qt.AlignmentFlag.AlignLeft), (1, Qt.AlignmentFlag.AlignRight)]
)
def test_heads_stand_over_their_cells(table, column, side):
    model = table.model()
    role = Qt.ItemDataRole.TextAlignmentRole
    head = model.headerData(column, Qt.Orientation.Horizontal, role)
    assert head == model.data(model.index(0, column), role) == side | Qt.AlignmentFlag.AlignVCenter


def test_rows_and_columns_grow_with_the_type(table):
    assert table.verticalHeader().defaultSectionSize() >= 32
    font = QFont(table.font())
    font.setPixelSize(13)
    table.setFont(font)
    before = table.columnWidth(0)
    font.setPixelSize(26)
    table.setFont(font)
    assert table.verticalHeader().defaultSectionSize() >= table.fontMetrics().height() + 16
    assert table.columnWidth(0) >= 2 * before
