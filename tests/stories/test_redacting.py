"""Areas to redact: drawn, named, chosen, removed and taken back while reading, shared by all examiners."""

from PIL import Image
from PySide6.QtGui import QImage

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.photos.redaction import RedactionPurpose
from reviewer.qt.canvas.tools import REDACTION_TOOLS
from reviewer.services.pictures.redacted_copy import load_areas
from tests.stories.screen_form import counted, goes_into, opens_form, told
from tests.stories.test_marks import near, orientation, upright
from tests.support.waiting import until


def areas(reader, photo=None):
    return load_areas(reader.session.case, photo or reader.reader.sha256)


def shown(reader):
    return [(view.label, view.selected) for view in reader.reading.canvas.redactions]


def test_a_face_is_covered_and_a_name_beside_it(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+R")
    assert "The photograph stays as it is" in reader.said
    reader.drags((300, 200), (600, 500)).presses("1").is_saved()
    (face,) = areas(reader)
    assert (face.shape, face.purpose) == (MarkShape.RECTANGLE, RedactionPurpose.FACE)
    near(face.points, [(300, 200), (600, 500)])
    assert reader.terms == [], "an area is no finding"
    reader.presses("Ctrl+O").drags((700, 600), (800, 640)).types("name").presses("Enter").is_saved()
    assert [(each.shape, each.purpose) for each in areas(reader)][1] == (
        MarkShape.ELLIPSE,
        RedactionPurpose.NAME,
    )
    assert shown(reader) == [("face", False), ("name or number", False)]


def test_a_polygon_ends_with_enter_and_no_answer_means_no_area(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+P")
    reader.clicks((300, 200), (600, 220), (500, 500)).presses("Enter", "2").is_saved()
    (area,) = areas(reader)
    assert (area.shape, area.purpose) == (MarkShape.POLYGON, RedactionPurpose.GENITALS)
    near(area.points, [(300, 200), (600, 220), (500, 500)])
    reader.presses("Ctrl+R").drags((10, 10), (90, 90)).presses("Esc").is_saved()
    assert areas(reader) == (area,)


def test_corners_on_one_line_are_no_area_and_that_is_said(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+P")
    reader.clicks((300, 300), (400, 300), (500, 300)).presses("Enter", "1")
    assert areas(reader) == ()
    assert "no area" in reader.said


def test_areas_are_chosen_and_removed_by_keys_and_each_step_taken_back(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+Down")
    assert "Nothing is to be redacted" in reader.said
    reader.presses("Ctrl+R").drags((300, 200), (600, 500)).presses("1")
    reader.drags((700, 600), (800, 640)).presses("3", "Esc").is_saved()
    reader.presses("Ctrl+Down", "Ctrl+Down")
    assert reader.said.startswith("Area 2 of 2 to redact: name or number.")
    assert shown(reader) == [("face", False), ("name or number", True)]
    reader.presses("Delete").is_saved()
    assert [each.purpose for each in areas(reader)] == [RedactionPurpose.FACE]
    reader.presses("Ctrl+Z").is_saved()
    assert [each.purpose for each in areas(reader)] == [RedactionPurpose.FACE, RedactionPurpose.NAME]
    assert reader.said == "Undone: area to redact removed."
    assert len(shown(reader)) == 2
    reader.presses("Ctrl+Z", "Ctrl+Z").is_saved()
    assert shown(reader) == []
    reader.presses("Ctrl+Y").is_saved()
    assert shown(reader) == [("face", False)]


def test_taking_an_area_back_goes_to_the_photograph_it_was_drawn_on(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+R")
    photo = reader.reader.sha256
    reader.drags((300, 200), (600, 500)).presses("4").is_saved().presses("Right")
    assert shown(reader) == []
    assert reader.reader.sha256 != photo
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reader.sha256 == photo
    assert areas(reader) == ()
    assert reader.said == "Undone: area to redact drawn: other."


def test_a_click_in_an_area_chooses_it_and_a_finding_chosen_after_it_is_what_delete_removes(
    desk, case_folder
):
    reader = upright(desk().opens(case_folder)).presses("1", "2", "Ctrl+R")
    reader.drags((300, 200), (600, 500)).presses("1", "V").is_saved().clicks((450, 350))
    assert shown(reader) == [("face", True)]
    reader.clicks((800, 100))
    assert shown(reader) == [("face", False)]
    reader.clicks((450, 350)).presses("Up", "Delete").is_saved()
    assert len(areas(reader)) == 1
    assert len(reader.terms) == 1


def test_on_a_turned_photograph_areas_are_kept_in_the_pixels_of_the_file(desk, case_folder):
    reader = desk().opens(case_folder)
    turned = next(p for p, item in enumerate(reader.reader.worklist.items) if orientation(reader, item) == 6)
    reader.reader.go(turned)
    reader.sees_photo(turned).presses("Ctrl+R").drags((100, 40), (180, 90)).presses("1").is_saved()
    height = reader.reader.photo.height
    # Orientation 6 is shown turned clockwise: upright (x, y) is recorded (y, height - 1 - x).
    near(areas(reader)[0].points, [(40, height - 1 - 100), (90, height - 1 - 180)])


def test_while_reading_an_area_covers_nothing_and_while_redacting_it_is_hatched(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+R")
    canvas = reader.reading.canvas
    middle = reader.spot(450, 350)

    def around():
        image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return [image.pixel(middle.x() + x, middle.y() + y) for x in range(8) for y in range(8)]

    bare = around()
    reader.drags((300, 200), (600, 500)).presses("1").is_saved()
    assert canvas.tool in REDACTION_TOOLS.values()
    until(lambda: around() != bare, "the area is hatched")
    reader.presses("V")
    assert around() == bare, "only its outline is there"


def test_a_case_for_reading_only_shows_areas_and_draws_none(desk, case_folder):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+R")
    photo = reader.reader.sha256
    reader.drags((300, 200), (600, 500)).presses("1").is_saved().leaves()
    other = desk().opens(case_folder, read_only=True)
    other.reader.go(other.reader.worklist.position_of(photo))
    other.sees_photo().presses("Ctrl+Down", "Delete")
    assert shown(other) == [("face", True)]
    assert len(areas(other, photo)) == 1


def test_copies_are_made_from_the_window_and_nothing_else_is_in_them(desk, case_folder, tmp_path):
    reader = upright(desk().opens(case_folder)).presses("Ctrl+R")
    reader.drags((300, 200), (600, 500)).presses("1", "Esc").is_saved()
    form = opens_form(reader, "Ctrl+Alt+E")
    assert form.summary.value("Copies") == "1"
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    until(lambda: "1 redacted, " in told(reader), "the copies are made")
    (folder,) = tmp_path.glob("* redacted")
    (copy,) = folder.glob("*.png")
    with Image.open(copy) as found:
        assert found.info == {}
        assert found.convert("RGB").getpixel((450, 350)) == (0, 0, 0)
        assert found.convert("L").getextrema()[1] > 0
    assert "without an area left out" in told(reader)


def test_without_an_area_there_is_nothing_to_copy_unless_that_is_wanted(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    form = opens_form(reader, "Ctrl+Alt+E")
    reader.presses("Ctrl+Enter")
    assert form.photographs.told.text().startswith("None of these photographs has an area")
    form.everything.click()
    counted(reader)
    assert form.summary.value("Left out") == "nothing"
    assert any(text.startswith("Warning: photographs without an area") for text in form.summary.texts())
