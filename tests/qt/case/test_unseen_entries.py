"""The integrity screen says how much of the ledger nobody but its author has seen."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.qt.case.integrity_words import describe_ledger
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.witnessing import witness_others
from reviewer.services.evidence.integrity_facts import load_integrity_facts
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.cases import made_case


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path)
    yield case
    case.close()


def said(case, verdict=None):
    return describe_ledger(load_integrity_facts(case), verdict)[2]


def test_how_many_entries_nobody_else_has_seen_stands_in_the_box_of_the_ledger(case):
    first = case.examiners()[0].id
    second = enrol(case, "Dr Haddad").id
    assert "1 entry is seen by nobody else yet." in said(case)
    for words in ("one", "two", "three"):
        case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""}), first)
    assert "3 entries are seen by nobody else yet." in said(case)
    assert "3 entries are seen by nobody else yet." in said(case, verify_case(case, JobControl()))
    witness_others(case, second)
    assert "1 entry is seen by nobody else yet." in said(case)
