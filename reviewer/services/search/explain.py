"""Why a Photo is in a result, in words: which conditions hold, by which Finding, statement, card, note."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.search.plan import EveryStep, ExceptStep, FindingStep, PlanStep, SomeStep, plan_query
from reviewer.domain.search.query import (
    Not,
    QueryNode,
    format_query,
    join_with_and,
    join_with_or,
    parse_query,
)
from reviewer.services.case.open_case import OpenCase
from reviewer.services.search.search import resolve_lists
from reviewer.storage.search import reasons, search
from reviewer.storage.store import Connection


def explain_match(case: OpenCase, text: str, examiner: str | None, photo: str) -> list[str]:
    """Return a sentence for each condition that holds for a Photo (SHA-256); empty if it is not in the
    result."""
    node = parse_query(text, case.vocabulary)
    with case.store.read() as connection:
        step = plan_query(resolve_lists(connection, case, node))
        if not search.does_step_hold(connection, step, examiner, photo):
            return []
        said = list(dict.fromkeys(_list_reasons(case, connection, step, examiner, photo)))
    return said or ["Every photograph is found by this."]


def _list_reasons(
    case: OpenCase, connection: Connection, step: PlanStep, examiner: str | None, photo: str
) -> Iterator[str]:
    """Of a step that holds."""
    if isinstance(step, EveryStep | SomeStep):
        for item in step.items:
            # of alternatives only those that hold are reasons; of conditions side by side all of them are
            if isinstance(step, EveryStep) or search.does_step_hold(connection, item, examiner, photo):
                yield from _list_reasons(case, connection, item, examiner, photo)
    elif isinstance(step, ExceptStep):
        yield f"Not: {format_query(_step_to_node(step.item))}."
    elif isinstance(step, FindingStep):
        for finding in reasons.find_findings(connection, step.node, examiner, photo):
            yield f"{format_query(step.node)}: {_describe_finding(case, finding)}."
    else:
        found = reasons.find_reasons(connection, step, examiner, photo)
        asked = format_query(step)
        yield f"{asked}: {'; '.join(found)}." if found else f"{asked}."


def _step_to_node(step: PlanStep) -> QueryNode:
    """Return a step as a node that can be shown."""
    if isinstance(step, EveryStep):
        return join_with_and(_step_to_node(item) for item in step.items)
    if isinstance(step, SomeStep):
        return join_with_or(_step_to_node(item) for item in step.items)
    if isinstance(step, ExceptStep):
        return Not(_step_to_node(step.item))
    return step.node if isinstance(step, FindingStep) else step


def _describe_finding(case: OpenCase, finding: reasons.FoundFinding) -> str:
    vocabulary = case.vocabulary
    where = ", ".join(vocabulary.region_name(region) for region in finding.regions) or "no region"
    return f"finding {vocabulary.term_name(finding.term)}, {where}, {finding.answer}, {finding.certainty}"
