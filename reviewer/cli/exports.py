"""`reviewer export`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.cases import opened, who_acts
from reviewer.cli.ingesting import interrupting
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import printable
from reviewer.services.export.formats import FORMATS
from reviewer.services.export.run import export as run_export
from reviewer.services.export.run import in_short
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.open_case import OpenCase


def export(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options.json)
    if options.case is None or options.format is None or options.out is None:
        raise KnownError("An export needs a case, a format and a folder to write to.", code="usage")
    with opened(options) as case:
        names = _exported(case, options)
    if options.json:
        print(json.dumps({"folder": str(options.out), "files": names}))
    else:
        print(f"{printable(str(options.out))}: {in_short(names)}")
    return EXIT_DONE


def _exported(case: OpenCase, options: argparse.Namespace) -> list[str]:
    author = who_acts(case, options.examiner).id
    line = ProgressLine("export")
    try:
        with interrupting(JobControl(line)) as control:
            return run_export(case, author, options.format, options.out, control)
    except Cancelled:
        raise KeyboardInterrupt from None
    finally:
        line.end()


def _list(as_json: bool) -> int:
    if as_json:
        told = [{"format": each.key, "holds": each.what, "loses": each.losses} for each in FORMATS]
        print(json.dumps({"formats": told}))
    else:
        for each in FORMATS:
            print(f"{each.key}: {each.what}. Loses: {each.losses}.")
    return EXIT_DONE
