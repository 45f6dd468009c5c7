"""The manual page reviewer(1), from the table of verbs that the command line itself is made of."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

SECTIONS = """\
.SH FILES
.TP
.IR NAME .case
A case: a folder that the program makes and keeps.
Removing or purging the package leaves every case where it is.
.TP
.I /opt/reviewer
The program with its own Python and Qt; nothing is written there after it was installed.
.SH EXIT STATUS
0 when all was done, 2 for wrong options; every other status goes with a sentence on standard error.
.SH SEE ALSO
The manual, in the window under Help.
"""


def write_man_page(parser: argparse.ArgumentParser, version: str, when: int) -> str:
    """The page as roff (man(7)): every verb and option of `reviewer --help`, and every option of each verb.

    `when` in seconds since 1970 is the date at its foot.
    """
    day = time.strftime("%Y-%m-%d", time.gmtime(when))
    what = _escape((parser.description or "").splitlines()[0])
    lines = [
        f'.TH REVIEWER 1 "{day}" "reviewer {_escape(version)}" "User Commands"',
        ".SH NAME",
        "reviewer \\- forensic review of large photograph collections",
        ".SH SYNOPSIS",
        ".B reviewer",
        "[\\fIoptions\\fR] [\\fIVERB\\fR ...]",
        ".SH DESCRIPTION",
        what,
        "Without a verb the window opens.",
        ".SH OPTIONS",
        *_describe_options(parser),
        ".SH VERBS",
    ]
    for name, (summary, verb) in list_verbs(parser).items():
        lines += [".TP", f"\\fB{_escape(name)}\\fR {_name_arguments(verb)}".rstrip(), _sentence(summary)]
        options = list(_describe_options(verb))
        if options:
            lines += [".RS", *options, ".RE"]
    return "\n".join(lines) + "\n" + SECTIONS


def list_verbs(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Each verb with what it is for and its own parser, in the order of --help."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            summaries = {choice.dest: choice.help or "" for choice in action._choices_actions}
            return {
                name: (summaries[name], verb) for name, verb in action.choices.items() if name in summaries
            }
    return {}


def _name_arguments(parser: argparse.ArgumentParser) -> str:
    names = [action for action in parser._actions if not action.option_strings]
    return " ".join(f"\\fI{_escape(_name_value(action))}\\fR" for action in names)


def _describe_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not action.option_strings or action.help == argparse.SUPPRESS or action.dest == "help":
            continue
        names = ", ".join(f"\\fB{_escape(name)}\\fR" for name in action.option_strings)
        value = "" if action.nargs == 0 else f" \\fI{_escape(_name_value(action))}\\fR"
        yield ".TP"
        yield names + value
        yield _sentence(_expand(parser, action)) or "\\&"


def _expand(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return parser._get_formatter()._expand_help(action) if action.help else ""


def _name_value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _sentence(text: str) -> str:
    text = _escape(" ".join(text.split()))
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _escape(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
