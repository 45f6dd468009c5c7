"""The card of one person: everything the Examiner at work may know of one Individual, on one page.

Findings, coverage and the summary are the Examiner's own; numbers and facts are shared by all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED, Evaluation
from reviewer.domain.people.individual import (
    FACT_NAMES,
    FACTS_OF_PHOTO,
    Fact,
    Individual,
    Statement,
    StatementSourceKind,
    find_stated_sex,
)
from reviewer.domain.people.individual_names import make_individual_label, merge_statements
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.descriptions import collect_answers, format_answer_lines
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.summary.summary import Summary, SummarySubject, TermSummary, Wasting
from reviewer.domain.vocabulary.coverage import find_assessable_keys
from reviewer.domain.vocabulary.coverage_gaps import (
    Extent,
    ViewExtent,
    compute_body_extents,
    find_regions_without_side,
)
from reviewer.domain.vocabulary.region_words import regions_in_words as region_words
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.reading.act_words import describe_entry
from reviewer.services.summary.summaries import Summariser
from reviewer.storage import summary_rows
from reviewer.storage.engine.among import ReadingSelection
from reviewer.storage.people import people
from reviewer.storage.reading import readings
from reviewer.storage.shared import evaluations

_MOST_ACTS = 200
_SHOWN_ANSWERS = {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
_MOST_MISSING = 4


@dataclass(frozen=True)
class TimelineEvent:
    """A line of the timeline: when (in words) and what."""

    at: str
    what: str


@dataclass(frozen=True)
class HistoryLine:
    """A line of the history."""

    at: str
    who: str
    what: str
    taken_back: bool


@dataclass(frozen=True)
class PersonCard:
    """`regions` are where the Examiner found something; `findings` what, in words; `coverage`, `summary` and
    `described` (the state of the body, the scene) in sentences; `linked` the Individuals of which it is
    stated that they may be the same person. `readings` has one Reading for each Photo that was looked at.
    `family` are the ids of the Individual and of those merged into it, `whole_summary` what `summary` says in
    sentences. `contradicted` are the Terms a person has to decide, or has decided, with the
    contradictions in words."""

    individual: Individual | None
    linked: tuple[str, ...]
    photos: tuple[str, ...]
    names: tuple[str, ...]
    regions: frozenset[str]
    findings: tuple[str, ...]
    coverage: tuple[str, ...]
    described: tuple[str, ...]
    summary: tuple[str, ...]
    timeline: tuple[TimelineEvent, ...]
    history: tuple[HistoryLine, ...]
    readings: tuple[Reading, ...]
    family: tuple[str, ...]
    whole_summary: Summary
    contradicted: tuple[tuple[TermSummary, str], ...] = ()
    notes: tuple[str, ...] = ()
    """What the summary says of no single Term."""
    evaluations: tuple[tuple[str, Evaluation], ...] = ()
    """The Examiner's own, each with the id of whom it was written of: that of the Individual itself first,
    then those of Individuals that were merged into it."""


def describe_summary(summary: Summary, photos: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Describe the summary of an Individual in sentences; below each undecided Term what contradicts."""
    for term in summary.noted:
        yield term.in_words(vocabulary)
        if term.decided is None:
            yield from (_TO_DECIDE + words for words in describe_contradictions(term, photos, vocabulary))
    yield from _describe_whole(summary, photos)


def _describe_whole(summary: Summary, photos: Sequence[str]) -> Iterator[str]:
    """Describe what is said of no single Term: nutrition, what is not read, what is left out."""
    if summary.nutrition.wasting is not Wasting.CANNOT_TELL:
        yield f"Nutrition, as far as photographs tell: {summary.nutrition.wasting}"
    missing = len(summary.unread) + len(summary.not_complete)
    for_reading = len(summary.photos) - len(summary.not_for_reading)
    if missing and summary.looked:
        yield _NOT_ALL_READ.format(missing=f"{missing:,}", all=f"{for_reading:,}")
    if summary.not_for_reading:
        numbers = (str(place) for place, photo in enumerate(photos, 1) if photo in summary.not_for_reading)
        yield _LEFT_OUT.format(photos=", ".join(numbers), read=f"{len(summary.read_for_nothing):,}")


