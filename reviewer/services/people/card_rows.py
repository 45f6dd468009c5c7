"""The card of a person row by row: facts with their sources, what each sign adds up to, what was shown.

The same as `person_card` says in sentences, taken apart for a window: each row knows its photographs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import (
    FACT_NAMES,
    STATEMENT_FORM,
    Fact,
    Statement,
    StatementSourceKind,
)
from reviewer.domain.reading.reading import Reading
from reviewer.domain.summary.decisions import find_contradicting_photos
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.domain.vocabulary.coverage import CoverageLevel, find_assessable_keys
from reviewer.domain.vocabulary.coverage_gaps import BodyExtents, Extent, ViewExtent, compute_body_extents
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.people.known_facts import NAMES_OF_SOURCES
from reviewer.services.people.person_card import (
    PersonCard,
    describe_contradictions,
    describe_statement,
    describe_value,
    list_counted_readings,
)

_FORM = [fact for _group, facts in STATEMENT_FORM for fact in facts]
_RANKS = (
    TermResult.PRESENT,
    TermResult.CONFLICT,
    TermResult.AFTER_DEATH,
    TermResult.UNSTATED,
    TermResult.ABSENT,
    TermResult.CANNOT_TELL,
)
_LEVELS = (CoverageLevel.ASSESSABLE, CoverageLevel.LIMITED, CoverageLevel.NOT)


@dataclass(frozen=True)
class PersonFact:
    """A value that is stated: `whence` says in short how sure that is and on what it rests, `sentence` all
    of it, statement by statement. `withdrawn` is why it no longer counts, "" if it does. `fact` is None for
    a link that is stated elsewhere."""

    fact: Fact | None
    label: str
    value: str
    whence: str
    withdrawn: str
    sentence: str


@dataclass(frozen=True)
class PersonSign:
    """What a Term adds up to; `why` in words, `photos` (SHA-256) and `regions` what that rests on. `noted`:
    something was said of it. `to_decide`: Readings contradict each other and nobody decided."""

    term: str
    name: str
    result: TermResult
    why: str
    photos: tuple[str, ...]
    regions: tuple[str, ...]
    noted: bool
    to_decide: bool


@dataclass(frozen=True)
class PersonCoverage:
    """A view of the body, or all that were never shown: how much, in words, and on which Photos."""

    name: str
    extent: Extent
    words: str
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardRows:
    """`levels` are the best Coverage of each place on any Photo, `regions_shown` of `regions_in_all` can be
    judged. `notes` are sentences about the summary as a whole."""

    facts: tuple[PersonFact, ...]
    signs: tuple[PersonSign, ...]
    coverage: tuple[PersonCoverage, ...]
    levels: tuple[tuple[str, str], ...]
    regions_shown: int
    regions_in_all: int
    notes: tuple[str, ...]


def make_card_rows(card: PersonCard, names: Mapping[str, str], vocabulary: Vocabulary) -> CardRows:
    """Take a card apart; `names` are of Examiners by id. For a job."""
    read = list_counted_readings(card)
    good = {reading.photo: find_assessable_keys(reading.coverage) for reading in read}
    extents = compute_body_extents(vocabulary, frozenset().union(*good.values()))
    body = [region for region in vocabulary.body if region.shown_as]
    shown = sum(not extents.regions.isdisjoint(region.shown_as) for region in body)
    return CardRows(
        facts=tuple(_list_facts(card, names)),
        signs=tuple(_list_signs(card, vocabulary)),
        coverage=tuple(_list_coverage(extents, good, card, vocabulary)),
        levels=tuple(sorted(_find_best_levels(read).items())),
        regions_shown=shown,
        regions_in_all=len(body),
        notes=(*card.notes, *card.described),
    )


def _list_facts(card: PersonCard, names: Mapping[str, str]) -> Iterator[PersonFact]:
    statements = card.individual.statements if card.individual is not None else ()
    same = group_pairs(
        ((said.fact, describe_value(said, card.photos), said.withdrawn), said)
        for said in sorted(statements, key=_get_form_position)
    )
    for (fact, value, withdrawn), found in same.items():
        yield PersonFact(
            fact,
            FACT_NAMES[fact],
            value,
            _describe_sources(found, names, card.photos),
            withdrawn,
            "; ".join(dict.fromkeys(describe_statement(said, names, card.photos) for said in found)),
        )
    for sentence in card.linked:
        label, _colon, value = sentence.partition(": ")
        yield PersonFact(None, label, value, "", "", sentence)


def _describe_sources(found: Iterable[Statement], names: Mapping[str, str], photos: Sequence[str]) -> str:
    """How sure, and on what it rests in a word or two: "definite: card on photo 5, records"."""
    by_certainty = group_pairs((said.certainty, _name_source(said, names, photos)) for said in found)
    return "; ".join(
        f"{certainty}: {', '.join(dict.fromkeys(sources))}" for certainty, sources in by_certainty.items()
    )


def _name_source(statement: Statement, names: Mapping[str, str], photos: Sequence[str]) -> str:
    """The kind of source; of a card the photograph that shows it, of what was seen by whom."""
    if statement.kind is StatementSourceKind.EXAMINER and statement.author in names:
        return f"seen by {names[statement.author]}"
    name = NAMES_OF_SOURCES[statement.kind]
    is_card = statement.kind is StatementSourceKind.CARD and statement.source in photos
    return f"{name} on {format_photo_numbers([statement.source], photos)}" if is_card else name


def _get_form_position(statement: Statement) -> int:
    """Numbers first, then what is stated, then identity, as they are asked; what is no longer asked last."""
    return _FORM.index(statement.fact) if statement.fact in _FORM else len(_FORM)


def _list_signs(card: PersonCard, vocabulary: Vocabulary) -> list[PersonSign]:
    """In the order of the vocabulary; within a group what is present first."""
    noted = {term.term for term in card.whole_summary.noted}
    rows = [_make_sign_row(term, card, vocabulary, term.term in noted) for term in card.whole_summary.terms]
    groups = list(dict.fromkeys(_get_group(row.term, vocabulary) for row in rows))
    return sorted(
        rows, key=lambda row: (groups.index(_get_group(row.term, vocabulary)), _RANKS.index(row.result))
    )


def _get_group(term: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.term(term)
    return known.group if known is not None else ""


def _make_sign_row(term: TermSummary, card: PersonCard, vocabulary: Vocabulary, noted: bool) -> PersonSign:
    speaking = (reason for reason in term.reasons if reason.cause.speaks)
    grounds = (*term.grounds, *(ground for reason in speaking for ground in reason.grounds))
    concerned = {ground.photo for ground in grounds} | set(find_contradicting_photos(term))
    return PersonSign(
        term.term,
        vocabulary.term_name(term.term),
        term.result,
        _describe_why(term, card, vocabulary),
        tuple(photo for photo in card.photos if photo in concerned),
        tuple(dict.fromkeys(region for ground in grounds for region in ground.regions)),
        noted,
        bool(term.contradictions) and term.decided is None,
    )


def _describe_why(term: TermSummary, card: PersonCard, vocabulary: Vocabulary) -> str:
    """On what the result rests, or why there is none; then what contradicts, and what was decided."""
    if term.result is TermResult.CANNOT_TELL:
        said = [reason.in_words(vocabulary) for reason in term.reasons]
    elif term.result is TermResult.ABSENT:
        said = [f"looked for and not seen: {regions_in_words(vocabulary, term.regions)}"]
        lists = dict.fromkeys(key for ground in term.grounds for key, _version in ground.lists)
        said += [f"list: {', '.join(map(vocabulary.list_name, lists))}"] if lists else []
    else:
        said = list(dict.fromkeys(_describe_findings_of(term, card, vocabulary)))
    if term.decided is not None:
        said.append(f"decided: {term.decided.why}")
    else:
        said += describe_contradictions(term, card.photos, vocabulary)
    return "; ".join(filter(None, said))


def _describe_findings_of(term: TermSummary, card: PersonCard, vocabulary: Vocabulary) -> Iterator[str]:
    """Where each Finding behind a result is, and how certain."""
    readings = {reading.photo: reading for reading in card.readings}
    for ground in term.grounds:
        where = regions_in_words(vocabulary, ground.regions)
        finding = readings[ground.photo].finding(ground.finding) if ground.photo in readings else None
        sure = finding.certainty_in_words if finding is not None else ""
        yield ": ".join(filter(None, (where, sure)))


def _list_coverage(
    extents: BodyExtents, good: Mapping[str, Collection[str]], card: PersonCard, vocabulary: Vocabulary
) -> Iterator[PersonCoverage]:
    """View by view what was shown; then together what never was, and what nobody opened for a photograph."""
    if not good or not any(reading.coverage for reading in card.readings):
        return
    views = {view.key: frozenset(view.regions) for view in vocabulary.views}
    missed = [shown for shown in extents.views if shown.gap]
    for shown in missed:
        if shown.extent is not Extent.NEVER:
            photos = tuple(
                photo for photo in card.photos if not views[shown.key].isdisjoint(good.get(photo, ()))
            )
            yield PersonCoverage(
                shown.name, shown.extent, _describe_extent(shown, photos, card, vocabulary), photos
            )
    never = [shown.name for shown in missed if shown.extent is Extent.NEVER]
    if never:
        yield PersonCoverage("Never shown well enough to judge", Extent.NEVER, "; ".join(never))
    if extents.closed:
        yield PersonCoverage("Never opened, lifted or spread for a photograph", Extent.NEVER, extents.closed)


def _describe_extent(
    shown: ViewExtent, photos: Sequence[str], card: PersonCard, vocabulary: Vocabulary
) -> str:
    numbers = format_photo_numbers(photos, card.photos)
    if shown.extent is Extent.WHOLE:
        return f"shown well enough to judge: {numbers}"
    return f"in part: {numbers}; without {regions_in_words(vocabulary, shown.missing, most=4)}"


def _find_best_levels(read: Iterable[Reading]) -> dict[str, str]:
    found: dict[str, str] = {}
    for reading in read:
        for key, level in reading.coverage:
            found[key] = min(
                found.get(key, level), level, key=lambda kept: _LEVELS.index(CoverageLevel(kept))
            )
    return found


def format_photo_numbers(photos: Iterable[str], of: Sequence[str]) -> str:
    """Say which of the photographs of a person: "photo 2", "photos 1, 3"."""
    numbers = [str(of.index(photo) + 1) for photo in photos if photo in of]
    return f"{'photo' if len(numbers) == 1 else 'photos'} {', '.join(numbers)}" if numbers else ""
