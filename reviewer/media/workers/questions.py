"""What is asked of a process about a file it was handed, whoever the process is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from reviewer.domain.photos.content_kind import ContentKind, ContentType
from reviewer.media.workers import answers, decoded, handing_over
from reviewer.media.workers.decoded import ExaminationResult, RenderedFile
from reviewer.media.workers.evidence_file import HandedFile
from reviewer.media.workers.handing_over import HandedPart
from reviewer.media.workers.told_content import content_from_answer, refine_problem

IDENTIFIED_BY_BYTES = 1 << 20
"""What a file is that is too large is told by so many first bytes."""
AnswerOfOne = tuple[dict[str, Any], memoryview]
AskWorker = Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]


def ask_to_examine(
    handed: HandedFile,
    ask: AskWorker,
    number: Callable[[], int],
    known: Callable[[str], bool] = lambda _sha256: False,
) -> ExaminationResult:
    """Ask what a file is and shows; `known` contents are not asked about. `number` returns the number of
    the process that answers."""
    early = handing_over.check_size(handed)
    if early is not None:
        content_type = _ask_to_identify(handed, ask)
        problem = refine_problem(early, content_type)
        return ExaminationResult(
            handed.sha256,
            handed.size,
            problem=problem,
            content=content_type,
            by=number() if handed.size else 0,
        )
    if known(handed.sha256):
        return ExaminationResult(handed.sha256, handed.size)
    untrusted, pixels = ask({"op": "examine", "size": handed.size})
    by = number() if handing_over.is_worker_answer(untrusted) else 0
    found = decoded.examination_result_from_answer(handed, untrusted, pixels, by)
    if found.problem is None:
        return found
    content_type = _ask_to_identify(handed, ask)
    return replace(found, problem=refine_problem(found.problem, content_type), content=content_type)


def ask_to_examine_several(parts: Sequence[HandedPart], ask: AskWorker) -> list[AnswerOfOne]:
    """Ask about files that lie side by side; an answer for each of the first, as many as there are.

    None at all if they do not fit the question: what cannot be right is not taken apart any further.
    """
    untrusted, pixels = ask(
        {"op": "examine several", "parts": [[part.start, part.content.size] for part in parts]}
    )
    try:
        told = answers.UntrustedFields(untrusted).list("answers", len(parts))
        counts = [_count_bytes(one) for one in told]
    except answers.ProtocolViolation:
        return []
    if sum(counts) != len(pixels):
        return []
    whole, ends = memoryview(pixels), accumulate(counts)
    return [(one, whole[end - count : end]) for one, count, end in zip(told, counts, ends, strict=True)]


def _count_bytes(untrusted: object) -> int:
    fields = answers.UntrustedFields(untrusted)
    return fields.number("bytes", 0, answers.MOST_PIXELS) if fields.has("bytes") else 0


def make_result_of_one(part: HandedPart, answer: AnswerOfOne, by: int) -> ExaminationResult | None:
    """What was told of one of several files; None if it cannot be right."""
    untrusted, pixels = answer
    found = decoded.examination_result_from_answer(part.content, untrusted, pixels, by)
    if found.problem is None:
        return found
    if found.problem == answers.UNUSABLE_ANSWER:
        return None
    content_type = content_from_answer(untrusted)
    return replace(found, problem=refine_problem(found.problem, content_type), content=content_type)


def ask_to_render(handed: HandedFile, box: tuple[int, int] | None, page: int, ask: AskWorker) -> RenderedFile:
    """A picture of a file, by its number, fitted into `box`, or whole."""
    early = handing_over.check_size(handed)
    if early is not None:
        return RenderedFile(handed.sha256, problem=early)
    request = {"op": "render", "size": handed.size, "box": list(box) if box else None, "page": page}
    return decoded.rendered_file_from_answer(handed, *ask(request))


def _ask_to_identify(handed: HandedFile, ask: AskWorker) -> ContentType:
    """What a content is that was not or could not be decoded, or its beginning if it is large."""
    if handed.size == 0:
        return ContentType(ContentKind.EMPTY)
    size = handed.size if handed.held else IDENTIFIED_BY_BYTES
    untrusted, _nothing = ask({"op": "tell", "size": size, "whole": handed.held})
    return content_from_answer(untrusted)
