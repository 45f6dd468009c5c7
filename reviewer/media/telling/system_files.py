"""What systems leave beside photographs, and other kinds with a form of their own."""

from __future__ import annotations

import struct

from reviewer.domain.photos.content_kind import ContentKind, ContentType

_DOUBLE, _SINGLE = b"\x00\x05\x16\x07", b"\x00\x05\x16\x00"
_RESOURCES, _EMPTY_FORK, _MOST_PARTS = 2, 286, 32
_ASF = bytes.fromhex("3026b2758e66cf11")
_ASF_VIDEO = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
_ASF_SOUND = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")
_EBML = b"\x1a\x45\xdf\xa3"
_STREAM = 0x47
_SIGNATURES = (
    (b"\0\0\0\1Bud1", ContentType(ContentKind.SYSTEM, "application/x-ds-store", ".DS_Store")),
    (b"CMMM", ContentType(ContentKind.SYSTEM, "application/x-windows-thumbnails", "thumbcache")),
    (b"IMMM", ContentType(ContentKind.SYSTEM, "application/x-windows-thumbnails", "thumbcache")),
    (b"L\0\0\0\1\x14\2\0", ContentType(ContentKind.SYSTEM, "application/x-windows-shortcut", "LNK")),
    (b"regf", ContentType(ContentKind.SYSTEM, "application/x-windows-registry", "registry")),
    (b"ElfFile\0", ContentType(ContentKind.SYSTEM, "application/x-windows-events", "EVTX")),
    (b"bplist00", ContentType(ContentKind.SYSTEM, "application/x-plist", "property list")),
    (b"SQLite format 3\0", ContentType(ContentKind.DATABASE, "application/x-sqlite3", "SQLite")),
    (b"\0\1\0\0Standard Jet DB", ContentType(ContentKind.DATABASE, "application/x-msaccess", "MDB")),
    (b"\0\1\0\0Standard ACE DB", ContentType(ContentKind.DATABASE, "application/x-msaccess", "ACCDB")),
    (b"!BDN", ContentType(ContentKind.MAIL, "application/vnd.ms-outlook-pst", "PST")),
    (b"\xcf\xad\x12\xfe", ContentType(ContentKind.MAIL, "application/x-outlook-express", "DBX")),
    (b'x\x9f>"', ContentType(ContentKind.MAIL, "application/ms-tnef", "TNEF")),
    (b"MZ", ContentType(ContentKind.PROGRAM, "application/vnd.microsoft.portable-executable", "EXE")),
    (b"\x7fELF", ContentType(ContentKind.PROGRAM, "application/x-elf", "ELF")),
    (b"\xcf\xfa\xed\xfe", ContentType(ContentKind.PROGRAM, "application/x-mach-binary", "Mach-O")),
    (b"\xca\xfe\xba\xbe", ContentType(ContentKind.PROGRAM, "application/x-mach-binary", "Mach-O")),
    (b"II+\0", ContentType(ContentKind.OTHER_PICTURE, "image/tiff", "BigTIFF")),
    (b"MM\0+", ContentType(ContentKind.OTHER_PICTURE, "image/tiff", "BigTIFF")),
    (b"II\xbc\1", ContentType(ContentKind.OTHER_PICTURE, "image/jxr", "JPEG XR")),
    (b"\xff\x0a", ContentType(ContentKind.OTHER_PICTURE, "image/jxl", "JPEG XL")),
    (b"\0\0\0\x0cJXL \r\n", ContentType(ContentKind.OTHER_PICTURE, "image/jxl", "JPEG XL")),
    (b"\0\0\0\x0cjP  \r\n", ContentType(ContentKind.OTHER_PICTURE, "image/jp2", "JPEG 2000")),
    (b"\xff\x4f\xff\x51", ContentType(ContentKind.OTHER_PICTURE, "image/jp2", "JPEG 2000")),
    (b"\x0a\5\1", ContentType(ContentKind.OTHER_PICTURE, "image/x-pcx", "PCX")),
    (b"\0\0\1\xba", ContentType(ContentKind.VIDEO, "video/mpeg", "MPEG")),
    (b"\0\0\1\xb3", ContentType(ContentKind.VIDEO, "video/mpeg", "MPEG")),
    (b".RMF", ContentType(ContentKind.VIDEO, "video/vnd.rn-realvideo", "RM")),
    (b"#!AMR", ContentType(ContentKind.AUDIO, "audio/AMR", "AMR")),
    (b"ID3", ContentType(ContentKind.AUDIO, "audio/mpeg", "MP3")),
    (b"(\xb5/\xfd", ContentType(ContentKind.ARCHIVE, "application/zstd", "Zstandard")),
    (b"\x1f\x8b\x08", ContentType(ContentKind.ARCHIVE, "application/gzip", "GZIP")),
    (b"BZh", ContentType(ContentKind.ARCHIVE, "application/x-bzip2", "BZIP2")),
)
_IN_RIFF = {
    b"AVI ": ContentType(ContentKind.VIDEO, "video/x-msvideo", "AVI"),
    b"WAVE": ContentType(ContentKind.AUDIO, "audio/wav", "WAV"),
    b"RMID": ContentType(ContentKind.AUDIO, "audio/midi", "MIDI"),
    b"ACON": ContentType(ContentKind.SYSTEM, "application/x-navi-animation", "ANI"),
}


