"""What of a pack of format 2 is bound besides its tables: definitions, exhibits, method statement, places.

Each function yields sentences on what is wrong; docs/pack-format.md says the rules.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.acts import acts
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import ChainSlot, Entry, compute_entry_hash
from reviewer.domain.names import make_printable, path_to_text
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.pack.exhibits import EXTENSION_OF_TYPE
from reviewer.services.pack.method import MethodFacts, StampFacts, fill_method_statement, list_stated_keys

PackRow = Mapping[str, str]
"""A row of a table, by column."""
PackRows = Sequence[PackRow]
_PNG = b"\x89PNG\r\n\x1a\n"
_MADE_AT = re.compile(r"Pack made at: (.+) \(clock of the workstation\)")
_PROGRAM = re.compile(r"Program: reviewer (.+)")
_PROGRAM_FILES, _LIBRARIES, _SYSTEM = (
    re.compile(rf"^{name}: (.+)$", re.MULTILINE) for name in ("Program files", "Libraries", "System")
)


def find_later_statement_faults(
    stated: Entry, entries: Sequence[Entry], is_signed: Callable[[str, str], bool]
) -> Iterator[str]:
    """Whether the entry that states what a pack of an earlier state holds can be one that came after its
    ledger: whole, signed by its author (`is_signed`: hash, signature), and over as many entries."""
    slot = ChainSlot(stated.author, stated.station, stated.seq, stated.prev, stated.tick, stated.seen)
    body, last = stated.body, entries[-1]
    hash_ = compute_entry_hash(slot, stated.at, stated.act, stated.subject, body, stated.takes_back)
    if stated.hash != hash_ or not is_signed(hash_, stated.signature) or not stated.seen:
        yield "the entry that states what the pack holds is not what its author signed"
    if stated.tick <= last.tick or stated.subject != entries[0].subject:
        yield "the entry that states what the pack holds cannot follow the ledger of the pack"
    if body["entries"] != len(entries) or body["later"] < 1:
        yield "the entry that states what the pack holds is of another state than the ledger of the pack"


def find_statement_faults(
    stated: Entry, entries: Sequence[Entry], hashes: Mapping[str, str], method_hash: str
) -> Iterator[str]:
    """Whether the files are those that the last act states, and the definitions those of the program; in a
    pack of an earlier state its maker states the definitions."""
    files = {
        path: sha256
        for path, sha256 in hashes.items()
        if path.startswith("data/")
        and not path.startswith(pack_format.EXHIBITS)
        and path not in (pack_format.LEDGER, pack_format.STATED)
    } | {pack_format.METHOD: method_hash}
    told = stated.body["files"]
    for path in sorted(files.keys() | told.keys()):
        if files.get(path) != told.get(path):
            yield f"{make_printable(path)} is not what its maker stated in the ledger"
    if pack_format.STATED in hashes:
        return
    definitions = [entry.body["files"] for entry in entries if entry.act == acts.DEFINITIONS_STATED][-1]
    there = {path for path in hashes if path.startswith(pack_format.DEFINITIONS)}
    for path in sorted(there | definitions.keys()):
        if hashes.get(path) != definitions.get(path):
            yield f"{make_printable(path)} is not what the ledger states of the program's definitions"


def find_column_faults(columns: PackRows, heads: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Whether each table is there with the columns that the definitions name; `heads` by file name."""
    told: dict[str, list[str]] = {}
    for row in columns:
        told.setdefault(row["file"], []).append(row["column"])
    for name in sorted(told.keys() ^ heads.keys()):
        yield f"{make_printable(name)} is no table of the definitions, or it is missing"
    for name in sorted(told.keys() & heads.keys()):
        if list(heads[name]) != told[name]:
            yield f"{make_printable(name)} has other columns"


def find_differing_file_facts(tables: Mapping[str, PackRows]) -> Iterator[str]:
    """What files say must be the same wherever it stands."""
    said: dict[tuple[str, str], str] = {}
    for name, rows in tables.items():
        for row in rows:
            photo = row.get("photo_sha256", "")
            for column in pack_format.FILE_COLUMNS_SAID:
                if photo and column in row and said.setdefault((photo, column), row[column]) != row[column]:
                    yield f"{name}: another {column} of {make_printable(photo)[:12]} than elsewhere"


@dataclass(frozen=True)
class ExhibitGround:
    """What exhibits are compared with: where each photograph lies, which have areas to redact, what
    photographs.csv says of each (in the order of ingest), and the first bytes of a file of the pack."""

    places: Mapping[str, set[bytes]]
    redacted: Collection[str]
    photographs: Mapping[str, Mapping[str, str]]
    begins: Callable[[str], bytes]


