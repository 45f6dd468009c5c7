"""The one stated rule by which Readings add up to the Summary of an Individual: docs/rules.md, in code.

The page is what counts; a second implementation in the tests is written from it alone. In short: a sign is
present by a Finding that an Examiner stated on a complete Reading and that nothing contradicts; it is absent
only where it was stated or looked for in every place it needs, on an Individual whose photographs were all
read, and nothing speaks for it. Silence is no "absent".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.reading import CheckedSignList, Finding, Reading
from reviewer.domain.summary.decisions import with_decision
from reviewer.domain.summary.headings import NO_FINDING_OF_A_REGION
from reviewer.domain.summary.looks import NOWHERE, IndependentReading, interpret_answer
from reviewer.domain.summary.nutrition import compute_nutrition
from reviewer.domain.summary.summary import (
    Contradiction,
    Summary,
    SummaryGround,
    SummarySubject,
    TermDecision,
    TermResult,
    TermSummary,
    UndecidedCause,
    UndecidedReason,
)
from reviewer.domain.vocabulary import coverage
from reviewer.domain.vocabulary.body_places import BodyPlaces, BodyPlaceSet
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.domain.vocabulary.vocabulary import SignList, Vocabulary

_ANSWERS_THAT_SPEAK = frozenset({FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC})
_SURE_CERTAINTIES = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})
_RESIDUAL = "residual"
FindingsWithLooks = Sequence[tuple[IndependentReading, Finding]]


@dataclass(frozen=True)
class _SignRelations:
    """A Term with its relatives: `kinds` are itself and all that are kinds of it, `above` itself and all that
    it is a kind of, `alike` its look-alikes."""

    key: str
    kinds: frozenset[str]
    above: frozenset[str]
    alike: frozenset[str] = frozenset()
    told_by: tuple[str, ...] = ()
    never_absent: bool = True
    depends_on_sex: bool = False
    whole_body: bool = False

    @cached_property
    def ancestors(self) -> frozenset[str]:
        """What it is a kind of, without itself."""
        return self.above - {self.key}

    @cached_property
    def sorted_kinds(self) -> tuple[str, ...]:
        return tuple(sorted(self.kinds))

    @cached_property
    def silence(self) -> TermSummary:
        """What is known of it where nobody mentioned it, without the reasons; the same for everybody."""
        return TermSummary(self.key, TermResult.CANNOT_TELL)


@dataclass(frozen=True)
class _Denial:
    """Where one look denies a sign: by a statement, or by these lists."""

    look: IndependentReading
    places: BodyPlaceSet
    lists: tuple[CheckedSignList, ...] = ()


@dataclass(frozen=True)
class _Objection:
    """What one look has against a sign: where it states that it is absent, where it is silent though it was
    looked for, and whether its own Findings may explain what was found."""

    look: IndependentReading
    absent: BodyPlaceSet
    silent: BodyPlaceSet
    explains: bool


class SummaryRules:
    """Made once of a vocabulary, used for any number of Individuals."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.body = BodyPlaces(vocabulary)
        parents = {term.key: term.kind_of for term in vocabulary.terms}
        above = {key: frozenset(_iterate_ancestors(key, parents)) for key in parents}
        alike: dict[str, set[str]] = {key: set() for key in parents}
        for term in vocabulary.terms:
            for other in term.consider:
                if other in alike:
                    alike[term.key].add(other)
                    alike[other].add(term.key)
        self._signs = {
            term.key: _SignRelations(
                term.key,
                frozenset(key for key in parents if term.key in above[key]),
                above[term.key],
                frozenset(alike[term.key]),
                term.told_by,
                term.never_absent,
                bool(term.absence_needs_of_women),
                term.whole_body,
            )
            for term in vocabulary.terms
        }
        self._by_key = {term.key: term for term in vocabulary.terms}
        self.residual = frozenset(term.key for term in vocabulary.terms if term.group == _RESIDUAL)
        self._needed: dict[tuple[str, str], BodyPlaceSet] = {}
        self._same: dict[BodyPlaceSet, BodyPlaceSet] = {}

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(self._signs)

    def sign(self, term: str) -> _SignRelations | None:
        return self._signs.get(term)

    def find_relatives(self, term: str) -> _SignRelations:
        """The same also for a Term that this version of the vocabulary does not know: it has none."""
        return self._signs.get(term) or _SignRelations(term, frozenset({term}), frozenset({term}))

    def find_needed(self, term: str, sex: str) -> BodyPlaceSet:
        """Every place that must be shown and denied before the sign is absent."""
        key = (term, sex)
        if key not in self._needed:
            needed = self.body.find_needed(self._by_key[term], sex)
            self._needed[key] = self._same.setdefault(needed, needed)
        return self._needed[key]

    def find_places_of_lists(self, checked: Iterable[CheckedSignList]) -> BodyPlaceSet:
        """The places of the Regions that these lists are of: see `_find_places_of_list`."""
        spoken = (key for key, version in checked if self.vocabulary.signs_on(key, version))
        return _unite(self._of_list.get(key, frozenset()) for key in spoken)

    @cached_property
    def _of_list(self) -> Mapping[str, BodyPlaceSet]:
        return {sign_list.key: self._find_places_of_list(sign_list) for sign_list in self.vocabulary.lists}

    @cached_property
    def regions_without_list(self) -> tuple[str, ...]:
        """The Regions of the body that no list is of: nothing can say that nothing was found there."""
        reached = _unite(self._of_list.values())
        return tuple(
            region.key for region in self.vocabulary.body if not self.body.of_region(region.key) <= reached
        )

    def _find_places_of_list(self, of: SignList) -> BodyPlaceSet:
        """A list is of a Region for which it is offered, and where a finding of one of its signs could be."""
        findings = [term for term in of.terms if self._by_key[term].group not in NO_FINDING_OF_A_REGION]
        possible = _unite(self.find_needed(term, "") for term in findings)
        offered = (
            self.body.of_region(region.key)
            for region in self.vocabulary.body
            if not of.regions or region.stem in of.regions
        )
        return _unite(places for places in offered if not possible.isdisjoint(places))

    def summary(
        self,
        readings: Iterable[Reading],
        person: SummarySubject | None = None,
        examiners: Collection[str] = (),
        decisions: Mapping[str, TermDecision] | None = None,
        *,
        explained: bool = True,
    ) -> Summary:
        """The Summary from these Readings, of these Examiners only if some are named.

        The order of Readings does not matter. `decisions` are what was decided about contradictions, by Term.
        What was read on a Photo that is sorted as something else is left out, whatever it says. Without
        being `explained` it has of all reasons only those that speak for a sign, and is the same otherwise:
        figures need no more, and what thousands of people lack takes as long as all the rest.
        """
        of = person or SummarySubject()
        places = {photo: place for place, photo in enumerate(of.photos)}
        every = sorted(
            (reading for reading in readings if not examiners or reading.examiner in examiners),
            key=lambda reading: (places.get(reading.photo, len(places)), reading.photo, reading.examiner),
        )
        chosen = [reading for reading in every if reading.photo not in of.not_for_reading]
        read_for_nothing = tuple(
            dict.fromkeys(
                reading.photo
                for reading in every
                if reading.photo in of.not_for_reading and not reading.carried_from
            )
        )
        looks = [
            IndependentReading(reading, self.vocabulary, self.body)
            for reading in chosen
            if not reading.carried_from
        ]
        carried = [reading for reading in chosen if reading.carried_from]
        made = _SummaryBuilder(self, of, looks, carried, explained=explained).summary(decisions or {})
        return replace(made, read_for_nothing=read_for_nothing)


