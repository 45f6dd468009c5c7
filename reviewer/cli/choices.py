"""What options of the command line can be, in words: what means something by them takes long to load.

`tests/cli/test_starting.py` compares each with what it stands for.
"""

from __future__ import annotations

from reviewer.domain.photos.content_kind import LEFT_OUT_NAME, UNKNOWN_NAME, ContentKind

HIT_ORDERS = ("ingest", "taken", "individual", "folder")
SAMPLE_UNITS = ("individuals", "photos")
STRATUM_FIELDS = (
    "age",
    "branch",
    "camera",
    "category",
    "folder",
    "individual",
    "month",
    "sex",
    "source",
    "state",
    "year",
)
SHEET_PHOTOGRAPHS = ("none", "small", "masked")
PROPOSAL_GROUNDS = ("bursts", "cards", "folders", "records")
ROLES = ("lead", "examiner", "observer")
CONTENT_KINDS = (*(str(kind) or UNKNOWN_NAME for kind in ContentKind), LEFT_OUT_NAME)
