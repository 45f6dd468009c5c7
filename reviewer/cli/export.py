"""`reviewer export`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.cli.progress import run_with_progress
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export import redacted
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.run import ExportResult, shorten_names
from reviewer.services.export.run import export as run_export


def export(options: argparse.Namespace) -> int:
    if options.list:
        return _print_formats(options)
    if options.jsonl:
        raise KnownError("--jsonl belongs to --list; an export has one answer.", "Use --json.", code="usage")
    if options.case is None or options.format is None or options.out is None:
        raise KnownError("An export needs a case, a format and a folder to write to.", code="usage")
    if options.recorded:
        options.format = _find_recorded_format(options.format)
    if options.format == redacted.FORMAT_KEY:
        return _export_redacted_copies(options)
    if options.all:
        raise KnownError("--all belongs to the format redacted.", code="usage")
    with open_for_verb(options) as case:
        made = _export_with_progress(case, options)
    if options.json:
        print(json.dumps({"folder": str(options.out), "files": made.names, "renamed": made.renamed}))
    else:
        print(f"{make_printable(str(options.out))}: {shorten_names(made.names)}")
        if made.renamed:
            print(made.renamed_in_words)
    return EXIT_DONE


def _find_recorded_format(key: str) -> str:
    """Return the format with pixels as recorded beside one with upright pixels. KnownError if it does not
    exist."""
    known = [format_.key for format_ in EXPORT_FORMATS]
    if f"{key}-recorded" not in known:
        having = ", ".join(key.removesuffix("-recorded") for key in known if key.endswith("-recorded"))
        raise KnownError(f"--recorded belongs to the formats: {having}.", code="usage")
    return f"{key}-recorded"


def _export_with_progress(case: OpenCase, options: argparse.Namespace) -> ExportResult:
    author = find_acting_examiner(case, options.examiner).id
    wish = ExportChoice(
        options.query or "", _choose_examiners(case, author, options), options.as_of, options.bom
    )
    with run_with_progress("export") as control:
        return run_export(case, author, options.format, options.out, control, wish)


def _choose_examiners(case: OpenCase, author: str, options: argparse.Namespace) -> tuple[str, ...]:
    """Return whose Readings are exported: of the Examiner named, of each one, or, by default, all
    together. Of a format that is whole, a name that has to be given only says who acts."""
    if options.all_examiners:
        return tuple(examiner.id for examiner in case.examiners())
    is_whole = any(known.key == options.format and not known.chooses for known in EXPORT_FORMATS)
    if is_whole and len(case.readers()) > 1:
        return ()
    return (author,) if options.examiner is not None else ()


def _export_redacted_copies(options: argparse.Namespace) -> int:
    """Redacted copies, with progress on standard error; 1 if a copy could not be made."""
    with open_for_verb(options) as case, run_with_progress("redacted copies") as control:
        author = find_acting_examiner(case, options.examiner).id
        asked = None if options.all_examiners else author
        wish = redacted.RedactedCopiesChoice(
            options.query or "", options.all, asked, options.as_of, options.bom
        )
        made = redacted.export_redacted(case, author, options.out, wish, control)
    if options.json:
        print(json.dumps({"folder": str(options.out), **vars(made)}))
    else:
        print(
            f"{make_printable(str(options.out))}: {made.redacted:,} redacted, "
            f"{made.nothing_redacted:,} with nothing redacted; {made.left_out:,} without an area left out; "
            f"{made.not_made:,} not made, see redacted.csv"
        )
    return EXIT_CHECK_FAILED if made.not_made else EXIT_DONE


def _print_formats(options: argparse.Namespace) -> int:
    known = [(format_.key, format_.what, format_.losses) for format_ in EXPORT_FORMATS]
    known.append((redacted.FORMAT_KEY, redacted.WHAT, redacted.LOSSES))
    told = [{"format": key, "holds": what, "loses": losses} for key, what, losses in known]
    if options.jsonl:
        print_lines(told)
    elif options.json:
        print(json.dumps({"formats": told}))
    else:
        for key, what, losses in known:
            print(f"{key}: {what}. Loses: {losses}.")
    return EXIT_DONE
