"""Camera raw files: the whole picture or a preview that is called one, and never the thumbnail."""

import numpy as np
import pytest

from reviewer.domain.photos.photo import SHOWN_AS_DEVELOPED, SHOWN_AS_PREVIEW, ProblemKind
from reviewer.media.decoding import examine, render
from reviewer.media.decoding.sample_raw import make_dng
from reviewer.media.decoding.trouble import Unusable
from tests.support.deep_pictures import page, tiff
from tests.support.photos import jpeg

THUMBNAIL = bytes(160 * 120 * 3)


def sensor(width=640, height=480, red=40_000, green=20_000, blue=10_000):
    values = np.full((height, width), green, "<u2")
    values[::2, ::2], values[1::2, 1::2] = red, blue
    return values.tobytes()


def test_raw_data_are_developed_in_one_fixed_way():
    content = memoryview(make_dng(640, 480, sensor(), thumbnail=THUMBNAIL))
    found = examine.examine(content)
    assert (found.format, found.width, found.height) == ("DNG", 640, 480)
    assert found.shown_as == SHOWN_AS_DEVELOPED == "developed from a raw file"
    first, again = render.render(content, None), render.render(content, None)
    assert (first.width, first.height, first.shown_as) == (640, 480, SHOWN_AS_DEVELOPED)
    assert bytes(first.pixels) == bytes(again.pixels)
    blue, green, red, _unused = bytes(first.pixels[640 * 4 * 240 + 320 * 4 :][:4])
    assert red > green > blue
    small = render.render(content, (200, 200))  # of half the size, which is faster
    assert (small.width, small.height) == (200, 150)


def test_a_turned_camera_is_known():
    found = examine.examine(memoryview(make_dng(640, 480, orientation=6, thumbnail=THUMBNAIL)))
    assert (found.width, found.height, found.orientation) == (640, 480, 6)
    made = render.render(memoryview(make_dng(640, 480, orientation=6)), None)
    assert (made.width, made.height) == (480, 640)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"II*\0\x10\0\0\0CR\x02\0", "CR2"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01", "CR3"),
        (b"IIRO\x08\0\0\0", "ORF"),
        (b"IIU\0\x08\0\0\0", "RW2"),
        (b"FUJIFILMCCD-RAW ", "RAF"),
    ],
)
def test_what_cannot_be_developed_is_shown_by_its_largest_preview(head, kind):
    content = (
        head
        + bytes(500)
        + jpeg(160, 120)
        + bytes(99)
        + jpeg(800, 600, taken="2012:08:14 10:22:05")
        + bytes(999)
    )
    found = examine.examine(memoryview(content))
    assert (found.format, found.width, found.height) == (kind, 800, 600)
    assert found.shown_as == SHOWN_AS_PREVIEW == "preview of a raw file"
    assert render.render(memoryview(content), None).shown_as == SHOWN_AS_PREVIEW
    assert found.damage == ""


def test_a_thumbnail_is_no_photograph_and_the_reason_is_true():
    for content, holds in (
        (b"IIRO\x08\0\0\0" + bytes(500) + jpeg(160, 120), "it holds only a thumbnail of 160 x 120 pixels."),
        (b"FUJIFILMCCD-RAW " + bytes(3000), "it holds no preview."),
    ):
        with pytest.raises(Unusable) as refused:
            examine.examine(memoryview(content))
        assert refused.value.problem.kind is ProblemKind.NOT_A_PHOTOGRAPH
        assert "camera raw file" in refused.value.problem.reason
        assert refused.value.problem.reason.endswith(holds)


def test_the_first_folder_of_a_tiff_is_no_photograph_if_it_is_said_to_be_a_smaller_one():
    small, whole = np.zeros((120, 160), np.uint8), np.full((400, 600), 99, np.uint8)
    for content in (
        tiff([page(small, subfile=1, inner=(page(whole),))]),
        tiff([page(small, subfile=1), page(whole)]),
    ):
        found = examine.examine(memoryview(content))
        assert (found.width, found.height) == (600, 400)
        assert set(bytes(render.render(memoryview(content), None).pixels[:3])) == {99}
    with pytest.raises(Unusable, match="only a thumbnail of 160 x 120"):
        examine.examine(memoryview(tiff([page(small, subfile=1)])))


def test_a_reduced_picture_that_is_all_there_is_is_called_one():
    only = tiff([page(np.zeros((400, 600), np.uint8), subfile=1)])
    assert examine.examine(memoryview(only)).shown_as == "reduced picture; the whole one is not in the file"
