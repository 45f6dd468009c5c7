"""Names are only names: how any file name is kept exactly, and how it is shown safely. And which names
files that are made can have, so that Linux, Windows and macOS all keep them and take none for another.

What Windows refuses or changes: "Naming Files, Paths, and Namespaces" (Microsoft Learn). Which names are one:
NTFS does not tell capitals apart, APFS and HFS+ neither these nor composed and decomposed forms of letters
("Apple File System Guide", Frequently Asked Questions; Technical Note TN1150, "Unicode Subtleties", with the
characters that HFS+ ignores).
"""

from __future__ import annotations

import re
import unicodedata

from reviewer.domain.errors import KnownError

LONGEST_NAME = 200
LONGEST_FEW_WORDS = 400
"""Characters of what a person says in a few words."""
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_HARMLESS = frozenset("\u200c\u200d")  # joiners that Arabic and Persian names need
_DIGITS = re.compile(r"(\d+)")
LONGEST_PORTABLE_NAME = 244
"""File systems take 255; `.unfinished`, which is added while a folder is filled, has 11."""
_LONGEST_COMPONENT = 255
_REFUSED = '<>:"/\\|?*'
_PLAIN = str.maketrans(dict.fromkeys(_REFUSED, "_"))
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)
"""Names of devices, which Windows means by such a name in any folder, with any ending."""
_IGNORED = dict.fromkeys((*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF))


def make_printable(text: str) -> str:
    """`text` with every character that could hide or reorder others shown as its number: \\u202e, \\x0a."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(_escape_character(character) for character in text)


def _escape_character(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a name that is no valid UTF-8 (PEP 383)
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def path_to_text(path: bytes) -> str:
    """A path as it is shown and searched: undecodable bytes and control characters as numbers."""
    return make_printable(path.decode("utf-8", "surrogateescape"))


def make_natural_sort_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which "IMG 9" stands before "IMG 10"."""
    parts = _DIGITS.split(name.casefold())
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part]


def to_storable_text(text: str) -> str:
    """Text as it can be kept: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def validate_name(name: str, of_what: str) -> str:
    """A name as it can be kept: one line, no control characters, not empty, not endless. Or KnownError."""
    name = to_storable_text(name).strip()
    if not name:
        raise KnownError(f"The {of_what} needs a name.", code="bad-name")
    if make_printable(name) != name:
        raise KnownError(
            f"The name of the {of_what} has control characters in it: {make_printable(name)[:80]}.",
            "Type it again without them.",
            code="bad-name",
        )
    if len(name) > LONGEST_NAME:
        raise KnownError(
            f"The name of the {of_what} is longer than {LONGEST_NAME} characters.", code="bad-name"
        )
    return name


def make_portable_name(name: str, ending: str = "", longest: int = LONGEST_PORTABLE_NAME) -> str:
    """`name` with `ending` as every system can keep it; the same where every system can keep it as it is.

    `_` stands for what cannot be kept: a character, a dot or a space at the end. It stands before the name of
    a device, and for a name of which nothing is left. Of a name longer than `longest` (by `measure_name`) the
    end is left out, before `ending`. The result is one component: a `/` in it becomes `_` too.
    """
    kept, ending = (_replace_refused(part) for part in (name, ending))
    if _DEVICE.fullmatch(kept + ending):
        kept = f"_{kept}"
    while kept and measure_name(kept + ending) > longest:
        kept = kept[:-1]
    whole = kept + ending or "_"
    return f"{whole[:-1]}_" if whole[-1] in ". " else whole


def _replace_refused(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.translate(_PLAIN)
    return "".join("_" if c in _REFUSED or make_printable(c) != c else c for c in text)


def make_portable_path(path: str) -> str:
    """`path` with each of its components, which "/" separates, as `make_portable_name` has it."""
    return "/".join(make_portable_name(part, longest=_LONGEST_COMPONENT) for part in path.split("/"))


def measure_name(name: str) -> int:
    """How long a name is to the file system that takes the least of it: bytes of UTF-8 (ext4, APFS), or units
    of UTF-16 in decomposed form (HFS+; NTFS counts those of the composed one)."""
    decomposed = unicodedata.normalize("NFD", name)
    utf8, utf16 = name.encode("utf-8", "surrogatepass"), decomposed.encode("utf-16-le", "surrogatepass")
    return max(len(utf8), len(utf16) // 2)


def fold_file_name(name: str) -> str:
    """The form that two names or paths share if some system takes them for one: canonical caseless matching
    (The Unicode Standard, section 3.13, D145), without the characters that HFS+ ignores."""
    kept = unicodedata.normalize("NFD", name.translate(_IGNORED))
    return unicodedata.normalize("NFD", kept.casefold())


class TakenPaths:
    """Paths of files below one folder, "/" between components, no two of which are one to some system, and
    none of which is also a folder of another."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def has_room_for(self, path: str) -> bool:
        """Whether a file can lie at `path` beside those that were added."""
        folded = fold_file_name(path)
        return (
            folded not in self._files
            and folded not in self._folders
            and self._files.isdisjoint(_list_folders(folded))
        )

    def has_file(self, path: str) -> bool:
        """Whether a file lies at `path`, so that no folder can."""
        return fold_file_name(path) in self._files

    def check(self, path: str) -> None:
        """ValueError if there is no room for a file at `path`, or a system cannot keep its name."""
        if make_portable_path(path) != path or not self.has_room_for(path):
            raise ValueError(f"{make_printable(path)} cannot be the name of a file on every system")

    def add(self, path: str) -> None:
        """A file lies at `path` from now on. ValueError as `check` has it."""
        self.check(path)
        folded = fold_file_name(path)
        self._files.add(folded)
        self._folders.update(_list_folders(folded))


def _list_folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
