"""Images of disks: what programs of forensics write, and the first sectors of disks as they are."""

from __future__ import annotations

from reviewer.domain.photos.content_kind import ContentKind, ContentType


def _make_disk_image(name: str, media_type: str = "application/x-raw-disk-image") -> ContentType:
    return ContentType(ContentKind.DISK_IMAGE, media_type, name)


_SIGNATURES = (
    (b"EVF\t\r\n\xff\0", _make_disk_image("E01", "application/x-ewf")),
    (b"EVF2\r\n\x81\0", _make_disk_image("Ex01", "application/x-ewf")),
    (b"LVF\t\r\n\xff\0", _make_disk_image("L01", "application/x-ewf")),
    (b"LEF2\r\n\x81\0", _make_disk_image("Lx01", "application/x-ewf")),
    (b"AFF10\r\n\0", _make_disk_image("AFF", "application/x-aff")),
    (b"ADSEGMENTEDFILE", _make_disk_image("AD1", "application/x-ad1")),
    (b"KDMV", _make_disk_image("VMDK", "application/x-vmdk")),
    (b"COWD", _make_disk_image("VMDK", "application/x-vmdk")),
    (b"QFI\xfb", _make_disk_image("QCOW", "application/x-qemu-disk")),
    (b"conectix", _make_disk_image("VHD", "application/x-vhd")),
    (b"vhdxfile", _make_disk_image("VHDX", "application/x-vhdx")),
    (b"MSWIM\0\0\0", _make_disk_image("WIM", "application/x-ms-wim")),
    (b"hsqs", _make_disk_image("SquashFS")),
)
_SIGNATURES_AT = (
    (3, b"NTFS    ", _make_disk_image("NTFS")),
    (3, b"EXFAT   ", _make_disk_image("exFAT")),
    (3, b"-FVE-FS-", _make_disk_image("BitLocker")),
    (54, b"FAT", _make_disk_image("FAT")),
    (82, b"FAT32", _make_disk_image("FAT32")),
    (512, b"EFI PART", _make_disk_image("GPT")),
    (1024, b"H+\0\4", _make_disk_image("HFS+")),
    (1024, b"HX\0\5", _make_disk_image("HFS+")),
    (32, b"NXSB", _make_disk_image("APFS")),
    (0x8001, b"CD001", _make_disk_image("ISO 9660", "application/x-iso9660-image")),
    (0x8001, b"BEA01", _make_disk_image("UDF", "application/x-iso9660-image")),
    (64, b"\x7f\x10\xda\xbe", _make_disk_image("VDI", "application/x-virtualbox-vdi")),
)
_SECTOR, _SIGNATURE, _PARTITIONS = 512, b"\x55\xaa", range(446, 510, 16)


def identify_disk(head: bytes, tail: bytes) -> ContentType | None:
    """What an image of a disk is; None for what is none. `tail` are the last 512 bytes, b"" if not known."""
    for start, content in _SIGNATURES:
        if head.startswith(start):
            return content
    for place, mark, content in _SIGNATURES_AT:
        if head[place : place + len(mark)] == mark:
            return content
    if tail[:4] == b"koly":
        return _make_disk_image("DMG", "application/x-apple-diskimage")
    if tail[:8] == b"conectix":
        return _make_disk_image("VHD", "application/x-vhd")
    return _make_disk_image("partitioned disk") if _has_partitions(head) else None


def _has_partitions(head: bytes) -> bool:
    """A first sector with its signature and at least one partition that has a type, a start and a length."""
    if len(head) < _SECTOR or head[510:512] != _SIGNATURE:
        return False
    entries = [head[at : at + 16] for at in _PARTITIONS]
    if any(entry[0] not in {0, 0x80} for entry in entries):
        return False
    return any(entry[4] and any(entry[8:12]) and any(entry[12:16]) for entry in entries)
