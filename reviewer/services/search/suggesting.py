"""What plain words may mean in a Case, each meaning with how many photographs it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.search.bare_words import (
    BareWords,
    WordCandidate,
    find_word_candidates,
    split_bare_words,
)
from reviewer.domain.search.query import parse_query
from reviewer.domain.search.tokens import quote_value
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.search.numbered import NO_NUMBERS, PhotosByNumber, put_numbers_in
from reviewer.services.search.search import resolve_lists
from reviewer.storage.search import occurring_values, search
from reviewer.storage.store import Connection

TOGETHER, FINDINGS, REGIONS = "Both together", "Findings", "Regions"
OTHERS = "Individuals, files, notes"
_MOST_VALUES = 2


@dataclass(frozen=True)
class Suggestion:
    """One meaning: the query that Enter shows, and how many Photos it finds; `individuals` only where they
    were counted too."""

    name: str
    detail: str
    query: str
    photos: int
    individuals: int | None = None


@dataclass(frozen=True)
class SuggestionGroup:
    """Meanings of one kind; each kind is there although nothing is found: one sees what was searched."""

    title: str
    rows: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Suggestions:
    """All meanings of plain words. `first` is the one that Enter shows unless another is chosen; with
    `is_offered_only` none is, until somebody chooses."""

    groups: tuple[SuggestionGroup, ...]
    is_offered_only: bool = False

    @property
    def rows(self) -> tuple[Suggestion, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def first(self) -> Suggestion | None:
        """The first that finds anything."""
        return next((row for row in self.rows if row.photos), None)


def suggest_meanings(
    case: ReadableCase,
    text: str,
    examiner: str | None,
    *,
    numbers: PhotosByNumber = NO_NUMBERS,
    masked: bool = False,
) -> Suggestions | None:
    """The meanings of the plain words in a query; None where it has none. For a job.

    Where context is masked, numbers and names that occur in the Case are not offered: only what was typed is
    asked.
    """
    bare = split_bare_words(text)
    if bare is None:
        return None
    with case.store.read() as connection:
        asking = _Asking(case, connection, bare, examiner, numbers)
        meant = find_word_candidates(bare.words, case.vocabulary)
        others = [*asking.list_individuals(masked), asking.make_files(), asking.make_notes()]
        groups = [
            *([SuggestionGroup(TOGETHER, asking.count_all(meant.together, True))] if meant.together else []),
            SuggestionGroup(FINDINGS, asking.count_all(meant.findings) or (_make_none("No finding"),)),
            SuggestionGroup(REGIONS, asking.count_all(meant.regions) or (_make_none("No region"),)),
            SuggestionGroup(OTHERS, tuple(asking.count(row) for row in others)),
        ]
    return Suggestions(tuple(groups))


def join_suggestions(first: Suggestions, then: Suggestions) -> Suggestions:
    """What would find something, then the meanings that find nothing: none is chosen beforehand."""
    return Suggestions((*first.groups, *then.groups), is_offered_only=True)


def _make_none(kind: str) -> Suggestion:
    return Suggestion(kind, "is called like this", "", 0)


@dataclass(frozen=True)
class _Asking:
    case: ReadableCase
    connection: Connection
    bare: BareWords
    examiner: str | None
    numbers: PhotosByNumber

    def count_all(
        self, rows: tuple[WordCandidate, ...], with_individuals: bool = False
    ) -> tuple[Suggestion, ...]:
        return tuple(self.count(row, with_individuals) for row in rows)

    def count(self, row: WordCandidate, with_individuals: bool = False) -> Suggestion:
        """How many Photos one meaning finds together with the conditions that stand beside the words."""
        query = self.bare.join_query(row.query)
        try:
            node = parse_query(query, self.case.vocabulary)
            node = resolve_lists(self.connection, self.case, put_numbers_in(node, self.numbers))
        except KnownError:  # a condition beside the words is half typed
            return Suggestion(row.name, row.detail, query, 0)
        if with_individuals:
            found = search.count_photos_and_individuals(self.connection, node, self.examiner)
            return Suggestion(row.name, row.detail, query, found.photos, found.individuals)
        return Suggestion(
            row.name, row.detail, query, search.count_photos(self.connection, node, self.examiner)
        )

    def list_individuals(self, masked: bool) -> Iterator[WordCandidate]:
        typed = self.bare.text
        there = () if masked else occurring_values.find_values_beginning(self.connection, "individual", typed)
        values = [value for value in there if value.casefold() != typed.casefold()][:_MOST_VALUES]
        yield WordCandidate(
            f"Individuals \u201c{typed}\u201d", "by number or name", f"individual:{quote_value(typed)}"
        )
        for value in values:
            yield WordCandidate(f"Individuals \u201c{value}\u201d", "", f"individual={quote_value(value)}")

    def make_files(self) -> WordCandidate:
        typed = self.bare.text
        return WordCandidate(f"Files \u201c{typed}\u201d", "in the name", f"file:{quote_value(typed)}")

    def make_notes(self) -> WordCandidate:
        query = " ".join(f"note:{quote_value(word)}" for word in self.bare.words)
        return WordCandidate(f"Notes with \u201c{self.bare.text}\u201d", "of your readings", query)
