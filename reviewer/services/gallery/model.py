"""What the gallery is about at the moment: its list, kept up with what is saved, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

from reviewer.domain.acts import shared_acts
from reviewer.domain.acts.act import ThingKind
from reviewer.domain.commands.category_commands import categorise_photos
from reviewer.domain.errors import KnownError
from reviewer.domain.reading.category import Category
from reviewer.domain.search.arranging import GalleryRow, Grouping
from reviewer.services.events import Event
from reviewer.services.gallery import rows as gallery
from reviewer.services.gallery.rows import GalleryList, WorklistCopy
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.reading.act_queue import ReadingChange, SharedChange
from reviewer.services.reading.reader import Reader
from reviewer.services.worklist.worklist import Worklist

Outcome = TypeVar("Outcome")
_ACTS_THAT_MOVE_PHOTOS = {
    shared_acts.INDIVIDUALS_MADE,
    shared_acts.INDIVIDUALS_MERGED,
    shared_acts.PHOTOS_ASSIGNED,
}


class GalleryModel:
    """Listeners: `on_arranged` after the list or its order is another one, `on_rows` after something else is
    known of its Photos, `on_message` with one sentence. Nothing is read before `refresh` is called once."""

    def __init__(self, reader: Reader, post: Post) -> None:
        self.reader, self._post = reader, post
        self.shown: GalleryList | None = None
        self.grouping = Grouping.INDIVIDUAL
        self.on_arranged: Event[[]] = Event()
        self.on_rows: Event[[]] = Event()
        self.on_message: Event[str] = Event()
        self._chosen_list: Worklist | None = None
        jobs = reader.desk.case.jobs
        self._choosing, self._opening, self._loading = LatestJob(jobs), LatestJob(jobs), LatestJob(jobs)
        self._arranging, self._reloading = LatestJob(jobs), LatestJob(jobs)
        self._needs_arranging = False
        self._stale: set[str] = set()
        reader.desk.on_change.connect(self._on_reading_change)
        reader.desk.on_shared.connect(self._on_shared_change)
        reader.desk.on_refused.connect(self._say_error)
        reader.desk.on_all_arrived.connect(self._arrange_moved)

    # which photographs

    @property
    def worklist(self) -> Worklist:
        """The list on show: that of reading, until another is chosen."""
        return self._chosen_list or self.reader.worklist

    @property
    def rows(self) -> Sequence[GalleryRow]:
        return self.shown.rows if self.shown is not None else ()

    def refresh(self) -> None:
        """Read the list again if it is a different one or has grown."""
        shown = self.shown
        is_shown = shown is not None and shown.worklist is self.worklist and shown.is_current
        if not is_shown and not self._loading.is_busy:
            self._load()

    def show_photos(self, photos: Sequence[str], name: str, why: str) -> None:
        """Show these Photos (SHA-256) in this order; `why` says how they came into the list."""

        def take(worklist: Worklist) -> None:
            self._chosen_list = worklist
            self._load()

        self._start(
            self._choosing, "gallery list", lambda: self.reader.worklist.make_sublist(photos, name, why), take
        )

    def show_worklist(self) -> bool:
        """Show the list of reading again; False if it is already shown."""
        if self._chosen_list is None:
            return False
        self._chosen_list = None
        self._load()
        return True

    def group_by(self, grouping: Grouping) -> None:
        self.grouping = grouping
        self._arrange()

    def open(self, place: int, done: Callable[[], None]) -> None:
        """Put a Photo on the reading screen. If it is not in the list of reading, this list becomes that."""
        if not 0 <= place < len(self.rows):
            return
        photo, reader = self.rows[place].sha256, self.reader
        position = reader.worklist.position_of(photo)
        if position is not None:
            reader.go(position)
            done()
            return
        photos = list(islice(self.worklist.items.iterate_hashes(), len(self.rows)))
        name, why = self.worklist.name, self.worklist.why

        def take(worklist: Worklist) -> None:
            reader.use_worklist(worklist)
            reader.go(reader.worklist.position_of(photo))
            done()
            reader.say(f"You read the list {name} now.")

        self._start(
            self._opening, "list to read", lambda: reader.worklist.make_sublist(photos, name, why), take
        )

    # sorting

    def sort(self, places: Sequence[int], category: Category | None) -> None:
        """Give the Photos at these places a category in one act, None to clear it."""
        before = {self.rows[place].sha256: self.rows[place].category for place in places}
        self.reader.desk.submit(categorise_photos(before, category))

    # work beside the face's thread

    def close(self) -> None:
        """Drop what is under way and disconnect from the Reader; the Case ends its jobs itself."""
        desk = self.reader.desk
        desk.on_change.disconnect(self._on_reading_change)
        desk.on_shared.disconnect(self._on_shared_change)
        desk.on_refused.disconnect(self._say_error)
        desk.on_all_arrived.disconnect(self._arrange_moved)
        for job in (self._choosing, self._opening, self._loading, self._arranging, self._reloading):
            job.drop()

    def _start(
        self, job: LatestJob, name: str, work: Callable[[], Outcome], take: Callable[[Outcome], None]
    ) -> None:
        job.start(name, lambda _control: work(), self._post, on_done=take, on_failed=self._say_error)

    def _load(self) -> None:
        desk, taken, grouping = self.reader.desk, WorklistCopy.copy_of(self.worklist), self.grouping

        def take(shown: GalleryList) -> None:
            if shown.worklist is not self.worklist or shown.items is not self.worklist.items:
                self._load()
                return
            self._show(shown, taken.individuals)

        self._start(
            self._loading,
            "gallery",
            lambda: gallery.make_gallery_list(desk.case, desk.examiner.id, taken, grouping),
            take,
        )

    def _show(self, shown: GalleryList, individuals: Sequence[int]) -> None:
        """Show a list; arrange it again if the grouping or the Individuals have changed since."""
        self.shown = shown
        self.on_arranged.emit()
        if shown.grouping is not self.grouping:
            self._arrange()
        elif self.grouping is Grouping.INDIVIDUAL and individuals is not shown.worklist.group_indices:
            self._arrange_soon()

    def _arrange(self) -> None:
        shown, grouping = self.shown, self.grouping
        if shown is None or self._loading.is_busy:
            return
        individuals, labels = shown.worklist.group_indices, shown.worklist.shown_labels()

        def take(arranged: GalleryList) -> None:
            if self.shown is shown:
                self._show(arranged, individuals)

        self._start(
            self._arranging,
            "gallery order",
            lambda: gallery.rearrange(shown, individuals, grouping, labels),
            take,
        )

    def _arrange_soon(self) -> None:
        """Arrange by other Individuals, once for all acts that are on their way."""
        self._needs_arranging = True
        self._arrange_moved()

    def _arrange_moved(self) -> None:
        if self._needs_arranging and not self.reader.desk.waiting:
            self._needs_arranging = False
            if self.grouping is Grouping.INDIVIDUAL:
                self._arrange()

    # what became different

    def _on_reading_change(self, change: ReadingChange) -> None:
        if change.how not in {"pending", "refused"}:
            self._reload_rows({change.photo})

    def _on_shared_change(self, change: SharedChange) -> None:
        if self.shown is None:
            return
        act, photos = change.entry.act, change.affected_ids(ThingKind.PHOTO)
        if act == shared_acts.DUPLICATES_PARTED:
            self._load()  # how many are left in a group is told by its other Photos too
            return
        self._reload_rows(photos)
        if act in _ACTS_THAT_MOVE_PHOTOS:
            if self._chosen_list is not None:
                self._chosen_list.note_shared(photos)
            self._arrange_soon()

    def _reload_rows(self, photos: frozenset[str] | set[str]) -> None:
        """Read the rows of these Photos again; those that change while this runs are read afterwards."""
        if self.shown is None:
            return
        self._stale |= photos
        if self._reloading.is_busy or not self._stale:
            return
        wanted, self._stale = self._stale, set()
        desk = self.reader.desk

        def take(rows: dict[str, GalleryRow]) -> None:
            if self.shown is not None:
                self.shown.rows.replace(rows)
                self.on_rows.emit()
            self._reload_rows(set())

        self._start(
            self._reloading,
            "gallery rows",
            lambda: gallery.load_rows(desk.case, desk.examiner.id, wanted),
            take,
        )

    def _say_error(self, error: KnownError) -> None:
        self.on_message.emit(str(error))
