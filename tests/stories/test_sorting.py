"""The category gate: a hundred photographs sorted with nothing but the keyboard."""

import shutil

import pytest

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


def test_a_hundred_photographs_are_sorted_by_keys_alone_and_it_is_saved(reader, case_folder):
    gate = reader.session.sorting
    keys = [str(number % 6 + 1) for number in range(HUNDRED)]
    for position, key in enumerate(keys):
        sees(reader, position).presses(key)
    assert categories(reader) == [list(Category)[int(key) - 1] for key in keys]
    assert gate.progress.text().startswith("Sorted 100 of 100")
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


def test_a_run_is_sorted_at_once_after_its_count_was_shown(reader):
    gate = reader.session.sorting
    reader.presses("1")
    sees(reader, 1).presses("Shift+3")
    assert gate.box.texts() == [
        "The rest of this individual: 9 photographs",
        "From here to the next that is sorted: 99 photographs",
    ]
    reader.presses("Esc")
    assert categories(reader)[1] == ""
    reader.presses("Shift+3", "Enter")
    sees(reader, 10)
    assert categories(reader)[:11] == ["detainee", *["scene"] * 9, ""]
    assert "9 photographs sorted at once" in gate.said
    reader.presses("Backspace")
    sees(reader, 1)
    assert categories(reader)[:11] == ["detainee", *[""] * 10]


def test_arrows_look_back_and_a_category_can_be_changed_and_cleared(reader):
    gate = reader.session.sorting
    reader.presses("1")
    sees(reader, 1).presses("Left")
    sees(reader, 0)
    assert gate.category.text() == "Detainee"
    reader.presses("0").is_saved()
    until(lambda: gate.category.text() == "Not sorted", "not sorted any more")
    reader.presses("0")
    assert "not sorted" in gate.said
    reader.presses("4")
    sees(reader, 1).presses("Left")
    assert sees(reader, 0).session.sorting.category.text() == "Document"
    reader.presses("Space")
    sees(reader, 1)


def test_nothing_is_sorted_under_the_cover(reader):
    reader.presses("X", "1")
    assert "covered" in reader.session.sorting.said
    reader.presses("X", "1")
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
