"""The fields of the query language: what each asks about, which values it takes, and how they compare.

The parser, completion, the compiler to SQL and the manual are views of this one list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.people.individual import AGE_BANDS, SEXES
from reviewer.domain.reading.category import Category
from reviewer.domain.reading.reading import NOT_STATED
from reviewer.domain.vocabulary.scales import Answer, Certainty
from reviewer.domain.worklist.worklist import Progress


class Kind(StrEnum):
    """The kinds of values."""

    TERM = "term"
    REGION = "region"
    CHOICE = "choice"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    FULL_TEXT = "full text"
    COVERS = "covers"
    DESCRIBED = "described"
    AGE = "age"
    HASH = "hash"


@dataclass(frozen=True)
class Field:
    """`of_finding`: conditions on it that stand side by side speak of one and the same Finding.

    `choices` are the values of a CHOICE, in ascending order if `ordered`. `says` completes the sentence
    "Photographs ...".
    """

    name: str
    kind: Kind
    says: str
    of_finding: bool = False
    choices: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def relations(self) -> tuple[str, ...]:
        """What can stand between the field and its value."""
        compared = (":", "=", ">=", "<=", ">", "<")
        if self.ordered or self.kind in {Kind.COUNT, Kind.DATE, Kind.NUMBER}:
            return (*compared, "!=") if self.of_finding else compared
        if self.kind in {Kind.FULL_TEXT, Kind.HASH, Kind.COVERS, Kind.DESCRIBED, Kind.AGE}:
            return (":",)
        return (":", "=", "!=") if self.of_finding else (":", "=")

    @property
    def takes_ranges(self) -> bool:
        return self.ordered or self.kind in {Kind.COUNT, Kind.DATE, Kind.NUMBER}


NONE = "none"
DOUBT = "doubt"
RECORDED = "recorded"
UNSORTED = "unsorted"
ANY = "any"

HAS = (
    "card",
    "coverage",
    "damage",
    "description",
    "duplicates",
    "finding",
    "individual",
    "list",
    "mark",
    "note",
    "record",
    "unconfirmed",
    "unstated",
)
CONCLUSIONS = ("nothing visible", "not assessable", NONE)
CERTAINTIES = (NOT_STATED, str(Certainty.POSSIBLE), str(Certainty.PROBABLE), str(Certainty.DEFINITE))

VERSIONS = ("1.0.0", "1.1.0", "2.0.0")
"""Of the vocabulary, in their order; a test compares them with the vocabulary and its earlier ones."""

DESCRIBED: tuple[tuple[str, str], ...] = (
    ("stage", "that show the body at this stage of decomposition"),
    ("preservation", "of a body cooled or frozen like this"),
    ("washed", "of a body that is wet or washed, or not"),
    ("autopsied", "of a body cut open before, or not"),
    ("bagged", "of a body in a bag, or not"),
    ("lividity", "whose lividity fits the posture like this"),
    ("rigor", "that show rigor, or not"),
    ("insects", "that show these insects"),
    ("posture", "of a body that lies like this"),
    ("dress", "of a body dressed like this"),
    ("clothing", "with clothing in this state"),
    ("under", "of a body with this under it"),
    ("card", "with a card there"),
    ("card_material", "with a card of this material"),
    ("card_script", "with a card written like this"),
    ("second_card", "with a second card like this"),
    ("other_card", "with a card of another body, or not"),
    ("place", "that show this kind of place"),
    ("other_bodies", "that show so many other bodies"),
    ("living", "that show this of living persons"),
    ("reference", "with such a scale or chart"),
    ("light", "in this light"),
)
"""Keys of the vocabulary's description, each with what it asks; a test compares them with the vocabulary."""

FIELDS: tuple[Field, ...] = (
    Field("term", Kind.TERM, "with a finding of this term or group of terms", of_finding=True),
    Field("region", Kind.REGION, "with a finding in this region or group of regions", of_finding=True),
    Field("certainty", Kind.CHOICE, "with a finding this certain", True, CERTAINTIES, True),
    Field("answer", Kind.CHOICE, "with a finding of this answer", True, (*map(str, Answer), ANY)),
    Field("vocabulary", Kind.CHOICE, "with a finding made under this version", True, VERSIONS, True),
    Field("findings", Kind.COUNT, "with so many findings that are there"),
    Field("has", Kind.CHOICE, "of which there is such a thing", choices=HAS),
    Field("covers", Kind.COVERS, "that show this region or view well enough to judge"),
    Field("state", Kind.CHOICE, "whose reading stands here", choices=tuple(map(str, Progress))),
    Field("conclusion", Kind.CHOICE, "concluded like this", choices=CONCLUSIONS),
    Field("category", Kind.CHOICE, "of this category", choices=(*map(str, Category), NONE, UNSORTED)),
    Field("individual", Kind.TEXT, "of this individual (id, number or name; none)"),
    Field("number", Kind.NUMBER, "with this detainee, branch or examination number"),
    Field("detainee", Kind.NUMBER, "with this detainee number"),
    Field("branch", Kind.NUMBER, "with this branch number"),
    Field("examination", Kind.NUMBER, "with this examination number"),
    Field("sex", Kind.CHOICE, "of an individual of this sex", choices=SEXES),
    Field("age", Kind.AGE, "of an individual whose apparent age may be this", choices=AGE_BANDS),
    Field("note", Kind.FULL_TEXT, "with these words in the note of the reading"),
    Field("record", Kind.FULL_TEXT, "of an individual with these words in a record"),
    Field("taken", Kind.DATE, "taken then, by the clock of the camera (or none, or doubt)"),
    Field("ingested", Kind.DATE, "ingested then (UTC)"),
    Field("file", Kind.TEXT, "found under this name"),
    Field("folder", Kind.TEXT, "found in this folder"),
    Field("source", Kind.TEXT, "of this source"),
    Field("camera", Kind.TEXT, "of this make or model of camera"),
    Field("software", Kind.TEXT, "whose file names this software (or none)"),
    Field("serial", Kind.TEXT, "whose file names this serial number or owner (or none)"),
    Field("position", Kind.CHOICE, "whose file names a position", choices=(RECORDED, NONE)),
    Field("tag", Kind.TEXT, "with this in the name or value of a tag of the file"),
    Field("list", Kind.TEXT, "in this list"),
    Field("photo", Kind.HASH, "whose SHA-256 begins like this"),
    Field("alike", Kind.HASH, "nearly the same as the one whose SHA-256 begins like this"),
    *(Field(name, Kind.DESCRIBED, says) for name, says in DESCRIBED),
)

ALIASES = {
    "name": "file",
    "gps": "position",
    "concluded": "conclusion",
    "exam": "examination",
    "is": "state",
    "made_under": "vocabulary",
}
_BY_NAME = {each.name: each for each in FIELDS}


def field_of(name: str) -> Field | None:
    """The field of a name or alias, in any case; None if there is none."""
    lowered = name.casefold()
    return _BY_NAME.get(ALIASES.get(lowered, lowered))
