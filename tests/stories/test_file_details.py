"""Looking at what a file says of itself: every tag as recorded, and its embedded thumbnail beside it."""

import pytest

from tests.support.cases import ingested, made_case
from tests.support.photos import encoded, picture
from tests.support.tagged import DEGREES, SERIAL, small_jpeg, tagged_jpeg
from tests.support.waiting import until


@pytest.fixture
def tagged_folder(tmp_path):
    source = tmp_path / "drive"
    source.mkdir()
    image = picture(320, 240, 7)
    (source / "a.jpg").write_bytes(tagged_jpeg(image, small_jpeg(image)))
    (source / "b.jpg").write_bytes(tagged_jpeg(picture(320, 240, 8), small_jpeg(picture(320, 240, 90))))
    (source / "c.png").write_bytes(encoded(picture(64, 48, 9), "PNG"))
    case = made_case(tmp_path)
    ingested(case, source)
    case.close()
    return case.folder


def told(reader, words):
    until(lambda: words in reader.reading.details.said.text(), words)


def test_the_panel_tells_each_photograph_and_never_shows_what_is_covered(desk, tagged_folder):
    reader = desk().opens(tagged_folder).sees_photo(0)
    panel = reader.reading.details
    assert not panel.isVisible()
    reader.presses("F2")
    told(reader, "shows the same picture")
    assert not panel.picture.pixmap().isNull()
    for words in (
        "not verified",
        f"in decimal degrees: {DEGREES}",
        SERIAL,
        "SoftMark 3.1",
        "(33.0, 30.0, 45.12375)",
    ):
        assert words in panel.text.toPlainText()
    assert (
        panel.text.toPlainText().index("Position")
        < panel.text.toPlainText().index("Serial numbers")
        < panel.text.toPlainText().index("Camera")
    )
    reader.presses("X")
    assert panel.picture.pixmap().isNull()
    told(reader, "is not shown while photographs are covered")
    reader.presses("X")
    assert not panel.picture.pixmap().isNull()
    reader.presses("Right")
    assert panel.picture.pixmap().isNull()
    told(reader, "shows another picture")
    reader.presses("Right")
    told(reader, "holds no embedded thumbnail")
    assert "There are no tags." in panel.text.toPlainText()
    reader.presses("1").is_saved()
    assert len(reader.terms) == 1
    reader.presses("F2")
    assert not panel.isVisible()


def test_without_the_original_the_tags_of_the_ingest_are_shown(desk, tagged_folder):
    (tagged_folder.parent / "drive" / "a.jpg").unlink()
    reader = desk().opens(tagged_folder)
    reader.presses("F2")
    told(reader, "not where it was ingested from")
    assert SERIAL in reader.reading.details.text.toPlainText()
