"""Rows of the gallery against what the case says, small pictures by one thread, the sorter's rate."""

import threading

import pytest

from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.category import Category
from reviewer.domain.reading.reading import Finding
from reviewer.domain.search.arranging import Grouping
from reviewer.services.gallery import rows as gallery
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.jobs import post_at_once
from reviewer.services.pictures.thumbnails import ThumbnailLoader
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sorting import RunKind, Sorter
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened_copy
from tests.support.jobs import join_jobs
from tests.support.patience import PATIENCE


@pytest.fixture
def case(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as made:
        yield made


@pytest.fixture
def reader(case):
    examiner = case.examiners()[0]
    desk = ActQueue(case, examiner, post_at_once)
    yield Reader(desk, Worklist(case, examiner.id).load())
    desk.detach()


def test_a_row_says_what_is_known_of_a_photograph(case, reader):
    examiner, items = reader.desk.examiner.id, reader.worklist.items
    photos = [item.sha256 for item in items]
    finding = Finding("f1", "blunt.bruise", reader.vocabulary.version)
    reader.desk.submit(finding_commands.add_finding(reader.desk.reading(photos[0]), finding)).result()
    category = {"photos": photos[:2], "category": "scene"}
    reader.desk.submit(Draft(shared_acts.PHOTOS_CATEGORISED, "", category)).result()
    groups = {"groups": [photos[1:4]]}
    reader.desk.submit(Draft(shared_acts.DUPLICATES_GROUPED, "", groups)).result()
    rows = gallery.load_all_rows(case, examiner, items, len(items))
    assert [row.sha256 for row in rows] == photos
    assert [row.folder for row in rows] == [item.folder for item in items]
    first, second = rows[:2]
    assert (first.category, first.findings, first.progress, first.alike) == ("scene", 1, "open", 0)
    assert (second.category, second.findings, second.progress, second.alike) == ("scene", 0, "unread", 3)
    assert first.taken_at.startswith("2012")
    assert first.ingest_day == case.clock().date().isoformat()
    assert gallery.load_rows(case, examiner, photos[1:3]) == {row.sha256: row for row in rows[1:3]}


def test_the_findings_of_others_are_not_counted(case, reader):
    photo = reader.worklist.items[0].sha256
    finding = Finding("f1", "blunt.bruise", reader.vocabulary.version)
    reader.desk.submit(finding_commands.add_finding(reader.desk.reading(photo), finding)).result()
    (row,) = gallery.load_rows(case, "somebody else", [photo]).values()
    assert (row.findings, row.progress) == (0, "unread")


def test_the_model_follows_what_is_shared(case, reader):
    model = GalleryModel(reader, post_at_once)
    model.refresh()
    join_jobs()
    assert [section.title for section in model.shown.sections] == model.reader.worklist.shown_labels()
    model.sort([0, 2], Category.DOCUMENT)
    case.writer.drain(5)
    join_jobs()
    assert [row.category for row in model.rows[:3]] == ["document", "", "document"]
    made = {"individuals": [{"id": "one", "photos": [model.rows[5].sha256], "reason": "r", "statements": []}]}
    reader.desk.submit(Draft(shared_acts.INDIVIDUALS_MADE, "", made)).result()
    case.writer.drain(5)
    join_jobs()
    assert len(model.shown.sections) == 3


def test_other_photographs_are_shown_and_read_from(case, reader):
    model, told = GalleryModel(reader, post_at_once), []
    model.group_by(Grouping.NOTHING)
    photos = [item.sha256 for item in reader.worklist.items]
    reader.use_worklist(reader.worklist.make_sublist(photos[:2], "Two", "asked for"))
    model.show_photos(photos[3:5], "Others", "a query")
    join_jobs()
    assert [row.sha256 for row in model.rows] == photos[3:5]
    model.open(1, lambda: told.append("open"))
    join_jobs()
    assert (reader.sha256, reader.worklist.name, told) == (photos[4], "Others", ["open"])


def test_small_pictures_come_in_the_order_wanted_and_what_left_the_view_is_dropped():
    begun, go_on, told, fetched = threading.Event(), threading.Event(), [], []

    def fetch(photo):
        fetched.append(photo)
        begun.set()
        assert go_on.wait(PATIENCE)
        return photo.encode() if photo != "none" else None

    ready = threading.Event()

    def on_ready():
        told.append(1)
        ready.set()

    thumbnails = ThumbnailLoader(fetch, post_at_once, on_ready)
    try:
        thumbnails.request(["far", "further", "never"])
        assert begun.wait(PATIENCE)
        thumbnails.request(["a", "none", "b"])
        go_on.set()
        found = []
        while len(found) < 4:
            assert ready.wait(PATIENCE)
            ready.clear()
            while (taken := thumbnails.take()) is not None:
                found.append(taken)
        assert fetched == ["far", "a", "none", "b"]
        assert found == [("far", b"far"), ("a", b"a"), ("none", b""), ("b", b"b")]
        assert told
    finally:
        go_on.set()
        thumbnails.close()


def test_a_small_picture_that_cannot_be_read_costs_only_itself(expected_logs):
    expected_logs.add("a small picture could not be read")
    ready = threading.Event()

    def fetch(photo):
        if photo == "bad":
            raise OSError("gone")
        return b"x"

    thumbnails = ThumbnailLoader(fetch, post_at_once, ready.set)
    thumbnails.request(["bad", "good"])
    found = []
    while len(found) < 2:
        assert ready.wait(PATIENCE)
        ready.clear()
        while (taken := thumbnails.take()) is not None:
            found.append(taken)
    thumbnails.close()
    assert found == [("bad", b""), ("good", b"x")]


def test_the_sorter_tells_a_rate_only_with_ground_for_one(case, reader):
    now = [0.0]
    sorter = Sorter(reader.desk, reader.worklist, post_at_once, lambda: now[0])
    sorter.begin()
    for number in range(6):
        sorter.sort(Category.SCENE)
        assert sorter.rate() == (60 if number >= 4 else 0)
        now[0] += 1
    now[0] += 30
    assert sorter.rate() == 0
    case.writer.drain(5)
    assert sorter.counts()["scene"] == 6


def test_the_sorter_counts_what_is_on_its_way_and_finds_runs(case, reader):
    sorter = Sorter(reader.desk, reader.worklist, post_at_once)
    sorter.begin()
    runs = sorter.find_runs()
    assert [(run.kind, run.positions) for run in runs] == [
        (RunKind.INDIVIDUAL, (0, 1, 2)),
        (RunKind.TO_NEXT_SORTED, (0, 1, 2, 3, 4, 5)),
    ]
    sorter.sort_run(runs[0], Category.SOLDIER)
    assert sorter.position == 3
    assert [sorter.category(place) for place in range(4)] == ["soldier"] * 3 + [""]
    case.writer.drain(5)
    sorter.undo_last_sorted()
    case.writer.drain(5)
    assert sorter.position == 0
    assert sorter.counts() == {"": 6, "soldier": 0}
