"""What the statistics screen asks: a query, an entry of the ledger, a table to break a figure down by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Figure, Table
from reviewer.qt.widgets.type_box import Option, Question, make_text_question


def make_query_question(before: str, take: Callable[[str], None]) -> Question:
    """Which photographs are counted; nothing typed is all of them."""
    now = f"Now: {before}. " if before else ""
    prompt = f"{now}Count what a query finds, as term:bruise or taken:2012. Nothing typed counts everything."
    return make_text_question(prompt, lambda text: take(text.strip()))


def make_entry_question(there: int, take: Callable[[int | None], None]) -> Question:
    """As of which entry; nothing typed is the Case as it stands."""
    prompt = (
        f"As of which entry of the ledger? The figures shown are as of {there:,}. "
        "Nothing typed: as the case stands."
    )

    return make_text_question(prompt, lambda text: take(parse_entry(text)))


def parse_entry(text: str) -> int | None:
    """The number, None for nothing; KnownError for what is no number."""
    digits = text.strip().replace(",", "").replace(" ", "")
    if not digits:
        return None
    if not digits.isdecimal():
        raise KnownError(f"{text.strip()} is no number of an entry.", "Type a number, as 1200.", code="usage")
    return int(digits)


def make_break_down_question(
    figure: Figure, tables: Sequence[Table], take: Callable[[Table], None]
) -> Question:
    """By which other table a figure is broken down; `tables` are those of its unit."""
    by_key = {table.key: table for table in tables}

    def find(typed: str) -> list[Option]:
        wanted = typed.casefold()
        return [Option(table.key, table.title) for table in tables if wanted in table.title.casefold()]

    return Question(f"{figure.label}: broken down by", find, lambda key: take(by_key[key]), ahead=True)
