"""`reviewer pack`: a court pack, or what the program says of one."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.progress import ProgressLine, run_with_progress
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.names import make_printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.run import Pack, PackRequest, make_pack, make_redactor_factory
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.report.run import make_reports_for_pack


def write_pack(options: argparse.Namespace) -> int:
    """`reviewer pack CASE OUT`."""
    with open_for_verb(options) as case:
        made = _make_with_progress(case, options)
    if options.json:
        told = {**vars(made), "folder": str(made.folder)}
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    print(
        f"{make_printable(str(made.folder))}: {made.entries:,} entries, {made.exhibits:,} exhibits, checked"
    )
    print(f"Head of the ledger: {format_hash_in_groups(made.head)}")
    print(f"The pack as a whole: {format_hash_in_groups(made.sha256)}")
    print("It is not encrypted. Tell whoever gets it these two lines by another way.")
    return EXIT_DONE


def _make_with_progress(case: OpenCase, options: argparse.Namespace) -> Pack:
    author = find_acting_examiner(case, options.examiner).id
    pool = new_pool() if options.redacted else None
    wish = PackRequest(
        query=options.query,
        originals=options.originals,
        redact=make_redactor_factory(case, pool) if pool else None,
        confidentiality=options.confidentiality,
        entries=options.as_of,
    )
    try:
        with run_with_progress("pack") as control:
            if not options.no_reports:
                wish = replace(wish, reports=make_reports_for_pack(case, author, control, options.as_of))
            return make_pack(case, author, options.out, control, wish)
    finally:
        if pool:
            pool.close()


def print_pack_verdict(options: argparse.Namespace) -> int:
    """`reviewer pack-check FOLDER`."""
    line = ProgressLine("pack-check")
    try:
        verdict = check_pack(options.folder, JobControl(line))
    finally:
        line.end()
    if options.json:
        print(json.dumps({**vars(verdict), "sound": verdict.sound}, ensure_ascii=False))
    else:
        for fault in verdict.faults:
            print(fault)
        print(f"{verdict.entries:,} entries; {'sound' if verdict.sound else 'NOT SOUND'}")
        if verdict.later:
            print(f"An earlier state: {verdict.later:,} entries had followed that are not in the pack.")
        print(f"Head of the ledger: {format_hash_in_groups(verdict.head)}")
        print(f"The pack as a whole: {format_hash_in_groups(verdict.sha256)}")
    return EXIT_DONE if verdict.sound else EXIT_CHECK_FAILED
