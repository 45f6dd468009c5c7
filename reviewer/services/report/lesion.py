"""How each finding is described: site, size, shape, colour, edges, then everything else that was said of it.

The outlines of the Minnesota Protocol (2016) and the Istanbul Protocol (2022) have an injury described so.
What was not said of a lesion is said to be not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.geometry.measuring import Quantity
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.reading.measurements import describe_measurements

_OUTLINE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("site", ("aspect", "laceration_site", "digit", "joint", "lig_level", "symmetry")),
    ("size", ("size_class", "width_class", "depth_class")),
    (
        "shape",
        ("shape", "bruise_shape", "tramline", "pattern", "incised", "axis", "lig_direction", "lig_course"),
    ),
    ("colour", ("colour",)),
    ("edges", ("margin",)),
)
"""What stands under each heading of the outline: keys of qualifiers. The Region is told beside it."""
_ASKED_HEADINGS = ("size", "shape", "colour", "edges")
QUANTITY_NAMES = {
    Quantity.LENGTH: "length",
    Quantity.ANGLE: "angle",
    Quantity.AREA: "area",
    Quantity.PATH: "length along a path",
}


def describe_finding(finding: Finding, reading: Reading, vocabulary: Vocabulary) -> str:
    """ "size: length 14.2 ± 0.8 mm; colour: red; vitality: after death; shape, edges: not stated"."""
    said, missing = [], []
    values = dict(finding.qualifiers)
    for heading, keys in _OUTLINE:
        parts = list(_describe_measurements(finding, reading)) if heading == "size" else []
        parts += [
            _describe_qualifier(key, values.pop(key), vocabulary, heading) for key in keys if key in values
        ]
        if parts:
            said.append(f"{heading}: {', '.join(parts)}")
        elif _is_asked(heading, keys, finding, vocabulary):
            missing.append(heading)
    said += [
        f"{_find_qualifier_name(key, vocabulary)}: {_join_value_names(key, values[key], vocabulary)}"
        for key in values
    ]
    said += [f"{', '.join(missing)}: not stated"] if missing else []
    said += _describe_viewing(finding)
    return "; ".join(said)


def _is_asked(heading: str, keys: Sequence[str], finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the outline asks it of this Finding: of what is there, where the Term knows an answer."""
    if heading not in _ASKED_HEADINGS or finding.answer not in {
        FindingAnswer.PRESENT,
        FindingAnswer.NON_SPECIFIC,
    }:
        return False
    term = vocabulary.term(finding.term)
    return term is not None and any(key in term.qualifiers for key in keys)


def _describe_measurements(finding: Finding, reading: Reading) -> Iterator[str]:
    labels = describe_measurements(reading)
    for measurement in reading.measurements:
        if measurement.finding == finding.id:
            yield f"{QUANTITY_NAMES[measurement.quantity]} {labels[measurement.id]}"


def _describe_qualifier(key: str, values: Sequence[str], vocabulary: Vocabulary, heading: str) -> str:
    """Describe the values, with the name of the question where it is more than the heading."""
    name, told = _find_qualifier_name(key, vocabulary), _join_value_names(key, values, vocabulary)
    return told if name == heading or key == "margin" else f"{name} {told}"


def _find_qualifier_name(key: str, vocabulary: Vocabulary) -> str:
    qualifier = vocabulary.qualifier(key)
    return qualifier.name if qualifier is not None else key


def _join_value_names(key: str, values: Sequence[str], vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.value_name(key, value) for value in values)


def _describe_viewing(finding: Finding) -> list[str]:
    """Describe how a Finding was seen that was never seen in the photograph as it is, or was made late."""
    said = []
    if finding.explored_by:
        steps = ", ".join(finding.explored_by)
        said.append(f"seen only through steps that are for exploration only: {steps}")
    elif finding.is_only_enhanced:
        said.append("seen only through display steps")
    if finding.in_context:
        said.append("made after something masked had been uncovered")
    return said
