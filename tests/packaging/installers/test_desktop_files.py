"""Desktop entries and types of files, as the specifications of freedesktop.org want them."""

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from reviewer.services.case.open_case import DATABASE_NAME

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def linux(installers):
    return installers("linux_tree").LINUX


def _read_entry(path):
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str
    entry.read(path, "utf-8")
    assert entry.sections() == ["Desktop Entry"]
    return entry["Desktop Entry"]


def _read_types(linux):
    return ET.parse(linux / "reviewer-mime.xml").getroot().findall(f"{MIME}mime-type")  # noqa: S314


@pytest.mark.parametrize("name", ["reviewer.desktop", "reviewer-view-only.desktop"])
def test_a_desktop_entry_has_what_the_specification_asks_for(installers, linux, name):
    entry = _read_entry(linux / name)
    assert entry["Type"] == "Application"
    assert entry["Name"]
    program = entry["Exec"].split()[0]
    place = installers("linux_tree").PLACE
    assert program == entry["TryExec"]
    assert program.removeprefix(f"{place}/") in installers("linux_tree").STARTERS
    assert entry["Exec"].endswith(" %f")
    for key in ("Categories", "MimeType", "Keywords"):
        assert entry[key].endswith(";")
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(linux / name)], check=True)


def test_the_second_entry_starts_the_window_for_looking_only(linux):
    assert "--view-only" in _read_entry(linux / "reviewer-view-only.desktop")["Exec"]
    assert "--view-only" not in _read_entry(linux / "reviewer.desktop")["Exec"]


def test_every_type_that_an_entry_opens_is_declared(linux):
    declared = {kind.get("type") for kind in _read_types(linux)}
    asked = set()
    for path in linux.glob("*.desktop"):
        asked |= {name for name in _read_entry(path)["MimeType"].split(";") if name}
    assert asked == declared


def test_a_case_and_a_court_pack_are_known_by_a_file_that_every_one_has(linux):
    globs = {kind.get("type"): kind.find(f"{MIME}glob").get("pattern") for kind in _read_types(linux)}
    assert globs == {
        "application/vnd.reviewer.case": DATABASE_NAME,
        "application/vnd.reviewer.court-pack": "pack-signature.json",
    }
    for kind in _read_types(linux):
        assert kind.find(f"{MIME}comment").text
