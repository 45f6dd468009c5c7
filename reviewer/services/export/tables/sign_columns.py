"""The columns of the table of individuals by signs: one row for one sign of one individual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.domain.reading.sign_lists import format_checked_lists
from reviewer.domain.summary.headings import iterate_supporting_grounds
from reviewer.domain.summary.summary import Summary, TermResult, TermSummary
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.tables.columns import ExportColumn

NOT_STATED = "not stated"
SEXES = ("male", "female", NOT_STATED)
PART_PREFIX = "part_"


@dataclass(frozen=True)
class CountedIndividual:
    """One Individual (an id) whose readings are added up; `sex` is "male", "female" or NOT_STATED."""

    id: str
    label: str
    sex: str
    summary: Summary


@dataclass(frozen=True)
class SignRow:
    """What is said of one Term of an Individual. `parts`: group of Regions -> the result in that part of the
    body, nothing for signs that are not counted by parts; `headings` are those that count the Term."""

    individual: CountedIndividual
    term: TermSummary
    group: str
    headings: tuple[str, ...]
    parts: Mapping[str, TermResult]
    vocabulary: Vocabulary
    names: Mapping[str, str]

    @property
    def photos(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ground.photo for ground in self.term.grounds))

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings behind the result, then those that speak for the sign."""
        every = (*self.term.grounds, *iterate_supporting_grounds(self.term))
        return tuple(dict.fromkeys(ground.finding for ground in every if ground.finding))

    @property
    def against(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(contradiction.against.photo for contradiction in self.term.contradictions))

    @property
    def lists(self) -> tuple[tuple[str, str], ...]:
        if self.term.result is not TermResult.ABSENT:
            return ()
        return tuple(dict.fromkeys(listed for ground in self.term.grounds for listed in ground.lists))

    @property
    def examiners(self) -> tuple[str, ...]:
        """The examiners (ids) whose Readings the result rests on."""
        return tuple(dict.fromkeys(ground.examiner for ground in self.term.grounds if ground.examiner))


def _join(values: Iterable[str]) -> str:
    return ";".join(values)


def _format_decision(row: SignRow) -> str:
    return str(row.term.decided.result) if row.term.decided is not None else ""


def _find_decider_name(row: SignRow) -> str:
    decided = row.term.decided
    return row.names.get(decided.examiner, decided.examiner) if decided is not None else ""


_SUBJECT_COLUMNS: tuple[ExportColumn[SignRow], ...] = (
    ExportColumn("individual", "id of the individual in the ledger", lambda r: r.individual.id),
    ExportColumn(
        "label", "numbers of the individual as stated, never a name", lambda r: r.individual.label, free=True
    ),
    ExportColumn(
        "sex",
        "male, female, or not stated (nothing stated, or contradictory): what a sign needs to be absent can "
        "depend on it",
        lambda r: r.individual.sex,
    ),
    ExportColumn(
        "all_read",
        "yes if every photograph of the individual that is for reading was read to the end: figures count "
        "these individuals only",
        lambda r: "yes" if r.individual.summary.all_read else "no",
    ),
    ExportColumn(
        "n_of_individual",
        "number of photographs of the individual, near-duplicates and those not for reading included",
        lambda r: str(len(r.individual.summary.photos)),
        whole=True,
    ),
    ExportColumn("term", "key of the vocabulary's term: the sign", lambda r: r.term.term),
    ExportColumn("term_name", "its English name", lambda r: r.vocabulary.term_name(r.term.term)),
    ExportColumn(
        "term_group",
        "key of the group of signs it belongs to; empty for a term of another version of the vocabulary",
        lambda r: r.group,
    ),
    ExportColumn(
        "headings", "keys of the headings that count it, separated by ;", lambda r: _join(r.headings)
    ),
    ExportColumn(
        "result",
        "present, absent, conflict, after death, certainty not stated or cannot tell, by the rule of the "
        "summary; cannot tell is never absent",
        lambda r: str(r.term.result),
    ),
    ExportColumn(
        "reasons",
        "why it cannot be told, separated by ;",
        lambda r: _join(str(why.cause) for why in r.term.reasons),
    ),
    ExportColumn(
        "regions",
        "keys of the regions where it is present or in conflict, or was looked for, separated by ;",
        lambda r: _join(r.term.regions),
    ),
    ExportColumn(
        "region_names",
        "their English names, separated by ;",
        lambda r: _join(r.vocabulary.region_name(region) for region in r.term.regions),
    ),
)

_EVIDENCE_COLUMNS: tuple[ExportColumn[SignRow], ...] = (
    ExportColumn(
        "n_photographs",
        "number of photographs the result rests on, near-duplicates once; 0 if it cannot be told",
        lambda r: str(r.term.pictures),
        whole=True,
    ),
    ExportColumn("photographs", "SHA-256 of these, separated by ;", lambda r: _join(r.photos)),
    ExportColumn(
        "findings",
        "ids of the findings behind the result, and of those that speak for the sign whatever became of "
        "them, separated by ;",
        lambda r: _join(r.findings),
    ),
    ExportColumn(
        "contradicted_on",
        "SHA-256 of photographs whose reading contradicts a finding, separated by ;",
        lambda r: _join(r.against),
    ),
    ExportColumn(
        "lists",
        "lists of signs an absence rests on (key and version of the vocabulary), separated by ;; empty where "
        "it was stated, and where the result is another one",
        lambda r: format_checked_lists(r.lists),
    ),
    ExportColumn(
        "examiners",
        "ids of the examiners whose readings the result rests on, separated by ;",
        lambda r: _join(r.examiners),
    ),
    ExportColumn(
        "decision",
        "what a person decided about contradicting readings: present, absent or cannot tell; empty if "
        "nothing that stands was decided",
        _format_decision,
    ),
    ExportColumn("decided_by", "name of the examiner who decided it", _find_decider_name, free=True),
    ExportColumn(
        "decided_by_id",
        "the examiner's id in the ledger",
        lambda r: r.term.decided.examiner if r.term.decided is not None else "",
    ),
    ExportColumn(
        "decided_at",
        "UTC time at which it was decided",
        lambda r: r.term.decided.at if r.term.decided is not None else "",
    ),
    ExportColumn(
        "decided_why",
        "why it was decided so",
        lambda r: r.term.decided.why if r.term.decided is not None else "",
        free=True,
    ),
)


def _make_part_column(key: str, name: str) -> ExportColumn[SignRow]:
    return ExportColumn(
        f"{PART_PREFIX}{key}",
        f"the result in this part of the body: {name}; empty for signs that are not counted by parts",
        lambda r: str(r.parts[key]) if key in r.parts else "",
    )


def make_columns(vocabulary: Vocabulary) -> tuple[ExportColumn[SignRow], ...]:
    """All columns, in their order; one for each group of Regions of the vocabulary."""
    return (
        *_SUBJECT_COLUMNS,
        *(_make_part_column(group.key, group.name) for group in vocabulary.region_groups),
        *_EVIDENCE_COLUMNS,
    )


def list_result_columns(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the names of the columns that hold a result."""
    yield "result"
    yield from (f"{PART_PREFIX}{group.key}" for group in vocabulary.region_groups)
