"""Version 1.4: files examined anew and left out, kinds of content, pages, doubts of dates.

The table of files is made anew, because a path may have several rows now and an outcome was added. Nothing of
what its rows say is changed; the table of changed files leans on it and is made anew with it.
"""

from __future__ import annotations

VERSION = 1004

_APPEND_ONLY_TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_is_never_{act}d BEFORE {act.upper()} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is never {act}d'); END"
    for table in ("source_files", "changed_files")
    for act in ("update", "delete")
)

STATEMENTS = (
    "ALTER TABLE photos ADD COLUMN pictures TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN shown_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN taken_from TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN taken_doubt TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE changed_files_before AS SELECT * FROM changed_files",
    "DROP TABLE changed_files",
    "ALTER TABLE source_files RENAME TO source_files_before",
    """CREATE TABLE source_files (
        id INTEGER NOT NULL PRIMARY KEY,
        source TEXT NOT NULL,
        path BLOB NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        sha256 TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('photo', 'duplicate', 'problem', 'left out')),
        photo INTEGER REFERENCES photos (id),
        problem_kind TEXT NOT NULL,
        problem_reason TEXT NOT NULL,
        content_kind TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT '',
        replaces INTEGER REFERENCES source_files (id) CHECK (replaces < id),
        CHECK ((photo IS NULL) = (outcome IN ('problem', 'left out'))),
        CHECK ((problem_kind = '') = (outcome NOT IN ('problem', 'left out')))
    )""",
    """INSERT INTO source_files (
        id, source, path, folder, name, size, modified_ns, sha256, outcome, photo,
        problem_kind, problem_reason
    ) SELECT
        id, source, path, folder, name, size, modified_ns, sha256, outcome, photo,
        problem_kind, problem_reason
    FROM source_files_before""",
    "DROP TABLE source_files_before",
    """CREATE TABLE changed_files (
        id INTEGER NOT NULL PRIMARY KEY,
        source_file INTEGER NOT NULL REFERENCES source_files (id),
        sha256 TEXT NOT NULL,
        found_at TEXT NOT NULL,
        UNIQUE (source_file, sha256)
    )""",
    "INSERT INTO changed_files SELECT * FROM changed_files_before",
    "DROP TABLE changed_files_before",
    "CREATE UNIQUE INDEX source_files_first ON source_files (source, path) WHERE replaces IS NULL",
    "CREATE UNIQUE INDEX source_files_replaces ON source_files (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX source_files_photo ON source_files (photo)",
    "CREATE INDEX source_files_outcome ON source_files (outcome)",
    "CREATE INDEX source_files_names ON source_files (source, folder, name, photo)",
    *_APPEND_ONLY_TRIGGERS,
    *(
        f"ALTER TABLE {table} ADD COLUMN page INTEGER NOT NULL DEFAULT 1 CHECK (page >= 1)"
        for table in ("marks", "scales", "measurements", "redactions")
    ),
    """CREATE TABLE seen_elsewhere (
        file TEXT NOT NULL PRIMARY KEY,
        reason TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
)
