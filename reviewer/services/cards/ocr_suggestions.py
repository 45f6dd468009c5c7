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

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.acts.shared_acts import CARD_TRANSCRIBED
from reviewer.domain.acts.shared_bodies import transcription_from_body
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.people.card_suggestion import CardSuggestion, make_card_suggestion
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.photos.photo import Photo
from reviewer.media.ocr import text_models
from reviewer.media.ocr.text_process import TextArea, TextProcess, TextUnreadable
from reviewer.services.cards.transcription import CardOnScreen
from reviewer.services.events import Event
from reviewer.services.jobs import Post
from reviewer.services.pictures.pictures import MissingPicture, PictureLoader, PictureRequest
from reviewer.services.reading.act_queue import ActQueue, SharedChange
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.photos import photos

logger = logging.getLogger(__name__)
IDLE_SECONDS = 60.0
MOST_WAITING = 8
_LARGEST_PICTURE = (2000, 2000)  # the reader makes larger pictures this small itself
WITHHELD = "OCR read the card before this one. F12 goes back to it."


@dataclass(frozen=True)
class _OcrRequest:
    photo: str
    kept: Transcription
    turn: int


def find_ocr_trouble() -> str:
    """Return why OCR is not available, in one sentence; "" if its optional part is installed properly."""
    return text_models.find_trouble()


class CardSuggestions:
    """Asks OCR about cards in one thread and one process, started with the first card. `on_change` is called
    on the face's thread."""

    def __init__(
        self,
        desk: ActQueue,
        worklist: Worklist,
        pictures: PictureLoader,
        post: Post,
        *,
        trouble: Callable[[], str] = find_ocr_trouble,
        new_process: Callable[[], TextProcess] = TextProcess,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._desk, self._worklist, self._pictures, self._post = desk, worklist, pictures, post
        self._trouble, self.new_process, self._idle = trouble, new_process, idle_seconds
        self.switched_on = False
        self._pass = TranscriptionPass.FIRST
        self.on_change: Event[[]] = Event()
        self._suggestions: dict[str, CardSuggestion] = {}
        self._latest = ""
        self._generation = 0
        self._waiting: deque[_OcrRequest] = deque(maxlen=MOST_WAITING)
        self._condition = threading.Condition()
        self._closing = False
        self._process: TextProcess | None = None
        self._thread: threading.Thread | None = None
        desk.on_shared.connect(self._on_shared_change)

    def is_available(self) -> bool:
        """Whether the optional part is installed and the person wants it."""
        return self.switched_on and not self._trouble()

    def layers(self) -> tuple[str, ...]:
        """Return what confines the process, in words; empty before it has read a card."""
        return self._process.layers if self._process is not None else ()

    # what may be shown

    def beside(self, shown: CardOnScreen | None) -> CardSuggestion | str:
        """Return what to show beside the card on screen: its own suggestion if its entry of this pass is
        saved, else the latest one.

        Beside a card without an entry that may show the same numbers it is a sentence without any.
        """
        latest = self._suggestions.get(self._latest)
        if shown is not None and shown.before is not None:
            return self._suggestions.get(shown.photo.sha256) or ""
        if latest is None:
            return ""
        return (
            latest if shown is None or self._is_other_individual(shown.position, latest.photo) else WITHHELD
        )

    def position(self) -> int | None:
        """Return the position of the Photo that was read last."""
        return self._worklist.position_of(self._latest) if self._latest in self._suggestions else None

    def begin(self, number: TranscriptionPass) -> None:
        """Begin a pass and forget what was read in the one before."""
        self._pass = number
        self.forget()

    def forget(self) -> None:
        """Forget all suggestions, those still on their way included."""
        self._generation += 1
        self._suggestions.clear()
        self._latest = ""
        with self._condition:
            self._waiting.clear()
        self.on_change.emit()

    def _is_other_individual(self, position: int, photo: str) -> bool:
        """Whether the two are known to show different Individuals."""
        place = self._worklist.position_of(photo)
        if place is None:
            return False
        groups = self._worklist.group_index(position), self._worklist.group_index(place)
        return groups[0] != groups[1] and min(groups) >= 0

    # asking

    def _on_shared_change(self, change: SharedChange) -> None:
        if change.how != "saved":
            if change.affected_ids(ThingKind.PHOTO):
                self.forget()
        elif change.entry.act == CARD_TRANSCRIBED and self.is_available():
            kept = transcription_from_body(change.entry.body, change.entry)
            if kept.number is self._pass:
                self._enqueue(_OcrRequest(change.entry.subject, kept, self._generation))

    def _enqueue(self, asked: _OcrRequest) -> None:
        with self._condition:
            if self._closing:
                return
            self._waiting.append(asked)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="card suggestions", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def close(self) -> None:
        """Stop the thread and the process; what still waits is dropped."""
        with self._condition:
            self._closing = True
            self._waiting.clear()
            self._condition.notify_all()
        while self._thread is not None and self._thread.is_alive():
            if self._process is not None:
                self._process.interrupt()  # once more should it have been about to start
            self._thread.join(0.1)

    # the thread

    def _run(self) -> None:
        while (asked := self._take_next()) is not None:
            found = self._read_card(asked)
            self._post(lambda asked=asked, found=found: self._on_suggestion(asked, found))  # type: ignore[misc]
        if self._process is not None:
            self._process.close()

    def _take_next(self) -> _OcrRequest | None:
        with self._condition:
            if not self._wait_for_work(self._idle) and self._process is not None:
                self._process.end()  # idle: its memory is given back, the next question starts another
            self._wait_for_work(None)
            return None if self._closing else self._waiting.popleft()

    def _wait_for_work(self, seconds: float | None) -> bool:
        return self._condition.wait_for(lambda: self._closing or bool(self._waiting), seconds)

    def _read_card(self, asked: _OcrRequest) -> CardSuggestion:
        try:
            return make_card_suggestion(asked.photo, asked.kept, self._recognise_text(asked))
        except TextUnreadable as why:
            return CardSuggestion(asked.photo, asked.kept, trouble=str(why))
        except Exception:
            logger.exception("a card could not be read")
            return CardSuggestion(
                asked.photo, asked.kept, trouble="a fault of the program kept it from reading."
            )

    def _recognise_text(self, asked: _OcrRequest) -> tuple[str, ...]:
        box = asked.kept.box
        picture = self._pictures.decode_now(PictureRequest(asked.photo, None if box else _LARGEST_PICTURE))
        if isinstance(picture, MissingPicture):
            raise TextUnreadable(picture.reason)
        with self._desk.case.store.read() as connection:
            photo = photos.find_photo(connection, asked.photo)
        with self._condition:
            if self._closing or photo is None:
                raise TextUnreadable("the case was closed.")
            self._process = self._process or self.new_process()
        return self._process.read(picture, to_upright_area(photo, box) if box else None)

    # back on the face's thread

    def _on_suggestion(self, asked: _OcrRequest, found: CardSuggestion) -> None:
        if self._closing or asked.turn != self._generation:
            return
        self._suggestions[found.photo] = found
        self._latest = found.photo
        self.on_change.emit()


def to_upright_area(photo: Photo, box: TextArea) -> TextArea:
    """A box in recorded pixels as an area of the upright picture."""
    left, top, width, height = box
    ends = ((left, top), (left + width - 1, top + height - 1))
    (x1, y1), (x2, y2) = (to_upright(end, photo.width, photo.height, photo.orientation) for end in ends)
    return min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1
