"""Counting a Moment: the one way in which figures come about, for screens, reports and exports alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import reviewer
from reviewer.domain.errors import KnownError
from reviewer.domain.figures import Basis, Counted
from reviewer.domain.individual_names import label
from reviewer.domain.query import parse, printed
from reviewer.services.counting import people, photos
from reviewer.services.counting.gathered import Gathered, gathered
from reviewer.services.counting.tallies import Tallies
from reviewer.services.jobs import JobControl
from reviewer.services.moment import Moment
from reviewer.services.summaries import Summaries


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
        tallies.add(group.id, summary)
    tables = []
    by_reading = tallies.tables(tuple(found.people)) if found.people else ()
    for table in chain(by_reading, people.tables(found), photos.tables(found)):
        control.check()
        tables.append(table)
    numbered = enumerate(found.people, start=1)
    return Counted(
        basis_of(found, query),
        len(found.once(found.counted)),
        len(found.people),
        tuple(each for each in found.excluded() if each.ids),
        tuple(each for each in tables if each.figures),
        {id_: label(found.known.get(id_), number) for number, id_ in numbered},
        found.people,
    )


def basis_of(found: Gathered, query: str) -> Basis:
    """What figures of these rest on."""
    moment = found.moment
    names = {each.id: each.name for each in moment.examiners}
    return Basis(
        case=moment.name,
        query=printed(parse(query, moment.vocabulary)) if query.strip() else "",
        examiners=tuple(names.get(each, each) for each in found.examiners),
        entries=moment.entries,
        head=moment.head,
        at=moment.at,
        vocabulary=moment.vocabulary.version,
        program=reviewer.__version__,
    )
