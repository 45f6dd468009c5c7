"""A TIFF or WebP that was cut is shown as far as it goes, and nothing is shown that is not in it."""

import re

import numpy as np
import pytest
from PIL import Image

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding import examine, render
from reviewer.media.decoding.trouble import Unusable
from tests.support.cut_tiff import described_first
from tests.support.photos import encoded, picture

WIDTH, HEIGHT = 200, 160


def grained():
    noise = np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    return Image.blend(picture(WIDTH, HEIGHT, 5), Image.fromarray(noise), 0.1)


def pixels(content):
    made = render.render(memoryview(content), None)
    return np.frombuffer(made.pixels, np.uint8).reshape(made.height, made.width, 4)[:, :, :3], made.damage


def shown_and_right(cut, whole):
    """How many lines are shown of a file that was cut, how many of them as they are in the whole."""
    shown, damage = pixels(cut)
    assert examine.examine(memoryview(cut)).damage == damage
    assert re.search(r"ends early: about \d+ % of the picture is missing at its end", damage)
    grey = (shown == 128).all(axis=(1, 2))
    lines = HEIGHT - int(np.argmin(grey[::-1]))
    assert abs(int(re.search(r"\d+", damage)[0]) - 100 * (1 - lines / HEIGHT)) <= 1
    right = (shown == pixels(whole)[0]).all(axis=(1, 2))
    return lines, HEIGHT if right.all() else int(np.argmin(right))


def tiff(how, rows, orientation=1):
    made = grained().convert("1") if how.startswith(("group", "tiff_ccitt")) else grained()
    return described_first(encoded(made, "TIFF", compression=how, tiffinfo={274: orientation, 278: rows}))


@pytest.mark.parametrize("rows", [16, HEIGHT])
@pytest.mark.parametrize(
    "how", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "group3", "group4", "tiff_ccitt", "jpeg"]
)
def test_a_tiff_is_shown_as_far_as_it_goes(how, rows):
    whole = tiff(how, rows)
    for share in (0.4, 0.8):
        lines, right = shown_and_right(whole[: int(len(whole) * share)], whole)
        assert lines > (share - 0.15) * HEIGHT
        assert right >= lines - (16 if how == "jpeg" else 0)  # its last blocks are there in part


def test_a_turned_tiff_is_cut_at_the_same_lines():
    whole = tiff("tiff_lzw", 16, orientation=6)
    cut = whole[: len(whole) // 2]
    shown, damage = pixels(cut)
    assert shown.shape == (WIDTH, HEIGHT, 3)
    assert "ends early" in damage
    assert (shown[:, 0] == 128).all()  # the end of its lines is at the left
    assert (shown[:, -40:] == pixels(whole)[0][:, -40:]).all()


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"alpha": True}])
def test_a_webp_is_shown_as_far_as_it_goes(options):
    made = grained()
    if options.pop("alpha", False):
        made.putalpha(Image.linear_gradient("L").resize(made.size))
    whole = encoded(made, "WEBP", **options)
    for share in (0.6, 0.9):
        lines, right = shown_and_right(whole[: int(len(whole) * share)], whole)
        assert lines > (share - 0.45) * HEIGHT
        assert right >= lines


@pytest.mark.parametrize("name", ["TIFF", "WEBP"])
def test_of_what_is_all_but_gone_nothing_is_shown(name):
    whole = tiff("tiff_lzw", HEIGHT) if name == "TIFF" else encoded(grained(), "WEBP")
    for length in (60, 260):
        with pytest.raises(Unusable) as raised:
            examine.examine(memoryview(whole[:length]))
        assert raised.value.problem.kind is ProblemKind.TRUNCATED
