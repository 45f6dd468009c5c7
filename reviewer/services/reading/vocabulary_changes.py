"""Findings whose Term meant something else when they were made: how many, and how to read them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.reading.terms import MadeUnder, made_under_others


@dataclass(frozen=True)
class Change:
    """A Term of one earlier version that Findings of the Case were made under.

    `now` is "" where the vocabulary no longer has the Term, `then` and `meant` where no earlier version is
    known to have had it. `what` says what changed. `query` finds the photographs with these Findings, ""
    where none can.
    """

    term: str
    version: str
    then: str
    meant: str
    now: str
    means: str
    what: str
    findings: int
    photos: int
    query: str


@dataclass(frozen=True)
class Changes:
    """`changed` are Findings whose Term changed its meaning; `alike` counts others of earlier versions."""

    version: str
    changed: tuple[Change, ...]
    alike: int


def changes(case: OpenCase) -> Changes:
    """What changed its meaning since Findings of the Case were made, by Term and version."""
    with case.store.read() as connection:
        found = made_under_others(connection, case.vocabulary.version)
    return changes_of(case.vocabulary, found)


def changes_of(vocabulary: Vocabulary, found: Iterable[MadeUnder]) -> Changes:
    changed, alike = [], 0
    for each in found:
        change = _change(vocabulary, each)
        if change.what:
            changed.append(change)
        else:
            alike += each.findings
    return Changes(vocabulary.version, tuple(changed), alike)


def _change(vocabulary: Vocabulary, found: MadeUnder) -> Change:
    term = vocabulary.term(found.term)
    then = next((e.terms.get(found.term) for e in vocabulary.earlier if e.version == found.version), None)
    gone = "The vocabulary no longer has it."
    return Change(
        term=found.term,
        version=found.version,
        then=then.name if then else "",
        meant=then.definition if then else "",
        now=term.name if term else "",
        means=term.definition if term else "",
        what=term.changed if term else gone,
        findings=found.findings,
        photos=found.photos,
        query=f"vocabulary:{found.version} term={found.term} answer:any" if term and then else "",
    )
