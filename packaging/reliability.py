"""Makes the table of docs/reliability.md from what the fault tests told.

    python packaging/reliability.py RESULTS.jsonl

RESULTS has one line of JSON for each test (tests/faults/conftest.py). The text around the table stays.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

_PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


def main(results: str) -> None:
    rows = defaultdict(list)
    for line in Path(results).read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        rows[told["name"], told["words"]].append(told)
    page = _PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    _old, after = rest.split(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{table(rows)}{_END}{after}", encoding="utf-8")
    print(f"wrote {_PAGE}")


def table(rows: dict[tuple[str, str], list[dict[str, object]]]) -> str:
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, {platform.machine()}"
    lines = [
        f"Measured on {datetime.now(UTC):%Y-%m-%d}, {machine}, Python {platform.python_version()}.\n\n",
        "| | promise | tried | lost | seen |\n|---|---|---|---|---|\n",
    ]
    for (name, words), told in sorted(rows.items(), key=lambda item: _order(item[0][0])):
        tried, lost = (sum(int(str(each[key])) for each in told) for key in ("tried", "lost"))
        failed = sum(not each["passed"] for each in told)
        seen = sorted({str(each["seen"]) for each in told if each["seen"]}, key=_order)
        shown = seen[0] if len(seen) == 1 else f"{seen[0]} ... {seen[-1]}" if seen else ""
        state = f"**{failed} failed** " if failed else ""
        lines.append(f"| {name} | {words} | {tried:,} | {lost:,} | {state}{shown} |\n")
    return "".join(lines)


def _order(name: str) -> list[object]:
    """R2 before R10; numbers within words count as numbers."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


if __name__ == "__main__":
    main(sys.argv[1])
