"""`reviewer individuals load | records | accept | link`: files about the victims."""

from __future__ import annotations

import argparse
import json
from typing import Any

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.cli.mapping_file import read_mapping_file
from reviewer.cli.progress import run_with_progress
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import FACT_NAMES, Fact
from reviewer.domain.records.calendars import Calendar, parse_date_window
from reviewer.domain.records.dates import DateOrder
from reviewer.services.records.load import LoadedRecords, load_file, preview_file
from reviewer.services.records.matches import (
    MOST_AT_ONCE,
    RecordListing,
    RecordListRow,
    load_listing,
    make_acceptance_act,
    make_link_act,
    make_no_individual_act,
)
from reviewer.services.records.preview import RecordChoices, RecordPreview

MOST_DOUBTS = 200


def load_records(options: argparse.Namespace) -> int:
    """`reviewer individuals load CASE FILE`."""
    choices = _read_choices(options)
    loaded = None
    with (
        open_for_verb(options, read_only=options.preview) as case,
        run_with_progress("load") as control,
    ):
        preview = preview_file(case, options.file, choices, control)
        if not options.preview:
            author = find_acting_examiner(case, options.examiner).id
            loaded = load_file(case, preview, author, control, again=options.again)
    if options.json:
        print(json.dumps(_preview_to_json(preview, loaded), ensure_ascii=False))
    else:
        _print_preview(preview, loaded)
    return EXIT_DONE


def _read_choices(options: argparse.Namespace) -> RecordChoices:
    columns, dates, calendar = read_mapping_file(options.mapping) if options.mapping else ({}, None, None)
    return RecordChoices(
        columns=columns,
        dates=DateOrder(options.dates) if options.dates else dates,
        sheet=options.sheet or "",
        encoding=options.encoding or "",
        header_row=options.header_row or 0,
        header_rows=options.header_rows or 0,
        calendar=Calendar(options.calendar) if options.calendar else calendar,
        window=parse_date_window(options.plausible) if options.plausible else None,
        like=options.like or "",
    )


def _preview_to_json(preview: RecordPreview, loaded: LoadedRecords | None) -> dict[str, Any]:
    grid = preview.table.grid
    doubts = [
        {"row": row, "column": fact.column, "raw": fact.raw, "doubt": fact.doubt}
        for row, fact in preview.doubts
    ]
    unclear = preview.unclear
    return {
        "loaded": loaded is not None,
        "file": loaded.file if loaded else "",
        "name": preview.name,
        "sha256": preview.sha256,
        "rows": len(preview.table.rows),
        "sheet": grid.sheet,
        "encoding": grid.encoding,
        "delimiter": grid.delimiter,
        "header_row": preview.table.header_row,
        "header_rows": preview.table.header_rows,
        "calendar": str(preview.calendar),
        "plausible": [preview.window.first, preview.window.last],
        "columns": {name: str(fact) if fact else "" for name, fact in preview.columns},
        "origin": preview.origin,
        "unclear": str(unclear) if unclear else "",
        "known_as": preview.before.id if preview.before else "",
        "notes": preview.notes(),
        "doubts": doubts,
        "seal": loaded.seal if loaded else "",
    }


def _print_preview(preview: RecordPreview, loaded: LoadedRecords | None) -> None:
    grid = preview.table.grid
    how = f"sheet {make_printable(grid.sheet)}" if grid.sheet else f"{grid.encoding} ({grid.why})"
    print(
        f"{make_printable(preview.name)}: {len(preview.table.rows):,} rows, {how}, columns {preview.origin}"
    )
    for name, fact in preview.columns:
        print(f"  {make_printable(name)} -> {FACT_NAMES[fact] if fact else 'left out'}")
    for note in preview.notes():
        print(f"  {make_printable(note)}")
    if loaded is None:
        for row in preview.first_rows():
            said = (
                f"{FACT_NAMES[Fact(f.fact)]} {make_printable(f.value) or '?'}" for f in row.facts if f.fact
            )
            print(f"  row {row.row}: {'; '.join(said)}")
    doubts = preview.doubts
    for number, doubt in doubts[:MOST_DOUBTS]:
        print(
            f"  row {number}, {make_printable(doubt.column)}: "
            f"{make_printable(doubt.raw)}: {make_printable(doubt.doubt)}"
        )
    if len(doubts) > MOST_DOUBTS:
        print(f"  and {len(doubts) - MOST_DOUBTS:,} more doubts; --json tells all")
    if loaded is None:
        print(f"Nothing was loaded. {preview.unclear or ''}".rstrip())
    else:
        print(f"Loaded {loaded.rows:,} rows as {loaded.file}; {loaded.doubts:,} doubts.")


