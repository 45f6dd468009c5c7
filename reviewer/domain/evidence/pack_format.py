"""The court pack: what is in it and in which form, as docs/pack-format.md says it.

A bag (BagIt 1.0, RFC 8493) that another party can check without this program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import ENTRY_FORMAT, Entry, to_canonical_json
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.names import make_printable
from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED

PACK_FORMAT = 1
BAG_INFO, BAGIT_DECLARATION = "bag-info.txt", "bagit.txt"
MANIFEST, TAG_MANIFEST, SIGNATURE = "manifest-sha256.txt", "tagmanifest-sha256.txt", "pack-signature.json"
TAG_FILES = frozenset({BAG_INFO, BAGIT_DECLARATION, MANIFEST})
"""What the tag manifest lists; the signature is over the tag manifest and cannot be in it."""

LEDGER, KEYS, VOCABULARY = "data/ledger.jsonl", "data/keys.json", "data/vocabulary.json"
FILES, LOAD_FILE, METHOD = "data/evidence/files.csv", "data/loadfile.csv", "data/METHOD.txt"
LOAD_DAT, LOAD_OPT = "data/loadfile.dat", "data/loadfile.opt"
TABLES, PHOTOGRAPHS = "data/tables/", "data/from-ledger/photographs.csv"
EXHIBITS, REPORTS = "data/exhibits/", "data/reports/"
CHECKER, FORMAT_PAGE = "data/verify.py", "data/FORMAT.md"

BAGIT_DECLARATION_CONTENT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PACK_HASH_PREFIX = b"reviewer court pack 1\n"

FILE_COLUMNS = ("source", "sha256", "size", "path_hex", "sealed")
PHOTOGRAPH_COLUMNS = ("photo_sha256", "category", "individual", "duplicates")
LOAD_COLUMNS = (
    "exhibit",
    "title",
    "date_taken",
    "type",
    "source_path",
    "confidentiality",
    "sha256",
    "copy",
    "file",
    "file_sha256",
)
NATIVE_PATH = "native_path"
"""A column of the DAT only: the file, below the folder that the load file lies in."""
ORIGINAL, REDACTED, NOT_INCLUDED = "original", "redacted", "not included"
ORIGINAL_AND_REDACTED = "original and redacted"

CHECKED_READING_COLUMNS = (
    "photo_sha256",
    "examiner",
    "examiner_id",
    "reading_state",
    "carried_from",
    "conclusion",
    "reason",
    "findings",
    "note",
    "changed_at",
)
ALLEGED_BY = "alleged_by"
"""A column that packs made before case format 1.5 do not have: nobody was asked then."""
CHECKED_FINDING_COLUMNS = (
    *CHECKED_READING_COLUMNS[:5],
    "finding_id",
    "number",
    "term",
    "term_name",
    "vocabulary",
    "answer",
    "answer_reason",
    "certainty",
    "certainty_stated",
    "regions",
    "region_names",
    "qualifiers",
    "degree",
    "mechanism",
    ALLEGED_BY,
    "copied_from",
    "confirmed",
)
"""Columns of the CSV export that follow from the ledger and are compared with it."""


def upgrade_row(row: dict[str, str]) -> dict[str, str]:
    """A row of a table as packs have it now.

    Before case format 1.5 the program's default stood there for a certainty that nobody stated.
    """
    return {**row, "certainty": CERTAINTY_NOT_STATED} if row.get("certainty_stated") == "no" else row


def entry_to_line(entry: Entry) -> bytes:
    """An entry as it stands in the ledger of a pack, with its line feed."""
    return to_canonical_json({**vars(entry), "format": ENTRY_FORMAT}) + b"\n"


_TEXT_FIELDS = ("author", "station", "prev", "at", "act", "subject", "takes_back", "hash", "signature")
_ENTRY_TYPES = {**dict.fromkeys(_TEXT_FIELDS, str), "seq": int, "tick": int, "body": dict, "format": int}


def entry_from_line(line: bytes) -> Entry:
    """The entry of a line (without its line feed); ValueError if it is in any other form."""
    found = parse_canonical_json(line)
    if not isinstance(found, dict) or {name: type(value) for name, value in found.items()} != _ENTRY_TYPES:
        raise ValueError("no entry")
    if found.pop("format") != ENTRY_FORMAT or found["tick"] < 1 or found["seq"] < 1:
        raise ValueError("no entry of this format")
    return Entry(**found)


def parse_canonical_json(line: bytes) -> Any:
    """What is written in canonical JSON; ValueError if it is in any other form."""
    try:
        value = json.loads(line.decode("utf-8"), parse_float=_refuse_number, parse_constant=_refuse_number)
    except RecursionError:
        raise ValueError("too deep") from None
    if to_canonical_json(value) != line:
        raise ValueError("not in canonical form")
    return value


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no whole number")


@dataclass
class StatedKeys:
    """The Examiners and their public keys as the ledger states them; is given entry after entry."""

    _people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note_entry(self, entry: Entry) -> None:
        if entry.act == acts.EXAMINER_ENROLLED:
            person = {"id": entry.subject, "name": entry.body["name"], "keys": []}
            self._people.setdefault(entry.subject, person)
        if entry.act in {acts.EXAMINER_ENROLLED, acts.EXAMINER_KEY_SET} and entry.body.get("key"):
            stated = {"from": entry.hash, "key": entry.body["key"]}
            self._people.setdefault(entry.subject, {"keys": []})["keys"].append(stated)

    def find_last(self, examiner: str) -> str:
        """Return the key that counts at the end, "" if the examiner has none."""
        keys = self._people.get(examiner, {}).get("keys")
        return str(keys[-1]["key"]) if keys else ""

    def has_examiner(self, examiner: str) -> bool:
        return "name" in self._people.get(examiner, {})

    def format_content(self) -> bytes:
        return (
            to_canonical_json({"examiners": [person for person in self._people.values() if "name" in person]})
            + b"\n"
        )


_PATH_OFFSET = 64 + 2
"""Where the path begins in a line of a manifest."""


def compute_pack_hash(tag_manifest: bytes) -> str:
    """What an Examiner signs for the pack as a whole: no entry of a ledger can have this hash."""
    return hashlib.sha256(_PACK_HASH_PREFIX + tag_manifest).hexdigest()


def format_pack_manifest(hashes: Mapping[str, str]) -> bytes:
    """The lines of a manifest: hash, two spaces, path; sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode(
        "utf-8", "surrogateescape"
    )


