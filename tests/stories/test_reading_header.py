"""The line above the photograph: whose it is first, and nothing in it is cut."""

from PySide6.QtWidgets import QLabel

from reviewer.qt.widgets.elided_label import ElidedLabel
from tests.stories.test_side_panel import settles


def cut(header):
    labels = [label for label in header.findChildren(QLabel) if not isinstance(label, ElidedLabel)]
    return [
        label.text() for label in labels if label.isVisible() and label.width() < label.sizeHint().width()
    ]


def test_it_says_who_is_read_and_where_one_is(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    header, worklist = reader.reading.header, reader.reader.worklist
    assert header.person.text() == worklist.name_person(0)
    assert header.place.text() == f"photo 1 of {len(worklist.positions_of_same_individual(0))}"
    assert header.order.text() == f"individual 1 of {len(worklist.groups)}"
    assert header.counts.text() == f"0 of {len(worklist)} complete"
    assert "Examiner: " in header.person.toolTip()


def test_what_is_least_needed_goes_where_there_is_little_room(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    header = reader.reading.header
    reader.presses("2").is_saved()
    header.show_softening("blur")
    header.show_clock("1:05", True)
    for width in (1366, 1092, 910):
        reader.window.resize(width, 768)
        settles()
        assert cut(header) == [], width
        assert header.person.isVisible(), width
        assert header.place.isVisible(), width
        assert header.softening.isVisible(), width
    assert not header.order.isVisible()
    assert header.order.text() in header.place.toolTip().lower()
