"""The names of a manifest brought together with those that are there: it may begin above or below the folder,
and write the same names in another Unicode form, or with other capitals."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reviewer.domain.grouping import group_pairs


def align_to_folder(files: Mapping[bytes, str], there: Iterable[bytes]) -> dict[bytes, str]:
    """The files by their names below the folder `there` lists; a manifest may begin above or below it."""
    spelled = {_to_loose_key(path): path for path in there}
    drop, add = _find_best_shift(files, spelled)
    parts = {path: path.split(b"/") for path in files}
    return {
        add + b"/".join(parts[path][drop:] if len(parts[path]) > drop else parts[path]): digest
        for path, digest in files.items()
    }


@dataclass(frozen=True)
class MatchedSpellings:
    """`files` of a manifest by the names they have on disk, with how many names it spells in a different
    Unicode form, and how many with different capitals or backslashes."""

    files: dict[bytes, str]
    other_form: int = 0
    other_capitals: int = 0


def match_spellings(listed: Mapping[bytes, str], found: Mapping[bytes, str]) -> MatchedSpellings:
    """Match names that look the same: those of a different Unicode form, and those with different capitals
    if the content is the same too. Only a name that is unique on either side is matched: nothing is
    guessed."""
    names: dict[bytes, bytes] = {}
    for path, there in _pair_unmatched_names(listed, found, names, _compose_unicode):
        names[path] = there
    forms = len(names)
    for path, there in _pair_unmatched_names(listed, found, names, _to_loose_key):
        if listed[path] == found[there]:
            names[path] = there
    files = {names.get(path, path): digest for path, digest in listed.items()}
    return MatchedSpellings(files, forms, len(names) - forms)


def _pair_unmatched_names(
    listed: Mapping[bytes, str],
    found: Mapping[bytes, str],
    named: Mapping[bytes, bytes],
    key: Callable[[bytes], bytes],
) -> list[tuple[bytes, bytes]]:
    """Names of both sides that have no partner yet and are the same by `key`, one of each."""
    taken = set(named.values())
    here = group_pairs((key(path), path) for path in listed if path not in found and path not in named)
    there = group_pairs((key(path), path) for path in found if path not in listed and path not in taken)
    return [(paths[0], there[name][0]) for name, paths in here.items() if len(paths) == len(there[name]) == 1]


def _compose_unicode(path: bytes) -> bytes:
    """NFC: macOS takes letters apart (NFD), other systems keep them as they were typed."""
    text = path.decode("utf-8", "surrogateescape")
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogateescape")


def _to_loose_key(path: bytes) -> bytes:
    """Without the difference of capitals, which Windows and macOS do not make, and with "/" between
    folders."""
    text = path.replace(b"\\", b"/").decode("utf-8", "surrogateescape")
    folded = unicodedata.normalize("NFC", text).casefold()
    return unicodedata.normalize("NFC", folded).encode("utf-8", "surrogateescape")


def _find_best_shift(files: Iterable[bytes], spelled: Mapping[bytes, bytes]) -> tuple[int, bytes]:
    """How many leading folders to drop, or what to put before: whichever brings most names together."""
    names = sorted(files)
    sample = [_to_loose_key(path) for path in names[:: max(1, len(names) // 50)]]
    deepest = max((path.count(b"/") for path in sample), default=0)
    best = max(
        range(deepest + 1),
        key=lambda drop: (sum(b"/".join(p.split(b"/")[drop:]) in spelled for p in sample), -drop),
    )
    if any(b"/".join(path.split(b"/")[best:]) in spelled for path in sample):
        return best, b""
    for path in sample:
        for listed_path, actual in spelled.items():
            if listed_path.endswith(b"/" + path):
                above = actual.split(b"/")[: -path.count(b"/") - 1]
                return 0, b"".join(folder + b"/" for folder in above)
    return 0, b""
