"""Rows of a gallery are made of columns, and say the same."""

import pytest

from reviewer.domain.photos.photo_columns import TextColumn
from reviewer.domain.search.arranging import GalleryRow
from reviewer.domain.worklist.assignments import Assignments, PhotoAssignment
from tests.support.gallery_rows import make_gallery_rows

FILES = [("c" * 64, "s/x", "1.jpg"), ("a" * 64, "s/x", "2.jpg"), ("b" * 64, "t/y", "3.jpg")]


@pytest.fixture
def rows():
    placed = Assignments(3)
    placed.put(2, PhotoAssignment("scene", "p", "d"))
    return make_gallery_rows(
        FILES,
        assignments=placed,
        taken_at=TextColumn(["", "", "2012-08-14", ""]),
        progress={2: "open"},
        ingest_days={"s": "2026-12-01"},
        alike={"d": 3},
        damaged=frozenset({3}),
        carried=frozenset({2}),
        seen={2: ("card",)},
        cards={3: ((0.0, 0.0, 1.0, 0.5),)},
    )


def test_a_row_says_what_its_columns_say(rows):
    assert list(rows) == rows[:] == [
        GalleryRow("c" * 64, "s/x", "1.jpg", "", "2026-12-01", "", "", "", "unread", 0, False),
        GalleryRow(
            "a" * 64, "s/x", "2.jpg", "2012-08-14", "2026-12-01", "scene", "d", "p", "open", 0, False, 3,
            True, ("card",),
        ),
        GalleryRow(
            "b" * 64, "t/y", "3.jpg", "", "", "", "", "", "unread", 0, True, 0, False, (),
            ((0.0, 0.0, 1.0, 0.5),),
        ),
    ]  # fmt: skip
    assert (rows[-1], len(rows), rows.sha256_at(1)) == (rows[2], 3, "a" * 64)
    for place in (3, -4):
        with pytest.raises(IndexError):
            rows[place]


def test_a_row_that_was_read_anew_takes_its_place(rows):
    new = rows[1]._replace(findings=7)
    rows.replace({new.sha256: new, "f" * 64: new._replace(sha256="f" * 64)})
    assert [row.findings for row in rows] == [0, 7, 0]
    assert [rows.place_of(photo) for photo in ("a" * 64, "b" * 64, "f" * 64)] == [1, 2, None]
