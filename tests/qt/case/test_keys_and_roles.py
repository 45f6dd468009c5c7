"""Keys and roles on Access, of a case that an earlier version made."""

import pytest

from reviewer.domain.acts.key_history import KeyOrigin
from reviewer.qt.bridge import GuiPost
from reviewer.qt.case.keys_and_roles import KeysAndRoles
from reviewer.services.case.enrolment import load_key_history, make_recovery_key, replace_lost_passphrase
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.cases import PASSPHRASE, kept, opened

NEW = "four lamps on the long quay"


@pytest.fixture
def folder(tmp_path):
    return kept("1.5", tmp_path / "kept.case")


def test_it_says_that_a_new_recovery_key_is_to_be_made_until_one_is(qtbot, folder):
    with opened(folder, PASSPHRASE) as case:
        (me,) = case.readers()
        shown = KeysAndRoles(case, me, GuiPost())
        qtbot.addWidget(shown)
        shown.refresh()
        assert not shown.notice.isHidden()
        make_recovery_key(case)
        shown.refresh()
        assert shown.notice.isHidden()


def test_a_passphrase_lost_after_a_new_recovery_key_was_made_is_vouched_for(folder):
    with opened(folder, PASSPHRASE) as case:
        (me,) = case.readers()
        recovery_key = make_recovery_key(case)
    with opened(folder, recovery_key) as case:
        replace_lost_passphrase(case, me, NEW)
    with opened(folder, NEW) as case:
        verdict = verify_case(case, JobControl())
        assert verdict.sound, verdict.faults
        assert load_key_history(case).stated[-1].origin is KeyOrigin.VOUCHED
