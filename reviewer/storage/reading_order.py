"""What is asked of a Case to put its Photos into the drawn order, and to name its people neutrally."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import ThingKind
from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.reading.reading import ReadingState
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.worklist.reading_order import ReadingRules, reading_rules_from_facts
from reviewer.storage import ledger
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo, numbers_as_subquery
from reviewer.storage.engine.plain_rows import fetch_plain_rows

DrawnCardBox = tuple[int, int, int, int]


def load_rules(connection: Connection) -> ReadingRules:
    """The rules of reading that hold now."""
    return reading_rules_from_facts({row.name: row.value for row in connection.execute(select(t.case_facts))})


def load_rules_while_reading(connection: Connection) -> tuple[ReadingRules, ...]:
    """The rules that held when the first act of a Reading was made, and each that came later, in order."""
    c = t.ledger.c
    first = connection.execute(
        select(func.min(c.position)).where(c.act.in_(acts.list_acts_of_reading()))
    ).scalar()
    facts: dict[str, str] = {}
    before, after = reading_rules_from_facts(facts), []
    set_by = select(c.position, c.body).where(c.act == acts.READING_RULES_SET, ledger.IS_ABOUT_NO_PHOTOGRAPH)
    for row in connection.execute(set_by.order_by(c.position)):
        facts |= json.loads(row.body)
        if first is None or row.position < first:
            before = reading_rules_from_facts(facts)
        else:
            after.append(reading_rules_from_facts(facts))
    return (before, *after)


def load_lead(connection: Connection) -> str:
    """The id of the Examiner who made the Case, "" for a ledger without entries."""
    query = select(t.ledger.c.author).order_by(t.ledger.c.position).limit(1)
    return str(connection.execute(query).scalar() or "")


def load_card_boxes(
    connection: Connection, of: Sequence[str] | None = None
) -> Mapping[str, list[DrawnCardBox]]:
    """SHA-256 -> where cards were drawn by those who read them, in recorded pixels; of all, or of these."""
    c = t.cards.c
    query = select(name_photo(c.photo), c.box).where(c.box != "[]")
    found: dict[str, list[DrawnCardBox]] = defaultdict(list)
    for row in connection.execute(query if of is None else query.where(c.photo.in_(numbers_as_subquery(of)))):
        sides = json.loads(row.box)
        found[row.photo].append((sides[0], sides[1], sides[2], sides[3]))
    return found


def is_without_card(connection: Connection, photo: str) -> bool:
    """Whether somebody who read the cards said that there is none on a Photo."""
    c = t.cards.c
    query = select(c.photo).where(c.photo.in_(numbers_as_subquery([photo])), c.legible == "no card")
    return connection.execute(query).first() is not None


def compute_card_permille(connection: Connection) -> dict[int, int]:
    """Number of a Photo -> how many thousandths of it the largest card drawn on it fills."""
    c, p = t.cards.c, t.photos.c
    found: dict[int, int] = {}
    query = select(c.photo, c.box, p.width, p.height).join(t.photos, p.id == c.photo)
    for photo, box, width, height in fetch_plain_rows(connection, query.where(c.box != "[]")):
        if width and height:
            sides = json.loads(box)
            share = min(1000, sides[2] * sides[3] * 1000 // (width * height))
            found[photo] = max(found.get(photo, 0), share)
    return found


def count_regions_covered(connection: Connection) -> dict[int, int]:
    """Number of a Photo -> the most Regions that anybody marked as shown well enough on it."""
    c = t.coverage.c
    query = select(c.photo, func.count().label("regions")).where(c.level == str(CoverageLevel.ASSESSABLE))
    counted = query.group_by(c.examiner, c.photo, c.round).subquery().c
    most = select(counted.photo, func.max(counted.regions).label("regions")).group_by(counted.photo)
    return dict(fetch_plain_rows(connection, most))


def load_last_position(connection: Connection) -> int:
    """Where the ledger ends."""
    return int(connection.execute(select(func.max(t.ledger.c.position))).scalar() or 0)


def iterate_individuals_made(connection: Connection, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """(id, Photos) of every Individual as it was made after a position of the ledger, taken back or not, in
    the order of the ledger."""
    s, e = t.act_subjects.c, t.ledger.c
    touched = select(s.position).where(s.kind == str(ThingKind.INDIVIDUAL), s.position > after)
    query = select(e.body).where(e.act == INDIVIDUALS_MADE, e.position.in_(touched)).order_by(e.position)
    for body in connection.execute(query).scalars():
        for individual in json.loads(body)["individuals"]:
            yield individual["id"], individual["photos"]


def count_finished(connection: Connection, examiner: str, not_read: list[str]) -> tuple[int, int]:
    """Of how many Photos that are for reading one Examiner has finished the Reading, and how many there are.

    `not_read` are the categories that are not for reading.
    """
    p, f, r = t.photos.c, t.photo_facts.c, t.readings.c
    left_out = select(f.photo).where(f.category.in_(not_read))
    to_read = select(func.count()).select_from(t.photos).where(p.id.not_in(left_out))
    done = (
        select(func.count())
        .select_from(t.readings)
        .where(r.examiner == examiner, r.state.in_(["complete", "set aside"]), r.photo.not_in(left_out))
    )
    return int(connection.execute(done).scalar_one()), int(connection.execute(to_read).scalar_one())


def count_findings_in_context(
    connection: Connection, examiners: Sequence[str], photos: Collection[str] | None = None
) -> tuple[int, int, dict[str, int]]:
    """Of the Findings that stand as present on complete Readings of these Examiners, on these Photos or on
    all: how many there are, how many were made after something masked was seen, and what that was."""
    f, r = t.findings.c, t.readings.c
    query = (
        select(name_photo(f.photo), f.in_context, r.context_seen)
        .join(t.readings, (r.examiner == f.examiner) & (r.photo == f.photo) & (r.round == f.round))
        .where(f.examiner.in_(examiners), f.confirmed == 1, f.answer == str(FindingAnswer.PRESENT))
        .where(r.state == str(ReadingState.COMPLETE))
    )
    total = made = 0
    what: Counter[str] = Counter()
    for row in connection.execute(query):
        if photos is None or row.photo in photos:
            total += 1
            made += row.in_context
            what.update(json.loads(row.context_seen) if row.in_context else ())
    return total, made, dict(what)
