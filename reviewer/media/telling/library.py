"""The rest: what puremagic's table of signatures knows, brought to the kinds of this program."""

from __future__ import annotations

import puremagic

from reviewer.domain.photos.content_kind import ContentKind, ContentType

HEAD = 40_000
"""How many first bytes the table looks at."""

_LEAST_SIGNATURE = 4
_BY_TYPE = {
    "video": ContentKind.VIDEO,
    "audio": ContentKind.AUDIO,
    "image": ContentKind.OTHER_PICTURE,
    "message": ContentKind.MAIL,
    "font": ContentKind.SYSTEM,
}
_ENDINGS_BY_KIND = {
    ContentKind.ARCHIVE: """.7z .rar .zip .gz .bz2 .xz .tar .cab .arj .lzh .lha .ace .zoo .sit .cpio .ar .arc
        .lz .lz4
        .lzo .lrz .zst .tar.z .Z .alz .rpm .deb .udeb .pkg .jar .cbr .cbz .xar .par2 .cpt .qp .isz .uif
        .dms .hus
        .sis .xpi .apk .tar.lz4 .tar.zst .tlz4 .tzst .tbz2 .tb2 .bzip2 .tar.bz2""",
    ContentKind.DOCUMENT: """.pdf .doc .docx .xls .xlsx .ppt .pptx .rtf .odt .ods .odp .epub .mobi .azw .chm
        .djv
        .xps .wpd .wp .wp5 .wp6 .wri .one .pub .vsd .lwp .hlp .hwp .fb2 .lit .key .wps .wks .wk1 .wk3 .wk5
        .123
        .fm .mif .kwd .sxw .qxd .ind .mny .snp .jtp .jnt .ps .eps .602 .lyx""",
    ContentKind.MAIL: ".pst .ost .eml .mbox .nsf .dbx .msg .msf .ast .tnef",
    ContentKind.DISK_IMAGE: """.iso .e01 .ex01 .vmdk .vhd .vhdx .vdi .qcow .qcow2 .dmg .nrg .mdf .cso .wim
        .swm
        .luks .hap .adf .toast .b5i .b5t .b6t .cif .daa .dax .sqsh .ccd""",
    ContentKind.DATABASE: ".mdb .accdb .gdb .fdb .idx .kdbx .dbf .h5 .hdf .wdb .sav .zsav",
    ContentKind.PROGRAM: ".exe .dll .drv .so .o .class .dex .elf .pyo .AppImage .xdgapp .cod .swf",
    ContentKind.SYSTEM: """.lnk .reg .plist .evt .evtx .pf .dat .url .ani .cur .woff .woff2 .ttf .otf .ttc
        .torrent
        .mo .icm .grp .gpg .p10 .p7b .dmp .dun""",
    ContentKind.RAW: ".crw .cr2 .raf .orf .rw2 .rwl .raw .kdc .mrw .x3f .nef",
    ContentKind.OTHER_PICTURE: ".cdr .cmx .wmf .emf .cal .jb2 .bpg .qoi .dpx .hdr .cin .fbm .pat .jg .clb",
    ContentKind.VIDEO: ".rmvb .rm .flv .ifo .vob .usm .4xm .dvr .asf .ogv .ogx .msv .mds .bik .wtv .cpx",
    ContentKind.AUDIO: ".amr .m4a .oga .ogg .voc .adx .wma .koz .mmf .ram .dss .dvf .qoa .okt .dsp .abi .ahx",
}
_BY_ENDING = {ending: kind for kind, endings in _ENDINGS_BY_KIND.items() for ending in endings.split()}


def identify_by_library(head: bytes) -> ContentType | None:
    """What the longest signature says that fits and stands for a kind; None if none does."""
    best: tuple[int, ContentType] | None = None
    for found in _find_matches(head):
        length = len(found.byte_match.strip(b"\0"))
        kind = _find_kind(found.mime_type, found.extension)
        if length >= _LEAST_SIGNATURE and kind is not None and (best is None or length > best[0]):
            name = found.extension.lstrip(".").upper()
            best = length, ContentType(kind, found.mime_type, name)
    return best[1] if best else None


def _find_matches(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []


def _find_kind(media_type: str, ending: str) -> ContentKind | None:
    by_ending = _BY_ENDING.get(ending)
    return by_ending or _BY_TYPE.get(media_type.split("/")[0])
