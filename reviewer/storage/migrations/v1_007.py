"""Version 1.7: the state tables carry the number of a photograph, and Readings have a round in their key.

A hash is 64 letters, and stood in every row and every index. Numbers are given out in `photo_numbers`; a
Photo that was ingested has the number of its row in `photos`. They are no truth of their own: ledger, exports
and packs name a Photo by its hash, and another machine may number otherwise. A Photo that acts speak of
before it is ingested has a number below zero until then; a trigger gives it its own, and the state tables
follow by their keys.

The tables are made anew from what they hold: nothing is replayed. What the primary key says stands in the
table itself (WITHOUT ROWID), and indexes that another one answers for are gone.
"""

from __future__ import annotations

VERSION = 1007

_READING_KEY = """
        examiner TEXT NOT NULL,
        photo INTEGER NOT NULL,
        round INTEGER NOT NULL CHECK (round >= 1),"""
_OF_READING = """
        FOREIGN KEY (examiner, photo, round) REFERENCES readings (examiner, photo, round) ON UPDATE CASCADE"""
_PHOTO = "photo INTEGER NOT NULL REFERENCES photo_numbers (number) ON UPDATE CASCADE"

_NUMBERS = (
    """CREATE TABLE photo_numbers (
        number INTEGER NOT NULL PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE
    )""",
    "INSERT INTO photo_numbers SELECT id, sha256 FROM photos",
    """INSERT INTO photo_numbers SELECT -row_number() OVER (ORDER BY sha256), sha256 FROM (
        SELECT photo AS sha256 FROM readings
        UNION SELECT photo FROM photo_facts
        UNION SELECT photo FROM cards
        UNION SELECT photo FROM redactions
        UNION SELECT subject FROM act_subjects WHERE kind = 'photo'
    ) WHERE sha256 NOT IN (SELECT sha256 FROM photos)""",
)

_TABLES = (
    f"""CREATE TABLE readings ({_READING_KEY.replace("photo INTEGER NOT NULL", _PHOTO)}
        state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'set aside')),
        conclusion TEXT NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        carried_from TEXT NOT NULL,
        counted INTEGER NOT NULL,
        marked INTEGER NOT NULL,
        surest INTEGER NOT NULL,
        looked_for TEXT NOT NULL,
        description TEXT NOT NULL,
        context_seen TEXT NOT NULL,
        PRIMARY KEY (examiner, photo, round)
    ) WITHOUT ROWID""",
    f"""CREATE TABLE findings (
        id TEXT NOT NULL PRIMARY KEY,{_READING_KEY}
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
        recipe TEXT NOT NULL,
        seen_as_is INTEGER NOT NULL CHECK (seen_as_is IN (0, 1)),
        alleged_by TEXT NOT NULL,
        in_context INTEGER NOT NULL CHECK (in_context IN (0, 1)),{_OF_READING}
    )""",
    f"""CREATE TABLE finding_regions (
        finding TEXT NOT NULL REFERENCES findings (id),
        region TEXT NOT NULL,
        examiner TEXT NOT NULL,
        {_PHOTO},
        round INTEGER NOT NULL CHECK (round >= 1),
        term TEXT NOT NULL,
        certainty TEXT NOT NULL,
        answer TEXT NOT NULL,
        confirmed INTEGER NOT NULL,
        PRIMARY KEY (finding, region)
    ) WITHOUT ROWID""",
    """CREATE TABLE marks (
        id TEXT NOT NULL PRIMARY KEY,
        finding TEXT NOT NULL REFERENCES findings (id),
        place INTEGER NOT NULL,
        shape TEXT NOT NULL,
        points TEXT NOT NULL,
        page INTEGER NOT NULL CHECK (page >= 1)
    )""",
    f"""CREATE TABLE scales (
        id TEXT NOT NULL PRIMARY KEY,{_READING_KEY}
        place INTEGER NOT NULL,
        points TEXT NOT NULL,
        micrometres TEXT NOT NULL,
        source TEXT NOT NULL,
        tilt INTEGER NOT NULL CHECK (tilt BETWEEN 0 AND 60),
        curved INTEGER NOT NULL CHECK (curved IN (0, 1)),
        hand INTEGER NOT NULL CHECK (hand > 0),
        page INTEGER NOT NULL CHECK (page >= 1),
        known_by TEXT NOT NULL,
        off_plane INTEGER NOT NULL,{_OF_READING}
    )""",
    f"""CREATE TABLE measurements (
        id TEXT NOT NULL PRIMARY KEY,{_READING_KEY}
        place INTEGER NOT NULL,
        quantity TEXT NOT NULL CHECK (quantity IN ('length', 'angle', 'area', 'path')),
        takes TEXT NOT NULL,
        scale TEXT NOT NULL,
        finding TEXT NOT NULL,
        page INTEGER NOT NULL CHECK (page >= 1),{_OF_READING}
    )""",
    f"""CREATE TABLE coverage ({_READING_KEY}
        region TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('assessable', 'limited', 'not')),
        PRIMARY KEY (examiner, photo, round, region),{_OF_READING}
    ) WITHOUT ROWID""",
    f"""CREATE TABLE photo_facts (
        {_PHOTO} PRIMARY KEY,
        category TEXT NOT NULL,
        individual TEXT NOT NULL,
        duplicates TEXT NOT NULL
    )""",
    f"""CREATE TABLE cards (
        {_PHOTO},
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
    ) WITHOUT ROWID""",
    f"""CREATE TABLE redactions (
        id TEXT NOT NULL PRIMARY KEY,
        {_PHOTO},
        shape TEXT NOT NULL CHECK (shape IN ('rectangle', 'ellipse', 'polygon')),
        points TEXT NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('face', 'genitals', 'name', 'other')),
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        page INTEGER NOT NULL CHECK (page >= 1)
    )""",
)

