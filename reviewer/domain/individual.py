"""What all Examiners of a Case share: the Individuals, what is stated of them, and where each Photo belongs.

Nothing here is overwritten: a statement names its source and stands beside others that say something else,
until a person withdraws one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Fact(StrEnum):
    """What can be stated of an Individual. The three numbers are those of the cards (product words)."""

    DETAINEE_NUMBER = "number.detainee"
    BRANCH_NUMBER = "number.branch"
    EXAMINATION_NUMBER = "number.examination"
    NAME = "name"
    SEX = "sex"
    AGE_BAND = "age_band"
    DIED_ON = "died_on"
    STATE = "state"
    RESTRAINTS = "restraints"
    MEDICAL_TRACES = "medical_traces"
    OTHER = "other"


NUMBERS = (Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER)

FACT_NAMES = {
    Fact.DETAINEE_NUMBER: "Detainee number",
    Fact.BRANCH_NUMBER: "Branch number",
    Fact.EXAMINATION_NUMBER: "Examination number",
    Fact.NAME: "Name",
    Fact.SEX: "Sex",
    Fact.AGE_BAND: "Apparent age",
    Fact.DIED_ON: "Date of death",
    Fact.STATE: "State of the body",
    Fact.RESTRAINTS: "Restraints",
    Fact.MEDICAL_TRACES: "Medical traces",
    Fact.OTHER: "Other",
}

SEXES = ("male", "female", "cannot tell")
_TOLD_SEXES = SEXES[:2]
AGE_BANDS = ("under 12", "12-17", "18-29", "30-44", "45-59", "60 and over", "cannot tell")
"""Apparent age; the bands of the forensic reference, section 5."""
STATES = ("fresh", "early decomposition", "advanced decomposition", "mummified", "cannot tell")
CERTAINTIES = ("definite", "probable", "possible")


class SourceKind(StrEnum):
    """Where a statement comes from."""

    EXAMINER = "examiner"
    CARD = "card"
    RECORD = "record"
    FOLDER = "folder"


@dataclass(frozen=True)
class Statement:
    """One value of one Fact. `source` names what it rests on: a Photo's SHA-256 for a card, `file:row` for a
    record, a folder; `detail` says it in words. `withdrawn` is why it no longer counts, "" if it does."""

    id: str
    fact: Fact
    value: str
    certainty: str
    kind: SourceKind
    source: str = ""
    detail: str = ""
    author: str = ""
    at: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class Individual:
    """One person, as accepted by an Examiner; `reason` is why these Photos were held together at first.

    `merged_into` is the id of the Individual that this one turned out to be, "" if it stands for itself.
    """

    id: str
    reason: str = ""
    author: str = ""
    at: str = ""
    merged_into: str = ""
    statements: tuple[Statement, ...] = field(default=())

    def values(self, fact: Fact) -> tuple[str, ...]:
        """The different values that stand for a Fact, in the order in which they were stated."""
        standing = (each.value for each in self.statements if each.fact is fact and not each.withdrawn)
        return tuple(dict.fromkeys(standing))


def sex_of(individual: Individual) -> str:
    """ "male" or "female" where exactly one of the two is stated, else ""."""
    stated = [each for each in individual.values(Fact.SEX) if each in _TOLD_SEXES]
    return stated[0] if len(stated) == 1 else ""


class Pass(StrEnum):
    """The first and the second, blind, reading of a card; and what a person decided between them."""

    FIRST = "first"
    SECOND = "second"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Transcription:
    """What one pass read on the card of a Photo. A digit that cannot be read is `?`, what is not there is "".

    `box` is where the card is: left, top, width, height in recorded pixels, or None. `legible`: "yes",
    "in part", "no", "no card".
    """

    number: Pass
    detainee: str = ""
    branch: str = ""
    examination: str = ""
    date: str = ""
    legible: str = "yes"
    note: str = ""
    box: tuple[int, int, int, int] | None = None
    author: str = ""
    at: str = ""

    @property
    def content(self) -> tuple[str, str, str, str]:
        """What two passes have to agree on."""
        return self.detainee, self.branch, self.examination, self.date


@dataclass(frozen=True)
class PhotoFacts:
    """What is shared about one Photo: its category, its Individual (an id), its group of near-duplicates
    (the SHA-256 of the group's first Photo) and its card; "" where nothing was said."""

    photo: str
    category: str = ""
    individual: str = ""
    duplicates: str = ""
    cards: tuple[Transcription, ...] = field(default=())

    def card(self, number: Pass) -> Transcription | None:
        return next((each for each in self.cards if each.number is number), None)


@dataclass(frozen=True)
class RecordLink:
    """What was decided about one row of a file of records: the Individual it speaks of, or why none."""

    record: str
    individual: str = ""
    how: str = ""
    note: str = ""
    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class SavedList:
    """A list under a name. `query` finds its Photos anew each time; a drawn sample keeps `photos` as well,
    with how it was drawn in `details` (canonical JSON)."""

    id: str
    name: str
    query: str
    sorting: str = ""
    details: str = ""
    photos: tuple[str, ...] = ()
    author: str = ""
    at: str = ""
