"""What was uncovered cannot be covered again: such an act stands, and undo and redo pass it by."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.storage.engine import database
from reviewer.storage.reading import readings
from reviewer.storage.replay.apply import redo_target, undo_target
from reviewer.storage.replay.rebuild import differences
from reviewer.storage.store import Store, bring_back, record, take_back
from tests.support.cases import pen

AT = "2026-01-01T00:00:00.000+00:00"
PHOTO = "p" * 64


@pytest.fixture
def store(tmp_path):
    database.create(tmp_path / "case.db")
    made = Store(tmp_path / "case.db", read_only=False)
    yield made
    made.close()


def add(connection, id_):
    draft = finding_commands.add_finding(Reading("e", PHOTO), Finding(id_, "blunt.bruise", "2.0.0"))
    record(connection, draft, pen(), AT)


def reading(connection):
    return readings.load(connection, "e", PHOTO)


def test_undo_takes_back_what_came_before_and_leaves_what_was_uncovered(store):
    with store.write() as connection:
        add(connection, "a")
        record(connection, Draft(acts.CONTEXT_SEEN, PHOTO, {"what": "card"}), pen(), AT)
        assert undo_target(connection, "e").act == acts.FINDING_ADDED
        take_back(connection, pen(), AT)
        assert (reading(connection).findings, reading(connection).context_seen) == ((), ("card",))
        assert undo_target(connection, "e") is None
        assert list(differences(connection)) == []


def test_what_is_uncovered_after_an_undo_leaves_the_redo_and_marks_only_what_came_later(store):
    with store.write() as connection:
        add(connection, "a")
        take_back(connection, pen(), AT)
        record(connection, Draft(acts.CONTEXT_SEEN, PHOTO, {"what": "number"}), pen(), AT)
        assert redo_target(connection, "e") is not None
        bring_back(connection, pen(), AT)
        add(connection, "b")
        made = {f.id: f.in_context for f in reading(connection).findings}
        assert made == {"a": False, "b": True}
        assert list(differences(connection)) == []
