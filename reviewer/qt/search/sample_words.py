"""What a sample means in words: how exactly a share will be told, or how many are needed for that."""

from __future__ import annotations

import re

from reviewer.domain.search import sampling
from reviewer.qt.search.wording import format_photographs
from reviewer.qt.widgets.type_box import Option
from reviewer.services.search.sampling import CaseSample, Population, SampleRequest, SampleUnit

_POINTS = (2, 3, 5, 10)
_MOST_STRATA = 8
_SIZE = re.compile(r"[0-9]{1,7}")
_MARGIN_TYPED = re.compile(r"(?:\+-|±)?\s*([0-9]{1,2}(?:\.[0-9])?)\s*%(?:\s+([0-9]{1,2})\s*%?)?")
STRATA_NAMES = {
    "age": "apparent age",
    "branch": "branch number",
    "camera": "camera",
    "category": "category",
    "folder": "folder",
    "month": "month taken",
    "sex": "sex",
    "source": "source",
    "state": "state of your reading",
    "year": "year taken",
}


def format_units(count: int, of: SampleUnit) -> str:
    if of is SampleUnit.PHOTOS:
        return format_photographs(count)
    return "1 individual" if count == 1 else f"{count:,} individuals"


def list_sizes(typed: str, there: Population) -> list[Option]:
    """What a typed size means; nothing typed: what the usual exactnesses need.

    `make_request` reads the keys."""
    text = " ".join(typed.split())
    if not text:
        return [_make_margin_option(points, 50, there) for points in _POINTS]
    if _SIZE.fullmatch(text) and int(text):
        size = min(int(text), there.units)
        told = sampling.compute_half_width(size, there.units) * 100
        means = f"A share is told to ±{told:.1f} points at 95 %, if it is about 50 %; else more exactly."
        return [Option(f"{size}", f"{size:,} of {format_units(there.units, there.of)}", means)]
    found = _MARGIN_TYPED.fullmatch(text)
    if found and float(found[1]) and (found[2] is None or int(found[2])):
        return [_make_margin_option(float(found[1]), int(found[2] or 50), there)]
    return [Option("", typed, "A number such as 138, or 5% for ±5 points, or 5% 90.", enabled=False)]


def _make_margin_option(points: float, expected: int, there: Population) -> Option:
    needed = sampling.compute_sample_size(points / 100, there.units, expected / 100)
    return Option(
        f"{points:g}% {expected}",
        f"±{points:g} points: {needed:,} of {format_units(there.units, there.of)}",
        f"Tells a share of about {expected} % to ±{points:g} points at 95 % (Cochran, finite population).",
    )


def make_request(key: str, there: Population) -> SampleRequest:
    points, percent, expected = key.partition("%")
    if not percent:
        return SampleRequest(there.query, size=int(key), of=there.of)
    return SampleRequest(there.query, within=float(points) / 100, expected=int(expected) / 100, of=there.of)


def describe_sample(drawn: CaseSample, there: Population) -> str:
    """What would be drawn, of how many, and how exactly a share of it will be told."""
    told = sampling.compute_half_width(drawn.units, drawn.population) * 100
    photos = format_photographs(len(drawn.photos))
    said = [f"{drawn.units:,} of {format_units(drawn.population, there.of)}: {photos}."]
    if drawn.strata:
        parts = [f"{stratum.value} {stratum.drawn:,} of {stratum.there:,}" for stratum in drawn.strata]
        more = "; \u2026" if len(parts) > _MOST_STRATA else "."
        said.append(f"{len(parts):,} strata: {'; '.join(parts[:_MOST_STRATA])}{more}")
    else:
        said.append(f"A share is told to ±{told:.1f} points at 95 %, if it is about 50 %; else more exactly.")
    if there.left_out:
        said.append(f"{format_photographs(there.left_out)} of no individual left out.")
    return "\n".join(said)
