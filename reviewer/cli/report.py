"""`reviewer report`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.figures.document import Document
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import make_receipt
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from reviewer.services.report.receipt import make_receipt_document
from reviewer.services.report.run import ReportRequest, SheetPhotographs


def write_report(options: argparse.Namespace) -> int:
    """Write the report of the collection, of one individual, or a folder with a sheet of each."""
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
        run.find_renderer(out)
    with open_for_verb(options) as case:
        examiner = find_acting_examiner(case, options.examiner)
        wish = ReportRequest(options.query, (examiner.id,), options.as_of, SheetPhotographs(options.photos))
        line = ProgressLine("individuals")
        control = JobControl(line)
        if options.sheets:
            pages = run.make_sheets(case, wish, control)
            said = wish.to_body("sheets")
            names = run.write_reports(case, examiner.id, out, pages, f".{options.form}", control, said)
        else:
            page = _make_document(case, examiner, wish, options, control)
            what = "receipt" if options.receipt else "individual" if options.individual else "collection"
            run.write_report(case, examiner.id, out, page, wish.to_body(what))
            names = [out.name]
    line.end()
    if options.json:
        print(json.dumps({"out": str(out), "files": list(names)}, ensure_ascii=False))
    else:
        print(f"{make_printable(str(out))}: {len(names):,} {'file' if len(names) == 1 else 'files'}")
    return EXIT_DONE


def _make_document(
    case: OpenCase, examiner: Examiner, wish: ReportRequest, options: argparse.Namespace, control: JobControl
) -> Document:
    if options.receipt:
        return make_receipt_document(make_receipt(case, examiner))
    if options.individual:
        return _make_one_sheet(case, wish, options.individual, control)
    return run.make_collection_report(case, wish, control)


def _make_one_sheet(case: OpenCase, wish: ReportRequest, number: str, control: JobControl) -> Document:
    id_ = run.find_individual(case, number)
    return next(page for _name, page in run.make_sheets(case, wish, control, id_))
