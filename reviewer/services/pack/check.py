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
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import reviewer
from reviewer.domain.acts import acts
from reviewer.domain.acts.roles import RoleHistory
from reviewer.domain.acts.signatures import SignatureCheck
from reviewer.domain.acts.stamps import StampCheck
from reviewer.domain.acts.times import TimeCheck
from reviewer.domain.errors import KnownError, LedgerDamaged
from reviewer.domain.evidence import pack_format
from reviewer.domain.evidence.manifest import UNREAD_HASH, compute_manifest_hash
from reviewer.domain.ledger.entry import Entry, LedgerFault, check_chains, compute_head_hash
from reviewer.domain.names import make_printable
from reviewer.domain.plain_json import parse_untrusted_json
from reviewer.keys.signing import is_signature_valid
from reviewer.keys.time_stamps import read_token
from reviewer.services.jobs import JobControl
from reviewer.services.pack import bound, following
from reviewer.services.pack.definitions import make_definitions
from reviewer.services.pack.rows import ExpectedScope, TableRows, bring_near, make_expected_rows, parse_names
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos.seen_elsewhere import load_files_seen_elsewhere
from reviewer.storage.replay import rebuild
from reviewer.storage.shared import redactions
from reviewer.storage.store import Connection, DatabaseFault
from reviewer.system.files import read_at_most

MOST_FAULTS = 1000
LARGEST_FILE = 1 << 30
"""Bytes of a file that is read; exhibits are only hashed."""
_BLOCK = 1 << 20
_AGENT = "Bag-Software-Agent: "
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
    """`faults` are sentences; none if the pack is sound. `sha256` is that of its tag manifest. `later` is how
    many entries had followed when it was made, 0 unless it is of an earlier state."""

    entries: int
    head: str
    sha256: str
    faults: tuple[str, ...]
    later: int = 0

    @property
    def sound(self) -> bool:
        return not self.faults


def check_pack(folder: Path, control: JobControl | None = None) -> PackVerdict:
    """Check everything that docs/pack-format.md asks for; KnownError if this is no pack of that format."""
    checked = _PackChecker(folder, control or JobControl())
    try:
        checked.hash_files()
        if checked.format > max(pack_format.KNOWN_FORMATS):
            raise _make_newer_error(folder, checked.format)
        if checked.format not in pack_format.KNOWN_FORMATS:
            raise _make_no_pack_error(folder)
        checked.check_all()
    except OSError as error:
        raise KnownError(
            f"The pack in {make_printable(str(folder))} cannot be read: {error.strerror}.", code="no-pack"
        ) from error
    entries = len(checked.entries)
    sha256 = checked.hashes.get(pack_format.TAG_MANIFEST, "")
    return PackVerdict(entries, checked.head, sha256, tuple(checked.faults[:MOST_FAULTS]), checked.later)


