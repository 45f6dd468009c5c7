"""`reviewer verify CASE [--receipt FILE]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reviewer.cli.cases import opened
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, EXIT_FOUND_WRONG, KnownError
from reviewer.domain.ledger import Fault
from reviewer.domain.names import printable
from reviewer.domain.receipt import Receipt, receipt_from
from reviewer.services.jobs import JobControl
from reviewer.services.receipts import check_receipt
from reviewer.services.verify import Verdict
from reviewer.services.verify import verify as run_verify


def verify(options: argparse.Namespace) -> int:
    receipt = _read(options.receipt) if options.receipt else None
    line = ProgressLine("verify")
    with opened(options, read_only=True) as case:
        verdict = run_verify(case, JobControl(line))
        line.end()
        faults = [*verdict.faults, *(check_receipt(case, receipt) if receipt else [])]
    if options.json:
        print(json.dumps(_told(verdict, faults), ensure_ascii=False))
    else:
        _print(verdict, faults, receipt)
    return EXIT_FOUND_WRONG if faults else EXIT_DONE


def _told(verdict: Verdict, faults: list[Fault]) -> dict[str, object]:
    return {
        "sound": not faults,
        "entries": verdict.entries,
        "head": verdict.head,
        "faults": [vars(fault) for fault in faults],
        "unsealed": verdict.unsealed,
    }


def _print(verdict: Verdict, faults: list[Fault], receipt: Receipt | None) -> None:
    for fault in faults:
        print(f"{printable(fault.where)}: {printable(fault.what)}")
    word = f"{len(faults):,} faults" if faults else "sound"
    print(f"{word}: {verdict.entries:,} entries, head {verdict.head}")
    if receipt is not None and not faults:
        print(f"the ledger begins with the {receipt.entries:,} entries the receipt stands for")
    if verdict.unsealed:
        print(f"{verdict.unsealed:,} files belong to an ingest that has not ended")


def _read(path: Path) -> Receipt:
    try:
        return receipt_from(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise KnownError(f"The receipt {printable(str(path))} cannot be read: {error.strerror}.") from error
