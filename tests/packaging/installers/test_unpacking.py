"""Wheels are unpacked as an installer does it, and nowhere else than into the folder."""

import zipfile

import pytest


@pytest.fixture
def unpacking(installers):
    return installers("unpacking")


def _make_wheel(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_files_of_data_folders_lie_beside_the_others_and_the_record_says_so(unpacking, tmp_path):
    record = "a/b.py,sha256=x,1\na-1.data/platlib/c.pyd,sha256=y,1\na-1.data/scripts/run,sha256=z,1\n"
    members = {"a/b.py": "", "a-1.data/": "", "a-1.data/platlib/c.pyd": "", "a-1.data/scripts/run": ""}
    wheel = _make_wheel(tmp_path / "a.whl", {**members, "a-1.dist-info/RECORD": record})
    unpacking.unpack_wheel(wheel, tmp_path / "into")
    found = sorted(
        path.relative_to(tmp_path / "into").as_posix() for path in (tmp_path / "into").rglob("*.*")
    )
    assert found == ["a-1.dist-info", "a/b.py", "c.pyd"]
    said = (tmp_path / "into" / "a-1.dist-info" / "RECORD").read_text()
    assert said == "a/b.py,sha256=x,1\nc.pyd,sha256=y,1\n"


@pytest.mark.parametrize("name", ["../out.py", "/out.py", "C:\\out.py", "a/../../out.py"])
def test_a_member_that_would_lie_outside_is_refused(unpacking, name):
    with pytest.raises(unpacking.LockError, match="outside"):
        unpacking.find_wheel_place(name)


def test_a_file_that_two_wheels_bring_is_refused(unpacking, tmp_path):
    wheels = [_make_wheel(tmp_path / f"{name}.whl", {"same.py": name}) for name in ("a", "b")]
    with pytest.raises(unpacking.LockError, match=r"b\.whl brings same\.py"):
        unpacking.unpack_wheels(wheels, tmp_path / "into")
