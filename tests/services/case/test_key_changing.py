"""A change of the key of a case in the background: it goes on by itself, is paused and is stopped."""

import threading

import pytest

from reviewer.domain.acts.roles import Role
from reviewer.domain.commands import finding_commands
from reviewer.services.case import access_words as words
from reviewer.services.case import key_changing
from reviewer.services.case.case_key import (
    KeyChangeReason,
    encrypt_case_anew,
    encrypt_previews_anew,
    find_wanted_change,
    remove_examiner,
)
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.key_changing import KeyChangePhase, KeyChanging
from reviewer.services.case.roles import set_role
from reviewer.services.jobs import Cancelled, JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import cipher
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.key_changes import hold_key_change
from tests.support.patience import PATIENCE
from tests.support.posting import PostQueue

OTHER = "seven quiet rooms by the sea"


@pytest.fixture
def folder(tmp_path):
    """A closed case in which Dr Hansen was removed and the key was not changed since."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    hansen = enrol(case, "Dr Hansen", OTHER)
    enrol(case, "Dr Adeyemi", "eleven grey stones in the rain")
    remove_examiner(case, hansen, "left", case.keys.examiner)
    case.close()
    return case.folder


@pytest.fixture
def held(monkeypatch):
    return hold_key_change(monkeypatch)


class Watched:
    """What a window hears, on its own thread: the phases."""

    def __init__(self, case):
        self._post = PostQueue()
        self.changing = KeyChanging(case, case.readers()[0], self._post)
        self._heard = set()
        self.changing.on_changed.connect(lambda: self._heard.add(self.changing.state.phase))

    def waits_for(self, phase):
        self._post.run_until(lambda: phase in self._heard, phase)


def test_what_was_cut_off_goes_on_by_itself_when_the_case_is_opened(folder):
    with opened(folder, PASSPHRASE) as case:
        before = case.keys.database_key()
        watched = Watched(case)
        watched.changing.go_on()
        watched.waits_for(KeyChangePhase.CHANGED)
        assert case.keys.database_key() != before
        assert watched.changing.wanted is None
        assert watched.changing.lacks_recovery_key, "until somebody is there to write it down"
        watched.changing.go_on()
        assert watched.changing.state.phase is KeyChangePhase.CHANGED, "nothing is left to go on with"
    with opened(folder, PASSPHRASE) as case:
        assert case.notices == [words.NO_RECOVERY_KEY]


def test_it_does_not_go_on_for_somebody_who_may_not_and_that_is_said(folder):
    with opened(folder, PASSPHRASE) as case:
        adeyemi = case.examiners()[2]
        set_role(case, case.keys.examiner, adeyemi, Role.EXAMINER)
    with opened(folder, "eleven grey stones in the rain") as case:
        watched = Watched(case)
        watched.changing.go_on()
        assert watched.changing.state.phase is KeyChangePhase.IDLE
        assert case.notices == [words.describe_wanted(is_for_removal=True)]
    with opened(folder, PASSPHRASE, read_only=True) as case:
        watched = Watched(case)
        watched.changing.go_on()
        assert watched.changing.state.phase is KeyChangePhase.IDLE


def test_while_it_is_paused_acts_are_saved_and_then_it_goes_on(folder, held):
    with opened(folder, PASSPHRASE) as case:
        queue = ActQueue(case, case.readers()[0], post_at_once)
        watched, before = Watched(case), case.keys.database_key()
        watched.changing.change(KeyChangeReason.ASKED)
        watched.changing.toggle_pause()
        watched.waits_for(KeyChangePhase.PAUSED)
        held.set()
        for number in range(3):
            note = finding_commands.write_note(queue.reading(f"{number:064x}"), "while it is paused")
            assert queue.submit(note).result(PATIENCE).entry.hash
        assert watched.changing.state.phase is KeyChangePhase.PAUSED
        assert case.keys.database_key() == before
        watched.changing.toggle_pause()
        watched.waits_for(KeyChangePhase.CHANGED)
        assert case.keys.database_key() != before


@pytest.mark.parametrize("is_for_removal", [True, False])
def test_stopped_it_is_given_up_unless_a_removal_needs_it(tmp_path, folder, held, is_for_removal):
    if not is_for_removal:
        case = made_case(tmp_path / "another", passphrase=PASSPHRASE)
        case.close()
        folder = case.folder
    with opened(folder, PASSPHRASE) as case:
        watched, before = Watched(case), case.keys.database_key()
        watched.changing.change(KeyChangeReason.LOST)
        watched.changing.toggle_pause()
        watched.changing.stop()
        held.set()
        watched.waits_for(KeyChangePhase.STOPPED)
        assert case.keys.database_key() == before
        needed = KeyChangeReason.REMOVED if is_for_removal else None
        assert find_wanted_change(case) is needed
        said = words.IS_STOPPED_FOR_NOW if is_for_removal else words.IS_STOPPED
        assert watched.changing.state.said == said


def test_once_the_key_is_changed_nothing_is_left_to_be_stopped(folder, monkeypatch):
    let_go = threading.Event()
    monkeypatch.setattr(key_changing, "encrypt_previews_anew", lambda *_: let_go.wait(PATIENCE))
    with opened(folder, PASSPHRASE) as case:
        watched = Watched(case)
        watched.changing.go_on()
        watched.waits_for(KeyChangePhase.FINISHING)
        watched.changing.stop()
        watched.changing.toggle_pause()
        assert watched.changing.state.phase is KeyChangePhase.FINISHING
        let_go.set()
        watched.waits_for(KeyChangePhase.CHANGED)


def test_closed_while_small_pictures_are_encrypted_anew_what_was_typed_stays(folder, monkeypatch):
    monkeypatch.setattr(cipher, "PAGES_IN_A_STEP", 1)
    copying = threading.Event()

    class Closing(JobControl):
        def check(self):
            copying.set()
            raise Cancelled

    with opened(folder, PASSPHRASE) as case:
        case.previews.keep_note("half done", "sixteen letters")
        case.previews.put([("a" * 64, b"a small picture")])
        encrypt_case_anew(case, KeyChangeReason.ASKED, JobControl())
        with pytest.raises(Cancelled):
            encrypt_previews_anew(case, Closing())
        assert copying.is_set()
        assert case.previews.load_note("half done") == "sixteen letters"
        assert case.previews.get("a" * 64) is None, "made again when it is needed"
    with opened(folder, PASSPHRASE) as case:
        assert case.previews.load_note("half done") == "sixteen letters"


def test_a_case_that_is_closed_meanwhile_goes_on_with_it_at_the_next_opening(folder, held):
    with opened(folder, PASSPHRASE) as case:
        watched = Watched(case)
        watched.changing.change(KeyChangeReason.ASKED)
        watched.changing.toggle_pause()
        watched.waits_for(KeyChangePhase.PAUSED)
        held.set()
    with opened(folder, PASSPHRASE) as case:
        assert find_wanted_change(case) is KeyChangeReason.REMOVED
        watched = Watched(case)
        watched.changing.go_on()
        watched.waits_for(KeyChangePhase.CHANGED)
