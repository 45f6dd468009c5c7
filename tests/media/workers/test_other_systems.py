"""Decoding processes and the way to originals where the system is another: as far as it can be shown here."""

import os
import re
import subprocess
import sys

import pytest

from reviewer.media.workers import confinement, worker_process
from reviewer.media.workers.evidence_file import locate_original
from tests.support.photos import jpeg

LIBRARIES = "import PIL.Image, PIL.ImageCms, cv2, numpy, pi_heif, rawpy, simplejpeg\n"
PRETENDING = """
import multiprocessing.shared_memory, subprocess, sys
sys.platform = {system!r}
"""
WORKER = LIBRARIES + PRETENDING + "from reviewer.media.workers import worker\nworker.main(sys.argv[1:])\n"
DECODING = (
    PRETENDING
    + """
from reviewer.media.workers import job_object, pool, proof
job_object.assign_job_object = lambda pid: None
command = [sys.executable, "-c", {worker!r}]
decoding = pool.DecoderPool(1, command=command)
verifier = proof.FreshProcessVerifier(command)
found = [each.examine(sys.argv[1]) for each in (verifier, verifier)]
found += [decoding.examine_file(sys.argv[1])]
print([(each.photo.width, each.sha256[:8], each.problem) for each in found])
print(verifier.worker().layers)
print("descriptors", {{buffer.descriptor for buffer in decoding.buffers()}})
decoding.close()
verifier.close()
"""
)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_a_photograph_is_decoded_where_memory_is_shared_by_name(tmp_path, system):
    """Modules of this system are loaded before it is pretended: only the program's own ways change."""
    (tmp_path / "a.jpg").write_bytes(jpeg())
    script = DECODING.format(system=system, worker=WORKER.format(system=system))
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.jpg")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("(64, ") == 3
    assert "None)" in ran.stdout
    assert ("no files written, no dumps" in ran.stdout) == (system == "darwin")
    assert set(re.findall(r"descriptors (.*)", ran.stdout)) == {"{None}"}


@pytest.mark.parametrize(
    ("root", "path", "place"),
    [
        (rb"C:\evidence", b"a/b.jpg", rb"\\?\C:\evidence\a\b.jpg"),
        (b"D:\\", b"aux.jpg", rb"\\?\D:\aux.jpg"),
        (b"D:\\", b"", b"\\\\?\\D:\\"),
        (rb"C:\evidence", b"", rb"\\?\C:\evidence"),
        (rb"\\server\share\x", b"a/ends with a dot.", rb"\\?\UNC\server\share\x\a\ends with a dot."),
        (rb"\\?\C:\evidence", b"a", rb"\\?\C:\evidence\a"),
    ],
)
def test_on_windows_names_of_any_kind_and_length_are_reached(root, path, place):
    assert locate_original(root, path, is_windows=True) == place


def test_elsewhere_a_path_is_a_path():
    assert locate_original(b"/evidence", b"a\\b/c", is_windows=False) == b"/evidence/a\\b/c"
    assert locate_original(b"/evidence", b"", is_windows=False) == b"/evidence"


def test_in_a_virtual_environment_of_windows_the_interpreter_itself_is_confined(monkeypatch):
    monkeypatch.setattr(sys, "executable", r"C:\venv\Scripts\python.exe")
    monkeypatch.setattr(sys, "_base_executable", r"C:\Python\python.exe", raising=False)
    assert worker_process.find_interpreter(sys.executable) == (sys.executable, {})
    monkeypatch.setattr(sys, "platform", "win32")
    told = {"__PYVENV_LAUNCHER__": r"C:\venv\Scripts\python.exe"}
    assert worker_process.find_interpreter(sys.executable) == (r"C:\Python\python.exe", told)
    assert worker_process.find_interpreter("other.exe") == ("other.exe", {})
    monkeypatch.setattr(sys, "_base_executable", sys.executable)
    assert worker_process.find_interpreter(sys.executable) == (sys.executable, {})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
def test_a_limit_that_the_system_refuses_is_not_said_to_hold(monkeypatch):
    resource = pytest.importorskip("resource")
    asked = []

    def refuse_memory(limit, most):
        if limit == resource.RLIMIT_AS:  # as macOS does
            raise ValueError("current limit exceeds maximum limit")
        asked.append((limit, most))

    monkeypatch.setattr(resource, "setrlimit", refuse_memory)
    monkeypatch.setattr(confinement, "_control_process", lambda *_words: None)
    assert confinement._limit_resources() == ["no files written, no dumps"]
    assert asked == [(resource.RLIMIT_FSIZE, (0, 0)), (resource.RLIMIT_CORE, (0, 0))]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
def test_a_limit_that_is_lower_already_stays(monkeypatch):
    resource = pytest.importorskip("resource")
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda _limit: (1 << 20, 1 << 30))
    monkeypatch.setattr(resource, "setrlimit", lambda limit, most: asked.append(most))
    assert confinement._lower_limit(resource.RLIMIT_AS, 4 << 30)
    assert asked == [(1 << 30, 1 << 30)]
