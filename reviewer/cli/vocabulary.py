"""`reviewer vocabulary CASE`: which findings were made under a meaning that was changed since."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from reviewer.cli.case import open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.domain.errors import EXIT_DONE
from reviewer.services.reading.vocabulary_changes import (
    TermChange,
    VocabularyChanges,
    load_vocabulary_changes,
)


def print_vocabulary_changes(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        found = load_vocabulary_changes(case)
    if options.jsonl:
        print_lines(map(asdict, found.changed))
        return EXIT_DONE
    if options.json:
        told = {
            "vocabulary": found.version,
            "changed": [asdict(change) for change in found.changed],
            "findings_of_the_same_meaning": found.alike,
        }
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    for change in found.changed:
        print("\n".join(_format_change(change)))
    print(_format_total(found))
    return EXIT_DONE


def _format_change(change: TermChange) -> Iterator[str]:
    findings = "1 finding" if change.findings == 1 else f"{change.findings:,} findings"
    photographs = "1 photograph" if change.photos == 1 else f"{change.photos:,} photographs"
    name = change.now or change.then or change.term
    yield f"{name} ({change.term}): {findings} on {photographs}, made under vocabulary {change.version}"
    yield f"    {change.what}"
    if change.then:
        yield f"    then: {change.then}. {change.meant}"
    if change.now:
        yield f"    now:  {change.now}. {change.means}"
    if change.query:
        yield f"    read again: {change.query}"


def _format_total(found: VocabularyChanges) -> str:
    concerned = sum(change.findings for change in found.changed)
    what = "finding was" if concerned == 1 else "findings were"
    others = "1 other" if found.alike == 1 else f"{found.alike:,} others"
    return (
        f"{concerned:,} {what} made under a meaning that is another one in vocabulary {found.version}; "
        f"{others} of earlier versions mean the same."
    )
