"""Individuals put right while reading: pick photographs, split them off, move them, merge with the next."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.errors import NotAllowed
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.people.regrouping import Group, Regrouping
from reviewer.services.reading.reader import Reader


class Regroup:
    """Wishes about the Individual on screen. What is picked stays so until something is done with it."""

    def __init__(
        self, reader: Reader, ask: Callable[[Question], None], on_picked: Callable[[], None]
    ) -> None:
        self._reader, self._ask, self._on_picked = reader, ask, on_picked
        self._acts = Regrouping(reader.desk)
        self._picked: dict[str, None] = {}

    def is_picked(self, photo: str) -> bool:
        return photo in self._picked

    def pick(self) -> None:
        """This Photo goes along with the next split or move; again: it does not."""
        photo = self._here()
        if photo in self._picked:
            del self._picked[photo]
        else:
            self._picked[photo] = None
        self._reader.say(f"{_counted(len(self._picked))} picked.")
        self._on_picked()

    def split(self) -> None:
        """A new individual: split off if all are of one individual, else made by hand from where they are."""
        group, photos = self._group(self._reader.position), self._chosen()
        if set(photos) <= set(group.photos) and len(group.photos) > 1:
            self._acts.split(photos, group)
            self._done(f"{_counted(len(photos))} split off into a new individual.")
        else:
            self._acts.make(photos)
            self._done(f"A new individual was made by hand of {_counted(len(photos))}.")

    def move(self) -> None:
        photos = self._chosen()

        def take(id_: str) -> None:
            self._acts.move(photos, id_)
            self._done(f"{_counted(len(photos))} moved.")

        def find(typed: str) -> list[Option]:
            return [Option(id_, label) for id_, label in self._acts.found(typed)]

        prompt = f"Move {_counted(len(photos))} to which individual? Its number (? for any digit)"
        self._ask(Question(prompt, find, take, ahead=True))

    def merge_next(self) -> None:
        worklist, here = self._reader.worklist, self._reader.position
        self._here()
        following = worklist.beside(here, 1)
        if following is None:
            raise NotAllowed("There is no further individual to merge with.")
        held = [self._group(here), self._group(following)]
        self._acts.merge(held)
        photos = sum(len(each.photos) for each in held)
        self._done(f"Two individuals are one now, with {_counted(photos)}. Ctrl+Z takes it back.")

    def _done(self, sentence: str) -> None:
        self._picked.clear()
        self._on_picked()
        self._reader.say(sentence)

    def _here(self) -> str:
        if self._reader.photo is None:
            raise NotAllowed("There is no photograph on screen.")
        return self._reader.sha256

    def _chosen(self) -> list[str]:
        """What is picked, and the Photo on screen."""
        return list(dict.fromkeys([*self._picked, self._here()]))

    def _group(self, position: int) -> Group:
        worklist = self._reader.worklist
        number = worklist.individual(position)
        photos = tuple(worklist.items[place].sha256 for place in worklist.mates(position))
        if number < 0:
            return Group("", photos, "no individual was proposed")
        return Group(worklist.groups[number].id, photos, worklist.groups[number].reason)


def _counted(number: int) -> str:
    return "1 photograph" if number == 1 else f"{number:,} photographs"
