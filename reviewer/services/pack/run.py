"""Making a court pack: written under another name, checked whole, named, noted in the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import reviewer
from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import ACTS_ABOUT_KEYS
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.names import make_portable_name, make_printable
from reviewer.domain.search.query import format_query, parse_query
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.case.made import record_made
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.time_stamps import load_stamps_from
from reviewer.services.export.choice import ExportChoice as Asked
from reviewer.services.export.contents import Contents
from reviewer.services.export.contents import open_contents as contents_of
from reviewer.services.jobs import JobControl
from reviewer.services.pack import contents
from reviewer.services.pack.bag import Bag
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.definitions import state_definitions
from reviewer.services.pack.exhibits import Redactor, make_load_files, put_exhibits
from reviewer.services.pack.method import MethodFacts, StampFacts, list_stated_keys, make_method_statement
from reviewer.services.pictures.redacted_copy import make_redacted_copy
from reviewer.services.search import search
from reviewer.storage import ledger
from reviewer.storage.search import search as storage_search
from reviewer.storage.shared import redactions
from reviewer.storage.store import Connection
from reviewer.system.clock import format_timestamp
from reviewer.system.files import finish_folder, name_unfinished
from reviewer.system.identity import NOT_KNOWN, find_identity

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
LONGEST_FILE_NAME = 80


RedactorFactory = Callable[[Connection], Redactor]
"""From the state that a pack holds to what makes its redacted copies."""


@dataclass(frozen=True)
class PackRequest:
    """What is wanted beyond what every pack holds.

    `query` chooses the exhibits ("" is every Photo, None no exhibit); their files are put in as `originals`,
    as `redact` makes them, or both: then each original that has areas to redact has a twin.
    `reports` are (file name, content). `entries` says as of which entry of the ledger, None as it stands.
    """

    query: str | None = None
    originals: bool = False
    redact: RedactorFactory | None = None
    confidentiality: str = "confidential"
    reports: tuple[tuple[str, bytes], ...] = field(default=())
    entries: int | None = None

    @property
    def copies(self) -> str:
        if self.originals:
            return pack_format.ORIGINAL if self.redact is None else pack_format.ORIGINAL_AND_REDACTED
        return pack_format.REDACTED if self.redact is not None else pack_format.NOT_INCLUDED


def make_redactor_factory(case: OpenCase, pool: DecoderPool) -> RedactorFactory:
    """Return what makes redacted copies in the state of the pack, of Photos with areas to redact. Others get
    none: whether there is nothing to redact on them, or nobody has looked, is not known."""

    def redact_as_of(connection: Connection) -> Redactor:
        areas = redactions.load_redactions(connection)

        def redact(photo: str) -> bytes | None:
            return make_redacted_copy(case, pool, photo, areas[photo]).content if photo in areas else None

        return redact

    return redact_as_of


@dataclass(frozen=True)
class Pack:
    """Where it lies, what ledger it holds, and the SHA-256 of its tag manifest, which stands for all."""

    folder: Path
    entries: int
    head: str
    exhibits: int
    sha256: str


def make_pack(
    case: OpenCase, author: str, out: Path, control: JobControl, wish: PackRequest | None = None
) -> Pack:
    """Make a pack in the folder `out`, which must be new or empty, and note it in the ledger.

    KnownError if it cannot be made, or does not hold when it is checked; nothing half-made keeps its name.
    """
    wish = wish or PackRequest()
    case.require_writable()  # for reading only there is nobody to sign it, and no act that could say it left
    _check_request(wish)
    _check_destination(case, out)
    with finish_folder(out, partial(_make_write_error, out)) as unfinished:
        state_definitions(case, author)
        made = _fill_bag(case, author, out, Bag(unfinished), wish, control)
        _check_made(unfinished, control)
    record_made(case, author, _make_entry_body(made, wish), out)
    return made


def _make_write_error(out: Path, error: OSError) -> KnownError:
    shown = make_printable(str(out))
    return KnownError(
        f"The pack could not be written to {shown}: {error.strerror}.",
        "Is there room on the drive?",
        code="pack",
    )


def _fill_bag(
    case: OpenCase, author: str, out: Path, bag: Bag, wish: PackRequest, control: JobControl
) -> Pack:
    """Fill the bag from one state of the Case; the ledger then states what is in it, and goes in last."""
    with contents_of(case, author, control, Asked(entries=wish.entries), with_notes=True) as found:
        _check_signer(case, author, found)
        contents.put_tables(bag, found, control)
        contents.put_keys(bag, found)
        facts = _put_rest(case, author, bag, found, wish, control)
        entries = found.entries
        if facts.later:
            contents.put_ledger(bag, found.connection, entries, control)
    if facts.later:
        stated = case.record(Draft(acts.PACK_STATED, case.id, _make_stated_body(bag, facts)), author)
        bag.add(pack_format.STATED, (pack_format.entry_to_line(stated),))
    else:
        facts, entries = _put_stated_ledger(case, author, bag, facts, control)
    bag.add(pack_format.METHOD, (make_method_statement(facts),))
    told = pack_format.format_head_lines(case.id, entries, facts.head)
    sha256 = bag.close([*_make_bag_info(facts), *told], lambda hash_: _sign_hash(case, author, hash_))
    return Pack(out, entries, facts.head, facts.exhibits, sha256)


def _put_stated_ledger(
    case: OpenCase, author: str, bag: Bag, facts: MethodFacts, control: JobControl
) -> tuple[MethodFacts, int]:
    """Record what the pack holds, and put in the ledger with that act as its last; facts and size by then.

    Who reads on while the pack is made writes acts that come before this one and are in no table.
    """
    stated = case.record(Draft(acts.PACK_STATED, case.id, _make_stated_body(bag, facts)), author)
    with case.store.read() as connection:
        entries = ledger.find_position(connection, stated.hash)
        head = ledger.compute_head_at(connection, entries)
        contents.put_ledger(bag, connection, entries, control)
    return replace(facts, head=head), entries


def _make_stated_body(bag: Bag, facts: MethodFacts) -> dict[str, object]:
    """Exhibits are not named here: the load file names them, with their hashes. Nor is the ledger, of which
    this is the last entry or comes after it."""
    files = {path: sha256 for path, sha256 in bag.hashes.items() if not path.startswith(pack_format.EXHIBITS)}
    files.pop(pack_format.LEDGER, None)
    method = make_method_statement(replace(facts, head=""))
    files[pack_format.METHOD] = pack_format.compute_method_hash(method, "")
    query = {} if facts.query is None else {"query": facts.query}
    later = {"later": facts.later} if facts.later else {}
    return {"entries": facts.tables, "files": files, "copies": facts.copies, **query, **later}


def _check_signer(case: OpenCase, author: str, found: Contents) -> None:
    """The pack is signed with a key that its own ledger states, or no checker can take it for sound."""
    there = found.examiners.get(author)
    if there is None or not there.key:
        name = next(examiner.name for examiner in case.examiners() if examiner.id == author)
        raise KnownError(
            f"{make_printable(name)} had no key in this case after "
            f"entry {found.entries:,} and cannot sign a pack "
            "of that state.",
            "Name a later entry, or have an examiner make it who was there.",
            code="pack",
        )


def _put_rest(
    case: OpenCase, author: str, bag: Bag, found: Contents, wish: PackRequest, control: JobControl
) -> MethodFacts:
    """Put in the rest of the Case; return what the method statement says about it."""
    connection = found.connection
    contents.put_photographs(bag, connection)
    files, unsealed = contents.put_evidence(bag, connection, control)
    contents.put_definitions(bag)
    for name, content in sorted(wish.reports):
        bag.add(pack_format.REPORTS + name, (content,))
    query, chosen = _find_exhibits(case, connection, author, wish)
    redact = wish.redact(connection) if wish.redact is not None else None
    exhibits = put_exhibits(bag, connection, chosen, wish.originals, redact, control)
    for name, content in make_load_files(exhibits, wish.confidentiality).items():
        bag.add(name, (content,))
    who = find_identity()
    return MethodFacts(
        program_files=who.program,
        libraries=who.libraries or NOT_KNOWN,
        system=who.place,
        case=case.name,
        case_id=case.id,
        examiner=next(examiner.name for examiner in case.examiners() if examiner.id == author),
        made_at=format_timestamp(case.clock()),
        tables=found.entries,
        head=found.head,
        later=case.count_entries() - found.entries if wish.entries is not None else 0,
        vocabulary=case.vocabulary.version,
        files=files,
        unsealed=unsealed,
        query=query,
        exhibits=sum(not exhibit.is_twin for exhibit in exhibits),
        copies=wish.copies,
        stamps=[
            StampFacts(stamp.entries, stamp.time, stamp.authority) for stamp in load_stamps_from(connection)
        ],
        keys=list_stated_keys(ledger.load_entries_of_acts(connection, ACTS_ABOUT_KEYS)),
    )


def _find_exhibits(
    case: OpenCase, connection: Connection, author: str, wish: PackRequest
) -> tuple[str | None, tuple[str, ...]]:
    """The query in canonical form and the Photos it finds, of the same state as everything else."""
    if wish.query is None:
        return None, ()
    node = parse_query(wish.query, case.vocabulary)
    found = storage_search.find_photos(connection, search.resolve_lists(connection, case, node), author)
    return format_query(node), found.photos


def _make_bag_info(facts: MethodFacts) -> tuple[str, ...]:
    return (
        f"Bag-Software-Agent: reviewer {reviewer.__version__}",
        f"Bagging-Date: {facts.made_at[:10]}",
        f"Pack-Format: {pack_format.PACK_FORMAT}",
    )


def _sign_hash(case: OpenCase, author: str, hash_: str) -> bytes:
    return to_canonical_json({"examiner": author, "signature": case.keys.sign(author, hash_)}) + b"\n"


def _check_made(folder: Path, control: JobControl) -> None:
    """A pack that does not hold is not handed out: the case is then not what it should be."""
    verdict = check_pack(folder, control)
    if not verdict.sound:
        raise KnownError(
            f"The pack that was made does not hold: {verdict.faults[0]}.",
            "Verify the case first.",
            code="pack",
        )


def _check_request(wish: PackRequest) -> None:
    if wish.copies != pack_format.NOT_INCLUDED and wish.query is None:
        raise KnownError(
            "Files of which photographs?", 'Add --query; --query "" is all of them.', code="usage"
        )
    names = [name.casefold() for name, _content in wish.reports]
    for name in names:
        if (
            len(name) > LONGEST_FILE_NAME
            or not _SAFE_NAME.fullmatch(name)
            or make_portable_name(name) != name
        ):
            raise KnownError(
                f"{make_printable(name)} cannot be the name of a file in a pack.",
                "Use letters, digits, - and _.",
                code="bad-name",
            )
    if len(set(names)) < len(names):
        raise KnownError("Two reports have the same name.", code="bad-name")


def _check_destination(case: OpenCase, out: Path) -> None:
    shown = make_printable(str(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KnownError(f"{shown} exists and is not empty.", "Name a new folder.", code="out-exists")
    unfinished = name_unfinished(out)
    if unfinished.exists():
        raise KnownError(
            f"{make_printable(str(unfinished))} is there from a pack that was cut off.",
            "Delete it, or name another folder.",
            code="out-exists",
        )
    if out.resolve().is_relative_to(case.folder.resolve()):
        raise KnownError("A pack cannot lie inside the case.", code="out-exists")


def _make_entry_body(made: Pack, wish: PackRequest) -> dict[str, object]:
    as_of = {} if wish.entries is None else {"as_of": wish.entries}
    return {
        "format": "pack",
        "files": {pack_format.TAG_MANIFEST: made.sha256},
        "entries": made.entries,
        "head": made.head,
        "exhibits": made.exhibits,
        "copies": wish.copies,
        "query": "" if wish.query is None else wish.query,
        **as_of,
    }
