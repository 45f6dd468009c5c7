"""Facsimile in a TIFF: whole pictures are whole, in every form; a broken one is marked."""

import random

import numpy as np
import pytest
from PIL import Image

from reviewer.media.decoding import examine, tiff_strips
from reviewer.media.decoding.fax_codes import RUN_TABLES
from reviewer.media.decoding.trouble import Unusable
from tests.support.photos import encoded, picture

FORMS = {
    "group 3": ("group3", {}),
    "group 3, two dimensions": ("group3", {292: 1}),
    "group 3, two dimensions, filled": ("group3", {292: 5}),
    "group 4": ("group4", {}),
    "group 4, several strips": ("group4", {278: 7}),
    "group 4, bits reversed": ("group4", {266: 2}),
    "huffman": ("tiff_ccitt", {}),
}


def every_run():
    """Lines with black and white runs of every length up to 2,700."""
    lines = np.zeros((900, 5400), bool)
    for number in range(900):
        lines[number, 3 * number : 6 * number] = True
    return Image.fromarray(lines)


def test_every_run_has_its_code():
    assert [sorted({found[1] for found in codes if found}) for codes in RUN_TABLES] == [
        [*range(64), *range(64, 2561, 64)]
    ] * 2


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_fax_is_whole_and_a_broken_one_is_not(form):
    how, tags = FORMS[form]
    rng = random.Random(form)
    for made in (every_run(), picture(97, 60, 3).convert("1"), Image.new("1", (70, 40), 1)):
        whole = encoded(made, "TIFF", compression=how, tiffinfo=tags)
        assert examine.examine(memoryview(whole)).damage == ""
    whole = encoded(picture(97, 60, 3).convert("1"), "TIFF", compression=how, tiffinfo=tags)
    looks, silent = examine.examine(memoryview(whole)).pixels, 0
    for _mutant in range(30):
        place = rng.randrange(20, int.from_bytes(whole[4:8], "little") - 20)
        broken = whole[:place] + bytes([whole[place] ^ 1 << rng.randrange(8)]) + whole[place + 1 :]
        try:
            found = examine.examine(memoryview(broken))
        except Unusable:
            continue
        silent += found.damage == "" and found.pixels != looks
    assert silent <= 10  # another code of the same length: no decoder can see that


def test_more_than_can_be_followed_is_said(monkeypatch):
    monkeypatch.setattr(tiff_strips, "_MOST_FAX", 100)
    whole = encoded(picture(97, 60, 3).convert("1"), "TIFF", compression="group4")
    assert examine.examine(memoryview(whole)).damage == tiff_strips.NOT_FOLLOWED
