"""The real program is locked, and its memory is looked through from outside (Linux, a virtual screen).

Reading the memory of a process that refuses dumps needs the right to trace: elsewhere the test is left out.
"""

import os
import signal
from pathlib import Path

import pytest

from reviewer.services.case.history import iterate_entries
from tests.stories.screen import Program, Screen, is_detailed
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.patience import PATIENCE
from tests.support.photos import jpeg

pytestmark = pytest.mark.screen
_NOTE, _CASE = "zygomaticarch", "Canary"
_FILES = ["tibia-seventeen.jpg", "fibula-eighteen.jpg"]


@pytest.fixture
def screen():
    made = Screen((1366, 768))
    yield made
    made.close()


@pytest.fixture
def secret(tmp_path):
    """The folder of a case of two photographs."""
    source = tmp_path / "source"
    source.mkdir()
    for number, name in enumerate(_FILES, 1):
        (source / name).write_bytes(jpeg(1200, 900, seed=number))
    case = made_case(tmp_path, name=_CASE, passphrase=PASSPHRASE)
    ingested(case, source)
    case.close()
    return case.folder


@pytest.fixture
def remains(monkeypatch):
    """The module that looks through memory; the benchmark of locking uses it too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "packaging" / "bench"))
    import remains

    return remains


def words_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def unlocks(program):
    program.types(PASSPHRASE)
    program.presses("Return")
    program.window(_CASE)


def test_after_a_lock_no_key_passphrase_note_or_name_of_a_file_is_in_memory(
    screen, secret, remains, tmp_path
):
    with opened(secret, PASSPHRASE, read_only=True) as case:
        sought = remains.list_sought(case.keys, PASSPHRASE, _NOTE, _FILES)
    assert len(sought) == 15
    program = Program(screen, "open", secret)
    first = program.process.pid
    picture = tmp_path / "screen.png"
    across, down = screen.width // 2, screen.height // 2
    middle = (across - 100, down - 100, across + 100, down + 100)
    try:
        program.window("^reviewer$")
        if not remains.can_be_read(first):
            pytest.skip("the memory of another process cannot be read here")
        page = {"the page": "Passphrase, or the recovery key".encode("utf-16-le")}
        program.sees(lambda: remains.count_remains(first, page), "a passphrase is asked for")
        unlocks(program)
        program.sees(lambda: is_detailed(screen.picture(picture), middle), "the first photograph")
        program.presses("s")
        program.types(_NOTE)
        program.presses("Escape")
        unlocked = remains.count_remains(first, sought)
        assert {"key of database, as text", "name of file 1, UTF-8"} <= set(unlocked), "it would be seen"

        program.presses("ctrl+l")
        # what takes over takes a passphrase, and warms up, once the process before is gone
        program.sees(
            lambda: (
                any(b"fork_server" in words_of(pid) for pid in remains.list_family(first))
                and b"stand_in.py" in words_of(first)
            ),
            "another process has taken over",
            seconds=120,
        )
        assert remains.count_remains(first, sought) == {}

        program.window("^reviewer$")
        unlocks(program)
        program.sees(lambda: is_detailed(screen.picture(picture), middle), "the photograph again")
        assert program.stop() == 0, "the status of the last process comes through the first"
    finally:
        for pid in [] if program.process.poll() is not None else remains.list_family(first):
            os.kill(pid, signal.SIGKILL)
        program.process.wait(PATIENCE)
    with opened(secret, PASSPHRASE, read_only=True) as case:
        assert any(_NOTE in str(entry) for entry in iterate_entries(case)), "the note was saved by the lock"
