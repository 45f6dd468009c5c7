"""`reviewer verify CASE [--evidence] [--receipt FILE]` and `reviewer locate CASE [FOLDER]`."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from reviewer.cli.case import opened, who_acts
from reviewer.cli.ingest import interrupting
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, EXIT_FOUND_WRONG, KnownError
from reviewer.domain.ledger.entry import Fault
from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.names import as_text, printable
from reviewer.domain.photos.case import Source
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import check_receipt, read_receipt
from reviewer.services.evidence.relocate import find_lost, look, lost_sources, move_source
from reviewer.services.evidence.verify_case import Verdict
from reviewer.services.evidence.verify_case import verify as run_verify
from reviewer.services.evidence.verify_originals import SourceAudit, told_deviations, verify_evidence
from reviewer.services.jobs import JobControl


def verify(options: argparse.Namespace) -> int:
    receipt = read_receipt(options.receipt) if options.receipt else None
    line = ProgressLine("verify")
    audits: list[SourceAudit] = []
    with opened(options, read_only=not options.evidence, or_read_only=True) as case:
        verdict = run_verify(case, JobControl(line))
        faults = [*verdict.faults, *(check_receipt(case, receipt) if receipt else [])]
        if options.evidence:
            author = "" if case.read_only else who_acts(case, options.examiner).id
            with interrupting(JobControl(line)) as control:
                audits = verify_evidence(case, author, control)
        line.end()
    if options.json:
        print(json.dumps(_told(verdict, faults, audits), ensure_ascii=False))
    else:
        _print(verdict, faults, receipt)
        _print_audits(audits)
    return EXIT_FOUND_WRONG if faults or not all(each.sound for each in audits) else EXIT_DONE


def locate(options: argparse.Namespace) -> int:
    """Find sources that lie elsewhere now: on the connected drives, or in the folder that is named."""
    with opened(options) as case:
        author = who_acts(case, options.examiner).id
        lost = lost_sources(case)
        if options.folder is None:
            found = [(source.path, as_text(place)) for source, place in find_lost(case, author, JobControl())]
        else:
            found = _placed(case, lost, options.folder, author)
        left = [source.path for source in lost_sources(case)]
    if options.json:
        told = [{"was": was, "is": now} for was, now in found]
        print(json.dumps({"found": told, "lost": left}, ensure_ascii=False))
    else:
        for was, now in found:
            print(f"{was} is now {now}")
        for path in left:
            print(f"{path} is not connected")
    return EXIT_FOUND_WRONG if left else EXIT_DONE


def _placed(case: OpenCase, lost: list[Source], folder: Path, author: str) -> list[tuple[str, str]]:
    """The one lost source that lies in `folder`. KnownError if there is none."""
    if len(lost) == 1:
        move_source(case, lost[0].id, folder, author)
        return [(lost[0].path, printable(str(folder)))]
    for source in lost:
        if look(case, source.id, os.path.abspath(os.fsencode(folder))).is_it:
            move_source(case, source.id, folder, author)
            return [(source.path, printable(str(folder)))]
    raise KnownError("No source that is missing lies there.", code="another-source")


def _told(verdict: Verdict, faults: list[Fault], audits: list[SourceAudit]) -> dict[str, object]:
    told: dict[str, object] = {
        "sound": not faults,
        "entries": verdict.entries,
        "head": verdict.head,
        "faults": [vars(fault) for fault in faults],
        "unsealed": verdict.unsealed,
    }
    if audits:
        told["sound"] = not faults and all(each.sound for each in audits)
        told["evidence"] = [
            {
                "source": each.source.path,
                "connected": each.connected,
                "names": each.names,
                **each.counts,
                "deviations": told_deviations(each.deviations),
            }
            for each in audits
        ]
    return told


def _print_audits(audits: list[SourceAudit]) -> None:
    for each in audits:
        classes = " + ".join(f"{count:,} {name}" for name, count in each.counts.items())
        state = "" if each.connected else " (not connected)"
        print(f"{each.source.path}{state}: {each.names:,} names = {classes}")
        for row in told_deviations(each.deviations) if each.connected else ():
            now = f" -> {row['now']}" if row["now"] else ""
            print(f"  {row['outcome']}: {row['path']}{now}")


def _print(verdict: Verdict, faults: list[Fault], receipt: Receipt | None) -> None:
    for fault in faults:
        print(f"{printable(fault.where)}: {printable(fault.what)}")
    word = f"{len(faults):,} faults" if faults else "sound"
    print(f"{word}: {verdict.entries:,} entries, head {verdict.head}")
    if receipt is not None and not faults:
        print(f"the ledger begins with the {receipt.entries:,} entries the receipt stands for")
    if verdict.unsealed:
        print(f"{verdict.unsealed:,} files belong to an ingest that has not ended")
