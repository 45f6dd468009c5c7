"""Version 1.5: what was looked for and how a photograph is described, who alleges, what an examiner knew.

A certainty that nobody stated is searched as "not stated", no longer as the default of the program.
The table of acts is made anew, because an act that is never taken back got a kind of its own.
"""

from __future__ import annotations

VERSION = 1005

STATEMENTS = (
    "ALTER TABLE readings ADD COLUMN looked_for TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE readings ADD COLUMN description TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE readings ADD COLUMN context_seen TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE findings ADD COLUMN alleged_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE findings ADD COLUMN in_context INTEGER NOT NULL DEFAULT 0 CHECK (in_context IN (0, 1))",
    "CREATE INDEX findings_unstated ON findings (examiner, photo) WHERE certainty_stated = 0",
    """UPDATE readings SET surest = coalesce((
        SELECT max(CASE certainty WHEN 'definite' THEN 3 WHEN 'probable' THEN 2 ELSE 1 END) FROM findings
        WHERE findings.examiner = readings.examiner AND findings.photo = readings.photo
        AND findings.confirmed = 1 AND findings.answer IN ('present', 'non-specific')
        AND findings.certainty_stated = 1
    ), 0) WHERE surest > 0""",
    """UPDATE finding_regions SET certainty = 'not stated'
    WHERE finding IN (SELECT id FROM findings WHERE certainty_stated = 0)""",
    "ALTER TABLE scales ADD COLUMN known_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE scales ADD COLUMN off_plane INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE decisions ADD COLUMN better TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE evaluations (
        individual TEXT NOT NULL,
        examiner TEXT NOT NULL,
        degree TEXT NOT NULL,
        alleged_by TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (individual, examiner)
    )""",
    "ALTER TABLE acts RENAME TO acts_before",
    "DROP INDEX acts_latest",
    """CREATE TABLE acts (
        position INTEGER NOT NULL PRIMARY KEY REFERENCES ledger (position),
        author TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('act', 'kept', 'undo', 'redo')),
        taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1))
    )""",
    "INSERT INTO acts SELECT * FROM acts_before",
    "DROP TABLE acts_before",
    "CREATE INDEX acts_latest ON acts (author, kind, taken_back, position)",
)
