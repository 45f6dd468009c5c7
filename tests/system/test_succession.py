"""One process takes the place of another; whoever started the first one notices nothing but the end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is nobody to stand in")

ROOT = Path(__file__).parents[2]
_FIRST = """
import sys
from reviewer.system.succession import Line, Successor
line = Line()
successor = Successor(line, (sys.executable, "-c", sys.argv[1]))
successor.tell(sys.argv[2].encode())
assert successor.wait_until_ready()
line.leave()
"""
_NEXT = """
import os, signal, sys
from reviewer.system.succession import Line, Predecessor, Successor
line, before = Line(int(sys.argv[1])), Predecessor()
told = before.read_state().decode().strip()
before.report_ready()
print("nobody hears this")
before.wait_until_gone()
{then}
"""
_SAYS_AND_ENDS = _NEXT.format(
    then="""
print(told, file=sys.stderr, flush=True)
line.tell_status(7)
"""
)
_WAITS_FOR_A_SIGNAL = _NEXT.format(
    then="""
signal.signal(signal.SIGTERM, lambda *_all: (line.tell_status(5), os._exit(5)))
print("waits", file=sys.stderr, flush=True)
signal.pause()
"""
)
_HANDS_ON = _NEXT.format(
    then=f"""
following = Successor(line, (sys.executable, "-c", {_SAYS_AND_ENDS!r}))
following.tell(b"handed on")
assert following.wait_until_ready()
line.leave()
"""
)
_CRASHES = _NEXT.format(then="os.abort()")


def begun(what, state="told"):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", _FIRST, what, state], stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize(("what", "told"), [(_SAYS_AND_ENDS, "told"), (_HANDS_ON, "handed on")])
def test_whoever_waits_for_the_first_process_is_told_how_the_last_one_ended(what, told):
    first = begun(what)
    said = first.communicate(timeout=PATIENCE)[1]
    assert first.returncode == 7
    assert said.startswith(told)


def test_signals_are_passed_on():
    first = begun(_WAITS_FOR_A_SIGNAL)
    assert first.stderr.readline() == "waits\n"
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=PATIENCE)
    assert first.returncode == 5


def test_a_successor_that_crashes_is_no_success():
    first = begun(_CRASHES)
    first.communicate(timeout=PATIENCE)
    assert first.returncode == 1


def test_one_that_ends_before_it_is_ready_has_not_taken_over():
    first = begun("pass")
    first.communicate(timeout=PATIENCE)
    assert first.returncode == 1
