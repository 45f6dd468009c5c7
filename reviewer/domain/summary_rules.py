"""The one stated rule by which Readings add up to the Summary of an Individual.

For a Term, over the looks (Readings that are an Examiner's own; one that was carried over is no look):

1. PRESENT if there is a confirmed Finding, definite or probable, with the answer present, that is not
   contradicted. It is contradicted if the same Examiner denies the sign in the same Region: says "absent"
   where the Region is not called limited or unassessable, or completes another Photo with "nothing visible"
   while that Region is covered there as assessable.
2. CONFLICT if there are such Findings and each of them is contradicted: a person decides. What was decided
   stands instead while every contradiction lies among the Photos that it was decided on (`decisions`).
3. ABSENT if nothing speaks for it, not even a possible, non-specific or unconfirmed Finding, and each Region
   where the sign could sit was assessable on at least one Photo with a complete look.
4. CANNOT TELL otherwise, with the reasons.

A grade of emaciation of E0 ("no sign") is a denial, EX ("cannot tell") is "not assessable". Emaciation is
told from trunk and limbs: it needs those of them that the front view shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from reviewer.domain import coverage
from reviewer.domain.decisions import applied
from reviewer.domain.reading import Answer, Certainty, Finding, Reading
from reviewer.domain.summary import Cause, Contradiction, Decision, Ground, Result, Summary, TermSummary, Why
from reviewer.domain.summary_looks import NONE, Look, Regions, answer_of
from reviewer.domain.vocabulary import Vocabulary

GENERALISED = "generalised"
_TRUNK_AND_LIMBS = frozenset({"chest", "abdomen", "arm", "leg"})
_SURE = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})


Said = Sequence[tuple[Look, Finding]]


class SummaryRules:
    """Made once of a vocabulary, used for any number of Individuals."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        body = [region for region in vocabulary.regions if not region.pseudo]
        front = {r for view in vocabulary.views if view.key == "front" for r in view.regions}
        self._body: Regions = frozenset(region.key for region in body)
        self._trunk: Regions = frozenset(
            r.key for r in body if r.group in _TRUNK_AND_LIMBS and (r.key in front or not front)
        )
        stems: dict[str, set[str]] = {}
        for region in vocabulary.regions:
            stems.setdefault(region.stem, set()).add(region.key)
        self._usual: dict[str, Regions] = {
            term.key: frozenset(key for stem in term.usual_regions for key in stems[stem])
            for term in vocabulary.terms
        }
        same: dict[Regions, Regions] = {}
        self._relevant: dict[str, Regions] = {}
        for key, usual in self._usual.items():
            relevant = self._spread(usual) - {GENERALISED} if usual else self._body
            self._relevant[key] = same.setdefault(relevant, relevant)

    def relevant(self, term: str) -> Regions:
        """Every Region where the sign could sit."""
        return self._relevant.get(term, self._body)

    def summary(
        self,
        readings: Iterable[Reading],
        photos: Sequence[str] = (),
        alike: Mapping[str, str] | None = None,
        examiners: Collection[str] = (),
        decisions: Mapping[str, Decision] | None = None,
    ) -> Summary:
        """The Summary from these Readings, of these Examiners only if some are named.

        `photos` are all Photos of the Individual, in order; `alike` says for a Photo which group of
        near-duplicates it is of. The order of Readings does not matter. `decisions` are, by Term, what was
        decided about contradictions.
        """
        places = {photo: place for place, photo in enumerate(photos)}
        chosen = sorted(
            (each for each in readings if not examiners or each.examiner in examiners),
            key=lambda each: (places.get(each.photo, len(places)), each.photo, each.examiner),
        )
        looks = [Look(each) for each in chosen if not each.carried_from]
        carried = [each for each in chosen if each.carried_from]
        read = {each.photo for each in chosen}
        unread = tuple(photo for photo in photos if photo not in read)
        return _Sum(self, looks, carried, unread, alike or {}).summary(photos, decisions or {})

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(self._usual)

    def where(self, finding: Finding) -> Regions:
        """The Regions a Finding speaks of: its own, else the usual ones of its Term."""
        return frozenset(finding.regions) or self._usual.get(finding.term, NONE)

    def denied(self, look: Look, term: str, elsewhere: bool) -> dict[str, Regions]:
        """Where a look denies a sign: by "absent" and, if it is `elsewhere`, by "nothing visible"."""
        said = [f for f in look.reading.findings_of(term) if f.confirmed and answer_of(f) is Answer.ABSENT]
        absent: set[str] = set()
        for finding in said:
            absent |= self._without_region(look, term) if not finding.regions else set(finding.regions)
        nothing = NONE
        if elsewhere and look.says_nothing_visible:
            nothing = look.assessable - self._refused(look, term)
        denied = self._spread(absent) - look.poor
        return {"absent": denied, "nothing visible": self._raised(nothing) - denied}

    def looked_at(self, look: Look, term: str) -> Regions:
        """Where a look looked for a sign. Who says "absent" of a Region by name was shown it well enough."""
        said = [f for f in look.reading.findings_of(term) if f.confirmed and answer_of(f) is Answer.ABSENT]
        named = self._spread({region for finding in said for region in finding.regions}) - look.poor
        return (look.assessable | named) - self._refused(look, term)

    def _refused(self, look: Look, term: str) -> Regions:
        """The Regions that a look calls not assessable for this sign; all of them if it names none."""
        refused: Regions = NONE
        for finding in look.reading.findings_of(term):
            if finding.confirmed and answer_of(finding) is Answer.NOT_ASSESSABLE:
                refused |= self._spread(finding.regions) if finding.regions else self._body | {GENERALISED}
        return refused

    def _without_region(self, look: Look, term: str) -> set[str]:
        """What an "absent" without a Region is about: the usual ones, of those covered if any are."""
        usual = self._usual.get(term, NONE)
        if not look.levels:
            return set(usual)
        covered = self._raised(look.assessable)
        return set(covered & usual if usual else covered)

    def _spread(self, regions: Collection[str]) -> Regions:
        return frozenset(regions) | self._trunk if GENERALISED in regions else frozenset(regions)

    def _raised(self, regions: Regions) -> Regions:
        """With all of trunk and limbs, the whole body counts as shown."""
        return regions | {GENERALISED} if self._trunk <= regions else regions


