"""What a query asks of a Photo: conditions on Findings joined where they speak of one and the same.

Where nothing is said of the answer, a Finding counts that is there: present or non-specific. A copied Finding
that nobody confirmed never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.search.query import And, Not, Or, QueryCondition, QueryNode, QueryWords


@dataclass(frozen=True)
class FindingStep:
    """`node` holds conditions on Findings only; a Photo has one that meets them all."""

    node: QueryNode


@dataclass(frozen=True)
class ExceptStep:
    item: PlanStep


@dataclass(frozen=True)
class EveryStep:
    items: tuple[PlanStep, ...]


@dataclass(frozen=True)
class SomeStep:
    items: tuple[PlanStep, ...]


PlanStep = QueryWords | QueryCondition | FindingStep | ExceptStep | EveryStep | SomeStep


def plan_query(node: QueryNode) -> PlanStep:
    """The steps of a tree. `(..)` within side by side parts; an `or` of conditions on Findings does not."""
    if isinstance(node, Not):
        return ExceptStep(plan_query(node.item))
    if isinstance(node, Or):
        return SomeStep(tuple(plan_query(item) for item in node.items))
    if isinstance(node, And):
        return _plan_every(node.items)
    return FindingStep(node) if _speaks_of_finding(node) else node


def _plan_every(items: Iterable[QueryNode]) -> PlanStep:
    there = tuple(items)
    joined = tuple(item for item in there if _speaks_of_finding(item))
    found: list[PlanStep] = [plan_query(item) for item in there if not _speaks_of_finding(item)]
    if joined:
        found.insert(0, FindingStep(joined[0] if len(joined) == 1 else And(joined)))
    return found[0] if len(found) == 1 else EveryStep(tuple(found))


def split_finding_conditions(node: QueryNode) -> tuple[tuple[QueryNode, ...], tuple[QueryNode, ...]]:
    """What stands side by side: the conditions on one and the same Finding, and all others."""
    items = node.items if isinstance(node, And) else (node,)
    joined = tuple(item for item in items if _speaks_of_finding(item))
    return joined, tuple(item for item in items if not _speaks_of_finding(item))


def _speaks_of_finding(item: QueryNode) -> bool:
    """Whether this joins the conditions beside it: a condition on a Finding, or alternatives of such."""
    if isinstance(item, QueryCondition):
        return item.of_finding
    return isinstance(item, Or) and all(_is_of_findings_only(part) for part in item.items)


def _is_of_findings_only(item: QueryNode) -> bool:
    if isinstance(item, And):
        return bool(item.items) and all(
            isinstance(part, QueryCondition) and part.of_finding for part in item.items
        )
    return _speaks_of_finding(item)


def mentions_answer(node: QueryNode) -> bool:
    """Whether conditions on one Finding say anything of its answer."""
    if isinstance(node, QueryCondition):
        return node.field == "answer"
    return isinstance(node, And | Or) and any(mentions_answer(item) for item in node.items)
