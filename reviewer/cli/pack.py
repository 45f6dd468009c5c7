"""`reviewer pack`: a court pack, or what the program says of one."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

from reviewer.cli.case import opened, who_acts
from reviewer.cli.ingest import interrupting
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, EXIT_FOUND_WRONG
from reviewer.domain.ledger.receipt import fingerprint
from reviewer.domain.names import printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.run import Pack, Wish, make_pack, redacted
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.report.run import packed_reports


def pack(options: argparse.Namespace) -> int:
    """`reviewer pack CASE OUT`."""
    with opened(options) as case:
        made = _made(case, options)
    if options.json:
        told = {**vars(made), "folder": str(made.folder)}
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    print(f"{printable(str(made.folder))}: {made.entries:,} entries, {made.exhibits:,} exhibits, checked")
    print(f"Head of the ledger: {fingerprint(made.head)}")
    print(f"The pack as a whole: {fingerprint(made.sha256)}")
    print("It is not encrypted. Tell whoever gets it these two lines by another way.")
    return EXIT_DONE


def _made(case: OpenCase, options: argparse.Namespace) -> Pack:
    author = who_acts(case, options.examiner).id
    line = ProgressLine("pack")
    pool = new_pool() if options.redacted else None
    wish = Wish(
        query=options.query,
        originals=options.originals,
        redact=redacted(case, pool) if pool else None,
        confidentiality=options.confidentiality,
        entries=options.as_of,
    )
    try:
        with interrupting(JobControl(line)) as control:
            if not options.no_reports:
                wish = replace(wish, reports=packed_reports(case, author, control, options.as_of))
            return make_pack(case, author, options.out, control, wish)
    except Cancelled:
        raise KeyboardInterrupt from None
    finally:
        line.end()
        if pool:
            pool.close()


def check(options: argparse.Namespace) -> int:
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
        print(f"Head of the ledger: {fingerprint(verdict.head)}")
        print(f"The pack as a whole: {fingerprint(verdict.sha256)}")
    return EXIT_DONE if verdict.sound else EXIT_FOUND_WRONG
