"""The columns of the CSV export: names, meanings, and how a value is taken from a row. One list for both
the files and their data dictionary, so that they cannot disagree."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import page_to_body
from reviewer.domain.geometry.measuring import (
    FORMULA_VERSION,
    Measurement,
    MeasurementResult,
    Scale,
    scale_plane_in_words,
)
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.look_alikes import name_excluded_look_alikes
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.reading.sign_lists import format_checked_lists
from reviewer.domain.vocabulary.coverage import region_of_coverage_key
from reviewer.domain.vocabulary.vocabulary import Vocabulary

Row = TypeVar("Row")


@dataclass(frozen=True)
class ExportColumn(Generic[Row]):
    """`free` text was typed by people or found in names; it is made inert for spreadsheets. `whole` values
    are whole numbers and `number` others, written as such where a format knows numbers; "" is none."""

    name: str
    meaning: str
    value: Callable[[Row], str]
    free: bool = False
    whole: bool = False
    number: bool = False

    def cell_of(self, row: Row) -> str | int | float:
        """The value as a cell that knows numbers."""
        return self.to_cell(self.value(row))

    def to_cell(self, value: str) -> str | int | float:
        if value and self.whole:
            return int(value)
        return float(value) if value and self.number else value


@dataclass(frozen=True)
class ReadingRow:
    """One Reading with what is needed to say where its Photo came from."""

    reading: Reading
    photo: Photo
    source: str
    path: str
    copies: int
    examiner: str
    category: str = ""


@dataclass(frozen=True)
class FindingRow:
    """One Finding within its Reading; `number` counts from 1."""

    within: ReadingRow
    finding: Finding
    number: int
    vocabulary: Vocabulary


@dataclass(frozen=True)
class MeasurementRow:
    """One Measurement within its Reading, with its Scale and what it says; `result` None where the points
    allow none."""

    within: ReadingRow
    measurement: Measurement
    scale: Scale | None
    label: str
    result: MeasurementResult | None


@dataclass(frozen=True)
class CoverageRow:
    """One Region of which a Reading says how well it can be judged."""

    within: ReadingRow
    region: str
    level: str
    vocabulary: Vocabulary


@dataclass(frozen=True)
class DescriptionTableRow:
    """One thing that a Reading says of its Photo as a whole: the state of the body, or the scene."""

    within: ReadingRow
    key: str
    values: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        described = self.vocabulary.description_question(self.key)
        return described.name if described is not None else self.key

    @property
    def value_names(self) -> tuple[str, ...]:
        described = self.vocabulary.description_question(self.key)
        return tuple(described.value_name(value) if described is not None else value for value in self.values)


def format_yes_or_no(value: bool) -> str:
    """A truth as it is written in a table."""
    return "yes" if value else "no"


def neutralise_formula(text: str) -> str:
    """`text` so that no spreadsheet program takes it for a formula: an apostrophe goes before = + - @ and
    before tab and carriage return (OWASP, CSV Injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "'"} else text


_ORIGIN_COLUMNS: tuple[ExportColumn[ReadingRow], ...] = (
    ExportColumn("photo_sha256", "SHA-256 of the photograph's file: what was read", lambda r: r.photo.sha256),
    ExportColumn("source", "folder the photograph was ingested from", lambda r: r.source, free=True),
    ExportColumn("path", "first place it was found at, below the source", lambda r: r.path, free=True),
    ExportColumn(
        "category",
        "what the photograph is of, as sorted; empty if it was not. What is read on one sorted as soldier, "
        "scene, document or other is in no summary of an individual and in no figure",
        lambda r: r.category,
    ),
    ExportColumn("examiner", "name of the examiner who read it", lambda r: r.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda r: r.reading.examiner),
    ExportColumn("reading_state", "open, complete or set aside", lambda r: str(r.reading.state)),
    ExportColumn(
        "carried_from",
        "SHA-256 of the near-duplicate whose reading was carried over; such a reading is no look of its own "
        "and is not to be counted beside it; empty if the examiner looked",
        lambda r: r.reading.carried_from,
    ),
    ExportColumn("damage", "what the decoder complained of; empty if nothing", lambda r: r.photo.damage),
    ExportColumn(
        "shown_as",
        "what stands for a camera raw file; empty for the picture itself",
        lambda r: r.photo.shown_as,
    ),
    ExportColumn(
        "pictures", "how many pictures the file holds", lambda r: str(r.photo.picture_count), whole=True
    ),
)

