"""Figures by the first rule of the summary beside those by the rule that holds now, change by change.

So that a report made before can be explained: every sign of every Individual whose result is another one is
listed, with the reasons that the present rule gives.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.figures.figures import StatisticsBasis
from reviewer.domain.people.individual_names import make_individual_label
from reviewer.domain.summary.first_rule import FirstRule
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import TermResult, UndecidedCause
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.counting.cohort import gather_cohort
from reviewer.services.counting.run import make_basis
from reviewer.services.jobs import JobControl
from reviewer.services.summary.summaries import Summariser
from reviewer.system.resources import find_resource


@dataclass(frozen=True)
class ResultChange:
    """One sign of one Individual: `before` by the first rule, `now` by the present one, and why it cannot be
    told now; `whole` says whether all photographs were read, so that it is in the figures now."""

    individual: str
    term: str
    before: TermResult
    now: TermResult
    reasons: tuple[UndecidedCause, ...]
    whole: bool


@dataclass(frozen=True)
class RuleComparison:
    """`before` and `now` count the results of each Term; of the `people` counted before, `whole` are now."""

    basis: StatisticsBasis
    people: int
    whole: int
    before: Mapping[str, Mapping[TermResult, int]]
    now: Mapping[str, Mapping[TermResult, int]]
    changes: tuple[ResultChange, ...]
    labels: Mapping[str, str]

    @property
    def terms(self) -> tuple[str, ...]:
        """The Terms with a changed result, in the order of the first change."""
        return tuple(dict.fromkeys(change.term for change in self.changes))

    def count_changes_of(self, term: str) -> list[tuple[TermResult, TermResult, int]]:
        """(before, now, how many Individuals) of a Term, the most frequent first."""
        found = Counter((change.before, change.now) for change in self.changes if change.term == term)
        return [(before, now, count) for (before, now), count in found.most_common()]


def load_first_rule() -> FirstRule:
    """Load the first rule with the vocabulary it needs."""
    kept = find_resource("vocabulary", "first_rule.toml").read_text(encoding="utf-8")
    return FirstRule(tomllib.loads(kept))


def compare_rules(
    moment: Snapshot, query: str, examiners: Sequence[str], control: JobControl
) -> RuleComparison:
    """Count every Individual by both rules and compare; for a job."""
    found = gather_cohort(moment, query, examiners)
    first, rules = load_first_rule(), SummaryRules(moment.vocabulary)
    before: dict[str, Counter[TermResult]] = {}
    now: dict[str, Counter[TermResult]] = {}
    changes: list[ResultChange] = []
    whole = 0
    chosen = found.members  # the first rule also counted who has no photograph for reading
    inputs = Summariser(moment, examiners).iterate_inputs(
        found.worklist, control, lambda group: group.id in chosen
    )
    for group, person, readings, decisions in inputs:
        summary = rules.summary(readings, person, decisions=decisions)
        results = {term.term: term for term in summary.terms}
        whole += summary.all_read
        for term, result in first.results(readings, decisions).items():
            before.setdefault(term, Counter())[result] += 1
            told = results.get(term)
            present = told.result if told is not None else TermResult.CANNOT_TELL
            if summary.all_read:
                now.setdefault(term, Counter())[present] += 1
            if present is not result:
                causes = tuple(dict.fromkeys(why.cause for why in told.reasons)) if told is not None else ()
                changes.append(ResultChange(group.id, term, result, present, causes, summary.all_read))
    order = {term.key: place for place, term in enumerate(moment.vocabulary.terms)}
    changes.sort(key=lambda change: (order.get(change.term, len(order)), change.term, change.individual))
    numbered = enumerate(found.members, start=1)
    labels = {id_: make_individual_label(found.known.get(id_), number) for number, id_ in numbered}
    return RuleComparison(make_basis(found, query), len(chosen), whole, before, now, tuple(changes), labels)
