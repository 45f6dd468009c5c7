"""The encodings in which lists come: their names, and the codecs of the standard library that read them."""

from __future__ import annotations

from typing import NamedTuple


class TextEncoding(NamedTuple):
    """`name` is what is chosen and kept; `codec` reads it; `words` say whose lists come in it."""

    name: str
    codec: str
    words: str


UTF_8, UTF_8_MARKED, UTF_16 = "utf-8", "utf-8-marked", "utf-16"

ENCODINGS: tuple[TextEncoding, ...] = (
    TextEncoding(UTF_8, "utf-8-sig", "Unicode"),
    TextEncoding(UTF_8_MARKED, "utf-8-sig", "Unicode; bytes that do not fit are marked and are doubts"),
    TextEncoding(UTF_16, "utf-16", "Unicode, with its mark or without"),
    TextEncoding("utf-16-le", "utf-16-le", "Unicode, little end first"),
    TextEncoding("utf-16-be", "utf-16-be", "Unicode, big end first"),
    TextEncoding("utf-32", "utf-32", "Unicode, four bytes for each sign"),
    TextEncoding("windows-1252", "cp1252", "Western European"),
    TextEncoding("iso-8859-1", "iso8859-1", "Western European"),
    TextEncoding("iso-8859-15", "iso8859-15", "Western European with the euro sign"),
    TextEncoding("mac-roman", "mac-roman", "Western European, older Macintosh"),
    TextEncoding("dos-850", "cp850", "Western European, DOS"),
    TextEncoding("dos-437", "cp437", "American, DOS"),
    TextEncoding("windows-1256", "cp1256", "Arabic, Persian"),
    TextEncoding("iso-8859-6", "iso8859-6", "Arabic"),
    TextEncoding("mac-arabic", "mac-arabic", "Arabic, older Macintosh"),
    TextEncoding("mac-farsi", "mac-farsi", "Persian, older Macintosh"),
    TextEncoding("dos-720", "cp720", "Arabic, DOS"),
    TextEncoding("dos-864", "cp864", "Arabic, DOS, with shaped letters"),
    TextEncoding("windows-1254", "cp1254", "Turkish"),
    TextEncoding("iso-8859-9", "iso8859-9", "Turkish"),
    TextEncoding("mac-turkish", "mac-turkish", "Turkish, older Macintosh"),
    TextEncoding("dos-857", "cp857", "Turkish, DOS"),
    TextEncoding("windows-1251", "cp1251", "Cyrillic"),
    TextEncoding("iso-8859-5", "iso8859-5", "Cyrillic"),
    TextEncoding("koi8-r", "koi8-r", "Russian"),
    TextEncoding("koi8-u", "koi8-u", "Ukrainian"),
    TextEncoding("mac-cyrillic", "mac-cyrillic", "Cyrillic, older Macintosh"),
    TextEncoding("dos-866", "cp866", "Cyrillic, DOS"),
    TextEncoding("windows-1250", "cp1250", "Central European"),
    TextEncoding("iso-8859-2", "iso8859-2", "Central European"),
    TextEncoding("dos-852", "cp852", "Central European, DOS"),
    TextEncoding("windows-1253", "cp1253", "Greek"),
    TextEncoding("windows-1255", "cp1255", "Hebrew"),
    TextEncoding("windows-1257", "cp1257", "Baltic"),
    TextEncoding("windows-1258", "cp1258", "Vietnamese"),
)
"""All that can be chosen. Of two that read a file alike, the first is proposed."""

ENCODING_NAMES: tuple[str, ...] = tuple(encoding.name for encoding in ENCODINGS)
CODECS: dict[str, str] = {encoding.name: encoding.codec for encoding in ENCODINGS}


def encoding_in_words(name: str) -> str:
    """ "windows-1256: Arabic, Persian"."""
    return next(f"{encoding.name}: {encoding.words}" for encoding in ENCODINGS if encoding.name == name)
