"""What is asked of a process about a file it was handed, whoever the process is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reviewer.domain.photos.content_kind import Content, ContentKind
from reviewer.media.workers import decoded, evidence_file, handing_over
from reviewer.media.workers.decoded import Examined, RenderedFile
from reviewer.media.workers.told_content import content_of, problem_by_content

TOLD_BY = 1 << 20
"""What a file is that is too large is told by so many first bytes."""
Ask = Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]
Handed = evidence_file.Content


def all_about(
    handed: Handed, ask: Ask, number: Callable[[], int], known: Callable[[str], bool] = lambda _sha256: False
) -> Examined:
    """What a file is and shows; `known` contents are not asked about. `number` tells whose word it is."""
    early = handing_over.unfit(handed)
    if early is not None:
        told = _told(handed, ask)
        problem = problem_by_content(early, told)
        return Examined(
            handed.sha256, handed.size, problem=problem, content=told, by=number() if handed.size else 0
        )
    if known(handed.sha256):
        return Examined(handed.sha256, handed.size)
    untrusted, pixels = ask({"op": "examine", "size": handed.size})
    by = number() if handing_over.is_own_word(untrusted) else 0
    found = decoded.examined(handed, untrusted, pixels, by)
    if found.problem is None:
        return found
    told = _told(handed, ask)
    return replace(found, problem=problem_by_content(found.problem, told), content=told)


def picture_of(handed: Handed, box: tuple[int, int] | None, page: int, ask: Ask) -> RenderedFile:
    """A picture of a file, by its number, fitted into `box`, or whole."""
    early = handing_over.unfit(handed)
    if early is not None:
        return RenderedFile(handed.sha256, problem=early)
    request = {"op": "render", "size": handed.size, "box": list(box) if box else None, "page": page}
    return decoded.rendered(handed, *ask(request))


def _told(handed: Handed, ask: Ask) -> Content:
    """What a content is that was not or could not be decoded, or its beginning if it is large."""
    if handed.size == 0:
        return Content(ContentKind.EMPTY)
    size = handed.size if handed.held else TOLD_BY
    untrusted, _nothing = ask({"op": "tell", "size": size, "whole": handed.held})
    return content_of(untrusted)
