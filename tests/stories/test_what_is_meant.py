"""A region, a term, a person: taken only if it is the one that is meant, and then seen large."""

import pytest

from reviewer.qt.reading.recorded_words import SHOWN_MS


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def names(reader):
    return [reader.reader.vocabulary.region_name(region) for region in reader.finding.regions]


def test_ten_times_ch_l_and_enter_record_no_region_that_was_not_meant(reader):
    box, shown = reader.reading.box, reader.reading.recorded
    reader.presses("1", "H")
    for _time in range(10):
        reader.types("ch l").presses("Enter")
        assert names(reader) == []
        assert box.detail.text().startswith("Nothing was taken. 2 fit what is typed")
        assert box.texts() == ["cheek, left", "chest, left"]
        reader.presses("Ctrl+A", "Backspace")
    reader.presses("Enter", "Enter")
    assert names(reader) == []
    reader.types("ch l").presses("Down", "Down", "Enter")
    assert names(reader) == ["chest, left"]
    assert shown.isVisible()
    assert shown.text() == "chest, left"
    assert shown.geometry().top() > reader.reading.canvas.height() // 2
    reader.types("ch l")
    assert box.texts()[0] == "chest, left  (chosen)"
    reader.presses("Esc").is_saved()


def test_what_is_recorded_by_any_way_is_shown_large_and_takes_no_key(reader):
    shown = reader.reading.recorded
    assert not shown.isVisible()
    reader.presses("2")
    assert shown.text() == reader.reader.vocabulary.term_name(reader.terms[0])
    regions = reader.reader.vocabulary.regions
    reader.points_at(next(region.key for region in regions if region.name == "chest, left"))
    assert shown.text() == "chest, left"
    reader.presses("Q")
    assert (shown.text(), shown.isVisible()) == ("definite", True)
    reader.presses("Shift+B", "1", "Esc")
    assert shown.text().startswith("shown: ")
    shown._timer.timeout.emit()
    assert not shown.isVisible()
    reader.presses("2")
    assert shown.text().endswith(": removed")
    reader.presses("Right")
    assert not shown.isVisible()
    assert 1000 <= SHOWN_MS <= 2000


def test_coverage_and_commands_take_nothing_that_is_not_meant_either(reader):
    reader.presses("Shift+B").types("ch l").presses("Enter")
    assert not reader.reader.reading.coverage
    reader.presses("Ctrl+A", "Backspace").types("chest l").presses("Enter", "Esc").is_saved()
    assert [level for _region, level in reader.reader.reading.coverage] == ["assessable"]
    reader.presses("Ctrl+K", "Enter")
    assert reader.window.commands.is_asking
    reader.presses("Esc")
