"""`reviewer stamp-request CASE FILE`, `stamp-add CASE FILE [--root FILE]` and `stamps CASE`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.services.evidence.time_stamps import KnownStamp, add_stamp, load_stamps, write_request
from reviewer.services.jobs import JobControl


def ask_for_stamp(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        asked = write_request(case, options.out)
    if options.json:
        print(json.dumps(vars(asked)))
    else:
        print(f"{make_printable(str(options.out))}: asks for a time stamp over {asked.entries:,} entries")
    return EXIT_DONE


def keep_stamp(options: argparse.Namespace) -> int:
    with open_for_verb(options) as case:
        author = find_acting_examiner(case, options.examiner).id
        kept = add_stamp(case, author, options.answer, options.root, JobControl())
    print(json.dumps(vars(kept), ensure_ascii=False) if options.json else describe_stamp(kept))
    return EXIT_DONE


def list_stamps(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        known = load_stamps(case)
    if options.json:
        print(json.dumps([vars(stamp) for stamp in known], ensure_ascii=False))
    else:
        for stamp in known:
            print(describe_stamp(stamp))
    return EXIT_DONE


def describe_stamp(stamp: KnownStamp) -> str:
    """One line: when, over how many entries, by whom, and whether anybody vouched for that name."""
    root = "a root that was chosen" if stamp.vouched else "the root in it, which nobody chose"
    return f"{stamp.time}: {stamp.entries:,} entries, {make_printable(stamp.authority)}, signed up to {root}"
