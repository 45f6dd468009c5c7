"""Individuals by signs: the table from which figures of findings, headings and parts can be counted again.

One row for each Individual and Term, with its result, what it rests on, and the photographs behind it; a
codebook, and scripts that read and label it in R, SPSS and Stata. The same rule and the same Individuals as
in reports (docs/rules.md): Readings of the Examiners who are named, else of who exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import find_stated_sex
from reviewer.domain.people.individual_names import make_individual_label
from reviewer.domain.summary.headings import (
    NO_FINDING_OF_A_REGION,
    compute_body_part_result,
    group_regions,
    list_terms_under,
)
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.services.counting.cohort import Cohort, gather_cohort
from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import open_table, write_about, write_dictionary
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.tables.codebook import make_codebook
from reviewer.services.export.tables.label_scripts import (
    LabelledVariable,
    make_r_script,
    make_spss_script,
    make_stata_script,
)
from reviewer.services.export.tables.sign_columns import NOT_STATED, CountedIndividual, SignRow, make_columns
from reviewer.services.export.workbook import WorkbookSheets, write_workbook
from reviewer.services.jobs import JobControl
from reviewer.services.summary.summaries import Summariser

TABLE_NAME, WORKBOOK_NAME = "individuals-by-signs.csv", "individuals-by-signs.xlsx"
_SHEET_NAME = "individuals by signs"


class _SignRowMaker:
    """From the Summary of an Individual to its rows."""

    def __init__(self, found: Contents) -> None:
        self._vocabulary = found.vocabulary
        self._names = {examiner.id: examiner.name for examiner in found.examiners.values()}
        self._rules = SummaryRules(found.vocabulary)
        self._regions = group_regions(found.vocabulary)
        self._groups = {term.key: term.group for term in found.vocabulary.terms}
        headings = group_pairs(
            (term, heading.key)
            for heading in found.vocabulary.roll_ups
            for term in list_terms_under(heading, found.vocabulary)
        )
        self._headings = {term: tuple(keys) for term, keys in headings.items()}

    def make_rows(self, of: CountedIndividual) -> Iterator[SignRow]:
        for term in of.summary.terms:
            group = self._groups.get(term.term, "")
            headings = self._headings.get(term.term, ())
            parts = self._list_results_by_part(of, term, group)
            yield SignRow(of, term, group, headings, parts, self._vocabulary, self._names)

    def _list_results_by_part(
        self, of: CountedIndividual, term: TermSummary, group: str
    ) -> dict[str, TermResult]:
        """Return the results by part of the body; none for signs that are not counted by parts. What was
        neither found nor asked about is inconclusive everywhere."""
        if not group or group in NO_FINDING_OF_A_REGION:
            return {}
        if not (term.grounds or term.denied):
            return dict.fromkeys(self._regions, TermResult.CANNOT_TELL)
        needed = self._rules.find_needed(term.term, "" if of.sex == NOT_STATED else of.sex)
        return {
            key: compute_body_part_result(of.summary, term, regions, needed, self._rules.body)
            for key, regions in self._regions.items()
        }


def make_sign_rows(found: Contents, control: JobControl) -> Iterator[SignRow]:
    """Every row, Individual by Individual in the order of the Case, Terms in that of the vocabulary."""
    examiners = found.scope.examiners or (found.author,)
    chosen = gather_cohort(found.snapshot, found.scope.query, examiners)
    signs = _SignRowMaker(found)
    of_all = Summariser(found.snapshot, examiners).summarise_all(chosen.worklist, control, chosen.is_counted)
    numbers = {id_: number for number, id_ in enumerate(chosen.people, start=1)}
    for group, summary in of_all:
        named, sex = _find_label_and_sex(chosen, group.id, numbers[group.id])
        yield from signs.make_rows(CountedIndividual(group.id, named, sex, summary))


def _find_label_and_sex(chosen: Cohort, id_: str, number: int) -> tuple[str, str]:
    known = chosen.known.get(id_)
    sex = find_stated_sex(known) if known is not None else ""
    return make_individual_label(known, number), sex or NOT_STATED


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    control.advance(0, 1)
    columns = make_columns(found.vocabulary)
    widths = [1] * len(columns)
    people: dict[str, None] = {}
    with ExitStack() as files:
        sheets = WorkbookSheets(folder, files)
        sheets.begin(_SHEET_NAME, (column.name for column in columns))
        with open_table(found, folder, TABLE_NAME, columns) as written:
            for row in make_sign_rows(found, control):
                values = [column.value(row) for column in columns]
                widths = list(map(max, widths, map(_count_utf8_bytes, values)))
                written.add_values(values)
                cells = zip(columns, values, strict=True)
                sheets.add(_SHEET_NAME, (column.to_cell(value) for column, value in cells))
                people[row.individual.id] = None
        _add_further_sheets(found, sheets)
        with folder.file(WORKBOOK_NAME) as out:
            write_workbook(sheets.all, found.name, found.moment, out)
    _write_explanations(
        found, folder, [LabelledVariable(c, width) for c, width in zip(columns, widths, strict=True)]
    )
    control.progress(max(1, len(people)), max(1, len(people)))


def _count_utf8_bytes(value: str) -> int:
    return len(value) if value.isascii() else len(value.encode())


def _add_further_sheets(found: Contents, sheets: WorkbookSheets) -> None:
    sheets.begin("data dictionary", ("column", "meaning"))
    for column in make_columns(found.vocabulary):
        sheets.add("data dictionary", (column.name, column.meaning))
    sheets.begin("about", ("fact", "value"))
    for fact in found.about_facts().items():
        sheets.add("about", fact)


def _write_explanations(found: Contents, folder: ExportFolder, variables: Sequence[LabelledVariable]) -> None:
    """What the columns and their values mean: for people, and for three programs."""
    folder.put("codebook.md", make_codebook(found, make_columns(found.vocabulary)).encode("utf-8"))
    for name, script in (
        ("label.R", make_r_script),
        ("label.sps", make_spss_script),
        ("label.do", make_stata_script),
    ):
        folder.put(name, script(TABLE_NAME, variables, found.vocabulary).encode("utf-8"))
    write_dictionary(found, folder, {TABLE_NAME: make_columns(found.vocabulary)})
    write_about(found, folder)


FORMAT = ExportFormat(
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
