"""One door to the benchmarks:  python packaging/bench NAME [options]

NAME: paging | inside | reading | sorting | gallery | theme | freezes | tasks | ingest | acts | search |
      opening | reports | verifying | earlier | memory | day | enhance | duplicates | ocr | locking |
      collection | compare
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

NAMES = (
    "paging",
    "inside",
    "reading",
    "sorting",
    "gallery",
    "theme",
    "freezes",
    "tasks",
    "ingest",
    "acts",
    "search",
    "opening",
    "reports",
    "verifying",
    "earlier",
    "memory",
    "day",
    "enhance",
    "duplicates",
    "ocr",
    "locking",
    "collection",
    "compare",
)


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"{__doc__}")
    name = sys.argv.pop(1)
    runpy.run_path(str(Path(__file__).with_name(f"{name}.py")), run_name="__main__")


if __name__ == "__main__":
    main()
