"""With Readings held in memory a ledger leads to the same tables as with each act written at once."""

import pytest
from sqlalchemy import event

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import ThingKind, make_reading_id
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.storage import ledger
from reviewer.storage.engine import database
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import select_named
from reviewer.storage.reading import readings
from reviewer.storage.replay.apply import apply_entry
from reviewer.storage.replay.replay import HeldThings, replay_entries
from reviewer.storage.store import record_draft, undo_latest_act
from tests.support.cases import pen
from tests.support.statements import recorded_statements

PHOTOS = [f"{number:064x}" for number in range(5)]
AT = "2026-01-01T00:00:00.000+00:00"


def a_finding(number):
    return Finding(f"f{number}", "elec.mark", "1.0.0", regions=("chest.L",))


def acts_of_a_morning():
    """Photographs gone through twice, with findings changed and taken away, and marks."""
    for turn in range(2):
        for number, photo in enumerate(PHOTOS):
            finding = a_finding(f"{number}-{turn}")
            reading = Reading("e", photo, findings=(finding,))
            yield finding_commands.add_finding(Reading("e", photo), finding)
            yield finding_commands.set_certainty(reading, finding, Certainty.DEFINITE)
            yield finding_commands.add_mark(
                reading, finding, Mark(f"m{number}-{turn}", MarkShape.LINE, ((1, 2), (3, 4)))
            )
            yield Draft(acts.COVERAGE_SET, photo, {"regions": {"nape": "assessable"}})
            if number % 2:
                yield finding_commands.remove_findings(reading, [finding.id])


@pytest.fixture
def kept():
    with database.open_in_memory() as connection:
        record_draft(connection, Draft(acts.CASE_CREATED, "c", {"name": "n"}), pen(), AT)
        for draft in acts_of_a_morning():
            record_draft(connection, draft, pen(), AT)
        undo_latest_act(connection, pen(), AT)
        yield connection


def rows(connection):
    return {
        table.name: sorted(map(tuple, connection.execute(select_named(table))), key=repr)
        for table in t.STATE_TABLES
    }


@pytest.mark.parametrize("most", [1, 2, 1000])
def test_held_or_written_at_once_the_tables_are_the_same(kept, monkeypatch, most):
    monkeypatch.setattr("reviewer.storage.replay.replay._MOST_HELD", most)
    with database.open_in_memory() as again:
        replay_entries(again, lambda: ledger.iterate_entries(kept))
        assert rows(again) == rows(kept)


def test_what_is_asked_for_each_act_that_is_taken_back_is_put_together_once(kept):
    for _ in range(9):
        undo_latest_act(kept, pen(), AT)
    put_together = {}

    def note(_connection, statement, *_rest):
        put_together.setdefault(str(statement), set()).add(id(statement))
        held.append(statement)  # or another one gets its number

    held = []
    with database.open_in_memory() as again:
        event.listen(again, "before_execute", note)
        replay_entries(again, lambda: ledger.iterate_entries(kept))
    often = [words for words, ids in put_together.items() if len(ids) >= 9]
    asked = [words for words in often if "ledger" in words or "UPDATE acts" in words or "INTO acts" in words]
    assert asked == []


@pytest.mark.parametrize("most", [1, 3, 1000])
def test_acts_noted_together_or_one_by_one_lead_to_the_same_tables(kept, monkeypatch, most):
    monkeypatch.setattr("reviewer.storage.replay.replay._MOST_WAITING", most)
    with database.open_in_memory() as again:
        replay_entries(again, lambda: ledger.iterate_entries(kept))
        assert rows(again) == rows(kept)
        assert list(ledger.iterate_entries(again)) == list(ledger.iterate_entries(kept))


def test_a_replay_asks_less_than_two_statements_for_an_act_on_a_reading(kept):
    """Ledger, chain, act, reading, finding and regions would be six."""
    entries = list(ledger.iterate_entries(kept))
    with database.open_in_memory() as again, recorded_statements() as statements:
        replay_entries(again, lambda: entries)
        asked = len(statements)
    assert asked < 2 * len(entries)


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_are_held_than_was_said_and_what_is_written_is_found_again(kept, most):
    held = HeldThings(most)
    with database.open_in_memory() as again:
        for position, entry in ledger.iterate_entries(kept):
            ledger.insert_entry(again, entry, position)
            apply_entry(again, position, entry, held)
            assert len(held._held) <= most
        ids = [make_reading_id("e", photo) for photo in PHOTOS]
        assert held.load(again, ThingKind.READING, ids) == {
            id_: reading
            for id_, photo in zip(ids, PHOTOS, strict=True)
            if (reading := readings.load(kept, "e", photo)) is not None
        }
        held.write(again)
        assert rows(again)["findings"] == rows(kept)["findings"]


@pytest.mark.parametrize(("most", "times"), [(1000, 1), (1, 1), (2, 2)])
def test_a_finding_that_goes_from_one_photograph_to_another_is_replayed(monkeypatch, most, times):
    """Held, the second photograph may be written before the first has let go of it: then one act after the
    other is written."""
    monkeypatch.setattr("reviewer.storage.replay.replay._MOST_HELD", most)
    first, second, *others = PHOTOS
    moved, asked = a_finding("moved"), []
    with database.open_in_memory() as kept:
        for draft in (
            Draft(acts.CASE_CREATED, "c", {"name": "n"}),
            finding_commands.add_finding(Reading("e", first), moved),
            *(finding_commands.write_note(Reading("e", photo), "seen") for photo in others),
            finding_commands.remove_findings(Reading("e", first, findings=(moved,)), [moved.id]),
            finding_commands.add_finding(Reading("e", second), moved),
            finding_commands.write_note(Reading("e", first), "it was of the other one"),
            *(finding_commands.write_note(Reading("e", photo), "seen again") for photo in others),
        ):
            record_draft(kept, draft, pen(), AT)

        def entries():
            asked.append(1)
            return ledger.iterate_entries(kept)

        with database.open_in_memory() as again:
            replay_entries(again, entries)
            assert rows(again) == rows(kept)
    assert len(asked) == times


def test_an_act_that_cannot_be_applied_is_said(kept):
    def entries():
        *others, (position, last) = ledger.iterate_entries(kept)
        return [*others, (position, last.__class__(**{**vars(last), "act": "act of nobody"}))]

    with database.open_in_memory() as again, pytest.raises(LedgerDamaged, match="act of nobody"):
        replay_entries(again, entries)
