"""The ledger as people read it, and the files that could not be used."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.ledger.entry import Entry
from reviewer.domain.photos.case import SourceFile
from reviewer.domain.photos.names_met import NamesMet
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos, taken


def iterate_entries(case: OpenCase) -> Iterator[Entry]:
    """Yield every entry, oldest first."""
    with case.store.read() as connection:
        for _position, entry in ledger.iterate_entries(connection):
            yield entry


def load_last_entries(case: OpenCase, most: int) -> list[Entry]:
    """Return the newest entries, newest first."""
    with case.store.read() as connection:
        return ledger.load_newest(connection, most)


def list_problems(case: OpenCase) -> list[SourceFile]:
    """Every name that could not be used or was left out, and every file that changed since it was
    ingested."""
    with case.store.read() as connection:
        return [*photos.iterate_problem_files(connection), *photos.iterate_changed_files(connection)]


def count_odd_dates(case: OpenCase) -> dict[str, int]:
    """Count the Photos without a date ("none") and those whose date is doubtful ("doubt")."""
    with case.store.read() as connection:
        none = sum(1 for at in taken.load_times_taken(connection).values() if not at)
        return {"none": none, "doubt": len(taken.find_doubtful_photos(connection))}


def load_sources_by_id(case: OpenCase) -> dict[str, str]:
    """Return the folder of each Source, as text, by its id."""
    with case.store.read() as connection:
        return {source.id: source.path for source in case_rows.load_sources(connection)}


def count_names_by_source(case: OpenCase) -> dict[str, NamesMet]:
    """Count the names met in each Source (by id), in their order."""
    with case.store.read() as connection:
        return {
            source.id: photos.count_names_met(connection, source.id)
            for source in case_rows.load_sources(connection)
        }
