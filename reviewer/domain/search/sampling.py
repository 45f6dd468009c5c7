"""Samples: how many are needed, and which are drawn. Everything here can be done again by anybody.

Drawing: each unit gets the SHA-256 of "SEED UNIT" (UTF-8, one space); the units with the smallest hashes are
drawn. So a sample follows from the seed and the ids alone, whatever the order in which they are given, and
drawing more under the same seed keeps those already drawn.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer.domain.grouping import group_pairs

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""
SAMPLING_METHOD = "smallest SHA-256 of 'SEED UNIT'"


def compute_sample_size(half_width: float, population: int | None = None, expected: float = 0.5) -> int:
    """How many units estimate a share to +- `half_width` (0.05 is 5 points) at 95 %.

    n0 = z^2 p (1 - p) / d^2, with finite population correction n = n0 / (1 + (n0 - 1) / N), to the nearest
    whole number (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, 4.4, equations 4.2 and 4.3). Without an
    idea of the share, `expected` 0.5 is the cautious choice. Agreement of 0.90 within +-5 points needs 138.
    """
    if not 0 < half_width < 1 or not 0 < expected < 1:
        raise ValueError("half width and expected share lie between 0 and 1")
    first = Z95**2 * expected * (1 - expected) / half_width**2
    if population is None:
        return max(1, round(first))
    return min(population, max(1, round(first / (1 + (first - 1) / population)))) if population else 0


def compute_wilson_interval(hits: int, size: int) -> tuple[float, float]:
    """The 95 % interval of a share after `hits` of `size` (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927)."""
    if not 0 <= hits <= size or not size:
        raise ValueError("hits lie between 0 and the size, which is not 0")
    share, z2 = hits / size, Z95**2
    middle = share + z2 / (2 * size)
    spread = Z95 * math.sqrt(share * (1 - share) / size + z2 / (4 * size**2))
    below = 1 + z2 / size
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def compute_half_width(size: int, population: int, expected: float = 0.5) -> float:
    """Compute the half width at 95 % of a sample of `size` out of `population`, with finite population
    correction."""
    if not 0 < size <= population:
        raise ValueError("a sample is not empty and not larger than its population")
    if size == population:
        return 0.0
    correction = (population - size) / (population - 1)
    return Z95 * math.sqrt(expected * (1 - expected) / size * correction)


def order_for_drawing(units: Iterable[str], seed: int) -> list[str]:
    """The units in the order in which they are drawn."""
    return sorted(set(units), key=lambda unit: (_hash_unit(unit, seed), unit))


def _hash_unit(unit: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {unit}".encode()).hexdigest()


@dataclass(frozen=True)
class Stratum:
    """How many of `there` were drawn from the units with one value."""

    value: str
    there: int
    drawn: int


@dataclass(frozen=True)
class DrawnSample:
    units: tuple[str, ...]
    strata: tuple[Stratum, ...] = ()


def draw_simple_sample(units: Iterable[str], size: int, seed: int) -> DrawnSample:
    """A simple random sample; all of them if there are no more."""
    return DrawnSample(tuple(order_for_drawing(units, seed)[:size]))


def draw_stratified_sample(
    value_of: Mapping[str, str], size: int, seed: int, *, equal: bool = False
) -> DrawnSample:
    """A sample from each stratum (the units with one value): in proportion to it, or as many of each."""
    members = group_pairs((value, unit) for unit, value in value_of.items())
    sizes = {value: len(found) for value, found in sorted(members.items())}
    shares = _allocate_equally(sizes, size) if equal else allocate_proportionally(sizes, size)
    units = [unit for value in sizes for unit in order_for_drawing(members[value], seed)[: shares[value]]]
    strata = tuple(Stratum(value, there, shares[value]) for value, there in sizes.items())
    return DrawnSample(tuple(order_for_drawing(units, seed)), strata)


def allocate_proportionally(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """`size` divided in proportion by largest remainders; equal remainders in the order of the values."""
    total = sum(sizes.values())
    size = min(size, total)
    exact = {value: Fraction(size * there, total) for value, there in sizes.items()} if total else {}
    shares = {value: int(share) for value, share in exact.items()}
    by_remainder: Sequence[str] = sorted(exact, key=lambda value: (shares[value] - exact[value], value))
    for value in by_remainder[: size - sum(shares.values())]:
        shares[value] += 1
    return shares


def _allocate_equally(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """As many of each; what a small stratum cannot give comes from the others."""
    shares = dict.fromkeys(sizes, 0)
    left = min(size, sum(sizes.values()))
    while left:
        for value in sorted(sizes):
            if left and shares[value] < sizes[value]:
                shares[value] += 1
                left -= 1
    return shares
