"""Documents, mail and small pictures that are packed: OLE2 compound files, and ZIP with a purpose."""

from __future__ import annotations

import struct

from reviewer.domain.photos.content_kind import ContentKind, ContentType

_OLE2, _ENTRY, _MOST_ENTRIES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 128, 256
_IN_OLE2 = {
    "__properties_version1.0": ContentType(ContentKind.MAIL, "application/vnd.ms-outlook", "MSG"),
    "__nameid_version1.0": ContentType(ContentKind.MAIL, "application/vnd.ms-outlook", "MSG"),
    "Catalog": ContentType(ContentKind.SYSTEM, "application/x-windows-thumbnails", "Thumbs.db"),
    "WordDocument": ContentType(ContentKind.DOCUMENT, "application/msword", "DOC"),
    "PowerPoint Document": ContentType(ContentKind.DOCUMENT, "application/vnd.ms-powerpoint", "PPT"),
    "Workbook": ContentType(ContentKind.DOCUMENT, "application/vnd.ms-excel", "XLS"),
    "Book": ContentType(ContentKind.DOCUMENT, "application/vnd.ms-excel", "XLS"),
    "VisioDocument": ContentType(ContentKind.DOCUMENT, "application/vnd.visio", "VSD"),
    "Quill": ContentType(ContentKind.DOCUMENT, "application/x-mspublisher", "PUB"),
    "HwpSummaryInformation": ContentType(ContentKind.DOCUMENT, "application/x-hwp", "HWP"),
}
_SMALL_PICTURES = ("256_", "96_", "48_", "32_")
_OTHER_OLE2 = ContentType(ContentKind.DOCUMENT, "application/x-ole-storage", "OLE2")
_LOCAL_FILE = b"PK\x03\x04"
_OFFICE_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"customXml/")
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    (b"FixedDocSeq.fdseq", "application/vnd.ms-xpsdocument", "XPS"),
    (b"visio/", "application/vnd.ms-visio.drawing", "VSDX"),
)
_NAME_BY_MIMETYPE = (
    ("opendocument.text", "ODT"),
    ("opendocument.spreadsheet", "ODS"),
    ("opendocument.presentation", "ODP"),
    ("opendocument", "OpenDocument"),
    ("epub", "EPUB"),
    ("sun.xml", "OpenOffice"),
)
_WINDOW = 64 << 10


def identify_ole2(data: memoryview) -> ContentType | None:
    """What an OLE2 compound file is by the names in its directory; None for what is none."""
    if bytes(data[:8]) != _OLE2:
        return None
    names = _read_directory_names(data)
    for name in names:
        if name in _IN_OLE2:
            return _IN_OLE2[name]
    if any(name.startswith(_SMALL_PICTURES) for name in names):
        return _IN_OLE2["Catalog"]
    return _OTHER_OLE2


def _read_directory_names(data: memoryview) -> list[str]:
    """The names in the first part of the directory (MS-CFB 2.6), in their order there."""
    if len(data) < 512:
        return []
    (shift,) = struct.unpack_from("<H", data, 30)
    (first,) = struct.unpack_from("<I", data, 48)
    if shift not in {9, 12}:
        return []
    place, names = (first + 1) << shift, []
    for at in range(place, min(place + _ENTRY * _MOST_ENTRIES, len(data) - _ENTRY + 1), _ENTRY):
        (length,) = struct.unpack_from("<H", data, at + 64)
        if 2 <= length <= 64:
            names.append(bytes(data[at : at + length - 2]).decode("utf-16-le", "replace"))
    return names


def identify_zip(data: memoryview) -> ContentType | None:
    """What a ZIP is by the names that its first files have; None for what is none."""
    if bytes(data[:4]) != _LOCAL_FILE:
        return ContentType(ContentKind.ARCHIVE, "application/zip", "ZIP") if _is_empty_zip(data) else None
    head = bytes(data[:_WINDOW])
    length, extra = struct.unpack("<HH", head[26:30]) if len(head) >= 30 else (0, 0)
    first = head[30 : 30 + length]
    if first == b"mimetype":
        return _identify_by_mimetype(head[30 + length + extra :][:100])
    if first.startswith(_OFFICE_FIRST):
        both = head + bytes(data[-_WINDOW:])
        for mark, media_type, name in _OFFICE:
            if mark in both:
                return ContentType(ContentKind.DOCUMENT, media_type, name)
    if first.startswith(b"META-INF/") or first == b"AndroidManifest.xml":
        return ContentType(ContentKind.ARCHIVE, "application/java-archive", "JAR")
    return ContentType(ContentKind.ARCHIVE, "application/zip", "ZIP")


def _is_empty_zip(data: memoryview) -> bool:
    return bytes(data[:4]) in {b"PK\x05\x06", b"PK\x07\x08"}


def _identify_by_mimetype(stated: bytes) -> ContentType:
    """What a package says of itself in its first file, which is stored as it is."""
    text = stated.decode("latin-1").split("PK")[0].strip()
    name = next((name for word, name in _NAME_BY_MIMETYPE if word in text), "")
    if not name:
        return ContentType(ContentKind.ARCHIVE, "application/zip", "ZIP")
    return ContentType(ContentKind.DOCUMENT, text, name)
