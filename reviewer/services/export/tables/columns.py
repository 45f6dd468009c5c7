"""The columns of the CSV export: names, meanings, and how a value is taken from a row. One list for both
the files and their data dictionary, so that they cannot disagree."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import on_page
from reviewer.domain.geometry.measuring import FORMULA, Measurement, Result, Scale, plane_in_words
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.look_alikes import excluded_names
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.reading.sign_lists import checked_keys
from reviewer.domain.vocabulary.coverage import region_of
from reviewer.domain.vocabulary.vocabulary import Vocabulary

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`free` text was typed by people or found in names; it is made inert for spreadsheets. `whole` values
    are whole numbers and `number` others, written as such where a format knows numbers; "" is none."""

    name: str
    meaning: str
    value: Callable[[Row], str]
    free: bool = False
    whole: bool = False
    number: bool = False

    def cell(self, row: Row) -> str | int | float:
        """The value as a cell that knows numbers."""
        return self.as_cell(self.value(row))

    def as_cell(self, value: str) -> str | int | float:
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
    result: Result | None


@dataclass(frozen=True)
class CoverageRow:
    """One Region of which a Reading says how well it can be judged."""

    within: ReadingRow
    region: str
    level: str
    vocabulary: Vocabulary


@dataclass(frozen=True)
class DescriptionRow:
    """One thing that a Reading says of its Photo as a whole: the state of the body, or the scene."""

    within: ReadingRow
    key: str
    values: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        described = self.vocabulary.described_by(self.key)
        return described.name if described is not None else self.key

    @property
    def value_names(self) -> tuple[str, ...]:
        described = self.vocabulary.described_by(self.key)
        return tuple(described.value_name(each) if described is not None else each for each in self.values)


def yes(value: bool) -> str:
    """A truth as it is written in a table."""
    return "yes" if value else "no"


