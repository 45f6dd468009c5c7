"""The query language: from a line of text to a tree, and back to the one way of writing it.

Side by side means "and". Conditions on findings (term, region, certainty, answer) that stand side by side
speak of one and the same Finding; brackets part them. `-` and `not` are about the Photo ("no such finding at
all"), `!=` is about the Finding ("a finding that is anything else").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.search.fields import find_query_field
from reviewer.domain.search.tokens import QueryError, QueryToken, TokenKind, quote_value, tokenize
from reviewer.domain.search.values import (
    check_words_searchable,
    interpret_condition,
    make_unknown_field_error,
)
from reviewer.domain.vocabulary.vocabulary import Vocabulary

DEEPEST_NESTING = 40
LONGEST_QUERY = 4000


@dataclass(frozen=True)
class QueryWords:
    """Full text: one word and what begins with it, or a `phrase` exactly."""

    text: str
    phrase: bool = False
    column: int = dataclasses.field(default=1, compare=False)


@dataclass(frozen=True)
class QueryCondition:
    """`field` `relation` `value`, or the range `value`..`upto`. `keys` is what the value means: keys of the
    vocabulary, choices, or the two ends of a range (see query_values)."""

    field: str
    relation: str
    value: str
    upto: str | None = None
    keys: tuple[str, ...] = ()
    phrase: bool = False
    column: int = dataclasses.field(default=1, compare=False)

    @property
    def of_finding(self) -> bool:
        known = find_query_field(self.field)
        return known is not None and known.of_finding


@dataclass(frozen=True)
class Not:
    item: QueryNode


@dataclass(frozen=True)
class And:
    """No item: everything. An And within an And was written in brackets and parts findings."""

    items: tuple[QueryNode, ...]


@dataclass(frozen=True)
class Or:
    items: tuple[QueryNode, ...]


QueryNode = QueryWords | QueryCondition | Not | And | Or
EVERYTHING = And(())


def parse_query(text: str, vocabulary: Vocabulary) -> QueryNode:
    """The tree of a query; EVERYTHING if nothing is asked. QueryError names the column."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(LONGEST_QUERY + 1, f"a query has at most {LONGEST_QUERY:,} characters.")
    parser = _QueryParser(tokenize(text), vocabulary)
    node = parser.parse_alternatives(0)
    left = parser.peek()
    if left.piece is TokenKind.CLOSE:
        raise QueryError(left.column, "this bracket closes nothing.", "Take it out, or open one before.")
    return node


class _QueryParser:
    """Recursive descent over the tokens: or, then side by side, then not, then what stands alone."""

    def __init__(self, found: list[QueryToken], vocabulary: Vocabulary) -> None:
        self._tokens = found
        self._place = 0
        self._vocabulary = vocabulary

    def peek(self) -> QueryToken:
        return self._tokens[self._place]

    def _next(self) -> QueryToken:
        token = self.peek()
        self._place += 1
        return token

    def parse_alternatives(self, depth: int) -> QueryNode:
        if depth > DEEPEST_NESTING:
            raise QueryError(
                self.peek().column, f"brackets lie in each other more than {DEEPEST_NESTING} times."
            )
        found = [self._parse_side_by_side(depth)]
        while self.peek().piece is TokenKind.OR:
            sign = self._next()
            if found[-1] == EVERYTHING or self.peek().piece in {TokenKind.OR, TokenKind.CLOSE, TokenKind.END}:
                raise QueryError(sign.column, "a condition was expected on both sides of or.")
            found.append(self._parse_side_by_side(depth))
        return join_with_or(found)

    def _parse_side_by_side(self, depth: int) -> QueryNode:
        found: list[QueryNode] = []
        sign: QueryToken | None = None
        while True:
            if self.peek().piece is TokenKind.AND:
                sign = self._next()
                if not found:
                    raise QueryError(sign.column, "a condition was expected before and.")
                continue
            if self.peek().piece in {TokenKind.OR, TokenKind.CLOSE, TokenKind.END}:
                if sign is not None and self._tokens[self._place - 1] is sign:
                    raise QueryError(self.peek().column, "after and a condition was expected.")
                return join_with_and(found)
            found.append(self._parse_one(depth))

    def _parse_one(self, depth: int) -> QueryNode:
        token = self._next()
        if token.piece is TokenKind.NOT:
            if self.peek().piece not in {TokenKind.OPEN, TokenKind.NOT, TokenKind.WORDS, TokenKind.CONDITION}:
                raise QueryError(self.peek().column, "after not a condition was expected.")
            if depth > DEEPEST_NESTING:
                raise QueryError(token.column, f"not stands before not more than {DEEPEST_NESTING} times.")
            return negate(self._parse_one(depth + 1))
        if token.piece is TokenKind.OPEN:
            return self._parse_brackets(token, depth)
        if token.piece is TokenKind.WORDS:
            check_words_searchable(token.text, token.column)
            return QueryWords(token.text, token.quoted, token.column)
        return self._parse_condition(token)

    def _parse_brackets(self, opening: QueryToken, depth: int) -> QueryNode:
        node = self.parse_alternatives(depth + 1)
        if self.peek().piece is not TokenKind.CLOSE:
            raise QueryError(opening.column, "this bracket is never closed.", "Add a closing bracket.")
        self._next()
        if node == EVERYTHING:
            raise QueryError(opening.column, "there is nothing in these brackets.")
        return put_in_brackets(node)

    def _parse_condition(self, token: QueryToken) -> QueryNode:
        known = find_query_field(token.field)
        if known is None:
            raise make_unknown_field_error(token)
        values = interpret_condition(token, known, self._vocabulary)
        return QueryCondition(known.name, column=token.column, **vars(values))


