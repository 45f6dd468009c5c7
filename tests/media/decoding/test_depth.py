"""Values of more than 8 bits: shown with their meaning, and kept in 16 bits for enhancement."""

import numpy as np
import pytest
from PIL import Image

from reviewer.media.decoding import decode, opening, render
from reviewer.media.decoding.trouble import Unusable
from tests.support.deep_pictures import page, ramp, tiff
from tests.support.photos import encoded, picture


def shown(content):
    """The picture as greys or colours (blue, green, red), and all that was told of it."""
    made = render.render(memoryview(content), None)
    pixels = np.frombuffer(made.pixels, np.uint8).reshape(made.height, made.width, 4)[:, :, :3]
    return pixels, made


def ends(content):
    pixels, made = shown(content)
    return int(pixels[5, 0, 0]), int(pixels[5, -1, 0]), made.origin


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_negative_is_shown_the_right_way_round_at_every_depth(order, depth):
    values = (ramp() >> (0 if depth is np.uint16 else 8)).astype(depth)
    assert ends(tiff([page(values, order)], order))[:2] == (0, 255)
    assert ends(tiff([page(values, order, white_is_zero=True)], order))[:2] == (255, 0)


@pytest.mark.parametrize("white_is_zero", [False, True])
def test_twelve_bits_in_sixteen_are_stretched_and_it_is_said(white_is_zero):
    first, last, origin = ends(tiff([page(ramp(top=4095), white_is_zero=white_is_zero)]))
    assert {first, last} == {0, 255}
    assert (first > last) == white_is_zero
    assert origin == "16-bit grey, uses 6 % of its range, stretched for display"


def test_a_narrow_range_in_the_middle_is_stretched_and_it_is_said():
    values = (30_000 + ramp(top=3000)).astype(np.uint16)
    assert ends(tiff([page(values)])) == (
        0,
        255,
        "16-bit grey, uses 5 % of its range, stretched for display",
    )


def test_what_uses_its_range_is_not_touched():
    assert ends(tiff([page(ramp(top=40_000))])) == (0, 156, "16-bit grey")
    flat = np.full((8, 8), 1000, np.uint16)
    assert shown(tiff([page(flat)]))[0].max() == 4


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((ramp().astype(np.int32) - 30_000).astype(np.int16), "grey, shown from -30,000 to 32,767"),
        (ramp().astype(np.int32) * 20, "grey, shown from 0 to 1,310,700"),
        (ramp().astype(np.float32) / 65535, "floating-point grey"),
        (ramp().astype(np.float32), "floating-point grey"),
        (ramp().astype(np.float32) - 1000, "floating-point grey, shown from -1000 to 64535"),
    ],
    ids=["signed", "32 bits", "0 to 1", "0 to 65535", "below zero"],
)
def test_signed_wide_and_floating_values_go_from_black_to_white(values, said):
    if values.dtype == np.int16:
        values = np.clip(values, -30_000, 32_767)
        values[:, -1] = 32_767
    first, last, origin = ends(tiff([page(values)]))
    assert (first, last) == (0, 255)
    assert origin == said


def test_what_is_no_number_is_black():
    values = ramp().astype(np.float32) / 65535
    values[0, :] = np.nan
    values[1, :] = np.inf
    pixels, _made = shown(tiff([page(values)]))
    assert pixels[0].max() == 0
    assert pixels[1].min() == 255


def test_sixteen_bits_reach_enhancement_in_sixteen():
    for content in (tiff([page(ramp())]), encoded(Image.fromarray(ramp()), "PNG")):
        made = shown(content)[1]
        assert made.channels == 1
        assert np.array_equal(np.frombuffer(made.deep, np.uint16).reshape(48, 64), ramp())


@pytest.mark.parametrize("order", ["<", ">"])
def test_colours_of_sixteen_bits_too(order):
    colours = np.stack([ramp(), ramp()[:, ::-1], np.full((48, 64), 1000, np.uint16)], axis=2)
    pixels, made = shown(tiff([page(colours, order)], order))
    plane = np.frombuffer(made.deep, np.uint16).reshape(48, 64, 3)
    assert np.array_equal(plane[:, :, ::-1], colours)
    assert (made.channels, made.origin) == (3, "16-bit")
    assert pixels[5, -1].tolist() == [4, 0, 255]


def test_the_plane_lies_as_the_picture_does():
    turned = {"274": (3, [6])}
    pixels, made = shown(tiff([page(ramp(), **turned)]))
    plane = np.frombuffer(made.deep, np.uint16).reshape(made.height, made.width)
    assert (made.width, made.height) == (48, 64)
    assert np.array_equal((plane.astype(int) + 128) // 257, pixels[:, :, 0])


def test_eight_bits_carry_no_plane():
    for name in ("JPEG", "PNG", "TIFF"):
        assert shown(encoded(picture(), name))[1].deep == b""


def test_every_other_mode_is_shown_too():
    cases = {
        "LAB": ("TIFF", {}),
        "CMYK": ("TIFF", {}),
        "LA": ("PNG", {}),
        "1": ("TIFF", {}),
        "YCbCr": ("TIFF", {}),
    }
    for mode, (name, options) in cases.items():
        source = picture().convert("RGB")
        if mode == "LAB":
            from PIL import ImageCms

            made = ImageCms.profileToProfile(
                source, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
            )
        else:
            made = source.convert(mode)
        pixels, _made = shown(encoded(made, name, **options))
        wanted = np.asarray(source.convert("L") if mode in {"LA", "1"} else source).mean()
        assert abs(float(pixels.mean()) - float(wanted)) < 12, mode


def test_a_palette_with_a_clear_colour_lies_on_grey():
    made = Image.new("P", (8, 8), 3)
    made.putpalette([0, 0, 0] * 3 + [250, 0, 0])
    pixels, _made = shown(encoded(made, "PNG", transparency=3))
    assert set(pixels.reshape(-1).tolist()) == {128}


def test_a_clear_grey_of_sixteen_bits_lies_on_grey():
    pixels, _made = shown(encoded(Image.fromarray(ramp()), "PNG", transparency=65535))
    assert pixels[5, -1, 0] == 128
    assert pixels[5, 0, 0] == 0


def test_twelve_packed_bits_use_all_of_their_range():
    values = ramp(64, 2, 4095)
    pairs = values.reshape(-1, 2).astype(np.uint32)
    packed = b"".join(int(a << 12 | b).to_bytes(3, "big") for a, b in pairs)
    tags, _strip, inner = page(values, **{"258": (3, [12])})
    assert ends_of_small(tiff([(tags, packed, inner)])) == (0, 255, "12-bit grey")


def ends_of_small(content):
    pixels, made = shown(content)
    return int(pixels[0, 0, 0]), int(pixels[0, -1, 0]), made.origin


def test_a_plane_that_cannot_be_had_is_no_fault():
    cut = tiff([page(ramp(400, 300))])[:150_000]
    try:
        opened = opening.open_content(memoryview(cut))
        decode.decode_deep_plane(opened)
    except Unusable:
        pass
