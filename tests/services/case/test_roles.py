"""Roles in a case: set by a lead, refused in a sentence where they do not allow an act, named by verify."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.roles import Role, RoleHistory
from reviewer.domain.errors import NotAllowed, ReadOnly
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.reading_rules import require_lead
from reviewer.services.case.roles import OBSERVES, read_only_for_observer, set_role
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.cases import made_case


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path)
    enrol(case, "Dr Haddad")
    yield case
    case.close()


@pytest.fixture
def people(case):
    return case.examiners()


def writes(case, author):
    case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": "m", "limits": ""}), author)


def test_a_lead_sets_roles_and_an_act_that_a_role_does_not_allow_is_refused(case, people):
    okoye, haddad = people
    writes(case, haddad.id)
    with pytest.raises(NotAllowed, match="may not: set roles"):
        set_role(case, haddad.id, haddad, Role.LEAD)
    set_role(case, okoye.id, haddad, Role.EXAMINER)
    with pytest.raises(NotAllowed, match="role of this examiner is examiner"):
        writes(case, haddad.id)
    set_role(case, okoye.id, haddad, Role.LEAD)
    writes(case, haddad.id)
    require_lead(case, haddad, "x")
    set_role(case, haddad.id, okoye, Role.EXAMINER)
    with pytest.raises(NotAllowed, match="x by Dr Haddad, who leads this case"):
        require_lead(case, okoye, "x")
    with pytest.raises(NotAllowed, match="Somebody has to lead"):
        set_role(case, haddad.id, haddad, Role.OBSERVER)
    assert verify_case(case, JobControl()).sound


def test_an_observer_only_reads(case, people):
    okoye, haddad = people
    set_role(case, okoye.id, haddad, Role.OBSERVER)
    read_only_for_observer(case, okoye.id)
    assert not case.read_only
    read_only_for_observer(case, haddad.id)
    assert case.read_only == OBSERVES
    with pytest.raises(ReadOnly, match="only reads"):
        writes(case, haddad.id)


def test_what_another_program_wrote_against_a_role_is_named(case, people, monkeypatch):
    okoye, haddad = people
    set_role(case, okoye.id, haddad, Role.OBSERVER)
    with monkeypatch.context() as patched:
        patched.setattr(RoleHistory, "require", lambda *_: None)
        writes(case, haddad.id)
    (fault,) = verify_case(case, JobControl()).faults
    assert f"of {haddad.id}@" in fault.where
    assert "role was observer" in fault.what
