"""Nothing that is changed hides what was there: no statement of a whole session touches history."""

import re

import pytest
from sqlalchemy import event

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.backup import back_up
from reviewer.services.case.enrolment import change_passphrase, enrol
from reviewer.services.case.history import iterate_entries
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import PASSPHRASE, ingested, made_case
from tests.support.photos import drive

HISTORY = ("ledger", "photos", "source_files", "changed_files")
_NAME = rf"""(?:["'`\[]?main["'`\]]?\s*\.\s*)?["'`\[]?(?:{"|".join(HISTORY)})\b"""
TOUCHES = re.compile(
    r"\b(?:update(?:\s+or\s+\w+)?|delete\s+from|(?:insert\s+or\s+)?replace\s+into|drop\s+table(?:\s+if\s+exists)?"
    rf"|alter\s+table)\s+{_NAME}"
    r"|\bdrop\s+trigger\b|\bwritable_schema\b|\brecursive_triggers\s*=\s*(?:off|0|false)",
    re.I,
)


def session(case, source, tmp_path):
    """Everything the program can do to a case."""
    ingested(case, source)
    next(source.rglob("IMG_0001.JPG")).write_bytes(b"another content")
    ingested(case, source)
    me = case.readers()[0]
    desk = ActQueue(case, me, post_at_once)
    for number in range(5):
        finding = Finding(f"f{number}", "elec.mark", "1.0.0")
        desk.submit(finding_commands.add_finding(desk.reading("a" * 64), finding)).result()
        desk.submit(
            finding_commands.set_certainty(desk.reading("a" * 64), finding, Certainty.DEFINITE)
        ).result()
        desk.submit(finding_commands.write_note(desk.reading("a" * 64), f"note {number}")).result()
    for step in (desk.undo, desk.undo, desk.redo, desk.undo):
        step()
        case.writer.drain()
    desk.submit(finding_commands.state_certainty(desk.reading("a" * 64), Certainty.PROBABLE)).result()
    desk.submit(finding_commands.complete_reading(desk.reading("a" * 64))).result()
    desk.detach()
    enrol(case, "Dr Hansen", "a passphrase of Hansen")
    change_passphrase(case, PASSPHRASE, "and now a new one")
    (tmp_path / "stick").mkdir()
    back_up(case, tmp_path / "stick", me.id, JobControl())
    export(case, me.id, "csv", tmp_path / "out", JobControl())
    verify_evidence(case, me.id, JobControl())


def test_no_statement_changes_or_deletes_history(tmp_path, promise):
    promise("R13", "Nothing you change hides what was there: no UPDATE or DELETE reaches history")
    (tmp_path / "drive").mkdir()
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    statements = []

    @event.listens_for(case.store._writing, "before_cursor_execute")
    def _note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    session(case, drive(tmp_path / "drive"), tmp_path)
    promise.tried = len(statements)
    promise.seen = f"{promise.tried:,} statements of one session"
    touching = [statement for statement in statements if TOUCHES.search(statement)]
    assert touching == []
    assert len(statements) > 300
    notes = [entry.body["text"] for entry in iterate_entries(case) if entry.act == "note.written"]
    assert notes == [f"note {number}" for number in range(5)], "what was written over and taken back is there"
    assert verify_case(case, JobControl()).sound
    case.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET body = ''",
        'delete from "photos"',
        "Update  source_files s",
        "INSERT OR REPLACE INTO ledger VALUES (1)",
        "replace into main.photos VALUES (1)",
        'UPDATE OR IGNORE "main"."changed_files" SET id = 1',
        "WITH a AS (SELECT 1) DELETE FROM [ledger]",
        "  -- so\nDELETE FROM `source_files`",
        "ALTER TABLE ledger RENAME TO other",
        "DROP TABLE IF EXISTS photos",
        "DROP TRIGGER ledger_is_never_updated",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
    ],
)
def test_the_net_catches(statement):
    assert TOUCHES.search(statement)


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO ledger (act) VALUES (?)", "SELECT * FROM photos", "UPDATE findings SET term = ?"],
)
def test_the_net_lets_through(statement):
    assert not TOUCHES.search(statement)
