"""What the content of a file is when it is no photograph that the program shows, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ContentKind(StrEnum):
    """What a content is, by its bytes, never by its name. UNTOLD is the kind of a file that could not be
    read."""

    UNTOLD = ""
    PHOTOGRAPH = "photograph"
    RAW = "camera raw"
    OTHER_PICTURE = "other picture"
    MEDICAL = "medical picture"
    VIDEO = "video"
    AUDIO = "audio"
    ARCHIVE = "archive"
    DOCUMENT = "document"
    MAIL = "mail"
    DATABASE = "database"
    DISK_IMAGE = "disk image"
    PROGRAM = "program"
    TEXT = "text"
    SIDECAR = "sidecar"
    SYSTEM = "system file"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ContentType:
    """What a content is: its kind, a media type ("application/zip", "" if there is none), what people
    call its format ("ZIP", "" if there is no word for it)."""

    kind: ContentKind = ContentKind.UNTOLD
    media_type: str = ""
    format: str = ""


CONTENT_NOT_EXAMINED = ContentType()
_WITHOUT_PHOTOGRAPHS = frozenset(
    {ContentKind.AUDIO, ContentKind.TEXT, ContentKind.SIDECAR, ContentKind.EMPTY}
)
SYSTEM_WITH_PICTURES = frozenset(
    {
        "application/x-windows-thumbnails",
        "application/x-resource-fork",
        "application/x-windows-shortcut",
        "application/x-windows-registry",
    }
)
"""System files that may keep small pictures of photographs, or say where some lie."""

_SENTENCES = {
    ContentKind.PHOTOGRAPH: ("This is a picture ({format}).", "This is a picture."),
    ContentKind.RAW: ("This is a camera raw file ({format}).", "This is a camera raw file."),
    ContentKind.OTHER_PICTURE: (
        "This is a picture ({format}); the program does not open this format.",
        "This is a picture in a format that the program does not open.",
    ),
    ContentKind.MEDICAL: ("This is a medical picture ({format}).", "This is a medical picture."),
    ContentKind.VIDEO: ("This is a video ({format}).", "This is a video."),
    ContentKind.AUDIO: ("This is a sound recording ({format}).", "This is a sound recording."),
    ContentKind.ARCHIVE: ("This is an archive ({format}).", "This is an archive."),
    ContentKind.DOCUMENT: ("This is a document ({format}).", "This is a document."),
    ContentKind.MAIL: ("This is mail ({format}).", "This is mail."),
    ContentKind.DATABASE: ("This is a database ({format}).", "This is a database."),
    ContentKind.DISK_IMAGE: ("This is the image of a disk ({format}).", "This is the image of a disk."),
    ContentKind.PROGRAM: ("This is a program ({format}).", "This is a program."),
    ContentKind.TEXT: ("This is text ({format}).", "This is text."),
    ContentKind.SIDECAR: (
        "This is a file that belongs to a picture ({format}).",
        "This is a file that belongs to a picture.",
    ),
    ContentKind.SYSTEM: ("This is a file of a system ({format}).", "This is a file of a system."),
}
_UNKNOWN = "What this content is could not be told; it is not a photograph in a format the program opens."


def may_hold_photographs(kind: ContentKind, media_type: str = "") -> bool:
    """Whether photographs may lie in such a file; what is not known may hold some."""
    if kind is ContentKind.SYSTEM:
        return media_type in SYSTEM_WITH_PICTURES
    return kind not in _WITHOUT_PHOTOGRAPHS


def describe_content(content: ContentType) -> str:
    """One sentence that says what a content is."""
    named, plain = _SENTENCES.get(content.kind, (_UNKNOWN, _UNKNOWN))
    return named.format(format=content.format) if content.format else plain


UNKNOWN_NAME, LEFT_OUT_NAME = "not told", "left out"
"""What people read of a file whose content nobody could look at."""


def name_content_kind(kind: ContentKind, *, left_out: bool) -> str:
    """What people call the kind of a file that is no photograph."""
    return LEFT_OUT_NAME if left_out else str(kind) or UNKNOWN_NAME


def parse_content_kind(value: str) -> ContentKind:
    """The kind that a value stands for; UNKNOWN for one that is no kind (a worker is not trusted)."""
    try:
        return ContentKind(value)
    except ValueError:
        return ContentKind.UNKNOWN
