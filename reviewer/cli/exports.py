"""`reviewer export`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.cases import opened, who_acts
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import printable
from reviewer.services.export.run import FORMATS
from reviewer.services.export.run import export as run_export
from reviewer.services.jobs import JobControl


def export(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options.json)
    if options.case is None or options.format is None or options.out is None:
        raise KnownError("An export needs a case, a format and a folder to write to.", code="usage")
    with opened(options) as case:
        author = who_acts(case, options.examiner).id
        names = run_export(case, author, options.format, options.out, JobControl())
    if options.json:
        print(json.dumps({"folder": str(options.out), "files": names}))
    else:
        print(f"{printable(str(options.out))}: {', '.join(names)}")
    return EXIT_DONE


def _list(as_json: bool) -> int:
    if as_json:
        told = [{"format": each.key, "holds": each.what, "loses": each.losses} for each in FORMATS]
        print(json.dumps({"formats": told}))
    else:
        for each in FORMATS:
            print(f"{each.key}: {each.what}. Loses: {each.losses}.")
    return EXIT_DONE
