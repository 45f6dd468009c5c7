"""What a worker told of the tags and the embedded thumbnail of a file, once it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.domain.names import printable
from reviewer.domain.photos.file_tags import LONGEST_SIDE, LONGEST_VALUE, MOST_TAGS, Likeness
from reviewer.domain.photos.photo import Problem
from reviewer.media.workers import answers, handing_over
from reviewer.media.workers.questions import Ask, Handed


@dataclass(frozen=True)
class Thumbnail:
    """Upright; `pixels` are rows of red, green, blue."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class FileDetails:
    """With the hash of the very bytes that were read. `said` tells of the thumbnail as it is recorded, "" if
    there is none."""

    sha256: str
    tags: Mapping[str, str] = field(default_factory=dict)
    likeness: Likeness = Likeness.CANNOT_TELL
    thumbnail: Thumbnail | None = None
    said: str = ""
    problem: Problem | None = None


def details_of(handed: Handed, ask: Ask) -> FileDetails:
    """The details of a file that was handed over, or why there are none."""
    early = handing_over.unfit(handed)
    if early is not None:
        return FileDetails(handed.sha256, problem=early)
    untrusted, pixels = ask({"op": "details", "size": handed.size})
    if untrusted.get("ok") is not True:
        return FileDetails(handed.sha256, problem=answers.problem(untrusted))
    try:
        return _checked(handed.sha256, answers.Told(untrusted), pixels)
    except answers.NotAsAgreed:
        return FileDetails(handed.sha256, problem=answers.UNUSABLE)


def _checked(sha256: str, told: answers.Told, pixels: bytes) -> FileDetails:
    tags = told.named_texts("tags", MOST_TAGS, LONGEST_VALUE)
    width, height = told.number("thumb_width", 0, LONGEST_SIDE), told.number("thumb_height", 0, LONGEST_SIDE)
    if len(pixels) != 3 * width * height:
        raise answers.NotAsAgreed("the thumbnail is not of its size")
    try:
        likeness = Likeness(told.text("likeness", 20))
    except ValueError as error:
        raise answers.NotAsAgreed("one of three answers was agreed") from error
    return FileDetails(
        sha256,
        {printable(name): printable(value) for name, value in tags.items()},
        likeness,
        Thumbnail(width, height, pixels) if pixels else None,
        printable(told.text("thumb_said", 100)),
    )
