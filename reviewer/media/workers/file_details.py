"""What a worker told of the tags and the embedded thumbnail of a file, once it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.domain.names import make_printable
from reviewer.domain.photos.file_tags import LONGEST_SIDE, LONGEST_VALUE, MOST_TAGS, ThumbnailLikeness
from reviewer.domain.photos.photo import Problem
from reviewer.media.workers import answers, handing_over
from reviewer.media.workers.evidence_file import HandedFile
from reviewer.media.workers.questions import AskWorker


@dataclass(frozen=True)
class Thumbnail:
    """Upright; `pixels` are rows of red, green, blue."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class FileDetails:
    """With the hash of the very bytes that were read. `said` describes the recorded thumbnail, "" without
    one."""

    sha256: str
    tags: Mapping[str, str] = field(default_factory=dict)
    likeness: ThumbnailLikeness = ThumbnailLikeness.CANNOT_TELL
    thumbnail: Thumbnail | None = None
    said: str = ""
    problem: Problem | None = None


def ask_for_details(handed: HandedFile, ask: AskWorker) -> FileDetails:
    """The details of a file that was handed over, or why there are none."""
    early = handing_over.check_size(handed)
    if early is not None:
        return FileDetails(handed.sha256, problem=early)
    untrusted, pixels = ask({"op": "details", "size": handed.size})
    if untrusted.get("ok") is not True:
        return FileDetails(handed.sha256, problem=answers.problem_from_answer(untrusted))
    try:
        return _details_from_answer(handed.sha256, answers.UntrustedFields(untrusted), pixels)
    except answers.ProtocolViolation:
        return FileDetails(handed.sha256, problem=answers.UNUSABLE_ANSWER)


def _details_from_answer(sha256: str, fields: answers.UntrustedFields, pixels: bytes) -> FileDetails:
    tags = fields.named_texts("tags", MOST_TAGS, LONGEST_VALUE)
    width, height = (
        fields.number("thumb_width", 0, LONGEST_SIDE),
        fields.number("thumb_height", 0, LONGEST_SIDE),
    )
    if len(pixels) != 3 * width * height:
        raise answers.ProtocolViolation("the thumbnail is not of its size")
    try:
        likeness = ThumbnailLikeness(fields.text("likeness", 20))
    except ValueError as error:
        raise answers.ProtocolViolation("one of three answers was agreed") from error
    return FileDetails(
        sha256,
        {make_printable(name): make_printable(value) for name, value in tags.items()},
        likeness,
        Thumbnail(width, height, pixels) if pixels else None,
        make_printable(fields.text("thumb_said", 100)),
    )
