"""A time stamp is asked for, brought in and checked in the window."""

from datetime import UTC, datetime

import pytest

from reviewer.qt.case import stamps_panel
from reviewer.services.evidence.time_stamps import load_stamps
from tests.support.authority import Authority
from tests.support.cases import opened
from tests.support.waiting import until


@pytest.fixture
def chosen(monkeypatch):
    """Paths that a person would choose in the dialogs of the system, the next one first."""
    paths = []
    for name in ("ask_file", "ask_new_file"):
        monkeypatch.setattr(stamps_panel, name, lambda *_question: str(paths.pop(0)) if paths else "")
    return paths


def test_a_time_stamp_is_asked_for_brought_in_and_checked(desk, case_folder, tmp_path, chosen):
    reader = desk().opens(case_folder)
    integrity, run = reader.session.integrity, reader.window.binder.run
    authority = Authority()
    request, answer, root = (tmp_path / name for name in ("request.tsq", "answer.tsr", "root.pem"))
    root.write_bytes(authority.root_pem())

    chosen.append(request)
    run("case.stamp-request")
    until(lambda: "Work can go on." in integrity.said, "the request")
    assert reader.window.screen_name == "integrity"

    answer.write_bytes(b"<html>the address was wrong</html>")
    chosen.append(answer)
    run("case.stamp-add")
    until(lambda: integrity.said.startswith("It is no time stamp"), "what is no answer")

    answer.write_bytes(authority.answer(request.read_bytes(), datetime.now(UTC).replace(microsecond=0)))
    chosen += [root, answer]
    run("case.stamp-root")
    assert integrity.stamps.root.text() == "Each answer is checked against the root in root.pem."
    run("case.stamp-add")
    until(lambda: integrity.stamps.model.rows, "the time stamp in the table")
    assert integrity.said.startswith("Kept: ")
    ((_time, entries, by, vouched, checked),) = integrity.stamps.model.rows
    (known,) = load_stamps(reader.session.case)
    assert (entries, by) == (f"{known.entries:,}", "CN=Test time authority")
    assert (vouched, checked) == ("chosen", "when it came")

    integrity.start()
    until(lambda: integrity.stamps.model.rows[0][4] == "\u2713 holds", "the check")
    run("case.stamp-root")
    assert integrity.stamps.root.text().startswith("No root is chosen")


def test_of_a_case_that_is_read_only_nothing_is_brought_in(desk, case_folder):
    with opened(case_folder):
        reader = desk().opens(case_folder, read_only=True)
        assert not reader.session.integrity.stamps.bring.isEnabled()
        assert not reader.session.integrity.stamps.none.isHidden()
