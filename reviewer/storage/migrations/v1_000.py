"""Version 1.0: the first shape of a case database."""

from __future__ import annotations

VERSION = 1000

STATEMENTS = (
    """CREATE TABLE ledger (
        position INTEGER NOT NULL PRIMARY KEY,
        author TEXT NOT NULL,
        station TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq >= 1),
        prev TEXT NOT NULL CHECK (length(prev) = 64),
        tick INTEGER NOT NULL CHECK (tick >= 1),
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        takes_back TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
        UNIQUE (author, station, seq)
    )""",
    "CREATE INDEX ledger_subject ON ledger (subject, author)",
    "CREATE INDEX ledger_tick ON ledger (tick)",
    """CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is never updated'); END""",
    """CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is never deleted from'); END""",
    """CREATE TABLE photos (
        id INTEGER NOT NULL PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        size INTEGER NOT NULL CHECK (size > 0),
        format TEXT NOT NULL,
        width INTEGER NOT NULL CHECK (width > 0),
        height INTEGER NOT NULL CHECK (height > 0),
        orientation INTEGER NOT NULL CHECK (orientation BETWEEN 1 AND 8),
        taken_at TEXT NOT NULL,
        make TEXT NOT NULL,
        model TEXT NOT NULL,
        tags TEXT NOT NULL,
        likeness TEXT NOT NULL,
        damage TEXT NOT NULL
    )""",
    """CREATE TABLE source_files (
        id INTEGER NOT NULL PRIMARY KEY,
        source TEXT NOT NULL,
        path BLOB NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        sha256 TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('photo', 'duplicate', 'problem')),
        photo INTEGER REFERENCES photos (id),
        problem_kind TEXT NOT NULL,
        problem_reason TEXT NOT NULL,
        UNIQUE (source, path),
        CHECK ((photo IS NULL) = (outcome = 'problem')),
        CHECK ((problem_kind = '') = (outcome <> 'problem'))
    )""",
    "CREATE INDEX source_files_photo ON source_files (photo)",
    "CREATE INDEX source_files_outcome ON source_files (outcome)",
    """CREATE TABLE changed_files (
        id INTEGER NOT NULL PRIMARY KEY,
        source_file INTEGER NOT NULL REFERENCES source_files (id),
        sha256 TEXT NOT NULL,
        found_at TEXT NOT NULL,
        UNIQUE (source_file, sha256)
    )""",
    *(
        f"CREATE TRIGGER {table}_is_never_{act}d BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never {act}d'); END"
        for table in ("photos", "source_files", "changed_files")
        for act in ("update", "delete")
    ),
    """CREATE TABLE chains (
        author TEXT NOT NULL,
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (author, station)
    )""",
    """CREATE TABLE acts (
        position INTEGER NOT NULL PRIMARY KEY REFERENCES ledger (position),
        author TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('act', 'undo', 'redo')),
        taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1))
    )""",
    "CREATE INDEX acts_latest ON acts (author, kind, taken_back, position)",
    """CREATE TABLE case_facts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    """CREATE TABLE examiners (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        enrolled_at TEXT NOT NULL
    )""",
    """CREATE TABLE sources (
        id TEXT NOT NULL PRIMARY KEY,
        path TEXT NOT NULL,
        path_hex TEXT NOT NULL,
        added_at TEXT NOT NULL,
        ingested_at TEXT NOT NULL,
        manifest TEXT NOT NULL,
        records TEXT NOT NULL,
        files INTEGER NOT NULL,
        through INTEGER NOT NULL
    )""",
    """CREATE TABLE readings (
        examiner TEXT NOT NULL,
        photo TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'set aside')),
        conclusion TEXT NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (examiner, photo)
    )""",
    "CREATE INDEX readings_photo ON readings (photo)",
    """CREATE TABLE findings (
        id TEXT NOT NULL PRIMARY KEY,
        examiner TEXT NOT NULL,
        photo TEXT NOT NULL,
        place INTEGER NOT NULL,
        term TEXT NOT NULL,
        vocabulary TEXT NOT NULL,
        answer TEXT NOT NULL CHECK (answer IN ('present', 'absent', 'non-specific', 'not assessable')),
        reason TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('definite', 'probable', 'possible')),
        certainty_stated INTEGER NOT NULL CHECK (certainty_stated IN (0, 1)),
        regions TEXT NOT NULL,
        qualifiers TEXT NOT NULL,
        degree TEXT NOT NULL,
        mechanism TEXT NOT NULL,
        copied_from TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
        FOREIGN KEY (examiner, photo) REFERENCES readings (examiner, photo)
    )""",
    "CREATE INDEX findings_reading ON findings (examiner, photo)",
    "CREATE INDEX findings_term ON findings (term)",
    """CREATE TABLE finding_regions (
        finding TEXT NOT NULL REFERENCES findings (id),
        region TEXT NOT NULL,
        PRIMARY KEY (finding, region)
    )""",
    "CREATE INDEX finding_regions_region ON finding_regions (region)",
    """CREATE TABLE marks (
        id TEXT NOT NULL PRIMARY KEY,
        finding TEXT NOT NULL REFERENCES findings (id),
        place INTEGER NOT NULL,
        shape TEXT NOT NULL,
        points TEXT NOT NULL
    )""",
    "CREATE INDEX marks_finding ON marks (finding)",
)
