"""Version 1.6: each entry says the head of the whole ledger as its author saw it; earlier ones did not.

Acts about the case (who belongs to it, with which key and role) are asked for at each opening. They have an
index of their own, which acts about photographs, most of a ledger, do not make longer.
"""

from __future__ import annotations

VERSION = 1006

STATEMENTS = (
    "ALTER TABLE ledger ADD COLUMN seen TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX ledger_of_case ON ledger (act) WHERE length(subject) < 64",
)
