"""Samples that were drawn, as tables: how, from what, with which weights, and what was drawn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.domain.people.individual import SavedList
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.search.sampling import SampleUnit
from reviewer.storage.people import people
from reviewer.storage.search import occurring_values
from reviewer.storage.shared import shared_rows


@dataclass(frozen=True)
class SampleRow:
    """One stratum of a sample, or the whole of one without strata: `drawn` of `there` units."""

    sample: SavedList
    details: Mapping[str, Any]
    stratum: str
    there: int
    drawn: int
    examiner: str


@dataclass(frozen=True)
class SampleUnitRow:
    """One unit (id of an Individual, or SHA-256) that was drawn; `stratum` None where that was not kept."""

    sample: SavedList
    kind: str
    unit: str
    stands: str
    photos: int
    stratum: str | None
    weight: str


def _load_samples(found: Contents) -> Iterator[tuple[SavedList, dict[str, Any]]]:
    for saved in occurring_values.load_saved_lists(found.connection):
        if saved.details:
            yield saved, json.loads(saved.details)


def _read_strata(details: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Value -> (units there, units drawn); one with the value "" where there are no strata."""
    if not details.get("strata"):
        return {"": (details["population"], details["drawn"])}
    return {stratum["value"]: (stratum["there"], stratum["drawn"]) for stratum in details["strata"]}


def _format_weight(there: int, drawn: int) -> str:
    """Return how many units each drawn one stands for; "" where none was drawn."""
    return f"{there / drawn:.6f}" if drawn else ""


def make_sample_rows(found: Contents) -> Iterator[SampleRow]:
    """Yield the strata of each sample, samples by name, strata by value."""
    for sample, details in _load_samples(found):
        for value, (there, drawn) in _read_strata(details).items():
            yield SampleRow(sample, details, value, there, drawn, found.examiner_name(sample.author))


def make_sample_unit_rows(found: Contents) -> Iterator[SampleUnitRow]:
    """Yield the units of each sample, in the order of drawing. For samples drawn before units were kept,
    photographs are assigned to the individual they show now."""
    known = people.load_individuals(found.connection)
    places = shared_rows.load_assignments(found.connection)
    for sample, details in _load_samples(found):
        shows = [find_merge_root(known, places.get(photo, ("", "", ""))[1]) for photo in sample.photos]
        of_people = details["of"] == str(SampleUnit.INDIVIDUALS)
        of = shows if of_people else list(sample.photos)
        kept: list[tuple[str, str]] | None = details.get("units")
        units = kept if kept is not None else [(unit, None) for unit in dict.fromkeys(of)]
        strata, photos = _read_strata(details), Counter(of)
        for unit, stratum in units:
            if stratum is None and set(strata) == {""}:
                stratum = ""
            weight = _format_weight(*strata[stratum]) if stratum is not None else ""
            stands = find_merge_root(known, unit) if of_people else unit
            yield SampleUnitRow(sample, details["of"], unit, stands, photos[stands], stratum, weight)


_SAMPLE_ID_COLUMNS: tuple[tuple[str, str], ...] = (
    ("sample_id", "id of the list that holds the sample"),
    ("sample", "name of that list"),
)

SAMPLE_COLUMNS: tuple[ExportColumn[SampleRow], ...] = (
    ExportColumn(*_SAMPLE_ID_COLUMNS[0], lambda s: s.sample.id),
    ExportColumn(*_SAMPLE_ID_COLUMNS[1], lambda s: s.sample.name, free=True),
    ExportColumn("query", "what it was drawn from; empty: everything", lambda s: s.sample.query, free=True),
    ExportColumn("of", "what was drawn: individuals or photographs", lambda s: s.details["of"]),
    ExportColumn("method", "how it was drawn from the seed", lambda s: s.details["method"]),
    ExportColumn(
        "seed", "the seed: the same seed draws the same units again", lambda s: str(s.details["seed"])
    ),
    ExportColumn(
        "by", "the field whose values are the strata; empty without strata", lambda s: s.details["by"]
    ),
    ExportColumn(
        "equal",
        "yes if as many were drawn of each stratum, no if in proportion",
        lambda s: "yes" if s.details["equal"] else "no",
    ),
    ExportColumn(
        "stratum", "the value of this stratum; empty without strata", lambda s: s.stratum, free=True
    ),
    ExportColumn("population", "units there were in it", lambda s: str(s.there), whole=True),
    ExportColumn("drawn", "units drawn from it", lambda s: str(s.drawn), whole=True),
    ExportColumn(
        "weight",
        "population / drawn: how many units each that was drawn stands for; empty where none was drawn",
        lambda s: _format_weight(s.there, s.drawn),
        number=True,
    ),
    ExportColumn(
        "within_permille",
        "how exact it was to be: plus or minus so many thousandths at 95 %; empty if a size was named",
        lambda s: str(s.details.get("within_permille", "")),
        whole=True,
    ),
    ExportColumn(
        "entries",
        "number of entries of the ledger when it was drawn",
        lambda s: str(s.details["entries"]),
        whole=True,
    ),
    ExportColumn("head", "head of the ledger then", lambda s: s.details["head"]),
    ExportColumn("examiner", "name of the examiner who drew it", lambda s: s.examiner, free=True),
    ExportColumn("at", "UTC time at which it was kept", lambda s: s.sample.at),
)

SAMPLE_UNIT_COLUMNS: tuple[ExportColumn[SampleUnitRow], ...] = (
    ExportColumn(*_SAMPLE_ID_COLUMNS[0], lambda u: u.sample.id),
    ExportColumn(*_SAMPLE_ID_COLUMNS[1], lambda u: u.sample.name, free=True),
    ExportColumn("of", "what the unit is: individuals or photographs", lambda u: u.kind),
    ExportColumn(
        "unit", "id of the individual as it was drawn, or SHA-256 of the photograph", lambda u: u.unit
    ),
    ExportColumn(
        "stands_for_it",
        "the unit, or the individual it was merged into since: as in the other tables",
        lambda u: u.stands,
    ),
    ExportColumn(
        "photographs", "number of its photographs in the sample's list", lambda u: str(u.photos), whole=True
    ),
    ExportColumn(
        "stratum",
        "the value of its stratum; empty without strata, and in samples drawn before this was kept",
        lambda u: u.stratum or "",
        free=True,
    ),
    ExportColumn(
        "weight",
        "how many units it stands for; empty where its stratum was not kept",
        lambda u: u.weight,
        number=True,
    ),
)
