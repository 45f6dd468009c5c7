"""The question before a judgement is carried over: what goes where, the pictures beside each other with whose
they are, and one key to say yes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from reviewer.domain.commands.near_duplicate_commands import DETECTION_LIMIT
from reviewer.domain.reading.reading import Reading
from reviewer.domain.worklist.reading_order import NUMBER
from reviewer.qt.widgets.photo_strip import PhotoStrip
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.reading.act_words import format_count
from reviewer.services.reading.carry_over import CarryOver, CarryOverOffer
from reviewer.services.reading.reader import Reader

_STRIP = 148


class CarryOverQuestion:
    """`ask` offers what can be carried over now; Enter does it, Escape leaves everything as it is."""

    def __init__(
        self,
        reader: Reader,
        carrying: CarryOver,
        ask: Callable[[Question], None],
        thumbnail: Callable[[str], bytes | None],
        look: Callable[[], tuple[bool, str]],
    ) -> None:
        self._reader, self._carrying, self._ask, self._look = reader, carrying, ask, look
        self.strip = PhotoStrip(thumbnail, "The photographs it is carried between, and whose they are")
        self.strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip.setMinimumHeight(_STRIP)

    def ask(self) -> None:
        offer = self._carrying.make_offer()
        source = self._reader.desk.reading(offer.source)
        here = offer.source == self._reader.sha256
        if here:
            text = f"Carry over to {format_count(len(offer.targets), 'near-duplicate')}"
        else:
            self._reader.masking.note_look(self._reader.sha256, NUMBER)
            text = f"Carry over from {self._carrying.name_photo(offer.source)} to this one"
        option = Option("yes", text, f"{_describe_source(source)} {self._describe_left_out(offer)}".strip())
        prompt = (
            f"{DETECTION_LIMIT} Compare them. It is recorded as carried over, never as a look of its own. "
            "Enter does it, Esc does not"
        )
        self.strip.rows.look(*self._look())
        self.strip.show_photos(
            [(photo, self._name_photo(offer, photo)) for photo in (offer.source, *offer.targets)]
        )
        self._ask(
            Question(prompt, lambda _typed: [option], lambda _key: self._carry_over(offer), above=self.strip)
        )

    def _name_photo(self, offer: CarryOverOffer, photo: str) -> str:
        return f"{self._carrying.name_photo(photo)}: {offer.whose.get(photo, '')}"

    def _carry_over(self, offer: CarryOverOffer) -> None:
        self._carrying.carry_over(offer)
        self._reader.say(
            f"Carried over to {format_count(len(offer.targets), 'photo')}. Ctrl+Z takes it back."
        )

    def _describe_left_out(self, offer: CarryOverOffer) -> str:
        words = []
        if offer.mirrored:
            words.append(f"Left out: {offer.mirrored} on which left and right are exchanged.")
        if offer.apart:
            words.append(f"Left out: {offer.apart} of another person, by individual or card number.")
        if offer.taken:
            words.append(f"Left alone: {offer.taken} with a reading already.")
        return " ".join(words)


def _describe_source(source: Reading) -> str:
    """What would be carried over, in words."""
    if source.findings:
        return f"{format_count(len(source.findings), 'finding')} and the coverage; no marks, no note."
    return f"{str(source.conclusion).capitalize()}, and the coverage."
