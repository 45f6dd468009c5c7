"""The list of examiners: each row beside the next, none over another, in every size of type."""

import pytest

from reviewer.domain.photos.case import Examiner
from reviewer.qt.entry.who import ExaminerList
from reviewer.qt.look.theme import load_theme
from tests.support.windows import wear_in_test


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_rows_do_not_lie_over_one_another(qapp, qtbot, scale):
    names = ExaminerList([Examiner("a", "Dr Okoye"), Examiner("b", "Dr Haddad")], 200)
    qtbot.addWidget(names)
    names.show()
    wear_in_test(qapp, load_theme("dark", scale))
    first, second = (names.visualItemRect(names.item(row)) for row in range(2))
    assert first.bottom() < second.top()
    assert first.height() >= names.fontMetrics().height() + 16
    assert names.viewport().rect().contains(second)
