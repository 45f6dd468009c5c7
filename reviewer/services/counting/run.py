"""Counting a Moment: the one way in which figures come about, for screens, reports and exports alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import reviewer
from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Basis, Counted, Excluded, Table, Unit
from reviewer.domain.people.individual import sex_of
from reviewer.domain.people.individual_names import label
from reviewer.domain.search.query import parse, printed
from reviewer.domain.search.selection import choice_of
from reviewer.services.case.reading_rules import rules_while_reading
from reviewer.services.case.snapshot import Moment
from reviewer.services.counting import descriptions, people, photos
from reviewer.services.counting.gathered import Gathered, gathered
from reviewer.services.counting.tallies import Tallies
from reviewer.services.evidence.problems import tally_of
from reviewer.services.jobs import JobControl
from reviewer.services.search import search
from reviewer.services.summary.summaries import Summaries

NOT_WHOLE = (
    "photographs not all read: in no figure of findings, headings, regions and wasting, but in those of what "
    "is stated"
)


def count(moment: Moment, query: str, examiners: Sequence[str], control: JobControl) -> Counted:
    """Count everything; for a job. `examiners` (ids) are those whose Readings count; KnownError without any,
    QueryError where the query makes no sense. A table of which nothing is known is left out."""
    if not examiners:
        raise KnownError("Nobody's readings are to be counted.", "Name an examiner.", code="no-examiner")
    found = gathered(moment, query, examiners)
    control.check()
    tallies = Tallies(moment.vocabulary)
    summaries = Summaries(moment, examiners)
    for group, summary in summaries.of_all(found.worklist, control, found.is_counted):
        known = found.known.get(group.id)
        tallies.add(group.id, summary, sex_of(known) if known is not None else "")
    tables = []
    by_reading = tallies.tables() if tallies.whole else ()
    further = (people.tables(found), descriptions.tables(found), photos.tables(found))
    for table in chain(by_reading, *further):
        control.check()
        tables.append(table)
    not_whole = Excluded(NOT_WHOLE, Unit.INDIVIDUAL, tuple(tallies.partly))
    numbered = enumerate(found.members, start=1)
    return Counted(
        basis_of(found, query),
        len(found.counted),
        len(found.people),
        tuple(each for each in (not_whole, *found.excluded()) if each.ids),
        tuple(_drawn(each, bool(found.sample)) for each in tables if each.figures),
        {id_: label(found.known.get(id_), number) for number, id_ in numbered},
        found.people,
        tallies.readings,
        len(found.worklist.items),
        len(found.members) + len(found.not_chosen),
        tally_of(moment),
    )


def basis_of(found: Gathered, query: str) -> Basis:
    """What figures of these rest on."""
    moment = found.moment
    names = {each.id: each.name for each in moment.examiners}
    rules = rules_while_reading(moment)
    asked = parse(query, moment.vocabulary)
    choice = choice_of(asked, search.lists(moment), moment.vocabulary)
    return Basis(
        case=moment.name,
        query=printed(asked),
        examiners=tuple(names.get(each, each) for each in found.examiners),
        entries=moment.entries,
        head=moment.head,
        at=moment.at,
        vocabulary=moment.vocabulary.version,
        program=reviewer.__version__,
        sample=found.sample,
        order=_throughout(str(each.order) for each in rules),
        masking=_throughout("yes" if each.masked else "no" for each in rules),
        chosen_by=choice.conditions,
        chosen_unknown=choice.unknown,
    )


def _throughout(values: Iterable[str]) -> str:
    """What held all the time, or "changed"."""
    found = set(values)
    return found.pop() if len(found) == 1 else "changed"


def _drawn(table: Table, drawn: bool) -> Table:
    """A table of Individuals that are a drawn sample: its shares have intervals."""
    if not drawn or table.unit is not Unit.INDIVIDUAL:
        return table
    return replace(table, figures=tuple(replace(each, drawn=True) for each in table.figures))
