"""Version 1.3: from photographs to people: categories, individuals, cards, records, coverage, lists."""

from __future__ import annotations

VERSION = 1003

_APPEND_ONLY_TABLES = ("records", "record_contents", "record_facts")

STATEMENTS = (
    "ALTER TABLE readings ADD COLUMN carried_from TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE readings ADD COLUMN counted INTEGER NOT NULL DEFAULT 0",
    """UPDATE readings SET counted = (
        SELECT count(*) FROM findings
        WHERE findings.examiner = readings.examiner AND findings.photo = readings.photo
        AND findings.confirmed = 1 AND findings.answer IN ('present', 'non-specific')
    )""",
    "ALTER TABLE readings ADD COLUMN marked INTEGER NOT NULL DEFAULT 0",
    """UPDATE readings SET marked = (
        SELECT count(*) FROM marks JOIN findings ON findings.id = marks.finding
        WHERE findings.examiner = readings.examiner AND findings.photo = readings.photo
    )""",
    "ALTER TABLE readings ADD COLUMN surest INTEGER NOT NULL DEFAULT 0",
    """UPDATE readings SET surest = coalesce((
        SELECT max(CASE certainty WHEN 'definite' THEN 3 WHEN 'probable' THEN 2 ELSE 1 END) FROM findings
        WHERE findings.examiner = readings.examiner AND findings.photo = readings.photo
        AND findings.confirmed = 1 AND findings.answer IN ('present', 'non-specific')
    ), 0)""",
    "CREATE INDEX readings_counted ON readings (examiner, counted, marked, surest, photo)",
    "CREATE INDEX readings_state ON readings (examiner, state, conclusion, photo)",
    "DROP INDEX findings_term",
    "CREATE INDEX findings_search ON findings (term, examiner, photo, certainty, answer, confirmed)",
    "CREATE INDEX findings_unconfirmed ON findings (examiner, photo) WHERE confirmed = 0",
    "CREATE INDEX findings_answer ON findings (examiner, certainty, answer, photo, confirmed)",
    *(
        f"ALTER TABLE finding_regions ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"
        for name in ("examiner", "photo", "term", "certainty", "answer")
    ),
    "ALTER TABLE finding_regions ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 1",
    """UPDATE finding_regions SET (examiner, photo, term, certainty, answer, confirmed) = (
        SELECT examiner, photo, term, certainty, answer, confirmed
        FROM findings WHERE findings.id = finding_regions.finding
    )""",
    "DROP INDEX finding_regions_region",
    """CREATE INDEX finding_regions_search ON finding_regions (
        region, examiner, term, certainty, answer, confirmed, photo
    )""",
    "CREATE INDEX photos_taken ON photos (taken_at)",
    "CREATE INDEX photos_camera ON photos (make, model)",
    "CREATE INDEX source_files_names ON source_files (source, folder, name, photo)",
    """CREATE TABLE coverage (
        examiner TEXT NOT NULL,
        photo TEXT NOT NULL,
        region TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('assessable', 'limited', 'not')),
        PRIMARY KEY (examiner, photo, region),
        FOREIGN KEY (examiner, photo) REFERENCES readings (examiner, photo)
    )""",
    "CREATE INDEX coverage_search ON coverage (region, level, examiner, photo)",
    """CREATE TABLE act_subjects (
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        position INTEGER NOT NULL REFERENCES ledger (position),
        PRIMARY KEY (kind, subject, position)
    )""",
    "CREATE INDEX act_subjects_position ON act_subjects (position)",
    """CREATE TABLE photo_facts (
        photo TEXT NOT NULL PRIMARY KEY,
        category TEXT NOT NULL,
        individual TEXT NOT NULL,
        duplicates TEXT NOT NULL
    )""",
    "CREATE INDEX photo_facts_category ON photo_facts (category, photo)",
    "CREATE INDEX photo_facts_individual ON photo_facts (individual, photo)",
    "CREATE INDEX photo_facts_duplicates ON photo_facts (duplicates, photo)",
    """CREATE TABLE cards (
        photo TEXT NOT NULL,
        pass TEXT NOT NULL CHECK (pass IN ('first', 'second', 'resolved')),
        detainee TEXT NOT NULL,
        branch TEXT NOT NULL,
        examination TEXT NOT NULL,
        date TEXT NOT NULL,
        legible TEXT NOT NULL,
        note TEXT NOT NULL,
        box TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (photo, pass)
    )""",
    *(
        f"CREATE INDEX cards_{name} ON cards ({name}, photo)"
        for name in ("detainee", "branch", "examination")
    ),
    """CREATE TABLE individuals (
        id TEXT NOT NULL PRIMARY KEY,
        reason TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        merged_into TEXT NOT NULL
    )""",
    "CREATE INDEX individuals_merged ON individuals (merged_into)",
    """CREATE TABLE statements (
        individual TEXT NOT NULL,
        id TEXT NOT NULL,
        place INTEGER NOT NULL,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('definite', 'probable', 'possible')),
        kind TEXT NOT NULL CHECK (kind IN ('examiner', 'card', 'record', 'folder')),
        source TEXT NOT NULL,
        detail TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        withdrawn TEXT NOT NULL,
        PRIMARY KEY (individual, id)
    )""",
    "CREATE INDEX statements_fact ON statements (fact, value, individual)",
    """CREATE TABLE record_files (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        mapping TEXT NOT NULL,
        rows INTEGER NOT NULL CHECK (rows >= 0),
        seal TEXT NOT NULL CHECK (length(seal) = 64),
        author TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
    """CREATE TABLE record_contents (
        file TEXT NOT NULL PRIMARY KEY,
        content BLOB NOT NULL
    )""",
    """CREATE TABLE records (
        id INTEGER NOT NULL PRIMARY KEY,
        file TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL CHECK (row >= 1),
        cells TEXT NOT NULL,
        UNIQUE (file, sheet, row)
    )""",
    """CREATE TABLE record_facts (
        record INTEGER NOT NULL REFERENCES records (id),
        column TEXT NOT NULL,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        raw TEXT NOT NULL,
        doubt TEXT NOT NULL,
        PRIMARY KEY (record, column)
    ) WITHOUT ROWID""",
    "CREATE INDEX record_facts_fact ON record_facts (fact, value, record)",
    *(
        f"CREATE TRIGGER {table}_is_never_{act}d BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never {act}d'); END"
        for table in _APPEND_ONLY_TABLES
        for act in ("update", "delete")
    ),
    """CREATE TABLE record_links (
        record TEXT NOT NULL PRIMARY KEY,
        individual TEXT NOT NULL,
        how TEXT NOT NULL,
        note TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
    "CREATE INDEX record_links_individual ON record_links (individual)",
    """CREATE TABLE lists (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        sorting TEXT NOT NULL,
        details TEXT NOT NULL,
        photos TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
    """CREATE TABLE decisions (
        id TEXT NOT NULL,
        examiner TEXT NOT NULL,
        individual TEXT NOT NULL,
        term TEXT NOT NULL,
        result TEXT NOT NULL CHECK (result IN ('present', 'absent', 'cannot tell')),
        why TEXT NOT NULL,
        photos TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (id, examiner)
    )""",
    "CREATE INDEX decisions_individual ON decisions (individual, term)",
    """CREATE TABLE redactions (
        id TEXT NOT NULL PRIMARY KEY,
        photo TEXT NOT NULL,
        shape TEXT NOT NULL CHECK (shape IN ('rectangle', 'ellipse', 'polygon')),
        points TEXT NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('face', 'genitals', 'name', 'other')),
        author TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
    "CREATE INDEX redactions_photo ON redactions (photo)",
    """CREATE TABLE texts (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('note', 'record')),
        owner TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (kind, owner)
    )""",
    """CREATE VIRTUAL TABLE texts_index USING fts5 (
        text, content = 'texts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER texts_inserted AFTER INSERT ON texts BEGIN
        INSERT INTO texts_index (rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER texts_deleted AFTER DELETE ON texts BEGIN
        INSERT INTO texts_index (texts_index, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    """CREATE TRIGGER texts_updated AFTER UPDATE ON texts BEGIN
        INSERT INTO texts_index (texts_index, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO texts_index (rowid, text) VALUES (new.id, new.text);
    END""",
)
