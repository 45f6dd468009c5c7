"""Version 1.2: signed entries, and the keys they are checked with."""

from __future__ import annotations

VERSION = 1002

STATEMENTS = (
    "ALTER TABLE ledger ADD COLUMN signature TEXT NOT NULL DEFAULT '' CHECK (length(signature) IN (0, 128))",
    "ALTER TABLE examiners ADD COLUMN key TEXT NOT NULL DEFAULT ''",
)