class _Sum:
    """The Summary of one Individual being made."""

    def __init__(
        self,
        rules: SummaryRules,
        looks: Sequence[Look],
        carried: Sequence[Reading],
        unread: tuple[str, ...],
        alike: Mapping[str, str],
    ) -> None:
        self.rules, self.looks, self.carried, self.unread, self.alike = rules, looks, carried, unread, alike
        self._reasons: dict[Regions, tuple[Why, ...]] = {}
        self._said: dict[str, list[tuple[Look, Finding]]] = {}
        for look in looks:
            for finding in look.reading.findings:
                self._said.setdefault(finding.term, []).append((look, finding))
        self._shown = _union(look.assessable for look in looks if look.complete)
        self._covered = _union(look.assessable for look in looks)
        self._poor = _union(look.poor for look in looks)
        self._carried_shown = _union(coverage.assessable(each.coverage) for each in carried)

    def summary(self, photos: Sequence[str], decisions: Mapping[str, Decision]) -> Summary:
        others = sorted(set(self._said) - set(self.rules.terms))
        looked = (each.reading.photo for each in self.looks if each.complete)
        return Summary(
            terms=tuple(self._decided(self._term(term), decisions) for term in (*self.rules.terms, *others)),
            photos=tuple(photos),
            looked=tuple(dict.fromkeys(looked)),
            carried=tuple(dict.fromkeys(each.photo for each in self.carried)),
            unread=self.unread,
            shown=self._shown,
            covered=self._covered,
        )

    def _decided(self, term: TermSummary, decisions: Mapping[str, Decision]) -> TermSummary:
        made = applied(term, decisions) if decisions and term.contradictions else term
        return term if made is term else replace(made, pictures=self._pictures(made.grounds))

    def _term(self, term: str) -> TermSummary:
        said = self._said.get(term, [])
        sure = [pair for pair in said if _is_sure(pair[1])]
        if sure:
            return self._found(term, sure)
        doubts = _doubts(said)
        relevant = self.rules.relevant(term)
        reasons = self._missing_with(term, relevant, said) if said else self._missing(relevant)
        if doubts or reasons:
            return TermSummary(term, Result.CANNOT_TELL, reasons=(*doubts, *reasons))
        grounds = tuple(
            look.ground(None, regions)
            for look in self.looks
            if look.complete and (regions := self.rules.looked_at(look, term) & relevant)
        )
        return TermSummary(
            term, Result.ABSENT, grounds, tuple(sorted(relevant)), pictures=self._pictures(grounds)
        )

    def _found(self, term: str, sure: Said) -> TermSummary:
        against: list[Contradiction] = []
        standing: list[tuple[Ground, Regions]] = []
        for look, finding in sure:
            where = self.rules.where(finding)
            ground = look.ground(finding, finding.regions)
            found = list(self._contradictions(term, look, ground, where))
            against += found
            if not found:
                standing.append((ground, frozenset(finding.regions)))
        result = Result.PRESENT if standing else Result.CONFLICT
        grounds = tuple(ground for ground, _where in standing) or tuple(
            look.ground(finding, finding.regions) for look, finding in sure
        )
        regions = {region for ground in grounds for region in ground.regions}
        return TermSummary(
            term, result, grounds, tuple(sorted(regions)), tuple(against), pictures=self._pictures(grounds)
        )

    def _contradictions(
        self, term: str, look: Look, ground: Ground, where: Regions
    ) -> Iterable[Contradiction]:
        for other in self.looks:
            elsewhere = other is not look and other.says_nothing_visible
            if not elsewhere and term not in other.denies:
                continue
            if other.reading.examiner != look.reading.examiner:
                continue
            for how, denied in self.rules.denied(other, term, other is not look).items():
                if same := where & denied:
                    yield Contradiction(ground, other.ground(None, same), tuple(sorted(same)), how)

    def _missing_with(self, term: str, relevant: Regions, said: Said) -> tuple[Why, ...]:
        """What is missing for a Term of which something was said."""
        shown = _union(self.rules.looked_at(look, term) for look in self.looks if look.complete)
        refused = [
            look.ground(finding, finding.regions)
            for look, finding in said
            if finding.confirmed and answer_of(finding) is Answer.NOT_ASSESSABLE
        ]
        missing = relevant - shown
        not_assessable = Why(Cause.NOT_ASSESSABLE, grounds=tuple(refused))
        return (*((not_assessable,) if refused and missing else ()), *self._reasons_for(missing))

    def _missing(self, relevant: Regions) -> tuple[Why, ...]:
        """The same for all Terms of which nothing was said and which can sit in the same Regions."""
        if relevant not in self._reasons:
            self._reasons[relevant] = self._reasons_for(relevant - self._shown)
        return self._reasons[relevant]

    def _reasons_for(self, missing: Regions) -> tuple[Why, ...]:
        if not missing:
            return ()
        reasons = []
        for cause, regions in (
            (Cause.NOT_COMPLETE, self._covered - self._shown),
            (Cause.NOT_WELL_ENOUGH, self._poor | self._shown),
            (Cause.CARRIED_OVER, self._carried_shown),
            (Cause.NEVER_SHOWN, missing),
        ):
            if hit := missing & regions:
                reasons.append(Why(cause, tuple(sorted(hit))))
                missing -= hit
        if self.unread:
            reasons.append(Why(Cause.NOT_READ, grounds=tuple(map(Ground, self.unread))))
        return tuple(reasons)

    def _pictures(self, grounds: Iterable[Ground]) -> int:
        return len({self.alike.get(ground.photo) or ground.photo for ground in grounds})


def _union(sets: Iterable[Regions]) -> Regions:
    return frozenset().union(*sets)


def _is_sure(finding: Finding) -> bool:
    return finding.confirmed and answer_of(finding) is Answer.PRESENT and finding.certainty in _SURE


def _doubts(said: Said) -> tuple[Why, ...]:
    """What speaks for a sign without being enough."""
    found: dict[Cause, list[Ground]] = {}
    for look, finding in said:
        answer = answer_of(finding)
        ground = look.ground(finding, finding.regions)
        if answer is Answer.NON_SPECIFIC and finding.confirmed:
            found.setdefault(Cause.NON_SPECIFIC, []).append(ground)
        elif answer is Answer.PRESENT:
            cause = Cause.ONLY_POSSIBLE if finding.confirmed else Cause.NOT_CONFIRMED
            found.setdefault(cause, []).append(ground)
    return tuple(Why(cause, grounds=tuple(grounds)) for cause, grounds in sorted(found.items()))
