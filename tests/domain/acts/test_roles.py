"""What each role may do is one table; the ledger says who had which role when."""

import re
from pathlib import Path

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.roles import (
    RIGHTS_OF_ROLE,
    Right,
    Role,
    RoleHistory,
    find_right,
    list_case_acts_with_right,
)
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import ChainSlot, Draft, seal_entry

AT = "2026-01-01T00:00:00.000+00:00"
PAGE = Path(__file__).parents[3] / "docs" / "manual" / "beginning.md"


def entry(act, author="lead", subject="c", **body):
    return seal_entry(Draft(act, subject, body), ChainSlot(author, "s1"), AT)


def role_set(who, role, author="lead"):
    return entry(acts.EXAMINER_ROLE_SET, author, who, role=role)


def told(*entries):
    history = RoleHistory()
    found = [
        fault.what for each in (entry(acts.CASE_CREATED), *entries) for fault in history.note_entry(each)
    ]
    return history, found


def test_every_act_on_the_case_takes_a_right():
    assert {act.name for act in acts.ACTS_OF_CASE} == list_case_acts_with_right()
    assert {find_right(act.name) for act in acts.ACTS_OF_READING} == {Right.RECORD}
    assert {find_right(act.name) for act in shared_acts.SHARED_ACTS} == {Right.DECIDE}
    assert find_right("dummy.done") is Right.ENROL, "what nobody thought of takes a lead"


def test_the_table_of_the_manual_is_the_table_of_the_program():
    section = PAGE.read_text(encoding="utf-8").split("\n### Roles\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (yes|no) \| (yes|no) \| (yes|no) \|$", section, re.MULTILINE)
    right = [
        (str(right), *("yes" if right in RIGHTS_OF_ROLE[role] else "no" for role in Role)) for right in Right
    ]
    assert rows == [("read everything", "yes", "yes", "yes"), *right]


def test_without_roles_everybody_acts_as_before_and_only_the_maker_sets_one():
    history, faults = told(entry(acts.EXAMINER_ENROLLED, "e2", "e3", name="n"))
    assert (faults, history.find_role("lead"), history.find_role("e2")) == ([], Role.LEAD, Role.EXAMINER)
    history, (fault,) = told(role_set("e2", "lead", author="e2"))
    assert "role was examiner, and that may not: set roles" in fault
    assert not history.begun


def test_what_the_role_of_that_moment_did_not_allow_is_named():
    note = {"author": "e2", "subject": "p", "text": "x"}
    history, faults = told(
        entry(acts.NOTE_WRITTEN, **note),
        role_set("e2", "observer"),
        entry(acts.NOTE_WRITTEN, **note),
        entry(acts.LEDGER_SEEN, "e2"),
        entry(acts.EXAMINER_ENROLLED, "e3", "e4", name="n"),
        role_set("e2", "examiner"),
        entry(acts.NOTE_WRITTEN, **note),
    )
    assert [fault.split(",")[0] for fault in faults] == [
        "its author's role was observer",
        "its author's role was examiner",
    ]
    with pytest.raises(NotAllowed, match="may not: enrol"):
        history.require("e2", acts.EXAMINER_ENROLLED)
    history.require("lead", acts.EXAMINER_ENROLLED)


def test_somebody_always_leads():
    history, faults = told(role_set("e2", "lead"), role_set("lead", "examiner"))
    assert (faults, history.list_leads()) == ([], ["e2"])
    with pytest.raises(NotAllowed, match="Somebody has to lead"):
        history.require_role_change("e2", Role.OBSERVER)
    _history, faults = told(role_set("lead", "observer"))
    assert faults == ["leaves the case without a lead"]