def inert(text: str) -> str:
    """`text` so that no spreadsheet program takes it for a formula: an apostrophe goes before = + - @ and
    before tab and carriage return (OWASP, CSV Injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "'"} else text


_WHERE: tuple[Column[ReadingRow], ...] = (
    Column("photo_sha256", "SHA-256 of the photograph's file: what was read", lambda r: r.photo.sha256),
    Column("source", "folder the photograph was ingested from", lambda r: r.source, free=True),
    Column("path", "first place it was found at, below the source", lambda r: r.path, free=True),
    Column(
        "category",
        "what the photograph is of, as sorted; empty if it was not. What is read on one sorted as soldier, "
        "scene, document or other is in no summary of an individual and in no figure",
        lambda r: r.category,
    ),
    Column("examiner", "name of the examiner who read it", lambda r: r.examiner, free=True),
    Column("examiner_id", "the examiner's id in the ledger", lambda r: r.reading.examiner),
    Column("reading_state", "open, complete or set aside", lambda r: str(r.reading.state)),
    Column(
        "carried_from",
        "SHA-256 of the near-duplicate whose reading was carried over; such a reading is no look of its own "
        "and is not to be counted beside it; empty if the examiner looked",
        lambda r: r.reading.carried_from,
    ),
    Column("damage", "what the decoder complained of; empty if nothing", lambda r: r.photo.damage),
    Column(
        "shown_as",
        "what stands for a camera raw file; empty for the picture itself",
        lambda r: r.photo.shown_as,
    ),
    Column("pictures", "how many pictures the file holds", lambda r: str(r.photo.picture_count), whole=True),
)

READING_COLUMNS: tuple[Column[ReadingRow], ...] = (
    *_WHERE,
    Column(
        "conclusion",
        "what is said of the whole photograph: nothing visible in the assessable regions, not assessable, "
        "or empty when findings say it",
        lambda r: str(r.reading.conclusion),
    ),
    Column("reason", "why the photograph is not assessable", lambda r: r.reading.reason),
    Column(
        "looked_for",
        "the lists of signs of which the examiner said that nothing but the findings is visible where the "
        "photograph shows well enough, separated by ;: key of the list and version of the vocabulary",
        lambda r: checked_keys(r.reading.looked_for),
    ),
    Column(
        "findings", "number of findings of this reading", lambda r: str(len(r.reading.findings)), whole=True
    ),
    Column(
        "description",
        "JSON object: what is said of the photograph as a whole (state of the body, card, scene), key to "
        "list of values; an empty object if nothing was said",
        lambda r: json.dumps({key: list(values) for key, values in r.reading.description}),
    ),
    Column(
        "context_seen",
        "what the examiner saw, while it was masked, of the card, name, date, number, record or person, "
        "separated by ;: findings made after it say so",
        lambda r: ";".join(r.reading.context_seen),
    ),
    Column("note", "the examiner's note", lambda r: r.reading.note, free=True),
    Column("changed_at", "UTC time of the last act of this reading", lambda r: r.reading.changed_at),
    Column(
        "width", "pixels of the file across, before orientation", lambda r: str(r.photo.width), whole=True
    ),
    Column(
        "height", "pixels of the file down, before orientation", lambda r: str(r.photo.height), whole=True
    ),
    Column("orientation", "EXIF orientation, 1 to 8", lambda r: str(r.photo.orientation), whole=True),
    Column(
        "taken_at",
        "date and time as recorded in the file, empty if nothing recorded is a date of the calendar; not "
        "verified, no time zone",
        lambda r: r.photo.capture.taken_at,
        free=True,
    ),
    Column(
        "taken_from",
        "the tag the date is from; empty for files ingested before format 1.4",
        lambda r: r.photo.capture.taken_from,
        free=True,
    ),
    Column(
        "taken_doubt",
        "what is odd about the date, or was recorded and is none",
        lambda r: r.photo.capture.taken_doubt,
        free=True,
    ),
    Column(
        "files_with_this_content",
        "how many files have this content as ingested last; one that lies in two sources is one file",
        lambda r: str(r.copies),
        whole=True,
    ),
)


def _view_in_words(finding: Finding) -> str:
    """The recipe in words; a chain of another version of the program is left to the next column."""
    try:
        recipe = finding.display_recipe
    except KnownError:
        return "steps of another version of the program"
    return recipe.in_words() if recipe else ""


DESCRIPTION_COLUMNS: tuple[Column[DescriptionRow], ...] = (
    *(Column(c.name, c.meaning, lambda v, c=c: c.value(v.within), c.free) for c in _WHERE),  # type: ignore[misc]
    Column("key", "key of the vocabulary's question: stage, posture, card, ...", lambda v: v.key),
    Column("name", "its English name", lambda v: v.name),
    Column("values", "keys of what was said, separated by ;", lambda v: ";".join(v.values)),
    Column("value_names", "their English names, separated by ;", lambda v: ";".join(v.value_names)),
)

COVERAGE_COLUMNS: tuple[Column[CoverageRow], ...] = (
    *(Column(c.name, c.meaning, lambda v, c=c: c.value(v.within), c.free) for c in _WHERE),  # type: ignore[misc]
    Column("region", "key of the body region", lambda v: region_of(v.region)),
    Column(
        "aspect",
        "the side of the region that is meant: front, back, palm, upper or under; empty where a region is "
        "shown as a whole, and where an earlier reading did not say which side",
        lambda v: v.region.partition("/")[2],
    ),
    Column("region_name", "its English name", lambda v: v.vocabulary.region_name(v.region)),
    Column(
        "level",
        "how well it can be judged on this photograph: assessable, limited or not; of a region or side "
        "without a row nothing was said",
        lambda v: v.level,
    ),
)

MEASUREMENT_COLUMNS: tuple[Column[MeasurementRow], ...] = (
    Column("measurement_id", "id of the measurement in the ledger", lambda m: m.measurement.id),
    *(Column(c.name, c.meaning, lambda m, c=c: c.value(m.within), c.free) for c in _WHERE),  # type: ignore[misc]
    Column("finding_id", "the finding it belongs to, if any", lambda m: m.measurement.finding),
    Column("quantity", "length, angle, area or path", lambda m: str(m.measurement.quantity)),
    Column(
        "result", "as shown: value, margin (about 95 %), unit; a ratio without a scale", lambda m: m.label
    ),
    Column(
        "value",
        "the result as a number, in the unit beside it; empty if these points allow none",
        lambda m: f"{m.result.value:.4f}" if m.result else "",
        number=True,
    ),
    Column(
        "margin",
        "plus or minus, about 95 %, in the same unit",
        lambda m: f"{m.result.margin:.4f}" if m.result else "",
        number=True,
    ),
    Column(
        "unit",
        "mm, mm², °; without a scale px or px²: pixels of this picture, to be compared with no other picture",
        lambda m: m.result.unit if m.result else "",
    ),
    Column(
        "tilt",
        "how far the plane leans in degrees: estimated from the four corners of the scale, judged for one of "
        "two points; empty without a scale",
        lambda m: f"{m.result.tilt:.2f}" if m.result and m.scale else "",
        number=True,
    ),
    Column("formula", "version of the formulas of the result", lambda _m: str(FORMULA)),
    Column(
        "repeats",
        "number of takes: how often the points were set",
        lambda m: str(len(m.measurement.takes)),
        whole=True,
    ),
    Column(
        "takes",
        "JSON list: points in whole pixels of the file before orientation; hand: how well a point was set, "
        "in 1/100 pixel",
        lambda m: json.dumps([{"points": t.points, "hand": t.hand} for t in m.measurement.takes]),
    ),
    Column("scale_id", "the scale it was measured with; empty if none", lambda m: m.measurement.scale),
    Column(
        "scale_micrometres",
        "known lengths of the scale: one, or width and height; separated by ;",
        lambda m: ";".join(map(str, m.scale.micrometres)) if m.scale else "",
    ),
    Column(
        "scale_points",
        "JSON list of the points of the scale, whole pixels of the file",
        lambda m: json.dumps(m.scale.points) if m.scale else "",
    ),
    Column(
        "scale_source",
        "what it is whose size is known",
        lambda m: m.scale.source if m.scale else "",
        free=True,
    ),
    Column(
        "scale_tilt",
        "the most the plane may lean, degrees, as judged for a two-point scale",
        lambda m: str(m.scale.tilt) if m.scale else "",
        whole=True,
    ),
    Column(
        "scale_known_by",
        "how its size is known: printed on it, measured (by whom stands in scale_source), standard object, "
        "assumed; 'not asked' for scales marked before it was asked",
        lambda m: (m.scale.known_by or "not asked") if m.scale else "",
    ),
    Column(
        "scale_off_plane",
        "the most it may lie in front of or behind what is measured, in thousandths of its distance from the "
        "camera; empty if that was not asked",
        lambda m: str(m.scale.off_plane) if m.scale and m.scale.known_by else "",
        whole=True,
    ),
    Column(
        "scale_plane",
        "the same in words",
        lambda m: plane_in_words(m.scale) if m.scale else "",
    ),
    Column(
        "curved", "yes if the surface was said to be curved", lambda m: yes(bool(m.scale and m.scale.curved))
    ),
    Column(
        "page", "which picture of the file it lies on, from 1", lambda m: str(m.measurement.page), whole=True
    ),
)

FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("finding_id", "id of the finding in the ledger", lambda f: f.finding.id),
    *(Column(c.name, c.meaning, lambda f, c=c: c.value(f.within), c.free) for c in _WHERE),  # type: ignore[misc]
    Column("number", "place of the finding in its reading, from 1", lambda f: str(f.number), whole=True),
    Column("term", "key of the vocabulary's term", lambda f: f.finding.term),
    Column("term_name", "its English name", lambda f: f.vocabulary.term_name(f.finding.term)),
    Column("vocabulary", "version of the vocabulary it was chosen from", lambda f: f.finding.vocabulary),
    Column("answer", "present, absent, non-specific or not assessable", lambda f: str(f.finding.answer)),
    Column("answer_reason", "why it is not assessable", lambda f: f.finding.reason),
    Column(
        "certainty",
        "definite, probable or possible, as the examiner stated it; not stated while nobody did: such a "
        "finding counts nowhere as present",
        lambda f: f.finding.certainty_told,
    ),
    Column(
        "certainty_stated",
        "yes if the examiner stated the certainty, no if nobody did",
        lambda f: yes(f.finding.certainty_stated),
    ),
    Column(
        "in_context",
        "yes if it was made after something that is masked on the photograph was seen",
        lambda f: yes(f.finding.in_context),
    ),
    Column("regions", "keys of the body regions, separated by ;", lambda f: ";".join(f.finding.regions)),
    Column(
        "region_names",
        "their English names, separated by ;",
        lambda f: ";".join(f.vocabulary.region_name(each) for each in f.finding.regions),
    ),
    Column(
        "qualifiers",
        "JSON object: qualifier key to list of chosen values",
        lambda f: json.dumps({k: list(v) for k, v in f.finding.qualifiers}, ensure_ascii=False),
    ),
    Column(
        "excluded_names",
        "English names of the look-alikes that the examiner considered and excluded, separated by ;",
        lambda f: ";".join(excluded_names(f.vocabulary, f.finding)),
    ),
    Column("degree", "Istanbul Protocol degree of consistency, if given", lambda f: f.finding.degree),
    Column(
        "mechanism", "the alleged mechanism the degree speaks of", lambda f: f.finding.mechanism, free=True
    ),
    Column(
        "alleged_by",
        "whose account the degree measures: witness, record, or likely cause (the examiner's own, nobody "
        "alleging it); empty with a degree that was given before this was asked: it measures no account",
        lambda f: f.finding.alleged_by,
    ),
    Column(
        "marks",
        "JSON list of shapes with points in whole pixels of the file, x right, y down, before orientation; "
        "page: which picture of the file, if it is not the first",
        lambda f: json.dumps(
            [{"shape": str(m.shape), "points": m.points, **on_page(m.page)} for m in f.finding.marks]
        ),
    ),
    Column(
        "view",
        "how it was shown when the finding was made: steps with every number, zoom, turn, grey or blur",
        lambda f: _view_in_words(f.finding),
    ),
    Column(
        "display_recipe",
        "the same as JSON: scale in millionths, centre in thousandths of a pixel of the upright photograph, "
        "angle in hundredths of a degree, picture and viewport in device pixels, chain, engine",
        lambda f: f.finding.recipe,
    ),
    Column(
        "seen_as_is",
        "yes if it was made, or its certainty stated, with the photograph shown without steps, grey or blur",
        lambda f: yes(f.finding.seen_as_is),
    ),
    Column(
        "only_enhanced",
        "yes if it is definite or probable, present or non-specific, and was never stated on the photograph "
        "as it is",
        lambda f: yes(f.finding.is_only_enhanced),
    ),
    Column(
        "only_exploring",
        "the steps for exploration only among those through which alone it was seen, separated by ;: they "
        "can make marks where there are none; empty if there is none, or it was stated on the photograph as "
        "it is",
        lambda f: "; ".join(f.finding.explored_by),
    ),
    Column("copied_from", "SHA-256 of the photograph it was copied from", lambda f: f.finding.copied_from),
    Column(
        "confirmed",
        "no if it was copied and the examiner has not confirmed it; such a finding does not count",
        lambda f: yes(f.finding.confirmed),
    ),
)
