"""Media types of the formats that photographs are in."""

from __future__ import annotations

_REGISTERED = frozenset({"JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "HEIF", "AVIF"})


def find_media_type(format_: str) -> str:
    """Return the media type under which IANA registered a format of `Photo.format` ("image/jpeg"); "" where
    there is none: data of a sensor (each maker's own), JPEG 2000 (with or without a container), DIB."""
    return f"image/{format_.lower()}" if format_ in _REGISTERED else ""
