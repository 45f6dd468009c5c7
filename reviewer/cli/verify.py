"""`reviewer verify CASE [--evidence] [--receipt FILE]` and `reviewer locate CASE [FOLDER]`."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.keys import format_keys, keys_to_json
from reviewer.cli.progress import ProgressLine, cancel_on_interrupt
from reviewer.cli.time_stamps import describe_stamp
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE, KnownError
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.names import make_printable, path_to_text
from reviewer.domain.photos.case import Source
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import check_receipt, read_receipt
from reviewer.services.evidence.relocate import (
    check_location,
    find_missing_sources,
    move_source,
    relocate_missing_sources,
)
from reviewer.services.evidence.time_stamps import load_stamps
from reviewer.services.evidence.verify_case import CaseVerdict
from reviewer.services.evidence.verify_case import verify_case as run_verify
from reviewer.services.evidence.verify_originals import SourceAudit, deviations_to_body, verify_evidence
from reviewer.services.jobs import JobControl


def verify(options: argparse.Namespace) -> int:
    receipt = read_receipt(options.receipt) if options.receipt else None
    line = ProgressLine("verify")
    audits: list[SourceAudit] = []
    with open_for_verb(options, read_only=not options.evidence, or_read_only=True) as case:
        verdict = run_verify(case, JobControl(line))
        faults = [*verdict.faults, *(check_receipt(case, receipt) if receipt else [])]
        if options.evidence:
            author = "" if case.read_only else find_acting_examiner(case, options.examiner).id
            with cancel_on_interrupt(JobControl(line)) as control:
                audits = verify_evidence(case, author, control)
        stamps = load_stamps(case) if verdict.entries else []
        line.end()
    if options.json:
        told = _verdict_to_json(verdict, faults, audits) | {"stamps": [vars(stamp) for stamp in stamps]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print_verdict(verdict, faults, receipt)
        for stamp in stamps:
            print(f"time stamp of {describe_stamp(stamp)}")
        _print_audits(audits)
    return EXIT_CHECK_FAILED if faults or not all(audit.sound for audit in audits) else EXIT_DONE


def locate(options: argparse.Namespace) -> int:
    """Find moved sources: on the connected drives, or in the folder that is named."""
    with open_for_verb(options) as case:
        author = find_acting_examiner(case, options.examiner).id
        lost = find_missing_sources(case)
        if options.folder is None:
            found = [
                (source.path, path_to_text(place))
                for source, place in relocate_missing_sources(case, author, JobControl())
            ]
        else:
            found = _locate_in_folder(case, lost, options.folder, author)
        left = [source.path for source in find_missing_sources(case)]
    if options.json:
        told = [{"was": was, "is": now} for was, now in found]
        print(json.dumps({"found": told, "lost": left}, ensure_ascii=False))
    else:
        for was, now in found:
            print(f"{was} is now {now}")
        for path in left:
            print(f"{path} is not connected")
    return EXIT_CHECK_FAILED if left else EXIT_DONE


def _locate_in_folder(case: OpenCase, lost: list[Source], folder: Path, author: str) -> list[tuple[str, str]]:
    """Return the one lost source that lies in `folder`. KnownError if there is none."""
    if len(lost) == 1:
        move_source(case, lost[0].id, folder, author)
        return [(lost[0].path, make_printable(str(folder)))]
    for source in lost:
        if check_location(case, source.id, os.path.abspath(os.fsencode(folder))).is_the_source:
            move_source(case, source.id, folder, author)
            return [(source.path, make_printable(str(folder)))]
    raise KnownError("No source that is missing lies there.", code="another-source")


def _verdict_to_json(
    verdict: CaseVerdict, faults: list[LedgerFault], audits: list[SourceAudit]
) -> dict[str, object]:
    answer: dict[str, object] = {
        "sound": not faults,
        "entries": verdict.entries,
        "head": verdict.head,
        "faults": [vars(fault) for fault in faults],
        "unsealed": verdict.unsealed,
        "keys": keys_to_json(verdict.keys),
        "notes": list(verdict.notes),
    }
    if audits:
        answer["sound"] = not faults and all(audit.sound for audit in audits)
        answer["evidence"] = [
            {
                "source": audit.source.path,
                "connected": audit.connected,
                "names": audit.names,
                **audit.counts,
                "deviations": deviations_to_body(audit.deviations),
            }
            for audit in audits
        ]
    return answer


def _print_audits(audits: list[SourceAudit]) -> None:
    for audit in audits:
        classes = " + ".join(f"{count:,} {name}" for name, count in audit.counts.items())
        state = "" if audit.connected else " (not connected)"
        print(f"{audit.source.path}{state}: {audit.names:,} names = {classes}")
        for row in deviations_to_body(audit.deviations) if audit.connected else ():
            now = f" -> {row['now']}" if row["now"] else ""
            print(f"  {row['outcome']}: {row['path']}{now}")


def _print_verdict(verdict: CaseVerdict, faults: list[LedgerFault], receipt: Receipt | None) -> None:
    for fault in faults:
        print(f"{make_printable(fault.where)}: {make_printable(fault.what)}")
    word = f"{len(faults):,} faults" if faults else "sound"
    print(f"{word}: {verdict.entries:,} entries, head {verdict.head}")
    if receipt is not None and not faults:
        print(f"the ledger begins with the {receipt.entries:,} entries the receipt stands for")
    for note in verdict.notes:
        print(make_printable(note))
    if verdict.unsealed:
        print(f"{verdict.unsealed:,} files belong to an ingest that has not ended")
    for line in format_keys(verdict.keys):
        print(line)
