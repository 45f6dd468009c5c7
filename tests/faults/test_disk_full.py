"""The disk is full: the act stays in memory and is said not to be saved; with room again it is saved."""

import contextlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.services.case import writer as writer_module
from reviewer.services.case.opening import create_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import PASSPHRASE


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 160 MB, more than the case needs; else a limit on the size of files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        sys.platform == "linux"
        and os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(folder)], check=False
        ).returncode
        == 0
    )
    yield folder, mounted
    if mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # also if a failing test holds a file


def fill(folder: Path, mounted: bool):
    """Leave no room; gives the function that makes room again."""
    if mounted:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass
        return ballast.unlink
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder / "case.case" / "case.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing_and_the_session_goes_on(
    small_disk, rounds, monkeypatch, expected_logs, promise
):
    promise("R3", "A full disk loses nothing, and the same session goes on with room again")
    expected_logs.add("a commit failed")
    monkeypatch.setattr(writer_module, "SECONDS_BETWEEN_TRIES", 0.01)
    folder, mounted = small_disk
    case = create_case(folder / "case.case", "Full", "Dr Okoye", PASSPHRASE)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    made: dict[str, list[str]] = {}
    for round_ in range(rounds(3, 200)):
        photo = f"{round_:064x}"  # a Reading of its own: one of thousands of Findings takes long
        found = made[photo] = []
        free = fill(folder, mounted)
        try:
            while not desk.state.trouble:
                found.append(f"{round_}-{len(found)}")
                desk.submit(
                    finding_commands.add_finding(
                        desk.reading(photo), Finding(found[-1], "elec.mark", "1.0.0")
                    )
                )
                case.writer.drain(0.05)
            assert desk.pending(photo) >= 1
            assert "NOT" not in desk.state.trouble
            assert len(desk.reading(photo).findings) == len(found), "what is not saved yet is still shown"
        finally:
            free()
        assert case.writer.drain(20), "with room again the acts are saved"
        assert desk.state.trouble == ""
        desk.undo()
        desk.redo()
        case.writer.drain(20)
        promise.tried += 1
    for photo, found in made.items():
        assert [finding.id for finding in desk.reading(photo).findings] == found
    assert verify_case(case, JobControl()).sound
    promise.seen = f"{sum(map(len, made.values())):,} acts, all there"
    desk.detach()
    assert case.close() == 0
