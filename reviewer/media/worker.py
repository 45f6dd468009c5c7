"""The process that decodes. It is given bytes in shared memory and nothing else; it may be killed any time.

    python -m reviewer.media.worker [--channel N] [--unfiltered]

One JSON line in, one JSON line out:
  {"op": "examine", "input": NAME, "size": N, "output": NAME}
  {"op": "render", "input": NAME, "size": N, "output": NAME, "box": [W, H] | null}
  {"op": "tell", "input": NAME, "size": N, "output": NAME, "whole": true | false}
An answer has "ok": true and the facts, with bytes left in the output buffer ("bytes": N), or "problem" with a
kind and a reason, or "grow": N when the output buffer is too small. The first answer tells the layers of
confinement, or "state": "unfit" if decoding does not work within them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from reviewer.domain.photo import Problem, ProblemKind
from reviewer.media.buffers import Received
from reviewer.media.confinement import confine, warm_up

READY, UNFIT = "ready", "unfit"
Answer = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Answer until standard input ends: then the program is gone, and so is this process."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    from reviewer.media import examine, render

    channel = int(arguments[arguments.index("--channel") + 1]) if "--channel" in arguments else None
    buffers = Received(channel)
    operations = {"examine": _examine(examine.examine), "render": _render(render.render), "tell": _tell}
    warm_up()
    layers = confine(filtered="--unfiltered" not in arguments)
    try:
        warm_up()
    except Exception:
        _say(answers, {"ok": False, "state": UNFIT})
        return
    _say(answers, {"ok": True, "state": READY, "layers": layers})
    for line in sys.stdin:
        request = json.loads(line)
        _say(answers, _answered(operations[request["op"]], request, buffers))


def _answered(operation: Any, request: Answer, buffers: Received) -> Answer:
    from reviewer.media.trouble import Unusable

    data, room = buffers.get(request["input"], request["output"])
    try:
        with data[: request["size"]] as content:
            answer, produced = operation(content, request, room)
            if len(produced) > len(room):
                return {"ok": False, "grow": len(produced)}
            if not _lies_in(produced, room):
                room[: len(produced)] = produced
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
        apart = {"thumbnail", "capture", "greys"}
        facts = {name: value for name, value in vars(found).items() if name not in apart}
        answer = {**facts, "capture": vars(found.capture), "greys": found.greys.hex()}
        return answer, found.thumbnail

    return run


def _render(render: Any) -> Any:
    def run(content: memoryview, request: Answer, room: memoryview) -> tuple[Answer, memoryview]:
        box = tuple(request["box"]) if request["box"] else None
        found = render(content, box, room)
        return {name: value for name, value in vars(found).items() if name != "pixels"}, found.pixels

    return run


def _tell(content: memoryview, request: Answer, _room: memoryview) -> tuple[Answer, bytes]:
    """What a content is that is no photograph the program can show."""
    from reviewer.media.telling.content import tell

    return {"content": vars(tell(content, is_whole=request["whole"]))}, b""


def _problem(problem: Problem) -> Answer:
    return {"ok": False, "problem": {"kind": str(problem.kind), "reason": problem.reason}}


def _say(answers: Any, answer: Answer) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
