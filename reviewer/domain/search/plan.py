"""What a query asks of a Photo: conditions on Findings joined where they speak of one and the same.

Where nothing is said of the answer, a Finding counts that is there: present or non-specific. A copied Finding
that nobody confirmed never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.search.query import And, Condition, Node, Not, Or, Words


@dataclass(frozen=True)
class OneFinding:
    """`node` holds conditions on Findings only; a Photo has one that meets them all."""

    node: Node


@dataclass(frozen=True)
class Except:
    item: Step


@dataclass(frozen=True)
class Every:
    items: tuple[Step, ...]


@dataclass(frozen=True)
class Some:
    items: tuple[Step, ...]


Step = Words | Condition | OneFinding | Except | Every | Some


def plan(node: Node) -> Step:
    """The steps of a tree. `(..)` within side by side parts; an `or` of conditions on Findings does not."""
    if isinstance(node, Not):
        return Except(plan(node.item))
    if isinstance(node, Or):
        return Some(tuple(plan(item) for item in node.items))
    if isinstance(node, And):
        return _every(node.items)
    return OneFinding(node) if _speaks(node) else node


def _every(items: Iterable[Node]) -> Step:
    there = tuple(items)
    joined = tuple(item for item in there if _speaks(item))
    found: list[Step] = [plan(item) for item in there if not _speaks(item)]
    if joined:
        found.insert(0, OneFinding(joined[0] if len(joined) == 1 else And(joined)))
    return found[0] if len(found) == 1 else Every(tuple(found))


def _speaks(item: Node) -> bool:
    """Whether this joins the conditions beside it: a condition on a Finding, or alternatives of such."""
    if isinstance(item, Condition):
        return item.of_finding
    return isinstance(item, Or) and all(_is_pure(each) for each in item.items)


def _is_pure(item: Node) -> bool:
    if isinstance(item, And):
        return bool(item.items) and all(
            isinstance(each, Condition) and each.of_finding for each in item.items
        )
    return _speaks(item)


def says_answer(node: Node) -> bool:
    """Whether conditions on one Finding say anything of its answer."""
    if isinstance(node, Condition):
        return node.field == "answer"
    return isinstance(node, And | Or) and any(says_answer(item) for item in node.items)
