"""Saying what the Photo on screen shows as a whole: the body's state, how it lies, the card, the scene."""

from __future__ import annotations

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.descriptions import description_in_words
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.vocabulary import DescriptionQuestion
from reviewer.services.reading.reader import Reader


class DescriptionEditor:
    """Makes acts of description on the Photo on screen, and says what its Reading describes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.vocabulary = reader.vocabulary

    @property
    def reading(self) -> Reading:
        return self._reader.reading

    def must_see(self) -> None:
        """NotAllowed, with the reason, while the Photo on screen cannot be judged."""
        self._reader.must_see()

    def answers_of(self, key: str) -> tuple[str, ...]:
        """Return the answers to a question, in the order of its choices; none without a Photo."""
        return dict(self.reading.description).get(key, ()) if self._reader.photo is not None else ()

    def toggle_answer(self, described: DescriptionQuestion, value: str) -> bool:
        """Give an answer, or take it back; return whether it is given now."""
        values = described.with_value(self.answers_of(described.key), value)
        self._reader.submit(finding_commands.set_description(self.reading, described.key, values))
        return value in values

    def clear_answer(self, described: DescriptionQuestion) -> None:
        """Take back all answers to a question."""
        if not self.answers_of(described.key):
            raise NotAllowed(f"Nothing is said yet of this: {described.name}.")
        self._reader.submit(finding_commands.set_description(self.reading, described.key, ()))

    def copy_previous(self) -> int:
        """Copy the answers of the previous Photo of the Individual to questions not answered here; return how
        many.

        NotAllowed before an own look at this Photo was completed. An answer that is given here stays.
        """
        previous = self._reader.require_previous_reading("take it", "A description is taken over")
        here = dict(self.reading.description)
        taken = [(key, values) for key, values in previous.description if key not in here]
        if not taken:
            raise NotAllowed("Nothing is said of the previous photo that is not answered here.")
        for key, values in taken:
            self._reader.submit(finding_commands.set_description(self.reading, key, values))
        return len(taken)

    def describe_photo(self) -> str:
        """Describe the Photo on screen in one line; "" if nothing was answered."""
        return " · ".join(description_in_words(self.vocabulary, self.reading.description))
