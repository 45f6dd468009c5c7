"""Adding a verb to the command line, with the options that verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from reviewer.cli.lines import add_output
from reviewer.domain.errors import EXIT_USAGE


class VerbParser(argparse.ArgumentParser):
    """The parser of one verb."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\nTry {self.prog} --help.\n")


@dataclass(frozen=True)
class VerbFunction:
    """The function of a verb, by the name of its module in `reviewer.cli` and its own: "status.print_status".

    The module is imported when the verb runs: importing all of them takes longer than most verbs do.
    """

    name: str

    def find(self) -> Callable[[argparse.Namespace], int]:
        module, _dot, function = self.name.partition(".")
        found: Callable[[argparse.Namespace], int] = getattr(
            import_module(f"reviewer.cli.{module}"), function
        )
        return found

    def __call__(self, options: argparse.Namespace) -> int:
        return self.find()(options)


Verbs: TypeAlias = "argparse._SubParsersAction[VerbParser]"


def add_verb(
    verbs: Verbs,
    name: str,
    run: str,
    what: str,
    *,
    json: bool = True,
    lines: bool = False,
) -> VerbParser:
    """Add a verb; `run` names its function, as VerbFunction has it. With `lines`, for one that lists, it has
    --jsonl too."""
    parser = verbs.add_parser(name, help=what, description=what)
    parser.set_defaults(run=VerbFunction(run))
    if json:
        add_output(parser, lines=lines)
    return parser


def add_case_verb(
    verbs: Verbs,
    name: str,
    run: str,
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
