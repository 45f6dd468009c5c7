"""Whoever opens a case in the window in which others have written says what she saw."""

import pytest

from reviewer.domain.acts import acts
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.witnessing import witness_others
from reviewer.storage.store import SaveFailed
from tests.support.cases import opened
from tests.support.rewriting import entries_of

SECOND = "Dr Haddad"


@pytest.fixture
def shared_case(case_folder):
    """The last entry is of the second examiner: her own enrolment."""
    with opened(case_folder) as case:
        enrol(case, SECOND)
    return case_folder


def seen_by(case):
    return [entry.author for entry in entries_of(case) if entry.act == acts.LEDGER_SEEN]


def test_opening_after_another_writes_an_entry_and_opening_again_none(desk, shared_case):
    reader = desk().opens(shared_case, examiner="Dr Okoye")
    assert seen_by(reader.session.case) == [reader.session.examiner.id]
    reader.leaves()
    again = desk().opens(shared_case, examiner="Dr Okoye")
    assert seen_by(again.session.case) == [again.session.examiner.id]


def test_opening_after_oneself_writes_nothing(desk, shared_case):
    reader = desk().opens(shared_case, examiner=SECOND)
    assert seen_by(reader.session.case) == []


def test_a_case_that_cannot_be_written_is_read_all_the_same(shared_case, monkeypatch, expected_logs):
    expected_logs.add("what others wrote could not be witnessed")
    with opened(shared_case) as case:

        def fail(*_arguments):
            raise SaveFailed("Not saved: the disk is full.")

        monkeypatch.setattr(case, "record", fail)
        assert not witness_others(case, case.examiners()[0].id)


def test_nothing_is_written_where_the_case_is_open_for_reading_only(shared_case):
    with opened(shared_case, read_only=True) as case:
        assert not witness_others(case, case.examiners()[0].id)
