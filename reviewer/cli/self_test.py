"""`reviewer self-test`: does this copy of the program work, on this machine."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from reviewer.cli.progress import run_with_progress
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.jobs import JobControl
from reviewer.services.self_test.part import PartOutcome
from reviewer.services.self_test.run import PART_NAMES, make_line, make_sheet_line, run_parts

_WIDTH = max(map(len, PART_NAMES))


def run_self_test(options: argparse.Namespace) -> int:
    """`reviewer self-test`, and with --sheet the line that is to be printed."""
    if options.sheet is not None:
        return _print_sheet(options)
    outcomes = []
    with _work_apart() as folder:
        for outcome in run_parts(folder, _begin_part):
            outcomes.append(outcome)
            if not options.json:
                _print_outcome(outcome)
    is_well, line = all(outcome.is_well for outcome in outcomes), make_line(outcomes)
    if options.json:
        print(_encode_outcomes(outcomes, line, is_well))
    else:
        print("\nall well; compare this line with the printed sheet:" if is_well else "\nNOT WELL:")
        print(line)
    return EXIT_DONE if is_well else EXIT_CHECK_FAILED


@contextmanager
def _begin_part(name: str) -> Iterator[JobControl]:
    """Say on a terminal what is being tried, until its outcome is written over it."""
    if sys.stderr.isatty():
        print(f"      {name:<{_WIDTH}}  \u2026\r", end="", file=sys.stderr, flush=True)
    with run_with_progress(name) as control:
        yield control


def _print_sheet(options: argparse.Namespace) -> int:
    folder = Path(options.sheet) if options.sheet else None
    if folder is not None and not folder.is_dir():
        raise KnownError(f"There is no folder {make_printable(str(folder))}.", code="usage")
    line = make_sheet_line(folder)
    print(json.dumps({"line": line}) if options.json else line)
    return EXIT_DONE


def _print_outcome(outcome: PartOutcome) -> None:
    mark, said = "ok  " if outcome.is_well else "FAIL", make_printable(outcome.said)
    print(f"{mark}  {outcome.name:<{_WIDTH}}  {said}", flush=True)
    if outcome.advice:
        print(f"      {'':<{_WIDTH}}  {outcome.advice}", flush=True)


def _encode_outcomes(outcomes: list[PartOutcome], line: str, is_well: bool) -> str:
    checks = {outcome.name: outcome.is_well for outcome in outcomes}
    parts = [{**asdict(outcome), "said": make_printable(outcome.said)} for outcome in outcomes]
    return json.dumps({"ok": is_well, "line": line, "checks": checks, "parts": parts})


@contextmanager
def _work_apart() -> Iterator[Path]:
    """A folder that is gone afterwards, with all that the program keeps of an account in it."""
    before = os.environ.get("REVIEWER_DATA")
    with tempfile.TemporaryDirectory(prefix="reviewer-self-test-", ignore_cleanup_errors=True) as made:
        os.environ["REVIEWER_DATA"] = str(Path(made) / "account")
        try:
            yield Path(made)
        finally:
            if before is None:
                del os.environ["REVIEWER_DATA"]
            else:
                os.environ["REVIEWER_DATA"] = before
