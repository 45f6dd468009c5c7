"""Every part that is shipped has a licence and its text, and none that the GPL alone covers is linked."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.packaging.stick.small_stick import write_wheel

ROOT = Path(__file__).parents[3]
MIT = {"thing-1.dist-info/licenses/LICENSE": b"the text of a licence"}


@pytest.fixture
def licences(installers):
    return installers("licences")


def write_thing(folder, files, name="thing"):
    path = folder / f"{name}-1-py3-none-any.whl"
    write_wheel(path, name, "1", files, ["License-Expression: MIT"])
    return path


def list_shipped(installers):
    """The distributions that this environment has of those that are shipped for any system."""
    lock = installers("lock")
    names = {wheel.distribution for wheel in lock.list_wheels(lock.find_platform("linux-x86_64"), "3.11")}
    return sorted(names)


def test_everything_that_is_shipped_has_its_licence_and_text(licences, installers):
    shipped = list_shipped(installers)
    assert len(shipped) > 30
    for name in shipped:
        parts = licences.describe_files(licences.open_installed(distribution(name)))
        assert parts[0].name == name
        assert parts[0].licence and parts[0].texts
        assert all(part.licence and part.files for part in parts[1:] if not _is_linked(licences, part))


def _is_linked(licences, part):
    return any(rule["name"] == part.name and rule.get("linked") for rule in licences.read_rules()["parts"])


def test_nothing_that_is_installed_here_says_that_it_holds_parts_under_the_gpl(licences):
    for name in ("pi-heif", "rawpy", "opencv-python-headless", "numpy", "sqlcipher3"):
        assert licences.check_gpl(licences.open_installed(distribution(name))) == []


def test_a_distribution_without_a_text_is_named(licences, tmp_path):
    with pytest.raises(licences.LicenceTrouble, match="thing 1 carries no text of its licence"):
        licences.collect_parts([write_thing(tmp_path, {"thing.py": b""})])


def test_a_library_that_nobody_named_is_named(licences, tmp_path):
    wheel = write_thing(tmp_path, {**MIT, "thing.libs/libother-0123abcd.so.1": b"\x7fELF"})
    with pytest.raises(licences.LicenceTrouble, match=r"libother-0123abcd.so.1 in thing 1 is a library"):
        licences.collect_parts([wheel])


def test_a_module_of_python_is_no_library_of_its_own(licences, tmp_path):
    extensions = {
        "thing/_one.cpython-311-x86_64-linux-gnu.so": b"",
        "thing/_two.abi3.so": b"",
        "thing/_3.pyd": b"",
    }
    (part,) = licences.collect_parts([write_thing(tmp_path, {**MIT, **extensions})])
    assert part.licence == "MIT"


@pytest.mark.parametrize("mark", [b"--enable-shared --enable-gpl", b"libx libavcodec license: GPL version 2"])
def test_a_library_built_with_parts_under_the_gpl_stops_the_build(licences, tmp_path, mark):
    wheel = write_thing(tmp_path, {**MIT, "thing/_one.abi3.so": b"\x7fELF" + mark})
    with pytest.raises(licences.LicenceTrouble, match=r"thing/_one.abi3.so says .*GPL alone"):
        licences.collect_parts([wheel])


def test_all_texts_are_written_and_listed(licences, tmp_path):
    parts = licences.collect_parts([write_thing(tmp_path, MIT)])
    licences.write_licences(parts, tmp_path / "licences")
    assert (tmp_path / "licences/thing-1/LICENSE").read_bytes() == b"the text of a licence"
    assert "| thing | 1 | distribution | MIT | LICENSE |" in (tmp_path / "licences/README.md").read_text()


def test_every_text_that_a_rule_names_is_there(licences):
    rules = licences.read_rules()
    named = {text for texts in rules["texts"].values() for text in texts}
    named |= {text for rule in rules["parts"] for text in rule.get("texts", ())}
    assert {text for text in named if not (licences.TEXTS / text).is_file()} == set()
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt"} <= named


def test_the_program_loads_no_module_of_qt_that_is_under_the_gpl_alone():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "reviewer").rglob("*.py")]
    used = {module for text in sources for module in re.findall(r"PySide6\.(Qt\w+)", text)}
    assert used == {"QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets"}
