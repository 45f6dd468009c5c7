"""Each action of the catalogue runs once, and what the thread of the window asks of the database is counted.

The window looks at no key while it waits for an answer. What grows with the case is asked in a job; what is
asked in the thread of the window has to stand in the list below, with the reason why it may.
"""

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from tests.support.statements import recorded_askers
from tests.support.waiting import until
from tests.support.widget_events import settles

_OF_A_STEP = "about the photographs of one individual, at once, as her first photograph comes on"
_OF_A_CARD = "about the one photograph whose card is read, by its number"
_OF_A_PERSON = "a row for each person of the case, or for each change of who belongs to it"
ALLOWED = {
    "worklist_navigator.WorklistNavigator._read_photos_ahead": _OF_A_STEP,
    "act_queue.ActQueue.read_ahead": _OF_A_STEP,
    "masking.Masking.read_ahead": _OF_A_STEP,
    "redaction_areas.RedactionEditor.read_ahead": _OF_A_STEP,
    "coverage.CoverageEditor.describe_gaps": _OF_A_STEP,
    "same_shot.find_same_shot": "the names beside one file; ingest may have added some since",
    "worklist.Worklist.note_shared": "the photographs and individuals of an act that was just recorded",
    "near_duplicates.load_group_members": "the few near-duplicates of the photograph on screen",
    "regrouping.IndividualEditor._load_family": "one individual and those merged into her",
    "card_order.load_card_order": "a handful of facts of the case",
    "transcription.CardDesk._load_card": _OF_A_CARD,
    "transcription.CardDesk._load_facts": _OF_A_CARD,
    "transcription.CardDesk._load_pass": "grows with the cards that were read, and with nothing else",
    "transcription.CardDesk._load_read_in": "grows with the cards that were read, and with nothing else",
    "open_case.OpenCase.examiners": _OF_A_PERSON,
    "removed.load_removed": _OF_A_PERSON,
    "enrolment.load_key_history": _OF_A_PERSON,
}
"""Whose questions the window waits for, and why it may."""
MOST_OF_AN_ACTION = 35
"""Statements: whoever asked photograph by photograph would ask forty times here."""
ENDING = {
    "case.lock": "ends the case",
    "case.close": "ends the case",
    "case.new": "leaves the case",
    "case.open": "leaves the case",
    "case.demonstration": "leaves the case",
    "help.self-test": "leaves the case",
    "window.quit": "ends the program",
}
"""Actions that are not run, and why."""


class Catalogue:
    """Runs each action on the screen it belongs to, one screen after the other."""

    def __init__(self, examiner):
        self.window = examiner.window
        self.window.leaving.idle.stop()

    def run_all(self):
        """For each action, and each turn to a screen, what was asked meanwhile."""
        asked = {}
        for screen, specs in sorted(self._arrange().items()):
            with recorded_askers() as asked[f"turning to {screen}"]:
                self.window.show_screen(screen)
                self.settle()
            for spec in specs:
                if self.window.screen_name != screen:
                    self.window.show_screen(screen)
                    self.settle()
                with recorded_askers() as asked[spec.id]:
                    self.window.binder.run(spec.id)
                    self.settle()
                    self._leave_what_opened()
        return asked

    def _arrange(self):
        screens = defaultdict(list)
        for spec in ALL_ACTIONS:
            if spec.id not in ENDING:
                named = spec.context.screens or {"read"}
                screens["read" if "read" in named else min(named)].append(spec)
        return screens

    def settle(self):
        """Until no job runs, every act is committed and everything that waits for a turn had it."""
        session = self.window.session
        for _time in range(3):
            until(
                lambda: not (session.jobs.running() or session.case.writer.waiting or session.desk.waiting),
                "the window is at rest",
            )
            settles()

    def _leave_what_opened(self):
        self.window.help.hide()
        for _time in range(4):
            if (QApplication.activePopupWidget() or self.window.layers.top) is None:
                break
            focus = QApplication.focusWidget()
            QTest.keyClick(focus if isinstance(focus, QWidget) else self.window, Qt.Key.Key_Escape)
        self.settle()


@pytest.fixture
def dialogs_are_left(qapp):
    """A dialog that waits for an answer is left without one."""

    def leave():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()

    leaver = QTimer()
    leaver.timeout.connect(leave)
    leaver.start(10)
    yield
    leaver.stop()


@pytest.fixture
def asked(desk, case_folder, dialogs_are_left):
    examiner = desk().opens(case_folder)
    examiner.presses("Space")
    examiner.sees_photo()
    return Catalogue(examiner).run_all()


def test_no_action_asks_the_database_in_the_thread_of_the_window(asked):
    unknown = {
        f"{action}: {' < '.join(statement.waiting[:5])}: {statement.words[:60]}"
        for action, statements in asked.items()
        for statement in statements
        if not ALLOWED.keys() & set(statement.waiting)
    }
    assert not unknown, "\n".join([*sorted(unknown), "ask it in a job, or say in ALLOWED why it may wait"])
    many = {action: len(statements) for action, statements in asked.items()}
    assert {action: number for action, number in many.items() if number > MOST_OF_AN_ACTION} == {}
    assert len(asked) > len(ALL_ACTIONS) - len(ENDING)
