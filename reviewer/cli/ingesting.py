"""`reviewer ingest CASE SOURCE...`."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer.cli.cases import opened, who_acts
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import printable
from reviewer.services.decoding import new_pool
from reviewer.services.ingest.run import IngestResult
from reviewer.services.ingest.run import ingest as run_ingest
from reviewer.services.jobs import JobControl
from reviewer.services.open_case import OpenCase


def ingest(options: argparse.Namespace) -> int:
    with opened(options) as case:
        author = who_acts(case, options.examiner).id
        results = [ingest_folder(case, author, folder) for folder in options.sources]
    if options.json:
        print(json.dumps({"sources": [vars(result) for result in results]}))
    else:
        for folder, result in zip(options.sources, results, strict=True):
            print(_in_words(folder, result))
    if not all(result.finished for result in results):
        raise KeyboardInterrupt
    return EXIT_DONE


def ingest_folder(case: OpenCase, author: str, folder: Path) -> IngestResult:
    """Ingest with progress on standard error; Ctrl+C stops it cleanly, a second one at once."""
    line = ProgressLine("ingest")
    control = JobControl(line)
    pool = new_pool()
    try:
        with _interrupting(control):
            return run_ingest(case, pool, author, folder, control)
    finally:
        line.end()
        pool.close()


@contextmanager
def _interrupting(control: JobControl) -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: object) -> None:
        control.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _in_words(folder: Path, result: IngestResult) -> str:
    words = (
        f"{printable(str(folder))}: {result.files:,} files = {result.photos:,} photos + "
        f"{result.duplicates:,} duplicates + {result.problems:,} problems + {result.known:,} known before"
    )
    if result.changed:
        words += f"; {result.changed:,} changed since they were ingested"
    return words if result.finished else f"{words}; stopped, run it again to go on"
