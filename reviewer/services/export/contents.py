"""What exports are made from: one view of the Case, the same from the first file to the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid5

from reviewer import __version__
from reviewer.domain.case import Examiner, Source
from reviewer.domain.names import as_text
from reviewer.domain.vocabulary import Vocabulary
from reviewer.services.jobs import JobControl
from reviewer.services.open_case import OpenCase
from reviewer.storage import case_rows, ledger
from reviewer.storage.store import Connection
from reviewer.storage.terms import made_under_others
from reviewer.storage.whole_photos import FoundAt, WholePhoto, count, whole_photos

_NAMES = UUID("6a1f2c1e-6c0b-5f0e-9d3a-3f4f5f0f9b51")
"""The namespace of the UUIDs (RFC 9562, version 5) by which exported things are named; fixed for ever."""


@dataclass(frozen=True)
class Contents:
    """The Case at one moment. `moment` is when its last entry was made: exports bear no other time, so that
    the same state gives the same bytes."""

    connection: Connection
    vocabulary: Vocabulary
    id: str
    name: str
    entries: int
    head: str
    moment: str
    examiners: dict[str, Examiner]
    sources: dict[str, Source]

    def photos(self, control: JobControl) -> Iterator[WholePhoto]:
        """Every Photo in the order of ingest, read or not; says how far it is and stops when asked to."""
        total = count(self.connection)
        for done, each in enumerate(whole_photos(self.connection), start=1):
            control.check()
            yield each
            control.progress(done, total)

    def examiner_name(self, id_: str) -> str:
        return self.examiners[id_].name if id_ in self.examiners else ""

    def place(self, found: FoundAt) -> tuple[str, str]:
        """The folder of the Source, and the path below it, as text."""
        source = self.sources.get(found.source)
        return source.path if source else "", as_text(found.path)

    def earlier_meanings(self) -> Iterator[str]:
        """What Terms meant under earlier versions that Findings were made under, where it is not the same."""
        for each in made_under_others(self.connection, self.vocabulary.version):
            then = self.vocabulary.meant_then(each.term, each.version)
            if then is not None:
                yield f"{each.term} under vocabulary {each.version}: {then.name}. {then.definition}"

    def facts(self) -> dict[str, str | int]:
        """What every export says of itself."""
        return {
            "case": self.name,
            "case_id": self.id,
            "ledger_head": self.head,
            "ledger_entries": self.entries,
            "last_entry_at": self.moment,
            "program": f"reviewer {__version__}",
            "vocabulary": self.vocabulary.version,
        }

    def uuid(self, kind: str, id_: str) -> str:
        """The UUID of a thing of this Case: the same in every export of it."""
        return str(uuid5(_NAMES, f"{self.id} {kind} {id_}"))


@contextmanager
def contents(case: OpenCase) -> Iterator[Contents]:
    """The Case as it is now; acts that are committed meanwhile are not seen."""
    with case.store.read() as connection:
        entries, head = ledger.size_and_head(connection)
        yield Contents(
            connection,
            case.vocabulary,
            case.id,
            case.name,
            entries,
            head,
            ledger.latest_moment(connection),
            {each.id: each for each in case_rows.examiners(connection)},
            {each.id: each for each in case_rows.sources(connection)},
        )