_COLUMNS = {
    "readings": "examiner, photo, round, state, conclusion, reason, note, changed_at, carried_from, counted, "
    "marked, surest, looked_for, description, context_seen",
    "findings": "id, examiner, photo, round, place, term, vocabulary, answer, reason, certainty, "
    "certainty_stated, regions, qualifiers, degree, mechanism, copied_from, confirmed, recipe, seen_as_is, "
    "alleged_by, in_context",
    "finding_regions": "finding, region, examiner, photo, round, term, certainty, answer, confirmed",
    "marks": "id, finding, place, shape, points, page",
    "scales": "id, examiner, photo, round, place, points, micrometres, source, tilt, curved, hand, page, "
    "known_by, off_plane",
    "measurements": "id, examiner, photo, round, place, quantity, takes, scale, finding, page",
    "coverage": "examiner, photo, round, region, level",
    "photo_facts": "photo, category, individual, duplicates",
    "cards": "photo, pass, detainee, branch, examination, date, legible, note, box, author, at",
    "redactions": "id, photo, shape, points, purpose, author, at, page",
}
"""What is rebuilt, parents before those that lean on them, and the columns that are carried over."""


def _fill(table: str, columns: str) -> str:
    """Every row as it was, its Photo by its number, its round the first."""
    said = {"photo": "n.number", "round": "1"}
    values = ", ".join(said.get(name, f"b.{name}") for name in columns.split(", "))
    numbered = ("CROSS JOIN photo_numbers n ON n.sha256 = b.photo",) if "photo," in columns else ()
    into = f"INSERT INTO {table} ({columns})"
    return " ".join((into, "SELECT", values, "FROM", f"{table}_before b", *numbered))


_INDEXES = (
    "CREATE INDEX readings_photo ON readings (photo)",
    "CREATE INDEX readings_counted ON readings (examiner, counted, marked, surest, photo)",
    "CREATE INDEX readings_state ON readings (examiner, state, conclusion, photo)",
    """CREATE INDEX findings_reading ON findings (
        examiner, photo, round, certainty, answer, confirmed, certainty_stated
    )""",
    "CREATE INDEX findings_search ON findings (term, examiner, photo, certainty, answer, confirmed)",
    "CREATE INDEX findings_unconfirmed ON findings (examiner, photo) WHERE confirmed = 0",
    """CREATE INDEX finding_regions_search ON finding_regions (
        region, examiner, term, certainty, answer, confirmed, photo
    )""",
    "CREATE INDEX marks_finding ON marks (finding)",
    "CREATE INDEX scales_reading ON scales (examiner, photo)",
    "CREATE INDEX measurements_reading ON measurements (examiner, photo)",
    "CREATE INDEX coverage_search ON coverage (region, level, examiner, photo)",
    "CREATE INDEX photo_facts_category ON photo_facts (category)",
    "CREATE INDEX photo_facts_individual ON photo_facts (individual)",
    "CREATE INDEX photo_facts_duplicates ON photo_facts (duplicates)",
    *(
        f"CREATE INDEX cards_{name} ON cards ({name}, photo)"
        for name in ("detainee", "branch", "examination")
    ),
    "CREATE INDEX redactions_photo ON redactions (photo)",
    "CREATE INDEX source_files_without_photo ON source_files (sha256) WHERE photo IS NULL",
)

_TRIGGERS = (
    """CREATE TRIGGER photos_are_numbered AFTER INSERT ON photos BEGIN
        UPDATE act_subjects SET subject = new.id WHERE kind = 'photo' AND subject = (
            SELECT CAST(number AS TEXT) FROM photo_numbers WHERE sha256 = new.sha256 AND number <> new.id
        );
        UPDATE photo_numbers SET number = new.id WHERE sha256 = new.sha256 AND number <> new.id;
        INSERT INTO photo_numbers SELECT new.id, new.sha256
        WHERE NOT EXISTS (SELECT 1 FROM photo_numbers WHERE sha256 = new.sha256);
    END""",
)

_SUBJECTS = (
    "ALTER TABLE act_subjects RENAME TO act_subjects_before",
    """CREATE TABLE act_subjects (
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        position INTEGER NOT NULL REFERENCES ledger (position),
        PRIMARY KEY (kind, subject, position)
    ) WITHOUT ROWID""",
    """INSERT INTO act_subjects (kind, subject, position)
    SELECT kind, iif(kind = 'photo', n.number, subject), position FROM act_subjects_before
    LEFT JOIN photo_numbers n ON kind = 'photo' AND n.sha256 = subject""",
    "DROP TABLE act_subjects_before",
    "CREATE INDEX act_subjects_position ON act_subjects (position)",
)

STATEMENTS = (
    *_NUMBERS,
    *(f"ALTER TABLE {table} RENAME TO {table}_before" for table in _COLUMNS),
    *_TABLES,
    *(_fill(table, columns) for table, columns in _COLUMNS.items()),
    *(f"DROP TABLE {table}_before" for table in reversed(_COLUMNS)),
    *_INDEXES,
    *_SUBJECTS,
    *_TRIGGERS,
)
