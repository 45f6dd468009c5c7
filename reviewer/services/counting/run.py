"""Counting a Snapshot: the one way in which figures come about, for screens, reports and exports alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import reviewer
from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import (
    CountedUnit,
    ExcludedUnits,
    StampBasis,
    Statistics,
    StatisticsBasis,
    Table,
)
from reviewer.domain.people.individual import find_stated_sex
from reviewer.domain.people.individual_names import make_individual_label
from reviewer.domain.search.query import format_query, parse_query
from reviewer.domain.search.selection import find_query_selection
from reviewer.services.case.reading_rules import load_rules_while_reading
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.counting import descriptions, people, photos
from reviewer.services.counting.cohort import Cohort, gather_cohort
from reviewer.services.counting.tallies import SummaryAggregator
from reviewer.services.evidence.problems import count_problems_of_case
from reviewer.services.evidence.time_stamps import KnownStamp, load_stamps_from
from reviewer.services.jobs import JobControl
from reviewer.services.search import search
from reviewer.services.summary.summaries import Summariser

NOT_ALL_READ = (
    "photographs not all read: in no figure of findings, headings, regions and wasting, but in those of what "
    "is stated"
)


def count_case(moment: Snapshot, query: str, examiners: Sequence[str], control: JobControl) -> Statistics:
    """Count everything; for a job. `examiners` (ids) are those whose Readings count; KnownError without any,
    QueryError where the query makes no sense. A table of which nothing is known is left out."""
    if not examiners:
        raise KnownError("Nobody's readings are to be counted.", "Name an examiner.", code="no-examiner")
    found = gather_cohort(moment, query, examiners)
    control.check()
    tallies = SummaryAggregator(moment.vocabulary)
    summaries = Summariser(moment, examiners)
    partly = summaries.find_not_all_read(found.worklist, found.is_counted)
    whole = set(found.people).difference(partly)
    for group, summary in summaries.summarise_all(
        found.worklist, control, lambda group: group.id in whole, explained=False
    ):
        known = found.known.get(group.id)
        tallies.add(group.id, summary, find_stated_sex(known) if known is not None else "")
    tables = []
    tallies.partly += partly
    by_reading = tallies.make_tables() if tallies.whole else ()
    further = (people.make_tables(found), descriptions.make_tables(found), photos.make_tables(found))
    for table in chain(by_reading, *further):
        control.check()
        tables.append(table)
    not_whole = ExcludedUnits(NOT_ALL_READ, CountedUnit.INDIVIDUAL, tuple(tallies.partly))
    numbered = enumerate(found.members, start=1)
    return Statistics(
        make_basis(found, query),
        len(found.counted),
        len(found.people),
        tuple(excluded for excluded in (not_whole, *found.list_excluded()) if excluded.ids),
        tuple(_mark_as_sample(table, bool(found.sample)) for table in tables if table.figures),
        {id_: make_individual_label(found.known.get(id_), number) for number, id_ in numbered},
        found.people,
        tallies.readings,
        len(found.worklist.items),
        len(found.members) + len(found.not_chosen),
        count_problems_of_case(moment),
    )


def make_basis(found: Cohort, query: str) -> StatisticsBasis:
    """Return what the figures rest on."""
    moment = found.moment
    names = {examiner.id: examiner.name for examiner in moment.examiners}
    rules = load_rules_while_reading(moment)
    asked = parse_query(query, moment.vocabulary)
    choice = find_query_selection(asked, search.load_lists(moment), moment.vocabulary)
    with moment.store.read() as connection:
        stamps = load_stamps_from(connection)
    return StatisticsBasis(
        case=moment.name,
        query=format_query(asked),
        examiners=tuple(names.get(examiner, examiner) for examiner in found.examiners),
        entries=moment.entries,
        head=moment.head,
        at=moment.at,
        vocabulary=moment.vocabulary.version,
        program=reviewer.__version__,
        sample=found.sample,
        order=_format_unless_changed(str(rule.order) for rule in rules),
        masking=_format_unless_changed("yes" if rule.masked else "no" for rule in rules),
        chosen_by=choice.conditions,
        chosen_unknown=choice.unknown,
        stamp=_describe_stamp(stamps[0]) if stamps else None,
    )


def _describe_stamp(stamp: KnownStamp) -> StampBasis:
    return StampBasis(stamp.entries, stamp.time, stamp.authority, stamp.vouched)


def _format_unless_changed(values: Iterable[str]) -> str:
    """What held all the time, or "changed"."""
    found = set(values)
    return found.pop() if len(found) == 1 else "changed"


def _mark_as_sample(table: Table, drawn: bool) -> Table:
    """A table of Individuals that are a drawn sample: its shares have intervals."""
    if not drawn or table.unit is not CountedUnit.INDIVIDUAL:
        return table
    return replace(table, figures=tuple(replace(figure, drawn=True) for figure in table.figures))
