"""One writer at a time, and a dead one lets go by itself."""

import subprocess
import sys

import pytest

from reviewer.system.lock import LockHeld, WriterLock

HOLDER = """
import sys
from pathlib import Path
from reviewer.system.lock import WriterLock
WriterLock(Path(sys.argv[1])).take("2026-01-01")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_case_until_the_first_dies(tmp_path):
    path = tmp_path / "writer.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(LockHeld, match="since 2026-01-01"):
            WriterLock(path).take("later")
        other.kill()
    lock = WriterLock(path)
    lock.take("later")
    lock.release()
    lock.take("again")
    lock.release()
