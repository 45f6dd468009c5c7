"""The process that decodes. It is given bytes in shared memory and nothing else; it may be killed any time.

    python -m reviewer.media.workers.worker [--channel N] [--unfiltered] [--one-file-each]

One JSON line in, one JSON line out (`serving`):
  {"op": "examine", "input": NAME, "size": N, "output": NAME}
  {"op": "render", "input": NAME, "size": N, "output": NAME, "box": [W, H] | null, "page": N}
  {"op": "tell", "input": NAME, "size": N, "output": NAME, "whole": true | false}
  {"op": "details", "input": NAME, "size": N, "output": NAME}
An answer has "ok": true and the facts, with bytes left in the output buffer ("bytes": N), or "problem" with a
kind and a reason, or "grow": N when the output buffer is too small. With
--one-file-each every request is answered by a copy of the process that has seen no other file, where the
system can make such copies.
"""

from __future__ import annotations

import sys
from typing import Any

from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.workers.confinement import warm_up
from reviewer.media.workers.copies import ONE_FILE_EACH
from reviewer.media.workers.serving import Work, WorkerMessage, run_worker

if sys.platform == "linux":
    from reviewer.media.workers.copies import CopyPerFile


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

        def answer(request: WorkerMessage, data: memoryview, room: memoryview) -> WorkerMessage:
            return _answer_request(operations[request["op"]], request, data, room)

        return Work(answer, warm_up, is_warm, answer_in_copy)

    run_worker(arguments, prepare)


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
