"""What a content is: one question after the other, the surest first."""

from __future__ import annotations

from reviewer.domain.photos.content_kind import Content, ContentKind
from reviewer.media.decoding import formats, pillow_decoders
from reviewer.media.decoding.camera_raw import raw_format
from reviewer.media.telling.boxes import by_boxes
from reviewer.media.telling.disks import by_disk
from reviewer.media.telling.library import HEAD, by_library
from reviewer.media.telling.office import by_ole2, by_zip
from reviewer.media.telling.system_files import by_start
from reviewer.media.telling.texts import by_beginning, by_text

_TAIL, _WINDOW = 512, 64 << 10
_UNKNOWN = Content(ContentKind.UNKNOWN)


def tell(data: memoryview, *, is_whole: bool = True) -> Content:
    """What `data` is; only the first part of a content if not `is_whole`. Reads little, decodes nothing."""
    if not len(data):
        return Content(ContentKind.EMPTY)
    raw = raw_format(data)
    if raw:
        return Content(ContentKind.RAW, f"image/x-{raw.lower()}".replace("/ep", "-ep"), raw)
    head = bytes(data[:HEAD])
    name = formats.recognise(head[: formats.HEAD])
    if name is not None:
        kind = ContentKind.PHOTOGRAPH if pillow_decoders.is_there(name) else ContentKind.OTHER_PICTURE
        return Content(kind, f"image/{name.lower()}", name)
    tail = bytes(data[-_TAIL:]) if is_whole and len(data) >= _TAIL else b""
    return (
        by_ole2(data)
        or by_zip(data)
        or by_boxes(head)
        or by_beginning(head)
        or by_text(head, bytes(data[-_WINDOW:]) if is_whole else b"")
        or by_start(head)
        or by_disk(head, tail)
        or by_library(head)
        or _UNKNOWN
    )
