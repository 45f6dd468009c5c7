"""What a content is: one question after the other, the surest first."""

from __future__ import annotations

from reviewer.domain.photos.content_kind import ContentKind, ContentType
from reviewer.media.decoding import formats, pillow_decoders
from reviewer.media.decoding.camera_raw import find_raw_format
from reviewer.media.telling.boxes import identify_boxes
from reviewer.media.telling.disks import identify_disk
from reviewer.media.telling.library import HEAD, identify_by_library
from reviewer.media.telling.office import identify_ole2, identify_zip
from reviewer.media.telling.system_files import identify_by_signature
from reviewer.media.telling.texts import identify_by_first_words, identify_text

_TAIL, _WINDOW = 512, 64 << 10
_UNKNOWN = ContentType(ContentKind.UNKNOWN)


def identify_content(data: memoryview, *, is_whole: bool = True) -> ContentType:
    """What `data` is; only the first part of a content if not `is_whole`. Reads little, decodes nothing."""
    if not len(data):
        return ContentType(ContentKind.EMPTY)
    raw = find_raw_format(data)
    if raw:
        return ContentType(ContentKind.RAW, f"image/x-{raw.lower()}".replace("/ep", "-ep"), raw)
    head = bytes(data[:HEAD])
    name = formats.recognise(head[: formats.HEAD_BYTES])
    if name is not None:
        kind = ContentKind.PHOTOGRAPH if pillow_decoders.can_open(name) else ContentKind.OTHER_PICTURE
        return ContentType(kind, f"image/{name.lower()}", name)
    tail = bytes(data[-_TAIL:]) if is_whole and len(data) >= _TAIL else b""
    return (
        identify_ole2(data)
        or identify_zip(data)
        or identify_boxes(head)
        or identify_by_first_words(head)
        or identify_text(head, bytes(data[-_WINDOW:]) if is_whole else b"")
        or identify_by_signature(head)
        or identify_disk(head, tail)
        or identify_by_library(head)
        or _UNKNOWN
    )
