"""XMP sidecars: each lies beside its own copy, regions on their pixels, and no keyword says too much."""

import io
import json
import shutil
import sys
import types
import xml.etree.ElementTree as ET
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.category_commands import categorise_photos
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.reading.category import Category
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.services.case.enrolment import enrol
from reviewer.services.export.xml_text import show_in_xml, show_lines_in_xml
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from tests.support import packs
from tests.support.cases import ingested, made_case
from tests.support.exports import content, made
from tests.support.photos import jpeg, picture
from tests.support.turned_pictures import bright, mark_on, overlap, turned_case, without_turn
from tests.support.xmp_packets import read_packet

SURE = {"certainty": Certainty.PROBABLE, "certainty_stated": True}
LOADERS = {
    "open of Pillow": lambda data: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")),
    "imdecode of OpenCV, orientation ignored": lambda data: cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    ),
}


def photographs(folder, *names):
    """A case of these files, each another picture."""
    (folder / "drive").mkdir()
    for number, name in enumerate(names):
        path = folder / "drive" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(jpeg(seed=300 + number))
    case = made_case(folder)
    ingested(case, folder / "drive")
    return case, {item.name: item.sha256 for item in Worklist(case, "").load().items}


def writes(case, photo, note, examiner=0):
    desk = ActQueue(case, case.examiners()[examiner], post_at_once)
    desk.submit(finding_commands.write_note(desk.reading(photo), note)).result()
    desk.detach()


def listed(out):
    told = json.loads((out / "sidecars.json").read_bytes())
    return {each["path"]: each for each in told["sidecars"]}


def test_regions_lie_on_the_pixels_as_they_are_stored(tmp_path):
    case = turned_case(tmp_path)
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    seen = set()
    for path, sidecar in listed(out).items():
        original = Path(sidecar["source"], path)
        data = original.read_bytes()
        if original.suffix == ".tiff":
            data = without_turn(data)
        told = read_packet((out / sidecar["file"]).read_bytes())
        (region,) = told["regions"]
        for name, load in LOADERS.items():
            pixels = load(data)
            down, across = pixels.shape[:2]
            assert told["size"] == (across, down) == (160, 120)
            left, right = ((region["x"] + way * region["w"] / 2) * across for way in (-1, 1))
            top, bottom = ((region["y"] + way * region["h"] / 2) * down for way in (-1, 1))
            there = bright(pixels)
            inside = np.zeros(there.shape, bool)
            inside[round(top) : round(bottom), round(left) : round(right)] = True
            assert overlap(inside, there) >= 0.99, (name, path)
            seen.add((name, path))
    assert len(seen) == 2 * 3 * 8


def test_keywords_are_what_is_present_with_a_stated_certainty(tmp_path):
    case, found = photographs(tmp_path, "a.jpg", "b.jpg")
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    version = case.vocabulary.version
    around = MarkShape.RECTANGLE, ((1, 1), (20, 20))
    for number, (term, said) in enumerate(
        (
            ("blunt.bruise", SURE),
            ("neck.ligature_mark", {}),
            ("elec.mark", {"answer": FindingAnswer.ABSENT, **SURE}),
            ("blunt.abrasion", {"answer": FindingAnswer.NON_SPECIFIC, **SURE}),
            ("blunt.laceration", {"copied_from": "0" * 64, "confirmed": False, **SURE}),
        )
    ):
        finding = Finding(f"f{number}", term, version, regions=("chest.L",), **said)
        desk.submit(finding_commands.add_finding(desk.reading(found["a.jpg"]), finding)).result()
        mark = Mark(f"m{number}", *around)
        desk.submit(finding_commands.add_mark(desk.reading(found["a.jpg"]), finding, mark)).result()
    desk.submit(categorise_photos({found["b.jpg"]: ""}, Category.SOLDIER)).result()
    desk.detach()
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    told = read_packet((out / "source-1" / "a.jpg.xmp").read_bytes())
    assert told["subject"] == ["bruise: probable"]
    assert told["hierarchical"] == ["Findings|Blunt force|bruise|bruise: probable"]
    assert told["tags"] == ["Findings/Blunt force/bruise/bruise: probable"]
    assert told["description"] == told["writer"] == ""
    assert [each["name"] for each in told["regions"]] == [
        "bruise: probable",
        "ligature mark: certainty not stated",
        "abrasion: non-specific, probable",
    ], "the name says how sure it is: some programs show nothing else"
    assert told["regions"][2]["description"] == "non-specific; probable; chest, left; Dr Okoye"
    scene = read_packet((out / "source-1" / "b.jpg.xmp").read_bytes())
    assert scene["subject"] == ["category: Soldier or guard"]
    assert scene["tags"] == ["Category/category: Soldier or guard"]
    assert listed(out)["b.jpg"]["reading_state"] == ""