def identify_by_signature(head: bytes) -> ContentType | None:
    """Identify by its first bytes a kind that the library does not know, or takes for a different one."""
    for start, content in _SIGNATURES:
        if head.startswith(start):
            return content
    if head[:4] == b"RIFF" and head[8:12] in _IN_RIFF:
        return _IN_RIFF[head[8:12]]
    if head[128:132] == b"DICM":
        return ContentType(ContentKind.MEDICAL, "application/dicom", "DICOM")
    return _identify_apple_double(head) or _identify_by_layout(head)


def _identify_by_layout(head: bytes) -> ContentType | None:
    """Identify kinds that take more than their first bytes to recognise."""
    if head.startswith(_ASF):
        is_sound = _ASF_SOUND in head and _ASF_VIDEO not in head
        return _SOUND_OF_WINDOWS if is_sound else ContentType(ContentKind.VIDEO, "video/x-ms-wmv", "WMV")
    if head.startswith(b"OggS"):
        is_video = b"theora" in head[:512]
        return ContentType(ContentKind.VIDEO if is_video else ContentKind.AUDIO, "application/ogg", "OGG")
    if head.startswith(_EBML):
        is_webm = b"webm" in head[:64]
        media_type, name = ("video/webm", "WebM") if is_webm else ("video/x-matroska", "MKV")
        return ContentType(ContentKind.VIDEO, media_type, name)
    return _identify_stream(head)


def _identify_stream(head: bytes) -> ContentType | None:
    """Streams of frames, which have no header, and bitmaps in a form that no decoder here knows."""
    if _is_transport_stream(head):
        return ContentType(ContentKind.VIDEO, "video/mp2t", "MPEG-TS")
    if head[:2] == b"BA" or (head[:2] == b"BM" and head[14:18] == b"\x10\0\0\0"):
        return ContentType(ContentKind.OTHER_PICTURE, "image/bmp", "BMP of OS/2")
    if len(head) > 4 and head[0] == 0xFF and head[1] in {0xFB, 0xFA, 0xF3, 0xF2, 0xF1, 0xF9}:
        return ContentType(ContentKind.AUDIO, "audio/mpeg", "MP3" if head[1] not in {0xF1, 0xF9} else "AAC")
    return None


_SOUND_OF_WINDOWS = ContentType(ContentKind.AUDIO, "audio/x-ms-wma", "WMA")


def _is_transport_stream(head: bytes) -> bool:
    """A byte of synchronisation each 188 bytes, or each 192 after four."""
    return any(
        len(head) > start + 3 * step and all(head[start + step * number] == _STREAM for number in range(4))
        for start, step in ((0, 188), (4, 192))
    )


def _identify_apple_double(head: bytes) -> ContentType | None:
    """The other half of a file that a Mac wrote on a foreign disk; its resources may be pictures."""
    if head[:4] not in {_DOUBLE, _SINGLE} or len(head) < 26:
        return None
    (count,) = struct.unpack(">H", head[24:26])
    for number in range(min(count, _MOST_PARTS)):
        part = head[26 + 12 * number : 38 + 12 * number]
        if len(part) == 12:
            what, _place, length = struct.unpack(">III", part)
            if what == _RESOURCES and length > _EMPTY_FORK:
                return ContentType(
                    ContentKind.SYSTEM, "application/x-resource-fork", "AppleDouble with a resource fork"
                )
    return ContentType(ContentKind.SYSTEM, "application/applefile", "AppleDouble")
