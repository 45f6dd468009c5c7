"""Lists of hashes that other programs made: sha256sum and its family, BSD style, hashdeep, BagIt, CSV.

What is not understood is told line by line and never guessed at.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from reviewer.domain.errors import KnownError

ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_MOST_COMPLAINTS = 20
_SUM = re.compile(rb"(\\?)([0-9a-fA-F]{32,128})(?: [ *]|\t| )(.+)")
_BSD = re.compile(rb"[A-Za-z0-9-]+ \((.+)\) = ([0-9a-fA-F]{32,128})")
_HASHDEEP = b"%%%% HASHDEEP-1.0"
_PATH_COLUMNS = ("path", "filepath", "file path", "filename", "file name", "file", "name")
_HASH_COLUMNS = ("sha256", "sha512", "sha1", "md5", "hash", "checksum", "digest")


@dataclass(frozen=True)
class ForeignManifest:
    """`files`: path as written (with "/") -> hash in lower case; `complaints`: lines that are none."""

    kind: str
    algorithm: str
    files: dict[bytes, str]
    complaints: tuple[str, ...] = field(default=())


def parse_foreign_manifest(content: bytes, name: str) -> ForeignManifest:
    """Read a manifest by its content. KnownError if there is not one line of a manifest in it."""
    content = _to_utf8(content)
    if content.startswith(_HASHDEEP):
        kind, rows = "hashdeep", _parse_hashdeep(content)
    elif _looks_like_table(content):
        kind, rows = "CSV", _parse_csv(content)
    else:
        bagit = PurePath(name).name.startswith(("manifest-", "tagmanifest-"))
        kind, rows = ("BagIt" if bagit else "checksums"), _parse_checksum_lines(content, bagit)
    files: dict[bytes, str] = {}
    complaints: list[str] = []
    for number, path, digest in rows:
        if not path or len(digest) not in ALGORITHMS:
            complaints.append(f"line {number} is not one of a manifest")
        elif files.setdefault(path, digest) != digest:
            complaints.append(f"line {number} gives another hash for the same name")
    return _make_manifest(kind, files, complaints)


def _make_manifest(kind: str, files: dict[bytes, str], complaints: list[str]) -> ForeignManifest:
    lengths = {len(digest) for digest in files.values()}
    if len(lengths) != 1:
        raise KnownError(
            "This is no manifest the program knows."
            if not lengths
            else "This manifest mixes kinds of hashes.",
            "It reads sha256sum, sha1sum, md5sum, hashdeep, BagIt and CSV with a header.",
            code="bad-manifest",
        )
    return ForeignManifest(kind, ALGORITHMS[lengths.pop()], files, tuple(complaints[:_MOST_COMPLAINTS]))


ManifestRows = Iterator[tuple[int, bytes, str]]


def _parse_checksum_lines(content: bytes, bagit: bool) -> ManifestRows:
    """`hash  path` as of coreutils (a backslash before it: the name is escaped), or `NAME (path) = hash`."""
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.startswith((b"#", b";")):
            continue
        if found := _SUM.fullmatch(line):
            path = _decode_percent(found[3]) if bagit else found[3]
            path = _unescape(path) if found[1] else _normalise_slashes(path)
            yield number, path, found[2].decode("ascii").lower()
        elif found := _BSD.fullmatch(line):
            yield number, _normalise_slashes(found[1]), found[2].decode("ascii").lower()
        else:
            yield number, b"", ""


def _parse_hashdeep(content: bytes) -> ManifestRows:
    """`%%%% size,md5,sha256,filename` says what the columns are; the last one may hold commas."""
    columns: list[bytes] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith(b"%%%% ") and line != _HASHDEEP:
            columns = line[5:].split(b",")
        elif line and not line.startswith((b"#", b"%")):
            cells = line.split(b",", max(0, len(columns) - 1))
            row = dict(zip(columns, cells, strict=False))
            digest = row.get(b"sha256") or row.get(b"sha1") or row.get(b"md5") or b""
            yield (
                number,
                _normalise_slashes(row.get(b"filename", b"")),
                digest.decode("ascii", "replace").lower(),
            )


def _looks_like_table(content: bytes) -> bool:
    head = content.split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    names = {cell.strip(' "\r') for cell in re.split(r"[,;\t]", head)}
    return bool(names & set(_PATH_COLUMNS)) and any(_match_hash_column(name) for name in names)


def _parse_csv(content: bytes) -> ManifestRows:
    text = content.decode("utf-8", "surrogateescape")
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip().lower() for name in next(rows)]
    except csv.Error:
        names = []
    path_at = _find_first_column(names, _PATH_COLUMNS)
    hash_at = _find_first_column([_match_hash_column(name) for name in names], _HASH_COLUMNS)
    if path_at < 0 or hash_at < 0:  # the heading has them, but not between these separators
        yield 1, b"", ""
        return
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                whole = len(row) > max(path_at, hash_at)
                path = row[path_at].encode("utf-8", "surrogateescape") if whole else b""
                yield rows.line_num, _normalise_slashes(path), row[hash_at].strip().lower() if whole else ""
    except csv.Error:  # a cell without end, for one
        yield rows.line_num + 1, b"", ""


def _match_hash_column(name: str) -> str:
    """Which of _HASH_COLUMNS a heading means, "" if none: "SHA-256 hash" is "sha256"."""
    plain = re.sub(r"[^a-z0-9]", "", name)
    return next(
        (column for column in _HASH_COLUMNS if plain in {column, f"{column}hash", f"{column}sum"}), ""
    )


def _find_first_column(names: list[str], wanted: Iterable[str]) -> int:
    return next((names.index(column) for column in wanted if column in names), -1)


def _to_utf8(content: bytes) -> bytes:
    """Programs of Windows write UTF-16, or a mark of byte order."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[2:].decode(name, "replace").encode("utf-8")
    return content.removeprefix(b"\xef\xbb\xbf")


def _normalise_slashes(path: bytes) -> bytes:
    path = path.rstrip(b"\r")
    windows = b"\\" in path and b"/" not in path
    return (path.replace(b"\\", b"/") if windows else path).removeprefix(b"./")


def _unescape(path: bytes) -> bytes:
    pieces = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
    return re.sub(rb"\\[\\nr]", lambda found: pieces[found[0]], path)


def _decode_percent(path: bytes) -> bytes:
    """BagIt (RFC 8493, 2.1.3) writes line ends and the sign itself so."""
    return re.sub(rb"%(0[AaDd]|25)", lambda found: bytes.fromhex(found[1].decode("ascii")), path)
