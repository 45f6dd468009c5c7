"""The gallery: the whole list in small pictures, gone through, selected and sorted by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reviewer.domain.search.arranging import Grouping
from tests.support.photos import jpeg
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("G")
    return sees_pictures(reader)


def gallery(reader):
    return reader.session.gallery


def sees_pictures(reader):
    """Wait until every cell in view has its picture."""
    grid = gallery(reader).grid
    until(lambda: grid.count, "the list")
    until(lambda: all(picture_of(grid, index) is not None for index in grid.in_view()), "small pictures")
    return reader


def picture_of(grid, index):
    return grid.feed.picture(grid._rows[grid._order[index]].sha256)


def colours(reader, index):
    """How many colours there are in the frame of a cell."""
    grid = gallery(reader).grid
    image = grid.viewport().grab(grid._get_cell_rect(index).adjusted(20, 30, -20, -50)).toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def categories(reader):
    reader.is_saved()
    worklist = reader.session.reader.worklist
    return [worklist.category(position) for position in range(len(worklist))]


def test_g_goes_to_the_gallery_and_back_and_enter_opens_a_photograph(reader):
    assert reader.window.screen_name == "gallery"
    reader.presses("G")
    assert reader.window.screen_name == "read"
    reader.presses("G")
    place = gallery(reader).grid.places([2])[0]
    reader.presses("Right", "Right", "Enter")
    assert reader.window.screen_name == "read"
    reader.sees_photo(place)
    reader.presses("G")
    assert gallery(reader).grid.selection.current == 2


def test_keys_go_through_the_grid_and_select(reader):
    grid = gallery(reader).grid
    chosen = grid.selection
    reader.presses("End")
    assert chosen.current == grid.count - 1
    assert grid.is_current_visible()
    reader.presses("Home", "Shift+Right", "Shift+Right")
    assert chosen.chosen == {0, 1, 2}
    reader.presses("Shift+Left")
    assert chosen.chosen == {0, 1}
    reader.presses("Right", "Right", "Right", "Space")
    assert chosen.chosen == {0, 1, 4}
    assert "3 selected" in gallery(reader).state.text()
    reader.presses("Space", "PgDown", "PgUp", "Down", "Up")
    assert chosen.chosen == {0, 1}
    reader.presses("Ctrl+A")
    assert len(chosen.chosen) == grid.count
    reader.presses("Esc")
    assert chosen.chosen == set()


def test_one_photograph_is_sorted_at_once_and_a_selection_after_its_count(reader):
    screen = gallery(reader)
    reader.presses("3")
    assert categories(reader)[0] == "scene"
    until(lambda: screen.model.rows[0].category == "scene", "the gallery says so")
    reader.presses("Shift+Right", "Shift+Right", "Shift+Right", "1")
    assert screen.box.texts() == ["Sort 4 photographs as detainee"]
    reader.presses("Esc")
    assert categories(reader)[:2] == ["scene", ""]
    reader.presses("1", "Enter")
    places = screen.grid.places(range(4))
    until(lambda: [screen.model.rows[p].category for p in places] == ["detainee"] * 4, "sorted")
    assert "4 photographs sorted at once" in screen.said
    assert screen.grid.selection.chosen == set()
    reader.is_saved().presses("Ctrl+Z")
    until(lambda: [screen.model.rows[p].category for p in places] == ["scene", "", "", ""], "taken back")
    reader.presses("Home", "0")
    until(lambda: screen.model.rows[0].category == "", "cleared")


def test_a_photograph_out_of_view_is_shown_before_it_is_sorted(reader):
    screen = gallery(reader)
    screen.grid.verticalScrollBar().setValue(screen.grid.verticalScrollBar().maximum())
    reader.presses("2")
    assert "Press the key again" in screen.said
    assert screen.grid.is_current_visible()
    reader.presses("2")
    assert categories(reader)[0] == "soldier"


def test_grouping_keeps_what_is_selected(reader):
    screen = gallery(reader)
    reader.presses("Right", "Space")
    chosen = {screen.model.rows[p].sha256 for p in screen.grid.targets()}
    titles = {}
    for number, grouping in enumerate(Grouping, start=1):
        reader.presses("B").types(str(number))
        until(lambda grouping=grouping: screen.model.shown.grouping is grouping, grouping)
        assert {screen.model.rows[p].sha256 for p in screen.grid.targets()} == chosen
        titles[grouping] = [title for title, _count in screen.grid._titles]
    assert titles[Grouping.NOTHING] == [""]
    assert titles[Grouping.INDIVIDUAL][0] == reader.reader.worklist.label(0)
    assert titles[Grouping.DATE] == [*sorted(titles[Grouping.DATE][:-1]), titles[Grouping.DATE][-1]]
    assert len(titles[Grouping.INGEST]) == 1


def test_pictures_are_hidden_in_privacy_and_under_the_cover(reader):
    grid = gallery(reader).grid
    assert colours(reader, 0) > 20
    reader.presses("P")
    assert grid.outlined
    assert colours(reader, 0) == 1
    reader.presses("P")
    assert colours(sees_pictures(reader), 0) > 20
    reader.presses("X")
    assert colours(reader, 0) == 1
    reader.presses("1")
    assert "covered" in gallery(reader).said
    reader.presses("X")
    assert colours(sees_pictures(reader), 0) > 20


def test_sizes_and_the_reader_s_wishes(reader):
    grid = gallery(reader).grid
    side = grid.side
    reader.presses("+", "+")
    assert grid.side == side + 40
    for _time in range(20):
        reader.presses("-")
    assert grid.side == 80
    sees_pictures(reader)
    reader.window.show_screen("settings")
    reader.session.settings.comfort.starts["grey"].setChecked(True)
    reader.window.show_screen("gallery")
    sees_pictures(reader)
    image = picture_of(grid, 0).toImage()
    pixel = image.pixelColor(image.width() // 2, image.height() // 2)
    assert pixel.red() == pixel.green() == pixel.blue()


def test_other_photographs_with_a_name_and_a_reason_and_back(reader):
    screen = gallery(reader)
    photos = [screen.model.rows[place].sha256 for place in (5, 3, 9)]
    screen.show_photos(photos, "Belts", "note:belt, asked today")
    until(lambda: [row.sha256 for row in screen.model.rows] == photos, "the three")
    assert screen.title.text() == "Belts · note:belt, asked today"
    assert screen.state.text().startswith("3 shown")
    screen.group_by(Grouping.NOTHING)
    until(lambda: screen.model.shown.grouping is Grouping.NOTHING, "one row")
    reader.presses("Home", "Right", "Enter")
    assert reader.sees_photo(3).session.reader.worklist.is_everything
    reader.presses("G", "Esc")
    until(lambda: screen.model.shown.worklist.is_everything, "the list of reading")
    assert len(screen.model.rows) > 40


def test_what_is_read_and_found_is_said_below_the_picture(reader):
    screen = gallery(reader)
    reader.presses("G").sees_photo(0).presses("1", "2", "Q", "Enter", "E").is_saved()
    reader.sees_photo(1).presses("D").is_saved().presses("G")
    until(lambda: screen.model.rows[0].findings == 2, "two findings")
    until(
        lambda: [screen.model.rows[p].progress for p in (0, 1)] == ["complete", "set aside"],
        "done and set aside",
    )


def test_the_mouse_chooses_toggles_extends_and_opens(reader):
    grid = gallery(reader).grid

    def clicks(index, modifier=Qt.KeyboardModifier.NoModifier):
        at = grid._get_cell_rect(index).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    clicks(1)
    assert (grid.selection.current, grid.selection.chosen) == (1, set())
    clicks(3, Qt.KeyboardModifier.ControlModifier)
    assert grid.selection.chosen == {3}
    clicks(1, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selection.chosen == {1, 2, 3}
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert grid.selection.chosen == {1, 2, 3}
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid._get_cell_rect(0).center())
    assert reader.window.screen_name == "read"


def test_a_list_that_grows_is_followed(reader, tmp_path):
    screen = gallery(reader)
    before, extra = screen.grid.count, tmp_path / "more"
    extra.mkdir()
    (extra / "new.jpg").write_bytes(jpeg(seed=99))
    reader.presses("End", "Space")
    chosen = {screen.model.rows[p].sha256 for p in screen.grid.targets()}
    reader.session.ingest.start(extra)
    until(lambda: screen.grid.count == before + 1, "one more")
    assert {screen.model.rows[p].sha256 for p in screen.grid.targets()} == chosen
