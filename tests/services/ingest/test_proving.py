"""A decoding process that lies is found, and nothing it said is kept."""

import sys

import pytest

from reviewer.media.workers.pool import DecoderPool
from reviewer.services.ingest import run
from reviewer.services.ingest.proving import DecodingProofs
from reviewer.services.jobs import JobControl
from reviewer.storage.photos import photos
from tests.support.lying_worker import command
from tests.support.patience import PATIENCE
from tests.support.photos import jpeg


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.jpg").write_bytes(jpeg(64 + number, 48, seed=number))
    (folder / "text.jpg").write_text("no photograph")
    return folder


def ingested(case, source, pool):
    return run.ingest(case, pool, case.examiners()[0].id, source, JobControl())


@pytest.mark.parametrize("how", ["facts", "previous"])
def test_nothing_that_a_lying_process_said_is_kept(case, source, monkeypatch, expected_logs, how):
    """In two batches of five: of the first it may have told one file truly, of the second none."""
    expected_logs |= {"a decoding process said what", "of "}
    monkeypatch.setattr(run, "BATCH_SIZE", 5)
    monkeypatch.setattr(DecodingProofs, "_is_contradicted", all_are_looked_at)
    pool = DecoderPool(1, command=command(how))
    try:
        result = ingested(case, source, pool)
    finally:
        pool.close()
    assert (result.photos, result.problems, result.duplicates) == (9, 1, 0)
    assert result.doubted >= 4
    with case.store.read() as connection:
        kept = list(photos.iterate_photos(connection))
    assert {each.capture.model for each in kept} == {"N300"}
    assert sorted(each.width for each in kept) == list(range(64, 73))


def all_are_looked_at(proving, prover, said):
    """Instead of one that is drawn: a test must not pass or fail by chance."""
    return any(proving._examine_afresh(prover, told) != told for told in said)


def test_the_answers_of_an_honest_process_are_those_of_a_fresh_one(case, source):
    pool = DecoderPool(1)
    try:
        assert ingested(case, source, pool).doubted == 0
        for path in sorted(source.iterdir()):
            assert pool.examine_file(path) == pool.prover.examine(path)
            for box in ((20, 20), None):
                assert pool.render_file(path, box) == pool.prover.render(path, box)
    finally:
        pool.close()


@pytest.mark.parametrize("size", [3, 5, 10])
def test_where_proofs_are_costly_the_last_files_are_proved_all_the_same(case, source, monkeypatch, size):
    """Ten files: the last batch may be whole, and nothing be left for another."""
    monkeypatch.setattr(run, "BATCH_SIZE", size)
    proved, draw = [], DecodingProofs._is_contradicted
    monkeypatch.setattr(
        DecodingProofs,
        "_is_contradicted",
        lambda proving, prover, said: proved.extend(said) or draw(proving, prover, said),
    )
    pool = DecoderPool(1)
    pool.prover.is_cheap = False
    try:
        ingested(case, source, pool)
    finally:
        pool.close()
    assert sorted(told.file.path for told in proved) == sorted(
        path.name.encode() for path in source.iterdir()
    )


def test_one_of_each_process_is_drawn_and_a_found_lie_is_followed_up(expected_logs):
    """The rule alone, with stand-ins: who lied once is asked about nothing more and believed in nothing."""
    expected_logs |= {"a decoding process said what", "of "}
    pool = Standing({b"a": "honest", b"b": "honest", b"c": "LIE", b"d": "LIE"})
    proving = DecodingProofs(pool, b"/")
    kept = proving.prove_batch([told(b"a", 1), told(b"b", 1), told(b"c", 2), told(b"d", 2)], is_last=True)
    assert [each.media_type for each in kept] == ["honest", "honest", "honest", "honest"]
    assert (pool.distrusted, sorted(proving.doubted)) == ([2], [b"c", b"d"])
    assert len(pool.asked) == 1 + 1 + 2, "one of each, and all of the one that lied"
    proving.prove_batch([told(b"d", 2)], is_last=True)
    assert proving.doubted.count(b"d") == 2


TOLD = {b"a": "honest", b"b": "honest", b"c": "LIE", b"d": "LIE"}


def told(path, by):
    from reviewer.domain.photos.case import ExaminedFile, FoundFile

    return ExaminedFile(FoundFile(path, 1, 1), "0" * 64, None, None, media_type=TOLD[path], by=by)


class Standing:
    """A pool whose prover is honest."""

    is_cheap = True

    def __init__(self, _said):
        self.prover, self.distrusted, self.asked = self, [], []

    def distrust(self, number):
        self.distrusted.append(number)

    def examine(self, path):
        from reviewer.domain.photos.content_kind import ContentType
        from reviewer.media.workers.pool import ExaminationResult

        self.asked.append(path)
        return ExaminationResult("0" * 64, 1, content=ContentType(media_type="honest"))


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux")
def test_a_copy_leaves_nothing_behind_and_can_make_no_other(tmp_path):
    import subprocess

    script = (
        "import os, sys\n"
        "from reviewer.media.workers.confinement import confine, warm_up\n"
        "from reviewer.media.workers.copies import CopyPerFile\n"
        "copies, here = CopyPerFile(), []\n"
        "warm_up(); confine(divides=True)\n"
        "def work():\n"
        "    here.append(1)\n"
        "    said = []\n"
        "    for attempt in (os.fork, os.pipe, lambda: os.read(0, 1), lambda: os.write(1, b'x')):\n"
        "        try: attempt(); said.append('escaped')\n"
        "        except OSError: said.append('refused')\n"
        "    return ' '.join(said)\n"
        "first = copies.answer_in_copy(work)\n"
        "dead = copies.answer_in_copy(lambda: os._exit(3))\n"
        "print(first, '|', dead, '|', here, copies.answer_in_copy(lambda: 'again'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        input="",
        check=False,
    )
    assert done.stdout == "xrefused refused refused escaped |  | [] again\n", done.stderr
