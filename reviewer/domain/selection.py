"""What a query says of what is counted: figures of those it chooses say how they were chosen.

Whoever counts bruises among photographs with a bruise finds 100 %. A query by what is stated of a person, by
place or by date is another selection too, but not by what was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.query import And, Condition, Node, Not, Or, printed
from reviewer.domain.query_fields import DESCRIBED

_OF_READINGS = frozenset(
    {
        "answer",
        "certainty",
        "conclusion",
        "covers",
        "findings",
        "note",
        "region",
        "state",
        "term",
        "vocabulary",
        *(name for name, _says in DESCRIBED),
    }
)
"""Fields that ask what an examiner read, found or wrote."""
_THINGS_READ = frozenset(
    {"coverage", "description", "finding", "list", "mark", "note", "unconfirmed", "unstated"}
)
"""Values of `has` that ask the same."""


def of_readings(node: Node) -> tuple[str, ...]:
    """The conditions of a query that speak of what is counted, as they are printed, each once.

    Words by themselves are looked for in notes too, and are among them.
    """
    return tuple(dict.fromkeys(printed(each) for each in _leaves(node) if _asks_of_readings(each)))


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, And | Or):
        for item in node.items:
            yield from _leaves(item)
    elif isinstance(node, Not):
        yield from _leaves(node.item)
    else:
        yield node


def _asks_of_readings(leaf: Node) -> bool:
    if not isinstance(leaf, Condition):
        return True
    if leaf.field == "has":
        return leaf.value in _THINGS_READ
    return leaf.field in _OF_READINGS
