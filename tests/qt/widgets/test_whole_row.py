"""Rows of a list have as many lines as their text needs."""

import pytest
from PySide6.QtWidgets import QListWidget

from reviewer.qt.widgets.whole_row import WrappedRowDelegate

TEXT = "ligature mark, neck, front: certainty not stated; photo 1"


@pytest.fixture
def rows(qtbot):
    made = QListWidget()
    qtbot.addWidget(made)
    made.setWordWrap(True)
    made.setItemDelegate(WrappedRowDelegate(made))
    made.addItem(TEXT)
    return made


def height_at(rows, wide):
    rows.resize(wide, 400)
    rows.show()
    rows.doItemsLayout()
    return rows.visualItemRect(rows.item(0)).height()


def test_a_text_that_would_touch_the_edge_has_a_second_line(rows):
    """Qt's own measure calls one line enough up to the last pixel, and then cuts the last word."""
    needs = rows.fontMetrics().horizontalAdvance(TEXT)
    one = height_at(rows, needs + 60)
    assert height_at(rows, needs + 10) >= 2 * rows.fontMetrics().height() > one


def test_narrower_never_means_lower(rows):
    heights = [height_at(rows, wide) for wide in range(600, 80, -20)]
    assert heights == sorted(heights)
    assert heights[-1] > 3 * heights[0]
