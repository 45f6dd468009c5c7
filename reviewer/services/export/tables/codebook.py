"""The codebook of the table of individuals by signs: what a row, a column and a value say, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from reviewer.domain.summary.headings import list_terms_under
from reviewer.domain.summary.summary import TermResult, UndecidedCause
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.label_scripts import list_coded_columns
from reviewer.services.export.tables.sign_columns import SignRow

_RESULT_MEANINGS = {
    TermResult.PRESENT: "a finding that was stated, on a complete reading, and that nothing contradicts; "
    "or a person decided so",
    TermResult.ABSENT: "stated to be absent or looked for, in every "
    "place where it could be, on an individual "
    "whose photographs were all read; or a person decided so",
    TermResult.CONFLICT: "findings that other readings contradict, and nobody decided",
    TermResult.AFTER_DEATH: "recorded as after death",
    TermResult.UNSTATED: "found, but nobody stated how certain that is",
    TermResult.CANNOT_TELL: "everything else; the reasons stand in the column `reasons`. It is never absent",
}


def make_codebook(
    found: Contents,
    columns: Sequence[ExportColumn[SignRow]],
    kind_of: Callable[[ExportColumn[SignRow]], str] | None = None,
) -> str:
    """Make the codebook as Markdown. `kind_of` gives the kind of a column where a format has kinds that CSV
    does not."""
    few = list_coded_columns(found.vocabulary)
    told = _format_columns(columns, kind_of or (lambda column: _describe_kind(column, few)))
    return "\n".join([*_format_header(found), *told, *_format_values(found), *_format_terms(found)]) + "\n"


def _format_header(found: Contents) -> Iterator[str]:
    yield "# Codebook: individuals by signs"
    yield ""
    yield (
        "One row is what the readings say of one sign of one individual. Counted are rows with `all_read` "
        "yes: figures of findings, headings and parts of the body follow from this table alone. Of a share "
        "say of how many: of all, or of those present and absent; where nobody is absent the latter says "
        "nothing. Rows of one individual are not independent of each other."
    )
    yield ""
    yield (
        "A heading is present if one of its signs is, else conflict, after death or certainty not stated if "
        "one is (in this order), absent if all are, else cannot tell."
    )
    yield ""
    yield from _format_table(
        ("fact", "value"), ((name, str(value)) for name, value in found.about_facts().items())
    )


def _format_columns(
    columns: Sequence[ExportColumn[SignRow]], kind_of: Callable[[ExportColumn[SignRow]], str]
) -> Iterator[str]:
    yield from ("", "## Columns", "")
    told = ((column.name, kind_of(column), column.meaning) for column in columns)
    yield from _format_table(("column", "kind", "meaning"), told)


def _describe_kind(column: ExportColumn[SignRow], few: dict[str, tuple[str, ...]]) -> str:
    if column.name in few:
        return "; ".join(f"{code} {value}" for code, value in enumerate(few[column.name], start=1))
    if column.whole:
        return "whole number"
    return "text of people: an apostrophe may stand before it" if column.free else "text"


def _format_values(found: Contents) -> Iterator[str]:
    yield from ("", "## Results", "")
    told = (
        (str(code), str(result), _RESULT_MEANINGS[result]) for code, result in enumerate(TermResult, start=1)
    )
    yield from _format_table(("code", "result", "meaning"), told)
    yield from ("", "## Reasons why it cannot be told", "")
    yield from (f"- {cause}" for cause in UndecidedCause)
    yield from ("", "## Headings", "")
    headings = (
        (heading.key, heading.name, ", ".join(list_terms_under(heading, found.vocabulary)))
        for heading in found.vocabulary.roll_ups
    )
    yield from _format_table(("key", "name", "signs"), headings)


def _format_terms(found: Contents) -> Iterator[str]:
    yield from ("", f"## Signs of vocabulary {found.vocabulary.version}", "")
    told = (
        (term.key, term.name, term.group, "no" if term.never_absent else "yes", term.definition)
        for term in found.vocabulary.terms
    )
    yield from _format_table(("key", "name", "group", "can be absent", "definition"), told)


def _format_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _format_row(head)
    yield "|" + "---|" * len(head)
    for row in rows:
        yield _format_row(row)


def _format_row(cells: Sequence[str]) -> str:
    """Bars and line ends would end a cell."""
    plain = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(plain)} |"