_NOT_ALL_READ = (
    "Not read to the end: {missing} of {all} photographs for reading; "
    "until they are, nothing is absent and nothing is counted"
)
_LEFT_OUT = (
    "Left out of this summary, since sorted as soldier, scene, document or other: photo {photos}; readings "
    "of these that count nowhere: {read}"
)
_TO_DECIDE = "To decide: "
_CONTRADICTION_SENTENCES = {
    "absent": "photo {one} says present, photo {other} says absent: {where}",
    "nothing visible": "photo {one} says present, photo {other} says nothing visible: {where}",
    "looked for": "photo {one} says present, photo {other} says looked for, not seen: {where}",
    "non-specific": "photo {one} says present, photo {other} says non-specific: {where}",
}
_OTHER_SIGN_SENTENCE = "photo {one} says present, photo {other} shows {what} in the same place: {where}"


def describe_contradictions(
    term: TermSummary, photos: Sequence[str], vocabulary: Vocabulary
) -> Iterator[str]:
    """Describe each contradiction: which of the photographs, by their numbers, says what, and where."""
    places = {photo: number for number, photo in enumerate(photos, start=1)}
    for contradiction in term.contradictions:
        sentence = _CONTRADICTION_SENTENCES.get(contradiction.how, _OTHER_SIGN_SENTENCE)
        yield sentence.format(
            one=places[contradiction.present.photo],
            other=places[contradiction.against.photo],
            where=region_words(vocabulary, contradiction.regions),
            what=vocabulary.term_name(contradiction.how),
        )


def load_person_card(
    case: ReadableCase,
    examiner: str,
    id_: str,
    photos: Sequence[str],
    proposed: Individual | None = None,
    told: Collection[str] = (),
    most_acts: int = _MOST_ACTS,
) -> PersonCard:
    """Load the card; `id_` is "" for an Individual that is only proposed. For a job.

    `told` are other Examiners (ids) whose overall evaluations the history may name: a report does, while who
    reads sees only that of her own. Of the history the latest `most_acts` are read.
    """
    with case.store.read() as connection:
        known = people.load_merged_family(connection, id_) if id_ else {}
        individual = next(iter(merge_statements(known.values()).values()), None) if id_ else proposed
        merged = list(known)
        placed = people.load_photos_for_card(connection, merged, () if id_ else photos, examiner)
        shown = tuple(photo.sha256 for photo in placed)
        found = readings.load_many(connection, ReadingSelection((examiner,), shown))
        decided = summary_rows.load_decisions(connection, (examiner,), merged)
        linked = people.find_individuals_linked_to(connection, merged)
        sources = people.load_ingest_times(connection, shown)
        acts = people.load_acts_about(connection, merged, shown, most_acts)
        evaluated = evaluations.load_standing_evaluations(connection, merged)
    by_photo = {reading.photo: reading for reading in found}
    read = tuple(by_photo[photo] for photo in shown if photo in by_photo)
    person = _make_subject(placed, individual if id_ else None)
    summary = Summariser(case, [examiner]).summarise_readings(found, person, decided)
    return PersonCard(
        individual=individual,
        linked=tuple(
            f"{FACT_NAMES[Fact.SAME_PERSON]}: {make_individual_label(other)} "
            f" ({said.certainty}; stated there)"
            for other, said in linked
        ),
        photos=shown,
        names=tuple(photo.name for photo in placed if photo.name is not None),
        regions=frozenset(region for present in _list_present(read) for region in present[1].regions),
        findings=tuple(_describe_findings(read, shown, case.vocabulary)),
        coverage=tuple(describe_coverage(_keep_counted(read, summary), case.vocabulary)),
        described=tuple(_describe_answers(read, shown, case.vocabulary)),
        summary=tuple(describe_summary(summary, shown, case.vocabulary)),
        notes=tuple(_describe_whole(summary, shown)),
        timeline=tuple(_make_timeline(placed, sources)),
        history=tuple(_make_history(acts, case.vocabulary, {examiner, *told})),
        evaluations=tuple(
            evaluation for id_ in merged for evaluation in evaluated if _is_own(evaluation, id_, examiner)
        ),
        readings=read,
        family=tuple(merged),
        whole_summary=summary,
        contradicted=tuple(_list_contradicted_terms(summary, shown, case.vocabulary)),
    )


