"""Each part of the self-test says what is wrong, and is well where nothing is."""

import copy
import json
import shutil
import sys

import pytest

from reviewer.keys.known_answers import KNOWN_ANSWERS
from reviewer.media.workers import probe
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.self_test import (
    confinement,
    decoders,
    demonstration,
    encryption,
    engine,
    files,
    window,
)
from reviewer.services.self_test.drawing import COUNT, draw_photographs
from reviewer.services.self_test.expected import load_expected
from reviewer.services.self_test.part import PartFailed
from reviewer.storage.engine import database
from reviewer.system.identity import InstalledPackage, PackageFile
from reviewer.system.resources import find_resource


@pytest.fixture
def pool():
    made = new_pool()
    yield made
    made.close()


def test_the_engine_refuses_a_wrong_key(tmp_path):
    assert "a wrong key is refused" in engine.check_engine(tmp_path).said


def test_an_engine_that_does_not_encrypt_is_told(tmp_path, monkeypatch):
    real = database.create_database
    monkeypatch.setattr(database, "create_database", lambda path, _key: real(path, None))
    with pytest.raises(PartFailed, match="is not encrypted"):
        engine.check_engine(tmp_path)


@pytest.mark.parametrize("name", KNOWN_ANSWERS)
def test_the_library_gives_what_the_standard_prints(name):
    assert KNOWN_ANSWERS[name]()


def test_an_answer_that_is_not_that_of_the_standard_is_named(monkeypatch):
    monkeypatch.setattr(encryption, "KNOWN_ANSWERS", {"Ed25519": lambda: False})
    with pytest.raises(PartFailed, match="Ed25519"):
        encryption.check_encryption()


def test_every_format_is_decoded_and_every_file_of_it_is_there(pool):
    assert decoders.check_decoders(pool, JobControl()).constant == ",".join(decoders.FORMATS)
    carried = {path.name for path in find_resource("self_test").iterdir()}
    assert carried == {*decoders.FORMATS, "expected.json"}


def test_formats_that_come_out_wrong_are_named_and_no_others(pool, tmp_path, monkeypatch):
    folder = shutil.copytree(find_resource("self_test"), tmp_path / "files")
    (folder / "webp.webp").write_bytes(b"RIFF and no picture")
    (folder / "png.png").write_bytes((folder / "png.png").read_bytes()[:60])
    with pytest.raises(PartFailed) as told:
        decoders.check_decoders(pool, JobControl(), folder)
    assert told.value.wrong.startswith("not decoded rightly: PNG (")
    assert "WebP (" in told.value.wrong
    assert "AVIF" not in told.value.wrong
    monkeypatch.setattr(decoders, "QUARTERS", ((250, 40, 40), *decoders.QUARTERS[1:]))
    with pytest.raises(PartFailed, match=r"BMP \(colours are off by 50 levels\)"):
        decoders.check_decoders(pool, JobControl(), folder)


def test_what_is_active_here_refuses_what_it_should(tmp_path):
    layers, refused = confinement.ask_probe(tmp_path)
    assert layers
    assert set(refused) <= set(probe.ATTEMPTS)
    assert "active: " in confinement.check_confinement(tmp_path).said
    assert not list(tmp_path.iterdir()) or "writing files" not in refused


def test_a_layer_that_is_active_and_lets_something_through_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    told = ("no files and no network (landlock 4)",), ("writing files", "the network")
    monkeypatch.setattr(confinement, "ask_probe", lambda _folder: told)
    with pytest.raises(PartFailed, match="landlock is active and lets through: reading files"):
        confinement.check_confinement(tmp_path)


def test_an_old_landlock_need_not_refuse_the_network(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    told = ("no files and no network (landlock 3)",), ("reading files", "writing files")
    monkeypatch.setattr(confinement, "ask_probe", lambda _folder: told)
    said = confinement.check_confinement(tmp_path).said
    assert "NOT active on this machine: limits, seccomp" in said


def test_no_layer_at_all_is_no_good(tmp_path, monkeypatch):
    monkeypatch.setattr(confinement, "ask_probe", lambda _folder: ((), ()))
    with pytest.raises(PartFailed, match="no layer of confinement"):
        confinement.check_confinement(tmp_path)


def test_the_ten_photographs_are_the_same_bytes_every_time_and_differ(tmp_path):
    first, second = (draw_photographs(tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert len({path.read_bytes() for path in first}) == COUNT


def test_an_export_that_is_not_what_it_is_elsewhere_is_named(monkeypatch, tmp_path):
    digests = {**load_expected().exports, "yolo/labels": "0" * 64}
    monkeypatch.setattr(demonstration, "make_digests", lambda *_about: digests)
    with pytest.raises(PartFailed, match=r"not what it is elsewhere: yolo/labels\."):
        demonstration.check_demonstration(tmp_path, None, JobControl())


def test_an_altered_file_of_a_library_is_named(tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text("changed")
    package = InstalledPackage("one", "1.0", (PackageFile(tmp_path / "one.py", "one.py", "0" * 64),), 0)
    monkeypatch.setattr(files, "list_packages", lambda: [package])
    with pytest.raises(PartFailed, match=r"one\.py of one"):
        files.check_files(JobControl())


TOLD = {
    "qt": "6",
    "families": {"Inter": "Inter", "Noto": "Noto"},
    "missing": {"Inter": "", "Noto": ""},
    "joined": True,
    "window": {"size": window.SIZE, "menus": 8, "ways": window.WAYS, "colours": 200},
}


def told_with(**changes):
    expected = load_expected()
    card = copy.deepcopy(expected.card)
    return {**TOLD, "width": expected.width, "shapes": expected.shapes, "card": card, **changes}


def test_a_window_that_is_drawn_as_everywhere_is_well():
    assert window.check_fonts(told_with()).constant == "fonts"
    assert window.check_window(told_with()).constant == load_expected().shapes


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"families": {"Inter": "DejaVu Sans"}}, "Inter is not there, DejaVu Sans stands in"),
        ({"missing": {"Inter": "é"}}, "lacks these letters"),
        ({"joined": False}, "not joined"),
        ({"width": 900.0}, "900.0 pixels wide"),
    ],
)
def test_typefaces_that_are_not_right_are_told(changes, wrong):
    with pytest.raises(PartFailed, match=wrong):
        window.check_fonts(told_with(**changes))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"shapes": "0"}, "straight edges"),
        ({"card": [[0]]}, "by 255 of 255"),
        ({"window": {**TOLD["window"], "ways": ["case.new"]}}, "not laid out"),
        ({"window": {**TOLD["window"], "colours": 1}}, "blank"),
    ],
)
def test_a_window_that_is_not_right_is_told(changes, wrong):
    with pytest.raises(PartFailed, match=wrong):
        window.check_window(told_with(**changes))


def test_squares_may_be_off_by_the_tolerance_and_by_no_more():
    told = told_with()
    told["card"][0][0] -= window.TOLERANCE
    assert window.check_window(told)
    told["card"][0][0] -= 1
    with pytest.raises(PartFailed, match="otherwise"):
        window.check_window(told)


def test_a_window_whose_libraries_are_missing_says_which():
    command = [sys.executable, "-c", "raise SystemExit('libEGL.so.1: cannot open shared object file')"]
    with pytest.raises(PartFailed, match="libEGL") as told:
        window.draw_window(command)
    assert "Install the library" in told.value.advice


def test_what_is_expected_can_be_read_as_it_is_written():
    written = json.loads(find_resource("self_test", "expected.json").read_text("utf-8"))
    assert set(written) == {"exports", "shapes", "card", "width", "code"}
