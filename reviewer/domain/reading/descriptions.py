"""What was said of several photographs of one body, put side by side: each answer with its photographs.

Nothing is decided here: where two photographs say different things, both stand, and it is said that they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.reading.reading import Description
from reviewer.domain.vocabulary.vocabulary import DescriptionQuestion, Vocabulary

STABLE_QUESTIONS = ("dress", "clothing", "posture", "card")
"""What one expects to stay the same while a body is photographed: that it changes is said."""


@dataclass(frozen=True)
class DescribedAnswer:
    """One answer to one question about the photographs of a body. `photos` are SHA-256, in their order."""

    key: str
    value: str
    photos: tuple[str, ...]


def collect_answers(
    vocabulary: Vocabulary, descriptions: Iterable[tuple[str, Description]], photos: Sequence[str]
) -> tuple[DescribedAnswer, ...]:
    """All that is said of `photos`, in the order of the vocabulary; keys it does not know come last.

    `descriptions` are (SHA-256, what one Reading says of it); several Readings of one Photo may say different
    things.
    """
    order = {photo: place for place, photo in enumerate(photos)}
    found: dict[tuple[str, str], set[str]] = {}
    for photo, description in descriptions:
        if photo in order:
            for key, values in description:
                for value in values:
                    found.setdefault((key, value), set()).add(photo)
    ranks = _rank_answers(vocabulary.described)
    return tuple(
        DescribedAnswer(key, value, tuple(sorted(there, key=order.__getitem__)))
        for (key, value), there in sorted(
            found.items(), key=lambda item: (ranks.get(item[0], (len(ranks), 0)), item[0])
        )
    )


def _rank_answers(described: Sequence[DescriptionQuestion]) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (question.key, choice.key): (place, number)
        for place, question in enumerate(described)
        for number, choice in enumerate(question.choices)
    }


def format_answer_lines(
    vocabulary: Vocabulary, said: Sequence[DescribedAnswer], photos: Sequence[str]
) -> list[str]:
    """A line for each question: its answers, each with the numbers of the photographs (from 1).

    "Posture: on the back (photos 1, 2); on the side (photo 3); it changes between photographs"
    """
    numbers = {photo: number for number, photo in enumerate(photos, start=1)}
    lines = []
    for key in dict.fromkeys(answer.key for answer in said):
        answers = [answer for answer in said if answer.key == key]
        described = vocabulary.description_question(key)
        name = described.name if described is not None else key
        parts = [
            f"{described.value_name(answer.value) if described is not None else answer.value} "
            f"({_format_photo_numbers([numbers[photo] for photo in answer.photos])})"
            for answer in answers
        ]
        if does_answer_change(key, answers):
            parts.append("it changes between photographs")
        lines.append(f"{name[:1].upper()}{name[1:]}: {'; '.join(parts)}")
    return lines


def does_answer_change(key: str, answers: Sequence[DescribedAnswer]) -> bool:
    """Whether what should stay the same differs between photographs; "cannot tell" says nothing."""
    if key not in STABLE_QUESTIONS:
        return False
    of_photo: dict[str, set[str]] = {}
    for answer in answers:
        if answer.key == key and answer.value != "unknown":
            for photo in answer.photos:
                of_photo.setdefault(photo, set()).add(answer.value)
    return len({frozenset(values) for values in of_photo.values()}) > 1


def description_in_words(vocabulary: Vocabulary, description: Description) -> list[str]:
    """What one Reading says, question by question: "state of the body: early decomposition"."""
    said = dict(description)
    known = [question.key for question in vocabulary.described if question.key in said]
    words = []
    for key in [*known, *(key for key in said if key not in known)]:
        described = vocabulary.description_question(key)
        names = [described.value_name(value) if described is not None else value for value in said[key]]
        words.append(f"{described.name if described is not None else key}: {', '.join(names)}")
    return words


def _format_photo_numbers(numbers: Sequence[int]) -> str:
    listed = ", ".join(str(number) for number in numbers)
    return f"photo {listed}" if len(numbers) == 1 else f"photos {listed}"
