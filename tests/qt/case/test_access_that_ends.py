"""Removing an examiner and changing the key of the case, on the page Access."""

import pytest

from reviewer.domain.errors import WrongPassphrase
from reviewer.qt.bridge import GuiPost
from reviewer.qt.case.access import AccessScreen
from reviewer.qt.case.removal import EndAccessDialog
from reviewer.services.case import access_words
from reviewer.services.case.case_key import remove_examiner
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.key_changing import KeyChangePhase, KeyChanging
from reviewer.services.case.opening import open_case
from tests.support.cases import PASSPHRASE, made_case
from tests.support.waiting import until
from tests.support.widget_events import settles

OTHER = "seven quiet rooms by the sea"


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Hansen", OTHER)
    yield case
    case.close()


@pytest.fixture
def post():
    made = GuiPost()
    yield made
    made.stop()


@pytest.fixture
def changing(case, post):
    return KeyChanging(case, case.readers()[0], post)


@pytest.fixture
def screen(case, changing, post, qtbot):
    made = AccessScreen(case, case.readers()[0], post, changing)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settles()
    return made


def wait_for_change(changing):
    until(lambda: changing.state.phase is KeyChangePhase.CHANGED, "the change of the key")


def answer(screen, why=""):
    dialog = screen.findChild(EndAccessDialog)
    if why:
        assert not dialog.go_on.isEnabled(), "a reason is needed"
        dialog.why.setText(why)
    dialog.go_on.click()
    return dialog


def test_an_examiner_is_removed_with_a_reason_and_the_new_recovery_key_is_shown(case, changing, screen):
    shown = []
    screen.recovery_key.connect(shown.append)
    box = screen.ending
    assert box.whom.currentText() == "Dr Hansen"
    box.remove.click()
    answer(screen, "left the institute")
    wait_for_change(changing)
    until(lambda: shown, "the new recovery key")
    assert "Dr Hansen is removed" in box.said.text()
    assert not box.remove.isEnabled(), "nobody is left to be removed"
    assert screen.people.rows[1][-1].startswith("removed ")
    with pytest.raises(WrongPassphrase):
        open_case(case.folder, OTHER, read_only=True)
    opened = open_case(case.folder, shown[0], read_only=True)
    opened.close()


def test_what_is_lost_is_said_first_and_cancelling_changes_nothing(case, changing, screen):
    before = case.keys.database_key()
    screen.ending.lost.click()
    dialog = screen.findChild(EndAccessDialog)
    said = " ".join(label.text() for label in dialog.findChildren(type(screen.ending.title)))
    assert access_words.WHAT_LOSS_ENDS in said and access_words.OLD_COPIES in said
    dialog.leave.click()
    assert case.keys.database_key() == before
    screen.ending.lost.click()
    answer(screen.ending.window())
    wait_for_change(changing)
    assert "is changed" in screen.ending.said.text()
    assert case.keys.database_key() != before


def test_a_removal_whose_change_was_cut_off_is_said_and_finished(case, changing, screen):
    hansen = case.examiners()[1]
    remove_examiner(case, hansen, "left", case.readers()[0].id)
    screen.refresh()
    settles()
    assert "not changed yet" in screen.ending.said.text()
    assert not screen.ending.finish.isHidden()
    screen.ending.finish.click()
    wait_for_change(changing)
    assert "is changed" in screen.ending.said.text()
    assert screen.ending.finish.isHidden()
