"""COCO, YOLO and CVAT: boxes lie where loaders see what was drawn around; names are safe; nobody is mixed."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps
from pycocotools.coco import COCO

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.main import main
from reviewer.services.case.enrolment import enrol
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.run import export as run_export
from reviewer.services.jobs import JobControl
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.exports import content, made
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
)

PAGE = Path(__file__).parents[3] / "docs" / "manual" / "exports.md"
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def turned(tmp_path_factory):
    """A case of the painted picture in all eight orientations and three formats, drawn around on each."""
    case = turned_case(tmp_path_factory.mktemp("turned"))
    yield case
    case.close()


def with_images(case, key, out):
    """The export, and the images put beside it by the script of the manual."""
    file = made(case, key, out) / "annotations.json"
    (script,) = re.findall(r"```python\n(# coco_images\.py.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (out / "coco_images.py").write_text(script, encoding="utf-8")
    command = [sys.executable, out / "coco_images.py", file, out / "images"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return COCO(str(file))


def box_of(annotation, shape):
    left, top, width, height = map(round, annotation["bbox"])
    mask = np.zeros(shape, bool)
    mask[top : top + height, left : left + width] = True
    return mask


LOADERS = {
    "exif_transpose of Pillow": lambda path: np.asarray(ImageOps.exif_transpose(Image.open(path))),
    "imread of OpenCV": lambda path: cv2.imread(str(path)),
}
AS_RECORDED = {
    "open of Pillow": lambda path: np.asarray(Image.open(path)),
    "imread of OpenCV, orientation ignored": lambda path: cv2.imread(
        str(path), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    ),
}


@pytest.mark.parametrize(
    ("key", "loaders", "kinds"),
    [("coco", LOADERS, ("JPEG", "TIFF", "PNG")), ("coco-recorded", AS_RECORDED, ("JPEG", "PNG"))],
)
def test_boxes_lie_where_loaders_see_what_was_drawn_around(turned, key, loaders, kinds, tmp_path):
    """Pillow and OpenCV turn a TIFF while they open it, whatever they are told."""
    read = with_images(turned, key, tmp_path)
    assert len(read.imgs) == 24
    seen, not_opened = set(), set()
    for annotation in read.anns.values():
        image = read.imgs[annotation["image_id"]]
        kind, turn = image["path"].split()[0], image["exif_orientation"]
        for name, load in loaders.items() if kind in kinds else ():
            pixels = load(tmp_path / "images" / image["file_name"])
            if pixels is None:
                not_opened.add((name, kind, turn))
                continue
            assert pixels.shape[:2] == (image["height"], image["width"]), (name, image["path"])
            there = bright(pixels)
            assert overlap(box_of(annotation, there.shape), there) >= 0.99, (name, image["path"])
            assert overlap(read.annToMask(annotation).astype(bool), there) >= 0.99, (name, image["path"])
            seen.add((name, kind, turn))
    assert len(seen) + len(not_opened) == len(loaders) * len(kinds) * 8
    assert not_opened <= {("imread of OpenCV", "TIFF", turn) for turn in (5, 6, 7, 8)}, (
        "a fault of OpenCV 5.0"
    )


def test_as_recorded_every_box_has_the_numbers_it_was_drawn_with(turned, tmp_path):
    told = json.loads((made(turned, "coco-recorded", tmp_path / "out") / "annotations.json").read_bytes())
    assert {tuple(each["bbox"]) for each in told["annotations"]} == {(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP)}
    assert {(each["width"], each["height"]) for each in told["images"]} == {(160, 120)}
    assert {each["exif_orientation"] for each in told["images"]} == set(range(1, 9))


def test_a_box_that_is_turned_as_pixels_are_would_be_seen(turned, tmp_path):
    """The test above would fail for boxes in the other grid."""
    read = with_images(turned, "coco-recorded", tmp_path)
    missed = 0
    for annotation in read.anns.values():
        image = read.imgs[annotation["image_id"]]
        if image["path"].startswith("TIFF"):
            continue
        pixels = LOADERS["exif_transpose of Pillow"](tmp_path / "images" / image["file_name"])
        there = bright(pixels)
        missed += overlap(box_of(annotation, there.shape), there) < 0.99
    assert missed == 2 * 7, "all but those that are upright as recorded"


def test_names_are_safe_and_say_nothing_of_the_path(case, tmp_path):
    told = json.loads((made(case, "coco", tmp_path / "out") / "annotations.json").read_bytes())
    names = [each["file_name"] for each in told["images"]]
    assert len(set(names)) == len(names) == 2
    for each in told["images"]:
        assert re.fullmatch(r"[0-9a-f]{64}\.(jpg|png)", each["file_name"])
        assert each["file_name"].startswith(each["sha256"])
    assert {each["path"] for each in told["images"]} == {"a side.jpg", "a side.png"}
    assert told["info"]["coordinates"] == "upright"


def test_each_examiner_has_a_file_of_their_own(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    (tmp_path / "drive" / "b.png").write_bytes(painted(1, "PNG"))
    case = made_case(tmp_path)
    enrol(case, "Dr Adeyemi")
    ingested(case, tmp_path / "drive")
    first, second = (item.sha256 for item in Worklist(case, "").load().items)
    around = MarkShape.RECTANGLE, ((LEFT, TOP), (RIGHT, BOTTOM))
    mark_on(case, first, "f1", Mark("m1", *around))
    assert set(path.name for path in made(case, "coco", tmp_path / "one").iterdir()) == {"annotations.json"}
    mark_on(case, first, "f2", Mark("m2", *around), examiner=1)
    mark_on(case, second, "f3", Mark("m3", *around), examiner=1)
    out = made(case, "coco", tmp_path / "out")
    told = {path.name: json.loads(path.read_bytes()) for path in out.iterdir()}
    case.close()
    assert set(told) == {"annotations-1.json", "annotations-2.json"}
    names = {name: each["info"]["examiner"] for name, each in told.items()}
    assert names == {"annotations-1.json": "Dr Okoye", "annotations-2.json": "Dr Adeyemi"}
    for name, ids, images in (("annotations-1.json", {"f1"}, 1), ("annotations-2.json", {"f2", "f3"}, 2)):
        assert {each["finding_id"] for each in told[name]["annotations"]} == ids
        assert len(told[name]["images"]) == images
        assert {each["examiner"] for each in told[name]["annotations"]} == {names[name]}


def test_one_examiner_has_the_one_file(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    case = made_case(tmp_path)
    second = enrol(case, "Dr Adeyemi")
    ingested(case, tmp_path / "drive")
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items)
    for number in (0, 1):
        around = Mark(f"m{number}", MarkShape.RECTANGLE, ((LEFT, TOP), (RIGHT, BOTTOM)))
        mark_on(case, photo, f"f{number}", around, examiner=number)
    run_export(case, second.id, "coco", tmp_path / "out", JobControl(), ExportChoice(examiners=(second.id,)))
    case.close()
    (file,) = (tmp_path / "out").glob("annotations*")
    told = json.loads(file.read_bytes())
    assert (file.name, told["info"]["examiner"]) == ("annotations.json", "Dr Adeyemi")
    assert [each["finding_id"] for each in told["annotations"]] == ["f1"]


def test_the_command_line_makes_either(tmp_path, capsys):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    turned = made_case(tmp_path)
    ingested(turned, tmp_path / "drive")
    turned.close()
    for words, coordinates in ((["coco"], "upright"), (["coco", "--recorded"], "recorded")):
        key, *options = words
        out = tmp_path / coordinates
        assert main(["export", str(turned.folder), key, str(out), *options]) == 0
        told = json.loads((out / "annotations.json").read_bytes())
        assert told["info"]["coordinates"] == coordinates
    capsys.readouterr()
    assert main(["export", str(turned.folder), "csv", str(tmp_path / "csv"), "--recorded"]) == 3
    assert "--recorded belongs to the formats: coco." in capsys.readouterr().err


def test_boxes_of_yolo_lie_where_loaders_see_what_was_drawn_around(turned, tmp_path):
    out = made(turned, "yolo", tmp_path / "out")
    (script,) = re.findall(r"```python\n(# coco_images\.py.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "coco_images.py").write_text(script, encoding="utf-8")
    command = [sys.executable, tmp_path / "coco_images.py", out / "images.json", out / "images"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    names = re.findall(r'^  (\d+): "(.*)"$', (out / "data.yaml").read_text(encoding="ascii"), re.MULTILINE)
    images = sorted((out / "images").iterdir())
    assert {each.stem for each in images} == {each.stem for each in (out / "labels").iterdir()}
    assert len(images) == 24
    for path in images:
        (line,) = (out / "labels" / f"{path.stem}.txt").read_text(encoding="ascii").splitlines()
        number, *shares = line.split()
        assert dict(names)[number] == "blunt.bruise"
        for load in LOADERS.values():
            pixels = load(path)
            if pixels is None:
                continue  # a TIFF that OpenCV 5.0 does not open: seen above
            down, across = pixels.shape[:2]
            x, y, width, height = (float(share) for share in shares)
            box = [(x - width / 2) * across, (y - height / 2) * down, width * across, height * down]
            there = bright(pixels)
            assert overlap(box_of({"bbox": box}, there.shape), there) >= 0.99, path


def test_yolo_has_what_encloses_something_and_each_examiner_apart(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    (tmp_path / "drive" / "b.png").write_bytes(painted(1, "PNG"))
    case = made_case(tmp_path)
    enrol(case, "Dr Adeyemi")
    ingested(case, tmp_path / "drive")
    first, second = (item.sha256 for item in Worklist(case, "").load().items)
    mark_on(case, first, "f1", Mark("m1", MarkShape.LINE, ((3, 3), (3, 40))))
    out = made(case, "yolo", tmp_path / "none")
    assert not (out / "labels").exists()
    assert json.loads((out / "images.json").read_bytes())["images"] == [], (
        "it would be one with nothing on it"
    )
    mark_on(case, first, "f2", Mark("m2", MarkShape.ELLIPSE, ((5, 5), (25, 15))), examiner=1)
    mark_on(case, second, "f3", Mark("m3", MarkShape.POLYGON, ((1, 1), (20, 2), (10, 30))))
    out = made(case, "yolo", tmp_path / "out")
    again = made(case, "yolo", tmp_path / "again")
    case.close()
    assert content(out) == content(again)
    labels = {path.relative_to(out).as_posix() for path in out.rglob("*.txt")}
    assert labels == {f"examiner-1/labels/{second}.txt", f"examiner-2/labels/{first}.txt"}
    assert json.loads((out / "examiner-2" / "images.json").read_bytes())["info"]["examiner"] == "Dr Adeyemi"
    number, *shares = (out / f"examiner-1/labels/{second}.txt").read_text(encoding="ascii").split()
    assert [float(share) for share in shares] == pytest.approx(
        [10.5 / 160, 15.5 / 120, 19 / 160, 29 / 120], abs=1e-6
    )
    assert f'  {number}: "blunt.bruise"' in (out / "examiner-1" / "data.yaml").read_text(encoding="ascii")


def elements(path):
    return ET.fromstring(path.read_bytes())  # noqa: S314 - our own file


def test_shapes_of_cvat_lie_where_loaders_see_what_was_drawn_around(turned, tmp_path):
    """CVAT calls exif_transpose of Pillow when photographs are uploaded."""
    out = made(turned, "cvat", tmp_path / "out")
    told = {each["file_name"]: each for each in json.loads((out / "images.json").read_bytes())["images"]}
    root = elements(out / "annotations.xml")
    images = root.findall("image")
    assert (root.findtext("version"), root.findtext("meta/task/size")) == ("1.1", "24")
    assert [int(each.get("id")) for each in images] == list(range(24))
    for each in images:
        original = told[each.get("name")]
        pixels = np.asarray(ImageOps.exif_transpose(Image.open(Path(original["source"], original["path"]))))
        assert pixels.shape[:2] == (int(each.get("height")), int(each.get("width")))
        (box,) = each.findall("box")
        left, top, right, bottom = (float(box.get(name)) for name in ("xtl", "ytl", "xbr", "ybr"))
        there = bright(pixels)
        inside = box_of({"bbox": [left, top, right - left, bottom - top]}, there.shape)
        assert overlap(inside, there) >= 0.99, original["path"]


def test_cvat_has_every_shape_with_what_was_said_and_the_labels_of_its_task(case, tmp_path):
    out = made(case, "cvat", tmp_path / "out")
    assert content(out) == content(made(case, "cvat", tmp_path / "again"))
    root = elements(out / "annotations.xml")
    assert root.findtext("meta/task/name") == "@case"
    shapes = {shape.tag: shape for image in root.findall("image") for shape in image if len(image) > 1}
    assert set(shapes) == {"box", "ellipse", "polygon", "polyline", "points"}
    # 64 x 48 recorded, orientation 6: x is 48 - y, y is x
    assert {name: shapes["ellipse"].get(name) for name in ("cx", "cy", "rx", "ry")} == {
        "cx": "38.00",
        "cy": "15.00",
        "rx": "5.00",
        "ry": "10.00",
    }
    assert shapes["polygon"].get("points") == "47.00,1.00;46.00,20.00;18.00,10.00"
    assert shapes["points"].get("points") == "39.50,7.50"
    said = {each.get("name"): each.text or "" for each in shapes["box"].findall("attribute")}
    assert said == {
        "finding_id": "f-marked",
        "answer": "present",
        "certainty": "not stated",
        "regions": "neck.front",
        "examiner": "Dr Okoye",
        "reading_state": "open",
        "carried_from": "",
    }
    labels = json.loads((out / "labels.json").read_bytes())
    used = {shape.get("label") for image in root.findall("image") for shape in image}
    assert used == {"neck.ligature_mark", "old.term"}
    assert used <= {each["name"] for each in labels}
    assert all([one["name"] for one in each["attributes"]] == list(said) for each in labels)
    assert [each.findtext("name") for each in root.iter("label")] == [each["name"] for each in labels]


def test_cvat_is_xml_whatever_a_name_has_in_it(tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.jpg").write_bytes(painted(6, "JPEG"))
    case = made_case(tmp_path, examiner="Dr <\uffff>")
    ingested(case, tmp_path / "drive")
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items)
    mark_on(case, photo, "f1", Mark("m1", MarkShape.POINT, ((7, 8),)))
    out = made(case, "cvat", tmp_path / "out")
    case.close()
    said = {each.get("name"): each.text for each in elements(out / "annotations.xml").iter("attribute")}
    assert said["examiner"] == "Dr <\\uffff>"
