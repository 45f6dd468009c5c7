"""Text, and what is written as text: mail, sidecars, pages, drawings."""

from __future__ import annotations

import re

from reviewer.domain.photos.content_kind import ContentKind, ContentType

_WINDOW = 64 << 10
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF_16 = {mark for mark, _encoding in _BYTE_ORDER_MARKS}
_FIELD = re.compile(
    rb"^(from|to|received|return-path|delivered-to|message-id|mime-version|date|subject|x-[a-z-]+"
    rb"|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX = re.compile(rb"^From \S+@?\S* ")
_TEXT = ContentType(ContentKind.TEXT, "text/plain", "")
_BEGINNINGS = (
    (b"{\\rtf", ContentType(ContentKind.DOCUMENT, "application/rtf", "RTF")),
    (b"%PDF-", ContentType(ContentKind.DOCUMENT, "application/pdf", "PDF")),
    (b"%!PS", ContentType(ContentKind.DOCUMENT, "application/postscript", "PostScript")),
    (b"<?xpacket", ContentType(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"<x:xmpmeta", ContentType(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"BEGIN:VCARD", ContentType(ContentKind.DOCUMENT, "text/vcard", "vCard")),
    (b"[.ShellClassInfo]", ContentType(ContentKind.SYSTEM, "text/plain", "desktop.ini")),
    (b"[Picasa]", ContentType(ContentKind.SIDECAR, "text/plain", "Picasa")),
    (b"# Disk DescriptorFile", ContentType(ContentKind.DISK_IMAGE, "application/x-vmdk", "VMDK")),
    (b"BEGIN:VCALENDAR", ContentType(ContentKind.TEXT, "text/calendar", "iCalendar")),
)
_MARKUP = (
    (b"<x:xmpmeta", ContentType(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"<rdf:RDF", ContentType(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"adjustmentFormatIdentifier", ContentType(ContentKind.SIDECAR, "application/x-apple-aae", "AAE")),
    (b"<svg", ContentType(ContentKind.OTHER_PICTURE, "image/svg+xml", "SVG")),
    (b"<!doctype html", ContentType(ContentKind.DOCUMENT, "text/html", "HTML")),
    (b"<html", ContentType(ContentKind.DOCUMENT, "text/html", "HTML")),
)


def identify_by_first_words(head: bytes) -> ContentType | None:
    """Documents, sidecars and mail that begin with words, even if bytes follow that are no text."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, content in _BEGINNINGS:
        if text.startswith(beginning):
            return content
    return None


def identify_text(head: bytes, tail: bytes) -> ContentType | None:
    """What a text is; None for what is no text at its beginning, or at its end."""
    sample = _to_utf_8(head[:_WINDOW])
    end = b"" if head[:2] in _UTF_16 else tail
    if not sample or any(part.translate(None, _CONTROLS) != part for part in (sample, end)):
        return None
    start = sample[:4096]
    if start.lstrip().startswith(b"<"):
        lowered = start.lower()
        for mark, content in _MARKUP:
            if mark.lower() in lowered:
                return content
        return ContentType(ContentKind.TEXT, "application/xml", "XML")
    return _identify_mail(start) or _TEXT


def _to_utf_8(sample: bytes) -> bytes:
    """UTF-16 with a mark as UTF-8; everything else as it is."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return sample[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return sample


def _identify_mail(start: bytes) -> ContentType | None:
    """Mail says at least three things of itself before its first empty line."""
    if _MBOX.match(start):
        return ContentType(ContentKind.MAIL, "application/mbox", "MBOX")
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    fields = {found.lower() for found in _FIELD.findall(top)}
    if len(fields) >= 3 and _FIELD.match(top):
        return ContentType(ContentKind.MAIL, "message/rfc822", "EML")
    return None
