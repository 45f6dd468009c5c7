"""When a degree of consistency (Istanbul Protocol 2022, paragraphs 379 and 418) can be given of a Finding.

The degree says how a sign fits a mechanism that somebody alleges. Of a sign that is not there, that nobody is
sure of, or that came about after death, by care, by the camera or long before, there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import Finding
from reviewer.domain.text_folding import fold_text
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Degree

_NO_DEGREE = {
    "postmortem": "A change after death has no degree of consistency: it tells of nothing done in life.",
    "artefact": "An artefact has no degree of consistency: it is no sign on the body.",
    "medical": "What is of medical use has no degree of consistency: the degree speaks of an alleged injury.",
    "old": "An old mark has no degree of consistency here: a photograph does not tell from when it is.",
    "condition": "The condition of the body has no degree of consistency: it is no injury.",
    "residual": "What is not specific has no degree of consistency: choose what is seen first.",
}
"""By group of Terms."""

_LEGAL_WORD_STEMS = (
    "tortur",
    "ill-treat",
    "ill treat",
    "illtreat",
    "maltreat",
    "abus",
    "murder",
    "execut",
    "homicid",
    "crime",
    "crimin",
)
"""Beginnings of words that say what a court decides."""


DIAGNOSTIC = "diagnostic"
"""The key of the degree that is not given of what is seen on a photograph; older Readings may hold it."""
_DIAGNOSTIC_REFUSED = (
    "\u201cDiagnostic of\u201d is not given of what is seen on a photograph: that nothing else could "
    "have caused it cannot be told without the body. Choose another degree."
)


def check_degree_possible(finding: Finding, group: str, degree: str = "") -> None:
    """NotAllowed if this degree, or none at all, can be given of a Finding whose Term is of `group`."""
    if group in _NO_DEGREE:
        raise NotAllowed(_NO_DEGREE[group])
    if finding.answer is not FindingAnswer.PRESENT:
        raise NotAllowed(
            "A degree of consistency is given of a sign that is present; "
            f"this one is recorded as {finding.answer}."
        )
    if not finding.certainty_stated:
        raise NotAllowed(
            "State the certainty first (Q, W or E): a degree of consistency needs one that was stated."
        )
    if finding.certainty is Certainty.POSSIBLE:
        raise NotAllowed("A sign that is only possible has no degree of consistency.")
    if "post" in dict(finding.qualifiers).get("vitality", ()):
        raise NotAllowed("What is recorded as after death has no degree of consistency.")
    if finding.is_only_enhanced:
        raise NotAllowed(
            "What was seen only through display steps has no degree of consistency: state its certainty on "
            "the photograph as it is first (Shift+A, then Q or W)."
        )
    if degree == DIAGNOSTIC:
        raise NotAllowed(_DIAGNOSTIC_REFUSED)


ACCOUNT_SOURCES = ("witness", "record", "likely cause")
"""Whose account a degree measures: what a witness says, what a record says, or the likely cause that the
protocol lets an examiner name where nobody alleges anything (paragraph 421)."""

_ACCOUNTS = {
    "witness": "as a witness says",
    "record": "as a record says",
    "likely cause": "which the examiner names as the likely cause",
}
ACCOUNT_NOT_STATED = "Whose account the degree measures was not said: it was recorded before this was asked."


def check_allegation(degree: str, alleged_by: str) -> None:
    """NotAllowed for "diagnostic of", and where it is not said whose account a degree measures."""
    if degree == DIAGNOSTIC:
        raise NotAllowed(_DIAGNOSTIC_REFUSED)
    if alleged_by not in ACCOUNT_SOURCES:
        raise NotAllowed(
            "Say whose account the degree measures: a witness, a record, or the likely cause as you see it."
        )


def check_no_legal_words(text: str) -> None:
    """NotAllowed where a text uses a word that says what a court decides."""
    words = fold_text(text)
    if any(f" {word}" in f" {words}" for word in _LEGAL_WORD_STEMS):
        raise NotAllowed(
            "Name what is said to have been done (a blow with a rod, electric current), "
            "not what the law calls it."
        )


def check_degree(finding: Finding, group: str, degree: str, mechanism: str, alleged_by: str) -> None:
    """NotAllowed if this degree cannot be given of this Finding for this mechanism on this account."""
    check_degree_possible(finding, group, degree)
    check_allegation(degree, alleged_by)
    if not mechanism.strip():
        raise NotAllowed("A degree of consistency needs the alleged mechanism it speaks of.")
    check_no_legal_words(mechanism)


def find_degree_refusal(finding: Finding, group: str) -> str:
    """Say why the degree of a Finding cannot be used, "" if it can.

    Before case format 1.5 nobody was asked whose account a degree measures; such a degree measures none.
    """
    try:
        check_degree_possible(finding, group, finding.degree)
        if not finding.alleged_by:
            return ACCOUNT_NOT_STATED
        check_degree(finding, group, finding.degree, finding.mechanism, finding.alleged_by)
    except NotAllowed as refused:
        return str(refused)
    return ""


def list_offered_degrees(degrees: Iterable[Degree]) -> list[Degree]:
    """The degrees that can be given of what is seen on a photograph."""
    return [degree for degree in degrees if degree.key != DIAGNOSTIC]


def describe_account(alleged_by: str) -> str:
    """Whose account a degree measures, as it stands after the mechanism: "as a witness says"."""
    return _ACCOUNTS.get(alleged_by, "and whose account that is was not said")
