"""`reviewer ingest CASE SOURCE... [--manifest FILE]`."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer.cli.case import opened, who_acts
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, EXIT_FOUND_WRONG
from reviewer.domain.names import printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.foreign_manifests import Comparison, compare_with_manifest, in_words
from reviewer.services.evidence.verify_originals import told_deviations
from reviewer.services.ingest.result import IngestResult, sentences, sum_in_words
from reviewer.services.ingest.run import ingest as run_ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool


def ingest(options: argparse.Namespace) -> int:
    with opened(options) as case:
        author = who_acts(case, options.examiner).id
        results = [ingest_folder(case, author, folder) for folder in options.sources]
        compared = [_compared(case, author, result, options.manifest) for result in results]
    if options.json:
        told = [
            {**vars(result), **({"manifest": _of_manifest(each)} if each else {})}
            for result, each in zip(results, compared, strict=True)
        ]
        print(json.dumps({"sources": told}, ensure_ascii=False))
    else:
        for folder, result, each in zip(options.sources, results, compared, strict=True):
            print(_in_words(folder, result))
            if each is not None:
                _print_comparison(each)
    if not all(result.finished for result in results):
        raise KeyboardInterrupt
    return EXIT_DONE if all(each is None or each.sound for each in compared) else EXIT_FOUND_WRONG


def _compared(case: OpenCase, author: str, result: IngestResult, manifest: Path | None) -> Comparison | None:
    """What a manifest that came with the source says to it; None if there is none."""
    if manifest is None or not result.finished:
        return None
    line = ProgressLine("compare")
    try:
        return compare_with_manifest(case, result.source, manifest, author, JobControl(line))
    finally:
        line.end()


def _of_manifest(compared: Comparison) -> dict[str, object]:
    return {
        "kind": compared.kind,
        "algorithm": compared.algorithm,
        **compared.counts,
        "deviations": told_deviations(compared.deviations),
        "complaints": list(compared.complaints),
        "other_form": compared.other_form,
        "other_capitals": compared.other_capitals,
    }


def _print_comparison(compared: Comparison) -> None:
    print(in_words(compared))
    for row in told_deviations(compared.deviations):
        now = f" -> {row['now']}" if row["now"] else ""
        print(f"  {row['outcome']}: {row['path']}{now}")
    for complaint in compared.complaints:
        print(f"  {complaint}")


def ingest_folder(case: OpenCase, author: str, folder: Path) -> IngestResult:
    """Ingest with progress on standard error; Ctrl+C stops it cleanly, a second one at once."""
    line = ProgressLine("ingest")
    control = JobControl(line)
    pool = new_pool()
    try:
        with interrupting(control):
            return run_ingest(case, pool, author, folder, control)
    finally:
        line.end()
        pool.close()


@contextmanager
def interrupting(control: JobControl) -> Iterator[JobControl]:
    """Ctrl+C cancels the job cleanly; a second one ends the program at once."""
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: object) -> None:
        control.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, stop)
    try:
        yield control
    finally:
        signal.signal(signal.SIGINT, before)


def _in_words(folder: Path, result: IngestResult) -> str:
    words = f"{printable(str(folder))}: {sum_in_words(result)}"
    if not result.finished:
        words += "; stopped, run it again to go on"
    return "\n  ".join([words, *sentences(result)])
