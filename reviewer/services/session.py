"""What one Examiner works with as long as a Case is open, apart from any window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import RECORD, ReadingOrder
from reviewer.services.account.last_person import remember_person
from reviewer.services.account.viewing_comfort import count_viewing_days, load_comfort, record_viewing_day
from reviewer.services.cards.ocr_suggestions import CardSuggestions
from reviewer.services.case.key_changing import KeyChanging
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import make_receipt
from reviewer.services.ingest.result import IngestResult
from reviewer.services.ingest.run import ingest
from reviewer.services.ingest.watch import IngestWatch
from reviewer.services.jobs import JobControl, Post, PostWhileOpen
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.places import load_bookmark, save_bookmark
from reviewer.services.reading.reader import Reader
from reviewer.services.worklist.worklist import Worklist

logger = logging.getLogger(__name__)
PATIENCE = 3.0
"""Seconds that closing waits for acts on their way."""
Prepare = Callable[[JobControl], None]


class SessionServices:
    """Made from a Case, an Examiner and a loaded Worklist; `arrived` is called with each decoded photograph.

    `prepare` runs once, before the next ingest and in its job. `entries_before` is what the ledger had when
    the sitting began.
    """

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        worklist: Worklist,
        post: Post,
        arrived: Callable[[PictureRequest, PictureOrMissing], None],
    ) -> None:
        self.case, self.examiner = case, examiner
        self.post = PostWhileOpen(post)
        self.prepare: Prepare | None = None
        remember_person(examiner.name)
        self.care = load_comfort(examiner.name)
        self._viewed_on: date | None = None
        self.pool = new_pool()
        self.desk = ActQueue(case, examiner, self.post)
        self.reader = Reader(self.desk, worklist)
        self.pictures = PictureLoader(case, self.pool, self.post, arrived)
        self.enhancer = Enhancer(self.post)
        self.suggestions = CardSuggestions(self.desk, worklist, self.pictures, self.post)
        self.suggestions.switched_on = self.care.card_ocr
        self.key_changing = KeyChanging(case, examiner, self.post)
        self.entries_before = case.count_entries()

    # photographs that come

    def ingest(self, folder: Path, control: JobControl, watch: IngestWatch) -> IngestResult:
        """Ingest a folder, in a job, after `prepare` if that has not run; `watch` is told how far it is."""
        if self.prepare is not None:
            prepare, self.prepare = self.prepare, None
            prepare(control)
        return ingest(self.case, self.pool, self.examiner.id, folder, control, watch=watch)

    def load_everything(self) -> Worklist:
        """Load the list of everything, in the present order."""
        return Worklist(self.case, self.examiner.id).load()

    @property
    def may_reorder(self) -> bool:
        """Whether the whole list can be put into the drawn order: only while nothing is read."""
        worklist = self.reader.worklist
        return worklist.is_everything and worklist.is_untouched and worklist.rules.order is ReadingOrder.DRAWN

    # where the Examiner is

    def find_place(self) -> int:
        """Return the position where the Examiner was, or that of the first Photo to read."""
        worklist = self.reader.worklist
        place = worklist.position_of(load_bookmark(self.case, self.examiner.id))
        if place is None and len(worklist):
            place = worklist.next_unread(len(worklist) - 1)
        return place if place is not None else 0

    def keep_place(self) -> None:
        if self.reader.sha256:
            save_bookmark(self.case, self.examiner.id, self.reader.sha256)

    def keep_place_in_background(self) -> None:
        """Save the place in the thread that writes, so that the window does not wait for a disk."""
        if not self.case.read_only:
            photo = self.reader.sha256
            self.case.writer.enqueue_batch(
                lambda _connection: save_bookmark(self.case, self.examiner.id, photo)
            )

    def note_record_look(self, individual: str) -> None:
        """A row about an Individual (its id, "" for nobody) came into view: noted if it is the one read."""
        worklist, position = self.reader.worklist, self.reader.position
        group = worklist.group_index(position) if position >= 0 else -1
        if individual and group >= 0 and worklist.groups[group].id == individual:
            self.reader.masking.note_look(self.reader.sha256, RECORD)

    def note_viewing(self) -> None:
        """Record today as a day of viewing, once a day, for the reader's own count."""
        today = self.case.clock().date()
        if today != self._viewed_on:
            self._viewed_on = today
            record_viewing_day(self.examiner.name, today)

    def count_viewing_days(self) -> tuple[int, int]:
        """Days of this week and of the last 28 on which photographs were looked at."""
        return count_viewing_days(self.examiner.name, self.case.clock().date())

    # saving and closing

    @property
    def waiting(self) -> int:
        """How many acts are on their way to the disk."""
        return 0 if self.case.read_only else self.case.writer.waiting

    def drain(self) -> bool:
        """Wait a little for acts on their way; return whether all are saved."""
        return bool(self.case.read_only) or self.case.writer.drain(PATIENCE)

    def issue_receipt(self) -> Receipt | None:
        """Stop the jobs and make a receipt of the ledger; None if nothing was added since the sitting
        began."""
        if self.case.read_only:
            return None
        self.case.jobs.stop()
        self.drain()
        try:
            receipt = make_receipt(self.case, self.examiner)
        except KnownError as error:
            logger.warning("no receipt: %s", error.message)
            return None
        return receipt if receipt.entries > self.entries_before else None

    def close(self) -> None:
        """Save the place, stop the jobs, close the Case. `post` is shut and the screens are let go before."""
        self.keep_place()
        self.case.jobs.stop()
        self.desk.detach()
        self.enhancer.close()
        self.suggestions.close()
        self.pictures.close()
        self.pool.close()
        self.case.close()