def test_a_reading_that_was_carried_over_says_nothing(tmp_path):
    (tmp_path / "drive").mkdir()
    for number in range(5):
        (tmp_path / "drive" / f"{number}.jpg").write_bytes(jpeg(seed=number))
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    packs.fill(case)
    photos = packs.photos_of(case)
    writes(case, photos[4], "written before anybody looked anew")
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    assert desk.reading(photos[4]).carried_from == photos[0]
    desk.detach()
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    assert {each["sha256"] for each in listed(out).values()} == set(photos[:3])


def test_whatever_is_written_is_text_and_stays_what_it_was(case, marked_folder, tmp_path, monkeypatch):
    """Read by the standard library, by a reader of RDF, and by Pillow out of a JPEG."""
    (photo,) = (item.sha256 for item in Worklist(case, "").load().items if item.name == "a side.jpg")
    writes(case, photo, '<b>&"ملاحظة"</b>\n\t]]>\x0b \u202e\uffff=1')
    out = made(case, "xmp", tmp_path / "out")
    assert content(out) == content(made(case, "xmp", tmp_path / "again"))
    expected = '<b>&"ملاحظة"</b>\n\t]]>\\x0b \\u202e\\uffff=1'
    packet = (out / "source-1" / "a side.jpg.xmp").read_bytes()
    told = read_packet(packet)
    assert (told["description"], told["writer"]) == (expected, "Dr Okoye")
    assert told["identifier"] == f"urn:sha256:{listed(out)['a side.jpg']['sha256']}"
    copy = io.BytesIO()
    with Image.open(marked_folder.parent / "=drive" / "a side.jpg") as image:
        image.save(copy, "JPEG", xmp=packet)
    monkeypatch.setitem(sys.modules, "defusedxml", types.SimpleNamespace(ElementTree=ET))
    read = Image.open(copy).getxmp()["xmpmeta"]["RDF"]["Description"]
    assert read["description"]["Alt"]["li"] == {"lang": "x-default", "text": expected}
    regions = read["Regions"]["RegionList"]["Bag"]["li"]
    assert [each["Area"]["x"] for each in regions] == [f"{each['x']:.6f}" for each in told["regions"]]
    assert read["Regions"]["AppliedToDimensions"]["w"] == "64", "as stored: it lies on its side"


def test_each_copy_has_the_sidecar_of_its_content_beside_it(tmp_path):
    names = ("one/a.jpg", "one/A.JPG", "two/a.jpg", "two/a.png", "two/b: c.jpg", "e.jpg")
    case, _hashes = photographs(tmp_path, *names)
    drive = tmp_path / "drive"
    for copy in ("two/copy.jpg", "one/a.JPG"):
        shutil.copy(drive / "e.jpg", drive / copy)
    ingested(case, drive)
    for number, photo in enumerate(packs.photos_of(case)):
        writes(case, photo, f"note {number}")
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    told = listed(out)
    assert set(told) == {*names, "two/copy.jpg", "one/a.JPG"}
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.xmp")}
    assert {each["file"] for each in told.values()} == written
    assert len({each.casefold() for each in written}) == len(written) == len(told), "on any file system"
    for path, sidecar in told.items():
        packet = read_packet((out / sidecar["file"]).read_bytes())
        assert packet["identifier"] == f"urn:sha256:{sidecar['sha256']}"
        if sidecar["file"] != f"source-1/{path}.xmp":
            assert sidecar["sha256"] in sidecar["file"] or path == "two/b: c.jpg"
    beside = [path for path, sidecar in told.items() if sidecar["file"] == f"source-1/{path}.xmp"]
    assert {"two/a.jpg", "two/a.png", "two/copy.jpg", "e.jpg"} <= set(beside)
    assert len([path for path in beside if path.casefold() == "one/a.jpg"]) == 1
    assert told["two/b: c.jpg"]["file"] == "source-1/two/b_ c.jpg.xmp"


