"""Marks: drawn with the mouse, kept in the pixels of the file, chosen, moved, reshaped, deleted."""

import pytest

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.worklist.listed_photos import WorklistItem


def mark(reader):
    (found,) = [m for f in reader.reader.reading.findings for m in f.marks]
    return found


def upright(reader):
    """At the first photograph whose file is not turned, where both pixel grids are the same."""
    items = reader.reader.worklist.items
    place = next(place for place, item in enumerate(items) if orientation(reader, item) == 1)
    reader.reader.go(place)
    return reader.sees_photo(place)


def near(points, expected, reach=4):
    assert len(points) == len(expected)
    for (x, y), (ex, ey) in zip(points, expected, strict=True):
        assert abs(x - ex) <= reach, (points, expected)
        assert abs(y - ey) <= reach, (points, expected)


@pytest.mark.parametrize(
    ("key", "shape"), [("R", MarkShape.RECTANGLE), ("O", MarkShape.ELLIPSE), ("I", MarkShape.LINE)]
)
def test_shapes_drawn_in_one_drag(desk, case_folder, key, shape):
    reader = upright(desk().opens(case_folder)).presses("1", key)
    reader.drags((300, 200), (600, 500)).is_saved()
    assert mark(reader).shape is shape
    near(mark(reader).points, [(300, 200), (600, 500)])


def test_a_polygon_a_stroke_and_a_point(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("1", "P")
    reader.clicks((300, 200), (600, 220), (500, 500)).presses("Enter").is_saved()
    near(mark(reader).points, [(300, 200), (600, 220), (500, 500)])
    reader.presses("Ctrl+Z", "F").drags((300, 300), (700, 300), (400, 320), (500, 400), (600, 320)).is_saved()
    assert mark(reader).shape is MarkShape.FREEHAND
    assert len(mark(reader).points) >= 3
    reader.presses("Ctrl+Z", ".").clicks((444, 333)).is_saved()
    near(mark(reader).points, [(444, 333)])


def test_a_mark_is_chosen_moved_reshaped_and_deleted_each_can_be_undone(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("1", "R").drags((300, 200), (600, 500))
    reader.presses("V").drags((450, 350), (550, 400)).is_saved()
    near(mark(reader).points, [(400, 250), (700, 550)], 6)
    reader.drags((700, 550), (800, 650)).is_saved()
    near(mark(reader).points, [(400, 250), (800, 650)], 8)
    reader.presses("Delete").is_saved()
    assert reader.finding.marks == ()
    reader.presses("Ctrl+Z").is_saved()
    near(mark(reader).points, [(400, 250), (800, 650)], 8)
    reader.presses("Ctrl+Z", "Ctrl+Z").is_saved()
    near(mark(reader).points, [(300, 200), (600, 500)])


def test_a_mark_without_a_finding_asks_what_it_is(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("R").drags((300, 200), (600, 500))
    reader.types("bruise").presses("Enter").is_saved()
    assert reader.terms == ["blunt.bruise"]
    assert mark(reader).shape is MarkShape.RECTANGLE


def test_a_mark_on_a_turned_photograph_is_kept_in_the_pixels_of_the_file(desk, case_folder):
    reader = desk().opens(case_folder)
    turned = next(p for p, item in enumerate(reader.reader.worklist.items) if orientation(reader, item) == 6)
    reader.reader.go(turned)
    reader.sees_photo(turned).presses("1", ".").clicks((100, 40)).is_saved()
    height = reader.reader.photo.height
    # Orientation 6 is shown turned clockwise: upright (x, y) is recorded (y, height - 1 - x).
    near(mark(reader).points, [(40, height - 1 - 100)])


def orientation(reader, item: WorklistItem) -> int:
    reader.reader.go(reader.reader.worklist.position_of(item.sha256))
    return reader.reader.photo.orientation
