"""The self-test from the menu Help: its lines come into the window, which goes on meanwhile."""

import sys

from PySide6.QtWidgets import QPushButton

from reviewer.qt.entry import self_test
from reviewer.qt.entry.self_test import SelfTestScreen
from reviewer.services.self_test.apart import SelfTestProcess
from tests.stories.test_viewing_only import bytes_of
from tests.support.waiting import until


def ends_with(monkeypatch, code):
    command = [sys.executable, "-c", code]
    monkeypatch.setattr(self_test, "SelfTestProcess", lambda: SelfTestProcess(command))


def begins(examiner):
    examiner.window.binder.run("help.self-test")
    page = examiner.window.door.page
    assert isinstance(page, SelfTestScreen)
    return page


def test_all_is_well_is_said_with_every_line(desk, monkeypatch):
    ends_with(monkeypatch, "print('ok    engine'); print('reviewer 0 | result 1')")
    page = begins(desk())
    until(lambda: "All is well" in page.verdict.text(), "the verdict")
    assert page.lines.toPlainText() == "ok    engine\nreviewer 0 | result 1"


def test_what_is_not_well_is_said_loudly(desk, monkeypatch):
    ends_with(monkeypatch, "print('FAIL  fonts'); raise SystemExit(1)")
    page = begins(desk())
    until(lambda: "NOT WELL" in page.verdict.text(), "the verdict")
    assert "FAIL  fonts" in page.lines.toPlainText()


def test_it_runs_in_front_of_an_open_case_and_leaving_the_page_ends_it(desk, case_folder, monkeypatch):
    ends_with(monkeypatch, "print('begun', flush=True); import time; time.sleep(60)")
    examiner = desk().opens(case_folder)
    before = bytes_of(case_folder)
    page = begins(examiner)
    until(lambda: page.lines.toPlainText() == "begun", "the first line")
    (back,) = [button for button in page.findChildren(QPushButton) if button.text() == "Back"]
    process = page._process._process
    back.click()
    until(lambda: process.poll() is not None, "it has ended")
    assert examiner.window.door.page is examiner.window.start
    examiner.window.show_screen("read")
    assert examiner.session.reading.isVisible()
    assert bytes_of(case_folder) == before
