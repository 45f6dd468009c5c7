"""What all Examiners of a Case share: the Individuals, what is stated of them, and where each Photo belongs.

Nothing here is overwritten: a statement names its source and stands beside others that say something else,
until a person withdraws one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Fact(StrEnum):
    """What can be stated of an Individual. The three numbers are those of the cards (product words).

    Nothing here is an injury: what was done to a person is a Finding.
    """

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
    CLOTHING = "clothing"
    JEWELLERY = "jewellery"
    HAIR_COLOUR = "hair_colour"
    HAIR_LENGTH = "hair_length"
    BEARD = "beard"
    EYE_COLOUR = "eye_colour"
    BUILD = "build"
    CIRCUMCISION = "circumcision"
    DENTITION = "dentition"
    GLASSES = "glasses"
    OLD_AMPUTATION = "old_amputation"
    MARK_AND_SIDE = "mark_and_side"
    RECOGNISABLE = "recognisable"
    BEST_FACE = "best_face"
    SAME_PERSON = "same_person"


NUMBER_FACTS = (Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER)
FACT_OF_NUMBER_FIELD = dict(zip(("detainee", "branch", "examination"), NUMBER_FACTS, strict=True))
"""Name of a number in queries and on cards -> the Fact that it states."""

FACT_NAMES = {
    Fact.DETAINEE_NUMBER: "Detainee number",
    Fact.BRANCH_NUMBER: "Branch number",
    Fact.EXAMINATION_NUMBER: "Examination number",
    Fact.NAME: "Name",
    Fact.SEX: "Sex",
    Fact.AGE_BAND: "Apparent age",
    Fact.DIED_ON: "Date stated on card or record",
    Fact.STATE: "State of the body",
    Fact.RESTRAINTS: "Restraints",
    Fact.MEDICAL_TRACES: "Medical traces",
    Fact.OTHER: "Other",
    Fact.CLOTHING: "Clothing",
    Fact.JEWELLERY: "Jewellery",
    Fact.HAIR_COLOUR: "Hair colour",
    Fact.HAIR_LENGTH: "Hair length",
    Fact.BEARD: "Beard",
    Fact.EYE_COLOUR: "Eye colour",
    Fact.BUILD: "Build",
    Fact.CIRCUMCISION: "Circumcision",
    Fact.DENTITION: "Teeth as seen",
    Fact.GLASSES: "Glasses",
    Fact.OLD_AMPUTATION: "Old amputation",
    Fact.MARK_AND_SIDE: "Mark and its side",
    Fact.RECOGNISABLE: "Recognisable by kin from this photograph",
    Fact.BEST_FACE: "Best photograph of the face",
    Fact.SAME_PERSON: "Possibly the same person as",
}

STATED_FACTS = (Fact.NAME, Fact.SEX, Fact.AGE_BAND, Fact.DIED_ON, Fact.OTHER)
IDENTITY_FACTS = (
    Fact.CLOTHING,
    Fact.JEWELLERY,
    Fact.HAIR_COLOUR,
    Fact.HAIR_LENGTH,
    Fact.BEARD,
    Fact.EYE_COLOUR,
    Fact.BUILD,
    Fact.CIRCUMCISION,
    Fact.DENTITION,
    Fact.GLASSES,
    Fact.OLD_AMPUTATION,
    Fact.MARK_AND_SIDE,
)
"""What a form for the identification of the dead asks."""
FACTS_OF_PHOTO = (Fact.RECOGNISABLE, Fact.BEST_FACE)
"""Facts that rest on one Photo, which is their source."""
STATEMENT_FORM = (
    ("Numbers", NUMBER_FACTS),
    ("What is stated", STATED_FACTS),
    ("Identity", IDENTITY_FACTS),
    ("Photographs and links", (*FACTS_OF_PHOTO, Fact.SAME_PERSON)),
)
"""What is offered to be stated, group by group. The state of the body, restraints and medical traces are said
of photographs by now; what was stated of them before stays and is shown."""
FACTS_FROM_RECORDS = tuple(fact for fact in Fact if fact not in {*FACTS_OF_PHOTO, Fact.SAME_PERSON})
"""What a column of a file about the victims can hold."""

SEXES = ("male", "female", "cannot tell")
_STATED_SEXES = SEXES[:2]
AGE_BANDS = ("under 12", "12-17", "18-29", "30-44", "45-59", "60 and over", "cannot tell")
"""Apparent age; the bands of the forensic reference, section 5. Years from and to are stated as well
(`domain/people/ages.py`)."""
BODY_STATES = ("fresh", "early decomposition", "advanced decomposition", "mummified", "cannot tell")
_CANNOT_TELL = "cannot tell"
FACT_CHOICES: dict[Fact, tuple[str, ...]] = {
    Fact.SEX: SEXES,
    Fact.STATE: BODY_STATES,
    Fact.HAIR_COLOUR: (
        "black", "dark brown", "light brown", "fair", "red", "grey", "white", "dyed", _CANNOT_TELL,
    ),
    Fact.HAIR_LENGTH: ("shaved", "bald in part", "short", "medium", "long", _CANNOT_TELL),
    Fact.BEARD: ("none", "stubble", "moustache only", "short beard", "long beard", _CANNOT_TELL),
    Fact.EYE_COLOUR: ("brown", "hazel", "green", "blue", "grey", "two colours", _CANNOT_TELL),
    Fact.BUILD: ("slight", "medium", "heavy", _CANNOT_TELL),
    Fact.CIRCUMCISION: ("circumcised", "not circumcised", _CANNOT_TELL),
    Fact.GLASSES: ("worn", "beside the body", "none seen", _CANNOT_TELL),
    Fact.RECOGNISABLE: ("yes", "no"),
}  # fmt: skip
"""The values of the Facts that are not written freely."""
FACT_HINTS: dict[Fact, str] = {
    Fact.AGE_BAND: "from and to, in years: 25-40, under 12, over 60, cannot tell",
    Fact.DIED_ON: "2012-08-14, 2012-08 or 2012; ? for each digit that cannot be read",
    Fact.CLOTHING: "item, colour, label: shirt, dark blue, label M",
    Fact.JEWELLERY: "what and where: ring, left ring finger",
    Fact.DENTITION: "gap, crown, bridge or prosthesis, and where; no name of a dentist's chart",
    Fact.OLD_AMPUTATION: "what is missing, with a healed stump: left index finger, end part",
    Fact.MARK_AND_SIDE: "left, right, middle or both, a colon, the mark: left: tattoo of an anchor, forearm",
}
"""How the value of a Fact is written."""
STATEMENT_CERTAINTIES = ("definite", "probable", "possible")


class StatementSourceKind(StrEnum):
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
    kind: StatementSourceKind
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
        standing = (
            statement.value
            for statement in self.statements
            if statement.fact is fact and not statement.withdrawn
        )
        return tuple(dict.fromkeys(standing))


def find_stated_sex(individual: Individual) -> str:
    """ "male" or "female" where exactly one of the two is stated, else ""."""
    stated = [sex for sex in individual.values(Fact.SEX) if sex in _STATED_SEXES]
    return stated[0] if len(stated) == 1 else ""


class TranscriptionPass(StrEnum):
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

    number: TranscriptionPass
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

    def card(self, number: TranscriptionPass) -> Transcription | None:
        return next((card for card in self.cards if card.number is number), None)


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