# trees in their one form


def join_with_and(items: Iterable[QueryNode]) -> QueryNode:
    """All of these, side by side."""
    found = tuple(items)
    return found[0] if len(found) == 1 else And(found)


def join_with_or(items: Iterable[QueryNode]) -> QueryNode:
    """One of these; alternatives of alternatives are alternatives."""
    found: list[QueryNode] = []
    for item in items:
        plain = _unwrap(item)
        found += plain.items if isinstance(plain, Or) else [plain]
    return found[0] if len(found) == 1 else Or(tuple(found))


def negate(item: QueryNode) -> QueryNode:
    return Not(_unwrap(item))


def put_in_brackets(node: QueryNode) -> QueryNode:
    """What brackets make of a tree: a part of its own if it speaks of a Finding, else no difference."""
    if isinstance(node, QueryCondition) and node.of_finding:
        return And((node,))
    return node


def _unwrap(node: QueryNode) -> QueryNode:
    """Without brackets around a single thing: they part nothing where nothing stands beside."""
    while isinstance(node, And) and len(node.items) == 1:
        node = node.items[0]
    return node


def format_query(node: QueryNode) -> str:
    """Format a query in its canonical form: `parse_query` makes the same tree of it."""
    node = _unwrap(node)
    if isinstance(node, And):
        return " ".join(_format_item(item) for item in node.items)
    if isinstance(node, Or):
        return " or ".join(format_query(item) for item in node.items)
    return _format_item(node)


def _format_item(node: QueryNode) -> str:
    """A tree as an item of an And or a Not."""
    if isinstance(node, And | Or):
        return f"({_format_items(node)})"
    if isinstance(node, Not):
        return f"-{_format_item(node.item)}"
    if isinstance(node, QueryWords):
        return quote_value(node.text, quoted=node.phrase)
    value = quote_value(node.value, quoted=node.phrase) if node.upto is None else f"{node.value}..{node.upto}"
    return f"{node.field}{node.relation}{value}"


def _format_items(node: And | Or) -> str:
    if isinstance(node, And):
        return " ".join(_format_item(item) for item in node.items)
    return format_query(node)


def iterate_leaves(node: QueryNode) -> Iterator[QueryWords | QueryCondition]:
    """Yield every condition of a tree, from left to right."""
    if isinstance(node, Not):
        yield from iterate_leaves(node.item)
    elif isinstance(node, And | Or):
        for item in node.items:
            yield from iterate_leaves(item)
    else:
        yield node
