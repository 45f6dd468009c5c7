"""What the gallery can be narrowed by, counted anew when the query or what is saved changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewer.domain.errors import KnownError
from reviewer.domain.search.facets import Facet, QueryPart, split_in_parts
from reviewer.services.events import Event
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.reading.reader import Reader
from reviewer.services.search.facets import Facets, choose_in_query, load_facets, toggle_in_query


class FacetCounter:
    """Counts in a job; `on_counted` is told the newest answer, `on_message` a sentence on what went wrong.

    `wanted` are the facets that are unfolded: others are not counted.
    """

    def __init__(self, reader: Reader, post: Post) -> None:
        self._reader, self._post = reader, post
        self._case, self._examiner = reader.desk.case, reader.desk.examiner.id
        self._counting = LatestJob(self._case.jobs)
        self.wanted: Collection[Facet] = tuple(Facet)
        self.query = ""
        self.on_counted: Event[Facets] = Event()
        self.on_message: Event[str] = Event()

    def count(self, query: str) -> None:
        """Count the facets of a query; an answer to an earlier one never arrives."""
        self.query = query
        wanted, masked = tuple(self.wanted), self._reader.worklist.rules.masked
        self._counting.start(
            "facets",
            lambda control: load_facets(
                self._case, query, self._examiner, masked=masked, wanted=wanted, check=control.check
            ),
            self._post,
            on_done=self.on_counted.emit,
            on_failed=self._say_error,
        )

    def toggle(self, facet: Facet, value: str) -> str:
        """Return the query with a value added, or taken out."""
        return toggle_in_query(self._case, self.query, facet, value)

    def choose(self, facet: Facet, values: Sequence[str]) -> str:
        """Return the query with exactly these values of a facet."""
        return choose_in_query(self._case, self.query, facet, values)

    def list_parts(self) -> tuple[QueryPart, ...]:
        """Return the conditions of the query, each with what is left without it."""
        return split_in_parts(self.query, self._case.vocabulary)

    def close(self) -> None:
        """Drop what is under way."""
        self._counting.drop()

    def _say_error(self, error: KnownError) -> None:
        self.on_message.emit(str(error))
