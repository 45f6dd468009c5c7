"""The verbs that look and change nothing: status, ledger."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from reviewer.cli.case import open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.ledger.entry import Entry, to_canonical_json
from reviewer.domain.names import make_printable
from reviewer.services.case import history
from reviewer.services.case.open_case import OpenCase
from reviewer.services.people.individuals import load_individuals
from reviewer.services.reading.act_words import describe_entry


def print_status(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        found = _collect_counts(case)
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return EXIT_DONE
    readings, ledger = found["readings"], found["ledger"]
    print(f"case         {found['case']}")
    for line in _describe_names(found):
        print(line)
    accepted, proposed = found["individuals_accepted"], found["individuals_proposed"]
    print(f"individuals  {accepted:,} accepted, {proposed:,} proposed")
    dates = found["dates"]
    print(f"dates        {dates['none']:,} photos have none, {dates['doubt']:,} are in doubt")
    print(f"examiners    {found['examiners']:,}")
    print(f"readings     {readings['complete']:,} complete, {readings['open']:,} begun, ", end="")
    print(f"{readings['set_aside']:,} set aside")
    print(f"findings     {found['findings']:,}")
    print(f"ledger       {ledger['entries']:,} entries, head {ledger['head']}")
    return EXIT_DONE


def _describe_names(found: dict[str, Any]) -> Iterator[str]:
    """What became of everything that was met in the sources."""
    standing = found["photos"] - found["earlier"]
    yield f"names met    {found['names']:,} = {standing:,} photos + {found['duplicates']:,} duplicates"
    yield f"             + {found['problems']:,} problems + {found['left_out']:,} left out"
    if found["earlier"]:
        yield f"             and {found['earlier']:,} photos more whose path has another content now"
    yield f"files        {found['files']:,}, each counted once; {found['changed']:,} changed since"


def _collect_counts(case: OpenCase) -> dict[str, Any]:
    counts = case.counts()
    people = load_individuals(case, "").persons
    accepted = sum(person.is_accepted for person in people)
    return {
        "case": case.name,
        "photos": counts.photos,
        "earlier": counts.earlier,
        "names": counts.names,
        "files": counts.files,
        "duplicates": counts.duplicates,
        "problems": counts.problems,
        "left_out": counts.left_out,
        "changed": counts.changed,
        "dates": history.count_odd_dates(case),
        "individuals": len(people),
        "individuals_accepted": accepted,
        "individuals_proposed": len(people) - accepted,
        "examiners": counts.examiners,
        "sources": len(case.sources()),
        "readings": {"complete": counts.complete, "open": counts.open, "set_aside": counts.set_aside},
        "findings": counts.findings,
        "ledger": {"entries": counts.entries, "head": counts.head},
    }


def print_ledger(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        names = {examiner.id: examiner.name for examiner in case.examiners()}
        told = (
            {**vars(entry), "examiner": names.get(entry.author, "")}
            for entry in history.iterate_entries(case)
        )
        if options.jsonl:
            print_lines(told)
        elif options.json:
            print(json.dumps({"entries": list(told)}, ensure_ascii=False))
        else:
            for entry in history.iterate_entries(case):
                print(_format_entry(entry, names, case))
    return EXIT_DONE


def _format_entry(entry: Entry, names: dict[str, str], case: OpenCase) -> str:
    name = make_printable(names.get(entry.author, entry.author))
    words = make_printable(describe_entry(entry, case.vocabulary))
    body = make_printable(to_canonical_json(entry.body).decode("utf-8"))
    return (
        f"{entry.tick} {entry.at} {name}: {words} [{entry.act} {entry.subject[:12]}] {body} {entry.hash[:16]}"
    )
