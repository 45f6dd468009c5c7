"""Small contents of every kind that lies beside photographs, drawn for tests."""

import gzip
import io
import struct
import tarfile
import zipfile


def boxes(major, *compatible, then=b"\0\0\0\x08mdat"):
    body = b"ftyp" + major + b"\0\0\0\0" + b"".join(compatible)
    return struct.pack(">I", len(body) + 4) + body + then


def zipped(files, **options):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def tarred(files, mode="w"):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def ole2(*names):
    """A compound file of one directory with these names."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    header = (header.ljust(48, b"\0") + struct.pack("<I", 0)).ljust(512, b"\0")
    entries = b""
    for name in ("Root Entry", *names):
        encoded = name.encode("utf-16-le") + b"\0\0"
        entries += encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + bytes(62)
    return header + entries.ljust(1024, b"\0")


def tiff(*tags, order="<"):
    """A TIFF of nothing but tags (number, value) in its first folder."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    folder = struct.pack(order + "H", len(tags))
    for tag, value in sorted(tags):
        folder += struct.pack(order + "HHII", tag, 4, 1, value)
    return mark + struct.pack(order + "I", 8) + folder + bytes(4)


def disk(system=b"NTFS    "):
    sector = bytearray(512)
    sector[3 : 3 + len(system)] = system
    sector[510:512] = b"\x55\xaa"
    return bytes(sector) + bytes(2048)


def partitioned():
    sector = bytearray(1024)
    sector[446:462] = bytes([0x80, 1, 1, 0, 7, 2, 2, 0]) + struct.pack("<II", 2048, 99999)
    sector[510:512] = b"\x55\xaa"
    return bytes(sector)


def apple_double(resources):
    return (
        b"\x00\x05\x16\x07\0\2\0\0" + b"Mac OS X        " + b"\0\1" + struct.pack(">III", 2, 38, resources)
    ).ljust(400, b"\0")


MAIL = (
    b"Received: from a by b\r\nFrom: a@example.org\r\nDate: Tue, 14 Aug 2012\r\n"
    b"Subject: photographs\r\n\r\nattached\r\n"
)
XMP = b'<?xpacket begin="\xef\xbb\xbf"?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'
AAE = b'<?xml version="1.0"?><plist><dict><key>adjustmentFormatIdentifier</key></dict></plist>'
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
DOCX = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
XLSX = zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"})
ZIP = zipped({"215/IMG_1.JPG": b"\xff\xd8\xff", "215/list.txt": b"a"})
WMV = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(600)
WMA = WMV[:200] + bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b") + bytes(400)