class _SummaryBuilder:
    """The Summary of one Individual being made."""

    def __init__(
        self,
        rules: SummaryRules,
        person: SummarySubject,
        looks: Sequence[IndependentReading],
        carried: Sequence[Reading],
        *,
        explained: bool,
    ) -> None:
        self.rules, self.person, self.looks, self.carried = rules, person, looks, carried
        self.explained = explained
        self.vocabulary = rules.vocabulary
        self._said = group_pairs(
            (finding.term, (look, finding)) for look in looks for finding in look.reading.findings
        )
        self._complete = [look for look in looks if look.complete]
        self._said_terms = frozenset(self._said)
        looked_for = _unite(look.looked_for for look in self._complete)
        self._mentioned = self._said_terms | looked_for
        self._denied_or_looked_for = looked_for.union(*(look.denied for look in self._complete))
        self._shown = _unite(look.shown for look in self._complete)
        self._covered = _unite(look.shown for look in looks)
        self._poor = _unite(look.poor for look in looks)
        self._carried_shown = _unite(coverage.find_assessable_keys(reading.coverage) for reading in carried)
        self._unread, self._not_complete = self._find_blocking_photos()
        self._against_finding: dict[int, list[Contradiction]] = {}
        self._objections: dict[str, list[_Objection]] = {}
        self._explanations: dict[int, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}
        self._silence: dict[
            tuple[BodyPlaceSet, tuple[str, ...], bool, bool], tuple[UndecidedReason, ...]
        ] = {}
        # Signs share their needs and what tells them.
        self._missing: dict[tuple[BodyPlaceSet, BodyPlaceSet], tuple[UndecidedReason, ...]] = {}
        self._hidden: dict[tuple[str, ...], BodyPlaceSet] = {}
        self._speaking = frozenset(
            term
            for term, said in self._said.items()
            if any(interpret_answer(finding) in _ANSWERS_THAT_SPEAK for _look, finding in said)
        )

    def _find_blocking_photos(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The Photos for reading that nobody read to the end: those nobody looked at, those not complete."""
        blocking = self.person.find_blocking_photos({look.reading.photo for look in self._complete})
        looked = {look.reading.photo for look in self.looks}
        unread = tuple(photo for photo in blocking if photo not in looked)
        return unread, tuple(photo for photo in blocking if photo in looked)

    def summary(self, decisions: Mapping[str, TermDecision]) -> Summary:
        others = sorted(set(self._said) - set(self.rules.terms))
        terms = tuple(
            self._apply_decision(self._summarise_term(term), decisions)
            for term in (*self.rules.terms, *others)
        )
        gone_through = _unite(
            look.shown & self.rules.find_places_of_lists(look.reading.looked_for) for look in self._complete
        )
        return Summary(
            terms=terms,
            photos=self.person.photos,
            not_for_reading=tuple(
                photo for photo in self.person.photos if photo in self.person.not_for_reading
            ),
            looked=tuple(dict.fromkeys(reading.reading.photo for reading in self._complete)),
            carried=tuple(dict.fromkeys(reading.photo for reading in self.carried)),
            unread=self._unread,
            not_complete=self._not_complete,
            shown=self._shown,
            covered=self._covered,
            gone_through=gone_through,
            nutrition=compute_nutrition(terms, self.looks, self.rules.body, self.person.alike),
        )

    def _apply_decision(self, term: TermSummary, decisions: Mapping[str, TermDecision]) -> TermSummary:
        made = with_decision(term, decisions) if decisions and term.contradictions else term
        return term if made is term else replace(made, pictures=self._count_pictures(made.grounds))

    # one sign

    def _summarise_term(self, term: str) -> TermSummary:
        sign = self.rules.sign(term)
        if sign is not None and not self._is_mentioned(sign):
            if not self.explained:
                return sign.silence
            return replace(sign.silence, reasons=self._find_reasons_of_silence(sign))
        kinds = sign.sorted_kinds if sign is not None else (term,)
        said = [pair for kind in kinds for pair in self._said.get(kind, ())]
        sure: list[tuple[IndependentReading, Finding]] = []
        doubts: dict[UndecidedCause, list[SummaryGround]] = {}
        for look, finding in said:
            if interpret_answer(finding) in _ANSWERS_THAT_SPEAK:
                cause = self._find_cause(look, finding)
                if cause is None:
                    sure.append((look, finding))
                else:
                    doubts.setdefault(cause, []).append(look.ground(finding, finding.regions))
        made = self._resolve_found(sign, term, sure, doubts)
        if sign is None:
            return made or TermSummary(term, TermResult.CANNOT_TELL, reasons=_make_reasons(doubts))
        denials = tuple(self._iterate_denials(sign))
        denied = _unite(denial.places for denial in denials)
        blocked = bool(self._unread or self._not_complete or sign.never_absent)
        if made is not None:
            return replace(made, denied=denied, open=blocked, reasons=_make_reasons(doubts))
        reasons = _make_reasons(doubts)
        missing = self.rules.find_needed(sign.key, self.person.sex) - denied
        if reasons or blocked or missing:
            if self.explained:
                reasons = self._find_reasons(sign, reasons, missing)
            return TermSummary(term, TermResult.CANNOT_TELL, reasons=reasons, denied=denied, open=blocked)
        return self._resolve_absent(sign, denials, denied)

    def _is_mentioned(self, sign: _SignRelations) -> bool:
        """Whether anybody spoke of a sign, of its kinds or of what it is a kind of, or went through a list of
        it."""
        return not (self._said_terms.isdisjoint(sign.kinds) and self._mentioned.isdisjoint(sign.above))

    def _find_cause(self, look: IndependentReading, finding: Finding) -> UndecidedCause | None:
        """Why a Finding that speaks for its sign does not make it present; None if it does."""
        if interpret_answer(finding) is FindingAnswer.NON_SPECIFIC:
            return UndecidedCause.NON_SPECIFIC if finding.confirmed else UndecidedCause.NOT_CONFIRMED
        term = self.vocabulary.term(finding.term)
        return look.find_cause_against_present(finding, whole_body=term is not None and term.whole_body)

    def _resolve_found(
        self,
        sign: _SignRelations | None,
        term: str,
        sure: FindingsWithLooks,
        doubts: Mapping[UndecidedCause, Sequence[SummaryGround]],
    ) -> TermSummary | None:
        """Present, in conflict, after death or unstated, in this order; None if it is none of them."""
        if sure:
            return self._resolve_present(sign, term, sure)
        for cause, result in (
            (UndecidedCause.AFTER_DEATH, TermResult.AFTER_DEATH),
            (UndecidedCause.UNSTATED, TermResult.UNSTATED),
        ):
            if cause in doubts:
                grounds = tuple(doubts[cause])
                pictures = self._count_pictures(grounds)
                return TermSummary(term, result, grounds, _collect_regions(grounds), (), (), pictures)
        return None

    def _resolve_present(
        self, sign: _SignRelations | None, term: str, sure: FindingsWithLooks
    ) -> TermSummary:
        against: list[Contradiction] = []
        standing: list[SummaryGround] = []
        contradicted: list[SummaryGround] = []
        for look, finding in sure:
            ground = look.ground(finding, finding.regions)
            found = self._find_contradictions(look, finding, ground)
            against += found
            (contradicted if found else standing).append(ground)
        grounds = tuple(standing or contradicted)
        result = TermResult.PRESENT if standing else TermResult.CONFLICT
        pictures = self._count_pictures(grounds)
        return TermSummary(
            term, result, grounds, _collect_regions(grounds), tuple(against), pictures=pictures
        )

    # what speaks against it

    def _find_contradictions(
        self, look: IndependentReading, finding: Finding, ground: SummaryGround
    ) -> list[Contradiction]:
        """Worked out once for a Finding: it is asked for its own sign and for all that this is a kind of."""
        if id(finding) not in self._against_finding:
            self._against_finding[id(finding)] = list(self._iterate_contradictions(look, finding, ground))
        return self._against_finding[id(finding)]

    def _iterate_contradictions(
        self, look: IndependentReading, finding: Finding, ground: SummaryGround
    ) -> Iterator[Contradiction]:
        places = look.places_of(finding)
        sign = self.rules.find_relatives(finding.term)
        for objection in self._find_objections(sign):
            other = objection.look
            if other.reading.examiner != look.reading.examiner:
                continue
            for how, where, found in self._iterate_denials_in(objection, sign, places, same=other is look):
                regions = tuple(sorted({self.rules.body.region_of(place) for place in where}))
                yield Contradiction(ground, other.ground(found, regions), regions, how)

    def _find_objections(self, sign: _SignRelations) -> Sequence[_Objection]:
        """What the complete looks have against a sign; worked out once for all Findings of it."""
        if sign.key not in self._objections:
            every = (self._find_objection(look, sign) for look in self._complete)
            self._objections[sign.key] = [found for found in every if found is not None]
        return self._objections[sign.key]

    def _find_objection(self, look: IndependentReading, sign: _SignRelations) -> _Objection | None:
        absent, silent = self._find_places_stated_absent(look, sign), NOWHERE
        looked = look.says_nothing_visible or not look.looked_for.isdisjoint(sign.above)
        if looked and self._shows_enough(look, sign):
            silent = self._find_silent_places(look, sign)
        explains = self._may_explain(look, sign)
        return _Objection(look, absent, silent, explains) if absent or silent or explains else None

    def _may_explain(self, look: IndependentReading, sign: _SignRelations) -> bool:
        """Whether a Finding of a look could explain a sign otherwise, if it lies in the same place."""
        if id(look) not in self._explanations:
            self._explanations[id(look)] = self._find_explanations(look)
        unclear, non_specific, sure = self._explanations[id(look)]
        return (
            (bool(unclear) and sign.key not in self.rules.residual)
            or not non_specific.isdisjoint(sign.above)
            or not sure.isdisjoint(sign.alike)
        )

    def _find_explanations(
        self, look: IndependentReading
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The Terms of a look's Findings that speak: those that are unclear, those that are non-specific, and
        with all they are kinds of those that are present for sure."""
        terms = frozenset(finding.term for finding, _places in look.speaking)
        non_specific = (
            finding.term
            for finding, _places in look.speaking
            if interpret_answer(finding) is FindingAnswer.NON_SPECIFIC
        )
        sure = (
            self.rules.find_relatives(finding.term).above
            for finding, _places in look.speaking
            if _is_sure(finding)
        )
        return terms & self.rules.residual, frozenset(non_specific), _unite(sure)

    def _iterate_denials_in(
        self, objection: _Objection, sign: _SignRelations, places: BodyPlaceSet, *, same: bool
    ) -> Iterator[tuple[str, BodyPlaceSet, Finding | None]]:
        """(how, where, the Finding or None): what a complete look says against a sign in `places`."""
        absent = places & objection.absent
        if absent:
            yield "absent", absent, None
        if same:
            return
        silent = (places & objection.silent) - absent
        if silent:
            yield "nothing visible" if objection.look.says_nothing_visible else "looked for", silent, None
        for finding, there in objection.look.speaking if objection.explains else ():
            if not places.isdisjoint(there) and (how := self._find_other_explanation(finding, sign)):
                yield how, there & places, finding

    def _shows_enough(self, look: IndependentReading, sign: _SignRelations) -> bool:
        """Whether silence of a look says anything: a sign of the whole body is told by all that it needs."""
        return not sign.whole_body or self.rules.find_needed(sign.key, self.person.sex) <= look.shown

    def _find_other_explanation(self, finding: Finding, sign: _SignRelations) -> str:
        """How another Finding in the same place speaks against a sign; "" if it does not."""
        answer = interpret_answer(finding)
        if not finding.confirmed or answer not in _ANSWERS_THAT_SPEAK:
            return ""
        unclear = finding.term in self.rules.residual and sign.key not in self.rules.residual
        if unclear or (answer is FindingAnswer.NON_SPECIFIC and finding.term in sign.above):
            return "non-specific"
        if not _is_sure(finding):
            return ""
        return finding.term if self.rules.find_relatives(finding.term).above & sign.alike else ""

    def _find_places_stated_absent(self, look: IndependentReading, sign: _SignRelations) -> BodyPlaceSet:
        """Where a look states that a sign, or what it is a kind of, is absent."""
        if look.denied.isdisjoint(sign.above) or self._is_hidden(look, sign):
            return NOWHERE
        absent = _iterate_findings(look, sign, FindingAnswer.ABSENT)
        found = _unite(self._find_places_of_absence(look, finding) for finding in absent)
        return found - self._find_unassessable_places(look, sign)

    def _find_places_of_absence(self, look: IndependentReading, finding: Finding) -> BodyPlaceSet:
        """Without a Region those that the look shows. With Regions: these, if the look does not call them
        limited; of aspects those it shows well, or that the Finding names."""
        if not finding.regions:
            return look.shown
        named = dict(finding.qualifiers).get("aspect", ())
        return frozenset(
            place
            for place in self.rules.body.of_regions(finding.regions) - look.poor
            if place in look.shown or "/" not in place or place.partition("/")[2] in named
        )

    def _find_silent_places(self, look: IndependentReading, sign: _SignRelations) -> BodyPlaceSet:
        """Where a look shows a body well and has no Finding of a sign, its kinds, or what it is a kind of."""
        if self._is_hidden(look, sign):
            return NOWHERE
        family = sign.kinds | sign.above
        if look.mentioned.isdisjoint(family):
            return look.shown
        mentioned: set[str] = set()
        for finding in look.reading.findings:
            if finding.term not in family or interpret_answer(finding) is FindingAnswer.ABSENT:
                continue
            if not finding.regions:
                return NOWHERE
            mentioned |= self.rules.body.of_regions(finding.regions)
        return look.shown - mentioned

    def _is_hidden(self, look: IndependentReading, sign: _SignRelations) -> bool:
        """Whether decomposition takes away what tells this sign on this photograph."""
        return bool(look.hidden.intersection(sign.told_by))

    def _find_unassessable_places(self, look: IndependentReading, sign: _SignRelations) -> BodyPlaceSet:
        """The places that a look calls not assessable for a sign; all of them if it names no Region."""
        if look.refused.isdisjoint(sign.above):
            return NOWHERE
        body = self.rules.body
        refused = _iterate_findings(look, sign, FindingAnswer.NOT_ASSESSABLE)
        return _unite(body.of_regions(f.regions) if f.regions else body.all for f in refused)

    # what keeps it from being absent

    def _iterate_denials(self, sign: _SignRelations) -> Iterator[_Denial]:
        """What each complete look denies of a sign: by a statement, and by the lists it went through.

        While something speaks for what the sign is a kind of, a list leaves it open.
        """
        if self._denied_or_looked_for.isdisjoint(sign.above):
            return
        by_list = not self._has_speaking_ancestor(sign)
        for look in self._complete:
            if places := self._find_places_stated_absent(look, sign):
                yield _Denial(look, places)
            if not by_list or look.looked_for.isdisjoint(sign.above):
                continue
            lists = tuple(
                checked
                for checked in look.reading.looked_for
                if sign.above.intersection(self.vocabulary.signs_on(*checked))
            )
            if places := self._find_silent_places(look, sign):
                yield _Denial(look, places, lists)

    def _has_speaking_ancestor(self, sign: _SignRelations) -> bool:
        return not self._speaking.isdisjoint(sign.ancestors)

    def _find_reasons_of_silence(self, sign: _SignRelations) -> tuple[UndecidedReason, ...]:
        """The reasons for a sign that nobody mentioned; the same for all signs with the same needs."""
        key = (
            self.rules.find_needed(sign.key, self.person.sex),
            sign.told_by,
            sign.never_absent,
            sign.depends_on_sex,
        )
        if key not in self._silence:
            self._silence[key] = self._find_reasons(sign, (), key[0])
        return self._silence[key]

    def _find_reasons(
        self,
        sign: _SignRelations,
        doubts: Sequence[UndecidedReason],
        missing: BodyPlaceSet,
    ) -> tuple[UndecidedReason, ...]:
        """Why a sign that is not present is not absent either: what speaks for it, the places that nobody
        denied; none if it is."""
        reasons = [*doubts]
        if sign.never_absent:
            reasons.append(UndecidedReason(UndecidedCause.NEVER_ABSENT))
        for cause, photos in (
            (UndecidedCause.NOT_READ, self._unread),
            (UndecidedCause.NOT_COMPLETE, self._not_complete),
        ):
            if photos:
                reasons.append(UndecidedReason(cause, grounds=tuple(map(SummaryGround, photos))))
        if missing:
            reasons += self._iterate_reasons_of_places(sign, missing)
        return tuple(reasons)

    def _iterate_reasons_of_places(
        self, sign: _SignRelations, missing: BodyPlaceSet
    ) -> Iterator[UndecidedReason]:
        """Why places that a sign needs were not denied: what is said of the sign, then place by place."""
        if sign.depends_on_sex and not self.person.sex:
            yield UndecidedReason(UndecidedCause.SEX_NOT_STATED)
        if self._has_speaking_ancestor(sign):
            yield UndecidedReason(UndecidedCause.PARENT_OPEN)
        refused = tuple(
            look.ground(finding, finding.regions)
            for look, finding in self._said.get(sign.key, ())
            if finding.confirmed and interpret_answer(finding) is FindingAnswer.NOT_ASSESSABLE
        )
        if refused:
            yield UndecidedReason(UndecidedCause.NOT_ASSESSABLE, grounds=refused)
        yield from self._find_reasons_of_missing(missing, self._find_hidden_places(sign))

    def _find_hidden_places(self, sign: _SignRelations) -> BodyPlaceSet:
        """The places shown only where decomposition takes away what tells this sign."""
        if sign.told_by not in self._hidden:
            looks = (look for look in self._complete if self._is_hidden(look, sign))
            self._hidden[sign.told_by] = _unite(look.shown for look in looks)
        return self._hidden[sign.told_by]

    def _find_reasons_of_missing(
        self, missing: BodyPlaceSet, hidden: BodyPlaceSet
    ) -> tuple[UndecidedReason, ...]:
        key = (missing, hidden)
        if key not in self._missing:
            self._missing[key] = tuple(self._place_by_place(missing, hidden))
        return self._missing[key]

    def _place_by_place(self, missing: BodyPlaceSet, hidden: BodyPlaceSet) -> Iterator[UndecidedReason]:
        explained: BodyPlaceSet = NOWHERE
        for cause, places in (
            (UndecidedCause.HIDDEN, hidden),
            (UndecidedCause.NOT_MENTIONED, self._shown),
            (UndecidedCause.NOT_COMPLETE, self._covered),
            (UndecidedCause.NOT_WELL_ENOUGH, self._poor),
            (UndecidedCause.CARRIED_OVER, self._carried_shown),
            (UndecidedCause.NEVER_SHOWN, missing),
        ):
            hit = (missing & places) - explained
            explained |= hit
            if hit and not (cause is UndecidedCause.NOT_COMPLETE and self._not_complete):
                yield UndecidedReason(cause, self.rules.body.name_places(hit))

    def _resolve_absent(
        self, sign: _SignRelations, denials: Sequence[_Denial], denied: BodyPlaceSet
    ) -> TermSummary:
        needed = self.rules.find_needed(sign.key, self.person.sex)
        name_places = self.rules.body.name_places
        grounds = tuple(
            replace(denial.look.ground(None, name_places(denial.places & needed)), lists=denial.lists)
            for denial in denials
            if denial.places & needed
        )
        return TermSummary(
            sign.key,
            TermResult.ABSENT,
            grounds,
            name_places(needed),
            pictures=self._count_pictures(grounds),
            denied=denied,
            open=False,
        )

    def _count_pictures(self, grounds: Iterable[SummaryGround]) -> int:
        """How many photographs, near-duplicates once; a copied Finding adds none where there are others."""
        found = list(grounds)
        own = [ground for ground in found if not ground.copied] or found[:1]
        return len({self.person.alike.get(ground.photo) or ground.photo for ground in own})


def _is_sure(finding: Finding) -> bool:
    """Whether a Finding is present with a certainty that somebody stated as more than possible."""
    return (
        finding.certainty_stated
        and finding.certainty in _SURE_CERTAINTIES
        and interpret_answer(finding) is FindingAnswer.PRESENT
    )


def _iterate_findings(
    look: IndependentReading, sign: _SignRelations, answer: FindingAnswer
) -> Iterator[Finding]:
    """Yield the confirmed Findings of a sign, or of what it is a kind of, with this answer."""
    for key in sign.above:
        for finding in look.reading.findings_of(key):
            if finding.confirmed and interpret_answer(finding) is answer:
                yield finding


def _iterate_ancestors(key: str, parents: Mapping[str, str]) -> Iterator[str]:
    while key:
        yield key
        key = parents.get(key, "")


def _unite(sets: Iterable[BodyPlaceSet]) -> BodyPlaceSet:
    return frozenset().union(*sets)


def _collect_regions(grounds: Iterable[SummaryGround]) -> tuple[str, ...]:
    return tuple(sorted({region for ground in grounds for region in ground.regions}))


def _make_reasons(doubts: Mapping[UndecidedCause, Sequence[SummaryGround]]) -> tuple[UndecidedReason, ...]:
    """What speaks for a sign without being enough, in the order of the causes."""
    if not doubts:
        return ()
    return tuple(
        UndecidedReason(cause, grounds=tuple(doubts[cause])) for cause in UndecidedCause if cause in doubts
    )
