"""Marks leave in formats of other programs: they lie where they were drawn, and nothing is made up."""

import json

import numpy as np
import pytest
from PIL import Image, ImageOps
from pycocotools.coco import COCO

from reviewer.domain.geometry.outline import compute_bounding_box, compute_outline_area, polygon_from_mark
from tests.support.exports import SHAPES, content, made
from tests.support.labelme_rules import read_label_file


@pytest.fixture
def photographs(marked_folder):
    return marked_folder.parent / "=drive"


def coco(case, tmp_path):
    """As recorded: tests/services/export/test_coco.py has the upright one."""
    return COCO(str(made(case, "coco-recorded", tmp_path / "coco") / "annotations.json"))


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of its own making
def test_the_real_reader_of_coco_finds_every_mark_where_it_was_drawn(case, tmp_path, capsys):
    read = coco(case, tmp_path)
    assert capsys.readouterr().err == ""
    by_shape = {each["shape"]: each for each in read.anns.values() if each["finding_id"] == "f-marked"}
    assert set(by_shape) == {str(mark.shape) for mark in SHAPES}
    assert by_shape["rectangle"]["bbox"] == [10, 12, 20, 8]
    assert by_shape["line"]["bbox"] == [3, 3, 1, 37]
    assert by_shape["point"]["bbox"] == [7, 8, 1, 1]
    inside = read.annToMask(by_shape["rectangle"])
    assert inside.shape == (48, 64), "the grid of the file, not the upright one"
    expected = np.zeros((48, 64), np.uint8)
    expected[12:20, 10:30] = 1
    assert (inside == expected).all()
    for each in by_shape.values():
        mask = read.annToMask(each)
        left, top, width, height = each["bbox"]
        assert mask[top : top + height + 1, left : left + width + 1].sum() == mask.sum() > 0, each["shape"]
    ellipse = by_shape["ellipse"]
    assert ellipse["area"] == pytest.approx(np.pi * 10 * 5, rel=0.002)
    assert read.annToMask(ellipse).sum() == pytest.approx(ellipse["area"], rel=0.05)
    assert [each["has_area"] for each in by_shape.values()].count(False) == 3


def test_coco_lists_no_photograph_as_empty_and_no_finding_that_is_not_there(case, tmp_path):
    read = coco(case, tmp_path)
    assert {each["finding_id"] for each in read.anns.values()} == {"f-marked", "f-other"}
    assert all(read.getAnnIds(imgIds=[image]) for image in read.imgs)
    images = {each["path"]: each for each in read.imgs.values()}
    assert set(images) == {"a side.jpg", "a side.png"}
    assert images["a side.jpg"]["exif_orientation"] == 6
    names = {each["id"]: each for each in read.cats.values()}
    terms = {each["finding_id"]: names[each["category_id"]]["name"] for each in read.anns.values()}
    assert terms == {"f-marked": "neck.ligature_mark", "f-other": "old.term"}
    assert {each["name"] for each in names.values()} >= {term.key for term in case.vocabulary.terms}
    (other,) = [each for each in read.anns.values() if each["finding_id"] == "f-other"]
    told = (other["answer"], other["certainty"], other["certainty_stated"])
    assert told == ("non-specific", "not stated", False)


def labelled(case, photographs, tmp_path):
    """File -> what the rules of labelme make of it, beside a copy of the source."""
    out = made(case, "labelme", tmp_path / "labelme")
    told = {}
    for path in sorted(out.rglob("source-*/**/*.json")):
        name = json.loads(path.read_bytes())["imagePath"]
        inner = path.parent.relative_to(out / "source-1")
        (path.parent / name).write_bytes((photographs / inner / name).read_bytes())
        told[path.name] = read_label_file(path)
    return told


def test_labelme_files_lie_beside_their_photographs_and_fit_them(case, photographs, tmp_path):
    told = labelled(case, photographs, tmp_path)
    assert set(told) == {"a side.json", "a side.png.json"}, "two photographs, one stem"
    assert told["a side.json"]["imagePath"] == "a side.jpg"
    assert (told["a side.json"]["imageWidth"], told["a side.json"]["imageHeight"]) == (48, 64)
    assert {each["label"] for each in told["a side.png.json"]["shapes"]} == {"old.term"}


def test_labelme_shapes_lie_on_the_upright_photograph(case, photographs, tmp_path):
    shapes = {
        each["drawn_as"]: each for each in labelled(case, photographs, tmp_path)["a side.json"]["shapes"]
    }
    kinds = {name: each["shape_type"] for name, each in shapes.items()}
    assert kinds == {
        "rectangle": "rectangle",
        "ellipse": "polygon",
        "polygon": "polygon",
        "freehand": "linestrip",
        "line": "line",
        "point": "point",
    }
    # the same pixel, found by another program's turning: what is at (7, 8) in the file
    recorded = np.zeros((48, 64), np.uint8)
    recorded[8, 7] = 255
    image = Image.fromarray(recorded)
    image.getexif()[0x0112] = 6
    y, x = np.argwhere(np.asarray(ImageOps.exif_transpose(image)))[0]
    assert shapes["point"]["points"] == [[x, y]]
    assert shapes["point"]["description"] == "ligature mark; present; certainty not stated; Dr Okoye"


@pytest.mark.parametrize("key", ["coco", "coco-recorded", "labelme"])
def test_the_same_state_gives_the_same_bytes(case, tmp_path, key):
    assert content(made(case, key, tmp_path / "a")) == content(made(case, key, tmp_path / "b"))


def test_outlines():
    by_shape = {str(mark.shape): mark for mark in SHAPES}
    assert compute_bounding_box(by_shape["polygon"].points) == (1, 1, 19, 29)
    assert compute_outline_area(polygon_from_mark(by_shape["rectangle"])) == 160
    assert compute_outline_area(polygon_from_mark(by_shape["line"])) == 37
    assert compute_outline_area(polygon_from_mark(by_shape["freehand"])) == 12
    assert compute_outline_area(polygon_from_mark(by_shape["point"])) == 1
    assert len(polygon_from_mark(by_shape["ellipse"])) == 64
