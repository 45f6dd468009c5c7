"""How searching speaks: counts, saved lists, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.people.individual import SavedList
from reviewer.qt.widgets.type_box import Option, Question


def format_photographs(count: int) -> str:
    return "1 photograph" if count == 1 else f"{count:,} photographs"


def describe_list(found: SavedList) -> str:
    """What a saved list is made of."""
    if found.details:
        return f"A sample of {format_photographs(len(found.photos))} from: {found.query or 'everything'}"
    return found.query


def make_reasons_question(prompt: str, reasons: Sequence[str]) -> Question:
    """Reasons to read: the current one is shown whole below the list."""
    said = reasons or ["It is no longer found: what the query asks for was changed since."]

    def find(typed: str) -> list[Option]:
        return [Option(name, name, name) for name in said if typed.casefold() in name.casefold()]

    return Question(prompt, find, lambda _chosen: None)
