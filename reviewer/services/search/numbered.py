"""Individuals by what the window calls them: "5" for the fifth, "P-0014" for a neutral label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewer.domain.search.query import And, Not, Or, QueryCondition, QueryNode, join_with_or, negate
from reviewer.domain.search.tokens import TokenKind, tokenize

PhotosByNumber = Mapping[str, Sequence[str]]
"""What an individual is shown as, in lower case -> its Photos (SHA-256)."""
NO_NUMBERS: PhotosByNumber = {}


def list_individuals_asked(text: str) -> list[str]:
    """What a query asks for as an individual, and its plain words, in lower case; nothing is read of it
    twice."""
    found = []
    for token in tokenize(text, tolerant=True):
        named = token.piece is TokenKind.CONDITION and token.field.casefold() == "individual"
        if named or token.piece is TokenKind.WORDS:
            found.append(token.text.casefold())
    return list(dict.fromkeys(found))


def put_numbers_in(node: QueryNode, numbers: PhotosByNumber) -> QueryNode:
    """The tree in which each `individual:` knows the Photos of the one that is shown as that."""
    if not numbers:
        return node
    if isinstance(node, Not):
        return negate(put_numbers_in(node.item, numbers))
    if isinstance(node, And):
        return And(tuple(put_numbers_in(item, numbers) for item in node.items))
    if isinstance(node, Or):
        return join_with_or(put_numbers_in(item, numbers) for item in node.items)
    if isinstance(node, QueryCondition) and node.field == "individual":
        return replace(node, keys=tuple(numbers.get(node.value.casefold(), ())))
    return node
