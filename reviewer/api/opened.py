"""An open case for scripts: it reads one moment of the case, and has no way to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from os import PathLike
from pathlib import Path

from reviewer.api.made import to_figures, to_individual, to_photograph, to_reading
from reviewer.api.plain import Examiner, Figures, Finding, Individual, Photograph, Reading
from reviewer.domain.errors import KnownError
from reviewer.services.case.opening import open_case as open_for_program
from reviewer.services.case.snapshot import Snapshot, open_snapshot
from reviewer.services.case.whole_snapshot import LocatedPhoto, WholeCase, make_whole_case
from reviewer.services.counting.run import count_case
from reviewer.services.jobs import JobControl
from reviewer.services.search import search


class Case:
    """A case at one moment, for reading. Close it, or use it in a `with` block; for one thread.

    `entries` and `head` say which moment: what the case holds does not change while it is open here, whatever
    is recorded meanwhile.
    """

    def __init__(self, moment: Snapshot, within: ExitStack, acting: str) -> None:
        self._snapshot, self._exit_stack, self._acting = moment, within, acting
        self._is_open = True

    @property
    def name(self) -> str:
        return self._snapshot.name

    @property
    def entries(self) -> int:
        """How many acts the ledger holds."""
        return self._snapshot.entries

    @property
    def head(self) -> str:
        """The fingerprint of the ledger, 64 hexadecimal digits."""
        return self._snapshot.head

    @property
    def vocabulary(self) -> str:
        """The version of the vocabulary that terms are named by."""
        return self._snapshot.vocabulary.version

    def examiners(self) -> list[Examiner]:
        """Everybody who ever belonged to the case."""
        return [Examiner(person.id, person.name) for person in self._snapshot.examiners]

    def find(self, query: str, *, examiner: str | None = None) -> list[str]:
        """The SHA-256 of the photographs that a query finds, in the order of ingest.

        Of findings, notes and states it asks those of `examiner` (a name or an id); with None those of all.
        KnownError says in which column a query makes no sense, or that nobody is called so.
        """
        whose = self._find_examiner_id(examiner) if examiner is not None else None
        return list(search.find_photos(self._require_open(), query, whose).photos)

    def photographs(self, query: str = "", *, examiner: str | None = None) -> Iterator[Photograph]:
        """Every photograph in the order of ingest, read or not; with a query only those that `find` finds."""
        return (to_photograph(photo) for photo in self._iterate_photos(query, examiner))

    def individuals(self) -> list[Individual]:
        """List everyone accepted as a person; merged individuals are one."""
        return [to_individual(individual) for individual in self._whole_case().list_individuals()]

    def readings(self, query: str = "", *, examiner: str | None = None) -> Iterator[Reading]:
        """Every reading, photograph by photograph in the order of ingest; with `examiner` only theirs."""
        wanted = self._find_examiner_id(examiner) if examiner is not None else ""
        names = {person.id: person.name for person in self._snapshot.examiners}
        for placed in self._iterate_photos(query, examiner):
            for reading in placed.whole.readings:
                if wanted in {"", reading.examiner}:
                    yield to_reading(reading, names.get(reading.examiner, ""), self._snapshot.vocabulary)

    def findings(self, query: str = "", *, examiner: str | None = None) -> Iterator[Finding]:
        """Every finding of these readings, also those that do not count: see their fields."""
        for reading in self.readings(query, examiner=examiner):
            yield from reading.findings

    def figures(self, query: str = "", *, examiner: str | None = None) -> Figures:
        """Count what one examiner read, by docs/rules.md: the same figures as on screen and in reports.

        `examiner` (a name or an id) may be left out if the case has one, or was opened with the passphrase of
        one. KnownError as for `find`.
        """
        moment = self._require_open()
        return to_figures(count_case(moment, query, [self._find_examiner_id(examiner)], JobControl()))

    def close(self) -> None:
        """Close the case and forget its keys; what it returned stays valid."""
        self._is_open = False
        self._exit_stack.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _require_open(self) -> Snapshot:
        if not self._is_open:
            raise KnownError("This case was closed.", "Open it again with open_case.", code="closed")
        return self._snapshot

    def _whole_case(self) -> WholeCase:
        return make_whole_case(self._require_open())

    def _iterate_photos(self, query: str, examiner: str | None) -> Iterator[LocatedPhoto]:
        found = set(self.find(query, examiner=examiner)) if query.strip() else None
        for photo in self._whole_case().iterate_photos():
            if found is None or photo.whole.photo.sha256 in found:
                yield photo
            self._require_open()

    def _find_examiner_id(self, examiner: str | None) -> str:
        people = self._snapshot.examiners
        if examiner is None and (self._acting or len(people) == 1):
            return self._acting or people[0].id
        names = ", ".join(person.name for person in people)
        if examiner is None:
            raise KnownError("Whose readings are to be counted?", f"Name one of: {names}.", code="who")
        for person in people:
            if examiner == person.id or examiner.casefold() == person.name.casefold():
                return person.id
        raise KnownError(f"This case has no examiner {examiner}.", f"It has: {names}.", code="who")


def open_case(
    folder: str | PathLike[str], passphrase: str | None = None, *, as_of: int | None = None
) -> Case:
    """Open the case in `folder` for reading only; with a passphrase, or the recovery key, if it is encrypted.

    It may be open in the window at the same time. With `as_of` it is as it was after so many entries of its
    ledger. KnownError (and its children in `reviewer.domain.errors`) says in a sentence why it cannot be
    opened: NeedsPassphrase, WrongPassphrase, CaseUnusable, KeysDamaged, LedgerDamaged. A case of an earlier
    format is not carried over here, since that writes.
    """
    opened = open_for_program(Path(folder), passphrase, read_only=True, untouched=True)
    within = ExitStack()
    within.callback(opened.close)
    try:
        moment = within.enter_context(open_snapshot(opened, JobControl(), as_of))
    except BaseException:
        within.close()
        raise
    return Case(moment, within, opened.keys.examiner)
