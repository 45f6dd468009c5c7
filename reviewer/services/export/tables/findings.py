"""The table of findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import page_to_body
from reviewer.domain.reading.look_alikes import name_excluded_look_alikes
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn, format_yes_or_no
from reviewer.services.export.tables.readings import ReadingRow, make_origin_columns


@dataclass(frozen=True)
class FindingRow:
    """One Finding within its Reading; `number` counts from 1."""

    within: ReadingRow
    finding: Finding
    number: int
    vocabulary: Vocabulary


def make_finding_rows(found: Contents, row: ReadingRow) -> Iterator[FindingRow]:
    for number, finding in enumerate(row.reading.findings, start=1):
        yield FindingRow(row, finding, number, found.vocabulary)


def _describe_view(finding: Finding) -> str:
    """The recipe in words; a chain of another version of the program is left to the next column."""
    try:
        recipe = finding.display_recipe
    except KnownError:
        return "steps of another version of the program"
    return recipe.in_words() if recipe else ""


FINDING_COLUMNS: tuple[ExportColumn[FindingRow], ...] = (
    ExportColumn("finding_id", "id of the finding in the ledger", lambda f: f.finding.id),
    *make_origin_columns(),
    ExportColumn(
        "number", "place of the finding in its reading, from 1", lambda f: str(f.number), whole=True
    ),
    ExportColumn("term", "key of the vocabulary's term", lambda f: f.finding.term),
    ExportColumn("term_name", "its English name", lambda f: f.vocabulary.term_name(f.finding.term)),
    ExportColumn(
        "vocabulary", "version of the vocabulary it was chosen from", lambda f: f.finding.vocabulary
    ),
    ExportColumn(
        "answer", "present, absent, non-specific or not assessable", lambda f: str(f.finding.answer)
    ),
    ExportColumn("answer_reason", "why it is not assessable", lambda f: f.finding.reason),
    ExportColumn(
        "certainty",
        "definite, probable or possible, as the examiner stated it; not stated while nobody did: such a "
        "finding counts nowhere as present",
        lambda f: f.finding.certainty_told,
    ),
    ExportColumn(
        "certainty_stated",
        "yes if the examiner stated the certainty, no if nobody did",
        lambda f: format_yes_or_no(f.finding.certainty_stated),
    ),
    ExportColumn(
        "in_context",
        "yes if it was made after something that is masked on the photograph was seen",
        lambda f: format_yes_or_no(f.finding.in_context),
    ),
    ExportColumn(
        "regions", "keys of the body regions, separated by ;", lambda f: ";".join(f.finding.regions)
    ),
    ExportColumn(
        "region_names",
        "their English names, separated by ;",
        lambda f: ";".join(f.vocabulary.region_name(region) for region in f.finding.regions),
    ),
    ExportColumn(
        "qualifiers",
        "JSON object: qualifier key to list of chosen values",
        lambda f: json.dumps({k: list(v) for k, v in f.finding.qualifiers}, ensure_ascii=False),
    ),
    ExportColumn(
        "excluded_names",
        "English names of the look-alikes that the examiner considered and excluded, separated by ;",
        lambda f: ";".join(name_excluded_look_alikes(f.vocabulary, f.finding)),
    ),
    ExportColumn("degree", "Istanbul Protocol degree of consistency, if given", lambda f: f.finding.degree),
    ExportColumn(
        "mechanism", "the alleged mechanism the degree speaks of", lambda f: f.finding.mechanism, free=True
    ),
    ExportColumn(
        "alleged_by",
        "whose account the degree measures: witness, record, or likely cause (the examiner's own, nobody "
        "alleging it); empty with a degree that was given before this was asked: it measures no account",
        lambda f: f.finding.alleged_by,
    ),
    ExportColumn(
        "marks",
        "JSON list of shapes with points in whole pixels of the file, x right, y down, before orientation; "
        "page: which picture of the file, if it is not the first",
        lambda f: json.dumps(
            [{"shape": str(m.shape), "points": m.points, **page_to_body(m.page)} for m in f.finding.marks]
        ),
    ),
    ExportColumn(
        "view",
        "how it was shown when the finding was made: steps with every number, zoom, turn, grey or blur",
        lambda f: _describe_view(f.finding),
    ),
    ExportColumn(
        "display_recipe",
        "the same as JSON: scale in millionths, centre in thousandths of a pixel of the upright photograph, "
        "angle in hundredths of a degree, picture and viewport in device pixels, chain, engine",
        lambda f: f.finding.recipe,
    ),
    ExportColumn(
        "seen_as_is",
        "yes if it was made, or its certainty stated, with the photograph shown without steps, grey or blur",
        lambda f: format_yes_or_no(f.finding.seen_as_is),
    ),
    ExportColumn(
        "only_enhanced",
        "yes if it is definite or probable, present or non-specific, and was never stated on the photograph "
        "as it is",
        lambda f: format_yes_or_no(f.finding.is_only_enhanced),
    ),
    ExportColumn(
        "only_exploring",
        "the steps for exploration only among those through which alone it was seen, separated by ;: they "
        "can make marks where there are none; empty if there is none, or it was stated on the photograph as "
        "it is",
        lambda f: "; ".join(f.finding.explored_by),
    ),
    ExportColumn(
        "copied_from", "SHA-256 of the photograph it was copied from", lambda f: f.finding.copied_from
    ),
    ExportColumn(
        "confirmed",
        "no if it was copied and the examiner has not confirmed it; such a finding does not count",
        lambda f: format_yes_or_no(f.finding.confirmed),
    ),
)
