"""Findings whose Term meant something else when they were made: how many, and how to read them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.reading.terms import FindingsUnderVersion, count_findings_under_other_versions


@dataclass(frozen=True)
class TermChange:
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
class VocabularyChanges:
    """`changed` are Findings whose Term changed its meaning; `alike` counts others of earlier versions."""

    version: str
    changed: tuple[TermChange, ...]
    alike: int


def load_vocabulary_changes(case: OpenCase) -> VocabularyChanges:
    """Load the Terms whose meaning changed since Findings of the Case were made, by Term and version."""
    with case.store.read() as connection:
        found = count_findings_under_other_versions(connection, case.vocabulary.version)
    return find_vocabulary_changes(case.vocabulary, found)


def find_vocabulary_changes(
    vocabulary: Vocabulary, found: Iterable[FindingsUnderVersion]
) -> VocabularyChanges:
    changed, alike = [], 0
    for counted in found:
        change = _make_term_change(vocabulary, counted)
        if change.what:
            changed.append(change)
        else:
            alike += counted.findings
    return VocabularyChanges(vocabulary.version, tuple(changed), alike)


def _make_term_change(vocabulary: Vocabulary, found: FindingsUnderVersion) -> TermChange:
    term = vocabulary.term(found.term)
    then = next((e.terms.get(found.term) for e in vocabulary.earlier if e.version == found.version), None)
    gone = "The vocabulary no longer has it."
    return TermChange(
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
