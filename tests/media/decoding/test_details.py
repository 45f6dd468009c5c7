"""What a file says of its own making: all tags, and whether its thumbnail shows the same picture."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter

from reviewer.domain.photos.file_tags import ThumbnailLikeness, parse_gps_position
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding.embedded_thumbnail import compare_pictures
from reviewer.media.workers.evidence_file import HashedContent
from reviewer.media.workers.file_details import ask_for_details
from reviewer.media.workers.pool import DecoderPool
from tests.support.photos import encoded, picture
from tests.support.tagged import DEGREES, OWNER, SERIAL, SOFTWARE, small_jpeg, tagged_jpeg


@pytest.fixture
def pool():
    made = DecoderPool(workers=1, proving=None)
    yield made
    made.close()


def scene(seed, size=(600, 400)):
    """Soft shapes, as a photograph has."""
    image = picture(*size, seed).filter(ImageFilter.GaussianBlur(3))
    draw = ImageDraw.Draw(image)
    for number in range(6):
        left, top = (seed * 97 + number * 131) % (size[0] - 120), (seed * 53 + number * 71) % (size[1] - 120)
        shade = (seed * 37 + number * 83) % 256
        draw.ellipse((left, top, left + 110, top + 80), fill=(shade, 255 - shade, shade // 2))
    return image


def told(pool, tmp_path, content):
    path = tmp_path / "one.jpg"
    path.write_bytes(content)
    return pool.read_details(path)


def test_all_tags_are_told_and_the_thumbnail_upright(pool, tmp_path):
    image = scene(1)
    found = told(pool, tmp_path, tagged_jpeg(image, small_jpeg(image), orientation=6))
    assert found.problem is None
    assert (found.tags["BodySerialNumber"], found.tags["Software"]) == (SERIAL, SOFTWARE)
    assert found.tags["CameraOwnerName"] == OWNER
    assert str(parse_gps_position(found.tags)) == DEGREES
    assert found.tags["Thumbnail: Compression"] == "6"
    assert found.likeness is ThumbnailLikeness.SAME
    assert found.said.startswith("160 x 107 pixels")
    assert (found.thumbnail.width, found.thumbnail.height) == (107, 160)
    assert len(found.thumbnail.pixels) == 3 * 107 * 160


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_same_picture_is_the_same_with_bars_turned_or_poorly_kept(seed):
    large = scene(seed)
    with Image.open(io.BytesIO(small_jpeg(large, bars=True))) as small:
        assert compare_pictures(small, large) is ThumbnailLikeness.SAME
        assert compare_pictures(small.rotate(90, expand=True), large) is ThumbnailLikeness.SAME
    darker = large.point(lambda grey: int(grey * 0.7 + 20))
    with Image.open(io.BytesIO(small_jpeg(darker, 120))) as small:
        assert compare_pictures(small, large) is ThumbnailLikeness.SAME
    with Image.open(io.BytesIO(small_jpeg(scene(seed + 40)))) as other:
        assert compare_pictures(other, large) is not ThumbnailLikeness.SAME


def test_another_picture_is_another_and_what_is_painted_over_is_not_the_same(pool, tmp_path):
    image = scene(2)
    other = told(pool, tmp_path, tagged_jpeg(image, small_jpeg(scene(30))))
    assert other.likeness is ThumbnailLikeness.ANOTHER
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle((200, 100, 330, 220), fill=(0, 0, 0))
    assert compare_pictures(changed, image) is ThumbnailLikeness.CANNOT_TELL
    flat = Image.new("RGB", (160, 120), (90, 90, 90))
    assert compare_pictures(flat, image) is ThumbnailLikeness.CANNOT_TELL
    assert compare_pictures(image, flat) is ThumbnailLikeness.CANNOT_TELL


def test_without_a_thumbnail_or_with_a_broken_one_the_tags_are_told(pool, tmp_path):
    none = told(pool, tmp_path, tagged_jpeg())
    assert (none.thumbnail, none.said, none.likeness) == (None, "", ThumbnailLikeness.CANNOT_TELL)
    broken = told(pool, tmp_path, tagged_jpeg(thumbnail=b"\xff\xd8" + b"nothing" * 30))
    assert broken.thumbnail is None
    assert "cannot be decoded" in broken.said
    assert broken.tags["BodySerialNumber"] == SERIAL
    assert (
        told(pool, tmp_path, encoded(picture(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).problem
        is None
    )
    assert told(pool, tmp_path, encoded(picture(), "PNG")).tags == {}
    nothing = told(pool, tmp_path, b"no photograph at all" * 10)
    assert nothing.problem.kind is ProblemKind.NOT_A_PHOTOGRAPH


GOOD = {
    "ok": True,
    "tags": {"Software": "one"},
    "likeness": "same",
    "thumb_width": 2,
    "thumb_height": 1,
    "thumb_said": "2 x 1",
}


@pytest.mark.parametrize(
    ("lie", "pixels"),
    [
        ({}, b"12345"),
        ({"thumb_width": 10**400}, b"123456"),
        ({"thumb_width": -2}, b"123456"),
        ({"thumb_width": True}, b"123456"),
        ({"likeness": "certainly"}, b"123456"),
        ({"likeness": None}, b"123456"),
        ({"tags": {f"{number}": "x" for number in range(500)}}, b"123456"),
        ({"tags": {"a": "\ud800"}}, b"123456"),
        ({"tags": ["a"]}, b"123456"),
        ({"thumb_said": 3}, b"123456"),
    ],
)
def test_an_answer_that_cannot_be_right_is_a_problem(lie, pixels):
    handed = HashedContent("a" * 64, 10, True)
    fine = ask_for_details(handed, lambda _request: (GOOD, b"123456"))
    assert (fine.problem, fine.thumbnail.width) == (None, 2)
    assert ask_for_details(handed, lambda _request: ({**GOOD, **lie}, pixels)).problem is not None


def test_what_would_turn_the_line_round_is_shown_as_its_number():
    handed = HashedContent("a" * 64, 10, True)
    answer = {**GOOD, "tags": {"Soft\u202eware": "a\u202eb" * 300}}
    (pair,) = ask_for_details(handed, lambda _request: (answer, b"123456")).tags.items()
    assert "\u202e" not in "".join(pair)
