"""Version 1.1: the display recipe of a finding, scales, measurements."""

from __future__ import annotations

VERSION = 1001

_OF_READING = """
        examiner TEXT NOT NULL,
        photo TEXT NOT NULL,
        place INTEGER NOT NULL,"""

STATEMENTS = (
    "ALTER TABLE findings ADD COLUMN recipe TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE findings ADD COLUMN seen_as_is INTEGER NOT NULL DEFAULT 1 CHECK (seen_as_is IN (0, 1))",
    f"""CREATE TABLE scales (
        id TEXT NOT NULL PRIMARY KEY,{_OF_READING}
        points TEXT NOT NULL,
        micrometres TEXT NOT NULL,
        source TEXT NOT NULL,
        tilt INTEGER NOT NULL CHECK (tilt BETWEEN 0 AND 60),
        curved INTEGER NOT NULL CHECK (curved IN (0, 1)),
        hand INTEGER NOT NULL CHECK (hand > 0),
        FOREIGN KEY (examiner, photo) REFERENCES readings (examiner, photo)
    )""",
    "CREATE INDEX scales_reading ON scales (examiner, photo)",
    f"""CREATE TABLE measurements (
        id TEXT NOT NULL PRIMARY KEY,{_OF_READING}
        quantity TEXT NOT NULL CHECK (quantity IN ('length', 'angle', 'area', 'path')),
        takes TEXT NOT NULL,
        scale TEXT NOT NULL,
        finding TEXT NOT NULL,
        FOREIGN KEY (examiner, photo) REFERENCES readings (examiner, photo)
    )""",
    "CREATE INDEX measurements_reading ON measurements (examiner, photo)",
)
