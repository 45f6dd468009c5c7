"""Facts, signs and coverage of a person as rows of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewer.domain.people.individual import Fact
from reviewer.domain.summary.summary import TermResult
from reviewer.domain.vocabulary.coverage_gaps import Extent
from reviewer.qt.individuals.row_list import PersonRow
from reviewer.qt.widgets.region_signs import RegionSign
from reviewer.services.people.card_rows import PersonCoverage, PersonFact, PersonSign, format_photo_numbers

_ICONS = {
    TermResult.PRESENT: "complete",
    TermResult.ABSENT: "nothing-visible",
    TermResult.CONFLICT: "problems",
    TermResult.AFTER_DEATH: "complete",
    TermResult.UNSTATED: "not-assessable",
    TermResult.CANNOT_TELL: "not-assessable",
}
_SHORT_LABELS = {
    Fact.DETAINEE_NUMBER: "Detainee",
    Fact.BRANCH_NUMBER: "Branch",
    Fact.EXAMINATION_NUMBER: "Examination",
    Fact.AGE_BAND: "Age, apparent",
    Fact.DIED_ON: "Date stated",
    Fact.RECOGNISABLE: "Recognisable by kin",
    Fact.BEST_FACE: "Best face",
    Fact.SAME_PERSON: "Possibly the same",
}
"""Where a column of labels has no room for the whole name; the tooltip has it."""
_SHORT_RESULTS = {TermResult.UNSTATED: "not stated how certain"}
_EXTENT_SIGNS = {
    Extent.WHOLE: RegionSign.ASSESSABLE,
    Extent.IN_PART: RegionSign.LIMITED,
    Extent.NEVER: RegionSign.PLAIN,
}


def make_fact_row(row: PersonFact, in_conflict: Collection[Fact]) -> PersonRow:
    """A fact; one in a conflict that is not decided says so at its right. The tooltip has its sources in
    full."""
    contradicted = row.fact in in_conflict and not row.withdrawn
    return PersonRow(
        row.sentence,
        row.value,
        f"withdrawn: {row.withdrawn}; {row.whence}" if row.withdrawn else row.whence,
        label=_SHORT_LABELS.get(row.fact, row.label) if row.fact is not None else row.label,
        icon="problems" if contradicted else "",
        answer="conflict" if contradicted else "",
        is_warning=contradicted,
        is_quiet=bool(row.withdrawn),
    )


def make_sign_row(row: PersonSign, photos: Sequence[str]) -> PersonRow:
    """What a sign adds up to; `photos` are those of the person, whose places are their numbers."""
    contradicted = row.result is TermResult.CONFLICT
    numbers = format_photo_numbers(row.photos, photos)
    text = f"{row.name}: {row.result}; {row.why}" + (f"; {numbers}" if numbers else "")
    return PersonRow(
        text,
        f"{row.name[:1].upper()}{row.name[1:]}",
        row.why,
        icon=_ICONS[row.result],
        answer=_SHORT_RESULTS.get(row.result, str(row.result)),
        right=numbers,
        is_warning=contradicted,
        photos=row.photos,
        regions=row.regions,
    )


def make_coverage_row(row: PersonCoverage) -> PersonRow:
    """How much of a view was shown, with the sign that the body map has for it."""
    return PersonRow(
        f"{row.name}: {row.words}", row.name, row.words, sign=_EXTENT_SIGNS[row.extent], photos=row.photos
    )


def make_note_row(text: str) -> PersonRow:
    return PersonRow(text, "", text)