def _list_contradicted_terms(
    summary: Summary, photos: Sequence[str], vocabulary: Vocabulary
) -> Iterator[tuple[TermSummary, str]]:
    """Yield the Terms with contradicting Readings, each with its contradictions in words."""
    for term in summary.terms:
        if term.contradictions:
            yield term, "; ".join(describe_contradictions(term, photos, vocabulary))


def list_counted_readings(card: PersonCard) -> list[Reading]:
    """List the Readings of Photos that are for reading: nothing else counts."""
    return _keep_counted(card.readings, card.whole_summary)


def _keep_counted(read: Iterable[Reading], summary: Summary) -> list[Reading]:
    """What was read on Photos that are for reading: nothing else counts."""
    return [reading for reading in read if reading.photo not in summary.not_for_reading]


def _make_history(
    acts: Iterable[people.ActAbout], vocabulary: Vocabulary, told: Collection[str]
) -> Iterator[HistoryLine]:
    """Yield the lines of the history; evaluations only of the Examiners `told`."""
    for act in acts:
        entry = act.entry
        if entry.act != INDIVIDUAL_EVALUATED or entry.author in told:
            yield HistoryLine(entry.at, act.who, describe_entry(entry, vocabulary), act.taken_back)


def _make_subject(photos: Sequence[people.PhotoOfPerson], individual: Individual | None) -> SummarySubject:
    """Return the subject of the Summary; nothing is stated of one that is only proposed."""
    return SummarySubject(
        tuple(photo.sha256 for photo in photos),
        {photo.sha256: photo.duplicates for photo in photos},
        frozenset(photo.sha256 for photo in photos if not is_for_reading(photo.category)),
        find_stated_sex(individual) if individual is not None else "",
    )


def _is_own(evaluated: tuple[str, Evaluation], individual: str, examiner: str) -> bool:
    return evaluated[0] == individual and evaluated[1].examiner == examiner


def _list_present(read: Iterable[Reading]) -> Iterator[tuple[Reading, Finding]]:
    return (
        (reading, finding)
        for reading in read
        for finding in reading.findings
        if finding.confirmed and finding.answer in _SHOWN_ANSWERS
    )


def _describe_findings(
    read: Sequence[Reading], photos: Sequence[str], vocabulary: Vocabulary
) -> Iterable[str]:
    """Each finding once, with the numbers of the photographs of this person that show it."""
    places = {photo: number for number, photo in enumerate(photos, start=1)}
    shown: dict[str, list[int]] = {}
    for reading, finding in _list_present(read):
        where = ", ".join(vocabulary.region_name(region) for region in finding.regions)
        sure = finding.certainty_in_words
        how = ", non-specific" if finding.answer is FindingAnswer.NON_SPECIFIC else ""
        how += _describe_seen_only(finding)
        words = f"{vocabulary.term_name(finding.term)}{f', {where}' if where else ''}: {sure}{how}"
        shown.setdefault(words, []).append(places[reading.photo])
    for words, numbers in shown.items():
        listed = ", ".join(str(number) for number in dict.fromkeys(numbers))
        yield f"{words}; photo {listed}" if len(set(numbers)) == 1 else f"{words}; photos {listed}"


def _describe_seen_only(finding: Finding) -> str:
    """Describe how a finding was seen that was never seen in the photograph as it is."""
    if finding.explored_by:
        return f", seen only through exploration ({', '.join(finding.explored_by)})"
    return ", seen only through display steps" if finding.is_only_enhanced else ""


def describe_coverage(read: Sequence[Reading], vocabulary: Vocabulary) -> list[str]:
    """Describe what the Examiner marked as shown well enough, view by view."""
    said = {region for reading in read for region, _level in reading.coverage}
    if not said:
        return ["No coverage was marked yet."]
    good = frozenset(region for reading in read for region in find_assessable_keys(reading.coverage))
    found = compute_body_extents(vocabulary, good)
    lines = [_describe_extent(shown, vocabulary) for shown in found.views if shown.gap]
    lines += [f"{found.closed_in_words}."] if found.closed_in_words else []
    unsided = find_regions_without_side(
        vocabulary, tuple(stated for reading in read for stated in reading.coverage)
    )
    if unsided:
        where = region_words(vocabulary, unsided, most=len(unsided))
        lines.append(f"Said before sides were kept apart, and counted for neither: {where}.")
    return lines


