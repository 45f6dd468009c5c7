"""Pictures no camera makes often: they are shown right, said to be what they are, and trouble nobody."""

import numpy as np
import pytest
from PIL import Image, ImageCms
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reviewer.domain.reading.reading import ReadingState
from reviewer.qt.canvas.layers import PictureLayer
from tests.support.cases import ingested, made_case
from tests.support.photos import encoded, jpeg, picture
from tests.support.waiting import until


def icc(kind):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()


ODD = {
    "1 one pixel.png": (lambda: encoded(Image.new("RGB", (1, 1), (200, 90, 30)), "PNG"), ""),
    "2 very wide.png": (lambda: encoded(picture(30_000, 200), "PNG"), ""),
    "3 grey.jpg": (lambda: encoded(picture(400, 300).convert("L"), "JPEG"), "grey"),
    "4 deep.png": (
        lambda: encoded(Image.fromarray(np.full((60, 80), 32768, np.uint16)), "PNG"),
        "16-bit grey",
    ),
    "5 inks.jpg": (lambda: encoded(picture(400, 300).convert("CMYK"), "JPEG"), "CMYK"),
    "6 black and white.png": (lambda: encoded(picture(64, 48).convert("1"), "PNG"), "black and white"),
    "7 profile.jpg": (lambda: encoded(picture(400, 300), "JPEG", icc_profile=icc("sRGB")), ""),
    "8 spoilt profile.jpg": (lambda: encoded(picture(400, 300), "JPEG", icc_profile=b"none"), ""),
}


@pytest.fixture
def reader(desk, tmp_path):
    for name, (made, _origin) in ODD.items():
        place = tmp_path / "drive" / name[0]
        place.mkdir(parents=True)
        (place / name).write_bytes(made())
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    case.close()
    return desk().opens(case.folder)


def looked_into(reader):
    """To its own pixels, far in, turned, through the loupe, filled, through a step, and tagged."""
    canvas = reader.reading.canvas
    reader.presses("Z")
    until(lambda: canvas.layers.pixmap(canvas.shown_layer()).width() == canvas.photo[0], "its own pixels")
    reader.presses(*["+"] * 6, "]", "M", "Shift+Z", "Shift+E").types("clahe").presses("Enter")
    until(lambda: reader.reading.feed.shown[0].active != (), "the view through the step")
    canvas.grab()
    reader.presses("Shift+A", "M", "2")


def test_each_is_shown_at_every_size_and_through_a_step(reader):
    for position, (name, (_made, origin)) in enumerate(ODD.items()):
        reader.reader.go(position)
        reader.sees_photo(position)
        assert reader.reading.info.colours.text().startswith(origin), name
        looked_into(reader)
        assert reader.finding.display_recipe is not None
    reader.is_saved()


def test_the_status_line_says_what_was_done_to_the_colours(reader):
    said = {}
    for position, name in enumerate(ODD):
        reader.reader.go(position)
        reader.sees_photo(position)
        said[name[0]] = reader.reading.info.colours.text()
    assert said["1"] == "no profile, taken as sRGB"
    assert said["5"] == "CMYK, no profile, taken as sRGB"
    assert said["7"] == "sRGB"
    assert said["8"] == "unreadable profile, taken as sRGB"


def test_a_preview_stays_when_the_original_is_gone_and_a_sentence_says_so(desk, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    for number in range(2):
        (drive / f"{number}.jpg").write_bytes(jpeg(1200, 900, seed=number))
    case = made_case(tmp_path)
    ingested(case, drive)
    case.close()
    for file in drive.iterdir():
        file.unlink()
    reader = desk().opens(case.folder)
    canvas = reader.reading.canvas
    until(lambda: "not where it was ingested from" in canvas.message, "what is missing")
    assert canvas.shown_layer() is PictureLayer.PREVIEW
    reader.presses("Z", "+", "Shift+E").types("gamma").presses("Enter")
    assert canvas.is_preview
    reader.presses("2", "N", "Enter", "U")
    assert "cannot be shown" in reader.said
    assert reader.terms == []
    assert not reader.reader.reading.says_something
    reader.presses("D").is_saved()
    assert reader.reader.reading.state is ReadingState.SET_ASIDE


def test_a_damaged_photograph_is_shown_and_says_so_as_long_as_it_is_on_screen(desk, tmp_path):
    source = tmp_path / "drive"
    source.mkdir()
    whole = jpeg(640, 480, seed=5)
    (source / "1.jpg").write_bytes(whole[: len(whole) // 2])
    (source / "2.jpg").write_bytes(whole)
    case = made_case(tmp_path)
    ingested(case, source)
    assert (case.counts().photos, case.counts().problems) == (2, 0)
    case.close()
    reader = desk().opens(case.folder).sees_photo(0)
    assert reader.reading.canvas.banner.startswith("DAMAGED FILE: The file ends early")
    strip = reader.reading.filmstrip
    rows = strip.model()
    told = [rows.data(rows.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert told[0].startswith("1.jpg, damaged: The file ends early")
    assert told[1] == "2.jpg"
    painted, plates = strip.viewport().grab().toImage(), []
    for row in (0, 1):
        index = rows.index(row)
        frame = strip._delegate.place_picture(strip.visualRect(index), index, strip.font())
        plates.append(painted.pixelColor(frame.left() + 3, frame.bottom() - 4))
    assert plates[0] == strip.palette().window().color(), "the plate of the word"
    assert plates[1] != plates[0]
    reader.presses("Right").sees_photo(1)
    assert reader.reading.canvas.banner == ""
    reader.presses("Left").sees_photo(0)
    assert "DAMAGED FILE" in reader.reading.canvas.banner
    reader.presses("F6")
    until(lambda: "DAMAGED FILE" in reader.session.compare.panes[0].view.banner, "the same when compared")


def test_names_that_look_like_markup_are_shown_as_they_are(desk, tmp_path):
    source = tmp_path / "<b>drive"
    source.mkdir()
    name = "<img src=x> <b>1<b>.jpg"
    (source / name).write_bytes(jpeg(seed=1))
    (source / "<i>no photo<i>.txt").write_bytes(b"text")
    case = made_case(tmp_path, name="<h1>Case", examiner="<u>Dr N")
    ingested(case, source)
    case.close()
    reader = desk().opens(case.folder).sees_photo(0)
    for screen in ("read", "problems", "ingest", "integrity", "access"):
        reader.window.show_screen(screen)
        for label in reader.window.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
        for widget in reader.window.findChildren(QWidget):
            tip = widget.toolTip()
            assert "<b>" not in tip, tip
            assert "<img" not in tip, tip
    model = reader.reading.filmstrip.model()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole).startswith("<qt>&lt;img src=x&gt;")
