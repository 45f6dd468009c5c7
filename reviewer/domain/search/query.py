"""The query language: from a line of text to a tree, and back to the one way of writing it.

Side by side means "and". Conditions on findings (term, region, certainty, answer) that stand side by side
speak of one and the same Finding; brackets part them. `-` and `not` are about the Photo ("no such finding at
all"), `!=` is about the Finding ("a finding that is anything else").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.search.fields import field_of
from reviewer.domain.search.tokens import Piece, QueryError, Token, tokens, written
from reviewer.domain.search.values import checked_words, condition_values, unknown_field
from reviewer.domain.vocabulary.vocabulary import Vocabulary

DEEPEST = 40
LONGEST = 4000


@dataclass(frozen=True)
class Words:
    """Full text: one word and what begins with it, or a `phrase` exactly."""

    text: str
    phrase: bool = False
    column: int = dataclasses.field(default=1, compare=False)


@dataclass(frozen=True)
class Condition:
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
        known = field_of(self.field)
        return known is not None and known.of_finding


@dataclass(frozen=True)
class Not:
    item: Node


@dataclass(frozen=True)
class And:
    """No item: everything. An And within an And was written in brackets and parts findings."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    items: tuple[Node, ...]


Node = Words | Condition | Not | And | Or
EVERYTHING = And(())


def parse(text: str, vocabulary: Vocabulary) -> Node:
    """The tree of a query; EVERYTHING if nothing is asked. QueryError names the column."""
    if len(text) > LONGEST:
        raise QueryError(LONGEST + 1, f"a query has at most {LONGEST:,} characters.")
    parser = _Parser(tokens(text), vocabulary)
    node = parser.alternatives(0)
    left = parser.now()
    if left.piece is Piece.CLOSE:
        raise QueryError(left.column, "this bracket closes nothing.", "Take it out, or open one before.")
    return node


class _Parser:
    """Recursive descent over the tokens: or, then side by side, then not, then what stands alone."""

    def __init__(self, found: list[Token], vocabulary: Vocabulary) -> None:
        self._tokens = found
        self._place = 0
        self._vocabulary = vocabulary

    def now(self) -> Token:
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self.now()
        self._place += 1
        return token

    def alternatives(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise QueryError(self.now().column, f"brackets lie in each other more than {DEEPEST} times.")
        found = [self._side_by_side(depth)]
        while self.now().piece is Piece.OR:
            sign = self._next()
            if found[-1] == EVERYTHING or self.now().piece in {Piece.OR, Piece.CLOSE, Piece.END}:
                raise QueryError(sign.column, "a condition was expected on both sides of or.")
            found.append(self._side_by_side(depth))
        return either(found)

    def _side_by_side(self, depth: int) -> Node:
        found: list[Node] = []
        sign: Token | None = None
        while True:
            if self.now().piece is Piece.AND:
                sign = self._next()
                if not found:
                    raise QueryError(sign.column, "a condition was expected before and.")
                continue
            if self.now().piece in {Piece.OR, Piece.CLOSE, Piece.END}:
                if sign is not None and self._tokens[self._place - 1] is sign:
                    raise QueryError(self.now().column, "after and a condition was expected.")
                return both(found)
            found.append(self._one(depth))

    def _one(self, depth: int) -> Node:
        token = self._next()
        if token.piece is Piece.NOT:
            if self.now().piece not in {Piece.OPEN, Piece.NOT, Piece.WORDS, Piece.CONDITION}:
                raise QueryError(self.now().column, "after not a condition was expected.")
            if depth > DEEPEST:
                raise QueryError(token.column, f"not stands before not more than {DEEPEST} times.")
            return negated(self._one(depth + 1))
        if token.piece is Piece.OPEN:
            return self._bracketed(token, depth)
        if token.piece is Piece.WORDS:
            checked_words(token.text, token.column)
            return Words(token.text, token.quoted, token.column)
        return self._condition(token)

    def _bracketed(self, opening: Token, depth: int) -> Node:
        node = self.alternatives(depth + 1)
        if self.now().piece is not Piece.CLOSE:
            raise QueryError(opening.column, "this bracket is never closed.", "Add a closing bracket.")
        self._next()
        if node == EVERYTHING:
            raise QueryError(opening.column, "there is nothing in these brackets.")
        return bracketed(node)

    def _condition(self, token: Token) -> Node:
        known = field_of(token.field)
        if known is None:
            raise unknown_field(token)
        values = condition_values(token, known, self._vocabulary)
        return Condition(known.name, column=token.column, **vars(values))


# trees in their one form


def both(items: Iterable[Node]) -> Node:
    """All of these, side by side."""
    found = tuple(items)
    return found[0] if len(found) == 1 else And(found)


def either(items: Iterable[Node]) -> Node:
    """One of these; alternatives of alternatives are alternatives."""
    found: list[Node] = []
    for item in items:
        plain = _unwrapped(item)
        found += plain.items if isinstance(plain, Or) else [plain]
    return found[0] if len(found) == 1 else Or(tuple(found))


def negated(item: Node) -> Node:
    return Not(_unwrapped(item))


def bracketed(node: Node) -> Node:
    """What brackets make of a tree: a part of its own if it speaks of a Finding, else no difference."""
    if isinstance(node, Condition) and node.of_finding:
        return And((node,))
    return node


def _unwrapped(node: Node) -> Node:
    """Without brackets around a single thing: they part nothing where nothing stands beside."""
    while isinstance(node, And) and len(node.items) == 1:
        node = node.items[0]
    return node


def printed(node: Node) -> str:
    """The canonical form: `parse` makes the same tree of it."""
    node = _unwrapped(node)
    if isinstance(node, And):
        return " ".join(_within(item) for item in node.items)
    if isinstance(node, Or):
        return " or ".join(printed(item) for item in node.items)
    return _within(node)


def _within(node: Node) -> str:
    """A tree as an item of an And or a Not."""
    if isinstance(node, And | Or):
        return f"({_items(node)})"
    if isinstance(node, Not):
        return f"-{_within(node.item)}"
    if isinstance(node, Words):
        return written(node.text, quoted=node.phrase)
    value = written(node.value, quoted=node.phrase) if node.upto is None else f"{node.value}..{node.upto}"
    return f"{node.field}{node.relation}{value}"


def _items(node: And | Or) -> str:
    if isinstance(node, And):
        return " ".join(_within(item) for item in node.items)
    return printed(node)


def leaves(node: Node) -> Iterator[Words | Condition]:
    """Every condition of a tree, from left to right."""
    if isinstance(node, Not):
        yield from leaves(node.item)
    elif isinstance(node, And | Or):
        for item in node.items:
            yield from leaves(item)
    else:
        yield node