READING_COLUMNS: tuple[ExportColumn[ReadingRow], ...] = (
    *_ORIGIN_COLUMNS,
    ExportColumn(
        "conclusion",
        "what is said of the whole photograph: nothing visible in the assessable regions, not assessable, "
        "or empty when findings say it",
        lambda r: str(r.reading.conclusion),
    ),
    ExportColumn("reason", "why the photograph is not assessable", lambda r: r.reading.reason),
    ExportColumn(
        "looked_for",
        "the lists of signs of which the examiner said that nothing but the findings is visible where the "
        "photograph shows well enough, separated by ;: key of the list and version of the vocabulary",
        lambda r: format_checked_lists(r.reading.looked_for),
    ),
    ExportColumn(
        "findings", "number of findings of this reading", lambda r: str(len(r.reading.findings)), whole=True
    ),
    ExportColumn(
        "description",
        "JSON object: what is said of the photograph as a whole (state of the body, card, scene), key to "
        "list of values; an empty object if nothing was said",
        lambda r: json.dumps({key: list(values) for key, values in r.reading.description}),
    ),
    ExportColumn(
        "context_seen",
        "what the examiner saw, while it was masked, of the card, name, date, number, record or person, "
        "separated by ;: findings made after it say so",
        lambda r: ";".join(r.reading.context_seen),
    ),
    ExportColumn("note", "the examiner's note", lambda r: r.reading.note, free=True),
    ExportColumn("changed_at", "UTC time of the last act of this reading", lambda r: r.reading.changed_at),
    ExportColumn(
        "width", "pixels of the file across, before orientation", lambda r: str(r.photo.width), whole=True
    ),
    ExportColumn(
        "height", "pixels of the file down, before orientation", lambda r: str(r.photo.height), whole=True
    ),
    ExportColumn("orientation", "EXIF orientation, 1 to 8", lambda r: str(r.photo.orientation), whole=True),
    ExportColumn(
        "taken_at",
        "date and time as recorded in the file, empty if nothing recorded is a date of the calendar; not "
        "verified, no time zone",
        lambda r: r.photo.capture.taken_at,
        free=True,
    ),
    ExportColumn(
        "taken_from",
        "the tag the date is from; empty for files ingested before format 1.4",
        lambda r: r.photo.capture.taken_from,
        free=True,
    ),
    ExportColumn(
        "taken_doubt",
        "what is odd about the date, or was recorded and is none",
        lambda r: r.photo.capture.taken_doubt,
        free=True,
    ),
    ExportColumn(
        "files_with_this_content",
        "how many files have this content as ingested last; one that lies in two sources is one file",
        lambda r: str(r.copies),
        whole=True,
    ),
)


def _describe_view(finding: Finding) -> str:
    """The recipe in words; a chain of another version of the program is left to the next column."""
    try:
        recipe = finding.display_recipe
    except KnownError:
        return "steps of another version of the program"
    return recipe.in_words() if recipe else ""


DESCRIPTION_COLUMNS: tuple[ExportColumn[DescriptionTableRow], ...] = (
    *(ExportColumn(c.name, c.meaning, lambda v, c=c: c.value(v.within), c.free) for c in _ORIGIN_COLUMNS),  # type: ignore[misc]
    ExportColumn("key", "key of the vocabulary's question: stage, posture, card, ...", lambda v: v.key),
    ExportColumn("name", "its English name", lambda v: v.name),
    ExportColumn("values", "keys of what was said, separated by ;", lambda v: ";".join(v.values)),
    ExportColumn("value_names", "their English names, separated by ;", lambda v: ";".join(v.value_names)),
)

COVERAGE_COLUMNS: tuple[ExportColumn[CoverageRow], ...] = (
    *(ExportColumn(c.name, c.meaning, lambda v, c=c: c.value(v.within), c.free) for c in _ORIGIN_COLUMNS),  # type: ignore[misc]
    ExportColumn("region", "key of the body region", lambda v: region_of_coverage_key(v.region)),
    ExportColumn(
        "aspect",
        "the side of the region that is meant: front, back, palm, upper or under; empty where a region is "
        "shown as a whole, and where an earlier reading did not say which side",
        lambda v: v.region.partition("/")[2],
    ),
    ExportColumn("region_name", "its English name", lambda v: v.vocabulary.region_name(v.region)),
    ExportColumn(
        "level",
        "how well it can be judged on this photograph: assessable, limited or not; of a region or side "
        "without a row nothing was said",
        lambda v: v.level,
    ),
)

