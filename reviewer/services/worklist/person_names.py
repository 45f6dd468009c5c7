"""By which numbers the people of a Case go: read once, in one place, for every screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewer.domain.people.individual import NUMBER_FACTS
from reviewer.domain.people.individual_names import follow_mergers, format_numbers
from reviewer.storage.people import people
from reviewer.storage.store import Connection


class PersonNames:
    """The numbers of accepted Individuals, as on their cards: "901-7509 / 119". Those of one that was merged
    into another are the other's, where it has none of its own."""

    def __init__(self) -> None:
        self._stated: dict[str, dict[str, str]] = {}
        self._names: dict[str, str] = {}

    @staticmethod
    def load(connection: Connection, merged: Mapping[str, str]) -> PersonNames:
        """Load the numbers of everybody; for a job."""
        names = PersonNames()
        names._read(connection, None, merged)
        return names

    def note(self, connection: Connection, individuals: Iterable[str], merged: Mapping[str, str]) -> None:
        """Take in what is stated of these Individuals (ids) now."""
        changed = list(individuals)
        for id_ in changed:
            self._stated.pop(id_, None)
        self._read(connection, changed, merged)

    def name_of(self, individual: str) -> str:
        """The numbers of the Individual that stands (an id); "" where none is known."""
        return self._names.get(individual, "")

    def _read(self, connection: Connection, individuals: list[str] | None, merged: Mapping[str, str]) -> None:
        for id_, fact, value in people.load_stated_numbers(connection, _FACTS, individuals):
            self._stated.setdefault(id_, {}).setdefault(fact, value)
        together: dict[str, dict[str, str]] = {}
        for id_ in sorted(self._stated, key=lambda id_: id_ in merged):  # its own numbers come first
            root = together.setdefault(follow_mergers(merged, id_), {})
            for fact, value in self._stated[id_].items():
                root.setdefault(fact, value)
        self._names = {id_: _format_stated(stated) for id_, stated in together.items()}


_FACTS = [str(fact) for fact in NUMBER_FACTS]


def _format_stated(stated: Mapping[str, str]) -> str:
    detainee, branch, examination = (stated.get(fact, "") for fact in _FACTS)
    return format_numbers(branch, detainee, examination)
