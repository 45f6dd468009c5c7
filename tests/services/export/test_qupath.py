"""QuPath: annotations lie on the pixels as recorded, are GeoJSON, and nobody's are mixed with another's."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rasters

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.services.case.enrolment import enrol
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.exports import SHAPES, content, made
from tests.support.geojson_rules import positions, read_annotations
from tests.support.photos import picture
from tests.support.turned_pictures import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    bright,
    mark_on,
    overlap,
    painted,
    turned_case,
    without_turn,
)

PAGE = Path(__file__).parents[3] / "docs" / "manual" / "exports.md"
AS_RECORDED = {
    "open of Pillow": lambda data: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")),
    "imdecode of OpenCV, orientation ignored": lambda data: cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    ),
}


pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def listed(out):
    return json.loads((out / "images.json").read_bytes())


def filled(geometry, shape):
    """The pixels within a polygon, by the rasteriser of the COCO tools."""
    (ring,) = geometry["coordinates"]
    outline = [value for position in ring[:-1] for value in position]
    return rasters.decode(rasters.merge(rasters.frPyObjects([outline], *shape))).astype(bool)


def test_annotations_lie_where_loaders_see_what_was_drawn_around(tmp_path):
    case = turned_case(tmp_path)
    out = made(case, "qupath", tmp_path / "out")
    case.close()
    images = listed(out)["images"]
    seen = set()
    for image in images:
        original = Path(image["source"], image["path"])
        data = original.read_bytes()
        if original.suffix == ".tiff":
            data = without_turn(data)
        (feature,) = read_annotations(out / image["annotations"])
        for name, load in AS_RECORDED.items():
            pixels = load(data)
            assert pixels.shape[:2] == (image["height"], image["width"]) == (120, 160)
            there = bright(pixels)
            assert overlap(filled(feature["geometry"], there.shape), there) >= 0.99, (name, image["path"])
            seen.add((name, original.suffix, image["exif_orientation"]))
    assert len(seen) == 2 * 3 * 8


def test_every_shape_is_what_qupath_has_for_it_and_lies_within_the_picture(case, tmp_path):
    out = made(case, "qupath", tmp_path / "out")
    assert content(out) == content(made(case, "qupath", tmp_path / "again"))
    assert listed(out)["info"]["coordinates"] == "recorded"
    images = {each["path"]: each for each in listed(out)["images"]}
    assert set(images) == {"a side.jpg", "a side.png"}, "none without marks, nothing absent or unconfirmed"
    features = read_annotations(out / images["a side.jpg"]["annotations"])
    for feature in features:
        for x, y in positions(feature["geometry"]):
            assert 0 <= x <= 64
            assert 0 <= y <= 48
    shapes = {each["properties"]["metadata"]["drawn_as"]: each["geometry"] for each in features}
    assert set(shapes) == {str(mark.shape) for mark in SHAPES}
    assert shapes["rectangle"] == {
        "type": "Polygon",
        "coordinates": [[[10, 12], [30, 12], [30, 20], [10, 20], [10, 12]]],
    }
    assert shapes["point"] == {"type": "Point", "coordinates": [7.5, 8.5]}
    assert shapes["line"] == {"type": "LineString", "coordinates": [[3.5, 3.5], [3.5, 40.5]]}
    assert shapes["freehand"]["coordinates"] == [[2.5, 2.5], [9.5, 4.5], [14.5, 3.5]]
    assert shapes["polygon"]["coordinates"] == [[[1, 1], [20, 2], [10, 30], [1, 1]]]
    assert shapes["ellipse"]["isEllipse"] is True
    ring = np.array(shapes["ellipse"]["coordinates"][0])
    assert (*ring.min(axis=0), *ring.max(axis=0)) == (5, 5, 25, 15), "QuPath makes it of this box"


def test_a_ring_is_counterclockwise_whichever_way_it_was_drawn(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(1, "JPEG"))
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items)
    mark_on(case, photo, "f1", Mark("m1", MarkShape.POLYGON, ((1, 1), (10, 30), (20, 2))))
    out = made(case, "qupath", tmp_path / "out")
    case.close()
    (feature,) = read_annotations(out / f"{photo}.geojson")
    assert feature["geometry"]["coordinates"] == [[[1, 1], [20, 2], [10, 30], [1, 1]]]


def test_what_was_said_goes_with_each_annotation(case, tmp_path):
    out = made(case, "qupath", tmp_path / "out")
    (examiner,) = case.examiners()
    images = {each["path"]: each for each in listed(out)["images"]}
    image = images["a side.jpg"]
    assert image["annotations"] == f"{image['sha256']}.geojson"
    features = read_annotations(out / image["annotations"])
    assert len({each["id"] for each in features}) == len(features) == len(SHAPES)
    told = features[0]["properties"]
    assert (told["classification"]["name"], told["name"]) == ("neck.ligature_mark", "ligature mark")
    assert told["isLocked"] is True
    assert told["metadata"] == {
        "finding_id": "f-marked",
        "answer": "present",
        "certainty": "not stated",
        "regions": "neck.front",
        "examiner": "Dr Okoye",
        "examiner_id": examiner.id,
        "reading_state": "open",
        "carried_from": "",
        "drawn_as": "rectangle",
        "sha256": image["sha256"],
    }
    (other,) = read_annotations(out / images["a side.png"]["annotations"])
    assert other["properties"]["metadata"]["answer"] == "non-specific"
    assert other["properties"]["classification"]["name"] == "old.term", "a term that is no more has its key"


def test_each_examiner_has_a_folder_of_their_own(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    case = made_case(tmp_path)
    enrol(case, "Dr Adeyemi")
    ingested(case, tmp_path / "drive")
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items)
    around = MarkShape.RECTANGLE, ((LEFT, TOP), (RIGHT, BOTTOM))
    mark_on(case, photo, "f1", Mark("m1", *around))
    mark_on(case, photo, "f2", Mark("m2", *around), examiner=1)
    out = made(case, "qupath", tmp_path / "out")
    case.close()
    ids = set()
    for number, finding, name in ((1, "f1", "Dr Okoye"), (2, "f2", "Dr Adeyemi")):
        folder = out / f"examiner-{number}"
        assert {path.name for path in folder.iterdir()} == {f"{photo}.geojson", "images.json"}
        (feature,) = read_annotations(folder / f"{photo}.geojson")
        assert feature["properties"]["metadata"]["finding_id"] == finding
        assert listed(folder)["info"]["examiner"] == feature["properties"]["metadata"]["examiner"] == name
        ids.add(feature["id"])
    assert len(ids) == 2
    assert {path.name for path in out.iterdir()} == {"examiner-1", "examiner-2"}


def test_a_further_picture_of_a_file_has_a_file_of_its_own(tmp_path):
    (tmp_path / "drive").mkdir()
    first, second = picture(40, 30, 1), picture(60, 50, 2)
    first.save(tmp_path / "drive" / "two.tif", save_all=True, append_images=[second])
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items)
    mark_on(case, photo, "f1", Mark("m1", MarkShape.POINT, ((50, 40),), page=2))
    out = made(case, "qupath", tmp_path / "out")
    case.close()
    (image,) = listed(out)["images"]
    assert (image["page"], image["width"], image["height"]) == (2, 60, 50)
    assert image["annotations"] == f"{photo}-page-2.geojson"
    (feature,) = read_annotations(out / image["annotations"])
    assert feature["properties"]["metadata"]["page"] == "2"


def test_names_of_files_say_nothing_of_the_path(case, tmp_path):
    out = made(case, "qupath", tmp_path / "out")
    names = {path.name for path in out.iterdir()} - {"images.json"}
    assert len(names) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}\.geojson", name) for name in names)


def test_the_script_makes_further_pictures_as_they_are_recorded(tmp_path):
    """Loaders turn pages of a TIFF while they open them: the script of the manual turns them back."""
    (tmp_path / "drive").mkdir()
    pages = [Image.open(io.BytesIO(painted(1, "PNG"))) for _page in range(2)]
    for orientation in range(2, 9):
        path = tmp_path / "drive" / f"{orientation}.tif"
        pages[0].save(path, save_all=True, append_images=pages[1:], tiffinfo={0x0112: orientation})
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    for number, item in enumerate(Worklist(case, "").load().items):
        around = Mark(f"m{number}", MarkShape.RECTANGLE, ((LEFT, TOP), (RIGHT, BOTTOM)), page=2)
        mark_on(case, item.sha256, f"f{number}", around)
    out = made(case, "qupath", tmp_path / "out")
    case.close()
    images = listed(out)["images"]
    assert {each["exif_orientation"] for each in images} == set(range(2, 9))
    run_script(out)
    for image in images:
        (feature,) = read_annotations(out / image["annotations"])
        pixels = np.asarray(Image.open(out / "images" / image["file_name"]))
        assert pixels.shape == (image["height"], image["width"], 3) == (120, 160, 3)
        there = bright(pixels)
        assert overlap(filled(feature["geometry"], there.shape), there) >= 0.99, image["path"]


def run_script(out):
    """The script of the manual that puts the images beside an export."""
    (script,) = re.findall(r"```python\n(# coco_images\.py.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (out / "coco_images.py").write_text(script, encoding="utf-8")
    command = [sys.executable, out / "coco_images.py", out / "images.json", out / "images"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
