"""No test depends on how fast a machine is: what it waits for has PATIENCE, no clock decides a verdict."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "faults")
FAULTS = sorted((ROOT / "tests" / "faults").glob("*.py"))
CLOCKS = {
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "time_ns",
    "getrusage",
}
READS_A_CLOCK = {
    "tests/keys/test_strength.py": "seconds of the processor, where a fault would cost minutes",
    "tests/stories/screen.py": "gives up after PATIENCE",
}
_WAITS = {"wait", "result", "acquire", "join"}
_EXPECTED_TO_EXPIRE = 0.5  # seconds: what is shorter waits for nothing to come
_LEAST = 15  # seconds: what was shorter was exceeded on loaded machines


def find_short_waits(tree):
    """Yield the lines of waits that a loaded machine may not meet: a bound in seconds as a number."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        bounds = [word.value for word in node.keywords if word.arg == "timeout"]
        if node.func.attr in _WAITS:
            bounds += node.args[:1]
        numbers = [bound.value for bound in bounds if isinstance(bound, ast.Constant)]
        for number in numbers:
            if isinstance(number, (int, float)) and _EXPECTED_TO_EXPIRE < number < _LEAST:
                yield node.lineno


def find_clocks(tree):
    """Yield the lines that read a clock of the machine."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.lineno


@pytest.mark.parametrize(
    "code, lines",
    [
        ("event.wait(10)", [1]),
        ("future.result(timeout=5)", [1]),
        ("lock.acquire(timeout=2.0)", [1]),
        ("subprocess.run(words, timeout=10)", [1]),
        ("event.wait(PATIENCE)\nevent.wait(0.02)\n','.join(words)\nchild.wait()", []),
    ],
)
def test_the_rule_sees_a_wait_that_is_too_short(code, lines):
    assert list(find_short_waits(ast.parse(code))) == lines


def test_what_a_test_waits_for_has_all_the_time_that_a_loaded_machine_takes():
    short = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in FILES + FAULTS
        for line in find_short_waits(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert not short, "a wait ends when the thing happens; its bound is tests/support/patience.py"


def test_no_verdict_depends_on_a_clock():
    """But of the fault tests: some of what they promise is a time, and they say it in their long run only."""
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if any(find_clocks(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert reading <= set(READS_A_CLOCK)
