"""Files written whole, network drives told, a station that keeps its name."""

import logging
import subprocess
import sys

import pytest

from reviewer.system import logs
from reviewer.system.clock import read_seconds_asleep
from reviewer.system.files import write_atomically
from reviewer.system.mounts import find_network_file_system
from reviewer.system.paths import data_folder, log_folder
from reviewer.system.resources import find_resource
from reviewer.system.station import load_station_id


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    write_atomically(path, b"one")
    with pytest.raises(TypeError):
        write_atomically(path, "two")  # type: ignore[arg-type]
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.linux
@pytest.mark.parametrize(
    ("kind", "told"), [("nfs4", "nfs4"), ("cifs", "cifs"), ("ext4", ""), ("fuse.sshfs", "fuse.sshfs")]
)
def test_a_network_drive_is_recognised(tmp_path, kind, told):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n")
    assert find_network_file_system(tmp_path / "case", mounts) == told


def test_the_station_keeps_its_name_and_mends_a_spoilt_one():
    first = load_station_id()
    assert load_station_id() == first
    (data_folder() / "station").write_bytes(b"\xff\xff")
    assert load_station_id() != first


@pytest.fixture
def logged():
    """Logs as the program does; called with nothing it gives what stands in the file."""
    logger = logging.getLogger("reviewer")
    before = list(logger.handlers)
    logs.set_up_logging()
    yield lambda: (log_folder() / "reviewer.log").read_text(encoding="utf-8")
    for handler in [h for h in logger.handlers if h not in before]:
        logger.removeHandler(handler)
        handler.close()


def test_a_log_line_is_one_line_of_plain_text(logged):
    logging.getLogger("reviewer.test").info("name %s", "a\u202eb\x1b[31m")
    assert "a\\u202eb\\x1b[31m" in logged()


def test_the_log_tells_where_a_fault_was_and_no_file_name(logged, tmp_path, expected_logs):
    """A job that fails on a file: the system's words name it, and so do those of what led to it."""
    from reviewer.services.jobs import Job, post_at_once

    expected_logs.add("a job failed")
    photo = tmp_path / "-".join(("canary", "photo.jpg"))

    def work(_control):
        try:
            photo.read_bytes()
        except OSError as error:
            raise ValueError(f"no {error.filename}") from error

    failed = []
    job = Job("test", work, post_at_once, on_failed=failed.append)
    job.start()
    job._thread.join()
    text = logged()
    assert "a job failed" in text
    assert text.index("builtins.ValueError") < text.index("builtins.FileNotFoundError")
    assert ", in work" in text
    assert "canary-" not in text
    assert "canary-" not in str(failed)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_a_crash_of_the_program_leaves_no_image_of_its_memory(tmp_path):
    asking = (
        "import ctypes, resource\n"
        "from reviewer.main import main\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 1\n"
        "main(['status', 'nowhere'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    told = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "(0, 0) 0"


def test_a_missing_resource_is_named():
    with pytest.raises(FileNotFoundError, match="icons/nothing"):
        find_resource("icons", "nothing.svg")


def test_a_machine_that_is_awake_has_not_slept_meanwhile():
    first = read_seconds_asleep()
    assert first > -1
    assert abs(read_seconds_asleep() - first) < 0.2
