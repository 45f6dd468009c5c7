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


def _format_change(each: TermChange) -> Iterator[str]:
    findings = "1 finding" if each.findings == 1 else f"{each.findings:,} findings"
    photographs = "1 photograph" if each.photos == 1 else f"{each.photos:,} photographs"
    name = each.now or each.then or each.term
    yield f"{name} ({each.term}): {findings} on {photographs}, made under vocabulary {each.version}"
    yield f"    {each.what}"
    if each.then:
        yield f"    then: {each.then}. {each.meant}"
    if each.now:
        yield f"    now:  {each.now}. {each.means}"
    if each.query:
        yield f"    read again: {each.query}"


def _format_total(found: VocabularyChanges) -> str:
    concerned = sum(change.findings for change in found.changed)
    what = "finding was" if concerned == 1 else "findings were"
    others = "1 other" if found.alike == 1 else f"{found.alike:,} others"
    return (
        f"{concerned:,} {what} made under a meaning that is another one in vocabulary {found.version}; "
        f"{others} of earlier versions mean the same."
    )