KINDS = {
    "mov": (boxes(b"qt  "), "video", "MOV"),
    "old mov": (b"\0\0\x02\x10moov" + bytes(600), "video", "MOV"),
    "mp4": (boxes(b"isom", b"isom", b"avc1"), "video", "MP4"),
    "3gp": (boxes(b"3gp5"), "video", "3GP"),
    "avi": (b"RIFF\0\0\1\0AVI LIST" + bytes(100), "video", "AVI"),
    "wmv": (WMV, "video", "WMV"),
    "wma": (WMA, "audio", "WMA"),
    "mkv": (b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska" + bytes(90), "video", "MKV"),
    "mpeg": (b"\0\0\1\xba" + bytes(90), "video", "MPEG"),
    "ts": ((b"\x47" + bytes(187)) * 5, "video", "MPEG-TS"),
    "flv": (b"FLV\1\5\0\0\0\x09" + bytes(90), "video", "FLV"),
    "m4a": (boxes(b"M4A "), "audio", "M4A"),
    "wav": (b"RIFF\0\0\1\0WAVEfmt " + bytes(90), "audio", "WAV"),
    "amr": (b"#!AMR\n\x0c\0\1" + bytes(90), "audio", "AMR"),
    "mp3": (b"ID3\3\0\0\0\0\0\0" + bytes(90), "audio", "MP3"),
    "opus": (b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(60), "audio", "OGG"),
    "zip": (ZIP, "archive", "ZIP"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(90), "archive", "7Z"),
    "rar": (b"Rar!\x1a\7\1\0" + bytes(90), "archive", "RAR"),
    "gz": (gzip.compress(b"abc"), "archive", "GZIP"),
    "tar": (tarred({"a.jpg": b"\xff\xd8"}), "archive", "TAR"),
    "pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n\0", "document", "PDF"),
    "doc": (ole2("WordDocument", "1Table"), "document", "DOC"),
    "xls": (ole2("Workbook"), "document", "XLS"),
    "docx": (DOCX, "document", "DOCX"),
    "xlsx": (XLSX, "document", "XLSX"),
    "odt": (ODT, "document", "ODT"),
    "rtf": (b"{\\rtf1\\ansi a}", "document", "RTF"),
    "html": (b"<!DOCTYPE html><html><p>a</p></html>", "document", "HTML"),
    "vcard": (b"BEGIN:VCARD\nPHOTO:abc\nEND:VCARD\n", "document", "vCard"),
    "eml": (MAIL, "mail", "EML"),
    "mbox": (b"From a@example.org Tue Aug 14 10:00:00 2012\n" + MAIL, "mail", "MBOX"),
    "msg": (ole2("__nameid_version1.0", "__properties_version1.0"), "mail", "MSG"),
    "pst": (b"!BDN" + bytes(600), "mail", "PST"),
    "nef": (tiff((254, 1), (271, 0), (262, 32803)), "camera raw", "TIFF/EP"),
    "dng": (tiff((50706, 1), order=">"), "camera raw", "DNG"),
    "cr2": (b"II*\0\x10\0\0\0CR\2\0" + bytes(90), "camera raw", "CR2"),
    "cr3": (boxes(b"crx "), "camera raw", "CR3"),
    "raf": (b"FUJIFILMCCD-RAW 0201" + bytes(90), "camera raw", "RAF"),
    "orf": (b"IIRO\x08\0\0\0" + bytes(90), "camera raw", "ORF"),
    "rw2": (b"IIU\0\x18\0\0\0" + bytes(90), "camera raw", "RW2"),
    "psd": (b"8BPS\0\1" + bytes(90), "other picture", "PSD"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "other picture", "SVG"),
    "jxl": (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(90), "other picture", "JPEG XL"),
    "os/2 array": (b"BA" + bytes(90), "other picture", "BMP of OS/2"),
    "dicom": (bytes(128) + b"DICM\2\0" + bytes(60), "medical picture", "DICOM"),
    "e01": (b"EVF\t\r\n\xff\0" + bytes(90), "disk image", "E01"),
    "aff": (b"AFF10\r\n\0" + bytes(90), "disk image", "AFF"),
    "ntfs": (disk(), "disk image", "NTFS"),
    "dd": (partitioned(), "disk image", "partitioned disk"),
    "dmg": (bytes(900) + b"koly".ljust(512, b"\0"), "disk image", "DMG"),
    "iso": (bytes(0x8001) + b"CD001" + bytes(600), "disk image", "ISO 9660"),
    "sqlite": (b"SQLite format 3\0" + bytes(90), "database", "SQLite"),
    "exe": (b"MZ" + bytes(200), "program", "EXE"),
    "ds_store": (b"\0\0\0\1Bud1" + bytes(90), "system file", ".DS_Store"),
    "thumbs": (ole2("Catalog", "1", "2"), "system file", "Thumbs.db"),
    "thumbs of vista": (ole2("256_0f"), "system file", "Thumbs.db"),
    "thumbcache": (b"CMMM\x15\0\0\0" + bytes(90), "system file", "thumbcache"),
    "._": (apple_double(286), "system file", "AppleDouble"),
    "._ with pictures": (apple_double(9000), "system file", "AppleDouble with a resource fork"),
    "lnk": (b"L\0\0\0\1\x14\2\0" + bytes(90), "system file", "LNK"),
    "desktop.ini": (b"[.ShellClassInfo]\r\nIconIndex=0\r\n", "system file", "desktop.ini"),
    "xmp": (XMP, "sidecar", "XMP"),
    "aae": (AAE, "sidecar", "AAE"),
    "csv": ("الاسم;العدد\nمحمد;215\n".encode("cp1256"), "text", ""),
    "utf-16": ("\ufeffa;b\n".encode("utf-16-le"), "text", ""),
    "text": (b"no photograph", "text", ""),
    "text with bytes behind": (b"#!/bin/sh\n" * 9000 + bytes(range(256)) * 400, "unknown", ""),
    "nothing known": (b"\xde\xad\xbe\xef" + bytes(range(200)), "unknown", ""),
    "nothing": (b"", "empty", ""),
}
"""Name of the case -> content, kind, what people call the format."""


def rar(files):
    """A RAR of version 5 whose files are stored as they are."""
    import zlib

    def number(value):
        made = b""
        while value > 127:
            made, value = made + bytes([value & 127 | 128]), value >> 7
        return made + bytes([value])

    def header(*parts):
        body = b"".join(part if isinstance(part, bytes) else number(part) for part in parts)
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    made = b"Rar!\x1a\7\1\0" + header(1, 0, 0)
    for name, content in files.items():
        encoded = name.encode()
        made += header(2, 2, len(content), 0, len(content), 0x20, 0, 1, len(encoded), encoded) + content
    return made + header(5, 0, 0)
