"""Adding a verb to the command line, with the options that verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from reviewer.cli.lines import add_output
from reviewer.domain.errors import EXIT_USAGE


class VerbParser(argparse.ArgumentParser):
    """The parser of one verb."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\nTry {self.prog} --help.\n")


Verbs: TypeAlias = "argparse._SubParsersAction[VerbParser]"


def add_verb(
    verbs: Verbs,
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    *,
    json: bool = True,
    lines: bool = False,
) -> VerbParser:
    """Add a verb; with `lines`, for one that lists, it has --jsonl too."""
    parser = verbs.add_parser(name, help=what, description=what)
    parser.set_defaults(run=run)
    if json:
        add_output(parser, lines=lines)
    return parser


def add_case_verb(
    verbs: Verbs,
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    *,
    json: bool = True,
    lines: bool = False,
) -> VerbParser:
    """Add a verb whose first argument is a case."""
    parser = add_verb(verbs, name, run, what, json=json, lines=lines)
    parser.add_argument("case", type=Path, metavar="CASE")
    return parser


def add_examiner_options(parser: argparse.ArgumentParser) -> None:
    """Add --examiner, and --passphrase-file after it."""
    parser.add_argument("--examiner", metavar="NAME", help="who acts, if the case has several examiners")
    add_passphrase_option(parser)


def add_passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        help="a file whose first line is the passphrase; without it the terminal asks",
    )