def test_nothing_lies_beside_a_file_that_was_replaced(tmp_path):
    (tmp_path / "drive").mkdir()
    whole = jpeg(width=640, height=480, seed=7)
    late = tmp_path / "drive" / "late.jpg"
    late.write_bytes(whole[: len(whole) * 2 // 3])
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    (cut,) = packs.photos_of(case)
    writes(case, cut, "of the cut one")
    assert set(listed(made(case, "xmp", tmp_path / "before"))) == {"late.jpg"}
    late.write_bytes(whole)
    ingested(case, tmp_path / "drive")
    assert len(packs.photos_of(case)) == 2
    out = made(case, "xmp", tmp_path / "after")
    case.close()
    assert set(content(out)) == {"sidecars.json"}
    assert listed(out) == {}


def test_each_examiner_has_a_folder_of_their_own(tmp_path):
    case, found = photographs(tmp_path, "a.jpg", "b.jpg")
    enrol(case, "Dr Adeyemi")
    mark_on(case, found["a.jpg"], "f1", **SURE)
    writes(case, found["a.jpg"], "by the first")
    writes(case, found["a.jpg"], "by the second", examiner=1)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    desk.submit(categorise_photos({found["b.jpg"]: ""}, Category.DETAINEE)).result()
    desk.detach()
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    files = content(out)
    assert set(files) == {
        f"examiner-{number}/{name}"
        for number in (1, 2)
        for name in ("sidecars.json", "source-1/a.jpg.xmp", "source-1/b.jpg.xmp")
    }
    first, second = (read_packet(files[f"examiner-{number}/source-1/a.jpg.xmp"]) for number in (1, 2))
    assert (first["description"], first["writer"]) == ("by the first", "Dr Okoye")
    assert (second["description"], second["writer"]) == ("by the second", "Dr Adeyemi")
    assert (first["subject"], second["subject"]) == (["bruise: probable"], [])
    shared = [files[f"examiner-{number}/source-1/b.jpg.xmp"] for number in (1, 2)]
    assert shared[0] == shared[1]


def test_marks_on_a_further_picture_of_a_file_are_no_regions_of_the_first(tmp_path):
    (tmp_path / "drive").mkdir()
    first, second = picture(40, 30, 1), picture(60, 50, 2)
    first.save(tmp_path / "drive" / "two.tif", save_all=True, append_images=[second])
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    (photo,) = packs.photos_of(case)
    mark_on(case, photo, "f1", Mark("m1", MarkShape.POINT, ((50, 40),), page=2), **SURE)
    out = made(case, "xmp", tmp_path / "out")
    case.close()
    told = read_packet((out / "source-1" / "two.tif.xmp").read_bytes())
    assert (told["subject"], told["regions"]) == (["bruise: probable"], [])


def test_nobody_has_rated_anything_and_no_region_is_a_face(case, tmp_path):
    out = made(case, "xmp", tmp_path / "out")
    said = b"".join(content(out).values())
    assert b"Rating" not in said
    assert b"mwg-rs:Type" not in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ملاحظة", "plain ملاحظة"),
        ("a\nb\tc", "a\\x0ab\\x09c"),
        ("\x00\x0b\x85\u2028", "\\x00\\x0b\\x85\\u2028"),
        ("\ufffe\uffff\U0001f600", "\\ufffe\\uffff\U0001f600"),
        ("\ud800\udcff", "\\ud800\\xff"),
    ],
)
def test_text_that_xml_can_hold(text, shown):
    assert show_in_xml(text) == shown
    ET.fromstring(f"<a>{show_in_xml(text)}</a>")  # noqa: S314 - our own text


def test_lines_and_tabs_of_a_longer_text_stay():
    assert show_lines_in_xml("a\nb\tc\r\x0b") == "a\nb\tc\\x0d\\x0b"
