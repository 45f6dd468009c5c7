"""`reviewer ingest CASE SOURCE... [--manifest FILE]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.progress import ProgressLine, run_with_progress
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.foreign_manifests import (
    ManifestComparison,
    compare_with_manifest,
    describe_comparison,
)
from reviewer.services.evidence.verify_originals import deviations_to_body
from reviewer.services.ingest.result import IngestResult, describe_counts, describe_details
from reviewer.services.ingest.run import ingest as run_ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool


def ingest(options: argparse.Namespace) -> int:
    with open_for_verb(options) as case:
        author = find_acting_examiner(case, options.examiner).id
        results = [ingest_folder(case, author, folder) for folder in options.sources]
        compared = [_compare_with_manifest(case, author, result, options.manifest) for result in results]
    if options.json:
        told = [
            {**vars(result), **({"manifest": _comparison_to_json(comparison)} if comparison else {})}
            for result, comparison in zip(results, compared, strict=True)
        ]
        print(json.dumps({"sources": told}, ensure_ascii=False))
    else:
        for folder, result, comparison in zip(options.sources, results, compared, strict=True):
            print(_describe_result(folder, result))
            if comparison is not None:
                _print_comparison(comparison)
    if not all(result.finished for result in results):
        raise KeyboardInterrupt
    return (
        EXIT_DONE
        if all(comparison is None or comparison.sound for comparison in compared)
        else EXIT_CHECK_FAILED
    )


def _compare_with_manifest(
    case: OpenCase, author: str, result: IngestResult, manifest: Path | None
) -> ManifestComparison | None:
    """Compare the source with the manifest that came with it; None without one."""
    if manifest is None or not result.finished:
        return None
    line = ProgressLine("compare")
    try:
        return compare_with_manifest(case, result.source, manifest, author, JobControl(line))
    finally:
        line.end()


def _comparison_to_json(compared: ManifestComparison) -> dict[str, object]:
    return {
        "kind": compared.kind,
        "algorithm": compared.algorithm,
        **compared.counts,
        "deviations": deviations_to_body(compared.deviations),
        "complaints": list(compared.complaints),
        "other_form": compared.other_form,
        "other_capitals": compared.other_capitals,
    }


def _print_comparison(compared: ManifestComparison) -> None:
    print(describe_comparison(compared))
    for row in deviations_to_body(compared.deviations):
        now = f" -> {row['now']}" if row["now"] else ""
        print(f"  {row['outcome']}: {row['path']}{now}")
    for complaint in compared.complaints:
        print(f"  {complaint}")


def ingest_folder(case: OpenCase, author: str, folder: Path) -> IngestResult:
    """Ingest with progress on standard error; Ctrl+C stops it cleanly, a second one at once."""
    pool = new_pool()
    try:
        with run_with_progress("ingest") as control:
            return run_ingest(case, pool, author, folder, control)
    finally:
        pool.close()


def _describe_result(folder: Path, result: IngestResult) -> str:
    words = f"{make_printable(str(folder))}: {describe_counts(result)}"
    if not result.finished:
        words += "; stopped, run it again to go on"
    return "\n  ".join([words, *describe_details(result)])
