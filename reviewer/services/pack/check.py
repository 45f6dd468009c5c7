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
from reviewer.domain.evidence.manifest import UNREAD, manifest_hash
from reviewer.domain.ledger.entry import Entry, Fault, check_chains, head_of
from reviewer.domain.names import printable
from reviewer.keys.signing import holds
from reviewer.services.jobs import JobControl
from reviewer.services.pack.rows import expected_rows, names_from
from reviewer.storage.evidence import case_rows
from reviewer.storage.replay import rebuild
from reviewer.storage.store import DatabaseFault
from reviewer.system.files import read_at_most

MOST_FAULTS = 1000
LARGEST = 1 << 30
"""Bytes of a file that is read; exhibits are only hashed."""
_BLOCK = 1 << 20
_NOT_FOLLOWED = (
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
    checked = _Checked(folder, control or JobControl())
    try:
        checked.look()
        if f"Pack-Format: {pack_format.FORMAT}" not in checked.info:
            raise _unreadable(folder)
        checked.everything()
    except OSError as error:
        raise KnownError(
            f"The pack in {printable(str(folder))} cannot be read: {error.strerror}.", code="no-pack"
        ) from error
    entries = len(checked.entries)
    sha256 = checked.hashes.get(pack_format.TAG_MANIFEST, "")
    return PackVerdict(entries, checked.head, sha256, tuple(checked.faults[:MOST_FAULTS]))


def _unreadable(folder: Path) -> KnownError:
    return KnownError(
        f"{printable(str(folder))} is no court pack of a format this program knows.",
        "Name the folder that holds bag-info.txt.",
        code="no-pack",
    )


@dataclass
class _Checked:
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

    def look(self) -> None:
        """Hash every file; what is no plain file is a fault and is not opened."""
        for path in _below(str(self.folder), ""):
            self.control.check()
            place = self.folder / path
            if place.is_symlink() or not place.is_file():
                self.faults.append(f"{printable(path)} is no plain file")
                continue
            digest = hashlib.sha256()
            with place.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    self.size += len(block) if path.startswith("data/") else 0
            self.hashes[path] = digest.hexdigest()
        try:
            self.info = self.read(pack_format.INFO).decode("utf-8").split("\n")
        except ValueError:
            raise _unreadable(self.folder) from None

    def read(self, path: str) -> bytes:
        if path not in self.hashes:
            raise ValueError(f"{path} is missing")
        return read_at_most(self.folder / path, LARGEST)

    def everything(self) -> None:
        self._try(self._bag)
        self._try(self._ledger)
        if not self.entries:
            self.faults.append("the ledger cannot be read, so that nothing else can be checked")
            return
        self._try(self._signatures)
        self._try(self._whole)
        self._try(self._state)
        self._try(self._exhibits)

    def _try(self, check: Callable[[], None]) -> None:
        try:
            check()
        except _NOT_FOLLOWED as error:
            self.faults.append(f"what it says cannot be followed: {error.__class__.__name__}: {error}"[:400])

    def _bag(self) -> None:
        payload = {path: digest for path, digest in self.hashes.items() if path.startswith("data/")}
        tags = {path: digest for path, digest in self.hashes.items() if path in pack_format.TAGS}
        known = pack_format.TAGS | {pack_format.TAG_MANIFEST, pack_format.SIGNATURE}
        for path in sorted(self.hashes.keys() - payload.keys() - known):
            self.faults.append(f"{printable(path)} does not belong to the pack")
        self.faults += [f"{name} is missing" for name in sorted(pack_format.TAGS - tags.keys())]
        for name, listed in ((pack_format.MANIFEST, payload), (pack_format.TAG_MANIFEST, tags)):
            self.faults += pack_format.manifest_faults(name, self.read(name), listed)
        if self.read(pack_format.BAGIT) != pack_format.DECLARATION:
            self.faults.append("bagit.txt does not declare this version of bags")
        if pack_format.payload_oxum(self.size, len(payload)) not in self.info:
            self.faults.append("bag-info.txt counts other bytes or files")

    def _entries(self) -> Iterator[Entry]:
        if pack_format.LEDGER not in self.hashes:
            raise ValueError(f"{pack_format.LEDGER} is missing")
        with (self.folder / pack_format.LEDGER).open("rb") as file:
            while line := file.readline(LARGEST):
                if not line.endswith(b"\n") or file.tell() > LARGEST:
                    raise ValueError("the ledger is too large or ends within a line")
                yield pack_format.entry_from_line(line[:-1])

    def _ledger(self) -> None:
        entries = list(self._entries())
        if entries[0].act != acts.CASE_CREATED:
            raise ValueError("the first entry does not make the case")
        self.entries = entries
        found, heads = check_chains(entries)
        self._found(found)
        for number, (before, after) in enumerate(pairwise(map(_place, entries)), start=2):
            if after <= before:
                self.faults.append(f"line {number} of the ledger stands in the wrong place")
        self.head = head_of((e.author, e.station, e.seq, e.hash) for e in heads.values())
        for told in pack_format.head_lines(entries[0].subject, len(entries), self.head):
            if told not in self.info:
                self.faults.append(f"bag-info.txt does not say {printable(told)}")
        if pack_format.head_aloud(self.head).encode("ascii") not in self.read(pack_format.METHOD).split(
            b"\n"
        ):
            self.faults.append("the method statement names another head")

    def _watched(self) -> Iterator[Entry]:
        """The entries in order; says how far it is, and can be stopped."""
        for done, entry in enumerate(self.entries, start=1):
            self._report(done)
            yield entry

    def _report(self, done: int) -> None:
        self.control.check()
        self.control.progress(done, len(self.entries))

    def _signatures(self) -> None:
        check = SignatureCheck(_holds)
        for entry in self._watched():
            self._found(check.faults_of(entry))
            self.keys.note(entry)
        self._found(check.left())
        for author in sorted({entry.author for entry in self.entries}):
            if not self.keys.knows(author):
                self.faults.append(f"the author {printable(author)} was never enrolled")
        if self.read(pack_format.KEYS) != self.keys.content():
            self.faults.append("the keys are not those that the ledger states")

    def _whole(self) -> None:
        content = self.read(pack_format.SIGNATURE)
        told = pack_format.value_of(content.removesuffix(b"\n"))
        hash_ = pack_format.whole_hash(self.read(pack_format.TAG_MANIFEST))
        if not _holds(self.keys.last(told["examiner"]), hash_, told["signature"]):
            self.faults.append("the signature over the pack is not that of an examiner of the case")

    def _state(self) -> None:
        """Make the tables of the Case from the entries, in memory, and compare."""
        with rebuild.from_entries(self.entries, self._report) as rebuilt:
            self._evidence(
                {source.id: (source.files, source.manifest) for source in case_rows.sources(rebuilt)}
            )
            names = names_from(self.read(pack_format.VOCABULARY))
            for path, rows in expected_rows(rebuilt, names, self.photos).items():
                self._compare(path, rows)

    def _evidence(self, seals: Mapping[str, tuple[int, str]]) -> None:
        rows = self._table(pack_format.FILES)
        lines: dict[str, list[bytes]] = {source: [] for source in seals}
        for row in rows:
            sealed = {"yes": True, "no": False}[row["sealed"]]
            made = f"{row['sha256']} {row['size']} ".encode() + bytes.fromhex(row["path_hex"]) + b"\n"
            lines[row["source"]] += [made] if sealed else []
        for source, (files, manifest) in seals.items():
            if (len(lines[source]), manifest_hash(lines[source])) != (files, manifest or manifest_hash(())):
                self.faults.append(
                    f"the files of the source {printable(source)} are not those that were sealed"
                )
        self.photos = frozenset(row["sha256"] for row in rows) - {UNREAD}

    def _compare(self, path: str, rows: list[dict[str, str]]) -> None:
        there = [pack_format.as_now(row) for row in self._table(path)]
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
            self.faults += [f"{path}: a row {what}: {printable(' | '.join(row))[:300]}" for row in many]

    def _exhibits(self) -> None:
        rows = self._table(pack_format.LOAD_FILE)
        files = {
            path: digest for path, digest in self.hashes.items() if path.startswith(pack_format.EXHIBITS)
        }
        if {row["file"]: row["file_sha256"] for row in rows if row["file"]} != files:
            self.faults.append("the exhibits are not those that the load file names")
        for row in rows:
            is_other = row["copy"] == pack_format.ORIGINAL and row["file_sha256"] != row["sha256"]
            if is_other or row["sha256"] not in self.photos:
                self.faults.append(
                    f"{printable(row['exhibit'])} is no evidence of this case, or another file"
                )

    def _table(self, path: str) -> list[dict[str, str]]:
        content = self.read(path)
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows([head, *rows])
        if text.getvalue().encode("utf-8") != content or any(len(row) != len(set(head)) for row in rows):
            raise ValueError(f"{path} is not written as tables of a pack are")
        return [dict(zip(head, row, strict=True)) for row in rows]

    def _found(self, faults: Iterator[Fault] | list[Fault]) -> None:
        self.faults += [f"{printable(fault.where)}: {fault.what}" for fault in faults]


def _below(folder: str, below: str) -> Iterator[str]:
    for each in os.scandir(os.path.join(folder, below)):
        if each.is_dir(follow_symlinks=False):
            yield from _below(folder, f"{below}{each.name}/")
        else:
            yield below + each.name


def _place(entry: Entry) -> tuple[int, str, str]:
    return entry.tick, entry.author, entry.station


def _holds(public: str, hash_: str, signature: str) -> bool:
    """In a pack a signature has one form: 128 lower-case hexadecimal digits."""
    one_form = len(signature) == 128 and not set(signature) - set("0123456789abcdef")
    return one_form and holds(public, hash_, signature)
