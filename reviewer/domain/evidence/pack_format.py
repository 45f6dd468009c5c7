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
from reviewer.domain.ledger.entry import Entry, to_canonical_json
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.names import make_printable
from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED

PACK_FORMAT = 2
KNOWN_FORMATS = (1, 2)
"""In the first no entry says what its author saw."""
BAG_INFO, BAGIT_DECLARATION = "bag-info.txt", "bagit.txt"
MANIFEST, TAG_MANIFEST, SIGNATURE = "manifest-sha256.txt", "tagmanifest-sha256.txt", "pack-signature.json"
TAG_FILES = frozenset({BAG_INFO, BAGIT_DECLARATION, MANIFEST})
"""What the tag manifest lists; the signature is over the tag manifest and cannot be in it."""

LEDGER, KEYS, VOCABULARY = "data/ledger.jsonl", "data/keys.json", "data/vocabulary.json"
STATED = "data/stated.json"
"""Only in a pack of an earlier state: the entry that states what it holds, which came after its ledger."""
FILES, LOAD_FILE, METHOD = "data/evidence/files.csv", "data/loadfile.csv", "data/METHOD.txt"
LOAD_DAT, LOAD_OPT = "data/loadfile.dat", "data/loadfile.opt"
TABLES, PHOTOGRAPHS = "data/tables/", "data/from-ledger/photographs.csv"
EXHIBITS, REPORTS = "data/exhibits/", "data/reports/"
CHECKER, FORMAT_PAGE = "data/verify.py", "data/FORMAT.md"
DEFINITIONS = "data/definitions/"
COLUMNS, RULES = "data/definitions/columns.csv", "data/definitions/RULES.md"
METHOD_SENTENCES = "data/definitions/method.toml"

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

ALLEGED_BY = "alleged_by"
"""A column that packs made before case format 1.5 do not have: nobody was asked then."""
_OF_READING = ("photo_sha256", "examiner", "examiner_id", "reading_state", "carried_from")
_OF_FINDING = (
    *("finding_id", "number", "term", "term_name", "vocabulary", "answer", "answer_reason", "certainty"),
    *("certainty_stated", "regions", "region_names", "qualifiers", "degree", "mechanism", ALLEGED_BY),
    *("copied_from", "confirmed"),
)
FOLLOWING_COLUMNS_1: Mapping[str, tuple[str, ...]] = {
    "readings.csv": (*_OF_READING, "conclusion", "reason", "findings", "note", "changed_at"),
    "findings.csv": (*_OF_READING, *_OF_FINDING),
}
"""Columns of the tables of a pack of format 1 that follow from the ledger."""
_WITH_CATEGORY = (*_OF_READING, "category")
FOLLOWING_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "readings.csv": (
        *(*_WITH_CATEGORY, "conclusion", "reason", "looked_for", "findings", "description"),
        *("context_seen", "note", "changed_at"),
    ),
    "findings.csv": (
        *(*_WITH_CATEGORY, *_OF_FINDING, "in_context", "marks", "display_recipe"),
        *("seen_as_is", "only_enhanced"),
    ),
    "measurements.csv": (
        *(*_WITH_CATEGORY, "measurement_id", "finding_id", "quantity", "value", "margin", "unit", "tilt"),
        *("formula", "repeats", "takes", "scale_id", "scale_micrometres", "scale_points", "scale_source"),
        *("scale_tilt", "scale_known_by", "scale_off_plane", "curved", "page"),
    ),
    "coverage.csv": (*_WITH_CATEGORY, "region", "aspect", "region_name", "level"),
    "description.csv": (*_WITH_CATEGORY, "key", "name", "values", "value_names"),
    "photographs.csv": (
        *("photo_sha256", "category", "individual", "near_duplicates", "looks", "carried_over", "states"),
        *("conclusions", "unconfirmed"),
    ),
    "statements.csv": (
        *("individual", "statement_id", "fact", "value", "certainty", "kind", "rests_on", "detail"),
        *("examiner", "at", "withdrawn"),
    ),
    "evaluations.csv": (
        *("individual", "written_of", "examiner", "examiner_id", "at", "text", "degree", ALLEGED_BY),
    ),
    "decisions.csv": (
        *("individual", "decided_of", "term", "term_name", "result", "why", "photographs", "better"),
        *("examiner", "examiner_id", "at"),
    ),
    "card_passes.csv": (
        *("photo_sha256", "individual", "pass", "detainee", "branch", "examination", "date", "legible"),
        *("note", "box", "examiner", "examiner_id", "at"),
    ),
    "merges.csv": (
        *("individual", "merged_into", "stands_for_it", "photographs", "examiner", "examiner_id", "at"),
    ),
    "samples.csv": (
        *("sample_id", "sample", "query", "of", "method", "seed", "by", "equal", "stratum", "population"),
        *("drawn", "weight", "within_permille", "entries", "head", "examiner", "at"),
    ),
    "sample_units.csv": (
        *("sample_id", "sample", "of", "unit", "stands_for_it", "photographs", "stratum", "weight"),
    ),
}
"""The same of a pack of format 2; docs/pack-format.md says what each follows from."""
COLUMNS_IN_WORDS: Mapping[str, tuple[str, ...]] = {
    "findings.csv": ("excluded_names", "view", "only_exploring"),
    "measurements.csv": ("result", "scale_plane"),
}
"""Columns of a pack of format 2 that follow as well, in the words of the program that made it."""
COMPUTED_COLUMNS = ("value", "margin", "tilt")
"""Numbers that are computed: written with four digits or two, of which the last may be another."""
FILE_COLUMNS_SAID = (
    *("source", "path", "damage", "shown_as", "pictures", "width", "height", "orientation", "taken_at"),
    *("taken_from", "taken_doubt", "files_with_this_content"),
)
"""What the file says: no entry holds it, and it is the same wherever it stands for the same photograph."""


