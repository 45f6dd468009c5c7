"""What the file on screen says of its own making, beside the photograph: as recorded, not verified.

The tags that were recorded at ingest stand here at once. The file is read once more for the rest and for the
embedded thumbnail, which is hidden as long as photographs are covered or softened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from reviewer.domain.names import make_printable
from reviewer.domain.photos.file_tags import AS_RECORDED, LIKENESS_IN_WORDS, group_tags, parse_gps_position
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.reading.looking import ViewState
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.jobs import LatestJob
from reviewer.services.pictures.photo_details import FileDetails, Thumbnail
from reviewer.services.reading.reader import Reader

WIDTH = 340
_SOON_MS = 250
_MASKED = (
    "Masked until the reading of this photograph is complete. What is masked can be shown; that is noted."
)
_HIDDEN = "The embedded thumbnail is not shown while photographs are covered or softened."


class DetailsPanel(QFrame):
    """Follows the Reader while it is shown. `read` blocks; the canvas and how it is looked at tell whether
    pictures are to be seen."""

    def __init__(
        self, reader: Reader, read: Callable[[str], FileDetails], canvas: PhotoCanvas, looking: ViewState
    ) -> None:
        super().__init__()
        self.setObjectName("enhance")
        self._reader, self._read = reader, read
        self._canvas, self._looking = canvas, looking
        self._reading = LatestJob(reader.desk.case.jobs)
        self._found: FileDetails | None = None
        self.is_masked: Callable[[], bool] = lambda: False
        title = PlainLabel("As recorded in the file", kind="caption")
        self.picture, self.said = PlainLabel(), PlainLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("Embedded thumbnail")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("About the embedded thumbnail")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Tags as recorded in the file")
        self.text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text.setTabChangesFocus(True)
        column = make_column(self, spacing=6, margins=(12, 6, 12, 8))
        for widget in (title, self.picture, self.said):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        self._later = make_single_shot_timer(self, _SOON_MS, self._read_file)
        self.scale_to(1.0)
        self.hide()
        reader.on_moved.connect(self._on_moved)
        looking.changed.connect(self.update_look)

    def scale_to(self, text_scale: float) -> None:
        """Give larger type the room it needs."""
        self.setFixedWidth(round(WIDTH * max(0.9, text_scale)))

    def toggle(self) -> None:
        self.setVisible(self.isHidden())
        self._on_moved()

    def stop(self) -> None:
        """Stop reading files, before the Case is closed."""
        self._later.stop()
        self._reading.drop()

    def update_look(self) -> None:
        """Photographs were covered, or uncovered, or are shown in another way."""
        thumbnail = self._found.thumbnail if self._found is not None else None
        hidden = self._canvas.covered or bool(self._looking.softening)
        shown = thumbnail is not None and not hidden
        self.picture.setVisible(shown)
        self.picture.setPixmap(_make_pixmap(thumbnail) if thumbnail is not None and shown else QPixmap())
        self.said.setText(self._describe_thumbnail(hidden=thumbnail is not None and not shown))

    def _on_moved(self) -> None:
        self._found = None
        self._later.stop()
        if self.isHidden() or self._reader.photo is None:
            return
        if self.is_masked():
            self.text.setPlainText("")
            self.update_look()
            return
        self.text.setPlainText(_format_tags(self._reader.photo.capture.tags))
        self.update_look()
        self._later.start()

    def update_masks(self) -> None:
        """Something was masked, or is no longer."""
        self._on_moved()

    def _read_file(self) -> None:
        """Read the file of the Photo on screen."""
        photo = self._reader.sha256
        self._reading.start(
            "details",
            lambda _control: self._read(photo),
            self._reader.desk.post,
            on_done=lambda found: self._on_details(photo, found),
        )

    def _on_details(self, photo: str, found: FileDetails) -> None:
        if photo != self._reader.sha256 or self.isHidden() or self.is_masked():
            return
        self._found = found
        if found.problem is None:
            self.text.setPlainText(_format_tags(found.tags))
        self.update_look()

    def _describe_thumbnail(self, *, hidden: bool) -> str:
        found = self._found
        if self.is_masked():
            return _MASKED
        if found is None:
            return "The file is being read\u2026"
        if found.problem is not None:
            return f"{found.problem.reason} These are the tags that were recorded at ingest."
        if not found.said:
            return "The file holds no embedded thumbnail."
        if found.thumbnail is None:
            return f"Embedded thumbnail: {found.said}."
        words = f"{LIKENESS_IN_WORDS[found.likeness]} It has {found.said}."
        return f"{words} {_HIDDEN}" if hidden else words


def _format_tags(untrusted_tags: Mapping[str, str]) -> str:
    """The groups one under the other; each value by itself, so that its script turns no other."""
    tags = {make_printable(name): make_printable(value) for name, value in untrusted_tags.items()}
    lines = [AS_RECORDED]
    place = parse_gps_position(tags)
    for title, group in group_tags(tags):
        lines += ["", title]
        if title == "Position":
            lines.append(f"  in decimal degrees: {place}" if place else "  these tags say no place on earth")
        lines += [f"  {name}: \u2068{value}\u2069" for name, value in group]
    return "\n".join(lines if len(lines) > 1 else [*lines, "", "There are no tags."])


def _make_pixmap(thumbnail: Thumbnail) -> QPixmap:
    width, height = thumbnail.width, thumbnail.height
    image = QImage(thumbnail.pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image.copy())
