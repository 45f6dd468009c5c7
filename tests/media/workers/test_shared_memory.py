"""What is hashed is what is decoded: nobody who parses a file can write into its bytes."""

import hashlib
import os
import sys
import threading

import pytest

from reviewer.media.workers import buffers, evidence_file, worker_process
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.worker_process import WorkerProcess
from tests.support.patience import PATIENCE
from tests.support.photos import jpeg

WRITING = """
import json, mmap, os, socket, sys
print('{"ok": true, "layers": []}', flush=True)
channel = socket.socket(fileno=int(sys.argv[sys.argv.index("--channel") + 1]))
found = {}
for line in sys.stdin:
    request = json.loads(line)
    while request["input"] not in found or request["output"] not in found:
        name, descriptors, _flags, _from = socket.recv_fds(channel, 64, 1)
        found[name.decode()] = descriptors[0]
    said = []
    source = found[request["input"]]
    for attempt in (
        lambda: mmap.mmap(source, 4096).__setitem__(0, 1),
        lambda: os.pwrite(source, b"x", 0),
        lambda: os.ftruncate(source, 0),
        lambda: os.posix_fallocate(source, 0, 1 << 30),
        lambda: mmap.mmap(os.open(f"/proc/self/fd/{source}", os.O_RDWR), 4096).__setitem__(0, 1),
    ):
        try:
            attempt()
            said.append("written")
        except (OSError, TypeError):
            said.append("refused")
    print(json.dumps({"ok": False, "problem": {"kind": "damaged", "reason": " ".join(said)}}), flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="sealed memory is of Linux")
def test_a_worker_cannot_write_into_the_bytes_of_a_file(tmp_path):
    """All doors that a descriptor has, tried by a worker without any confinement."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg())
    pool = DecoderPool(1, command=[sys.executable, "-c", WRITING])
    try:
        found = pool.examine_file(path)
        assert found.problem.reason == "refused refused refused refused refused"
        (kept, *_others) = [each for each in pool.buffers() if bytes(each.view[:2]) == b"\xff\xd8"]
        assert hashlib.sha256(kept.view[: found.size]).hexdigest() == found.sha256
        assert kept.only_ours
    finally:
        pool.close()


def read(path, buffer, **options):
    handle = evidence_file.open_original(os.fsencode(path))
    try:
        return evidence_file.read_and_hash(handle, buffer, **options)
    finally:
        os.close(handle)


