"""Files written whole, network drives told, a station that keeps its name."""

import logging

import pytest

from reviewer.system import logs
from reviewer.system.clock import asleep_so_far
from reviewer.system.files import write_atomically
from reviewer.system.mounts import network_file_system
from reviewer.system.paths import data_folder, log_folder
from reviewer.system.resources import resource
from reviewer.system.station import station_id


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    write_atomically(path, b"one")
    with pytest.raises(TypeError):
        write_atomically(path, "two")  # type: ignore[arg-type]
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    ("kind", "told"), [("nfs4", "nfs4"), ("cifs", "cifs"), ("ext4", ""), ("fuse.sshfs", "fuse.sshfs")]
)
def test_a_network_drive_is_recognised(tmp_path, kind, told):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n")
    assert network_file_system(tmp_path / "case", mounts) == told


def test_the_station_keeps_its_name_and_mends_a_spoilt_one():
    first = station_id()
    assert station_id() == first
    (data_folder() / "station").write_bytes(b"\xff\xff")
    assert station_id() != first


def test_a_log_line_is_one_line_of_plain_text():
    logger = logging.getLogger("reviewer")
    before = list(logger.handlers)
    logs.set_up()
    try:
        logging.getLogger("reviewer.test").info("name %s", "a\u202eb\x1b[31m")
    finally:
        for handler in [h for h in logger.handlers if h not in before]:
            logger.removeHandler(handler)
            handler.close()
    text = (log_folder() / "reviewer.log").read_text(encoding="utf-8")
    assert "a\\u202eb\\x1b[31m" in text


def test_a_missing_resource_is_named():
    with pytest.raises(FileNotFoundError, match="icons/nothing"):
        resource("icons", "nothing.svg")


def test_a_machine_that_is_awake_has_not_slept_meanwhile():
    first = asleep_so_far()
    assert first > -1
    assert abs(asleep_so_far() - first) < 0.2
