"""Checks a court pack with the program's own code: its ledger is read, its tables are made from it anew.

The other checker, resources/pack/verify.py, was written from docs/pack-format.md and shares no line with
this one. Tests hold the two against each other.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.acts.signatures import SignatureCheck
from reviewer.domain.errors import KnownError, LedgerDamaged
from reviewer.domain.evidence import pack_format
from reviewer.domain.evidence.manifest import UNREAD_HASH, compute_manifest_hash
from reviewer.domain.ledger.entry import Entry, LedgerFault, check_chains, compute_head_hash
from reviewer.domain.names import make_printable
from reviewer.keys.signing import is_signature_valid
from reviewer.services.jobs import JobControl
from reviewer.services.pack.rows import make_expected_rows, parse_names
from reviewer.storage.evidence import case_rows
from reviewer.storage.replay import rebuild
from reviewer.storage.store import DatabaseFault
from reviewer.system.files import read_at_most

MOST_FAULTS = 1000
LARGEST_FILE = 1 << 30
"""Bytes of a file that is read; exhibits are only hashed."""
_BLOCK = 1 << 20
_UNREADABLE_ERRORS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    csv.Error,
    LedgerDamaged,
    DatabaseFault,
)


@dataclass(frozen=True)
class PackVerdict:
    """`faults` are sentences; none if the pack is sound. `sha256` is that of its tag manifest."""

    entries: int
    head: str
    sha256: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def check_pack(folder: Path, control: JobControl | None = None) -> PackVerdict:
    """Check everything that docs/pack-format.md asks for; KnownError if this is no pack of that format."""
    checked = _PackChecker(folder, control or JobControl())
    try:
        checked.hash_files()
        if f"Pack-Format: {pack_format.PACK_FORMAT}" not in checked.info:
            raise _make_no_pack_error(folder)
        checked.check_all()
    except OSError as error:
        raise KnownError(
            f"The pack in {make_printable(str(folder))} cannot be read: {error.strerror}.", code="no-pack"
        ) from error
    entries = len(checked.entries)
    sha256 = checked.hashes.get(pack_format.TAG_MANIFEST, "")
    return PackVerdict(entries, checked.head, sha256, tuple(checked.faults[:MOST_FAULTS]))


def _make_no_pack_error(folder: Path) -> KnownError:
    return KnownError(
        f"{make_printable(str(folder))} is no court pack of a format this program knows.",
        "Name the folder that holds bag-info.txt.",
        code="no-pack",
    )


@dataclass
class _PackChecker:
    folder: Path
    control: JobControl
    hashes: dict[str, str] = field(default_factory=dict)
    info: list[str] = field(default_factory=list)
    size: int = 0
    entries: list[Entry] = field(default_factory=list)
    keys: pack_format.StatedKeys = field(default_factory=pack_format.StatedKeys)
    head: str = ""
    photos: frozenset[str] = frozenset()
    faults: list[str] = field(default_factory=list)

    def hash_files(self) -> None:
        """Hash every file; what is no plain file is a fault and is not opened."""
        for path in _list_files(str(self.folder), ""):
            self.control.check()
            place = self.folder / path
            if place.is_symlink() or not place.is_file():
                self.faults.append(f"{make_printable(path)} is no plain file")
                continue
            digest = hashlib.sha256()
            with place.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    self.size += len(block) if path.startswith("data/") else 0
            self.hashes[path] = digest.hexdigest()
        try:
            self.info = self.read(pack_format.BAG_INFO).decode("utf-8").split("\n")
        except ValueError:
            raise _make_no_pack_error(self.folder) from None

    def read(self, path: str) -> bytes:
        if path not in self.hashes:
            raise ValueError(f"{path} is missing")
        return read_at_most(self.folder / path, LARGEST_FILE)

    def check_all(self) -> None:
        self._run_check(self._check_bag)
        self._run_check(self._check_ledger)
        if not self.entries:
            self.faults.append("the ledger cannot be read, so that nothing else can be checked")
            return
        self._run_check(self._check_signatures)
        self._run_check(self._check_pack_signature)
        self._run_check(self._check_tables)
        self._run_check(self._check_exhibits)

    def _run_check(self, check: Callable[[], None]) -> None:
        try:
            check()
        except _UNREADABLE_ERRORS as error:
            self.faults.append(f"what it says cannot be followed: {error.__class__.__name__}: {error}"[:400])

    def _check_bag(self) -> None:
        payload = {path: digest for path, digest in self.hashes.items() if path.startswith("data/")}
        tags = {path: digest for path, digest in self.hashes.items() if path in pack_format.TAG_FILES}
        known = pack_format.TAG_FILES | {pack_format.TAG_MANIFEST, pack_format.SIGNATURE}
        for path in sorted(self.hashes.keys() - payload.keys() - known):
            self.faults.append(f"{make_printable(path)} does not belong to the pack")
        self.faults += [f"{name} is missing" for name in sorted(pack_format.TAG_FILES - tags.keys())]
        for name, listed in ((pack_format.MANIFEST, payload), (pack_format.TAG_MANIFEST, tags)):
            self.faults += pack_format.find_manifest_faults(name, self.read(name), listed)
        if self.read(pack_format.BAGIT_DECLARATION) != pack_format.BAGIT_DECLARATION_CONTENT:
            self.faults.append("bagit.txt does not declare this version of bags")
        if pack_format.format_payload_oxum(self.size, len(payload)) not in self.info:
            self.faults.append("bag-info.txt counts other bytes or files")

    def _read_entries(self) -> Iterator[Entry]:
        if pack_format.LEDGER not in self.hashes:
            raise ValueError(f"{pack_format.LEDGER} is missing")
        with (self.folder / pack_format.LEDGER).open("rb") as file:
            while line := file.readline(LARGEST_FILE):
                if not line.endswith(b"\n") or file.tell() > LARGEST_FILE:
                    raise ValueError("the ledger is too large or ends within a line")
                yield pack_format.entry_from_line(line[:-1])

    def _check_ledger(self) -> None:
        entries = list(self._read_entries())
        if entries[0].act != acts.CASE_CREATED:
            raise ValueError("the first entry does not make the case")
        self.entries = entries
        found, heads = check_chains(entries)
        self._add_faults(found)
        for number, (before, after) in enumerate(pairwise(map(_order_key, entries)), start=2):
            if after <= before:
                self.faults.append(f"line {number} of the ledger stands in the wrong place")
        self.head = compute_head_hash((e.author, e.station, e.seq, e.hash) for e in heads.values())
        for told in pack_format.format_head_lines(entries[0].subject, len(entries), self.head):
            if told not in self.info:
                self.faults.append(f"bag-info.txt does not say {make_printable(told)}")
        if pack_format.format_spoken_head(self.head).encode("ascii") not in self.read(
            pack_format.METHOD
        ).split(b"\n"):
            self.faults.append("the method statement names another head")

    def _iterate_with_progress(self) -> Iterator[Entry]:
        """Yield the entries in order; reports progress and can be cancelled."""
        for done, entry in enumerate(self.entries, start=1):
            self._advance(done)
            yield entry

    def _advance(self, done: int) -> None:
        self.control.advance(done, len(self.entries))

    def _check_signatures(self) -> None:
        check = SignatureCheck(_is_valid_signature)
        for entry in self._iterate_with_progress():
            self._add_faults(check.check_entry(entry))
            self.keys.note_entry(entry)
        self._add_faults(check.find_entries_without_key())
        for author in sorted({entry.author for entry in self.entries}):
            if not self.keys.has_examiner(author):
                self.faults.append(f"the author {make_printable(author)} was never enrolled")
        if self.read(pack_format.KEYS) != self.keys.format_content():
            self.faults.append("the keys are not those that the ledger states")

    def _check_pack_signature(self) -> None:
        content = self.read(pack_format.SIGNATURE)
        told = pack_format.parse_canonical_json(content.removesuffix(b"\n"))
        hash_ = pack_format.compute_pack_hash(self.read(pack_format.TAG_MANIFEST))
        if not _is_valid_signature(self.keys.find_last(told["examiner"]), hash_, told["signature"]):
            self.faults.append("the signature over the pack is not that of an examiner of the case")

    def _check_tables(self) -> None:
        """Make the tables of the Case from the entries, in memory, and compare."""
        with rebuild.open_tables_from_entries(self.entries, self._advance) as rebuilt:
            self._check_evidence(
                {source.id: (source.files, source.manifest) for source in case_rows.load_sources(rebuilt)}
            )
            names = parse_names(self.read(pack_format.VOCABULARY))
            for path, rows in make_expected_rows(rebuilt, names, self.photos).items():
                self._compare_table(path, rows)

    def _check_evidence(self, seals: Mapping[str, tuple[int, str]]) -> None:
        rows = self._read_table(pack_format.FILES)
        lines: dict[str, list[bytes]] = {source: [] for source in seals}
        for row in rows:
            sealed = {"yes": True, "no": False}[row["sealed"]]
            made = f"{row['sha256']} {row['size']} ".encode() + bytes.fromhex(row["path_hex"]) + b"\n"
            lines[row["source"]] += [made] if sealed else []
        for source, (files, manifest) in seals.items():
            if (len(lines[source]), compute_manifest_hash(lines[source])) != (
                files,
                manifest or compute_manifest_hash(()),
            ):
                self.faults.append(
                    f"the files of the source {make_printable(source)} are not those that were sealed"
                )
        self.photos = frozenset(row["sha256"] for row in rows) - {UNREAD_HASH}

    def _compare_table(self, path: str, rows: list[dict[str, str]]) -> None:
        there = [pack_format.upgrade_row(row) for row in self._read_table(path)]
        if not rows and not there:
            return
        columns = list(rows[0]) if rows else list(there[0])
        if pack_format.ALLEGED_BY not in (there or rows)[0] and not any(
            row.get(pack_format.ALLEGED_BY) for row in rows
        ):
            columns = [column for column in columns if column != pack_format.ALLEGED_BY]  # a pack made before
        found = Counter(tuple(row[column] for column in columns) for row in there)
        follows = Counter(tuple(row[column] for column in columns) for row in rows)
        for what, many in (
            ("does not follow from the ledger", found - follows),
            ("is missing", follows - found),
        ):
            self.faults += [f"{path}: a row {what}: {make_printable(' | '.join(row))[:300]}" for row in many]

    def _check_exhibits(self) -> None:
        rows = self._read_table(pack_format.LOAD_FILE)
        files = {
            path: digest for path, digest in self.hashes.items() if path.startswith(pack_format.EXHIBITS)
        }
        if {row["file"]: row["file_sha256"] for row in rows if row["file"]} != files:
            self.faults.append("the exhibits are not those that the load file names")
        for row in rows:
            is_other = row["copy"] == pack_format.ORIGINAL and row["file_sha256"] != row["sha256"]
            if is_other or row["sha256"] not in self.photos:
                self.faults.append(
                    f"{make_printable(row['exhibit'])} is no evidence of this case, or another file"
                )

    def _read_table(self, path: str) -> list[dict[str, str]]:
        content = self.read(path)
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows([head, *rows])
        if text.getvalue().encode("utf-8") != content or any(len(row) != len(set(head)) for row in rows):
            raise ValueError(f"{path} is not written as tables of a pack are")
        return [dict(zip(head, row, strict=True)) for row in rows]

    def _add_faults(self, faults: Iterator[LedgerFault] | list[LedgerFault]) -> None:
        self.faults += [f"{make_printable(fault.where)}: {fault.what}" for fault in faults]


def _list_files(folder: str, below: str) -> Iterator[str]:
    for entry in os.scandir(os.path.join(folder, below)):
        if entry.is_dir(follow_symlinks=False):
            yield from _list_files(folder, f"{below}{entry.name}/")
        else:
            yield below + entry.name


def _order_key(entry: Entry) -> tuple[int, str, str]:
    return entry.tick, entry.author, entry.station


def _is_valid_signature(public: str, hash_: str, signature: str) -> bool:
    """In a pack a signature has one form: 128 lower-case hexadecimal digits."""
    one_form = len(signature) == 128 and not set(signature) - set("0123456789abcdef")
    return one_form and is_signature_valid(public, hash_, signature)
