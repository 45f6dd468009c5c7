"""What verbs that list print for other programs: one object (--json), or a line for each row (--jsonl)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping

from reviewer.domain.errors import KnownError


def add_output(parser: argparse.ArgumentParser, *, lines: bool = False) -> None:
    """Add --json, and --jsonl beside it to a verb that lists."""
    among = parser.add_mutually_exclusive_group()
    among.add_argument("--json", action="store_true", help="one JSON object on standard output")
    if lines:
        among.add_argument("--jsonl", action="store_true", help="each row as JSON on a line of its own")


def print_lines(rows: Iterable[Mapping[str, object]]) -> None:
    """Print each row at once, so that a reader of the pipe need not wait for the last."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def refuse_count(options: argparse.Namespace) -> None:
    """Raise KnownError for --jsonl with --count, which gives no rows."""
    if options.jsonl and options.count:
        raise KnownError("--count gives no rows that --jsonl could print.", "Use --json.", code="usage")
