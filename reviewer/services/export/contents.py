"""What exports are made from: one view of the Case, the same from the first file to the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID, uuid5

from reviewer import __version__
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import Examiner, Source
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import Snapshot, open_snapshot
from reviewer.services.export.choice import EVERYTHING, ExportChoice, ExportScope, resolve_scope
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.reading.terms import count_findings_under_other_versions
from reviewer.storage.store import Connection
from reviewer.storage.whole_photos import ExportedPhoto, FileLocation, count_photos, iterate_exported_photos

_UUID_NAMESPACE = UUID("6a1f2c1e-6c0b-5f0e-9d3a-3f4f5f0f9b51")
"""The namespace of the UUIDs (RFC 9562, version 5) by which exported things are named; fixed for ever."""


@dataclass(frozen=True)
class Contents:
    """The Case at one moment. `moment` is when its last entry was made: exports bear no other time, so that
    the same state gives the same bytes. `of` is that Snapshot, `scope` what is chosen of it, `author` (an id)
    who exports, `mark` whether CSV files begin with the mark of UTF-8."""

    connection: Connection
    vocabulary: Vocabulary
    id: str
    name: str
    entries: int
    head: str
    moment: str
    examiners: dict[str, Examiner]
    sources: dict[str, Source]
    snapshot: Snapshot
    scope: ExportScope
    author: str = ""
    mark: bool = False

    def photos(self, control: JobControl) -> Iterator[ExportedPhoto]:
        """Yield every chosen Photo in the order of ingest, read or not, with the chosen Readings; reports
        progress and can be cancelled."""
        total = count_photos(self.connection)
        for done, whole in enumerate(iterate_exported_photos(self.connection), start=1):
            control.check()
            if self.scope.has_photo(whole.photo.sha256):
                yield self._keep_chosen_readings(whole)
            control.progress(done, total)

    def _keep_chosen_readings(self, whole: ExportedPhoto) -> ExportedPhoto:
        if not self.scope.examiners:
            return whole
        told = tuple(reading for reading in whole.readings if self.scope.includes_examiner(reading.examiner))
        return replace(whole, readings=told)

    def iterate_entries_in_order(self) -> Iterator[Entry]:
        """Yield the entries of the ledger up to this moment."""
        return (entry for _position, entry in islice(ledger.iterate_entries(self.connection), self.entries))

    def examiner_name(self, id_: str) -> str:
        return self.examiners[id_].name if id_ in self.examiners else ""

    def source_and_path(self, found: FileLocation) -> tuple[str, str]:
        """The folder of the Source, and the path below it, as text."""
        source = self.sources.get(found.source)
        return source.path if source else "", path_to_text(found.path)

    def list_earlier_meanings(self) -> Iterator[str]:
        """Yield what Terms meant under the earlier versions Findings were made under, where it has
        changed."""
        for counted in count_findings_under_other_versions(self.connection, self.vocabulary.version):
            then = self.vocabulary.earlier_meaning(counted.term, counted.version)
            if then is not None:
                yield f"{counted.term} under vocabulary {counted.version}: {then.name}. {then.definition}"

    def about_facts(self) -> dict[str, str | int]:
        """Return the facts every export states about itself."""
        return {
            "case": self.name,
            "case_id": self.id,
            "ledger_head": self.head,
            "ledger_entries": self.entries,
            "last_entry_at": self.moment,
            "program": f"reviewer {__version__}",
            "vocabulary": self.vocabulary.version,
            **dict(self.scope.about_facts({id_: examiner.name for id_, examiner in self.examiners.items()})),
        }

    def uuid(self, kind: str, id_: str) -> str:
        """The UUID of a thing of this Case: the same in every export of it."""
        return str(uuid5(_UUID_NAMESPACE, f"{self.id} {kind} {id_}"))


@contextmanager
def open_contents(
    case: OpenCase,
    author: str,
    control: JobControl,
    wish: ExportChoice = EVERYTHING,
    *,
    with_notes: bool = False,
) -> Iterator[Contents]:
    """Open the chosen contents of the Case at this moment; acts committed later are not seen. `author` (id)
    exports.

    `with_notes`: the notes of earlier exports at the end of the ledger are a part of it. KnownError if there
    is no such entry, QueryError where the query makes no sense.
    """
    then = open_snapshot(case, control, wish.entries, with_notes=with_notes)
    with then as moment, moment.store.read() as connection:
        yield Contents(
            connection,
            moment.vocabulary,
            case.id,
            moment.name,
            moment.entries,
            moment.head,
            moment.at,
            {examiner.id: examiner for examiner in moment.examiners},
            {source.id: source for source in case_rows.load_sources(connection)},
            moment,
            resolve_scope(moment, wish),
            author,
            wish.mark,
        )