MEASUREMENT_COLUMNS: tuple[ExportColumn[MeasurementRow], ...] = (
    ExportColumn("measurement_id", "id of the measurement in the ledger", lambda m: m.measurement.id),
    *(ExportColumn(c.name, c.meaning, lambda m, c=c: c.value(m.within), c.free) for c in _ORIGIN_COLUMNS),  # type: ignore[misc]
    ExportColumn("finding_id", "the finding it belongs to, if any", lambda m: m.measurement.finding),
    ExportColumn("quantity", "length, angle, area or path", lambda m: str(m.measurement.quantity)),
    ExportColumn(
        "result", "as shown: value, margin (about 95 %), unit; a ratio without a scale", lambda m: m.label
    ),
    ExportColumn(
        "value",
        "the result as a number, in the unit beside it; empty if these points allow none",
        lambda m: f"{m.result.value:.4f}" if m.result else "",
        number=True,
    ),
    ExportColumn(
        "margin",
        "plus or minus, about 95 %, in the same unit",
        lambda m: f"{m.result.margin:.4f}" if m.result else "",
        number=True,
    ),
    ExportColumn(
        "unit",
        "mm, mm², °; without a scale px or px²: pixels of this picture, to be compared with no other picture",
        lambda m: m.result.unit if m.result else "",
    ),
    ExportColumn(
        "tilt",
        "how far the plane leans in degrees: estimated from the four corners of the scale, judged for one of "
        "two points; empty without a scale",
        lambda m: f"{m.result.tilt:.2f}" if m.result and m.scale else "",
        number=True,
    ),
    ExportColumn("formula", "version of the formulas of the result", lambda _m: str(FORMULA_VERSION)),
    ExportColumn(
        "repeats",
        "number of takes: how often the points were set",
        lambda m: str(len(m.measurement.takes)),
        whole=True,
    ),
    ExportColumn(
        "takes",
        "JSON list: points in whole pixels of the file before orientation; hand: how well a point was set, "
        "in 1/100 pixel",
        lambda m: json.dumps([{"points": t.points, "hand": t.hand} for t in m.measurement.takes]),
    ),
    ExportColumn("scale_id", "the scale it was measured with; empty if none", lambda m: m.measurement.scale),
    ExportColumn(
        "scale_micrometres",
        "known lengths of the scale: one, or width and height; separated by ;",
        lambda m: ";".join(map(str, m.scale.micrometres)) if m.scale else "",
    ),
    ExportColumn(
        "scale_points",
        "JSON list of the points of the scale, whole pixels of the file",
        lambda m: json.dumps(m.scale.points) if m.scale else "",
    ),
    ExportColumn(
        "scale_source",
        "what it is whose size is known",
        lambda m: m.scale.source if m.scale else "",
        free=True,
    ),
    ExportColumn(
        "scale_tilt",
        "the most the plane may lean, degrees, as judged for a two-point scale",
        lambda m: str(m.scale.tilt) if m.scale else "",
        whole=True,
    ),
    ExportColumn(
        "scale_known_by",
        "how its size is known: printed on it, measured (by whom stands in scale_source), standard object, "
        "assumed; 'not asked' for scales marked before it was asked",
        lambda m: (m.scale.known_by or "not asked") if m.scale else "",
    ),
    ExportColumn(
        "scale_off_plane",
        "the most it may lie in front of or behind what is measured, in thousandths of its distance from the "
        "camera; empty if that was not asked",
        lambda m: str(m.scale.off_plane) if m.scale and m.scale.known_by else "",
        whole=True,
    ),
    ExportColumn(
        "scale_plane",
        "the same in words",
        lambda m: scale_plane_in_words(m.scale) if m.scale else "",
    ),
    ExportColumn(
        "curved",
        "yes if the surface was said to be curved",
        lambda m: format_yes_or_no(bool(m.scale and m.scale.curved)),
    ),
    ExportColumn(
        "page", "which picture of the file it lies on, from 1", lambda m: str(m.measurement.page), whole=True
    ),
)

FINDING_COLUMNS: tuple[ExportColumn[FindingRow], ...] = (
    ExportColumn("finding_id", "id of the finding in the ledger", lambda f: f.finding.id),
    *(ExportColumn(c.name, c.meaning, lambda f, c=c: c.value(f.within), c.free) for c in _ORIGIN_COLUMNS),  # type: ignore[misc]
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
