"""The fixed sentences of reports, and what a report says of its basis."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from reviewer.domain.figures.document import Origin
from reviewer.domain.figures.figures import StampBasis, StatisticsBasis
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.names import make_printable
from reviewer.system.identity import NOT_KNOWN, find_identity
from reviewer.system.resources import find_resource

OWN_TEXT = "Text of the expert"
"""The heading below which an editable report has room."""


@lru_cache(maxsize=1)
def _load_sentences() -> dict[str, object]:
    return tomllib.loads(find_resource("report", "sentences.toml").read_text(encoding="utf-8"))


def sentences(key: str) -> tuple[str, ...]:
    """Return the sentences of one part: "limits", "method", "verify", "sheet"."""
    found = _load_sentences()[key]
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def sentence(key: str) -> str:
    """Return one sentence: "nothing_read", "no_individual"."""
    return sentences(key)[0]


def make_basis_rows(basis: StatisticsBasis) -> tuple[tuple[str, str], ...]:
    """Return what a report rests on, as name and value, and which copy of the program made it."""
    who = find_identity()
    return (
        ("Case", basis.case),
        ("Readings of", ", ".join(basis.examiners)),
        ("Photographs chosen by", basis.query or "all photographs of the case"),
        ("Entries of the ledger", f"{basis.entries:,}, the last of {basis.at or 'no time'}"),
        ("Fingerprint of the ledger", format_hash_in_groups(basis.head)),
        *([("Time stamp", _describe_stamp(basis.stamp))] if basis.stamp else []),
        ("Vocabulary", f"version {basis.vocabulary}"),
        ("Program", f"reviewer {basis.program}"),
        ("Files of the program", format_hash_in_groups(who.program)),
        ("Libraries", format_hash_in_groups(who.libraries) or NOT_KNOWN),
        ("System", who.place),
    )


def _describe_stamp(stamp: StampBasis) -> str:
    authority = make_printable(stamp.authority)
    if stamp.vouched:
        return f"The first {stamp.entries:,} entries were there at {stamp.time}, as {authority} signed."
    return (
        f"The first {stamp.entries:,} entries were there at {stamp.time}, as {authority} signed, "
        "for whom nobody vouched."
    )


def make_footer(basis: StatisticsBasis) -> str:
    """Return the footer of each page."""
    return f"{basis.case} · entry {basis.entries:,} · {format_hash_in_groups(basis.head)[:39]}…"


def format_day(basis: StatisticsBasis) -> str:
    """Format the day of the last entry, the date of the report."""
    return basis.at[:10] or "1970-01-01"


def make_origin(basis: StatisticsBasis) -> Origin:
    """Return the case and the state of it that a report is made from."""
    return Origin(basis.case, basis.entries, format_hash_in_groups(basis.head))


def describe_editable(origin: Origin) -> str:
    """Return the notice at the top of an editable form: that it is no record, and what it was made from."""
    return sentence("editable").format(
        case=origin.case, entries=f"{origin.entries:,}", fingerprint=origin.fingerprint
    )
