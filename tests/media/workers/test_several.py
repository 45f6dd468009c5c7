"""Several small files in one question: each is told of as if it had come alone, and whatever goes wrong with
one of them is blamed on no other."""

import json
import os

import pytest

from reviewer.domain.photos.content_kind import ContentKind
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.workers import handing_over, worker
from reviewer.media.workers import pool as pools
from reviewer.media.workers.answers import LONGEST_ANSWER_LINE
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.worker_process import WorkerLost, WorkerProcess
from tests.support.failing_worker import DIES, SLEEPS, command
from tests.support.photos import all_but_gone, encoded, jpeg, picture

MIXED = [
    jpeg(640, 480, seed=1),
    b"plain text",
    jpeg(64, 48, orientation=6),
    encoded(picture(200, 300), "PNG"),
    all_but_gone(jpeg(640, 480)),
    jpeg(640, 480, seed=7)[:-9000],
    b"\x89PNG\r\n\x1a\n" + bytes(50),
    jpeg(640, 480, seed=1),
]


@pytest.fixture
def make_pool():
    made = []

    def make(**options):
        made.append(DecoderPool(1, **options))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def put(tmp_path):
    def keep(contents):
        paths = [os.fsencode(tmp_path / f"{number}.jpg") for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            with open(path, "wb") as file:
                file.write(content)
        return paths

    return keep


@pytest.fixture
def requests(monkeypatch):
    """What is asked of processes."""
    asked, ask = [], WorkerProcess.ask
    monkeypatch.setattr(
        WorkerProcess,
        "ask",
        lambda self, request, *rest, **more: asked.append(request) or ask(self, request, *rest, **more),
    )
    return asked


def test_of_several_the_same_is_told_as_of_each_alone(make_pool, put, requests):
    paths, pool = put(MIXED), make_pool()
    told = pool.examine_several(paths)
    assert [request["op"] for request in requests] == ["examine several"]
    assert told == [pool.examine_file(path) for path in paths]
    assert told == [pool.prover.examine(path) for path in paths]
    kinds = [found.problem.kind if found.problem else found.photo.format for found in told]
    assert kinds == ["JPEG", ProblemKind.NOT_A_PHOTOGRAPH, "JPEG", "PNG", ProblemKind.TRUNCATED, "JPEG",
                     ProblemKind.DAMAGED, "JPEG"]  # fmt: skip
    assert told[1].content.kind is ContentKind.TEXT
    assert "ends early" in told[5].photo.damage
    assert {found.by for found in told} == {pool._all[1].number}


def test_where_others_can_write_into_the_input_the_same_is_told(make_pool, put, monkeypatch):
    paths, pool = put(MIXED), make_pool()
    told = pool.examine_several(paths)
    monkeypatch.setattr(pool._all[1].input, "only_ours", False)
    assert pool.examine_several(paths) == told


def test_a_known_content_is_hashed_and_not_asked_about(make_pool, put, requests):
    paths, pool = put([jpeg(seed=1), jpeg(seed=2), jpeg(seed=3)]), make_pool()
    first = pool.examine_file(paths[1])
    requests.clear()
    told = pool.examine_several(paths, lambda sha256: sha256 == first.sha256)
    assert [len(request["parts"]) for request in requests] == [2]
    assert (told[1].sha256, told[1].photo, told[1].problem, told[1].by) == (first.sha256, None, None, 0)
    assert [found.photo is not None for found in told] == [True, False, True]
    assert pool.examine_several(paths, lambda _sha256: True)[0].photo is None
    assert len(requests) == 1, "nothing to ask about"


@pytest.mark.linux
def test_what_cannot_lie_among_others_comes_alone(make_pool, put, tmp_path, monkeypatch):
    monkeypatch.setattr(handing_over, "BYTES_TOGETHER", 40_000)
    paths = put([jpeg(seed=1), b"", jpeg(640, 480) + bytes(40_000), jpeg(seed=2)])
    os.mkfifo(tmp_path / "pipe")
    odd = [os.fsencode(tmp_path / name) for name in ("gone.jpg", "pipe", ".")]
    told = make_pool().examine_several([*paths[:3], *odd, paths[3]])
    assert [found is not None and found.photo is not None for found in told] == [True, *[False] * 5, True]
    assert told[1:6] == [None] * 5


def test_who_dies_of_one_file_is_blamed_for_no_other(make_pool, put):
    paths = put([jpeg(seed=1), jpeg(seed=2), DIES, jpeg(seed=3)])
    pool = make_pool(command=command(), proving=None)
    assert pool.examine_several(paths) == [None] * 4
    alone = [pool.examine_file(path) for path in paths]
    assert [found.photo is not None for found in alone] == [True, True, False, True]
    assert alone[2].problem.reason == "Decoding this file brought the decoder down."
    assert pool.examine_several([paths[0], paths[3]]) == [alone[0], alone[3]]


def test_who_takes_too_long_for_one_file_is_blamed_for_no_other(make_pool, put, monkeypatch):
    """Of several it is given up sooner: nobody is blamed then, and each has all of its time alone."""
    paths = put([jpeg(seed=1), SLEEPS, jpeg(seed=2)])
    pool = make_pool(command=command(), proving=None)
    given, ask = [], WorkerProcess.ask

    def lose(self, request, seconds, **more):
        given.append((request["op"], seconds))
        falls_asleep = "parts" in request or request["size"] == len(SLEEPS)
        return ask(self, request, 0.5 if falls_asleep else seconds, **more)

    monkeypatch.setattr(WorkerProcess, "ask", lose)
    assert pool.examine_several(paths) == [None] * 3
    alone = [pool.examine_file(path) for path in paths]
    assert [found.photo is not None for found in alone] == [True, False, True]
    assert alone[1].problem.kind is ProblemKind.TIMED_OUT
    assert given[0] == ("examine several", pools.SECONDS * pools.SHARE_FOR_SEVERAL)
    assert set(given[1:]) == {("examine", pools.SECONDS), ("tell", pools.SECONDS)}


def fitting(answer):
    return {"ok": True, "bytes": 12, "answers": [answer, answer]}


PLAIN = {
    "ok": True, "bytes": 6, "format": "JPEG", "width": 9, "height": 9, "orientation": 1, "damage": "",
    "capture": {"taken_at": "", "make": "", "model": "", "tags": {}, "taken_from": "", "taken_doubt": ""},
    "small_width": 2, "small_height": 1, "pictures": [], "shown_as": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "believed"),
    [
        (fitting(PLAIN), [True, True]),
        ({**fitting(PLAIN), "answers": [PLAIN]}, [False, False]),
        ({"ok": True, "bytes": 6, "answers": [PLAIN]}, [True, False]),
        ({"ok": True, "bytes": 0, "answers": []}, [False, False]),
        (fitting({**PLAIN, "orientation": 9}), [False, False]),
        ({**fitting(PLAIN), "answers": [PLAIN, {**PLAIN, "small_width": 3}]}, [True, False]),
        ({**fitting(PLAIN), "answers": [PLAIN, {**PLAIN, "bytes": -6}]}, [False, False]),
        ({**fitting(PLAIN), "answers": [PLAIN, {**PLAIN, "bytes": True}]}, [False, False]),
        ({**fitting(PLAIN), "answers": [PLAIN, "photograph"]}, [False, False]),
        ({**fitting(PLAIN), "bytes": 18, "answers": [PLAIN] * 3}, [False, False]),
        ({**fitting(PLAIN), "bytes": 24}, [False, False]),
        ({"ok": False, "problem": {"kind": "damaged", "reason": "All."}}, [False, False]),
        ({**fitting(PLAIN), "bytes": 6, "answers": [{"ok": False, "problem": {"kind": "empty"}}, PLAIN]},
         [False, True]),
    ],
)  # fmt: skip
def test_an_answer_is_believed_as_far_as_it_can_be_right(make_pool, put, monkeypatch, answer, believed):
    """What is not believed comes alone: no file is called damaged for what another one did."""
    pool = make_pool(proving=None)
    monkeypatch.setattr(
        WorkerProcess, "ask", lambda *_asked, **_more: (answer, bytes(answer.get("bytes", 0)))
    )
    told = pool.examine_several(put([jpeg(seed=1), jpeg(seed=2)]))
    assert [found is not None and found.photo is not None for found in told] == believed
    assert all(found is None or found.photo is not None for found in told)


