"""Look-alikes of a sign that an Examiner considered and excluded, one by one.

For some signs the most that a photograph can carry is that other explanations were looked for. Which Terms
ask for it is said by the vocabulary: those whose qualifiers include EXCLUDED. The values are keys of Terms.
"""

from __future__ import annotations

from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES, Choice, Term, Vocabulary


def list_look_alikes(vocabulary: Vocabulary, term: Term | None) -> tuple[Choice, ...]:
    """What may be excluded, in the order of the Term; none for a Term that does not ask for it."""
    if term is None or EXCLUDED_LOOK_ALIKES not in term.qualifiers:
        return ()
    return tuple(Choice(look_alike, vocabulary.term_name(look_alike)) for look_alike in term.consider)


def list_excluded_look_alikes(finding: Finding) -> tuple[str, ...]:
    """Keys of what was excluded, in the order in which it was said; those of earlier vocabularies too."""
    return dict(finding.qualifiers).get(EXCLUDED_LOOK_ALIKES, ())


def name_excluded_look_alikes(vocabulary: Vocabulary, finding: Finding) -> tuple[str, ...]:
    """The same by name."""
    return tuple(
        vocabulary.value_name(EXCLUDED_LOOK_ALIKES, key) for key in list_excluded_look_alikes(finding)
    )


def toggle_excluded_look_alike(finding: Finding, look_alike: str) -> tuple[str, ...]:
    """What is excluded after this one is added, or taken back if it was there."""
    there = list_excluded_look_alikes(finding)
    return (
        tuple(excluded for excluded in there if excluded != look_alike)
        if look_alike in there
        else (*there, look_alike)
    )
