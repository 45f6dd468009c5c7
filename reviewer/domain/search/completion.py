"""What can stand where the cursor is in a query: fields, values of the vocabulary, values of the Case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.search.fields import (
    DOUBT_VALUE,
    NONE_VALUE,
    QUERY_FIELDS,
    FieldKind,
    QueryField,
    find_query_field,
)
from reviewer.domain.search.tokens import QueryToken, TokenKind, quote_value, tokenize
from reviewer.domain.vocabulary.type_ahead import split_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary

MOST_COMPLETIONS = 12
OccurringValues = Callable[[str, str], Iterable[str]]
"""(field, what is typed so far) -> values that occur in the Case."""


@dataclass(frozen=True)
class Completion:
    """`text` takes the place of what is typed; `detail` explains it."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class Completions:
    """What fits; a chosen one takes the place of the text from `start` to `end`."""

    start: int
    end: int
    found: tuple[Completion, ...]

    def apply(self, text: str, chosen: Completion) -> tuple[str, int]:
        """Return the text with one of them put in, and where the cursor is then."""
        rest = text[self.end :]
        gap = "" if chosen.text.endswith(":") or rest.startswith((" ", ")")) else " "
        before = text[: self.start] + chosen.text + gap
        return before + rest, len(before)


def complete_query(text: str, cursor: int, vocabulary: Vocabulary, values: OccurringValues) -> Completions:
    """Find what fits at the cursor; it never fails on what is half typed."""
    token = _find_token_at(text, cursor)
    if token is None:
        return Completions(cursor, cursor, tuple(_complete_fields("")))
    if token.piece is not TokenKind.CONDITION:
        typed = text[token.start : cursor]
        return Completions(token.start, token.end, tuple(_complete_fields(typed)))
    known = find_query_field(token.field)
    if known is None:
        return Completions(token.start, token.end, tuple(_complete_fields(token.field)))
    typed = text[token.value_at : cursor].lstrip('"')
    head, dots, last = typed.rpartition("..")
    start = token.value_at + (len(head) + 2 if dots and known.takes_ranges else 0)
    wanted = last if dots and known.takes_ranges else typed
    found = _complete_values(known, wanted, vocabulary, values)
    return Completions(start, max(token.end, start), tuple(found)[:MOST_COMPLETIONS])


def _find_token_at(text: str, cursor: int) -> QueryToken | None:
    """The word or condition the cursor stands in or behind."""
    for token in tokenize(text, tolerant=True):
        if token.piece in {TokenKind.OPEN, TokenKind.CLOSE, TokenKind.NOT, TokenKind.END}:
            continue
        if token.start < cursor <= token.end:
            return token
    return None


def _complete_fields(typed: str) -> Iterator[Completion]:
    wanted = typed.casefold()
    for field in QUERY_FIELDS:
        if field.name.startswith(wanted):
            yield Completion(f"{field.name}:", f"Photographs {field.says}")


def _complete_values(
    known: QueryField, typed: str, vocabulary: Vocabulary, values: OccurringValues
) -> Iterator[Completion]:
    wanted = typed.casefold()
    if known.kind is FieldKind.TERM:
        groups = ((group.key, f"All of: {group.name}") for group in vocabulary.term_groups)
        names = ((term.name, term.definition) for term in vocabulary.terms)
        yield from _complete_names(wanted, [*groups, *names])
    elif known.kind in {FieldKind.REGION, FieldKind.COVERS}:
        covers = known.kind is FieldKind.COVERS
        views = [(view.key, f"View: {view.name}") for view in vocabulary.views if covers]
        aspects = [
            (key, f"One side: {vocabulary.region_name(key)}")
            for region in vocabulary.body
            if covers and region.aspects
            for key in region.shown_as
        ]
        groups = ((group.key, f"All of: {group.name}") for group in vocabulary.region_groups)
        sided = ((part.stem, "Both sides") for part in vocabulary.regions if part.side)
        names = ((part.name, part.key) for part in vocabulary.regions)
        yield from _complete_names(wanted, [*views, *groups, *sided, *names, *aspects])
    elif known.kind is FieldKind.DESCRIBED:
        yield from _complete_description_answers(known, wanted, vocabulary)
    elif known.choices:
        yield from _complete_names(wanted, [(choice, "") for choice in known.choices])
    else:
        named = {"taken": (NONE_VALUE, DOUBT_VALUE), "individual": (NONE_VALUE,)}.get(known.name, ())
        fitting = [name for name in named if name.startswith(wanted)]
        for value in dict.fromkeys([*fitting, *values(known.name, typed)]):
            yield Completion(quote_value(value), "")


def _complete_description_answers(
    known: QueryField, wanted: str, vocabulary: Vocabulary
) -> Iterator[Completion]:
    """Answers by their key or by a word of their name; the key is what is written."""
    described = vocabulary.description_question(known.name)
    for choice in described.choices if described is not None else ():
        if any(word.startswith(wanted) for word in (choice.key, *split_words(choice.name))):
            yield Completion(choice.key, choice.name)


def _complete_names(wanted: str, there: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """Those with a word that begins like this, each name once, those that begin so themselves first."""
    typed = split_words(wanted)
    seen: dict[str, str] = {}
    for name, detail in there:
        fits = all(any(word.startswith(beginning) for word in split_words(name)) for beginning in typed)
        if fits or name.casefold().startswith(wanted):
            seen.setdefault(name, detail)
    for name in sorted(seen, key=lambda text: not text.casefold().startswith(wanted)):
        yield Completion(quote_value(name), seen[name])
