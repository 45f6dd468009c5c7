"""`reviewer export`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import opened, who_acts
from reviewer.cli.ingest import interrupting
from reviewer.cli.lines import print_lines
from reviewer.cli.progress import ProgressLine
from reviewer.domain.errors import EXIT_DONE, EXIT_FOUND_WRONG, KnownError
from reviewer.domain.names import printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export import redacted
from reviewer.services.export.all_formats import FORMATS
from reviewer.services.export.choice import Wish
from reviewer.services.export.run import export as run_export
from reviewer.services.export.run import in_short
from reviewer.services.jobs import Cancelled, JobControl


def export(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options)
    if options.jsonl:
        raise KnownError("--jsonl belongs to --list; an export has one answer.", "Use --json.", code="usage")
    if options.case is None or options.format is None or options.out is None:
        raise KnownError("An export needs a case, a format and a folder to write to.", code="usage")
    if options.recorded:
        options.format = _recorded(options.format)
    if options.format == redacted.KEY:
        return _redacted(options)
    if options.all:
        raise KnownError("--all belongs to the format redacted.", code="usage")
    with opened(options) as case:
        names = _exported(case, options)
    if options.json:
        print(json.dumps({"folder": str(options.out), "files": names}))
    else:
        print(f"{printable(str(options.out))}: {in_short(names)}")
    return EXIT_DONE


def _recorded(key: str) -> str:
    """The format with pixels as recorded beside one with upright pixels. KnownError if there is none."""
    known = [each.key for each in FORMATS]
    if f"{key}-recorded" not in known:
        having = ", ".join(each.removesuffix("-recorded") for each in known if each.endswith("-recorded"))
        raise KnownError(f"--recorded belongs to the formats: {having}.", code="usage")
    return f"{key}-recorded"


def _exported(case: OpenCase, options: argparse.Namespace) -> list[str]:
    author = who_acts(case, options.examiner).id
    wish = Wish(options.query or "", _whose(case, author, options), options.as_of, options.bom)
    line = ProgressLine("export")
    try:
        with interrupting(JobControl(line)) as control:
            return run_export(case, author, options.format, options.out, control, wish)
    except Cancelled:
        raise KeyboardInterrupt from None
    finally:
        line.end()


def _whose(case: OpenCase, author: str, options: argparse.Namespace) -> tuple[str, ...]:
    """Whose Readings are exported: of the Examiner who is named, of each one, or, if nothing is said, all."""
    if options.all_examiners:
        return tuple(each.id for each in case.examiners())
    return (author,) if options.examiner is not None else ()


def _redacted(options: argparse.Namespace) -> int:
    """Redacted copies, with progress on standard error; 1 if a copy could not be made."""
    line = ProgressLine("redacted copies")
    with opened(options) as case, interrupting(JobControl(line)) as control:
        author = who_acts(case, options.examiner).id
        asked = None if options.all_examiners else author
        wish = redacted.Wish(options.query or "", options.all, asked, options.as_of, options.bom)
        try:
            made = redacted.export_redacted(case, author, options.out, wish, control)
        except Cancelled:
            raise KeyboardInterrupt from None
        finally:
            line.end()
    if options.json:
        print(json.dumps({"folder": str(options.out), **vars(made)}))
    else:
        print(
            f"{printable(str(options.out))}: {made.redacted:,} redacted, "
            f"{made.nothing_redacted:,} with nothing redacted; {made.left_out:,} without an area left out; "
            f"{made.not_made:,} not made, see redacted.csv"
        )
    return EXIT_FOUND_WRONG if made.not_made else EXIT_DONE


def _list(options: argparse.Namespace) -> int:
    known = [(each.key, each.what, each.losses) for each in FORMATS]
    known.append((redacted.KEY, redacted.WHAT, redacted.LOSSES))
    told = [{"format": key, "holds": what, "loses": losses} for key, what, losses in known]
    if options.jsonl:
        print_lines(told)
    elif options.json:
        print(json.dumps({"formats": told}))
    else:
        for key, what, losses in known:
            print(f"{key}: {what}. Loses: {losses}.")
    return EXIT_DONE
