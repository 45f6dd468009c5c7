"""Individuals by signs: the table from which figures of findings, headings and parts can be counted again.

One row for each Individual and Term, with its result, what it rests on, and the photographs behind it; a
codebook, and scripts that read and label it in R, SPSS and Stata. The same rule and the same Individuals as
in reports (docs/rules.md): Readings of the Examiners who are named, else of who exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from reviewer.domain.people.individual import sex_of
from reviewer.domain.people.individual_names import label
from reviewer.domain.summary.headings import (
    NO_FINDING_OF_A_REGION,
    part_result,
    regions_by_group,
    terms_under,
)
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import Result, TermSummary
from reviewer.services.counting.gathered import Gathered, gathered
from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import put_about, put_dictionary, table
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.tables.codebook import codebook
from reviewer.services.export.tables.label_scripts import Variable, for_r, for_spss, for_stata
from reviewer.services.export.tables.sign_columns import NOT_STATED, Counted, SignRow, columns
from reviewer.services.export.workbook import Sheets, put_together
from reviewer.services.jobs import JobControl
from reviewer.services.summary.summaries import Summaries

TABLE, WORKBOOK = "individuals-by-signs.csv", "individuals-by-signs.xlsx"
_SHEET = "individuals by signs"


class _Signs:
    """From the Summary of an Individual to its rows."""

    def __init__(self, found: Contents) -> None:
        self._vocabulary = found.vocabulary
        self._names = {each.id: each.name for each in found.examiners.values()}
        self._rules = SummaryRules(found.vocabulary)
        self._regions = regions_by_group(found.vocabulary)
        self._groups = {term.key: term.group for term in found.vocabulary.terms}
        headings: dict[str, list[str]] = {}
        for each in found.vocabulary.roll_ups:
            for term in terms_under(each, found.vocabulary):
                headings.setdefault(term, []).append(each.key)
        self._headings = {term: tuple(keys) for term, keys in headings.items()}

    def rows(self, of: Counted) -> Iterator[SignRow]:
        for term in of.summary.terms:
            group = self._groups.get(term.term, "")
            headings = self._headings.get(term.term, ())
            parts = self._parts(of, term, group)
            yield SignRow(of, term, group, headings, parts, self._vocabulary, self._names)

    def _parts(self, of: Counted, term: TermSummary, group: str) -> dict[str, Result]:
        """Nothing for signs that are not counted by parts. What was neither found nor asked about cannot be
        told anywhere."""
        if not group or group in NO_FINDING_OF_A_REGION:
            return {}
        if not (term.grounds or term.denied):
            return dict.fromkeys(self._regions, Result.CANNOT_TELL)
        needed = self._rules.needed(term.term, "" if of.sex == NOT_STATED else of.sex)
        return {
            key: part_result(of.summary, term, regions, needed, self._rules.body)
            for key, regions in self._regions.items()
        }


def rows_of(found: Contents, control: JobControl) -> Iterator[SignRow]:
    """Every row, Individual by Individual in the order of the Case, Terms in that of the vocabulary."""
    examiners = found.scope.examiners or (found.author,)
    chosen = gathered(found.of, found.scope.query, examiners)
    signs = _Signs(found)
    of_all = Summaries(found.of, examiners).of_all(chosen.worklist, control, chosen.is_counted)
    numbers = {id_: number for number, id_ in enumerate(chosen.people, start=1)}
    for group, summary in of_all:
        named, sex = _named(chosen, group.id, numbers[group.id])
        yield from signs.rows(Counted(group.id, named, sex, summary))


def _named(chosen: Gathered, id_: str, number: int) -> tuple[str, str]:
    known = chosen.known.get(id_)
    sex = sex_of(known) if known is not None else ""
    return label(known, number), sex or NOT_STATED


def make(found: Contents, folder: Folder, control: JobControl) -> None:
    control.check()
    control.progress(0, 1)
    every = columns(found.vocabulary)
    widths = [1] * len(every)
    people: dict[str, None] = {}
    with ExitStack() as files:
        sheets = Sheets(folder, files)
        sheets.begin(_SHEET, (column.name for column in every))
        with table(found, folder, TABLE, every) as written:
            for row in rows_of(found, control):
                values = [column.value(row) for column in every]
                widths = list(map(max, widths, map(_bytes, values)))
                written.add_values(values)
                cells = zip(every, values, strict=True)
                sheets.add(_SHEET, (column.as_cell(value) for column, value in cells))
                people[row.of.id] = None
        _further_sheets(found, sheets)
        with folder.file(WORKBOOK) as out:
            put_together(sheets.all, found.name, found.moment, out)
    _explain(found, folder, [Variable(c, width) for c, width in zip(every, widths, strict=True)])
    control.progress(max(1, len(people)), max(1, len(people)))


def _bytes(value: str) -> int:
    return len(value) if value.isascii() else len(value.encode())


def _further_sheets(found: Contents, sheets: Sheets) -> None:
    sheets.begin("data dictionary", ("column", "meaning"))
    for column in columns(found.vocabulary):
        sheets.add("data dictionary", (column.name, column.meaning))
    sheets.begin("about", ("fact", "value"))
    for fact in found.facts().items():
        sheets.add("about", fact)


def _explain(found: Contents, folder: Folder, variables: Sequence[Variable]) -> None:
    """What the columns and their values mean: for people, and for three programs."""
    folder.put("codebook.md", codebook(found, columns(found.vocabulary)).encode("utf-8"))
    for name, script in (("label.R", for_r), ("label.sps", for_spss), ("label.do", for_stata)):
        folder.put(name, script(TABLE, variables, found.vocabulary).encode("utf-8"))
    put_dictionary(found, folder, {TABLE: columns(found.vocabulary)})
    put_about(found, folder)


FORMAT = Format(
    "individuals-by-signs",
    "Individuals by signs, for statistics",
    "individuals-by-signs.csv and .xlsx (one row per individual and sign: result by the rule of the summary, "
    "reasons, regions, the result in each part of the body, photographs and findings behind it, lists an "
    "absence rests on, decision and who took it, sex, whether all photographs were read), codebook.md, "
    "dictionary.csv, label.R, label.sps and label.do (they read and label the table in R, SPSS and Stata) "
    "and about.csv; of one examiner's readings unless several are named",
    "single findings with their qualifiers and marks, readings, what is stated of individuals but number and "
    "sex (format csv); individuals that nobody accepted, photographs that belong to nobody",
    make,
    adds_up=True,
)
