"""Files that are no photograph: counted by kind, seen elsewhere with a reason, and the total closes."""

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.content_kind import ContentKind
from reviewer.domain.photos.seen_elsewhere import FILES_SEEN_ELSEWHERE, mark_open_again, mark_seen_elsewhere
from reviewer.services.case.history import load_last_entries
from reviewer.services.evidence.problems import (
    count_problems,
    count_problems_of_case,
    filter_files,
    load_problem_files,
)
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.act_words import describe_entry
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.contents import KINDS
from tests.support.packs import SOUND, own_verdict, packed, verified
from tests.support.photos import jpeg

STICK = (
    "mp4",
    "avi",
    "zip",
    "pdf",
    "docx",
    "eml",
    "thumbs",
    "ds_store",
    "xmp",
    "wav",
    "text",
    "nothing known",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A case with one photograph and a dozen files that are none."""
    folder = tmp_path_factory.mktemp("stick")
    drive = folder / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(jpeg())
    for name in STICK:
        (drive / name).write_bytes(KINDS[name][0])
    case = made_case(folder)
    ingested(case, drive)
    case.close()
    return folder / "test.case"


@pytest.fixture
def case(filled, tmp_path):
    with opened_copy(filled, tmp_path) as made:
        yield made


def test_each_file_has_its_kind_and_the_counts_add_up(case):
    files = load_problem_files(case)
    kinds = {each.file.path: str(each.kind) for each in files}
    assert kinds == {name: KINDS[name][1] for name in STICK}
    found = count_problems(files)
    assert found.files == len(STICK) == sum(found.by_kind.values())
    assert found.by_kind["video"] == 2
    assert list(found.by_kind.values()) == sorted(found.by_kind.values(), reverse=True)
    holding = {each.file.path for each in filter_files(files, may_hold=True)}
    assert holding == {"mp4", "avi", "zip", "pdf", "docx", "eml", "thumbs", "nothing known"}
    assert found.sentence == "May hold photographs: 8, of them seen elsewhere 0, open 8."
    assert [each.file.path for each in filter_files(files, kind="video")] == ["avi", "mp4"]


def test_what_was_seen_elsewhere_is_counted_undone_and_follows_from_the_ledger(case):
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    videos = [each.id for each in load_problem_files(case) if each.kind is ContentKind.VIDEO]
    desk.submit(mark_seen_elsewhere([*videos, *videos], "  seen in  the player ")).result()
    found = count_problems_of_case(case)
    assert (found.may_hold, found.seen_elsewhere, found.open) == (8, 2, 6)
    seen = next(each.seen for each in load_problem_files(case) if each.seen)
    assert (seen.reason, seen.author) == ("seen in the player", case.examiners()[0].id)
    assert (
        describe_entry(load_last_entries(case, 1)[0], case.vocabulary)
        == "2 files seen elsewhere: seen in the player"
    )
    desk.submit(mark_open_again(videos[:1])).result()
    assert count_problems_of_case(case).seen_elsewhere == 1
    assert describe_entry(load_last_entries(case, 1)[0], case.vocabulary) == "1 file open again"
    assert verify_case(case, JobControl()).sound
    desk.undo()
    case.writer.drain(10)
    assert count_problems_of_case(case).seen_elsewhere == 2
    desk.undo()
    case.writer.drain(10)
    assert count_problems_of_case(case).seen_elsewhere == 0
    desk.redo()
    case.writer.drain(10)
    assert count_problems_of_case(case).seen_elsewhere == 2
    assert verify_case(case, JobControl()).sound
    desk.detach()


def test_no_reason_or_no_file_is_refused():
    for files, reason in (([], "why"), (["s:61:"], "  ")):
        with pytest.raises(NotAllowed):
            mark_seen_elsewhere(files, reason)
    with pytest.raises(NotAllowed):
        mark_open_again([])


def test_what_was_seen_is_that_content_and_no_other_at_its_path(case):
    one = next(each for each in load_problem_files(case) if each.file.path == "zip")
    other = one.id[: -len(one.file.sha256)] + "0" * 64
    case.record(Draft(FILES_SEEN_ELSEWHERE, "", {"files": [other], "reason": "x"}), case.examiners()[0].id)
    assert count_problems_of_case(case).seen_elsewhere == 0


def test_a_court_pack_with_these_acts_is_sound_for_both_checkers(case, tmp_path):
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    ids = [each.id for each in load_problem_files(case)]
    desk.submit(mark_seen_elsewhere(ids, "seen")).result()
    desk.submit(mark_open_again(ids[:2])).result()
    desk.undo()
    case.writer.drain(10)
    desk.detach()
    packed(case, tmp_path / "pack")
    for verdict in (verified, own_verdict):
        assert verdict(tmp_path / "pack") == (SOUND, verdict(tmp_path / "pack")[1])


def test_what_was_left_out_is_counted_apart(tmp_path):
    drive = tmp_path / "drive"
    (drive / "inner").mkdir(parents=True)
    made_case(drive / "inner").close()
    (drive / "a.jpg").write_bytes(jpeg())
    case = made_case(tmp_path)
    ingested(case, drive)
    found = count_problems_of_case(case)
    case.close()
    assert (found.by_kind, found.may_hold, found.open) == ({"left out": 1}, 0, 0)