def find_manifest_faults(name: str, manifest: bytes, hashes: Mapping[str, str]) -> list[str]:
    """Compare a manifest with `hashes` (path -> SHA-256 of the files that are there): a sentence for each
    file that differs, or one if only form or order differ."""
    if manifest == (right := format_pack_manifest(hashes)):
        return []
    differing = sorted({*manifest.split(b"\n")} ^ {*right.split(b"\n")}, key=lambda line: line[_PATH_OFFSET:])
    paths = dict.fromkeys(line[_PATH_OFFSET:].decode("utf-8", "replace") for line in differing)
    named = [
        f"{name} is not what follows from the files: {make_printable(path)} differs" for path in paths if path
    ]
    return named or [f"{name} is not what follows from the files"]


def format_payload_oxum(size: int, files: int) -> str:
    return f"Payload-Oxum: {size}.{files}"


def format_head_lines(case: str, entries: int, head: str) -> tuple[str, str, str]:
    """What the bag says of its ledger."""
    return f"External-Identifier: {case}", f"Ledger-Entries: {entries}", f"Ledger-Head: {head}"


def format_spoken_head(head: str) -> str:
    """The line of the method statement that is read aloud."""
    return f"Head: {format_hash_in_groups(head)}"


def format_bag_info(facts: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in sorted(facts)).encode("utf-8")


def format_checksum_line(sha256: str, path: bytes) -> bytes:
    """A line as `sha256sum -c` reads it: a name with a line end or backslash is escaped (GNU coreutils)."""
    name = path.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return (b"\\" if name != path else b"") + sha256.encode("ascii") + b"  " + name + b"\n"


HASHDEEP_HEADER = b"%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n"


def format_hashdeep_line(sha256: str, size: int, path: bytes) -> bytes:
    """A line as hashdeep reads it, nothing for a name with a line end: it has no form there."""
    if b"\n" in path or b"\r" in path:
        return b""
    return f"{size},{sha256},".encode("ascii") + path + b"\n"
