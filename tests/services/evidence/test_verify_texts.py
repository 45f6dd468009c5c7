"""What full text searches in follows from notes and records; verify finds whatever does not."""

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from tests.support.cases import made_case, opened


@pytest.fixture
def folder(tmp_path):
    case = made_case(tmp_path)
    author = case.examiners()[0].id
    case.record(Draft(acts.NOTE_WRITTEN, "a" * 64, {"text": "Gürtel آثار"}), author)
    loaded = {"name": "n", "sha256": "a" * 64, "rows": 1, "seal": "b" * 64, "mapping": {}}
    case.record(Draft(acts.RECORDS_LOADED, "f", loaded), author)

    def run(connection):
        cells = {"id": 1, "file": "f", "sheet": "", "row": 1, "cells": '["Sami", " ", "215"]'}
        connection.execute(t.records.insert().values(**cells))
        texts.put_text(connection, "record", "1", texts.join_record_cells(["Sami", " ", "215"]))

    case.writer.enqueue_batch(run).result()
    case.close()
    return case.folder


def faults(folder):
    with opened(folder, read_only=True) as case:
        found = {fault.where for fault in verify_case(case, JobControl()).faults}
    return {
        where for where in found if not where.startswith("records ")
    }  # their file was never really loaded


def test_a_case_as_it_was_written_is_sound(folder):
    assert faults(folder) == set()
    assert faults(folder) == set()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE texts SET text = 'other' WHERE kind = 'note'", "the text of note"),
        ("DELETE FROM texts WHERE kind = 'record'", "the text of record 1"),
        ("INSERT INTO texts (kind, owner, text) VALUES ('record', '9', 'x')", "the text of record 9"),
        ("INSERT INTO texts_index (texts_index) VALUES ('delete-all')", "the index of full text"),
        ("INSERT INTO texts_index (rowid, text) VALUES (77, 'ghost')", "the index of full text"),
    ],
)
def test_whatever_is_not_what_was_written_is_found(folder, change, where):
    connection = engine.connect(folder / "case.db")
    with connection:
        connection.execute(change)
    connection.close()
    found = faults(folder)
    assert len(found) == 1
    assert found.pop().startswith(where)
