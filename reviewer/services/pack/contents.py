"""What goes into a pack besides exhibits: ledger, keys, vocabulary, lists of evidence, tables."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from reviewer.domain.evidence import pack_format
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.formats import csv_tables
from reviewer.services.jobs import JobControl
from reviewer.services.pack.bag import Bag
from reviewer.storage.evidence import case_rows, evidence_rows
from reviewer.storage.evidence.evidence_rows import EvidenceRow
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection
from reviewer.system.resources import find_resource


def put_tables(bag: Bag, found: Contents, control: JobControl) -> None:
    """The files of the CSV export."""
    folder = ExportFolder(bag.folder / pack_format.TABLES)
    csv_tables.make(found, folder, control)
    bag.adopt(pack_format.TABLES, folder)


def put_ledger(bag: Bag, found: Contents, control: JobControl) -> pack_format.StatedKeys:
    """Every entry up to that moment, and the keys that they state."""
    keys = pack_format.StatedKeys()

    def lines() -> Iterator[bytes]:
        for done, entry in enumerate(found.iterate_entries_in_order(), start=1):
            control.advance(done, found.entries)
            keys.note_entry(entry)
            yield pack_format.entry_to_line(entry)

    bag.add(pack_format.LEDGER, lines())
    bag.add(pack_format.KEYS, (keys.format_content(),))
    return keys


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


def put_vocabulary(bag: Bag, vocabulary: Vocabulary) -> None:
    """The names of terms and regions, and the files of the vocabulary as they are."""
    body: dict[str, Any] = {
        "version": vocabulary.version,
        "term_names": {term.key: term.name for term in vocabulary.terms},
        "region_names": {region.key: region.name for region in vocabulary.regions},
    }
    for name in ("terms", "regions", "scales", "views", "lists", "description"):
        body[name] = tomllib.loads(find_resource("vocabulary", f"{name}.toml").read_text(encoding="utf-8"))
    body["earlier"] = {
        earlier.version: {key: [term.name, term.definition] for key, term in earlier.terms.items()}
        for earlier in vocabulary.earlier
    }
    written = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    bag.add(pack_format.VOCABULARY, (written.encode("utf-8"),))


def put_checker_and_format(bag: Bag) -> None:
    """Put in the checker, and the page that describes the format."""
    bag.add(pack_format.CHECKER, (find_resource("pack", "verify.py").read_bytes(),))
    bag.add(pack_format.FORMAT_PAGE, (find_resource("pack", "FORMAT.md").read_bytes(),))


def _to_csv(rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """UTF-8, commas, CR LF (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    yield text.getvalue().encode("utf-8")
