"""The ledger as JSON lines, so that anybody can check its chains and signatures without this program.

A line holds the sealed content of an entry byte for byte in its canonical form, beside the hash of the
entry before, its own hash and its signature. docs/manual/exports.md says what was hashed and signed.
"""

from __future__ import annotations

import json

from reviewer.domain.ledger.entry import ChainSlot, Entry, make_sealed_content, to_canonical_json
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.jobs import JobControl


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    chains: dict[tuple[str, str], Entry] = {}
    with folder.file("ledger.jsonl") as file:
        for done, entry in enumerate(found.iterate_entries_in_order(), start=1):
            control.advance(done, found.entries)
            file.write(format_line(entry))
            chains[entry.chain] = entry
    heads = [
        {"author": last.author, "station": last.station, "seq": last.seq, "hash": last.hash}
        for _chain, last in sorted(chains.items())
    ]
    examiners = [
        {
            "id": examiner.id,
            "name": examiner.name,
            "enrolled_at": examiner.enrolled_at,
            "ed25519_public_key": examiner.key,
        }
        for examiner in found.examiners.values()
    ]
    folder.put("examiners.json", _to_json({"examiners": examiners}))
    folder.put("about.json", _to_json({**found.about_facts(), "chains": heads}))


def format_line(entry: Entry) -> bytes:
    """One line: keys sorted, so `content` stands first, exactly as it was hashed."""
    place = ChainSlot(entry.author, entry.station, entry.seq, entry.prev, entry.tick, entry.seen)
    content = make_sealed_content(place, entry.at, entry.act, entry.subject, entry.body, entry.takes_back)
    told = {"content": content, "prev": entry.prev, "hash": entry.hash, "signature": entry.signature}
    return to_canonical_json(told) + b"\n"


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


FORMAT = ExportFormat(
    "ledger",
    "The ledger",
    "ledger.jsonl (every act, one line each, in the order they were kept: the canonical content that was "
    "hashed, the hash before, its hash, its signature), examiners.json (the public key of each examiner) and "
    "about.json (the head, the last entry of each chain)",
    "what ingest found out about files: the ledger binds these rows by hashes and does not hold them; "
    "no pictures",
    make,
    chooses=False,
)
