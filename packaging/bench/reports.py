"""A report over the whole collection: counting, setting as PDF and as a document, sheets of individuals.

    python packaging/bench reports [--photos 55000] [--folder F] [--all-read] [--sheets 100]

`--folder` keeps the collection there, or takes the one that is there. Without `--all-read` a fifth of the
individuals are read to the end, and only these are counted; with it all are. Exits 1 when the report, as PDF
or as a document, takes a minute or more, or the process holds 1 GB or more. Ten million additions say how
fast the machine is at that hour.
"""

from __future__ import annotations

import gc
import itertools
import time
from pathlib import Path

from collection import keep_collection
from measuring import PASSPHRASE, Watch, find_passphrase, finish, in_folder, make_parser, time_additions
from sqlalchemy import update

from reviewer.domain.reading.reading import ReadingState
from reviewer.main import COLLECT_EVERY
from reviewer.services.case.opening import open_case
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from reviewer.services.report.run import ReportRequest, SheetPhotographs
from reviewer.storage.engine import tables as t

MOST_SECONDS, MOST_MIB = 60.0, 953.0


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--findings", type=int, default=12)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--all-read", action="store_true", help="every photograph is read to the end")
    options = parser.parse_args()
    gc.set_threshold(*COLLECT_EVERY)  # as the command line does
    with in_folder(options.folder) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        there = keep_collection(folder, options.photos, options.findings, passphrase=passphrase)
        if options.all_read:
            _read_all(there)
        additions = time_additions()
        case = open_case(there, find_passphrase(there), read_only=True)
        wish = ReportRequest("", (case.examiners()[0].id,), photographs=SheetPhotographs.SMALL)
        with Watch() as memory:
            began, worked = time.perf_counter(), time.process_time()
            page = run.make_collection_report(case, wish, JobControl())
            counted, counting = time.perf_counter(), time.process_time() - worked
            made = run.RENDERERS[".pdf"](page)
            over, busy = time.perf_counter(), time.process_time() - worked
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
        "counting (s of processor)": counting,
        "setting as PDF (s)": over - counted,
        f"together (s, limit {MOST_SECONDS:.0f})": over - began,
        "the same, of the processor (s)": busy,
        "ten million additions, of the processor (s)": additions,
        "size (KB)": len(made) // 1000,
        "writing as .docx (s)": written - over,
        f"counting and .docx (s, limit {MOST_SECONDS:.0f})": counted - began + written - over,
        "size as .docx (KB)": len(document) // 1000,
        f"peak memory (MiB, limit {MOST_MIB:.0f})": memory.peak,
        "sheets with small photographs, a second": len(sizes) / sheets,
    }
    slowest, lost = max(over - began, counted - began + written - over), []
    if slowest >= MOST_SECONDS:
        lost.append(f"{slowest:.0f} s, the bound is {MOST_SECONDS:.0f}")
    if memory.peak >= MOST_MIB:
        lost.append(f"{memory.peak:.0f} MiB, the bound is {MOST_MIB:.0f}")
    finish("reports", figures, options, lost)


def _read_all(there: Path) -> None:
    """Make every reading of a collection complete, as it is when the final report is made."""
    case = open_case(there, find_passphrase(there))
    complete = update(t.readings).values(state=str(ReadingState.COMPLETE))
    case.writer.enqueue_batch(lambda connection: connection.execute(complete)).result()
    case.close()


if __name__ == "__main__":
    main()
