"""What a worker said that a content is, and the Problem that follows; a worker is not trusted."""

from __future__ import annotations

from typing import Any

from reviewer.domain.names import printable
from reviewer.domain.photos.content_kind import NOT_TOLD, Content, ContentKind, kind_of, sentence_of
from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.decoding.trouble import not_a_photograph
from reviewer.media.workers import answers

_MOST_TYPE, _MOST_FORMAT = 100, 40
_MAY_BE_PHOTOGRAPHS = frozenset(
    {ContentKind.UNTOLD, ContentKind.PHOTOGRAPH, ContentKind.RAW, ContentKind.UNKNOWN}
)


def content_of(untrusted: dict[str, Any]) -> Content:
    """The Content of an answer; NOT_TOLD if it says nothing that can be used."""
    try:
        told = answers.Told(untrusted).part("content")
        kind = told.text("kind", _MOST_TYPE)
        media_type, format_name = told.text("media_type", _MOST_TYPE), told.text("format", _MOST_FORMAT)
    except answers.NotAsAgreed:
        return NOT_TOLD
    return Content(kind_of(kind), printable(media_type), printable(format_name))


def problem_by_content(problem: Problem, content: Content) -> Problem:
    """The Problem of a file once it is known what it is: a video stays one however large or broken it is."""
    if problem.kind is ProblemKind.NOT_A_PHOTOGRAPH and problem.reason != not_a_photograph().problem.reason:
        return problem  # the decoder knew better
    is_other = content.kind not in _MAY_BE_PHOTOGRAPHS
    if problem.kind is ProblemKind.NOT_A_PHOTOGRAPH or (is_other and problem.kind is ProblemKind.TOO_LARGE):
        return Problem(ProblemKind.NOT_A_PHOTOGRAPH, sentence_of(content))
    return problem