def find_exhibit_faults(
    rows: PackRows, query: str | None, copies: str, ground: ExhibitGround
) -> Iterator[str]:
    """Whether exhibits are in the order of ingest, all photographs if the query chooses all, and have the
    numbers, copies and files that their places in the list ask for."""
    chosen = list(dict.fromkeys(row["sha256"] for row in rows))
    wanted = {None: (), "": ground.photographs}.get(query, chosen)
    if chosen != [photo for photo in ground.photographs if photo in frozenset(wanted)]:
        yield "the exhibits are not those of the query, or not in the order of ingest"
    expected = [
        (photo, copy, f"EX-{number:05}{'R' if is_twin else ''}")
        for number, photo in enumerate(chosen, start=1)
        for copy, is_twin in _list_copies(copies, photo in ground.redacted)
    ]
    if [(row["sha256"], row["copy"], row["exhibit"]) for row in rows] != expected:
        yield "the numbers or copies of the exhibits are not those of a list of photographs"
    if len({row["confidentiality"] for row in rows}) > 1:
        yield "exhibits are marked differently"
    for row in rows:
        if not all(_find_row_faults(row, ground)):
            yield f"{make_printable(row['exhibit'])}: what is told of it is not what the pack says elsewhere"


def _list_copies(copies: str, has_areas: bool) -> list[tuple[str, bool]]:
    if copies == pack_format.ORIGINAL_AND_REDACTED:
        return [(pack_format.ORIGINAL, False), *([(pack_format.REDACTED, True)] if has_areas else [])]
    if copies == pack_format.REDACTED and not has_areas:
        return [(pack_format.NOT_INCLUDED, False)]
    return [(copies, False)]


def _find_row_faults(row: Mapping[str, str], ground: ExhibitGround) -> Iterator[bool]:
    """False for each thing that is not as it must be."""
    paths = {path_to_text(path) for path in ground.places.get(row["sha256"], ())}
    path = {neutralise_formula(text): text for text in paths}.get(row["source_path"])
    yield path is not None and row["title"] == neutralise_formula(path.rpartition("/")[2])
    yield row["date_taken"] == ground.photographs.get(row["sha256"], {}).get("taken_at")
    yield bool(row["file"]) == bool(row["file_sha256"]) == (row["copy"] != pack_format.NOT_INCLUDED)
    ending = "png" if row["copy"] == pack_format.REDACTED else EXTENSION_OF_TYPE.get(row["type"])
    yield row["type"] in EXTENSION_OF_TYPE
    yield row["file"] in ("", f"{pack_format.EXHIBITS}{row['exhibit']}.{ending}")
    if row["copy"] == pack_format.REDACTED:
        yield row["file_sha256"] not in ground.places
        yield ground.begins(row["file"]) == _PNG


@dataclass(frozen=True)
class PackFacts:
    """What is known of a pack besides its method statement; `signer` is the name of who signed it."""

    case: str
    signer: str
    head: str
    vocabulary: str
    files: int
    unsealed: int
    exhibits: int


def read_method_facts(method: str, stated: Entry, entries: Sequence[Entry], facts: PackFacts) -> MethodFacts:
    """What the method statement must be made of; what no entry states is taken from the statement itself."""
    first, later = entries[: stated.body["entries"]], stated.body.get("later", 0)
    return MethodFacts(
        case=facts.case,
        case_id=entries[0].subject,
        examiner=facts.signer,
        made_at=_find_first(_MADE_AT, method),
        tables=len(first),
        head=facts.head,
        vocabulary=facts.vocabulary,
        files=facts.files,
        unsealed=facts.unsealed,
        query=stated.body.get("query"),
        exhibits=facts.exhibits,
        copies=stated.body["copies"],
        later=later,
        program=_find_first(_PROGRAM, method) if later else _find_program(entries),
        program_files=_find_stated(_PROGRAM_FILES, method),
        libraries=_find_stated(_LIBRARIES, method),
        system=_find_stated(_SYSTEM, method),
        stamps=_list_stamps(first),
        keys=list_stated_keys(first),
    )


def _list_stamps(entries: Sequence[Entry]) -> list[StampFacts]:
    """The time stamps in the order in which the program lists them."""
    found = [entry.body for entry in reversed(entries) if entry.act == acts.HEAD_STAMPED]
    return [StampFacts(body["entries"], body["time"], body["authority"]) for body in found]


def _find_program(entries: Sequence[Entry]) -> str:
    return str([entry.body["program"] for entry in entries if entry.act == acts.DEFINITIONS_STATED][-1])


def _find_first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise ValueError("the method statement does not say it")
    return found[1]


def _find_stated(pattern: re.Pattern[str], text: str) -> str:
    """What the statement says of the copy of the program, "" in packs made before it did."""
    found = pattern.search(text)
    return found[1] if found is not None else ""


def find_method_faults(
    method: str, sentences: bytes, facts: MethodFacts, info: Sequence[str], entries: int
) -> Iterator[str]:
    """Whether the method statement and bag-info.txt are what follows from what is known."""
    right = fill_method_statement(tomllib.loads(sentences.decode("utf-8")), facts).decode("utf-8")
    if method != right:
        yield "the method statement is not what follows from the pack"
    lines = {
        f"Bag-Software-Agent: reviewer {facts.program}",
        f"Bagging-Date: {facts.made_at[:10]}",
        f"Pack-Format: {pack_format.PACK_FORMAT}",
        *pack_format.format_head_lines(facts.case_id, entries, facts.head),
    }
    told = [line for line in info if not line.startswith("Payload-Oxum: ")]
    if told != [*sorted(lines), ""] or len(info) != len(told) + 1:
        yield "bag-info.txt says something else or more than follows from the pack"
