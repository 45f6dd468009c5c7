"""The category gate: a hundred photographs sorted with nothing but the keyboard."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.domain.reading.category import Category
from tests.support.cases import ingested, made_case, opened
from tests.support.photos import jpeg
from tests.support.waiting import until

HUNDRED, A_FOLDER = 100, 10


@pytest.fixture(scope="module")
def sorted_nowhere(tmp_path_factory):
    """A case of a hundred small photographs in ten folders; never opened for writing, only copied."""
    drive = tmp_path_factory.mktemp("drive")
    for number in range(HUNDRED):
        folder = drive / f"body {number // A_FOLDER:02d}"
        folder.mkdir(exist_ok=True)
        (folder / f"IMG_{number:04d}.JPG").write_bytes(jpeg(320, 240, seed=number + 1))
    case = made_case(tmp_path_factory.mktemp("case"))
    ingested(case, drive)
    case.close()
    return drive, case.folder


@pytest.fixture
def case_folder(tmp_path, sorted_nowhere):
    return shutil.copytree(sorted_nowhere[1], tmp_path / "sorting.case")


@pytest.fixture
def reader(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Ctrl+Shift+S")
    return sees(reader, 0)


def sees(reader, position):
    """Wait until this photograph is sharp on the sort screen."""
    gate = reader.session.sorting
    until(lambda: gate.sorter.position == position and gate.view.has_picture, f"photo {position} to sort")
    return reader


def categories(reader):
    reader.is_saved()
    worklist = reader.session.reader.worklist
    return [worklist.category(position) for position in range(len(worklist))]


def checked(gate):
    return [row.name for row in gate.panel.choices.rows if row.isChecked()]


def test_a_hundred_photographs_are_sorted_by_keys_alone_and_it_is_saved(reader, case_folder):
    gate = reader.session.sorting
    keys = [str(number % 6 + 1) for number in range(HUNDRED)]
    for position, key in enumerate(keys):
        sees(reader, position).presses(key)
    assert categories(reader) == [list(Category)[int(key) - 1] for key in keys]
    until(lambda: gate.head.progress.text() == "100 of 100 sorted", "the line above counts all of them")
    assert "Every other photograph" in gate.said
    reader.leaves()
    with opened(case_folder) as case, case.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT category, count(*) FROM photo_facts GROUP BY 1")
        assert dict(map(tuple, rows)) == {each: 17 if n < 4 else 16 for n, each in enumerate(Category)}


def test_backspace_takes_back_one_after_the_other_and_shows_the_photograph(reader):
    reader.presses("1")
    sees(reader, 1).presses("2")
    sees(reader, 2).presses("Backspace")
    sees(reader, 1)
    assert "Undone: 1 photo sorted as soldier" in reader.session.sorting.said
    reader.presses("Backspace")
    sees(reader, 0)
    assert set(categories(reader)) == {""}
    reader.presses("Backspace")
    assert "Nothing was sorted here" in reader.session.sorting.said
    reader.presses("Ctrl+Y")
    until(lambda: categories(reader)[0] == "detainee", "the first one sorted again")


def test_backspace_takes_back_nothing_that_was_done_elsewhere(reader):
    reader.presses("1")
    sees(reader, 1).is_saved().presses("Ctrl+Shift+3", "2").is_saved()
    assert len(reader.terms) == 1
    reader.presses("Ctrl+Shift+S", "Backspace").is_saved()
    assert "Nothing was sorted here" in reader.session.sorting.said
    assert len(reader.terms) == 1


def words_of_runs(gate):
    return {
        str(kind): gate.panel.runs.counts[kind].text() if button.isEnabled() else "off"
        for kind, button in gate.panel.runs.buttons.items()
    }


def test_a_run_is_sorted_at_once_after_its_count_was_shown(reader):
    gate = reader.session.sorting
    reader.presses("1")
    sees(reader, 1)
    until(
        lambda: words_of_runs(gate) == {"individual": "9", "folder": "off", "to next sorted": "99"},
        "the runs are counted while nobody presses a key",
    )
    reader.presses("Shift+3")
    assert gate.plate.sentence.text().startswith("for 9 photographs: the rest of this individual.")
    assert gate.strip.list_bracketed() == list(range(1, 10)), "the bracket shows exactly those"
    assert [row.isChecked() for row in gate.panel.choices.rows].index(True) == 2
    reader.presses("4", "0", "Esc")
    assert gate.strip.list_bracketed() == []
    assert categories(reader)[1] == "", "other keys and Esc do nothing"
    reader.presses("Shift+3", "Down")
    assert gate.plate.sentence.text().startswith("for 99 photographs: from here up to the next")
    assert gate.panel.runs.chosen == "to next sorted"
    reader.presses("Up", "Enter")
    sees(reader, 10)
    assert categories(reader)[:11] == ["detainee", *["scene"] * 9, ""]
    assert "9 photographs sorted at once" in gate.said
    reader.presses("Backspace")
    sees(reader, 1)
    assert categories(reader)[:11] == ["detainee", *[""] * 10]


def test_a_run_chosen_on_one_photograph_is_not_meant_on_the_next(reader):
    gate = reader.session.sorting
    until(lambda: gate.panel.runs.chosen == "individual", "the shortest run is chosen")
    gate.panel.runs.buttons["to next sorted"].click()
    reader.presses("1")
    sees(reader, 1).presses("Shift+3")
    assert gate.plate.run.kind == "individual"


def test_everything_is_done_with_the_mouse_alone(reader):
    gate = reader.session.sorting
    rows, shift = gate.panel.choices.rows, Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    sees(reader, 1)
    until(lambda: gate.panel.runs.chosen == "individual", "the runs are counted")
    QTest.mouseClick(rows[2], Qt.MouseButton.LeftButton, shift)
    assert gate.plate.isVisible()
    QTest.mouseClick(gate.plate.cancel_button, Qt.MouseButton.LeftButton)
    assert not gate.plate.isVisible()
    QTest.mouseClick(rows[2], Qt.MouseButton.LeftButton, shift)
    QTest.mouseClick(gate.plate.sort_button, Qt.MouseButton.LeftButton)
    sees(reader, 10)
    assert categories(reader)[:11] == ["detainee", *["scene"] * 9, ""]
    QTest.mouseClick(gate.panel.last.take_back, Qt.MouseButton.LeftButton)
    sees(reader, 1)
    at = next(place.frame.center() for place in gate.strip._places if place.position == 0)
    QTest.mouseClick(gate.strip, Qt.MouseButton.LeftButton, pos=at)
    sees(reader, 0)
    QTest.mouseClick(gate.panel.clear, Qt.MouseButton.LeftButton)
    assert categories(reader)[0] == ""


def test_the_counts_on_screen_add_up(reader):
    gate = reader.session.sorting
    for position, key in enumerate("1122334"):
        sees(reader, position).presses(key)
    reader.is_saved()

    def adds_up():
        sorted_, _of, total, _word = gate.head.progress.text().split()
        rows = sum(int(row.count.replace(",", "")) for row in gate.panel.choices.rows)
        left = int(gate.head.left.text().split()[0])
        return (rows, int(total)) == (int(sorted_), HUNDRED) and left + rows == HUNDRED and rows == 7

    until(adds_up, "the six categories make what is sorted, and with what is left the whole")


def test_the_last_four_are_said_and_what_was_taken_back_is_not(reader):
    gate = reader.session.sorting
    for position, key in enumerate("12341"):
        sees(reader, position).presses(key)
    reader.is_saved()
    words = ["detainee", "document", "scene", "soldier or guard"]
    until(lambda: [word for _name, word in gate.panel.last.list_rows()] == words, "the last four")
    name = gate.sorter.worklist.items[4].name
    assert gate.panel.last.list_rows()[0][0] == name
    reader.presses("Backspace")
    sees(reader, 4)
    until(lambda: gate.panel.last.list_rows()[0][1] == "document", "the one before")


def test_the_strip_is_in_the_order_of_the_list_with_person_and_category(reader):
    gate = reader.session.sorting
    reader.presses("3")
    sees(reader, 1)
    shown = gate.strip.list_shown()
    label = gate.sorter.worklist.name_person(0)
    assert shown[0] == (0, f"{label}, 10 photographs", "scene")
    assert shown[1] == (1, "", "here")
    assert shown[2] == (2, "", "not sorted")
    assert [position for position, _heading, _word in shown] == list(range(len(shown)))


def test_the_frame_of_the_photograph_on_screen_lies_in_what_is_painted_anew(reader):
    gate = reader.session.sorting
    boxes = [gate.strip.find_box(place) for place in gate.strip._places[:2]]
    before = gate.strip.grab().toImage()
    reader.presses("Right")
    sees(reader, 1)
    after = gate.strip.grab().toImage()
    other = {
        (x, y)
        for x in range(0, boxes[1].right() + 8)
        for y in range(boxes[0].top() - 4, after.height())
        if before.pixel(x, y) != after.pixel(x, y)
    }
    assert other
    assert not any(not boxes[0].contains(x, y) and not boxes[1].contains(x, y) for x, y in other)


def test_all_sorted_says_what_comes_next_and_shows_those_that_cannot_be_told(reader):
    gate = reader.session.sorting
    reader.presses("6")
    sees(reader, 1).presses("Shift+1", "Down", "Enter")
    reader.is_saved()
    until(lambda: gate.panel.all_sorted.isVisible(), "all are sorted")
    assert not gate.panel.runs.isVisible()
    assert gate.panel.all_sorted.title.text() == "✓  All 100 are sorted"
    assert "99 of detainees, 1 that cannot be told" in gate.panel.all_sorted.sentence.text()
    gate.panel.all_sorted.untold.click()
    assert reader.window.screen_name == "gallery"
    until(lambda: len(reader.session.gallery.worklist) == 1, "the one that cannot be told")


def test_arrows_look_back_and_a_category_can_be_changed_and_cleared(reader):
    gate = reader.session.sorting
    reader.presses("1")
    sees(reader, 1).presses("Left")
    sees(reader, 0)
    assert checked(gate) == ["Detainee"]
    reader.presses("0").is_saved()
    until(lambda: checked(gate) == [], "not sorted any more")
    reader.presses("0")
    assert "not sorted" in gate.said
    reader.presses("4")
    sees(reader, 1).presses("Left")
    sees(reader, 0)
    assert checked(gate) == ["Document"]
    reader.presses("Space")
    sees(reader, 1)


def test_nothing_is_sorted_under_the_cover(reader):
    gate = reader.session.sorting
    reader.presses("X", "1")
    assert "covered" in gate.said
    assert gate.panel.hint.text() == "covered: X uncovers it"
    assert not any(row.isEnabled() for row in gate.panel.choices.rows)
    reader.presses("X")
    until(lambda: gate.panel.hint.text() == "one key, then the next", "uncovered")
    assert all(row.isEnabled() for row in gate.panel.choices.rows)
    reader.presses("1")
    sees(reader, 1)
    assert categories(reader)[:2] == ["detainee", ""]


def test_what_is_not_a_detainee_is_said_while_reading_and_not_offered(reader):
    reader.presses("1")
    sees(reader, 1).presses("3")
    sees(reader, 2).is_saved().presses("Ctrl+Shift+3").sees_photo(0)
    assert reader.reading.header.category.text() == ""
    reader.presses("Right").sees_photo(1)
    assert reader.reading.header.category.text() == "Scene"
    reader.presses("Left").sees_photo(0).presses("N", "Enter").sees_photo(2)


def test_wishes_of_the_reader_hold_here_too(reader):
    gate = reader.session.sorting
    reader.window.show_screen("settings")
    reader.session.settings.comfort.starts["covered"].setChecked(True)
    reader.window.show_screen("sort")
    reader.presses("X", "1")
    until(lambda: gate.sorter.position == 1, "the next one")
    assert gate.view.covered
    reader.window.show_screen("settings")
    reader.session.settings.comfort.starts["grey"].setChecked(True)
    reader.window.show_screen("sort")
    sees(reader, 1)
    layer = gate.view.shown_layer()
    pixel = gate.view.layers.pixmap(layer).toImage().pixelColor(100, 100)
    assert pixel.red() == pixel.green() == pixel.blue()
