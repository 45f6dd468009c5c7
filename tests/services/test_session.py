"""What a window needs to open does not go through all photographs."""

from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import post_at_once
from reviewer.services.session import SessionServices
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened_copy


def test_a_session_begins_without_counting_the_case(drive_case, tmp_path, monkeypatch):
    def count(_case):
        raise AssertionError("counted photograph by photograph, while the window waits")

    with opened_copy(drive_case, tmp_path) as case:
        entries = case.counts().entries
        monkeypatch.setattr(OpenCase, "counts", count)
        examiner = case.examiners()[0]
        worklist = Worklist(case, examiner.id).load()
        session = SessionServices(case, examiner, worklist, post_at_once, lambda *_picture: None)
        assert session.entries_before == entries
        session.close()
