"""What a worker said that a content is, and the Problem that follows; a worker is not trusted."""

from __future__ import annotations

from typing import Any

from reviewer.domain.names import make_printable
from reviewer.domain.photos.content_kind import (
    CONTENT_NOT_EXAMINED,
    ContentKind,
    ContentType,
    describe_content,
    parse_content_kind,
)
from reviewer.domain.photos.photo import Problem, ProblemKind
from reviewer.media.decoding.trouble import make_not_a_photograph_error
from reviewer.media.workers import answers

_MOST_TYPE, _MOST_FORMAT = 100, 40
_MAY_BE_PHOTOGRAPHS = frozenset(
    {ContentKind.UNTOLD, ContentKind.PHOTOGRAPH, ContentKind.RAW, ContentKind.UNKNOWN}
)


def content_from_answer(untrusted: dict[str, Any]) -> ContentType:
    """The Content of an answer; NOT_TOLD if it says nothing that can be used."""
    try:
        fields = answers.UntrustedFields(untrusted).part("content")
        kind = fields.text("kind", _MOST_TYPE)
        media_type, format_name = fields.text("media_type", _MOST_TYPE), fields.text("format", _MOST_FORMAT)
    except answers.ProtocolViolation:
        return CONTENT_NOT_EXAMINED
    return ContentType(parse_content_kind(kind), make_printable(media_type), make_printable(format_name))


def refine_problem(problem: Problem, content: ContentType) -> Problem:
    """The Problem of a file once it is known what it is: a video stays one however large or broken it is."""
    if (
        problem.kind is ProblemKind.NOT_A_PHOTOGRAPH
        and problem.reason != make_not_a_photograph_error().problem.reason
    ):
        return problem  # the decoder knew better
    is_other = content.kind not in _MAY_BE_PHOTOGRAPHS
    if problem.kind is ProblemKind.NOT_A_PHOTOGRAPH or (is_other and problem.kind is ProblemKind.TOO_LARGE):
        return Problem(ProblemKind.NOT_A_PHOTOGRAPH, describe_content(content))
    return problem