def _make_newer_error(folder: Path, format_: int) -> KnownError:
    return KnownError(
        f"The court pack in {make_printable(str(folder))} was made by a newer version of the program "
        f"(pack format {format_}; this program knows {max(pack_format.KNOWN_FORMATS)}).",
        "Check it with the newer version, or with the verify.py of whoever vouches for it.",
        code="pack-newer",
    )


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
    stated: Entry | None = None
    later: int = 0
    signer: str = ""
    vocabulary: str = ""
    files: int = 0
    unsealed: int = 0
    photos: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()
    places: dict[str, set[bytes]] = field(default_factory=dict)
    photographs: dict[str, dict[str, str]] = field(default_factory=dict)
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

    @property
    def format(self) -> int:
        """The number that the bag says of its format, 0 if it says none or several."""
        told = [line.removeprefix("Pack-Format: ") for line in self.info if line.startswith("Pack-Format: ")]
        return int(told[0]) if len(told) == 1 and told[0].isdecimal() else 0

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
        if self.format > 1:
            self._run_check(self._find_statement)
        self._run_check(self._check_tables)
        self._run_check(self._check_exhibits)
        if self.stated:
            self._run_check(partial(self._check_bound, self.stated))
            self._run_check(partial(self._check_method, self.stated))

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
        if self.format == 1 and any(entry.seen for entry in entries):
            raise ValueError("entries of a later format than that of the pack")
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
        check, times, stamps = SignatureCheck(_is_valid_signature), TimeCheck(), StampCheck(read_token)
        checks = check.check_entry, times.check_entry, stamps.check_entry, RoleHistory().note_entry
        for entry in self._iterate_with_progress():
            self._add_faults(chain.from_iterable(check_entry(entry) for check_entry in checks))
            self.keys.note_entry(entry)
        self._add_faults(chain(check.find_entries_without_key(), stamps.find_faults()))
        for author in sorted({entry.author for entry in self.entries}):
            if not self.keys.has_examiner(author):
                self.faults.append(f"the author {make_printable(author)} was never enrolled")
        if self.read(pack_format.KEYS) != self.keys.format_content():
            self.faults.append("the keys are not those that the ledger states")

    def _check_pack_signature(self) -> None:
        content = self.read(pack_format.SIGNATURE)
        told = pack_format.parse_canonical_json(content.removesuffix(b"\n"))
        self.signer = str(told["examiner"])
        hash_ = pack_format.compute_pack_hash(self.read(pack_format.TAG_MANIFEST))
        if not _is_valid_signature(self.keys.find_last(told["examiner"]), hash_, told["signature"]):
            self.faults.append("the signature over the pack is not that of an examiner of the case")

    def _find_statement(self) -> None:
        """Find the entry that states what the pack holds: the last of its ledger or, in a pack of an earlier
        state, one that came later and lies in a file of its own."""
        if pack_format.STATED not in self.hashes:
            found = self.entries[-1]
        else:
            found = pack_format.entry_from_line(self.read(pack_format.STATED).removesuffix(b"\n"))
            key = self.keys.find_last(found.author)
            is_signed = partial(_is_valid_signature, key)
            self.faults += bound.find_later_statement_faults(found, self.entries, is_signed)
            self.later = found.body["later"]
        if found.act != acts.PACK_STATED:
            raise ValueError("no act states what the pack holds")
        self.stated = found

    def _list_first_entries(self) -> list[Entry]:
        """The entries that tables, lists of evidence and exhibits are made from."""
        return self.entries[: self.stated.body["entries"]] if self.stated else self.entries

    def _check_tables(self) -> None:
        """Make the tables of the Case from the entries, in memory, and compare."""
        with rebuild.open_tables_from_entries(self._list_first_entries(), self._advance) as rebuilt:
            self._check_evidence(
                {source.id: (source.files, source.manifest) for source in case_rows.load_sources(rebuilt)}
            )
            self.redacted = frozenset(redactions.load_redactions(rebuilt))
            names = parse_names(self.read(pack_format.VOCABULARY))
            self.vocabulary = names.version
            told = [] if self.format == 1 else self._read_table(f"{pack_format.TABLES}photographs.csv")
            self.photographs = {row["photo_sha256"]: row for row in told}
            scope = ExpectedScope(self.photos, self.photographs, self.format, self._is_of_this_program())
            rows = make_expected_rows(rebuilt, names, scope)
            for path, expected in rows.items():
                self._compare_table(path, expected)
            if self.format > 1:
                self._check_following(rebuilt)

    def _check_evidence(self, seals: Mapping[str, tuple[int, str]]) -> None:
        rows = self._read_table(pack_format.FILES)
        lines: dict[str, list[bytes]] = {source: [] for source in seals}
        for row in rows:
            sealed, path = {"yes": True, "no": False}[row["sealed"]], bytes.fromhex(row["path_hex"])
            made = f"{row['sha256']} {row['size']} ".encode() + path + b"\n"
            lines[row["source"]] += [made] if sealed else []
            self.places.setdefault(row["sha256"], set()).add(path)
            self.unsealed += not sealed
        for source, (files, manifest) in seals.items():
            if (len(lines[source]), compute_manifest_hash(lines[source])) != (
                files,
                manifest or compute_manifest_hash(()),
            ):
                self.faults.append(
                    f"the files of the source {make_printable(source)} are not those that were sealed"
                )
        self.files = len(rows)
        self.photos = frozenset(row["sha256"] for row in rows) - {UNREAD_HASH}

    def _compare_table(self, path: str, rows: list[dict[str, str]]) -> None:
        there = self._read_table(path)
        if self.format == 1:
            there = [pack_format.upgrade_row(row) for row in there]
        elif path.endswith("/measurements.csv"):
            bring_near(there, rows)
        if not rows and not there:
            return
        columns = list(rows[0]) if rows else list(there[0])
        if self.format == 1 and _is_before_accounts(there, rows):
            columns = [column for column in columns if column != pack_format.ALLEGED_BY]
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

    def _check_bound(self, stated: Entry) -> None:
        """What packs of the first format do not have: each file is stated, or follows."""
        self.faults += bound.find_statement_faults(
            stated,
            self.entries,
            self.hashes,
            pack_format.compute_method_hash(self.read(pack_format.METHOD), self.head),
        )
        columns, names = self._read_table(pack_format.COLUMNS), self._list_tables()
        heads = {name: self._read_lines(pack_format.TABLES + name)[0] for name in names}
        self.faults += bound.find_column_faults(columns, heads)
        rows = {name: self._read_table(pack_format.TABLES + name) for name in names}
        self.faults += bound.find_differing_file_facts(rows)

    def _check_following(self, rebuilt: Connection) -> None:
        """What follows from the ledger and the list of files besides what is replayed."""
        rows = {name: self._read_table(pack_format.TABLES + name) for name in self._list_tables()}
        names = {examiner.id: examiner.name for examiner in case_rows.load_examiners(rebuilt)}
        listed = following.ListedFiles(self._read_table(pack_format.FILES), rebuilt)
        problems, photographs = rows["problems.csv"], rows["photographs.csv"]
        seen, loaded = load_files_seen_elsewhere(rebuilt), self._read_table(pack_format.LOAD_FILE)
        heads = {path: self._read_lines(path)[0] for path in following.HEADS}
        for faults in (
            following.find_form_faults(heads, self.hashes),
            listed.find_list_faults(self.hashes),
            listed.find_count_faults(photographs, problems),
            listed.find_problem_faults(problems, seen, names),
            listed.find_place_faults(rows),
            following.find_record_row_faults(rebuilt, rows["record_rows.csv"], names),
            following.find_load_file_faults(loaded, photographs, self.hashes),
            following.find_about_faults(rows["about.csv"], self._list_facts(), self.hashes),
            following.find_dictionary_faults(
                self._read_table(pack_format.COLUMNS),
                rows["dictionary.csv"],
                rebuilt,
                parse_untrusted_json(self.read(pack_format.VOCABULARY)),
            ),
        ):
            self._run_check(partial(self.faults.extend, faults))

    def _list_facts(self) -> dict[str, str | int]:
        """What about.csv must say: of the state that the tables are made from."""
        first = self._list_first_entries()
        return {
            "case": first[0].body["name"],
            "case_id": first[0].subject,
            "ledger_head": compute_head_hash(
                (e.author, e.station, e.seq, e.hash) for e in {entry.chain: entry for entry in first}.values()
            ),
            "ledger_entries": len(first),
            "last_entry_at": first[-1].at,
            "program": next((line.removeprefix(_AGENT) for line in self.info if line.startswith(_AGENT)), ""),
            "vocabulary": self.vocabulary,
        }

    def _is_of_this_program(self) -> bool:
        """Whether a program of this version, with these definitions, made the pack: it has the same words."""
        ours = {path: hashlib.sha256(content).hexdigest() for path, content in make_definitions().items()}
        return f"{_AGENT}reviewer {reviewer.__version__}" in self.info and ours.items() <= self.hashes.items()

    def _list_tables(self) -> list[str]:
        """The names of the tables of the export."""
        found = [path for path in sorted(self.hashes) if path.startswith(pack_format.TABLES)]
        return [path.removeprefix(pack_format.TABLES) for path in found]

    def _check_method(self, stated: Entry) -> None:
        """Make the method statement anew, and compare the exhibits with what it says of them."""
        rows, sentences = self._read_table(pack_format.LOAD_FILE), self.read(pack_format.METHOD_SENTENCES)
        facts = bound.PackFacts(
            self.entries[0].body["name"],
            self.keys.find_name(self.signer),
            self.head,
            self.vocabulary,
            self.files,
            self.unsealed,
            len({row["sha256"] for row in rows}),
        )
        method = self.read(pack_format.METHOD).decode("utf-8")
        told = bound.read_method_facts(method, stated, self.entries, facts)
        self.faults += bound.find_method_faults(method, sentences, told, self.info, len(self.entries))
        if stated.author != self.signer:
            self.faults.append("the pack is signed by another examiner than the one who states what it holds")
        ground = bound.ExhibitGround(self.places, self.redacted, self.photographs, self._read_beginning)
        self.faults += bound.find_exhibit_faults(rows, told.query, told.copies, ground)

    def _read_beginning(self, path: str) -> bytes:
        if path not in self.hashes:
            return b""
        with (self.folder / path).open("rb") as file:
            return file.read(8)

    def _read_table(self, path: str) -> list[dict[str, str]]:
        head, rows = self._read_lines(path)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def _read_lines(self, path: str) -> tuple[list[str], list[list[str]]]:
        content = self.read(path)
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows([head, *rows])
        if text.getvalue().encode("utf-8") != content or any(len(row) != len(set(head)) for row in rows):
            raise ValueError(f"{path} is not written as tables of a pack are")
        return head, rows

    def _add_faults(self, faults: Iterator[LedgerFault] | list[LedgerFault]) -> None:
        self.faults += [f"{make_printable(fault.where)}: {fault.what}" for fault in faults]


def _is_before_accounts(there: TableRows, rows: TableRows) -> bool:
    """Whether a table was made before anybody was asked whose account a degree measures."""
    asked = any(row.get(pack_format.ALLEGED_BY) for row in rows)
    return pack_format.ALLEGED_BY not in (there or rows)[0] and not asked


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
