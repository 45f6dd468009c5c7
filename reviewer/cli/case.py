"""Making a case, opening one for a verb, and choosing who acts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from reviewer.cli.passphrases import read_passphrase_for_new_case, read_passphrase_for_opening
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.kept_receipts import copy_to_second_place
from reviewer.services.case.open_case import KeyDiffers, OpenCase
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.case.roles import read_only_for_observer


def make_case(options: argparse.Namespace) -> int:
    """`reviewer new CASE --name TEXT --examiner NAME`."""
    case = create_case(options.case, options.name, options.examiner, read_passphrase_for_new_case(options))
    try:
        told = {"case": case.name, "folder": str(case.folder), "encrypted": case.keys.encrypted}
        if case.recovery_key:
            told["recovery_key"] = case.recovery_key
    finally:
        close_and_say(case)
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"Made the case {case.name} in {make_printable(str(case.folder))}.")
        if case.recovery_key:
            print(f"Recovery key: {case.recovery_key}")
            print(
                "Write it down and lock it away: it opens the case if the passphrase is lost, "
                "and is not shown again."
            )
        else:
            print("It is not encrypted: whoever has the folder can read and change it.")
    return EXIT_DONE


@contextmanager
def open_for_verb(
    options: argparse.Namespace, *, read_only: bool = False, or_read_only: bool = False
) -> Iterator[OpenCase]:
    """Open the case of these options and close it at the end; for reading, one open elsewhere will do."""
    case = open_case(
        options.case, read_passphrase_for_opening(options), read_only=read_only, or_read_only=or_read_only
    )
    read_only_for_observer(case, case.keys.examiner)
    for notice in case.notices:
        print(f"reviewer: {notice}", file=sys.stderr)
    try:
        yield case
    finally:
        close_and_say(case)


def close_and_say(case: OpenCase) -> None:
    """Close a Case, and say on standard error what could not be kept to the end."""
    case.close()
    copied = "" if case.read_only else copy_to_second_place()
    for trouble in (case.describe_journal_trouble(), case.said_at_close, copied):
        if trouble:
            print(f"reviewer: {trouble}", file=sys.stderr)


def find_acting_examiner(case: OpenCase, name: str | None) -> Examiner:
    """Return the Examiner of that name, or the only one; KeyDiffers while a key is to be asked about."""
    found = _choose_examiner(case, name)
    if found.id in case.key_questions:
        raise KeyDiffers(case.key_questions[found.id])
    return found


def _choose_examiner(case: OpenCase, name: str | None) -> Examiner:
    people = case.readers()
    if not people:
        raise KnownError(
            "The recovery key opens the case but acts for nobody.",
            "Set a new passphrase first: reviewer passphrase CASE --examiner NAME.",
            code="who",
        )
    if name is None:
        if len(people) == 1:
            return people[0]
        names = ", ".join(make_printable(examiner.name) for examiner in people)
        raise KnownError(
            "This case has several examiners.", f"Add --examiner with one of: {names}.", code="who"
        )
    found = next((examiner for examiner in people if examiner.name.casefold() == name.casefold()), None)
    if found is None:
        raise KnownError(f"This passphrase is not that of an examiner {make_printable(name)}.", code="who")
    return found


def find_examiner(case: OpenCase, name: str | None) -> Examiner:
    """Return the Examiner of that name, at work or not, or the only one."""
    people = case.examiners()
    found = [examiner for examiner in people if name is None or examiner.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(make_printable(examiner.name) for examiner in people)
    raise KnownError("Say which examiner it is.", f"Add --examiner with one of: {names}.", code="who")
