"""A report over the whole collection: counting, setting as PDF and as a document, sheets of individuals.

    python packaging/bench reports [--photos 55000] [--folder F] [--sheets 100] [--json]

`--folder` keeps the collection there, or takes the one that is there. Exits 1 when the report takes a minute
or more, or the process holds 1 GB or more.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import time
from pathlib import Path

from collection import Collection
from measuring import PeakMemory, in_folder, report

from reviewer.main import COLLECT_EVERY
from reviewer.services.case.opening import open_case
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from reviewer.services.report.run import ReportRequest, SheetPhotographs

MOST_SECONDS, MOST_MIB = 60.0, 953.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--findings", type=int, default=12)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    gc.set_threshold(*COLLECT_EVERY)  # as the command line does
    with in_folder(options.folder) as folder:
        there = folder / "collection.case"
        if not there.exists():
            there = Collection(folder, options.photos, options.findings, 1, files=False).make()
        case = open_case(there)
        wish = ReportRequest("", (case.examiners()[0].id,), photographs=SheetPhotographs.SMALL)
        with PeakMemory() as memory:
            began = time.perf_counter()
            page = run.make_collection_report(case, wish, JobControl())
            counted = time.perf_counter()
            made = run.RENDERERS[".pdf"](page)
            over = time.perf_counter()
            document = run.RENDERERS[".docx"](page)
            written = time.perf_counter()
        pages = itertools.islice(run.make_sheets(case, wish, JobControl()), options.sheets)
        first = time.perf_counter()
        sizes = [len(run.RENDERERS[".pdf"](each)) for _name, each in pages]
        sheets = time.perf_counter() - first
        case.close()
    figures: dict[str, float | int | str] = {
        "of": page.subtitle,
        "counting (s)": counted - began,
        "setting as PDF (s)": over - counted,
        f"together (s, limit {MOST_SECONDS:.0f})": over - began,
        "size (KB)": len(made) // 1000,
        "writing as .docx (s)": written - over,
        "size as .docx (KB)": len(document) // 1000,
        f"peak memory (MiB, limit {MOST_MIB:.0f})": memory.peak,
        "sheets with small photographs, a second": len(sizes) / sheets,
    }
    report("reports", figures, options.json)
    sys.exit(int(over - began >= MOST_SECONDS or memory.peak >= MOST_MIB))


if __name__ == "__main__":
    main()
