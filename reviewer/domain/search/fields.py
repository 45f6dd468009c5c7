"""The fields of the query language: what each asks about, which values it takes, and how they compare.

The parser, completion, the compiler to SQL and the manual are views of this one list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.people.individual import AGE_BANDS, SEXES
from reviewer.domain.reading.category import Category
from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.domain.worklist.worklist import ReadingProgress


class FieldKind(StrEnum):
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
class QueryField:
    """`of_finding`: conditions on it that stand side by side speak of one and the same Finding.

    `choices` are the values of a CHOICE, in ascending order if `ordered`. `says` completes the sentence
    "Photographs ...".
    """

    name: str
    kind: FieldKind
    says: str
    of_finding: bool = False
    choices: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def relations(self) -> tuple[str, ...]:
        """What can stand between the field and its value."""
        compared = (":", "=", ">=", "<=", ">", "<")
        if self.ordered or self.kind in {FieldKind.COUNT, FieldKind.DATE, FieldKind.NUMBER}:
            return (*compared, "!=") if self.of_finding else compared
        if self.kind in {
            FieldKind.FULL_TEXT,
            FieldKind.HASH,
            FieldKind.COVERS,
            FieldKind.DESCRIBED,
            FieldKind.AGE,
        }:
            return (":",)
        return (":", "=", "!=") if self.of_finding else (":", "=")

    @property
    def takes_ranges(self) -> bool:
        return self.ordered or self.kind in {FieldKind.COUNT, FieldKind.DATE, FieldKind.NUMBER}


NONE_VALUE = "none"
DOUBT_VALUE = "doubt"
RECORDED_VALUE = "recorded"
UNSORTED_VALUE = "unsorted"
ANY_ANSWER = "any"

HAS_CHOICES = (
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
CONCLUSION_CHOICES = ("nothing visible", "not assessable", NONE_VALUE)
CERTAINTY_CHOICES = (
    CERTAINTY_NOT_STATED,
    str(Certainty.POSSIBLE),
    str(Certainty.PROBABLE),
    str(Certainty.DEFINITE),
)

VOCABULARY_VERSIONS = ("1.0.0", "1.1.0", "2.0.0")
"""Of the vocabulary, in their order; a test compares them with the vocabulary and its earlier ones."""

DESCRIPTION_FIELDS: tuple[tuple[str, str], ...] = (
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

QUERY_FIELDS: tuple[QueryField, ...] = (
    QueryField("term", FieldKind.TERM, "with a finding of this term or group of terms", of_finding=True),
    QueryField(
        "region", FieldKind.REGION, "with a finding in this region or group of regions", of_finding=True
    ),
    QueryField("certainty", FieldKind.CHOICE, "with a finding this certain", True, CERTAINTY_CHOICES, True),
    QueryField(
        "answer",
        FieldKind.CHOICE,
        "with a finding of this answer",
        True,
        (*map(str, FindingAnswer), ANY_ANSWER),
    ),
    QueryField(
        "vocabulary",
        FieldKind.CHOICE,
        "with a finding made under this version",
        True,
        VOCABULARY_VERSIONS,
        True,
    ),
    QueryField("findings", FieldKind.COUNT, "with so many findings that are there"),
    QueryField("has", FieldKind.CHOICE, "of which there is such a thing", choices=HAS_CHOICES),
    QueryField("covers", FieldKind.COVERS, "that show this region or view well enough to judge"),
    QueryField(
        "state", FieldKind.CHOICE, "whose reading stands here", choices=tuple(map(str, ReadingProgress))
    ),
    QueryField("conclusion", FieldKind.CHOICE, "concluded like this", choices=CONCLUSION_CHOICES),
    QueryField(
        "category",
        FieldKind.CHOICE,
        "of this category",
        choices=(*map(str, Category), NONE_VALUE, UNSORTED_VALUE),
    ),
    QueryField("individual", FieldKind.TEXT, "of this individual (number, name, as it is shown; none)"),
    QueryField("number", FieldKind.NUMBER, "with this detainee, branch or examination number"),
    QueryField("detainee", FieldKind.NUMBER, "with this detainee number"),
    QueryField("branch", FieldKind.NUMBER, "with this branch number"),
    QueryField("examination", FieldKind.NUMBER, "with this examination number"),
    QueryField("sex", FieldKind.CHOICE, "of an individual of this sex", choices=SEXES),
    QueryField("age", FieldKind.AGE, "of an individual whose apparent age may be this", choices=AGE_BANDS),
    QueryField("note", FieldKind.FULL_TEXT, "with these words in the note of the reading"),
    QueryField("record", FieldKind.FULL_TEXT, "of an individual with these words in a record"),
    QueryField("taken", FieldKind.DATE, "taken then, by the clock of the camera (or none, or doubt)"),
    QueryField("ingested", FieldKind.DATE, "ingested then (UTC)"),
    QueryField("file", FieldKind.TEXT, "found under this name"),
    QueryField("folder", FieldKind.TEXT, "found in this folder"),
    QueryField("source", FieldKind.TEXT, "of this source"),
    QueryField("camera", FieldKind.TEXT, "of this make or model of camera"),
    QueryField("software", FieldKind.TEXT, "whose file names this software (or none)"),
    QueryField("serial", FieldKind.TEXT, "whose file names this serial number or owner (or none)"),
    QueryField(
        "position", FieldKind.CHOICE, "whose file names a position", choices=(RECORDED_VALUE, NONE_VALUE)
    ),
    QueryField("tag", FieldKind.TEXT, "with this in the name or value of a tag of the file"),
    QueryField("list", FieldKind.TEXT, "in this list"),
    QueryField("photo", FieldKind.HASH, "whose SHA-256 begins like this"),
    QueryField("alike", FieldKind.HASH, "nearly the same as the one whose SHA-256 begins like this"),
    *(QueryField(name, FieldKind.DESCRIBED, says) for name, says in DESCRIPTION_FIELDS),
)

FIELD_ALIASES = {
    "name": "file",
    "gps": "position",
    "concluded": "conclusion",
    "exam": "examination",
    "is": "state",
    "made_under": "vocabulary",
}
_BY_NAME = {field.name: field for field in QUERY_FIELDS}


def find_query_field(name: str) -> QueryField | None:
    """Find a field by its name or alias, in any case; None if it is not known."""
    lowered = name.casefold()
    return _BY_NAME.get(FIELD_ALIASES.get(lowered, lowered))
