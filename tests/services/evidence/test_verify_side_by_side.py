"""Files, signatures and the rest are checked side by side: what is found does not depend on that."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.enrolment import enrol
from reviewer.services.evidence import verify_case as verifying
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.storage.store import DatabaseFault
from tests.support.cases import made_case
from tests.support.rewriting import entries_of, replace_ledger


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path)
    enrol(case, "Dr Haddad")
    for number in range(20):
        author = case.examiners()[number % 2].id
        case.record(Draft(acts.NOTE_WRITTEN, f"{number:064x}", {"text": f"note {number}"}), author)
    yield case
    case.close()


def with_wrong_signatures(case):
    """Signatures exchanged, made up, taken away; and a text changed, so that there is more to be named."""
    entries = entries_of(case)
    entries[5] = replace(entries[5], signature=entries[6].signature)
    entries[8] = replace(entries[8], signature="f" * 128)
    entries[9] = replace(entries[9], signature="no signature".ljust(128))
    entries[11] = replace(entries[11], body={"text": "another"})
    entries[12] = replace(entries[12], signature="")
    replace_ledger(case, entries)


def faults_of(case, monkeypatch, from_entries):
    monkeypatch.setattr(verifying, "_WORTH_A_PROCESS", from_entries)
    verdict = verify_case(case, JobControl())
    return [f"{fault.where}: {fault.what}" for fault in verdict.faults]


def test_the_same_is_said_in_the_same_order_with_a_process_and_without(case, monkeypatch):
    assert faults_of(case, monkeypatch, 0) == faults_of(case, monkeypatch, 1000) == []
    with_wrong_signatures(case)
    here = faults_of(case, monkeypatch, 1000)
    assert sum("its signature is not that of its author" in fault for fault in here) == 3
    assert faults_of(case, monkeypatch, 0) == here


@pytest.mark.parametrize("answer", [None, frozenset({0, 3, 7})])
def test_a_process_that_is_lost_or_accuses_is_not_believed(case, monkeypatch, answer):
    monkeypatch.setattr(verifying.SignatureProcess, "find_invalid", lambda *_: answer)
    assert faults_of(case, monkeypatch, 0) == []


def test_without_an_answer_what_is_wrong_is_found_all_the_same(case, monkeypatch):
    with_wrong_signatures(case)
    here = faults_of(case, monkeypatch, 1000)
    monkeypatch.setattr(verifying.SignatureProcess, "find_invalid", lambda *_: None)
    assert faults_of(case, monkeypatch, 0) == here


def test_files_that_cannot_be_read_are_named_before_entries_that_cannot(case, monkeypatch):
    def unreadable(*_about):
        raise DatabaseFault("", None, Exception())
        yield

    def no_entries(*_about):
        raise KeyError

    monkeypatch.setattr(verifying.ledger, "iterate_entries", no_entries)
    assert faults_of(case, monkeypatch, 0) == ["the database: cannot be read to the end: KeyError"]
    monkeypatch.setattr(verifying, "_check_files", unreadable)
    assert faults_of(case, monkeypatch, 0) == ["the database: cannot be read to the end: DBAPIError"]


def test_it_can_be_ended_while_signatures_are_awaited(case, monkeypatch):
    control = JobControl()

    def never(_process, check):
        control.cancel()
        check()

    monkeypatch.setattr(verifying.SignatureProcess, "find_invalid", never)
    monkeypatch.setattr(verifying, "_WORTH_A_PROCESS", 0)
    with pytest.raises(Cancelled):
        verify_case(case, control)
