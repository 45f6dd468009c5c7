"""How figures are said: what they rest on, what is in none of them, and one of them in a sentence."""

from __future__ import annotations

from reviewer.domain.figures.figures import (
    CountedUnit,
    ExcludedUnits,
    Figure,
    ReadingsBasis,
    Statistics,
    StatisticsBasis,
    Table,
)
from reviewer.domain.figures.plots import format_shares

_SINGULAR_UNITS = {
    CountedUnit.PHOTO: "photograph",
    CountedUnit.INDIVIDUAL: "individual",
    CountedUnit.REGION: "region",
}


def format_unit_count(count: int, unit: CountedUnit) -> str:
    """ "1 photograph", "12 individuals"."""
    return f"{count:,} {_SINGULAR_UNITS[unit] if count == 1 else unit}"


def figure_in_words(figure: Figure) -> str:
    """ "bruise: 12 of 200, 6.0 % (3.5 to 10.2); of 90 assessable 13.3 % (7.8 to 21.9), individuals"."""
    return f"{figure.label}: {format_shares(figure)}, {figure.unit}"


def basis_in_words(basis: StatisticsBasis) -> str:
    """Everything by which the figures can be found again, in one paragraph."""
    who = ", ".join(basis.examiners)
    which = f"photographs found by {basis.query}" if basis.query else "all photographs"
    when = f", the last of {basis.at}" if basis.at else ""
    return (
        f"Readings of {who} only; {which}; {format_entry_count(basis.entries)}{when}, fingerprint "
        f"{basis.head[:16] or 'none'}; vocabulary {basis.vocabulary}; program {basis.program}. "
        f"{sample_in_words(basis)}"
    )


def sample_in_words(basis: StatisticsBasis) -> str:
    """Whether there are intervals, and why."""
    if not basis.sample:
        return "These individuals are no sample that was drawn: shares have no interval."
    return f"A sample: {basis.sample}. Intervals are Wilson's, at 95 %."


def readings_in_words(readings: ReadingsBasis, basis: StatisticsBasis) -> tuple[str, ...]:
    """What the figures of findings rest on, in sentences."""
    whole = (
        f"Of {format_unit_count(readings.individuals, CountedUnit.INDIVIDUAL)} "
        f"all photographs of {readings.whole:,} were "
        f"read; figures of findings are of these {readings.whole:,}."
    )
    counted = (
        f"{readings.counted:,} findings are counted as present, each with a certainty that the examiner "
        f"stated. Of {readings.unstated:,} further findings nobody stated the certainty: they stand in a "
        "column of their own."
    )
    context = _MASKING[basis.masking].format(count=f"{readings.in_context:,}") if basis.masking else ""
    return tuple(part for part in (whole, counted, context) if part)


_MASKING = {
    "yes": "The card, numbers, names and dates were masked until a reading was complete; {count} of the "
    "findings counted were made after something of it had been uncovered.",
    "no": "Nothing was masked while photographs were read: the card, numbers, names and dates were in view.",
    "changed": "The card, numbers, names and dates were masked during a part of the reading only; {count} of "
    "the findings counted were made after something masked had been uncovered, of the others it is not known "
    "which were made while it was in view.",
}


