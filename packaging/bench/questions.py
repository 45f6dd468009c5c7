"""The questions of the search benchmark: as a query, and as SQL written by hand for the same file.

The SQL is a condition on a row `p` of `photos`; `:e` is the examiner. It is what one writes who knows the
tables: joins and sets over the indexes that are there.
"""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.search.query import QueryCondition, iterate_leaves, parse_query
from reviewer.services.vocabulary.vocabulary import load_vocabulary

_VOCABULARY = load_vocabulary()
_THERE = "f.answer IN ('present', 'non-specific') AND f.confirmed = 1 AND f.examiner = :e"
_IN_NOTE = (
    "p.sha256 IN (SELECT substr(t.owner, 18) FROM texts t WHERE t.kind = 'note' AND t.owner LIKE :e || ' %' "
    "AND t.id IN (SELECT rowid FROM texts_index WHERE texts_index MATCH '{match}'))"
)
_STATED = (
    "p.id IN (SELECT x.photo FROM photo_facts x JOIN statements s ON s.individual = x.individual "
    "WHERE s.fact = '{fact}' AND s.withdrawn = '' AND {value})"
)
_CARD = "p.id IN (SELECT photo FROM cards WHERE {value})"


def _keys(query: str) -> str:
    """The keys a condition stands for, as a list in SQL."""
    found = [
        each for each in iterate_leaves(parse_query(query, _VOCABULARY)) if isinstance(each, QueryCondition)
    ]
    return ", ".join(f"'{key}'" for each in found for key in each.keys)


def _term(query: str, more: str = _THERE) -> str:
    return f"p.id IN (SELECT f.photo FROM findings f WHERE f.term IN ({_keys(query)}) AND {more})"


def _region(query: str, term: str = "") -> str:
    terms = f"AND f.term IN ({_keys(term)}) " if term else ""
    return (
        "p.id IN (SELECT f.photo FROM finding_regions f "
        f"WHERE f.region IN ({_keys(query)}) {terms}AND {_THERE})"
    )


def _number(name: str, value: str) -> str:
    stated = _STATED.format(fact=f"number.{name}", value=value.format("s.value"))
    return f"({stated} OR {_CARD.format(value=value.format(name))})"


def _of_readings(condition: str) -> str:
    return f"p.id IN (SELECT photo FROM readings WHERE examiner = :e AND {condition})"


def _covers(view: str) -> str:
    regions = [f"'{each}'" for found in _VOCABULARY.views if found.key == view for each in found.regions]
    return (
        "p.id IN (SELECT photo FROM coverage WHERE examiner = :e AND level = 'assessable' "
        f"AND region IN ({', '.join(regions)}) GROUP BY photo HAVING count(*) = {len(regions)})"
    )


_SURE = "f.certainty IN ('definite', 'probable') AND f.confirmed"
_IS_215 = "{0} = '215'"
LONG = "term:bruise region:neck certainty>=probable branch:215 -category:soldier taken:2012-05..2012-08"

QUESTIONS: dict[str, Callable[[], str]] = {
    "term:bruise": lambda: _term("term:bruise"),
    "term:bruise region:neck": lambda: _region("region:neck", "term:bruise"),
    "region:neck": lambda: _region("region:neck"),
    "region:back certainty:definite": lambda: _region("region:back").replace(
        "f.confirmed", "f.certainty = 'definite' AND f.confirmed"
    ),
    "(term:bruise) (term:burn)": lambda: f"{_term('term:bruise')} AND {_term('term:burn')}",
    "-term:bruise": lambda: f"NOT {_term('term:bruise')}",
    "term:bruise answer:absent": lambda: _term(
        "term:bruise", "f.answer = 'absent' AND f.confirmed = 1 AND f.examiner = :e"
    ),
    "findings>13": lambda: _of_readings("counted > 13"),
    "has:mark": lambda: _of_readings("marked > 0"),
    "state:open": lambda: _of_readings("state = 'open'"),
    "-category:soldier": lambda: "p.id NOT IN (SELECT photo FROM photo_facts WHERE category = 'soldier')",
    "category:none": lambda: "p.id NOT IN (SELECT photo FROM photo_facts WHERE category <> '')",
    "branch:215": lambda: _number("branch", _IS_215),
    "examination:12?*": lambda: _number("examination", "{0} LIKE '12_%'"),
    "examination:1000..1999": lambda: _number(
        "examination", "{0} GLOB '[0-9]*' AND CAST({0} AS INTEGER) BETWEEN 1000 AND 1999"
    ),
    "taken:2012-05..2012-08": lambda: "p.taken_at >= '2012-05' AND p.taken_at < '2012-09'",
    "folder:215": lambda: "p.id IN (SELECT photo FROM source_files WHERE folder LIKE '%215%')",
    'note:"belt buckle"': lambda: _IN_NOTE.format(match='"belt buckle"'),
    "note:حزام": lambda: _IN_NOTE.format(match="حزام * OR الحزام *"),
    "covers:neck": lambda: _covers("neck"),
    LONG: lambda: (
        f"{_region('region:neck', 'term:bruise').replace('f.confirmed', _SURE)} "
        f"AND {_number('branch', _IS_215)} "
        "AND p.id NOT IN (SELECT photo FROM photo_facts WHERE category = 'soldier') "
        "AND p.taken_at >= '2012-05' AND p.taken_at < '2012-09'"
    ),
    "certainty:definite": lambda: (
        "p.id IN (SELECT f.photo FROM findings f WHERE f.certainty = 'definite' AND " + _THERE + ")"
    ),
}
