"""`reviewer count CASE [--query Q] [--as-of N] [--csv FILE] [--compare-rules]`: figures, their basis."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.cli.progress import run_with_progress
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.figures.figures import Figure, FigureKind, Proportion, Statistics, Table
from reviewer.domain.figures.plots import format_shares
from reviewer.domain.figures.words import (
    basis_in_words,
    excluded_in_words,
    readings_in_words,
    selection_in_words,
    statistics_in_words,
    sums_in_words,
)
from reviewer.domain.names import make_printable
from reviewer.domain.summary.summary import TermResult
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import Snapshot, open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.counting.two_rules import RuleComparison, compare_rules
from reviewer.services.export.figures_csv import group_ids_by_column, write_figures
from reviewer.services.jobs import JobControl


def count(options: argparse.Namespace) -> int:
    """Count what one Examiner read; changes nothing."""
    if options.compare_rules and options.csv is not None:
        raise KnownError("--csv writes figures, not what the rules count otherwise.", code="usage")
    if options.compare_rules:
        return _print_rule_comparison(options)
    with open_for_verb(options, read_only=True) as case:
        examiner = find_acting_examiner(case, options.examiner).id
        with _open_moment(case, options) as (moment, control):
            counted = count_case(moment, options.query, [examiner], control)
        if options.csv is not None:
            write_figures(case.folder, counted, options.csv, mark=options.bom)
    if options.jsonl:
        print_lines(
            _figure_row_to_json(table, figure) for table in counted.tables for figure in table.figures
        )
    elif options.json:
        print(json.dumps(_statistics_to_json(counted), ensure_ascii=False))
    else:
        _print_statistics(counted)
    return EXIT_DONE


def _print_statistics(counted: Statistics) -> None:
    for sentence in selection_in_words(counted):
        print(make_printable(sentence))
    for table in counted.tables:
        _print_table(table)
    print(statistics_in_words(counted))
    for sentence in readings_in_words(counted.readings, counted.basis):
        print(sentence)
    for sentence in (*counted.unopened.in_words(), *sums_in_words(counted)):
        print(sentence)
    for excluded in counted.excluded:
        print(f"Left out: {make_printable(excluded_in_words(excluded))}")
    print(make_printable(basis_in_words(counted.basis)))


def _print_rule_comparison(options: argparse.Namespace) -> int:
    """Print every figure of a sign that the present rule changed, with the individuals concerned."""
    with open_for_verb(options, read_only=True) as case:
        examiner = find_acting_examiner(case, options.examiner).id
        with _open_moment(case, options) as (moment, control):
            compared = compare_rules(moment, options.query, [examiner], control)
        names = {term: make_printable(case.vocabulary.term_name(term)) for term in compared.terms}
    if options.jsonl:
        print_lines(_changes_to_json(compared))
        return EXIT_DONE
    if options.json:
        print(json.dumps(_comparison_to_json(compared), ensure_ascii=False))
        return EXIT_DONE
    print(
        f"By the first rule {compared.people:,} individuals were counted; now {compared.whole:,} are, whose "
        "photographs were all read. Signs whose result is another one (docs/rules.md):"
    )
    for term in compared.terms:
        print(
            f"{names[term]}: {_format_three_counts(compared.before[term])} "
            f"before, {_format_three_counts(compared.now.get(term, {}))} now"
        )
        for before, now, count in compared.count_changes_of(term):
            print(f"  {before} -> {now}: {count:,}")
    print(make_printable(basis_in_words(compared.basis)))
    return EXIT_DONE


def _format_three_counts(results: Mapping[TermResult, int]) -> str:
    present, absent = results.get(TermResult.PRESENT, 0), results.get(TermResult.ABSENT, 0)
    return f"{present:,} / {absent:,} / {sum(results.values()) - present - absent:,}"


def _comparison_to_json(compared: RuleComparison) -> dict[str, object]:
    return {
        "basis": asdict(compared.basis),
        "individuals_before": compared.people,
        "individuals_now": compared.whole,
        "changes": list(_changes_to_json(compared)),
    }


def _changes_to_json(compared: RuleComparison) -> Iterator[dict[str, object]]:
    for change in compared.changes:
        yield {
            "individual": change.individual,
            "label": compared.labels.get(change.individual, ""),
            "term": change.term,
            "before": str(change.before),
            "now": str(change.now),
            "why": [str(cause) for cause in change.reasons],
            "all_read": change.whole,
        }


@contextmanager
def _open_moment(case: OpenCase, options: argparse.Namespace) -> Iterator[tuple[Snapshot, JobControl]]:
    with (
        run_with_progress("count") as control,
        open_snapshot(case, control, options.as_of) as moment,
    ):
        yield moment, control


def _print_table(table: Table) -> None:
    """Of a class those in another are no "absent", and are not printed."""
    is_sign = table.kind is FigureKind.SIGN
    names = table.kind.sides if is_sign else ("how many", table.kind.sides[2])
    print(f"{make_printable(table.title)}: {' / '.join(names)}")
    for figure in table.figures:
        absent = (len(figure.absent),) if is_sign else ()
        counts = " / ".join(f"{count:,}" for count in (len(figure.present), *absent, figure.untold))
        apart = ", ".join(
            f"{len(ids):,} {what}"
            for what, ids in (
                ("contradictory", figure.conflict),
                ("after death", figure.after_death),
                ("certainty not stated", figure.unstated),
            )
            if ids
        )
        told = f" ({apart})" if apart else ""
        print(f"  {make_printable(figure.label)}: {counts}{told}; {format_shares(figure)}")
    for note in table.notes:
        print(f"  {note}")
    print()


def _statistics_to_json(counted: Statistics) -> dict[str, object]:
    return {
        "basis": asdict(counted.basis),
        "individuals": counted.individuals,
        "photos": counted.photos,
        "all_individuals": counted.all_individuals,
        "all_photos": counted.all_photos,
        "readings": asdict(counted.readings),
        "unopened": {**asdict(counted.unopened), "open": counted.unopened.open},
        "selection": list(selection_in_words(counted)),
        "excluded": [
            {"why": excluded.why, "unit": str(excluded.unit), "count": len(excluded.ids)}
            for excluded in counted.excluded
        ],
        "tables": [
            {
                "key": table.key,
                "title": table.title,
                "unit": str(table.unit),
                "figures": [_figure_to_json(figure) for figure in table.figures],
                "notes": list(table.notes),
            }
            for table in counted.tables
        ],
    }


def _figure_row_to_json(table: Table, figure: Figure) -> dict[str, object]:
    return {"table": table.key, "title": table.title, "unit": str(table.unit), **_figure_to_json(figure)}


def _figure_to_json(figure: Figure) -> dict[str, object]:
    is_sign = figure.kind is FigureKind.SIGN
    return {
        "key": figure.key,
        "label": figure.label,
        "kind": str(figure.kind),
        "present": len(figure.present),
        "absent": len(figure.absent) if is_sign else None,
        "in_another": None if is_sign else len(figure.absent),
        "cannot_tell": len(figure.cannot_tell),
        "contradictory": len(figure.conflict),
        "after_death": len(figure.after_death),
        "not_stated": len(figure.unstated),
        "untold": figure.untold,
        "sayable": figure.is_assessable_share_meaningful,
        "of_all": _share_to_json(figure.of_all, figure.is_share_meaningful),
        "of_assessable": _share_to_json(figure.of_assessable, figure.is_assessable_share_meaningful),
        "photos": len(figure.behind),
        "ids": group_ids_by_column(figure),
    }


def _share_to_json(share: Proportion, says: bool) -> dict[str, object]:
    """Return a share; without percent where `says` is False because it would mean nothing."""
    interval = share.interval
    return {
        "hits": share.hits,
        "of": share.of,
        "percent": None if share.percent is None or not says else round(share.percent, 3),
        "interval": None if interval is None else [round(bound, 3) for bound in interval],
    }
