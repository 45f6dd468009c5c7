"""The line above the gallery: how many photographs of how many individuals are shown, and of how many."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel


class GalleryHeadline(QWidget):
    """The name of the screen, what is shown, and quietly of how many."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.of_all = PlainLabel(), ElidedLabel("galleryOfAll", kind="quiet")
        row = make_row(self, spacing=16)
        row.addWidget(PlainLabel("Gallery", kind="title"))
        row.addWidget(self.shown)
        row.addWidget(self.of_all, 1)

    def show_counts(
        self, photos: int, individuals: int, of_photos: int, of_individuals: int, complete: int | None = None
    ) -> None:
        """Say both counts; of how many only where not all are shown. Where no individual is accepted yet, all
        are proposals, and none is counted. `complete`: how many photographs are read, where they were found
        by their findings."""
        shown = f"{_count(photos, 'photograph')} of {_count(individuals, 'individual')}"
        self.shown.setText(shown if of_individuals else _count(photos, "photograph"))
        is_part = photos != of_photos
        said = [f"of {of_photos:,} and {of_individuals:,} in all"] if is_part else []
        said += [f"{complete:,} of {of_photos:,} read so far"] if complete is not None else []
        self.of_all.setText(" · ".join(said))

    def show_list(self, name: str, photos: int) -> None:
        """A list that no query made: its name and how many are in it."""
        self.shown.setText(_count(photos, "photograph"))
        self.of_all.setText(name)


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
