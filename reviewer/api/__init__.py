"""A read-only interface to a case for scripts and notebooks: docs/api.md.

from reviewer.api import open_case, rows

with open_case("branch-a.case", "passphrase") as case:
    table = rows(case.findings())
"""

from reviewer.api.opened import Case, open_case
from reviewer.api.plain import (
    Examiner,
    Figure,
    Figures,
    Finding,
    Individual,
    LeftOut,
    Mark,
    Photograph,
    Reading,
    rows,
)
from reviewer.domain.errors import KnownError

API_VERSION = (1, 0)
"""The first number changes when a script may have to change, the second when something was added."""

__all__ = [
    "API_VERSION",
    "Case",
    "Examiner",
    "Figure",
    "Figures",
    "Finding",
    "Individual",
    "KnownError",
    "LeftOut",
    "Mark",
    "Photograph",
    "Reading",
    "open_case",
    "rows",
]
