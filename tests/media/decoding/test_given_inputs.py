"""Files that were found to be shown wrongly, where they are at hand: each with what is right."""

from pathlib import Path

import numpy as np
import pytest

from reviewer.domain.photos.photo import SHOWN_AS_DEVELOPED
from reviewer.media.decoding import examine, render
from reviewer.media.decoding.trouble import Unusable

INPUTS = Path(__file__).parents[4] / "shared" / "inputs"
pytestmark = pytest.mark.skipif(not INPUTS.is_dir(), reason="the given inputs are not at hand")


def content(name):
    return memoryview((INPUTS / name).read_bytes())


def shown(name, page=1):
    made = render.render(content(name), None, None, page)
    return np.frombuffer(made.pixels, np.uint8).reshape(made.height, made.width, 4)[:, :, 0], made


@pytest.mark.parametrize("name", ["raw/DSC_0001.NEF", "raw/IMG_0002.dng", "rawpair/DSC_0100.NEF"])
def test_raw_data_and_not_the_thumbnail(name):
    found = examine.examine(content(name))
    assert (found.width, found.height, found.shown_as) == (300, 200, SHOWN_AS_DEVELOPED)


@pytest.mark.parametrize(
    "name", ["IMG_0003.CR2", "IMG_0004.CR3", "IMG_0005.ORF", "IMG_0006.RW2", "IMG_0007.RAF"]
)
def test_what_cannot_be_developed_says_what_it_is(name):
    with pytest.raises(Unusable, match=rf"camera raw file \({name[-3:]}\)"):
        examine.examine(content(f"raw/{name}"))


def test_three_pages_and_a_negative_and_twelve_bits():
    assert len(examine.examine(content("tiff/report_3_pages.tif")).pictures) == 3
    assert shown("tiff/report_3_pages.tif", 3)[1].width == 640
    eight, sixteen = shown("tiff/miniswhite8.tif")[0], shown("tiff/miniswhite16.tif")[0]
    assert np.abs(eight.astype(int) - sixteen.astype(int)).max() <= 1
    pixels, made = shown("tiff/grey16_12bit_range.tif")
    assert (pixels.min(), pixels.max()) == (0, 254)
    assert "uses 6 % of its range" in made.origin
