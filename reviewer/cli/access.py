"""Access that ends: `reviewer remove-examiner CASE`, `reviewer change-key CASE`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import find_acting_examiner, find_examiner, open_for_verb
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.services.case.access_words import OLD_COPIES, describe_left_behind
from reviewer.services.case.case_key import (
    ChangedCaseKey,
    KeyChangeReason,
    change_case_key,
    remove_examiner,
)
from reviewer.services.jobs import JobControl


def remove_from_case(options: argparse.Namespace) -> int:
    """`reviewer remove-examiner CASE --of NAME --why TEXT`."""
    with open_for_verb(options) as case:
        author = find_acting_examiner(case, options.examiner)
        remove_examiner(case, find_examiner(case, options.whose), options.why, author.id)
        made = change_case_key(case, KeyChangeReason.REMOVED, JobControl()) if case.keys.encrypted else None
    _print_outcome(options, f"{make_printable(options.whose)} is removed.", made)
    return EXIT_DONE


def change_key(options: argparse.Namespace) -> int:
    """`reviewer change-key CASE [--lost]`."""
    with open_for_verb(options) as case:
        because = KeyChangeReason.LOST if options.lost else KeyChangeReason.ASKED
        made = change_case_key(case, because, JobControl())
    _print_outcome(options, "The key of the case is changed.", made)
    return EXIT_DONE


def _print_outcome(options: argparse.Namespace, said: str, made: ChangedCaseKey | None) -> None:
    if options.json:
        told = {"changed": made is not None}
        key = {"recovery_key": made.recovery_key, "left_behind": list(made.left_behind)} if made else {}
        print(json.dumps({**told, **key}, ensure_ascii=False))
        return
    print(said)
    if made is not None:
        print(f"New recovery key: {made.recovery_key}")
        print("Write it down and lock it away; the one before opens nothing of this case any more.")
        print(OLD_COPIES)
        if made.left_behind:
            print(describe_left_behind(made.left_behind))