@pytest.mark.parametrize("size", [0, 10, evidence_file.BLOCK, 2 * evidence_file.BLOCK + 3])
def test_where_both_can_write_the_hash_is_taken_before_the_bytes_are_shared(tmp_path, size):
    content = os.urandom(size)
    (tmp_path / "file").write_bytes(content)
    shared = bytearray(max(0, size - 1) + 5)
    found = read(tmp_path / "file", memoryview(shared), is_shared=True)
    assert (found.sha256, found.size, found.held) == (hashlib.sha256(content).hexdigest(), size, True)
    assert shared[:size] == content
    small = bytearray(max(1, size // 2))
    found = read(tmp_path / "file", memoryview(small), is_shared=True)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("room", [-1, 0, 7])
@pytest.mark.parametrize("size", [0, 10, evidence_file.BLOCK, 2 * evidence_file.BLOCK + 3])
def test_where_nobody_else_can_write_the_hash_comes_meanwhile_and_is_that_of_all(tmp_path, size, room):
    content = os.urandom(size)
    (tmp_path / "file").write_bytes(content)
    buffer = bytearray(max(0, size + room))
    handle = evidence_file.open_original(os.fsencode(tmp_path / "file"))
    try:
        found = evidence_file.read_and_hash_beside(handle, memoryview(buffer))
    finally:
        os.close(handle)
    fits = len(buffer) >= size
    assert (found.sha256, found.size, found.held) == (hashlib.sha256(content).hexdigest(), size, fits)
    assert buffer[:size] == content[: len(buffer)]


def test_a_picture_waits_for_the_hash_of_what_it_was_decoded_from(tmp_path, monkeypatch):
    """The bytes are with the process before they are hashed; nothing is told of them before."""
    (tmp_path / "photo.jpg").write_bytes(content := jpeg())
    hashed, waited, real = [], threading.Event(), hashlib.sha256

    class Late:
        def __init__(self):
            self.digest = real()

        def update(self, block):
            assert waited.wait(20), "the process is asked meanwhile"
            self.digest.update(block)
            hashed.append(len(block))

        def hexdigest(self):
            return self.digest.hexdigest()

    pool = DecoderPool(1)
    try:
        monkeypatch.setattr(pool, "_ask", lambda *asked, ask=pool._ask: (waited.set(), ask(*asked))[1])
        monkeypatch.setattr(evidence_file.hashlib, "sha256", Late)
        found = pool.render_file(tmp_path / "photo.jpg", (10, 10))
        kept = next(buffer for buffer in pool.buffers() if bytes(buffer.view[:2]) == b"\xff\xd8")
    finally:
        waited.set()
        pool.close()
    if not kept.only_ours:
        pytest.skip("this kernel seals nothing: hashes are taken before")
    assert found.sha256 == real(content).hexdigest()
    assert hashed == [len(content)]


def test_a_block_that_is_changed_as_soon_as_it_is_shared_does_not_change_the_hash(tmp_path, monkeypatch):
    content = os.urandom(3 * evidence_file.BLOCK)
    (tmp_path / "file").write_bytes(content)
    shared = bytearray(len(content))
    real = hashlib.sha256

    class Spoiling:
        """Spoils what is shared each time that something is hashed."""

        def __init__(self):
            self.digest = real()

        def update(self, block):
            shared[:] = bytes(len(shared))
            self.digest.update(block)

        def hexdigest(self):
            return self.digest.hexdigest()

    monkeypatch.setattr(evidence_file.hashlib, "sha256", Spoiling)
    assert read(tmp_path / "file", memoryview(shared), is_shared=True).sha256 == real(content).hexdigest()


@pytest.mark.skipif(sys.platform != "linux", reason="sealed memory is of Linux")
def test_an_older_kernel_is_noticed_and_its_files_are_hashed_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(buffers, "_SEAL_FUTURE_WRITE", 1 << 20)  # a seal that no kernel knows
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg())
    pool = DecoderPool(1)
    try:
        found = pool.examine_file(path)
        assert not any(each.only_ours for each in pool.buffers())
        assert (found.photo.width, found.sha256) == (64, hashlib.sha256(path.read_bytes()).hexdigest())
    finally:
        pool.close()


def count_held_bytes(buffer):
    return os.fstat(buffer.descriptor).st_blocks * 512


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be given back in part on Linux")
def test_what_a_large_answer_took_is_given_back_after_the_first_bytes():
    buffer = buffers.Buffer(8 << 20)
    try:
        buffer.view[:] = b"x" * buffer.size
        assert count_held_bytes(buffer) == 8 << 20
        buffer.give_back_above(2 << 20)
        assert count_held_bytes(buffer) == 2 << 20
        assert bytes(buffer.view[(2 << 20) - 1 : (2 << 20) + 1]) == b"x\0"
        buffer.view[-1:] = b"y"
        assert buffer.view[-1] == ord("y")
    finally:
        buffer.close()


def test_a_large_file_leaves_no_room_behind():
    worker = WorkerProcess()
    try:
        usual, name = len(worker.provide_room(10)), worker.input.name
        assert len(worker.provide_room(usual)) == usual
        assert worker.input.name == name
        assert len(worker.provide_room(usual + 1)) == usual + 1
        assert len(worker.provide_room(20)) == usual
    finally:
        worker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be given back in part on Linux")
def test_a_picture_larger_than_the_screen_leaves_little_behind_and_the_next_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(worker_process, "KEPT_OUTPUT_BYTES", 1 << 16)
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg(640, 480))
    pool = DecoderPool(1, proving=None)
    try:
        first, second = (pool.render_file(path, None).picture for _time in range(2))
        assert len(first.pixels) == 4 * 640 * 480
        assert first == second
        outputs = [buffer for buffer in pool.buffers() if not buffer.only_ours]
        for thread in threading.enumerate():
            if thread.name == "giving back":
                thread.join(PATIENCE)
        assert max(map(count_held_bytes, outputs)) == 1 << 16
    finally:
        pool.close()
