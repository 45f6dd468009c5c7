"""What the decoding processes found out about a file, once it was checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reviewer.domain.photos.content_kind import CONTENT_NOT_EXAMINED, ContentType
from reviewer.domain.photos.photo import Photo, Problem
from reviewer.media.decoding import small_picture
from reviewer.media.workers import answers, evidence_file
from reviewer.media.workers.worker_process import MOST_OUTPUT


@dataclass(frozen=True)
class ExaminationResult:
    """One file examined: a Photo or a Problem; neither if its content was known and not looked at again.

    `by` is the number of the process whose word it is; 0 if none was asked or none answered.
    """

    sha256: str
    size: int
    photo: Photo | None = None
    problem: Problem | None = None
    thumbnail: bytes | None = None
    greys: bytes = b""
    content: ContentType = CONTENT_NOT_EXAMINED
    """What the content is, if it is no Photo."""
    by: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Picture:
    """Upright sRGB pixels: rows of blue, green, red, unused; `stride` bytes each.

    `profile` names the embedded ICC profile, `origin` what the file holds if that is not 8-bit RGB;
    `shown_as`: what stands for the content (as in Photo). `deep` are the same pixels in 16 bits where the
    file has more than 8: rows of grey, or of blue, green, red (`channels` 1 or 3), without gaps.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    profile: str = ""
    origin: str = ""
    damage: str = ""
    shown_as: str = ""
    channels: int = 0
    deep: bytes = b""


@dataclass(frozen=True)
class RenderedFile:
    """One file rendered, with the hash of the very bytes that were decoded."""

    sha256: str
    picture: Picture | None = None
    problem: Problem | None = None


def examination_result_from_answer(
    handed: evidence_file.HandedFile, untrusted: dict[str, Any], pixels: bytes | memoryview, by: int
) -> ExaminationResult:
    """All about a file that is a photograph, or why it is none; a Problem if the answer cannot be right."""
    sha256, size = handed.sha256, handed.size
    if untrusted.get("ok") is not True:
        return ExaminationResult(sha256, size, problem=answers.problem_from_answer(untrusted), by=by)
    try:
        small = small_picture.SmallPicture(
            *answers.read_small_size(untrusted, small_picture.SIDE, len(pixels)), pixels
        )
        photo = answers.photo_from_answer(untrusted, sha256, size, small_picture.compute_likeness(small))
    except answers.ProtocolViolation:
        return ExaminationResult(sha256, size, problem=answers.UNUSABLE_ANSWER, by=by)
    thumbnail, greys = small_picture.encode_small_picture(small), small_picture.compute_fingerprint(small)
    return ExaminationResult(sha256, size, photo, None, thumbnail, greys, by=by)


def rendered_file_from_answer(
    handed: evidence_file.HandedFile, untrusted: dict[str, Any], pixels: bytes
) -> RenderedFile:
    """Read the picture of a file from an answer, or the problem with it."""
    if untrusted.get("ok") is not True:
        return RenderedFile(handed.sha256, problem=answers.problem_from_answer(untrusted))
    try:
        return RenderedFile(handed.sha256, _picture_from_answer(answers.UntrustedFields(untrusted), pixels))
    except answers.ProtocolViolation:
        return RenderedFile(handed.sha256, problem=answers.UNUSABLE_ANSWER)


def _picture_from_answer(fields: answers.UntrustedFields, pixels: bytes) -> Picture:
    width, height = (
        fields.number("width", 1, answers.MOST_PIXELS),
        fields.number("height", 1, answers.MOST_PIXELS),
    )
    stride = fields.number("stride", 4 * width, MOST_OUTPUT)
    channels = fields.number("channels", 0, 3)
    shown = stride * height
    if len(pixels) != shown + 2 * channels * width * height or channels == 2:
        raise answers.ProtocolViolation("the pixels are not of their size")
    return Picture(
        width,
        height,
        stride,
        pixels[:shown],
        fields.text("profile", answers.LONGEST_NAME),
        fields.text("origin", answers.LONGEST_NAME),
        fields.text("damage"),
        fields.text("shown_as", answers.LONGEST_NAME),
        channels,
        pixels[shown:],
    )
