"""The process that decodes. It is given bytes in shared memory and nothing else; it may be killed any time.

One JSON line in, one JSON line out:
  {"op": "examine", "input": NAME, "size": N, "output": NAME}
  {"op": "render", "input": NAME, "size": N, "output": NAME, "box": [W, H] | null}
An answer has "ok": true and the facts, with bytes left in the output buffer ("bytes": N), or "problem" with a
kind and a reason, or "grow": N when the output buffer is too small.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from typing import Any

from reviewer.domain.photo import Problem, ProblemKind

MOST_MEMORY = 4 << 30
ENGAGED = "ready"
Answer = dict[str, Any]


def main() -> None:
    """Answer until standard input ends: then the program is gone, and so is this process."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    _limit()
    from reviewer.media import examine, render

    buffers = _Buffers()
    operations = {"examine": _examine(examine.examine), "render": _render(render.render)}
    _say(answers, {"ok": True, "state": ENGAGED})
    for line in sys.stdin:
        request = json.loads(line)
        _say(answers, _answered(operations[request["op"]], request, buffers))


def _answered(operation: Any, request: Answer, buffers: _Buffers) -> Answer:
    from reviewer.media.trouble import Unusable

    data, output = buffers.get(request["input"]).buf, buffers.get(request["output"])
    if data is None or output.buf is None:
        raise ValueError("a buffer is gone")
    try:
        with data[: request["size"]] as content:
            answer, produced = operation(content, request, output.buf)
            if len(produced) > output.size:
                return {"ok": False, "grow": len(produced)}
            if not _lies_in(produced, output.buf):
                output.buf[: len(produced)] = produced
            return {"ok": True, "bytes": len(produced), **answer}
    except Unusable as unusable:
        return _problem(unusable.problem)
    except MemoryError:
        return _problem(Problem(ProblemKind.DAMAGED, "There is not enough memory to decode it."))
    except Exception as error:
        reason = f"The picture cannot be decoded ({error.__class__.__name__})."
        return _problem(Problem(ProblemKind.DAMAGED, reason))


def _lies_in(produced: Any, room: memoryview) -> bool:
    """Whether the bytes were made in the output buffer already, at its beginning."""
    import numpy as np

    if not isinstance(produced, memoryview):
        return False
    return bool(np.asarray(produced).ctypes.data == np.asarray(room).ctypes.data)


def _examine(examine: Any) -> Any:
    def run(content: memoryview, _request: Answer, _room: memoryview) -> tuple[Answer, bytes]:
        found = examine(content)
        facts = {name: value for name, value in vars(found).items() if name not in {"thumbnail", "capture"}}
        return {**facts, "capture": vars(found.capture)}, found.thumbnail

    return run


def _render(render: Any) -> Any:
    def run(content: memoryview, request: Answer, room: memoryview) -> tuple[Answer, memoryview]:
        box = tuple(request["box"]) if request["box"] else None
        found = render(content, box, room)
        return {name: value for name, value in vars(found).items() if name != "pixels"}, found.pixels

    return run


class _Buffers:
    """The shared memory of the program, attached once per name."""

    def __init__(self) -> None:
        # The program that made the memory also removes it; a tracker here would remove it too early.
        resource_tracker.register = lambda *_args, **_kwargs: None
        self._attached: dict[str, SharedMemory] = {}

    def get(self, name: str) -> SharedMemory:
        if name not in self._attached:
            if len(self._attached) >= 4:
                for old in self._attached.values():
                    old.close()
                self._attached.clear()
            self._attached[name] = SharedMemory(name=name)
        return self._attached[name]


def _problem(problem: Problem) -> Answer:
    return {"ok": False, "problem": {"kind": str(problem.kind), "reason": problem.reason}}


def _say(answers: Any, answer: Answer) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _limit() -> None:
    """Ctrl+C is for the program; memory has an end; no core file holds pixels of the dead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
