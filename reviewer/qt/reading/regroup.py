"""Individuals put right while reading: pick photographs, split them off, move them, merge with the next."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.errors import NotAllowed
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.people.regrouping import GroupOnScreen, IndividualEditor
from reviewer.services.reading.reader import Reader


class RegroupingController:
    """Wishes about the Individual on screen. What is picked stays so until something is done with it."""

    def __init__(
        self, reader: Reader, ask: Callable[[Question], None], on_picked: Callable[[], None]
    ) -> None:
        self._reader, self._ask, self._on_picked = reader, ask, on_picked
        self._acts = IndividualEditor(reader.desk)
        self._picked: dict[str, None] = {}

    def is_picked(self, photo: str) -> bool:
        return photo in self._picked

    def pick(self) -> None:
        """Pick this Photo for the next split or move; again: leave it out."""
        photo = self._require_photo()
        if photo in self._picked:
            del self._picked[photo]
        else:
            self._picked[photo] = None
        self._reader.say(f"{_format_photographs(len(self._picked))} picked.")
        self._on_picked()

    def split(self) -> None:
        """A new individual: split off if all are of one individual, else made by hand from where they are."""
        group, photos = self._make_group(self._reader.position), self._list_picked()
        if set(photos) <= set(group.photos) and len(group.photos) > 1:
            self._acts.split(photos, group)
            self._finish(f"{_format_photographs(len(photos))} split off into a new individual.")
        else:
            self._acts.make(photos)
            self._finish(f"A new individual was made by hand of {_format_photographs(len(photos))}.")

    def move(self) -> None:
        photos = self._list_picked()

        def take(id_: str) -> None:
            self._acts.move(photos, id_)
            self._finish(f"{_format_photographs(len(photos))} moved.")

        def find(typed: str) -> list[Option]:
            return [Option(id_, label) for id_, label in self._acts.find_by_number(typed)]

        prompt = f"Move {_format_photographs(len(photos))} to which individual? Its number (? for any digit)"
        self._ask(Question(prompt, find, take, ahead=True))

    def merge_next(self) -> None:
        worklist, here = self._reader.worklist, self._reader.position
        self._require_photo()
        following = worklist.find_first_of_neighbour(here, 1)
        if following is None:
            raise NotAllowed("There is no further individual to merge with.")
        held = [self._make_group(here), self._make_group(following)]
        self._acts.merge(held)
        photos = sum(len(individual.photos) for individual in held)
        self._finish(
            f"Two individuals are one now, with {_format_photographs(photos)}. Ctrl+Z takes it back."
        )

    def _finish(self, sentence: str) -> None:
        self._picked.clear()
        self._on_picked()
        self._reader.say(sentence)

    def _require_photo(self) -> str:
        if self._reader.photo is None:
            raise NotAllowed("There is no photograph on screen.")
        return self._reader.sha256

    def _list_picked(self) -> list[str]:
        """What is picked, and the Photo on screen."""
        return list(dict.fromkeys([*self._picked, self._require_photo()]))

    def _make_group(self, position: int) -> GroupOnScreen:
        worklist = self._reader.worklist
        number = worklist.group_index(position)
        photos = tuple(
            worklist.items[place].sha256 for place in worklist.positions_of_same_individual(position)
        )
        if number < 0:
            return GroupOnScreen("", photos, "no individual was proposed")
        return GroupOnScreen(worklist.groups[number].id, photos, worklist.groups[number].reason)


def _format_photographs(number: int) -> str:
    return "1 photograph" if number == 1 else f"{number:,} photographs"
