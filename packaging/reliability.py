"""Makes the table of docs/reliability.md from what the fault tests told.

    python packaging/reliability.py RESULTS.jsonl...

Each has one line of JSON for each test and run (tests/faults/conftest.py); rows of several runs, on several
days and machines, are added up. The lines above the table say which those were. The text around it stays.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


Row = dict[str, Any]


def main(*results: str) -> None:
    told = [
        json.loads(line)
        for result in results
        for line in Path(result).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    page = _PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    _old, after = rest.split(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{table(told)}{_END}{after}", encoding="utf-8")
    print(f"wrote {_PAGE}")


def table(told: Sequence[Row]) -> str:
    """Where and when it was measured, then one line for each promise."""
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for each in told:
        rows[each["name"], each["words"]].append(each)
    lines = [
        "Measured on\n\n",
        *(f"- {run}\n" for run in sorted({_run(each) for each in told})),
        "\n| | promise | tried | lost | seen | measured |\n|---|---|---|---|---|---|\n",
    ]
    for (name, words), same in sorted(rows.items(), key=lambda item: _order(item[0][0])):
        tried, lost = (sum(each[key] for each in same) for key in ("tried", "lost"))
        failed = sum(not each["passed"] for each in same)
        seen = sorted({each["seen"] for each in same if each["seen"]}, key=_order)
        shown = seen[0] if len(seen) == 1 else f"{seen[0]} ... {seen[-1]}" if seen else ""
        state = f"**{failed} failed** " if failed else ""
        lines.append(f"| {name} | {words} | {tried:,} | {lost:,} | {state}{shown} | {_days(same)} |\n")
    return "".join(lines)


def _run(told: Row) -> str:
    return f"{told.get('day', 'a day not noted')}: {told.get('machine', 'a machine not noted')}"


def _days(same: Sequence[Row]) -> str:
    days = sorted({each.get("day", "not noted") for each in same})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def _order(name: str) -> list[Any]:
    """R2 before R10; numbers within words count as numbers."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


if __name__ == "__main__":
    main(*sys.argv[1:])
