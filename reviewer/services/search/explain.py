"""Why a Photo is in a result, in words: which conditions hold, by which Finding, statement, card, note."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.search.plan import Every, Except, OneFinding, Some, Step, plan
from reviewer.domain.search.query import Node, Not, both, either, parse, printed
from reviewer.services.case.open_case import OpenCase
from reviewer.services.search.search import prepared
from reviewer.storage.search import reasons, search
from reviewer.storage.store import Connection


def explain(case: OpenCase, text: str, examiner: str | None, photo: str) -> list[str]:
    """A sentence for each condition that holds for a Photo (SHA-256); nothing if it is not in the result."""
    node = parse(text, case.vocabulary)
    with case.store.read() as connection:
        step = plan(prepared(connection, case, node))
        if not search.holds(connection, step, examiner, photo):
            return []
        said = list(dict.fromkeys(_reasons(case, connection, step, examiner, photo)))
    return said or ["Every photograph is found by this."]


def _reasons(
    case: OpenCase, connection: Connection, step: Step, examiner: str | None, photo: str
) -> Iterator[str]:
    """Of a step that holds."""
    if isinstance(step, Every | Some):
        for item in step.items:
            # of alternatives only those that hold are reasons; of conditions side by side all of them are
            if isinstance(step, Every) or search.holds(connection, item, examiner, photo):
                yield from _reasons(case, connection, item, examiner, photo)
    elif isinstance(step, Except):
        yield f"Not: {printed(_tree(step.item))}."
    elif isinstance(step, OneFinding):
        for finding in reasons.findings(connection, step.node, examiner, photo):
            yield f"{printed(step.node)}: {_finding_in_words(case, finding)}."
    else:
        found = reasons.reasons(connection, step, examiner, photo)
        asked = printed(step)
        yield f"{asked}: {'; '.join(found)}." if found else f"{asked}."


def _tree(step: Step) -> Node:
    """A step as it was asked, for showing."""
    if isinstance(step, Every):
        return both(_tree(item) for item in step.items)
    if isinstance(step, Some):
        return either(_tree(item) for item in step.items)
    if isinstance(step, Except):
        return Not(_tree(step.item))
    return step.node if isinstance(step, OneFinding) else step


def _finding_in_words(case: OpenCase, finding: reasons.FoundFinding) -> str:
    vocabulary = case.vocabulary
    where = ", ".join(vocabulary.region_name(each) for each in finding.regions) or "no region"
    return f"finding {vocabulary.term_name(finding.term)}, {where}, {finding.answer}, {finding.certainty}"