def print_records(options: argparse.Namespace) -> int:
    """`reviewer individuals records CASE [--unresolved]`."""
    with open_for_verb(options, read_only=True) as case:
        found = load_listing(case)
    rows = found.unresolved if options.unresolved else found.rows
    if options.jsonl:
        print_lines(_row_to_json(row, found) for row in rows)
        return EXIT_DONE
    if options.json:
        counts = {str(outcome): count for outcome, count in found.counts().items()}
        told = [_row_to_json(row, found) for row in rows]
        print(json.dumps({"counts": counts, "records": told}, ensure_ascii=False))
        return EXIT_DONE
    for row in rows:
        told_row = _row_to_json(row, found)
        said = "; ".join(
            f"{FACT_NAMES[Fact(fact['fact'])]} {fact['value']}" for fact in told_row["facts"] if fact["value"]
        )
        where = f"{make_printable(row.record)} ({make_printable(row.file.name)} row {row.row.row})"
        print(f"{where}: {row.outcome}: {make_printable(said)}")
        for candidate in told_row["candidates"]:
            print(f"  {make_printable(candidate['told'])}: {candidate['by']}")
            for reason in candidate["against"]:
                print(f"    {make_printable(reason)}")
        for fact in row.doubts:
            print(
                f"  doubt: {make_printable(fact.column)}: "
                f"{make_printable(fact.raw)}: {make_printable(fact.doubt)}"
            )
    print(f"{len(rows):,} of {len(found.rows):,} rows")
    return EXIT_DONE


def _row_to_json(row: RecordListRow, found: RecordListing) -> dict[str, Any]:
    return {
        "record": row.record,
        "file": row.file.id,
        "name": row.file.name,
        "sheet": row.row.sheet,
        "row": row.row.row,
        "outcome": str(row.outcome),
        "individual": row.link.individual if row.link else row.match.individual,
        "how": row.link.how if row.link else "",
        "note": row.link.note if row.link else "",
        "facts": [
            {
                "fact": fact.fact,
                "value": fact.value,
                "raw": fact.raw,
                "column": fact.column,
                "doubt": fact.doubt,
            }
            for fact in row.row.facts
            if fact.fact
        ],
        "candidates": [
            {
                "individual": candidate.individual,
                "told": found.name_individual(candidate.individual),
                "by": candidate.by,
                "against": list(candidate.against),
            }
            for candidate in row.match.candidates
        ],
    }


def accept_matches(options: argparse.Namespace) -> int:
    """`reviewer individuals accept CASE [--yes]`: the count first, nothing without --yes."""
    with open_for_verb(options, read_only=not options.yes) as case:
        rows = load_listing(case).unambiguous
        for start in range(0, len(rows) if options.yes else 0, MOST_AT_ONCE):
            case.record(make_acceptance_act(rows[start:]), find_acting_examiner(case, options.examiner).id)
    done = bool(options.yes and rows)
    if options.json:
        print(json.dumps({"unambiguous": len(rows), "accepted": len(rows) if done else 0}))
    elif done:
        print(f"{len(rows):,} rows accepted.")
    else:
        print(f"{len(rows):,} rows fit one individual and contradict nothing. Add --yes to accept them.")
    return EXIT_DONE


def link_row(options: argparse.Namespace) -> int:
    """`reviewer individuals link CASE RECORD (--to NUMBER | --none) [--note TEXT]`."""
    with open_for_verb(options) as case:
        found = load_listing(case)
        row = found.find(options.record)
        if options.none:
            draft = make_no_individual_act(row, options.note)
        else:
            draft = make_link_act(row, _find_one_individual(found, options.to), options.note)
        case.record(draft, find_acting_examiner(case, options.examiner).id)
        after = load_listing(case)
    if options.json:
        print(json.dumps(_row_to_json(after.find(options.record), after), ensure_ascii=False))
    else:
        print(f"{make_printable(options.record)}: settled.")
    return EXIT_DONE


def _find_one_individual(found: RecordListing, number: str) -> str:
    people = found.find_individuals_with(number)
    if len(people) != 1:
        shown = ", ".join(
            f"{individual[:8]} ({found.name_individual(individual)})" for individual in people[:5]
        )
        raise KnownError(
            f"{len(people):,} individuals have the number {number}.",
            f"Name one by its id: {shown}." if people else "Name a number of an accepted individual.",
            code="records-individual",
        )
    return people[0]
