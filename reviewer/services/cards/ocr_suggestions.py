"""What OCR reads on a card, asked only after a person's entry was committed, and shown only then.

Nothing of it is recorded: it is no reading. It lives as long as the pass on screen, is forgotten when an act
is taken back, and says nothing beside a card that may be the same one and still waits for its entry.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.acts.shared_acts import CARD_TRANSCRIBED, Kind
from reviewer.domain.acts.shared_bodies import transcription_from
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.people.card_suggestion import Suggestion, suggested
from reviewer.domain.people.individual import Pass, Transcription
from reviewer.domain.photos.photo import Photo
from reviewer.media.ocr import text_models
from reviewer.media.ocr.text_process import Area, NotRead, TextProcess
from reviewer.services.cards.transcription import Shown
from reviewer.services.jobs import Post
from reviewer.services.pictures.pictures import Missing, Pictures, Want
from reviewer.services.reading.desk import Desk, SharedChange
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.photos import photos

logger = logging.getLogger(__name__)
IDLE_SECONDS = 60.0
MOST_WAITING = 8
_SCREENFUL = (2000, 2000)  # the reader makes larger pictures this small itself
WITHHELD = "OCR read the card before this one. F12 goes back to it."


@dataclass(frozen=True)
class _Asked:
    photo: str
    kept: Transcription
    turn: int


def trouble() -> str:
    """Why there is no OCR, in one sentence; "" if the optional part is installed as it should be."""
    return text_models.trouble()


class CardSuggestions:
    """One thread and one process, begun with the first question. `on_change` is told on the face's thread."""

    def __init__(
        self,
        desk: Desk,
        worklist: Worklist,
        pictures: Pictures,
        post: Post,
        *,
        trouble: Callable[[], str] = trouble,
        new_process: Callable[[], TextProcess] = TextProcess,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._desk, self._worklist, self._pictures, self._post = desk, worklist, pictures, post
        self._trouble, self.new_process, self._idle = trouble, new_process, idle_seconds
        self.switched_on = False
        self._pass = Pass.FIRST
        self.on_change: list[Callable[[], None]] = []
        self._said: dict[str, Suggestion] = {}
        self._latest = ""
        self._turn = 0
        self._waiting: deque[_Asked] = deque(maxlen=MOST_WAITING)
        self._changed = threading.Condition()
        self._closing = False
        self._process: TextProcess | None = None
        self._thread: threading.Thread | None = None
        desk.on_shared.append(self._shared)

    def available(self) -> bool:
        """Whether the optional part is installed and the person wants it."""
        return self.switched_on and not self._trouble()

    def layers(self) -> tuple[str, ...]:
        """What confines the process, in words; empty before it has read for the first time."""
        return self._process.layers if self._process is not None else ()

    # what may be shown

    def beside(self, shown: Shown | None) -> Suggestion | str:
        """What may stand beside the card on screen: its own if its entry of this pass is kept, else the last.

        Beside a card without an entry that may show the same numbers it is a sentence without any.
        """
        latest = self._said.get(self._latest)
        if shown is not None and shown.before is not None:
            return self._said.get(shown.photo.sha256) or ""
        if latest is None:
            return ""
        return latest if shown is None or self._is_other(shown.position, latest.photo) else WITHHELD

    def position(self) -> int | None:
        """Where the Photo is that was read last."""
        return self._worklist.position_of(self._latest) if self._latest in self._said else None

    def begin(self, number: Pass) -> None:
        """Another pass: what was said about entries of the one before is not for it."""
        self._pass = number
        self.forget()

    def forget(self) -> None:
        """Nothing said so far, or still on its way, may be shown any more."""
        self._turn += 1
        self._said.clear()
        self._latest = ""
        with self._changed:
            self._waiting.clear()
        self._tell()

    def _is_other(self, position: int, photo: str) -> bool:
        """Whether the two are known to show different Individuals."""
        place = self._worklist.position_of(photo)
        if place is None:
            return False
        groups = self._worklist.individual(position), self._worklist.individual(place)
        return groups[0] != groups[1] and min(groups) >= 0

    # asking

    def _shared(self, change: SharedChange) -> None:
        if change.how != "saved":
            if change.touched(Kind.PHOTO):
                self.forget()
        elif change.entry.act == CARD_TRANSCRIBED and self.available():
            kept = transcription_from(change.entry.body, change.entry)
            if kept.number is self._pass:
                self._ask(_Asked(change.entry.subject, kept, self._turn))

    def _ask(self, asked: _Asked) -> None:
        with self._changed:
            if self._closing:
                return
            self._waiting.append(asked)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="card suggestions", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """The case closes: nothing waits for an answer, and the process ends."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        while self._thread is not None and self._thread.is_alive():
            if self._process is not None:
                self._process.interrupt()  # once more should it have been about to start
            self._thread.join(0.1)

    # the thread

    def _run(self) -> None:
        while (asked := self._next()) is not None:
            found = self._read(asked)
            self._post(lambda asked=asked, found=found: self._arrived(asked, found))  # type: ignore[misc]
        if self._process is not None:
            self._process.close()

    def _next(self) -> _Asked | None:
        with self._changed:
            if not self._wake(self._idle) and self._process is not None:
                self._process.end()  # idle: its memory is given back, the next question starts another
            self._wake(None)
            return None if self._closing else self._waiting.popleft()

    def _wake(self, seconds: float | None) -> bool:
        return self._changed.wait_for(lambda: self._closing or bool(self._waiting), seconds)

    def _read(self, asked: _Asked) -> Suggestion:
        try:
            return suggested(asked.photo, asked.kept, self._texts(asked))
        except NotRead as why:
            return Suggestion(asked.photo, asked.kept, trouble=str(why))
        except Exception:
            logger.exception("a card could not be read")
            return Suggestion(asked.photo, asked.kept, trouble="a fault of the program kept it from reading.")

    def _texts(self, asked: _Asked) -> tuple[str, ...]:
        box = asked.kept.box
        picture = self._pictures.made(Want(asked.photo, None if box else _SCREENFUL))
        if isinstance(picture, Missing):
            raise NotRead(picture.reason)
        with self._desk.case.store.read() as connection:
            photo = photos.by_sha256(connection, asked.photo)
        with self._changed:
            if self._closing or photo is None:
                raise NotRead("the case was closed.")
            self._process = self._process or self.new_process()
        return self._process.read(picture, upright_area(photo, box) if box else None)

    # back on the face's thread

    def _arrived(self, asked: _Asked, found: Suggestion) -> None:
        if self._closing or asked.turn != self._turn:
            return
        self._said[found.photo] = found
        self._latest = found.photo
        self._tell()

    def _tell(self) -> None:
        for listener in self.on_change:
            listener()


def upright_area(photo: Photo, box: Area) -> Area:
    """A box in recorded pixels as an area of the upright picture."""
    left, top, width, height = box
    ends = ((left, top), (left + width - 1, top + height - 1))
    (x1, y1), (x2, y2) = (to_upright(end, photo.width, photo.height, photo.orientation) for end in ends)
    return min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1
