"""On the page Access: roles are set, a colleague who lost her passphrase gets a new one, another vouches."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.qt.case.keys_and_roles import NO_KEY_WAITS
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case.access_words import OLD_PASSPHRASE
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.roles import OBSERVES
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.waiting import until
from tests.support.widget_events import settles

HERS, THIRD = "seven quiet rooms by the sea", "nine grey stones in the river"
NEW = "four lamps on the long quay"


@pytest.fixture
def folder(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Haddad", HERS)
    enrol(case, "Dr Hansen", THIRD)
    case.close()
    return case.folder


@pytest.fixture
def sits_down(desk, folder):
    def sit(passphrase):
        reader = desk()
        reader.window.open_folder(folder)
        until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
        reader.window.door.page.passphrase.set_text(passphrase)
        reader.window.door.page.try_passphrase()
        until(lambda: reader.session is not None, "open")
        reader.window.show_screen("access")
        settles()
        return reader

    return sit


def clicks(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_lead_makes_a_colleague_an_observer_who_then_only_reads(sits_down):
    lead = sits_down(PASSPHRASE)
    keys = lead.session.access.keys
    assert [row[2] for row in keys.rows.rows] == ["enrolled", "enrolled", "made the case"]
    keys.who.setCurrentText("Dr Haddad")
    assert keys.role.currentText() == "examiner"
    keys.role.setCurrentText("observer")
    clicks(keys.set_role)
    until(lambda: "Dr Haddad is observer" in keys.role_said.text(), "the role is set")
    assert lead.session.access.people.rows[1][2] == "observer"
    lead.leaves()
    observer = sits_down(HERS)
    assert observer.session.case.read_only == OBSERVES
    observer.leaves()
    makes_a_passphrase_of_her_own(sits_down)
    examiner = sits_down(THIRD)
    access = examiner.session.access
    for button in (access.add, access.renew, access.keys.set_role):
        assert not button.isEnabled()
        assert "Only a lead may" in button.toolTip()
    assert access.change.isEnabled()


def makes_a_passphrase_of_her_own(sits_down):
    """An observer writes nothing but her own passphrase."""
    observer = sits_down(HERS)
    access = observer.session.access
    assert access.change.isEnabled() and not access.add.isEnabled()
    access.present.set_text(PASSPHRASE)
    access.new.set_text(NEW)
    access.again.set_text(NEW)
    clicks(access.change)
    until(lambda: "present passphrase is not this" in access.mine.said, "that it is another's")
    access.present.set_text(HERS)
    access.again.setFocus()
    QTest.keyClick(access.again.focusProxy(), Qt.Key.Key_Return)
    until(lambda: access.mine.said == OLD_PASSPHRASE, "it is changed")
    assert observer.session.case.read_only == OBSERVES
    observer.leaves()
    observer = sits_down(NEW)
    acts_ = list(iterate_entries(observer.session.case))
    assert (acts_[-1].act, acts_[-1].author) == (acts.PASSPHRASE_CHANGED, observer.session.examiner.id)
    observer.leaves()


def test_a_colleague_who_lost_her_passphrase_gets_a_new_one_and_another_vouches(sits_down, folder):
    first = sits_down(PASSPHRASE)
    keys = first.session.access.keys
    assert keys.two_keys.text() == NO_KEY_WAITS
    keys.lost.setCurrentText("Dr Haddad")
    keys.theirs.set_text(NEW)
    keys.again.set_text(HERS)
    clicks(keys.give)
    assert "not the same" in keys.lost_form.said
    keys.again.set_text(NEW)
    clicks(keys.give)
    until(lambda: "Dr Haddad can read with it" in keys.lost_form.said, "she has a new one")
    assert "Vouched for by Dr Okoye." in keys.two_keys.text()
    first.leaves()
    second = sits_down(THIRD)
    keys = second.session.access.keys
    assert not keys.vouch.isEnabled(), "before the fingerprint is compared"
    keys.compared.setChecked(True)
    clicks(keys.vouch)
    until(lambda: "You vouched" in keys.waiting_said.text(), "vouched")
    second.leaves()
    with opened(folder, NEW) as hers:
        assert not hers.key_questions
        me = hers.keys.examiner
    third = sits_down(NEW)
    row = third.session.access.keys.rows.rows[0]
    assert row[0] == "Dr Haddad"
    assert row[1] == format_fingerprint(third.session.case.keys.find_public_key(me))
    assert row[2].startswith("vouched for by ")
