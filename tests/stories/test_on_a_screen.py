"""The installed program as its own process on a virtual screen, driven from outside."""

import subprocess
import sys

import pytest

from tests.stories.screen import Program, Screen, is_detailed, status
from tests.support.tables import rows

pytestmark = pytest.mark.screen


@pytest.fixture(params=[(1366, 768), (2560, 1440)], ids=["1366x768", "2560x1440"])
def screen(request):
    made = Screen(request.param)
    yield made
    made.close()


def test_the_demonstration_is_read_and_exported_from_outside(screen, tmp_path):
    program = Program(screen, "demo", tmp_path / "d", "--photos", "60", "--bare")
    case = tmp_path / "d" / "Demonstration.case"

    def has(findings=None, complete=None):
        """Wait until so many are kept; what the case says of itself then."""

        def reached():
            said = status(screen.environment, case)
            enough = findings is None or said["findings"] == findings
            return said if enough and (complete is None or said["readings"]["complete"] == complete) else None

        return program.sees(reached, f"{findings} findings, {complete} complete")

    try:
        program.window("Demonstration")
        across, down = screen.width // 2, screen.height // 2
        middle = (across - 150, down - 150, across + 150, down + 150)
        picture = tmp_path / "screen.png"
        program.sees(lambda: is_detailed(screen.picture(picture), middle), "the first photograph")
        # what is pressed before the photograph itself is on screen is refused: a person waits for it, too
        has(findings=0)
        program.presses("1", "q", "h")
        program.types("neck f")
        program.presses("Return", "Escape")
        has(findings=1)
        program.presses("Return")
        has(complete=1)
        program.presses("slash")
        program.types("tram")
        program.presses("Return")
        has(findings=2)
        program.presses("Return", "q")
        has(complete=2)
        program.presses("n", "Return")
        found = has(complete=3)
        assert found["findings"] == 2
        program.presses("ctrl+z", "ctrl+z")
        program.sees(lambda: status(screen.environment, case)["readings"]["complete"] == 2, "undo")
        program.sees(lambda: status(screen.environment, case)["photos"] >= 60, "the whole collection")
        assert program.stop() == 0
    finally:
        program.process.kill()
    command = [sys.executable, "-m", "reviewer", "export", case, "csv", tmp_path / "out"]
    subprocess.run([str(word) for word in command], env=screen.environment, check=True)
    exported = rows(tmp_path / "out" / "findings.csv")
    assert [row["term"] for row in exported] == ["neck.ligature_mark", "blunt.bruise_tramline"]
    assert exported[0]["regions"] == "neck.front"
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", "verify", str(case)], env=screen.environment, check=False
    )
    assert done.returncode == 0
