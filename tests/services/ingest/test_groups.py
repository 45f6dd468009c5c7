"""Small files are examined a few in one question, and nothing else of an ingest is different for it."""

import pytest

from reviewer.domain.photos.case import FoundFile
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.workers.handing_over import BYTES_TOGETHER, MOST_TOGETHER
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.case.history import list_problems
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.ingest import run
from reviewer.services.ingest.groups import form_groups
from reviewer.services.ingest.scan import ScanEntry
from reviewer.services.jobs import JobControl
from tests.support.failing_worker import DIES, command
from tests.support.photos import drive, jpeg


def sizes_of(groups):
    return [[entry.file.size for entry in group] for group in groups]


def met(*sizes):
    return [ScanEntry(FoundFile(b"%d" % number, size, 0)) for number, size in enumerate(sizes)]


def test_small_files_are_taken_together_and_large_ones_alone():
    assert sizes_of(form_groups([], 128)) == []
    assert sizes_of(form_groups(met(*[9] * (2 * MOST_TOGETHER + 1)), 128)) == [
        [9] * MOST_TOGETHER,
        [9] * MOST_TOGETHER,
        [9],
    ]
    half, large = BYTES_TOGETHER // 2, BYTES_TOGETHER + 1
    assert sizes_of(form_groups(met(half, half, 1, large, large, 1, 2), 128)) == [
        [half, half],
        [1],
        [large],
        [large],
        [1, 2],
    ]


def test_no_group_has_files_of_two_batches():
    assert sizes_of(form_groups(met(*range(1, 12)), 5)) == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]]
    assert sizes_of(form_groups(met(BYTES_TOGETHER, 1, 2, 3), 3)) == [[BYTES_TOGETHER], [1, 2], [3]]


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def ingested(case, source, pool, control=None):
    try:
        return run.ingest(case, pool, case.examiners()[0].id, source, control or JobControl())
    finally:
        pool.close()


class CountedPool(DecoderPool):
    """`together` are the numbers of files of each question about several, `alone` the files asked about by
    themselves."""

    def __init__(self, **options):
        super().__init__(1, **options)
        self.together, self.alone = [], []

    def examine_several(self, paths, known):
        self.together.append(len(paths))
        return super().examine_several(paths, known)

    def examine_file(self, path, known):
        self.alone.append(path.rpartition(b"/")[2])
        return super().examine_file(path, known)


def test_every_file_of_a_drive_is_asked_about_once(case, source):
    """Ten names in two questions; the empty file is told of without one."""
    pool = CountedPool()
    result = ingested(case, drive(source), pool)
    assert (result.photos, result.duplicates, result.problems) == (6, 1, 3)
    assert sorted(pool.together) == [2, 8]
    assert pool.alone == [b"empty.jpg"]


def test_a_file_that_brings_the_decoder_down_takes_no_other_with_it(case, source):
    for number in range(7):
        (source / f"{number}.jpg").write_bytes(DIES if number == 3 else jpeg(seed=number + 1))
    pool = CountedPool(command=command(), proving=None)
    result = ingested(case, source, pool)
    assert (result.photos, result.problems, result.names) == (6, 1, 7)
    assert [(row.path, row.problem.kind) for row in list_problems(case)] == [("3.jpg", ProblemKind.DAMAGED)]
    assert pool.together == [7]
    assert pool.alone == [b"%d.jpg" % number for number in range(7)]
    assert verify_case(case, JobControl()).sound


def test_whoever_cancels_waits_for_no_further_file_that_comes_alone(case, source, mishandled):
    """Each of them may take ten seconds; what was examined before is kept."""
    for number in range(8):
        (source / f"{number}.jpg").write_bytes(jpeg(seed=number + 1))
    control = JobControl()
    pool = mishandled(before=lambda number, _path: number == 2 and control.cancel())
    result = run.ingest(case, pool, case.examiners()[0].id, source, control)
    assert (result.finished, result.photos, pool.asked) == (False, 2, 2)


def test_what_ends_an_ingest_keeps_what_its_group_had_before(case, source, mishandled):
    for number in range(8):
        (source / f"{number}.jpg").write_bytes(jpeg(seed=number + 1))

    def die(number, _path):
        if number == 6:
            raise RuntimeError("the power went")

    pool = mishandled(before=die)
    with pytest.raises(RuntimeError, match="the power went"):
        run.ingest(case, pool, case.examiners()[0].id, source, JobControl())
    assert (case.counts().photos, pool.asked) == (5, 6)
