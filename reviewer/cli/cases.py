"""Making a case, opening one for a verb, and choosing who acts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer.domain.case import Examiner
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import printable
from reviewer.services.open_case import OpenCase, create_case, open_case


def new(options: argparse.Namespace) -> int:
    """`reviewer new CASE --name TEXT --examiner NAME`."""
    if options.passphrase_file is not None:
        raise KnownError(
            "This version does not encrypt cases, so it takes no passphrase.",
            "Keep the case on an encrypted drive, and leave --passphrase-file out.",
            code="no-encryption",
        )
    case = create_case(options.case, options.name, options.examiner)
    try:
        told = {"case": case.name, "folder": str(case.folder)}
    finally:
        case.close()
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"Made the case {case.name} in {printable(str(case.folder))}.")
    return EXIT_DONE


@contextmanager
def opened(folder: Path, *, read_only: bool = False) -> Iterator[OpenCase]:
    """The case in `folder`, closed at the end; for reading, one that is open elsewhere will do."""
    case = open_case(folder, read_only=read_only)
    try:
        yield case
    finally:
        case.close()


def who_acts(case: OpenCase, name: str | None) -> Examiner:
    """The Examiner of that name, or the only one."""
    people = case.examiners()
    if name is None:
        if len(people) == 1:
            return people[0]
        names = ", ".join(printable(each.name) for each in people)
        raise KnownError(
            "This case has several examiners.", f"Add --examiner with one of: {names}.", code="who"
        )
    found = next((each for each in people if each.name.casefold() == name.casefold()), None)
    if found is None:
        raise KnownError(f"This case has no examiner {printable(name)}.", code="who")
    return found
