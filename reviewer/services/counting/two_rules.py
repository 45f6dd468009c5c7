"""Figures by the first rule of the summary beside those by the rule that holds now, change by change.

So that a report made before can be explained: every sign of every Individual whose result is another one is
listed, with the reasons that the present rule gives.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.figures.figures import Basis
from reviewer.domain.people.individual_names import label
from reviewer.domain.summary.first_rule import FirstRule
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import Cause, Result
from reviewer.services.case.snapshot import Moment
from reviewer.services.counting.gathered import gathered
from reviewer.services.counting.run import basis_of
from reviewer.services.jobs import JobControl
from reviewer.services.summary.summaries import Summaries
from reviewer.system.resources import resource


@dataclass(frozen=True)
class Change:
    """One sign of one Individual: `before` by the first rule, `now` by the present one, and why it cannot be
    told now; `whole` says whether all photographs were read, so that it is in the figures now."""

    individual: str
    term: str
    before: Result
    now: Result
    reasons: tuple[Cause, ...]
    whole: bool


@dataclass(frozen=True)
class Compared:
    """`before` and `now` count the results of each Term; of the `people` counted before, `whole` are now."""

    basis: Basis
    people: int
    whole: int
    before: Mapping[str, Mapping[Result, int]]
    now: Mapping[str, Mapping[Result, int]]
    changes: tuple[Change, ...]
    labels: Mapping[str, str]

    @property
    def terms(self) -> tuple[str, ...]:
        """The Terms of which anything changed, in the order of the first change."""
        return tuple(dict.fromkeys(each.term for each in self.changes))

    def changes_of(self, term: str) -> list[tuple[Result, Result, int]]:
        """(before, now, how many Individuals) of a Term, the most frequent first."""
        found = Counter((each.before, each.now) for each in self.changes if each.term == term)
        return [(before, now, count) for (before, now), count in found.most_common()]


def first_rule() -> FirstRule:
    """The first rule with what it needs of its vocabulary."""
    kept = resource("vocabulary", "first_rule.toml").read_text(encoding="utf-8")
    return FirstRule(tomllib.loads(kept))


def compare(moment: Moment, query: str, examiners: Sequence[str], control: JobControl) -> Compared:
    """Add up every Individual that is counted by both rules; for a job."""
    found = gathered(moment, query, examiners)
    first, rules = first_rule(), SummaryRules(moment.vocabulary)
    before: dict[str, Counter[Result]] = {}
    now: dict[str, Counter[Result]] = {}
    changes: list[Change] = []
    whole = 0
    chosen = found.members  # the first rule also counted who has no photograph for reading
    each = Summaries(moment, examiners).each(found.worklist, control, lambda group: group.id in chosen)
    for group, person, readings, decisions in each:
        summary = rules.summary(readings, person, decisions=decisions)
        results = {term.term: term for term in summary.terms}
        whole += summary.all_read
        for term, result in first.results(readings, decisions).items():
            before.setdefault(term, Counter())[result] += 1
            told = results.get(term)
            present = told.result if told is not None else Result.CANNOT_TELL
            if summary.all_read:
                now.setdefault(term, Counter())[present] += 1
            if present is not result:
                causes = tuple(dict.fromkeys(why.cause for why in told.reasons)) if told is not None else ()
                changes.append(Change(group.id, term, result, present, causes, summary.all_read))
    order = {term.key: place for place, term in enumerate(moment.vocabulary.terms)}
    changes.sort(key=lambda one: (order.get(one.term, len(order)), one.term, one.individual))
    numbered = enumerate(found.members, start=1)
    labels = {id_: label(found.known.get(id_), number) for number, id_ in numbered}
    return Compared(basis_of(found, query), len(chosen), whole, before, now, tuple(changes), labels)
