"""The grid against a layout worked out cell by cell; its selection, its memory, its manners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPixmap

from reviewer.domain.search.arranging import Grouping, arrange_in_sections
from reviewer.qt.bridge import GuiPost
from reviewer.qt.gallery.grid import GalleryGrid
from reviewer.qt.gallery.grid_layout import CellSize, GridLayout
from reviewer.qt.gallery.pixmaps import PixmapCache
from reviewer.qt.gallery.selection import Selection
from reviewer.qt.widgets.plain_text import isolate_path
from reviewer.services.gallery.rows import GalleryList
from tests.support.gallery_rows import make_gallery_rows
from tests.support.waiting import until

CELL = CellSize(100, 90, 20)
layouts = st.builds(
    lambda lengths, width: (lengths, GridLayout(lengths, width, CELL)),
    st.lists(st.integers(1, 12), max_size=8),
    st.integers(50, 700),
)


@given(layouts, st.integers(0, 1500), st.integers(1, 600))
def test_what_is_visible_is_what_lies_between_two_heights(made, top, tall):
    _lengths, layout = made
    seen = [
        index
        for index in range(layout.count)
        if layout.position(index)[1] < top + tall and layout.position(index)[1] + CELL.tall > top
    ]
    assert list(layout.visible(top, top + tall)) == seen


@given(layouts)
def test_cells_do_not_lie_on_each_other_and_are_found_by_any_of_their_points(made):
    lengths, layout = made
    places = [layout.position(index) for index in range(layout.count)]
    assert layout.count == sum(lengths)
    for index, (left, top) in enumerate(places):
        assert layout.at(left, top) == layout.at(left + 99, top + 89) == index
        assert layout.at(left, top - 1) != index
        assert top + CELL.tall <= layout.height


@given(layouts)
def test_each_section_has_its_heading_above_its_cells_and_no_cell_lies_on_it(made):
    lengths, layout = made
    headings = layout.headings(0, layout.height)
    assert [heading.section for heading in headings] == list(range(len(lengths)))
    first = 0
    for heading, length in zip(headings, lengths, strict=True):
        left, top = layout.position(first)
        assert (heading.left, heading.top + CELL.heading) == (left, top)
        for x in range(heading.left, heading.left + heading.wide, 10):
            assert layout.at(x, heading.top) is layout.at(x, heading.top + CELL.heading - 1) is None
        first += length


@given(layouts)
def test_up_and_down_go_one_row_to_the_nearest_cell(made):
    _lengths, layout = made
    tops = sorted({layout.position(index)[1] for index in range(layout.count)})
    for index in range(layout.count):
        left, top = layout.position(index)
        row = tops.index(top)
        for found, wanted in ((layout.below(index), row + 1), (layout.above(index), row - 1)):
            if not 0 <= wanted < len(tops):
                assert found == index
                continue
            there = layout.position(found)
            assert there[1] == tops[wanted]
            others = [i for i in range(layout.count) if layout.position(i)[1] == tops[wanted]]
            assert abs(there[0] - left) == min(abs(layout.position(i)[0] - left) for i in others)
    if layout.count:
        assert layout.position(layout.move_by_rows(0, 10_000))[1] == tops[-1]
        assert layout.position(layout.move_by_rows(layout.count - 1, -10_000))[1] == tops[0]


def test_small_sections_share_a_row_and_a_long_one_has_its_own():
    layout = GridLayout([2, 3, 9, 1, 1], 716, CELL)
    assert [layout.position(index) for index in (0, 2)] == [(8, 20), (228, 20)]
    assert [layout.position(index)[1] for index in (5, 12, 13)] == [130, 220, 220]
    assert [layout.position(index) for index in (14, 15)] == [(8, 330), (178, 330)]


def test_no_cells_and_no_sections():
    layout = GridLayout([], 500, CELL)
    assert list(layout.visible(0, 1000)) == layout.headings(0, 1000) == []
    assert layout.at(10, 10) is None


def test_a_selection_survives_going_about_and_a_range_gives_back_what_it_took():
    chosen = Selection()
    chosen.reset(10)
    chosen.go(2)
    chosen.toggle()
    chosen.go(5)
    chosen.extend(8)
    chosen.extend(6)
    assert chosen.chosen == {2, 5, 6}
    chosen.extend(4)
    assert chosen.chosen == {2, 4, 5}
    chosen.go(99)
    assert (chosen.current, chosen.targets()) == (9, [2, 4, 5])
    assert chosen.clear()
    assert not chosen.clear()
    assert chosen.targets() == [9]
    chosen.reset(0)
    chosen.toggle()
    assert chosen.targets() == []


def test_pictures_are_kept_within_bounds_the_latest_longest(qapp):
    kept = PixmapCache(most=10 * (200 + 100 * 100 * 4))
    for number in range(30):
        kept.put(str(number), QPixmap(100, 100), 100)
        kept.get("0")
    assert len(kept) == 10
    assert kept.bytes <= 10 * (200 + 100 * 100 * 4)
    assert kept.get("0") is not None
    assert kept.get("1") is None
    assert kept.has("0", 100)
    assert not kept.has("0", 101)


def jpeg_of(colour):
    image, buffer = QImage(256, 192, QImage.Format.Format_RGB32), QBuffer()
    image.fill(colour)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data())


RED = QColor(200, 40, 40)


@pytest.fixture
def grid(qtbot):
    """A grid of 2,000 photographs in 500 sections; it says which small pictures were read."""
    post, content, fetched = GuiPost(), jpeg_of(RED), []

    def fetch(photo):
        fetched.append(photo)
        return content

    made = GalleryGrid(fetch, post)
    made.fetched = fetched
    qtbot.addWidget(made)
    rows = make_gallery_rows([(f"{n:064x}", f"s/{n // 4:03d}", f"{n}.jpg") for n in range(2000)])
    made.resize(800, 600)
    made.set_side(160)
    made.show()
    made.show_list(GalleryList(None, [], rows, Grouping.FOLDER, arrange_in_sections(rows, Grouping.FOLDER)))
    yield made
    made.let_go()
    post.stop()


def middle(grid, index):
    frame = grid._get_cell_rect(index)
    image = grid.viewport().grab().toImage()
    return image.pixelColor(frame.center().x(), frame.center().y() - 15)


def test_frames_are_there_at_once_and_do_not_move_when_pictures_come(grid):
    before = [grid._get_cell_rect(index) for index in grid.in_view()]
    assert len(before) >= 12
    grid.feed.forget()
    assert middle(grid, 0).rgb() == grid._look.frame.rgb()
    grid._refresh_view()
    until(lambda: all(grid.feed.picture(f"{n:064x}") is not None for n in grid.in_view()), "the pictures")
    assert abs(middle(grid, 0).red() - RED.red()) < 12
    assert [grid._get_cell_rect(index) for index in grid.in_view()] == before


def test_what_left_the_view_is_not_read(grid):
    bar = grid.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 200):
        bar.setValue(value)
    bar.setValue(bar.maximum())
    until(lambda: all(grid.feed.picture(f"{n:064x}") is not None for n in grid.in_view()), "the last ones")
    assert len(set(grid.fetched)) < 600


def test_another_size_or_width_keeps_the_first_line_in_view(grid):
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first = grid.in_view()[0]
    grid.set_side(240)
    assert first in grid.in_view()
    grid.resize(500, 600)
    assert first in grid.in_view()
    grid.set_side(80)
    assert first in grid.in_view()


def test_nothing_is_read_while_pictures_are_hidden(grid):
    until(lambda: grid.feed.picture("0" * 64) is not None, "the first")
    grid.set_outlined(True)
    grid.feed.forget()
    grid.fetched.clear()
    grid.verticalScrollBar().setValue(5000)
    grid.viewport().grab()
    assert grid.fetched == []
    grid.set_outlined(False)
    until(lambda: grid.fetched, "pictures again")


def test_a_path_in_two_scripts_keeps_the_order_of_its_parts():
    assert isolate_path("branch 901/2013-06-29") == "branch 901/2013-06-29"
    shown = isolate_path("فرع 927/2011-05-21/927-108")
    assert shown == "\u200e\u2068فرع 927\u2069/\u20682011-05-21\u2069/\u2068927-108\u2069"


def test_a_gallery_that_is_left_keeps_the_pictures_in_view_alone(grid):
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    until(lambda: all(grid.feed.picture(f"{n:064x}") is not None for n in grid.in_view()), "the pictures")
    bar.setValue(0)
    until(lambda: all(grid.feed.picture(f"{n:064x}") is not None for n in grid.in_view()), "the first ones")
    seen = {f"{n:064x}" for n in grid.in_view()}
    assert len(grid.feed.pixmaps) > len(seen)
    grid.hide()
    assert set(grid.feed.pixmaps.list_photos()) == seen
    grid.show()
    bar.setValue(bar.maximum() // 2)
    until(lambda: all(grid.feed.picture(f"{n:064x}") is not None for n in grid.in_view()), "the pictures")
