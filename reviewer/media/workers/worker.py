"""The process that decodes. It is given bytes in shared memory and nothing else; it may be killed any time.

    python -m reviewer.media.workers.worker [--channel N] [--unfiltered] [--one-file-each]

One JSON line in, one JSON line out (`serving`):
  {"op": "examine", "input": NAME, "size": N, "output": NAME}
  {"op": "examine several", "input": NAME, "parts": [[START, SIZE], ...], "output": NAME}
  {"op": "render", "input": NAME, "size": N, "output": NAME, "box": [W, H] | null, "page": N}
  {"op": "tell", "input": NAME, "size": N, "output": NAME, "whole": true | false}
  {"op": "details", "input": NAME, "size": N, "output": NAME}
An answer has "ok": true and the facts, with bytes left in the output buffer ("bytes": N), or "problem" with a
kind and a reason, or "grow": N when the output buffer is too small. Of several parts of the input there are
"answers", one for each of the first ones; the bytes of one follow those of the one before. With
--one-file-each every request is answered by a copy of the process that has seen no other file, where the
system can make such copies.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers.answers import LONGEST_ANSWER_LINE
from reviewer.media.workers.confinement import warm_up
from reviewer.media.workers.copies import ONE_FILE_EACH
from reviewer.media.workers.serving import Work, WorkerMessage, run_worker

if sys.platform == "linux":
    from reviewer.media.workers.copies import CopyPerFile

SECONDS_FOR_SEVERAL = 0.05
"""Of the processor: no further part is begun then. Who waits for the process waits for that and one file."""


def load_operations() -> None:
    """Load what the operations need; they themselves need nothing more then."""
    from reviewer.media.decoding import details, examine, render  # noqa: F401 (for having been loaded)
    from reviewer.media.telling import content  # noqa: F401


def main(arguments: list[str], *, is_warm: bool = False) -> None:
    """Answer until standard input ends.

    `is_warm` says that it is a copy of a process that has decoded a picture of each kind already.
    """

    def prepare() -> Work:
        from reviewer.media.decoding import details, examine, render

        operations = {
            "examine": _wrap_examine(examine.examine),
            "render": _wrap_render(render.render),
            "tell": _identify,
            "details": details.answer_details,
        }
        answer_in_copy = None
        if sys.platform == "linux" and ONE_FILE_EACH in arguments:
            answer_in_copy = CopyPerFile().answer_in_copy

        def answer(request: WorkerMessage, data: memoryview, room: memoryview) -> WorkerMessage | str:
            if "parts" in request:
                return _answer_several(answer_one, request["parts"], data, room)
            return answer_one(request, data, room)

        def answer_one(request: WorkerMessage, data: memoryview, room: memoryview) -> WorkerMessage:
            return _answer_request(operations[request["op"]], request, data, room)

        return Work(answer, warm_up, is_warm, answer_in_copy)

    run_worker(arguments, prepare)


def _answer_several(
    answer_one: Callable[[WorkerMessage, memoryview, memoryview], WorkerMessage],
    parts: Sequence[Sequence[int]],
    data: memoryview,
    room: memoryview,
) -> str:
    """Examine parts of the input one after the other, as files are that come alone; of each that is no
    photograph it is said what it is. Returns the line that is sent, since it may not become too long."""
    until = time.process_time() + SECONDS_FOR_SEVERAL
    lines: list[str] = []
    used = length = 0
    for start, size in parts:
        part, rest = data[start : start + size], room[used:]
        answer = answer_one({"op": "examine", "size": size}, part, rest)
        if not answer["ok"]:
            told = answer_one({"op": "tell", "size": size, "whole": True}, part, rest)
            answer = {**answer, **({"content": told["content"]} if "content" in told else {})}
        line = json.dumps(answer)
        length += len(line)
        if "grow" in answer or length > LONGEST_ANSWER_LINE // 2:
            break
        lines.append(line)
        used += answer.get("bytes", 0)
        if time.process_time() > until:
            break
    return f'{{"ok": true, "bytes": {used}, "answers": [{", ".join(lines)}]}}'


def _answer_request(
    operation: Any, request: WorkerMessage, data: memoryview, room: memoryview
) -> WorkerMessage:
    from reviewer.media.decoding.trouble import Unusable

    try:
        with data[: request["size"]] as content:
            answer, produced = operation(content, request, room)
            if len(produced) > len(room):
                return {"ok": False, "grow": len(produced)}
            if not _is_in_room(produced, room):
                room[: len(produced)] = produced
            return {"ok": True, "bytes": len(produced), **answer}
    except Unusable as unusable:
        return _make_problem_answer(unusable.problem)
    except MemoryError:
        return _make_problem_answer(Problem(ProblemKind.DAMAGED, "There is not enough memory to decode it."))
    except Exception as error:
        reason = f"The picture cannot be decoded ({error.__class__.__name__})."
        return _make_problem_answer(Problem(ProblemKind.DAMAGED, reason))


def _is_in_room(produced: Any, room: memoryview) -> bool:
    """Whether the bytes were made in the output buffer already, at its beginning."""
    import numpy as np

    if not isinstance(produced, memoryview):
        return False
    return bool(np.asarray(produced).ctypes.data == np.asarray(room).ctypes.data)


def _wrap_examine(examine: Any) -> Any:
    def run(content: memoryview, _request: WorkerMessage, _room: memoryview) -> tuple[WorkerMessage, bytes]:
        found = examine(content)
        facts = {name: value for name, value in vars(found).items() if name != "pixels"}
        return {**facts, "capture": vars(found.capture)}, found.pixels

    return run


def _wrap_render(render: Any) -> Any:
    def run(
        content: memoryview, request: WorkerMessage, room: memoryview
    ) -> tuple[WorkerMessage, memoryview]:
        box = tuple(request["box"]) if request["box"] else None
        found = render(content, box, room, request.get("page", 1))
        facts = {name: value for name, value in vars(found).items() if name not in {"pixels", "deep"}}
        return facts, found.pixels if not found.deep else memoryview(bytes(found.pixels) + found.deep)

    return run


def _identify(content: memoryview, request: WorkerMessage, _room: memoryview) -> tuple[WorkerMessage, bytes]:
    """What a content is that is no photograph the program can show."""
    from reviewer.media.telling.content import identify_content

    return {"content": vars(identify_content(content, is_whole=request["whole"]))}, b""


def _make_problem_answer(problem: Problem) -> WorkerMessage:
    return {"ok": False, "problem": {"kind": str(problem.kind), "reason": problem.reason}}


if __name__ == "__main__":
    main(sys.argv[1:])