def _describe_answers(
    read: Sequence[Reading], photos: Sequence[str], vocabulary: Vocabulary
) -> Iterator[str]:
    """Describe the answers about these Photos as a whole, open Readings included, each with its Photos."""
    said = collect_answers(vocabulary, [(reading.photo, reading.description) for reading in read], photos)
    yield from format_answer_lines(vocabulary, said, photos)


def _describe_extent(shown: ViewExtent, vocabulary: Vocabulary) -> str:
    """One view in the Examiner's words: shown, shown in part (and what is missing), never shown."""
    if shown.extent is Extent.WHOLE:
        return f"{shown.name}: shown well enough to judge"
    if shown.extent is Extent.NEVER:
        return f"{shown.name}: never shown well enough to judge"
    missing = region_words(vocabulary, shown.missing, most=_MOST_MISSING)
    return f"{shown.name}: shown in part, without {missing}"


def _make_timeline(
    photos: Iterable[people.PhotoOfPerson], sources: Iterable[tuple[str, str]]
) -> list[TimelineEvent]:
    """Return when Photos were taken, by the camera's unverified clock, and ingested and read, by that of the
    machine."""
    moments = [photo for photo in photos if photo.name is not None]
    found = [
        TimelineEvent(photo.taken_at, f"photo {number} taken, {photo.name}")
        for number, photo in enumerate(moments, start=1)
        if photo.taken_at
    ]
    found += [TimelineEvent(at, f"ingested from {path}") for at, path in sources if at]
    found += [
        TimelineEvent(photo.read_at, f"photo {number} read last")
        for number, photo in enumerate(moments, start=1)
        if photo.read_at
    ]
    return sorted(found, key=lambda event: event.at.replace("T", " "))


def describe_statement(statement: Statement, names: Mapping[str, str], photos: Sequence[str] = ()) -> str:
    """Describe one statement in one line: what, how sure, on what it rests, who stated it.

    `names` are of examiners by id; `photos` those of the person, whose places are the numbers that are said.
    """
    value, whence = describe_value(statement, photos), describe_whence(statement, names, photos)
    words = f"{FACT_NAMES[statement.fact]}: {value}  ({whence})"
    return f"{words}  withdrawn: {statement.withdrawn}" if statement.withdrawn else words


def describe_value(statement: Statement, photos: Sequence[str] = ()) -> str:
    """Describe what is stated: photographs by their number, individuals as they are called."""
    if statement.fact is Fact.BEST_FACE:
        return _name_photo(statement.value, photos)
    return (statement.detail if statement.fact is Fact.SAME_PERSON else "") or statement.value


def describe_whence(statement: Statement, names: Mapping[str, str], photos: Sequence[str] = ()) -> str:
    """Describe how sure a statement is, on what it rests, and who stated it."""
    who = f", {names.get(statement.author, statement.author)}" if statement.author else ""
    rests = {
        StatementSourceKind.CARD: statement.detail or "a card",
        StatementSourceKind.FOLDER: f"folder {statement.source}",
        StatementSourceKind.RECORD: f"records, {statement.detail or statement.source}",
    }.get(statement.kind, statement.detail or "seen by the examiner")
    if statement.fact is Fact.OTHER and statement.source:
        rests = statement.source
    if statement.fact in FACTS_OF_PHOTO:
        rests = _name_photo(statement.source, photos)
    elif statement.fact is Fact.SAME_PERSON:
        rests = "seen by the examiner"
    return f"{statement.certainty}; {rests}{who}"


def _name_photo(photo: str, photos: Sequence[str]) -> str:
    """Return "photo 3" of a person, or the beginning of its SHA-256 if it is not one of these."""
    return f"photo {photos.index(photo) + 1}" if photo in photos else f"photo {photo[:12]}"
