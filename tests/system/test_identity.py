"""Which program this is: the same hash for the same files, another for another byte."""

import base64
import hashlib
import zipfile

import pytest

from reviewer.system import identity
from reviewer.system.identity import find_altered_files, find_identity, hash_packages, list_packages


def record_hash(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def install(folder, name, version, files, requires=(), notes=""):
    """A library as a wheel lays it down: its files, and a RECORD of them."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {line}\n" for line in requires)
    )
    rows = []
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        rows.append(f"{path},sha256={record_hash(content)},{len(content)}\n")
    (info / "RECORD").write_text("".join(rows) + f"{info.name}/RECORD,,\n" + notes)
    return folder


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    install(folder, "reviewer", "9", {}, ['One.Lib>=1; sys_platform == "any"', 'extra-only; extra == "ocr"'])
    install(folder, "one-lib", "1.0", {"one/a.py": b"a", "one/b.py": b"b"}, ["two"])
    install(folder, "two", "2.0", {"two.py": b"two"}, ["one-lib"])
    install(folder, "extra-only", "3.0", {"extra.py": b"extra"})
    install(folder, "pytest", "9.0", {"pytest.py": b"no part of the program"})
    return folder


def test_what_is_needed_is_followed_without_extras_and_what_else_is_installed(site):
    assert [(package.name, package.version) for package in list_packages(site)] == [
        ("one-lib", "1.0"),
        ("two", "2.0"),
    ]


def test_what_an_installer_adds_changes_nothing(site):
    before = hash_packages(list_packages(site))
    record = site / "one_lib-1.0.dist-info" / "RECORD"
    (site / "one_lib-1.0.dist-info" / "INSTALLER").write_text("pip")
    added = [
        f"one_lib-1.0.dist-info/INSTALLER,sha256={record_hash(b'pip')},3\n",
        f"../../bin/one,sha256={record_hash(b'script')},6\n",
        "one/__pycache__/a.cpython-311.pyc,,\n",
    ]
    (site.parent / "bin").mkdir()
    record.write_text(record.read_text() + "".join(added))
    assert hash_packages(list_packages(site)) == before


def test_another_file_or_another_version_is_another_hash(site, tmp_path):
    before = hash_packages(list_packages(site))
    other = install(tmp_path / "other", "reviewer", "9", {}, ["one-lib", "two"])
    install(other, "one-lib", "1.0", {"one/a.py": b"a", "one/b.py": b"c"}, ["two"])
    install(other, "two", "2.0", {"two.py": b"two"})
    assert hash_packages(list_packages(other)) != before


def test_a_file_that_is_left_out_is_counted_and_one_that_was_altered_is_named(site):
    (site / "one" / "a.py").unlink()
    (site / "two.py").write_bytes(b"tow")
    one, two = list_packages(site)
    assert (one.missing, [file.path for file in one.files]) == (1, ["one/b.py"])
    assert find_altered_files(one) == []
    assert find_altered_files(two) == ["two.py"]


def test_where_nothing_says_what_is_needed_there_is_no_hash(tmp_path):
    assert hash_packages(list_packages(tmp_path)) == ""


def test_the_hash_of_the_program_is_that_of_its_files_by_sha256sum(tmp_path, monkeypatch):
    package = tmp_path / "reviewer"
    for path in ("a.py", "_resources/x.toml", "__pycache__/a.pyc", "installed_by.txt"):
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(path)
    monkeypatch.setattr(identity, "_PACKAGE", package)
    lines = "".join(
        f"{hashlib.sha256(path.encode()).hexdigest()}  reviewer/{path}\n"
        for path in ("_resources/x.toml", "a.py")
    )
    assert identity.hash_program() == hashlib.sha256(lines.encode()).hexdigest()
    (package / "a.py").write_text("b")
    assert identity.hash_program() != hashlib.sha256(lines.encode()).hexdigest()


def test_a_clone_and_the_wheel_that_is_made_of_it_have_the_same_hash(tmp_path, monkeypatch):
    """The wheel as pyproject.toml lays it out: the package, with resources and manual inside."""
    from hatchling.builders.wheel import WheelBuilder

    assert identity.is_clone()
    of_clone = identity.hash_program()
    (built,) = WheelBuilder(str(identity._PACKAGE.parent)).build(
        directory=str(tmp_path), versions=["standard"]
    )
    with zipfile.ZipFile(built) as wheel:
        wheel.extractall(tmp_path / "installed")
    monkeypatch.setattr(identity, "_PACKAGE", tmp_path / "installed" / "reviewer")
    assert not identity.is_clone()
    assert identity.hash_program() == of_clone


def test_this_program_says_which_it_is_and_that_it_runs_from_a_clone():
    who = find_identity()
    assert (len(who.program), who.is_clone) == (64, True)
    assert who.way == "run from a clone of the source"
    assert "Python 3." in who.system
    assert who.system.isascii()