def upgrade_row(row: dict[str, str]) -> dict[str, str]:
    """A row of a table as packs have it now.

    Before case format 1.5 the program's default stood there for a certainty that nobody stated.
    """
    return {**row, "certainty": CERTAINTY_NOT_STATED} if row.get("certainty_stated") == "no" else row


def entry_to_line(entry: Entry) -> bytes:
    """An entry as it stands in the ledger of a pack, with its line feed."""
    said = {name: value for name, value in vars(entry).items() if name != "seen" or value}
    return to_canonical_json({**said, "format": entry.format}) + b"\n"


_TEXT_FIELDS = ("author", "station", "prev", "at", "act", "subject", "takes_back", "hash", "signature")
_ENTRY_TYPES = {**dict.fromkeys(_TEXT_FIELDS, str), "seq": int, "tick": int, "body": dict, "format": int}


def entry_from_line(line: bytes) -> Entry:
    """The entry of a line (without its line feed); ValueError if it is in any other form."""
    found = parse_canonical_json(line)
    if not isinstance(found, dict):
        raise ValueError("no entry")
    types = {name: type(value) for name, value in found.items() if name != "seen"}
    if types != _ENTRY_TYPES or not isinstance(found.get("seen", ""), str) or found.get("seen") == "":
        raise ValueError("no entry")
    told = found.pop("format")
    entry = Entry(**found)
    if told != entry.format or entry.tick < 1 or entry.seq < 1:
        raise ValueError("no entry of this format")
    return entry


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

    def find_name(self, examiner: str) -> str:
        """Return the name under which an examiner was enrolled, "" if nobody was."""
        return str(self._people.get(examiner, {}).get("name", ""))

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


def compute_method_hash(content: bytes, head: str) -> str:
    """The hash of the method statement without its line of the head, which comes after what is stated."""
    lines = content.decode("utf-8").split("\n")
    kept = "\n".join(line for line in lines if line != format_spoken_head(head))
    return hashlib.sha256(kept.encode("utf-8")).hexdigest()


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
