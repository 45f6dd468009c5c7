"""The steps of enhancement on pixels: the same chain on the same pixels gives the same pixels."""

import hashlib

import numpy as np
import pytest
from hypothesis import given

from reviewer.domain.reading.enhancement import CHANNELS, TOOLS, EnhancementChain, make_default_step
from reviewer.media.enhance import deep
from reviewer.media.enhance.chain import apply_chain, soften_pixels, subtract_pixels
from reviewer.media.enhance.tables import compute_neutral_gains
from reviewer.media.pictures import views
from reviewer.media.workers.pool import Picture
from tests.domain.reading.test_enhancement import chains


def pixels(width=97, height=61, seed=3):
    """Smooth colours with an edge and some noise, made of whole numbers only."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    made = np.stack(
        [(columns * 3 + rows) % 256, (rows * 4) % 256, (255 - columns * 2) % 256, rows * 0 + 255], axis=2
    )
    made[:, :, :3] = np.clip(made[:, :, :3] + rng.integers(-6, 7, (height, width, 3)), 0, 255)
    return made.astype(np.uint8)


def sha(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:16]


PINNED = {
    "exposure": "ab96dfb7818cdfe6",
    "contrast": "ac8774e5db249fb9",
    "gamma": "75741a2de2f226b2",
    "levels": "9bbe8ace890eb897",
    "white-balance": "c490fd0ca0a53021",
    "channel": "166ef3eb891843eb",
    "red-free": "1ddf9a28bfae818b",
    "erythema": "828936fda0d1b557",
    "clahe": "3da7119f03e63717",
    "decorrelation": "b5bd15601ea38dd4",
    "unsharp": "327606fb3dc7f960",
}
"""A change here means other pixels from the same numbers: then the version of the tool is raised."""


@pytest.mark.parametrize("tool", [tool.key for tool in TOOLS])
def test_the_pixels_of_each_tool_are_those_of_its_version(tool):
    assert sha(apply_chain(pixels(), EnhancementChain((make_default_step(tool),)), 0.5)) == PINNED[tool]


@given(chains)
def test_any_chain_gives_the_same_pixels_again_and_leaves_the_picture_alone(chain):
    before = pixels(40, 30)
    kept = before.copy()
    first = apply_chain(before, chain, 1.0)
    assert first.shape == before.shape
    assert first.dtype == np.uint8
    assert np.array_equal(first, apply_chain(before, chain, 1.0))
    assert np.array_equal(before, kept)


@given(chains)
def test_steps_that_are_off_do_nothing(chain):
    off = EnhancementChain(
        tuple(type(step)(step.tool, step.values, step.version, False) for step in chain.steps)
    )
    assert np.array_equal(apply_chain(pixels(40, 30), off, 1.0), pixels(40, 30))


def test_numbers_that_change_nothing_change_nothing():
    for key, values in {
        "exposure": {"ev": 0},
        "contrast": {"amount": 0},
        "gamma": {"gamma": 100},
        "levels": {"black": 0, "white": 255},
        "unsharp": {"amount": 0},
        "white-balance": {"red": 1000, "green": 1000, "blue": 1000},
    }.items():
        step = make_default_step(key)
        for name, value in values.items():
            step = step.with_value(name, value)
        assert np.array_equal(apply_chain(pixels(), EnhancementChain((step,)), 1.0), pixels()), key


def test_order_matters_and_is_kept():
    one, two = (
        make_default_step("gamma").with_value("gamma", 300),
        make_default_step("levels").with_value("black", 120),
    )
    there, back = (
        apply_chain(pixels(), EnhancementChain((one, two)), 1.0),
        apply_chain(pixels(), EnhancementChain((two, one)), 1.0),
    )
    assert not np.array_equal(there, back)


def test_channels_are_the_channels():
    picture = pixels()
    for number, name in enumerate(CHANNELS):
        shown = apply_chain(
            picture, EnhancementChain((make_default_step("channel").with_value("channel", number),)), 1.0
        )
        assert np.array_equal(shown[:, :, 0], shown[:, :, 2]), name
        if number < 3:
            assert np.array_equal(shown[:, :, 0], picture[:, :, 2 - number])


def test_red_is_lighter_than_green_in_the_ratio_and_grey_is_in_the_middle():
    picture = np.full((4, 3, 4), 255, np.uint8)
    picture[:, 0, :3], picture[:, 1, :3], picture[:, 2, :3] = (80, 80, 180), (120, 120, 120), (80, 180, 80)
    red, middle, green = apply_chain(picture, EnhancementChain((make_default_step("erythema"),)), 1.0)[
        0, :, 0
    ]
    assert red > 190 > middle > 60 > green
    assert abs(int(middle) - 128) <= 1


def test_a_spot_chosen_as_neutral_becomes_grey():
    picture = np.full((200, 200, 4), 255, np.uint8)
    picture[:, :, :3] = (90, 120, 160)
    gains = views.compute_gains_at(Picture(200, 200, 800, picture.tobytes()), 0.5, 0.5)
    step = make_default_step("white-balance")
    for key, gain in gains.items():
        step = step.with_value(key, gain)
    blue, green, red = (
        int(value) for value in apply_chain(picture, EnhancementChain((step,)), 1.0)[10, 10, :3]
    )
    assert max(blue, green, red) - min(blue, green, red) <= 1
    assert compute_neutral_gains(0, 0, 0) == {"red": 1000, "green": 1000, "blue": 1000}


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (2, 3)])
@pytest.mark.parametrize("tool", [tool.key for tool in TOOLS])
def test_the_smallest_pictures_go_through_every_tool(tool, shape):
    picture = pixels(*shape)
    assert apply_chain(picture, EnhancementChain((make_default_step(tool),)), 1.0).shape == picture.shape


def test_grey_has_no_colour_and_blur_has_no_detail():
    grey = soften_pixels(pixels(), "grey")
    assert np.array_equal(grey[:, :, 0], grey[:, :, 1])
    blurred = soften_pixels(pixels(200, 200), "blur").astype(int)
    assert (
        np.abs(np.diff(blurred[:, :, 0], axis=1)).max()
        < np.abs(np.diff(pixels(200, 200).astype(int)[:, :, 0])).max() / 4
    )


def test_a_difference_tells_what_became_lighter_and_what_darker():
    dark, light = (np.full((2, 2, 4), value, np.uint8) for value in (100, 110))
    assert subtract_pixels(dark, light, 1)[0, 0, 0] == 138
    assert subtract_pixels(light, dark, 4)[0, 0, 0] == 88
    assert subtract_pixels(light, dark, 40)[0, 0, 0] == 0, "no further than black"


def test_a_difference_of_the_same_is_grey_and_of_another_size_is_brought_together():
    one = Picture(97, 61, 388, pixels().tobytes())
    other = Picture(40, 30, 160, pixels(40, 30).tobytes())
    same = views.subtract_pictures(one, one, 8)
    assert set(same.pixels[:3]) == {128}
    assert (views.subtract_pictures(one, other, 1).width, views.subtract_pictures(one, other, 1).height) == (
        97,
        61,
    )


PINNED_DEEP = {
    "exposure": "a51d6e5f38dd9757",
    "contrast": "e6d88223b7d3e86d",
    "gamma": "038c2613499b6d0e",
    "levels": "9c12b4e0c1dfb888",
    "white-balance": "c490fd0ca0a53021",
    "channel": "166ef3eb891843eb",
    "red-free": "b8e480c1669a39f4",
    "erythema": "e719ea2db0cc35c6",
    "clahe": "9ab475f011a01d5e",
    "decorrelation": "1d82b6907f18e5b8",
    "unsharp": "5ce292abc3a843ac",
}
"""The same for 16 bits."""


def plane(width=97, height=61):
    """Like `pixels`, with values between those of 8 bits."""
    rows, columns = np.mgrid[0:height, 0:width]
    between = (rows * 7 + columns * 13) % 257 - 128
    return np.clip(pixels(width, height)[:, :, :3].astype(int) * 257 + between[:, :, None], 0, 65535).astype(
        np.uint16
    )


@pytest.mark.parametrize("tool", [tool.key for tool in TOOLS])
def test_the_pixels_of_each_tool_on_sixteen_bits(tool):
    made = deep.apply_chain_in_16_bits(plane(), EnhancementChain((make_default_step(tool),)), 0.5)
    assert made.dtype == np.uint8
    assert sha(made) == PINNED_DEEP[tool]


@pytest.mark.parametrize("tool", [tool.key for tool in TOOLS if tool.key not in {"clahe", "erythema"}])
def test_a_step_means_the_same_on_sixteen_bits(tool):
    """Of the same picture it gives what it gives on 8, but for rounding."""
    chain = EnhancementChain((make_default_step(tool),))
    far = np.abs(
        deep.apply_chain_in_16_bits(pixels()[:, :, :3].astype(np.uint16) * 257, chain, 0.5).astype(int)
        - apply_chain(pixels(), chain, 0.5).astype(int)
    )
    assert far.mean() < 1.5
    assert np.quantile(far, 0.98) <= 6


def test_what_eight_bits_have_lost_is_drawn_out_of_sixteen():
    """64 steps within one value of 8 bits."""
    fine = np.repeat((32_768 + np.arange(64) * 4).astype(np.uint16)[None], 16, axis=0)
    levels = make_default_step("levels").with_value("black", 127).with_value("white", 129)
    drawn = deep.apply_chain_in_16_bits(fine, EnhancementChain((levels,)), 1.0)[0, :, 0]
    assert len(set(drawn.tolist())) > 30


@given(chains)
def test_any_chain_on_sixteen_bits_is_the_same_again(chain):
    before = plane(40, 30)
    kept = before.copy()
    first = deep.apply_chain_in_16_bits(before, chain, 1.0)
    assert first.shape == (30, 40, 4)
    assert np.array_equal(first, deep.apply_chain_in_16_bits(before, chain, 1.0))
    assert np.array_equal(before, kept)
