"""The main of every confined process: get ready, give up all rights, then answer one request after another.

One JSON line in, one JSON line out. The first answer tells the layers of confinement ("state": "ready"), or
"state": "unfit" if the work cannot be done within them. A request names its buffers in shared memory, "input"
and "output".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.media.workers.buffers import ReceivedBuffers
from reviewer.media.workers.confinement import confine

WorkerMessage = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """What one kind of process does.

    `answer` gets a request with all of its input and its output buffer, and may give the line that is sent
    in place of what is in it. `warm_up` does each kind of work once: before files are given up, so that
    whatever is loaded late is there, and afterwards, to show that it still can be done. `is_warm` says that
    it was called already. With `answer_in_copy` every request is answered by a copy. Without `confined` there
    is nothing to confine: no content is looked at.
    """

    answer: Callable[[WorkerMessage, memoryview, memoryview], WorkerMessage | str]
    warm_up: Callable[[], None]
    is_warm: bool = False
    answer_in_copy: Callable[[Callable[[], str]], str] | None = None
    confined: bool = True


def run_worker(arguments: Sequence[str], prepare: Callable[[], Work]) -> None:
    """Answer until standard input ends: then the program is gone, and so is this process.

    `prepare` is called when nothing a library prints can look like an answer any more.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    channel = int(arguments[arguments.index("--channel") + 1]) if "--channel" in arguments else None
    buffers = ReceivedBuffers(channel)

    def send(line: str) -> None:
        answers.write(line + "\n")
        answers.flush()

    work = prepare()
    send(json.dumps(_get_ready(work, is_filtered="--unfiltered" not in arguments)))
    for line in sys.stdin:
        send(_answer_line(work, json.loads(line), buffers))


def _get_ready(work: Work, *, is_filtered: bool) -> WorkerMessage:
    if not work.confined:
        return {"ok": True, "state": "ready", "layers": []}
    if not work.is_warm:
        work.warm_up()
    layers = confine(filtered=is_filtered, divides=work.answer_in_copy is not None)
    try:
        work.warm_up()
    except Exception:
        return {"ok": False, "state": "unfit"}
    return {"ok": True, "state": "ready", "layers": layers}


def _answer_line(work: Work, request: WorkerMessage, buffers: ReceivedBuffers) -> str:
    given = buffers.get(request["input"], request["output"])
    if work.answer_in_copy is None:
        return _make_line(work.answer(request, *given))
    said = work.answer_in_copy(lambda: _make_line(work.answer(request, *given)))
    return said or json.dumps({"ok": False, "lost": True})


def _make_line(answer: WorkerMessage | str) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)