def format_entry_count(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'} of the ledger"


def excluded_in_words(excluded: ExcludedUnits) -> str:
    """ "12 photographs: sorted as soldier, not as a detainee"."""
    return f"{format_unit_count(len(excluded.ids), excluded.unit)}: {excluded.why}"


def selection_in_words(counted: Statistics) -> tuple[str, ...]:
    """That figures are of a selection, of how many, and whether it was made by what is counted; nothing where
    everything was asked for."""
    basis = counted.basis
    if not basis.query:
        return ()
    said = [
        "This is a selection and not the collection: individuals of whom a photograph is found by the query "
        f"{basis.query}",
        f"Not chosen and in no figure: {counted.count_not_chosen(CountedUnit.INDIVIDUAL):,} of "
        f"{format_unit_count(counted.all_individuals, CountedUnit.INDIVIDUAL)} that somebody accepted, and "
        f"{counted.count_not_chosen(CountedUnit.PHOTO):,} of "
        f"{format_unit_count(counted.all_photos, CountedUnit.PHOTO)} of the case.",
    ]
    if basis.chosen_by:
        said.append(
            f"Warning: the query speaks of what is counted ({', '.join(basis.chosen_by)}). Who was chosen by "
            "what was read says nothing of how often it is: shares of such signs, and of whatever goes with "
            "them, are too high or too low by the choice itself."
        )
    if basis.chosen_unknown:
        said.append(
            f"Warning: how {', '.join(basis.chosen_unknown)} was made is not kept in the case, so it cannot "
            "be said whether individuals were chosen by what is counted."
        )
    return tuple(said)


def sums_in_words(counted: Statistics) -> tuple[str, ...]:
    """That what is counted and what is left out are all there is, individuals and photographs apart."""
    left_out = {unit: sum(len(e.ids) for e in counted.excluded if e.unit is unit) for unit in CountedUnit}
    return (
        f"Of {counted.all_individuals:,} accepted individuals {counted.readings.whole:,} are in the figures "
        f"of findings and {left_out[CountedUnit.INDIVIDUAL]:,} left out.",
        f"Of {counted.all_photos:,} photographs of the case {counted.photos:,} are counted and "
        f"{left_out[CountedUnit.PHOTO]:,} left out.",
    )


def denominator_in_words(table: Table, counted: Statistics) -> str:
    """Of how many the shares of a table are, in one line."""
    sizes = {figure.all for figure in table.figures}
    if len(sizes) != 1:
        return f"{table.unit.capitalize()}; each row is a share of its own class. {_DUPLICATES_ONCE}"
    size = sizes.pop()
    if table.unit is CountedUnit.INDIVIDUAL and size < counted.all_individuals:
        which = f"{size:,} of {counted.all_individuals:,} accepted individuals"
        whole = ": all photographs read" if size == counted.readings.whole else ""
        return f"{which}{whole}. {_DUPLICATES_ONCE}"
    if table.unit is CountedUnit.PHOTO and size < counted.all_photos:
        return f"{size:,} of {counted.all_photos:,} photographs of the case. {_DUPLICATES_ONCE}"
    return f"{format_unit_count(size, table.unit).capitalize()}. {_DUPLICATES_ONCE}"


_DUPLICATES_ONCE = "Near-duplicates counted once."


def left_out_in_words(counted: Statistics) -> tuple[str, ...]:
    """What is counted and what is left out, individuals and photographs apart, each cause once."""
    said = []
    for sentence, unit in zip(
        sums_in_words(counted), (CountedUnit.INDIVIDUAL, CountedUnit.PHOTO), strict=True
    ):
        causes = [f"{len(e.ids):,} ({e.why})" for e in counted.excluded if e.unit is unit]
        said.append(f"{sentence.removesuffix('.')}: {', '.join(causes)}." if causes else sentence)
    return tuple(said)


def sum_left_out(table: Table, counted: Statistics) -> str:
    """How many are left out of a table of individuals, in one short sentence; "" of any other."""
    sizes = {figure.all for figure in table.figures}
    if table.unit is not CountedUnit.INDIVIDUAL or len(sizes) != 1:
        return ""
    photos = sum(len(e.ids) for e in counted.excluded if e.unit is CountedUnit.PHOTO)
    return (
        f"Left out: {counted.all_individuals - sizes.pop():,} of "
        f"{format_unit_count(counted.all_individuals, CountedUnit.INDIVIDUAL)} and "
        f"{photos:,} of {format_unit_count(counted.all_photos, CountedUnit.PHOTO)}; "
        "why stands below the figure."
    )


def statistics_in_words(counted: Statistics) -> str:
    """ "200 individuals and 812 photographs are counted"; near-duplicates once."""
    both = counted.photos + counted.individuals
    return (
        f"{format_unit_count(counted.individuals, CountedUnit.INDIVIDUAL)} "
        f"and {format_unit_count(counted.photos, CountedUnit.PHOTO)} "
        f"{'is' if both == 1 else 'are'} counted, near-duplicates once."
    )
