"""`reviewer receipts [CASE]`: the receipts that are kept by themselves, judging them, their second place."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import close_and_say, find_acting_examiner, open_for_verb
from reviewer.cli.passphrases import read_passphrase_for_opening
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.account.second_place import choose_second_place, load_second_place
from reviewer.services.case.kept_receipts import (
    ComparedReceipt,
    compare_kept_receipts,
    copy_to_second_place,
    format_moment,
    judge_receipts,
)
from reviewer.services.case.opening import open_case
from reviewer.services.case.receipt_places import find_account_place


def show_or_judge_receipts(options: argparse.Namespace) -> int:
    """List what is kept of a case, judge what contradicts it, or say where receipts are kept."""
    if options.second is not None or options.no_second:
        choose_second_place(options.second)
    if options.case is None:
        if options.judge is not None:
            raise KnownError("Say which case it is about.", code="usage")
        return _print_places(options)
    if options.judge is not None:
        return _judge(options)
    with open_for_verb(options, read_only=True) as case:
        found = compare_kept_receipts(case)
    if options.json:
        print(json.dumps({"receipts": list(map(_to_json, found.receipts)), "notices": list(found.notices)}))
    else:
        for known in found.receipts:
            print(_to_line(known))
        for notice in found.notices:
            print(notice)
        if not found.receipts:
            print("No receipt of this case is kept here.")
    is_contradicted = any(known.is_open_for("") for known in found.receipts)
    return EXIT_CHECK_FAILED if is_contradicted else EXIT_DONE


def _judge(options: argparse.Namespace) -> int:
    case = open_case(options.case, read_passphrase_for_opening(options), may_judge=True)
    try:
        judged = judge_receipts(case, find_acting_examiner(case, options.examiner).id, options.judge)
    finally:
        close_and_say(case)
    number = len(judged.body["receipts"])
    if options.json:
        print(json.dumps({"judged": number, "entry": judged.hash}))
    else:
        print("1 receipt is judged." if number == 1 else f"{number:,} receipts are judged.")
    return EXIT_DONE


def _print_places(options: argparse.Namespace) -> int:
    account, second = find_account_place().folder, load_second_place()
    trouble = copy_to_second_place()
    if options.json:
        places = {"account": str(account), "second": str(second) if second else "", "trouble": trouble}
        print(json.dumps(places))
        return EXIT_DONE
    print(f"account       {make_printable(str(account))}")
    print(f"second place  {make_printable(str(second)) if second else 'none'}")
    if trouble:
        print(trouble)
    return EXIT_DONE


def _to_line(known: ComparedReceipt) -> str:
    said = known.disbelief and f"not believed: {known.disbelief}"
    said = said or known.contradiction or "agrees"
    judged = "".join(f"; {judgement}" for judgement in known.judged.values() if known.contradiction)
    receipt = known.receipt
    return f"{format_moment(receipt.at)}  {receipt.entries:>9,} entries  {known.place}: {said}{judged}"


def _to_json(known: ComparedReceipt) -> dict[str, object]:
    return {
        **vars(known.receipt),
        "kept": known.place,
        "contradiction": known.contradiction,
        "judged": list(known.judged.values()),
        "disbelief": known.disbelief,
    }
