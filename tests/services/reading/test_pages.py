"""What lies on the second picture of a file is never put on the first one."""

import json
from dataclasses import replace

import numpy as np
import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.photos.photo import Capture, Photo, PictureInFile
from reviewer.domain.photos.redaction import Redaction, RedactionPurpose, draw_redaction
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.redacted_copy import make_redacted_copy, make_thumbnail_redactor
from reviewer.services.reading.measurements import describe_measurements
from reviewer.services.reading.pages import PageNavigator
from reviewer.storage import ledger
from reviewer.storage.photos import photos
from reviewer.storage.reading import readings
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.deep_pictures import page, tiff
from tests.support.exports import made


def a_file(count, words=""):
    pictures = tuple(PictureInFile(64, 48, 1, words) for _ in range(count)) if count > 1 else ()
    return Photo("a" * 64, 5, "TIFF", 64, 48, 1, Capture(), "0" * 16, pictures=pictures)


def test_each_picture_has_to_be_on_screen_before_the_file_is_judged():
    pages = PageNavigator()
    pages.begin(a_file(3))
    pages.note_shown()
    with pytest.raises(NotAllowed, match="numbers 2 and 3 have not been on screen yet"):
        pages.must_have_seen_all()
    pages.step(1)
    pages.note_shown()
    pages.step(-1)
    with pytest.raises(NotAllowed, match="number 3 has not been on screen yet"):
        pages.must_have_seen_all()
    pages.turn_to(3)
    pages.note_shown()
    pages.begin(a_file(1))
    pages.begin(a_file(3))
    pages.must_have_seen_all()
    with pytest.raises(NotAllowed, match="first of 3"):
        pages.step(-1)


def test_one_picture_and_animations_hold_nobody_up():
    pages = PageNavigator()
    for photo in (a_file(1), a_file(400, "frame")):
        pages.begin(photo)
        pages.must_have_seen_all()
    assert pages.describe_unseen_frames() == "399 of the 400 frames of this animation were not on screen."


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    drive = folder / "drive"
    drive.mkdir()
    content = tiff([page(np.full((96, 128), 200, np.uint8)), page(np.full((400, 300), 90, np.uint8))])
    (drive / "report.tif").write_bytes(content)
    case = made_case(folder)
    ingested(case, drive)
    case.close()
    return case.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as case:
        yield case


def only(case):
    with case.store.read() as connection:
        (found,) = photos.iterate_photos(connection)
    return found


@pytest.fixture
def marked(case):
    """A mark, a scale and a measurement on the second picture, and a mark on the first."""
    photo, author = only(case), case.examiners()[0].id

    def reading():
        with case.store.read() as connection:
            return readings.load(connection, author, photo.sha256) or Reading(author, photo.sha256)

    finding = Finding("f1", "blunt.bruise", case.vocabulary.version)
    case.record(finding_commands.add_finding(reading(), finding), author)
    corners = ((10, 20), (200, 300))
    for mark in (
        Mark("m1", MarkShape.RECTANGLE, ((1, 2), (30, 40))),
        Mark("m2", MarkShape.RECTANGLE, corners, 2),
    ):
        case.record(finding_commands.add_mark(reading(), reading().findings[0], mark), author)
    case.record(
        finding_commands.mark_scale(
            reading(), Scale("s1", ((0, 0), (100, 0)), (10_000,), "ruler", page=2, known_by="printed")
        ),
        author,
    )
    taken = Measurement("x1", Quantity.LENGTH, (Take(((0, 0), (50, 0)), 100),), "s1", "f1", 2)
    case.record(finding_commands.take_measurement(reading(), taken), author)
    return reading()


def test_marks_scales_and_measurements_come_back_with_their_page(marked):
    assert [mark.page for mark in marked.findings[0].marks] == [1, 2]
    assert (marked.scales[0].page, marked.measurements[0].page) == (2, 2)


def test_entries_about_the_first_picture_are_as_they_always_were(case, marked):
    with case.store.read() as connection:
        bodies = [each.body for _at, each in ledger.iterate_entries(connection) if each.act == "mark.added"]
    assert [each.get("page") for each in bodies] == [None, 2]


def test_coco_lists_each_marked_picture_with_its_own_size(case, marked, tmp_path):
    told = json.loads((made(case, "coco", tmp_path / "out") / "annotations.json").read_text())
    assert [(each["width"], each["height"], each.get("page")) for each in told["images"]] == [
        (128, 96, None),
        (300, 400, 2),
    ]
    assert [each["image_id"] for each in told["annotations"]] == [1, 2]


def test_labelme_has_what_lies_on_the_first(case, marked, tmp_path):
    (file,) = made(case, "labelme", tmp_path / "out").rglob("report.json")
    assert [each["points"] for each in json.loads(file.read_text())["shapes"]] == [[[1, 2], [30, 40]]]


def test_web_annotations_select_the_page_first(case, marked, tmp_path):
    text = "".join(file.read_text() for file in made(case, "annotations", tmp_path / "out").glob("page-*"))
    (found,) = [each for each in json.loads(text)["items"] if each["motivation"] == "tagging"]
    first, second = (each["selector"] for each in found["target"])
    assert first["value"] == "xywh=pixel:1,2,29,38"
    assert (second["value"], second["refinedBy"]["value"]) == ("page=2", "xywh=pixel:10,20,190,280")


def test_pixels_of_two_pictures_are_not_compared(case, marked):
    author = case.examiners()[0].id
    for id_, number in (("a", 1), ("b", 2)):
        take = Take(((0, 0), (50, 0)), 100)
        with case.store.read() as connection:
            now = readings.load(connection, author, marked.photo)
        case.record(
            finding_commands.take_measurement(
                now, Measurement(id_, Quantity.LENGTH, (take,), "", "", number)
            ),
            author,
        )
    with case.store.read() as connection:
        labels = describe_measurements(readings.load(connection, author, marked.photo))
    assert labels["a"] == labels["b"], "each is the first of its own picture"


def area(page_, points):
    return Redaction(f"r{page_}", "", MarkShape.RECTANGLE, points, RedactionPurpose.FACE, page=page_)


def test_an_area_on_another_picture_is_not_burnt_into_the_first(case):
    photo, author = only(case), case.examiners()[0].id
    second = area(2, ((10, 10), (290, 390)))
    case.record(draw_redaction(replace(second, photo=photo.sha256), 300, 400), author)
    pool = new_pool()
    try:
        with pytest.raises(KnownError, match="lies on other pictures of this file"):
            make_redacted_copy(case, pool, photo.sha256)
        assert make_thumbnail_redactor(case, case.previews.get)(photo.sha256) is None
        first = area(1, ((0, 0), (20, 20)))
        case.record(draw_redaction(replace(first, photo=photo.sha256), 128, 96), author)
        copy = make_redacted_copy(case, pool, photo.sha256)
    finally:
        pool.close()
    assert (copy.size, [each.id for each in copy.areas]) == ((128, 96), ["r1"])
