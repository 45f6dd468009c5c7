"""Two archives of the same files are the same bytes, whatever their dates, modes and order on the disk."""

import os
import stat
import tarfile
import zipfile

import pytest

WHEN = 1_700_000_000


@pytest.fixture
def archives(installers):
    return installers("archives")


def _make_folder(folder, names):
    folder.mkdir()
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
        os.utime(folder / name, (len(str(folder)), 12345))
    (folder / "b" / "start").chmod(0o700)
    (folder / "link").symlink_to("b/start")
    return folder


@pytest.fixture
def two_folders(tmp_path):
    names = ["b/start", "a.txt", "b/c.txt"]
    return _make_folder(tmp_path / "one", names), _make_folder(tmp_path / "another", names[::-1])


@pytest.mark.parametrize("compression", ["", "gz", "xz"])
def test_tars_of_the_same_files_are_the_same_bytes(archives, two_folders, tmp_path, compression):
    made = [
        archives.write_tar(tmp_path / f"{number}.tar", archives.list_entries(folder, "p/"), WHEN, compression)
        for number, folder in enumerate(two_folders)
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as archive:
        members = {member.name: member for member in archive.getmembers()}
        assert list(members) == ["p/a.txt", "p/b/c.txt", "p/b/start", "p/link"]
        assert {member.mtime for member in members.values()} == {WHEN}
        assert [oct(members[name].mode) for name in ("p/a.txt", "p/b/start")] == ["0o644", "0o755"]
        assert members["p/link"].linkname == "b/start"
        assert archive.extractfile("p/b/c.txt").read() == b"b/c.txt"


@pytest.mark.parametrize("compressed", [True, False])
def test_zips_of_the_same_files_are_the_same_bytes(archives, two_folders, tmp_path, compressed):
    made = [
        archives.write_zip(
            tmp_path / f"{number}.zip", archives.list_entries(folder), WHEN, compressed=compressed
        )
        for number, folder in enumerate(two_folders)
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as archive:
        assert archive.namelist() == ["a.txt", "b/c.txt", "b/start", "link"]
        assert {member.date_time for member in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        assert stat.S_ISLNK(archive.getinfo("link").external_attr >> 16)
        assert archive.read("b/start") == b"b/start"


def test_a_member_can_be_made_of_bytes(archives, tmp_path):
    entries = [archives.ArchiveEntry("said.txt", b"said")]
    with tarfile.open(archives.write_tar(tmp_path / "said.tar", entries, WHEN, "gz")) as archive:
        assert archive.extractfile("said.txt").read() == b"said"
