"""The verbs that keep a case safe: backup, receipt, passphrase."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import close_and_say, find_acting_examiner, find_examiner, open_for_verb
from reviewer.cli.passphrases import read_new_passphrase, read_passphrase_for_opening
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.access_words import OLD_PASSPHRASE
from reviewer.services.case.backup import back_up
from reviewer.services.case.enrolment import change_passphrase, replace_lost_passphrase
from reviewer.services.case.open_case import KeyDiffers
from reviewer.services.case.opening import open_case
from reviewer.services.case.receipts import make_receipt
from reviewer.services.case.vouching import give_new_passphrase
from reviewer.services.jobs import JobControl


def make_backup(options: argparse.Namespace) -> int:
    """`reviewer backup CASE FOLDER`."""
    with open_for_verb(options) as case:
        made = back_up(case, options.into, find_acting_examiner(case, options.examiner).id, JobControl())
    if options.json:
        print(json.dumps({"folder": str(made.folder), "entries": made.entries, "head": made.head}))
    else:
        print(f"{make_printable(str(made.folder))}: {made.entries:,} entries, compared with the case")
    return EXIT_DONE


def print_receipt(options: argparse.Namespace) -> int:
    """`reviewer receipt CASE`."""
    with open_for_verb(options, read_only=True) as case:
        made = make_receipt(case)
    print(json.dumps(vars(made), ensure_ascii=False) if options.json else made.text(), end="\n")
    return EXIT_DONE


def set_passphrase(options: argparse.Namespace) -> int:
    """`reviewer passphrase CASE`: with the present passphrase, or with the recovery key in its place; with
    `--for NAME` for a colleague who lost hers, whose key then waits until another examiner vouches for it."""
    present = read_passphrase_for_opening(options)
    if present is None:
        raise KnownError("This case is not encrypted and has no passphrase.", code="no-passphrase")
    case = open_case(options.case, present)
    try:
        if case.keys.examiner in case.key_questions:
            raise KeyDiffers(case.key_questions[case.keys.examiner])
        new = read_new_passphrase(options.new_passphrase_file, "--new-passphrase-file F")
        if case.keys.examiner and options.whose is not None:
            give_new_passphrase(case, find_examiner(case, options.whose), new)
        elif case.keys.examiner:
            change_passphrase(case, present, new)
        else:
            replace_lost_passphrase(case, find_examiner(case, options.examiner), new)
    finally:
        close_and_say(case)
    said = OLD_PASSPHRASE
    if options.whose is not None:
        said = "The passphrase is set; another examiner has to vouch for the new key: reviewer vouch CASE."
    print(json.dumps({"changed": True}) if options.json else said)
    return EXIT_DONE
