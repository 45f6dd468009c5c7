"""`reviewer report`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reviewer.cli.case import opened, who_acts
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.figures.document import Page
from reviewer.domain.names import printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import make_receipt
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from reviewer.services.report.receipt import receipt_page
from reviewer.services.report.run import Photographs, Wish


def report(options: argparse.Namespace) -> int:
    """The collection by default; one individual, or a folder with a sheet of each."""
    if bool(options.individual) + options.sheets + options.receipt > 1:
        raise KnownError("Either one individual, or a sheet of each, or a receipt.", code="usage")
    if options.receipt and (options.query.strip() or options.as_of is not None):
        raise KnownError(
            "A receipt is of the whole ledger as it stands: no query and no earlier entry belongs to it.",
            "Leave them out.",
            code="usage",
        )
    out: Path = options.out
    if not options.sheets:
        run.form_of(out)
    with opened(options) as case:
        examiner = who_acts(case, options.examiner)
        wish = Wish(options.query, (examiner.id,), options.as_of, Photographs(options.photos))
        line = ProgressLine("individuals")
        control = JobControl(line)
        if options.sheets:
            names = run.write_all(
                case, examiner.id, out, run.sheets(case, wish, control), f".{options.form}", control
            )
        else:
            page = _page(case, examiner, wish, options, control)
            run.write(case, examiner.id, out, page)
            names = [out.name]
    line.end()
    if options.json:
        print(json.dumps({"out": str(out), "files": list(names)}, ensure_ascii=False))
    else:
        print(f"{printable(str(out))}: {len(names):,} {'file' if len(names) == 1 else 'files'}")
    return EXIT_DONE


def _page(
    case: OpenCase, examiner: Examiner, wish: Wish, options: argparse.Namespace, control: JobControl
) -> Page:
    if options.receipt:
        return receipt_page(make_receipt(case, examiner))
    if options.individual:
        return _one(case, wish, options.individual, control)
    return run.collection_report(case, wish, control)


def _one(case: OpenCase, wish: Wish, number: str, control: JobControl) -> Page:
    id_ = run.individual_of(case, number)
    return next(page for _name, page in run.sheets(case, wish, control, id_))
