"""A file with several pictures: each can be looked at, marks stay on their own, none is judged unseen."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QToolButton

from reviewer.media.decoding.sample_raw import make_dng
from tests.stories.desk_story import Examiner
from tests.support.cases import ingested, made_case
from tests.support.deep_pictures import page, ramp, tiff
from tests.support.photos import encoded, jpeg
from tests.support.waiting import until


def flat(grey, size):
    return np.full(size, grey, np.uint8)


@pytest.fixture
def files(desk, tmp_path):
    """Opens a case of these files, by name in their order."""

    def opened(**contents) -> Examiner:
        drive = tmp_path / "drive"
        drive.mkdir()
        for name, content in contents.items():
            (drive / name.replace("_dot_", ".")).write_bytes(content)
        case = made_case(tmp_path)
        ingested(case, drive)
        case.close()
        return desk().opens(case.folder).sees_photo(0)

    return opened


REPORT = tiff([page(flat(200, (480, 640))), page(flat(90, (400, 300))), page(flat(30, (480, 640)))])


def has_picture(reader):
    until(lambda: reader.reading.feed.original(), "the picture")
    reader.sees_photo()
    return reader.reading.feed.original()


def test_pages_are_turned_by_key_and_button_and_the_line_says_which(files):
    reader = files(report_dot_tif=REPORT)
    info = reader.reading.info
    assert info.turner.said == "1 of 3 pictures in this file"
    reader.presses("Ctrl+PgDown")
    assert info.turner.said == "2 of 3 pictures in this file"
    assert has_picture(reader).pixels[0] == 90
    assert reader.reading.canvas.photo == (300, 400)
    assert "300 x 400" in info.facts.text()
    buttons = {each.accessibleName(): each for each in info.turner.findChildren(QToolButton)}
    buttons["Next picture in this file"].click()
    assert has_picture(reader).pixels[0] == 30
    assert not buttons["Next picture in this file"].isEnabled()
    reader.presses("Ctrl+PgDown")
    assert "last of 3 pictures" in reader.said
    buttons["Previous picture in this file"].click()
    reader.presses("Ctrl+PgUp")
    assert has_picture(reader).pixels[0] == 200


def test_what_is_drawn_lies_on_its_own_picture(files):
    reader = files(report_dot_tif=REPORT).presses("1", "Ctrl+PgDown")
    has_picture(reader)
    reader.presses("R").drags((30, 40), (200, 300)).is_saved()
    canvas = reader.reading.canvas
    (mark,) = [m for f in reader.reader.reading.findings for m in f.marks]
    assert (mark.page, len(canvas._marks)) == (2, 1)
    reader.presses("Ctrl+PgUp")
    assert canvas._marks == ()
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reader.pages.page == 2, "what was undone is to be seen"
    reader.presses("Ctrl+Y").is_saved()
    assert len(canvas._marks) == 1


def test_a_file_is_not_complete_before_each_of_its_pictures_was_on_screen(files):
    reader = files(report_dot_tif=REPORT)
    reader.presses("Shift+Enter")
    assert str(reader.reader.reading.state) != "complete"
    assert reader.said == (
        "This file holds 3 pictures, and numbers 2 and 3 have not been on screen yet. "
        "Ctrl+PgDown shows the next one."
    )
    reader.presses("N")
    assert str(reader.reader.reading.state) != "complete"
    for _ in range(2):
        reader.presses("Ctrl+PgDown")
        has_picture(reader)
    reader.presses("N", "Shift+Enter").is_saved()
    assert str(reader.reader.reading.state) == "complete"


def test_an_animation_is_complete_with_a_word(files):
    frames = [Image.new("RGB", (64, 48), (each, each, each)) for each in (10, 90, 200)]
    reader = files(moving_dot_gif=encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    reader.presses("2", "Q", "Shift+Enter").is_saved()
    assert str(reader.reader.reading.state) == "complete"
    assert reader.said == "Complete. 2 of the 3 frames of this animation were not on screen."


def test_a_developed_raw_file_a_preview_and_a_video_are_said_always(files):
    reader = files(
        a_dot_dng=make_dng(640, 480, thumbnail=bytes(160 * 120 * 3)),
        b_dot_orf=b"IIRO\x08\0\0\0" + bytes(500) + jpeg(640, 480),
        c_dot_jpg=jpeg(seed=7) + b"\0\0\0\x18ftypmp42" + bytes(5000),
    )
    info, looking = reader.reading.info, reader.reading.looking
    assert info.shown_as.text() == "Developed from a raw file"
    assert looking.banner() == ""
    reader.presses("Right").sees_photo(1)
    assert info.shown_as.text() == "Preview of a raw file"
    assert looking.banner() == "NOT THE WHOLE PHOTOGRAPH: preview of a raw file."
    reader.presses("Right").sees_photo(2)
    assert info.shown_as.text() == ""
    assert info.turner.said == ""
    assert "holds a video of 5,012 bytes" in info.facts.text()


def test_steps_on_a_deep_picture_say_so_in_the_recipe(files):
    reader = files(film_dot_tif=tiff([page(ramp(640, 480, 4095))]))
    assert reader.reading.info.colours.text().startswith(
        "16-bit grey, uses 6 % of its range, stretched for display"
    )
    reader.presses("Shift+E").types("clahe").presses("Enter")
    until(lambda: reader.reading.feed.shown[0].active != (), "the view through the step")
    reader.presses("2").is_saved()
    assert reader.finding.display_recipe.engine.endswith(", 16 bits")


def test_a_picture_of_the_file_that_was_only_turned_to_under_the_cover_was_not_seen(files):
    reader = files(report_dot_tif=REPORT).presses("X", "Ctrl+PgDown")
    until(lambda: reader.reading.canvas.has_picture, "the picture under the cover")
    reader.presses("Ctrl+PgDown")
    until(lambda: reader.reading.canvas.has_picture, "the picture under the cover")
    reader.presses("X").sees_photo().presses("N")
    assert "not been on screen yet" in reader.said
    assert not reader.reader.reading.says_something
    reader.presses("Ctrl+PgUp").sees_photo().presses("N").is_saved()
    assert reader.reader.reading.says_something
