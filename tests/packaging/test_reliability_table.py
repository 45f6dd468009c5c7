"""The table of promises adds up runs of several days and machines and says which they were."""

import json
import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "reliability.py"


@pytest.fixture
def made(tmp_path):
    """What the script makes of files of rows."""
    script = runpy.run_path(str(SCRIPT))
    page = tmp_path / "reliability.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n")
    script["main"].__globals__["_PAGE"] = page

    def make(*runs):
        paths = []
        for number, rows in enumerate(runs):
            paths.append(tmp_path / f"{number}.jsonl")
            paths[-1].write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
        script["main"](*map(str, paths))
        return page.read_text()

    return make


def row(name, tried, day="2026-11-01", machine="Linux 1, 2 cores", **more):
    told = {"name": name, "words": f"words of {name}", "tried": tried, "lost": 0, "seen": "", "passed": True}
    return {**told, "seconds": 1.0, "day": day, "machine": machine, **more}


def test_runs_are_added_up_and_each_is_named(made):
    page = made(
        [row("R10", 5), row("R2", 100, seen="9 kept")],
        [row("R2", 1000, "2026-11-03", "Linux 2, 8 cores", seen="10 kept", lost=1, passed=False)],
    )
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "old" not in page
    assert "- 2026-11-01: Linux 1, 2 cores\n- 2026-11-03: Linux 2, 8 cores\n" in page
    second, tenth = (line for line in page.splitlines() if line.startswith("| R"))
    assert second == (
        "| R2 | words of R2 | 1,100 | 1 | **1 failed** 9 kept ... 10 kept | 2026-11-01 to 2026-11-03 |"
    )
    assert tenth == "| R10 | words of R10 | 5 | 0 |  | 2026-11-01 |"


def test_rows_that_do_not_say_where_they_were_made_are_not_given_a_place(made):
    old = row("R1", 3)
    del old["day"], old["machine"]
    page = made([old])
    assert "- a day not noted: a machine not noted" in page
    assert "| R1 | words of R1 | 3 | 0 |  | not noted |" in page


def test_what_is_seen_may_begin_with_a_number_or_a_word(made):
    page = made([row("R1", 1, seen="12 things"), row("R1", 1, seen="nothing 3"), row("R1", 1, seen="")])
    assert "12 things ... nothing 3" in page