def test_a_screen_that_needs_the_process_is_waited_for_by_nobody(make_pool, put, monkeypatch):
    pool, paths = make_pool(proving=None), put([jpeg(seed=1), jpeg(seed=2)])
    ask = WorkerProcess.ask

    def interrupted(self, request, *rest, **more):
        if "parts" in request:
            self.interrupt()
            raise WorkerLost(overran=False)
        return ask(self, request, *rest, **more)

    monkeypatch.setattr(WorkerProcess, "ask", interrupted)
    assert pool.examine_several(paths) == [None, None]
    assert not pool._all[1].is_interrupted
    assert all(pool.examine_file(path).photo for path in paths)


def test_a_process_is_renewed_after_so_many_files_however_they_were_asked_about(make_pool, put, monkeypatch):
    monkeypatch.setattr(pools, "JOBS_BEFORE_RENEWAL", 12)
    pool, paths = make_pool(proving=None), put([jpeg(seed=number) for number in range(1, 9)])
    numbers = [pool.examine_several(paths)[0].by for _question in range(5)]
    assert len(set(numbers)) == 3, "two questions each"
    pool.distrust(numbers[-1])
    assert pool.examine_several(paths)[0].by != numbers[-1]


def answered(answer_one, parts=4):
    line = worker._answer_several(
        answer_one, [[64 * n, 9] for n in range(parts)], *[memoryview(bytes(400))] * 2
    )
    return json.loads(line)


def test_no_further_file_is_begun_when_the_time_is_over_or_the_line_is_long(monkeypatch):
    """At least one is examined, and all that were are told of."""
    begun = []

    def one(request, part, _room):
        begun.append((request["op"], len(part)))
        return {"ok": True, "bytes": 3}

    assert answered(one) == {"ok": True, "bytes": 12, "answers": [{"ok": True, "bytes": 3}] * 4}
    assert begun == [("examine", 9)] * 4
    assert answered(lambda *_asked: {"ok": True, "bytes": 3, "said": "x" * (LONGEST_ANSWER_LINE // 5)}) == {
        "ok": True,
        "bytes": 6,
        "answers": [{"ok": True, "bytes": 3, "said": "x" * (LONGEST_ANSWER_LINE // 5)}] * 2,
    }
    assert answered(lambda *_asked: {"ok": False, "grow": 999})["answers"] == []
    monkeypatch.setattr(worker, "SECONDS_FOR_SEVERAL", -1.0)
    assert answered(one) == {"ok": True, "bytes": 3, "answers": [{"ok": True, "bytes": 3}]}
