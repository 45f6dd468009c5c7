"""Formats beyond those every camera writes: they open, upright and with their colours, and damage is said."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding import examine, formats, render
from reviewer.media.decoding.trouble import Unusable
from reviewer.media.workers.pool import DecoderPool
from tests.support.photos import encoded, picture


def os2_bitmap(hot_spot=(0, 0)):
    """A picture in the first form of OS/2: a header of 12 bytes."""
    made = picture()
    rows = np.asarray(made)[::-1, :, ::-1].tobytes()
    head = b"BM" + struct.pack("<IHHI", 26 + len(rows), *hot_spot, 26)
    return head + struct.pack("<IHHHH", 12, *made.size, 1, 24) + rows


FORMATS = {
    "AVIF": (lambda: encoded(picture(), "AVIF", quality=95), "AVIF"),
    "JPEG 2000": (lambda: encoded(picture(), "JPEG2000"), "JPEG2000"),
    "codestream": (lambda: encoded(picture(), "JPEG2000", no_jp2=True), "JPEG2000"),
    "BigTIFF": (lambda: encoded(picture(), "TIFF", big_tiff=True), "TIFF"),
    "OS/2": (os2_bitmap, "BMP"),
    "OS/2 with a hot spot": (lambda: os2_bitmap((3, 7)), "BMP"),
    "DIB": (lambda: encoded(picture(), "DIB"), "DIB"),
}


def shown(content):
    """The whole picture as rows of red, green, blue."""
    made = render.render(memoryview(content), None)
    pixels = np.frombuffer(made.pixels, np.uint8).reshape(made.height, made.width, 4)
    return pixels[:, :, 2::-1].astype(int), made


@pytest.mark.parametrize("name", FORMATS)
def test_it_opens_with_a_thumbnail_and_shows_what_it_holds(name):
    made, form = FORMATS[name]
    found = examine.examine(memoryview(made()))
    assert (found.format, found.width, found.height, found.damage) == (form, 64, 48, "")
    assert (found.small_width, found.small_height) == (64, 48)
    assert np.abs(shown(made())[0] - np.asarray(picture())).mean() < 12


def test_they_open_inside_the_confinement(tmp_path):
    pool = DecoderPool(1)
    try:
        for name, (made, form) in FORMATS.items():
            (tmp_path / "photo").write_bytes(made())
            found = pool.examine_file(tmp_path / "photo")
            assert found.problem is None, name
            assert found.photo.format == form
            assert pool.render_file(tmp_path / "photo", (30, 30)).picture.width == 30
    finally:
        pool.close()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_avif_is_upright_and_its_grid_stays_the_recorded_one(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(picture(), "AVIF", exif=exif, quality=95)
    found = examine.examine(memoryview(content))
    assert (found.width, found.height, found.orientation) == (64, 48, orientation)
    x, y = to_upright((3, 2), 64, 48, orientation)
    red, green, blue = shown(content)[0][y, x]
    assert red > 180 > 120 > max(green, blue)


@pytest.mark.parametrize("name", ["AVIF", "JPEG 2000", "codestream"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_one_that_ends_early_is_never_whole(name, share):
    whole = FORMATS[name][0]()
    with pytest.raises(Unusable) as unusable:
        examine.examine(memoryview(whole[: int(len(whole) * share)]))
    assert unusable.value.problem.kind is ProblemKind.TRUNCATED


def test_a_tile_part_that_is_missing_is_said():
    from reviewer.media.decoding.jpeg2000_parts import CUT, describe_damage

    whole = encoded(picture(), "JPEG2000", no_jp2=True)
    assert describe_damage(memoryview(whole)) == ""
    assert describe_damage(memoryview(whole[:-2])) == CUT
    assert describe_damage(memoryview(b"\0\0\0\x0cjP  \r\n\x87\n")) == CUT
    start = whole.index(b"\xff\x90")
    assert "do not follow" in describe_damage(
        memoryview(whole[: start + 6] + struct.pack(">I", 20) + whole[start + 10 :])
    )


def swapped_profile():
    """sRGB with red and blue exchanged."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {bytes(made[at : at + 4]): at for at in range(132, 132 + 12 * 20, 12)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    made[red : red + 4], made[blue : blue + 4] = b"bXYZ", b"rXYZ"
    described = made.find("sRGB".encode("utf-16-be"))
    made[described : described + 8] = "Swap".encode("utf-16-be")
    return bytes(made)


@pytest.mark.parametrize("before", [b"\xff\xc4", b"\xff\xda"])
def test_a_profile_behind_the_frame_header_is_applied_and_named(before):
    flat = encoded(
        Image.new("RGB", (32, 32), (220, 40, 60)), "JPEG", quality=95, icc_profile=swapped_profile()
    )
    start = flat.index(b"\xff\xe2")
    end = start + 2 + struct.unpack(">H", flat[start + 2 : start + 4])[0]
    rest = flat[:start] + flat[end:]
    place = rest.index(before)
    pixels, made = shown(rest[:place] + flat[start:end] + rest[place:])
    assert "Swap" in made.profile
    assert pixels[0, 0, 2] > 180 > 100 > pixels[0, 0, 0]


def test_two_letters_are_no_bitmap():
    assert formats.recognise(b"BM" + bytes(94)) is None
    assert (
        formats.recognise(b"BMW: a text about cars that is long enough to be looked at in all its bytes")
        is None
    )


def test_general_brands_are_what_they_are_compatible_with():
    from tests.support.contents import boxes

    assert formats.recognise(boxes(b"mif1", b"mif1", b"avif", b"miaf")) == formats.AVIF
    assert formats.recognise(boxes(b"mif1", b"mif1", b"heic")) == formats.HEIC
    assert formats.recognise(boxes(b"mif1")) == formats.HEIC
    assert formats.recognise(boxes(b"mp42", b"avif")) is None
