"""Load files of exhibits as review platforms read them: a Concordance DAT and an Opticon OPT.

Neither has a standard. The delimiters of the DAT are the defaults of Concordance, the seven fields of the OPT
those that CloudNine's manual of Concordance names under "Image Load File Formatting".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"
FIELD_SEPARATOR, QUOTE, LINE_END = "\x14", "\u00fe", "\u00ae"
"""Characters, not bytes: in UTF-8 the last two are two bytes each."""
REPLACED_COLUMN = "replaced"
VOLUME = "VOL001"
_LINES_END = re.compile("\r\n|\r|\n")
_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\u00ae\u00fe\u2028\u2029]")


@dataclass(frozen=True)
class LoadFileImage:
    """One line of the OPT: a file below the folder of the load file ("/" between folders), with so many
    pictures in it. `key` is its exhibit in the DAT. Neither has a comma in it."""

    key: str
    path: str
    pages: int = 1


def format_dat(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The DAT: UTF-8 with its mark, a line of names, then a line for each row, CR LF.

    A last column, `replaced`, names the columns whose value does not stand as it is (`escape_dat_value`).
    """
    lines = [_format_dat_line((*columns, REPLACED_COLUMN))]
    for row in rows:
        values = [escape_dat_value(value) for value in row]
        changed = [name for name, value, old in zip(columns, values, row, strict=True) if value != old]
        lines.append(_format_dat_line((*values, "; ".join(changed))))
    return (BYTE_ORDER_MARK + "".join(lines)).encode("utf-8")


def escape_dat_value(text: str) -> str:
    """A value as it can stand in a DAT: each line end becomes the sign for one, and the signs that part the
    file, control characters and separators of lines stand as `<U+00FE>`, by their number."""
    return LINE_END.join(
        _FORBIDDEN_CHARACTERS.sub(_format_code_point, line) for line in _LINES_END.split(text)
    )


def format_opt(images: Iterable[LoadFileImage]) -> bytes:
    """The OPT: ImageKey, Volume, Path, DocBreak, FolderBreak, BoxBreak, PageCount; CR LF.

    Each file is a document of its own. One with several pictures has one line that counts them, as for files
    of several pages.
    """
    lines = (f"{image.key},{VOLUME},{to_windows_path(image.path)},Y,,,{image.pages}\r\n" for image in images)
    return "".join(lines).encode("ascii")


def to_windows_path(path: str) -> str:
    """With backslashes, as the programs that read load files write paths."""
    return path.replace("/", "\\")


def _format_code_point(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def _format_dat_line(values: Iterable[str]) -> str:
    return FIELD_SEPARATOR.join(f"{QUOTE}{value}{QUOTE}" for value in values) + "\r\n"
