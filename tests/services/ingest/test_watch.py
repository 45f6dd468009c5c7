"""How far an ingest is, while it runs: every status adds up, and a pause is not slowness."""

import pytest

from reviewer.domain.photos.names_met import NamesMet, add_names_met
from reviewer.services.case.history import count_names_by_source
from reviewer.services.ingest import run
from reviewer.services.ingest.rate import RateOfWork
from reviewer.services.ingest.run import ingest
from reviewer.services.ingest.watch import IngestWatch, OtherKind
from reviewer.services.jobs import JobControl
from tests.support.contents import KINDS
from tests.support.photos import jpeg


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    (folder / "inner").mkdir(parents=True)
    for number in range(6):
        (folder / f"{number}.jpg").write_bytes(jpeg(seed=number))
    (folder / "inner" / "copy.jpg").write_bytes(jpeg(seed=1))
    (folder / "inner" / "film").write_bytes(KINDS["avi"][0])
    (folder / "letter.txt").write_bytes(b"a letter\n")
    (folder / "z empty.jpg").write_bytes(b"")
    return folder


def watched(case, pool, drive):
    """Every status after a batch, and the last one."""
    watch, seen = IngestWatch(), []
    result = ingest(
        case,
        pool,
        case.examiners()[0].id,
        drive,
        JobControl(),
        lambda: seen.append(watch.status),
        watch,
    )
    return result, seen, watch.status


def test_each_status_adds_up_to_the_names_kept(case, pool, drive, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 3)
    result, seen, last = watched(case, pool, drive)
    assert [status.names.total for status in seen] == [3, 6, 9, 10]
    assert all(status.total == last.scanned == 10 for status in seen)
    assert last.names == NamesMet(photographs=6, duplicates=1, others=2, problems=1)
    assert last.names == count_names_by_source(case)[result.source]
    assert (last.share, last.left, last.folders) == (1.0, 0, 1)
    assert last.others == {OtherKind("video", True): 1, OtherKind("text", False): 1}
    assert last.problems == (("z empty.jpg", "The file is empty."),)


def test_a_folder_added_again_counts_every_name_once(case, pool, drive):
    watched(case, pool, drive)
    (drive / "z empty.jpg").write_bytes(jpeg(seed=50))
    (drive / "new.jpg").write_bytes(jpeg(seed=51))
    result, _seen, last = watched(case, pool, drive)
    assert last.names == NamesMet(photographs=8, duplicates=1, others=2)
    assert last.names == count_names_by_source(case)[result.source]
    assert (last.total, last.known, last.again, last.share) == (11, 10, 3, 1.0)
    assert (last.done, last.work) == (14, 14)


def test_before_the_folder_is_counted_there_is_no_share():
    watch = IngestWatch()
    watch.note_scanned()
    assert (watch.status.scanned, watch.status.total, watch.status.share) == (1, 0, None)


def test_sources_are_added_up():
    assert add_names_met([]) == NamesMet()
    assert add_names_met([NamesMet(1, 2, 3, 4), NamesMet(5, 0, 0, 1)]) == NamesMet(6, 2, 3, 5)


def test_the_rate_is_that_of_the_last_minute():
    rate = RateOfWork()
    for second in range(121):
        rate.note(1000.0 + second, 10 * second if second <= 60 else 600 + 100 * (second - 60))
    assert rate.of_last_minute == pytest.approx(100)
    assert rate.worked == pytest.approx(120)
    rates = rate.list_rates()
    assert (rates[0], rates[-1], len(rates)) == (pytest.approx(10), pytest.approx(100), 120)


def test_a_pause_does_not_make_it_slow():
    rate = RateOfWork()
    assert rate.of_last_minute is None
    for second in range(11):
        rate.note(float(second), 5 * second)
    rate.pause()
    for second in range(11):
        rate.note(1000.0 + second, 50 + 5 * second)
    assert rate.of_last_minute == pytest.approx(5)
    assert rate.worked == pytest.approx(20)


def test_a_long_run_keeps_few_points():
    rate = RateOfWork()
    for second in range(4000):
        rate.note(float(second), second)
    assert 100 < len(rate.list_rates()) <= 240
    assert set(map(round, rate.list_rates())) == {1}
