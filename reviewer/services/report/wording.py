"""The fixed sentences of reports, and what a report says of its basis."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from reviewer.domain.figures.document import Origin
from reviewer.domain.figures.figures import Basis
from reviewer.domain.ledger.receipt import fingerprint
from reviewer.system.resources import resource

OWN_TEXT = "Text of the expert"
"""The heading below which an editable report has room."""


@lru_cache(maxsize=1)
def _kept() -> dict[str, object]:
    return tomllib.loads(resource("report", "sentences.toml").read_text(encoding="utf-8"))


def sentences(key: str) -> tuple[str, ...]:
    """The sentences of one part: "limits", "method", "verify", "sheet"."""
    found = _kept()[key]
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def sentence(key: str) -> str:
    """One sentence: "nothing_read", "no_individual"."""
    return sentences(key)[0]


def basis_rows(basis: Basis) -> tuple[tuple[str, str], ...]:
    """What a report rests on, as name and value."""
    return (
        ("Case", basis.case),
        ("Readings of", ", ".join(basis.examiners)),
        ("Photographs chosen by", basis.query or "all photographs of the case"),
        ("Entries of the ledger", f"{basis.entries:,}, the last of {basis.at or 'no time'}"),
        ("Fingerprint of the ledger", fingerprint(basis.head)),
        ("Vocabulary", f"version {basis.vocabulary}"),
        ("Program", f"reviewer {basis.program}"),
    )


def foot_of(basis: Basis) -> str:
    """What stands on each page."""
    return f"{basis.case} · entry {basis.entries:,} · {fingerprint(basis.head)[:39]}…"


def day_of(basis: Basis) -> str:
    """The day of the last entry, which is the date of the report."""
    return basis.at[:10] or "1970-01-01"


def origin_of(basis: Basis) -> Origin:
    """Which state of which case a report was made from."""
    return Origin(basis.case, basis.entries, fingerprint(basis.head))


def editable(origin: Origin) -> str:
    """What stands first in a form that can be edited: that it is no record, and of what it was made."""
    return sentence("editable").format(
        case=origin.case, entries=f"{origin.entries:,}", fingerprint=origin.fingerprint
    )
