"""Several pictures in one file: each is counted, and each can be had."""

import numpy as np
import pytest
from PIL import Image

from reviewer.media.decoding import examine, opening, render
from reviewer.media.decoding.pictures_in_file import MOST_PICTURES
from reviewer.media.decoding.trouble import Unusable
from tests.support.deep_pictures import page, tiff
from tests.support.photos import encoded, jpeg, picture

GREYS = (20, 120, 220)


def flat(grey, size=(64, 48)):
    return Image.new("L", size, grey)


def in_tiff(**options):
    return encoded(
        flat(GREYS[0]), "TIFF", save_all=True, append_images=[flat(each) for each in GREYS[1:]], **options
    )


def greys_of(content):
    """The middle of each picture of the file, in order."""
    count = max(1, len(examine.examine(memoryview(content)).pictures))
    return [
        render.render(memoryview(content), (32, 32), None, number).pixels[0] for number in range(1, count + 1)
    ]


def animation(name, **options):
    frames = [flat(each).convert("RGB") for each in GREYS]
    return encoded(frames[0], name, save_all=True, append_images=frames[1:], **options)


@pytest.mark.parametrize(
    "content",
    [
        in_tiff(),
        in_tiff(compression="tiff_lzw"),
        tiff([page(np.full((48, 64), each, np.uint8)) for each in GREYS], big=True),
        tiff([page(np.full((48, 64), each, np.uint8), ">") for each in GREYS], ">"),
        animation("GIF"),
        animation("WEBP", lossless=True),
        animation("PNG"),
        animation("MPO", quality=95),
    ],
    ids=["TIFF", "LZW", "BigTIFF", "Motorola", "GIF", "WebP", "APNG", "MPO"],
)
def test_every_picture_of_a_file_can_be_had(content):
    assert greys_of(content) == pytest.approx(GREYS, abs=3)
    with pytest.raises(Unusable, match="no picture number 4"):
        opening.open_content(memoryview(content), 4)


def test_each_picture_has_a_size_and_a_way_up_of_its_own():
    small = page(np.zeros((30, 20), np.uint8), **{"274": (3, [6])})
    found = examine.examine(memoryview(tiff([page(np.zeros((48, 64), np.uint8)), small])))
    assert found.pictures == [[64, 48, 1, ""], [20, 30, 6, ""]]
    assert found.width == 64


def test_smaller_ones_and_masks_are_no_pictures():
    whole, small = np.zeros((400, 600), np.uint8), np.zeros((60, 80), np.uint8)
    found = examine.examine(memoryview(tiff([page(whole), page(small, subfile=1), page(whole, subfile=4)])))
    assert found.pictures == []


def test_a_photograph_that_holds_a_video_says_so():
    video = b"\0\0\0\x18ftypmp42" + bytes(5000)
    found = examine.examine(memoryview(jpeg() + video))
    assert found.pictures == [[64, 48, 1, f"holds a video of {len(video):,} bytes"]]
    assert found.damage == ""
    assert examine.examine(memoryview(jpeg())).pictures == []


def test_more_pictures_than_can_be_shown_are_said():
    frames = [Image.new("L", (1, 1), number % 256) for number in range(MOST_PICTURES + 20)]
    frames[0].putpixel((0, 0), 255)
    content = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    found = examine.examine(memoryview(content))
    assert len(found.pictures) == MOST_PICTURES
    assert (
        found.pictures[0][3]
        == f"only the first {MOST_PICTURES} of {MOST_PICTURES + 20} pictures can be shown"
    )


def test_folders_that_lead_in_a_circle_end():
    content = bytearray(in_tiff())
    first = int.from_bytes(content[4:8], "little")
    count = int.from_bytes(content[first : first + 2], "little")
    end = first + 2 + 12 * count
    content[end : end + 4] = content[4:8]
    assert examine.examine(memoryview(bytes(content))).pictures == []


def test_an_ordinary_photograph_has_one():
    for name in ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP"):
        assert examine.examine(memoryview(encoded(picture(), name))).pictures == []
