"""What goes into a pack besides exhibits: ledger, keys, vocabulary, lists of evidence, tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from reviewer.domain.evidence import pack_format
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.formats import csv_tables
from reviewer.services.jobs import JobControl
from reviewer.services.pack.bag import Bag
from reviewer.services.pack.definitions import make_definitions
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows, evidence_rows
from reviewer.storage.evidence.evidence_rows import EvidenceRow
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection


def put_tables(bag: Bag, found: Contents, control: JobControl) -> None:
    """The files of the CSV export."""
    folder = ExportFolder(bag.folder / pack_format.TABLES)
    csv_tables.make(found, folder, control)
    bag.adopt(pack_format.TABLES, folder)


def put_ledger(bag: Bag, connection: Connection, entries: int, control: JobControl) -> None:
    """The first `entries` of the ledger."""

    def lines() -> Iterator[bytes]:
        for done, (_position, entry) in enumerate(islice(ledger.iterate_entries(connection), entries), 1):
            control.advance(done, entries)
            yield pack_format.entry_to_line(entry)

    bag.add(pack_format.LEDGER, lines())


def put_keys(bag: Bag, found: Contents) -> None:
    """The keys of the examiners that the ledger states."""
    keys = pack_format.StatedKeys()
    for entry in found.iterate_entries_in_order():
        keys.note_entry(entry)
    bag.add(pack_format.KEYS, (keys.format_content(),))


def put_photographs(bag: Bag, connection: Connection) -> None:
    """Category, Individual and near-duplicates of each Photo that has one of them."""
    rows = (
        (photo, *facts)
        for photo, facts in sorted(shared_rows.load_assignments(connection).items())
        if any(facts)
    )
    bag.add(pack_format.PHOTOGRAPHS, _to_csv([pack_format.PHOTOGRAPH_COLUMNS, *rows]))


def put_evidence(bag: Bag, connection: Connection, control: JobControl) -> tuple[int, int]:
    """Put in the lists of files; return how many files there are, and how many no seal covers."""
    through = {source.id: source.through for source in case_rows.load_sources(connection)}
    total, unsealed = evidence_rows.count_evidence_rows(connection), 0
    rows: list[tuple[str, ...]] = [pack_format.FILE_COLUMNS]
    for number, source in enumerate(evidence_rows.list_sources_added(connection), start=1):
        found: list[EvidenceRow] = []
        for row in evidence_rows.iterate_evidence_rows(connection, source, through[source]):
            control.check()
            found.append(row)
            unsealed += not row.sealed
            sealed = "yes" if row.sealed else "no"
            rows.append((source, row.sha256, str(row.size), row.path.hex(), sealed))
        read = [row for row in found if row.was_read and row.stands]
        bag.add(
            f"data/evidence/source-{number}.sha256",
            (pack_format.format_checksum_line(r.sha256, r.path) for r in read),
        )
        deep = (pack_format.format_hashdeep_line(row.sha256, row.size, row.path) for row in read)
        bag.add(f"data/evidence/source-{number}.hashdeep.txt", (pack_format.HASHDEEP_HEADER, *deep))
        control.progress(len(rows) - 1, total)
    bag.add(pack_format.FILES, _to_csv(rows))
    return total, unsealed


def put_definitions(bag: Bag) -> None:
    """Put in what is the same in every pack of this program."""
    for path, content in make_definitions().items():
        bag.add(path, (content,))


def _to_csv(rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """UTF-8, commas, CR LF (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    yield text.getvalue().encode("utf-8")
