"""Full text: folded like what was indexed, and quoted so that nothing in it is syntax of the index.

A word finds what begins with it, a phrase in quotes what stands there exactly.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    union_all,
)

from reviewer.domain.people.individual import Fact, StatementSourceKind
from reviewer.domain.text_folding import fold_text
from reviewer.storage.engine import tables as t
from reviewer.storage.search.finding_conditions import ExaminerOrAll

_ARTICLES = ("", "ال", "وال", "بال", "كال", "فال", "لل", "و")
"""What Arabic writes together with the word: article, "and", prepositions (the prefixes of the light stemmer
light10, L. Larkey et al. 2007). A word finds itself behind each of them."""


def make_match_expression(said: str, phrase: bool) -> str:
    """An expression of FTS5 that finds exactly this: a string of it, with a star if it may go on."""
    plain = fold_text(said).replace('"', '""')
    if phrase:
        return f'"{plain}"'
    if not ("\u0621" <= plain[0] <= "\u064a"):
        return f'"{plain}" *'
    stem = plain.removeprefix("ال") if len(plain) > 4 else plain
    return " OR ".join(f'"{article}{stem}" *' for article in _ARTICLES)


def escape_like(said: str) -> str:
    """Escape the signs of LIKE with a backslash."""
    return said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def make_like_pattern(value: str, *, whole: bool) -> str:
    """A pattern for LIKE: `?` is one sign, `*` any number; without them, unless `whole`, "contains"."""
    found = escape_like(value).replace("?", "_").replace("*", "%")
    return found if whole or "?" in value or "*" in value else f"%{found}%"


def select_text_owners(kind: str, said: str, phrase: bool) -> Select[str]:
    """Whose texts of one kind hold this."""
    c = t.texts.c
    found = (
        select(literal_column("rowid", Integer))
        .select_from(text("texts_index"))
        .where(literal_column("texts_index").op("MATCH")(make_match_expression(said, phrase)))
    )
    return select(c.owner).where(c.kind == kind, c.id.in_(found))


def match_notes(said: str, phrase: bool, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Photos on which a note of the Examiner (of anybody with None) holds this."""
    owner = select_text_owners("note", said, phrase).subquery().c.owner
    at = func.instr(owner, " ")
    found: Select[str] = select(func.substr(owner, at + 1, type_=String))
    if examiner is not None:
        found = found.where(func.substr(owner, 1, at - 1) == examiner)
    return t.photos.c.sha256.in_(found)


def match_any_note(examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Photos on which the Examiner (anybody with None) wrote a note."""
    c = t.texts.c
    found = select(func.substr(c.owner, func.instr(c.owner, " ") + 1, type_=String)).where(c.kind == "note")
    if examiner is not None:
        found = found.where(c.owner > f"{examiner} ", c.owner < f"{examiner}!")
    return t.photos.c.sha256.in_(found)


def match_records(said: str, phrase: bool) -> ColumnElement[bool]:
    """Photos of an Individual that a row of records with this text speaks of."""
    ids = select_text_owners("record", said, phrase).subquery().c.owner
    return match_photos_of_records(select(cast(ids, Integer)))


def match_photos_of_records(ids: Select[int] | None) -> ColumnElement[bool]:
    """Photos of the Individuals that rows of records were linked to, or that statements rest on; of all
    rows with None. Rows are named `file:row` or `file:sheet:row`."""
    link, said = t.record_links.c, t.statements.c
    linked = select(link.individual).where(link.individual != "")
    stated = select(said.individual).where(said.kind == str(StatementSourceKind.RECORD), said.withdrawn == "")
    if ids is not None:
        names = _select_row_names(ids)
        linked = linked.where(link.record.in_(select(names)))
        stated = stated.where(said.source.in_(select(names)))
    return match_photos_of_individuals(union_all(linked, stated))


def _select_row_names(ids: Select[int]) -> ColumnElement[str]:
    r = t.records.c
    rows = select(r.file, r.sheet, r.row).where(r.id.in_(ids))
    one, other = rows.subquery().c, rows.subquery().c
    named = union_all(
        select((one.file + ":" + cast(one.row, String)).label("name")),
        select((other.file + ":" + other.sheet + ":" + cast(other.row, String)).label("name")),
    )
    return named.subquery().c.name


def match_photos_of_individuals(individuals: Select[str] | CompoundSelect[str]) -> ColumnElement[bool]:
    """Photos of these Individuals, and of those that one of them was merged into."""
    same = select(individuals.subquery().c[0].label("id")).cte("same", recursive=True, nesting=True)
    i = t.individuals.c
    merged = select(i.merged_into).join(same, i.id == same.c.id).where(i.merged_into != "")
    same = same.union(merged)
    facts = t.photo_facts.c
    found = select(facts.photo).where(facts.individual.in_(select(same.c.id)), facts.individual != "")
    return t.photos.c.id.in_(found)


def match_words(said: str, phrase: bool, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Words by themselves: notes, records, names of Individuals and of files."""
    pattern = f"%{escape_like(said)}%"
    c, files = t.statements.c, t.source_files.c
    named = select(c.individual).where(
        c.fact == str(Fact.NAME), c.withdrawn == "", c.value.like(pattern, "\\")
    )
    in_files = select(files.photo).where(files.name.like(pattern, "\\"), files.photo.is_not(None))
    return or_(
        match_notes(said, phrase, examiner),
        match_records(said, phrase),
        match_photos_of_individuals(named),
        t.photos.c.id.in_(in_files),
    )
