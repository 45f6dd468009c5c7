"""What can be answered of a sign, how sure the examiner is, and why something cannot be judged."""

from __future__ import annotations

from enum import StrEnum


class FindingAnswer(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    NON_SPECIFIC = "non-specific"
    NOT_ASSESSABLE = "not assessable"


class Certainty(StrEnum):
    DEFINITE = "definite"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class NotAssessableReason(StrEnum):
    """Why something cannot be assessed."""

    NOT_IN_FRAME = "not in frame"
    COVERED = "covered"
    BLURRED = "blurred"
    DARK = "dark"
    DECOMPOSED = "decomposed"
