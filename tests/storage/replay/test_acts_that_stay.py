"""What was uncovered cannot be covered again: such an act stands, and undo and redo pass it by."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.storage.engine import database
from reviewer.storage.reading import readings
from reviewer.storage.replay.apply import find_redo_target, find_undo_target
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import Store, record_draft, redo_latest_act, undo_latest_act
from tests.support.cases import pen

AT = "2026-01-01T00:00:00.000+00:00"
PHOTO = "p" * 64


@pytest.fixture
def store(tmp_path):
    database.create_database(tmp_path / "case.db")
    made = Store(tmp_path / "case.db", read_only=False)
    yield made
    made.close()


def add(connection, id_):
    draft = finding_commands.add_finding(Reading("e", PHOTO), Finding(id_, "blunt.bruise", "2.0.0"))
    record_draft(connection, draft, pen(), AT)


def reading(connection):
    return readings.load(connection, "e", PHOTO)


def test_undo_takes_back_what_came_before_and_leaves_what_was_uncovered(store):
    with store.write() as connection:
        add(connection, "a")
        record_draft(connection, Draft(acts.CONTEXT_SEEN, PHOTO, {"what": "card"}), pen(), AT)
        assert find_undo_target(connection, "e").act == acts.FINDING_ADDED
        undo_latest_act(connection, pen(), AT)
        assert (reading(connection).findings, reading(connection).context_seen) == ((), ("card",))
        assert find_undo_target(connection, "e") is None
        assert list(find_differences(connection)) == []


def test_what_is_uncovered_after_an_undo_leaves_the_redo_and_marks_only_what_came_later(store):
    with store.write() as connection:
        add(connection, "a")
        undo_latest_act(connection, pen(), AT)
        record_draft(connection, Draft(acts.CONTEXT_SEEN, PHOTO, {"what": "number"}), pen(), AT)
        assert find_redo_target(connection, "e") is not None
        redo_latest_act(connection, pen(), AT)
        add(connection, "b")
        made = {f.id: f.in_context for f in reading(connection).findings}
        assert made == {"a": False, "b": True}
        assert list(find_differences(connection)) == []
