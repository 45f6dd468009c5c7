"""Roles of the Examiners of a Case, as its ledger states them, and setting one."""

from __future__ import annotations

from reviewer.domain.acts import acts
from reviewer.domain.acts.roles import Role
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase

OBSERVES = "The role of this examiner is observer, who only reads."


def set_role(case: OpenCase, author: str, examiner: Examiner, role: Role) -> None:
    """Give an Examiner a role. NotAllowed for anybody but a lead, and where nobody would lead any more."""
    case.require_writable()
    case.roles.require_role_change(examiner.id, role)
    if case.roles.begun and case.roles.find_role(examiner.id) is role:
        raise KnownError("This is the role already.", code="same-role")
    case.record(Draft(acts.EXAMINER_ROLE_SET, examiner.id, {"role": str(role)}), author)
    case.forget_roles()


def read_only_for_observer(case: OpenCase, examiner: str) -> None:
    """Let an observer only read, from the moment the Case is open."""
    if examiner and not case.read_only and case.roles.find_role(examiner) is Role.OBSERVER:
        case.become_read_only(OBSERVES)
