"""Decoding processes are copies of one that has loaded everything, and each is a process of its own."""

import os
import signal
import sys

import pytest

from reviewer.media.workers.pool import DecoderPool
from tests.support.photos import jpeg

if sys.platform != "linux":
    pytest.skip("decoding processes are copied on Linux", allow_module_level=True)

from reviewer.media.workers import forked

pytestmark = pytest.mark.skipif(not forked.CAN_FORK, reason="processes cannot be copied here")


@pytest.fixture
def put(tmp_path):
    def made(content):
        path = tmp_path / "a.jpg"
        path.write_bytes(content)
        return path

    return made


def parent_of(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(next(line for line in file if line.startswith("PPid:")).split()[1])


def test_two_pools_have_copies_of_one_process_which_ours_is_not(put):
    one, other = DecoderPool(1), DecoderPool(1)
    try:
        assert one.examine_file(put(jpeg())).photo is not None
        assert other.examine_file(put(jpeg(seed=2))).photo is not None
        parents = {parent_of(pid) for pid in (*one.pids(), *other.pids())}
        assert len(parents) == 1
        assert parents != {os.getpid()}
        assert not set(one.pids()) & set(other.pids())
    finally:
        one.close()
        other.close()


def test_where_the_process_that_is_copied_was_ended_another_one_is_started(put):
    pool = DecoderPool(1)
    try:
        assert pool.examine_file(put(jpeg())).photo is not None
        (pid,) = pool.pids()
        os.kill(parent_of(pid), signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)
        assert pool.examine_file(put(jpeg(seed=2))).photo is not None
    finally:
        pool.close()


def test_a_copy_holds_nothing_of_the_one_before(put):
    """Its pipes, and its channel; nothing that belongs to another copy."""
    pool = DecoderPool(1)
    try:
        assert pool.examine_file(put(jpeg())).photo is not None
        (pid,) = pool.pids()
        kinds = sorted(
            os.readlink(f"/proc/{pid}/fd/{each}").partition(":")[0] for each in os.listdir(f"/proc/{pid}/fd")
        )
        assert kinds.count("pipe") == 2, "what it is asked, and what it answers"
        assert kinds.count("socket") == 1
    finally:
        pool.close()


def test_where_nothing_can_be_copied_a_process_loads_everything_by_itself(put, monkeypatch):
    """The server ends at once, before it is asked or after: nobody waits, and no file pays for it."""
    server = forked.ForkServer(["/bin/false"])
    monkeypatch.setattr(forked, "SERVER", server)
    pool = DecoderPool(1)
    try:
        assert pool.examine_file(put(jpeg())).photo is not None
        assert parent_of(*pool.pids()) == os.getpid()
    finally:
        pool.close()
        server.close()
