"""Text, and what is written as text: mail, sidecars, pages, drawings."""

from __future__ import annotations

import re

from reviewer.domain.photos.content_kind import Content, ContentKind

_WINDOW = 64 << 10
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF_16 = {mark for mark, _encoding in _MARKS}
_FIELD = re.compile(
    rb"^(from|to|received|return-path|delivered-to|message-id|mime-version|date|subject|x-[a-z-]+"
    rb"|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX = re.compile(rb"^From \S+@?\S* ")
_TEXT = Content(ContentKind.TEXT, "text/plain", "")
_BEGINNINGS = (
    (b"{\\rtf", Content(ContentKind.DOCUMENT, "application/rtf", "RTF")),
    (b"%PDF-", Content(ContentKind.DOCUMENT, "application/pdf", "PDF")),
    (b"%!PS", Content(ContentKind.DOCUMENT, "application/postscript", "PostScript")),
    (b"<?xpacket", Content(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"<x:xmpmeta", Content(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"BEGIN:VCARD", Content(ContentKind.DOCUMENT, "text/vcard", "vCard")),
    (b"[.ShellClassInfo]", Content(ContentKind.SYSTEM, "text/plain", "desktop.ini")),
    (b"[Picasa]", Content(ContentKind.SIDECAR, "text/plain", "Picasa")),
    (b"# Disk DescriptorFile", Content(ContentKind.DISK_IMAGE, "application/x-vmdk", "VMDK")),
    (b"BEGIN:VCALENDAR", Content(ContentKind.TEXT, "text/calendar", "iCalendar")),
)
_WITHIN = (
    (b"<x:xmpmeta", Content(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"<rdf:RDF", Content(ContentKind.SIDECAR, "application/rdf+xml", "XMP")),
    (b"adjustmentFormatIdentifier", Content(ContentKind.SIDECAR, "application/x-apple-aae", "AAE")),
    (b"<svg", Content(ContentKind.OTHER_PICTURE, "image/svg+xml", "SVG")),
    (b"<!doctype html", Content(ContentKind.DOCUMENT, "text/html", "HTML")),
    (b"<html", Content(ContentKind.DOCUMENT, "text/html", "HTML")),
)


def by_beginning(head: bytes) -> Content | None:
    """Documents, sidecars and mail that begin with words, even if bytes follow that are no text."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, content in _BEGINNINGS:
        if text.startswith(beginning):
            return content
    return None


def by_text(head: bytes, tail: bytes) -> Content | None:
    """What a text is; None for what is no text at its beginning, or at its end."""
    sample = _as_bytes(head[:_WINDOW])
    end = b"" if head[:2] in _UTF_16 else tail
    if not sample or any(part.translate(None, _CONTROLS) != part for part in (sample, end)):
        return None
    start = sample[:4096]
    if start.lstrip().startswith(b"<"):
        lowered = start.lower()
        for mark, content in _WITHIN:
            if mark.lower() in lowered:
                return content
        return Content(ContentKind.TEXT, "application/xml", "XML")
    return _mail(start) or _TEXT


def _as_bytes(sample: bytes) -> bytes:
    """UTF-16 with a mark as UTF-8; everything else as it is."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return sample[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return sample


def _mail(start: bytes) -> Content | None:
    """Mail says at least three things of itself before its first empty line."""
    if _MBOX.match(start):
        return Content(ContentKind.MAIL, "application/mbox", "MBOX")
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    fields = {found.lower() for found in _FIELD.findall(top)}
    if len(fields) >= 3 and _FIELD.match(top):
        return Content(ContentKind.MAIL, "message/rfc822", "EML")
    return None
