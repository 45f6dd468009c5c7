"""A decoder that was taken over can compute, and that is all it can do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.media.workers.copies import ONE_FILE_EACH
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.worker_process import WorkerProcess
from tests.support.patience import PATIENCE
from tests.support.photos import jpeg

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="landlock and seccomp are of Linux")
BEGIN = """
import ctypes, os, signal, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[1])
from reviewer.media.workers.confinement import confine, warm_up
warm_up()
{extra}
layers = confine(filtered={filtered})
def attempt():
{attempt}
try:
    attempt()
except (OSError, MemoryError, RuntimeError) as error:
    os.write(1, b"refused")
else:
    os.write(1, b"escaped")
"""
ESCAPES = {
    "read a file": "open('/etc/passwd').read()",
    "write a file": "open(sys.argv[2] + '/written', 'w').write('x')",
    "list a folder": "os.listdir('/')",
    "remove a file": "os.unlink(sys.argv[2] + '/there')",
    "look whether a file exists": "os.stat('/etc/passwd')",
    "open a connection": "socket.socket(socket.AF_INET).connect(('127.0.0.1', 9))",
    "talk to a service": "socket.socket(socket.AF_UNIX).connect('\\0reviewer')",
    "start a program": "subprocess.run(['/bin/true'])",
    "make a process": "os.fork() or os._exit(0)",
    "take all memory": "bytearray(8 << 30)",
    "signal the program": "os.kill(os.getppid(), signal.SIGURG)",
    "look into the program": "call(26, 16, os.getppid(), 0, 0)",  # PTRACE_ATTACH
    "become more": "call(105, 0) and None or call(321, 0, 0, 0)",
}
BY_FILTER = {"look whether a file exists", "make a process", "talk to a service", "become more"}


def tried(escape, tmp_path, filtered=True):
    """What became of an attempt in a confined process; "refused" or "escaped"."""
    (tmp_path / "there").write_text("x")
    extra = """
def call(number, *arguments):
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
ctypes.CDLL(None, use_errno=True)
"""
    code = BEGIN.format(attempt=f"    {ESCAPES[escape]}", extra=extra, filtered=filtered)
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(tmp_path)],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (tmp_path / "there").exists()
    assert not (tmp_path / "written").exists()
    return done.stdout.decode() or done.stderr.decode()


def test_a_crash_of_it_leaves_no_image_of_its_memory():
    asking = (
        "import ctypes, resource; from reviewer.media.workers "
        "import confinement; confinement._limit_resources(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    root = Path(__file__).parents[3]
    told = subprocess.run(
        [sys.executable, "-c", asking], cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout == "(0, 0) 0\n"


@pytest.mark.parametrize("escape", ESCAPES)
def test_every_escape_is_refused(escape, tmp_path):
    assert tried(escape, tmp_path) == "refused"


@pytest.mark.parametrize("escape", sorted(set(ESCAPES) - BY_FILTER - {"look into the program"}))
def test_without_the_filter_of_calls_the_other_layers_stand(escape, tmp_path):
    assert tried(escape, tmp_path, filtered=False) == "refused"


def test_the_workers_of_the_program_are_confined_and_say_so(tmp_path):
    pool = DecoderPool(1)
    try:
        (tmp_path / "a.jpg").write_bytes(jpeg())
        assert pool.layers() == ()
        assert pool.examine_file(tmp_path / "a.jpg").photo is not None
        (pid,) = pool.pids()
        state = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        assert (state["Seccomp"], state["NoNewPrivs"]) == ("2", "1")
        words = "; ".join(pool.layers())
        assert all(layer in words for layer in ("memory", "landlock", "seccomp"))
        targets = []
        for each in Path(f"/proc/{pid}/fd").iterdir():
            try:
                targets.append(os.readlink(each))
            except FileNotFoundError:
                continue
        assert not [target for target in targets if target.startswith(str(tmp_path))]
    finally:
        pool.close()


COUNTED = """
import importlib, os, sys
from reviewer.media.workers import serving
module = importlib.import_module(sys.argv[1])
real = serving.confine
def counted(*arguments, **named):
    return [f"{len(os.listdir('/proc/self/task'))} threads", *real(*arguments, **named)]
serving.confine = counted
module.main(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("workers.worker", ()),
        ("workers.worker", (ONE_FILE_EACH,)),
        ("archives.archive_worker", ()),
        ("records.table_worker", ()),
    ],
    ids=lambda each: str(each),
)
def test_a_process_has_one_thread_when_it_is_confined(module, words):
    """Both layers bind the thread that asks for them and those it begins later, and no other."""
    worker = WorkerProcess([sys.executable, "-c", COUNTED, f"reviewer.media.{module}", *words])
    try:
        worker._ensure_ready()
        assert worker.layers[0] == "1 threads"
        assert len(os.listdir(f"/proc/{worker.pid}/task")) == 1
    finally:
        worker.close()
