"""The sum of the names met, as boxes with the signs between them: every name is in one, and none is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.domain.photos.names_met import NameClass, NamesMet
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_LOWEST, _BETWEEN = 104, 8
TOTAL = "names met"
_CAPTIONS = {
    NameClass.PHOTOGRAPH: "each content once",
    NameClass.DUPLICATE: "same content, other name",
    NameClass.OTHER: "kept by name and hash",
    NameClass.PROBLEM: "could not be used",
    TOTAL: "nothing is left out of the sum",
}


class CountBox(FramedBox):
    """A number, what is counted, and one line about it."""

    def __init__(self, word: str, caption: str) -> None:
        super().__init__()
        self.setMinimumHeight(_LOWEST)
        self.number = PlainLabel("0", kind="page")
        self.word, self.caption = PlainLabel(word, kind="strong"), PlainLabel(caption, kind="caption")
        for label in (self.number, self.word, self.caption):
            label.setWordWrap(True)
            self.column.addWidget(label)
        self.column.addStretch(1)

    def show_count(self, number: int) -> None:
        self.number.setText(f"{number:,}")
        self.setAccessibleName(f"{number:,} {self.word.text()}")


class NameSum(QWidget):
    """Photographs + duplicates + other files + problems = names met."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {word: CountBox(word, caption) for word, caption in _CAPTIONS.items()}
        row = make_row(self, spacing=_BETWEEN)
        for place, box in enumerate(self.boxes.values()):
            if place:
                sign = PlainLabel("=" if place == len(self.boxes) - 1 else "+", kind="title")
                sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
                sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
                row.addWidget(sign)
            row.addWidget(box, 1)

    def show_names(self, names: NamesMet, folders: int = 0) -> None:
        """Show these counts; `folders` says in how many the photographs lie, 0 where that is not known."""
        numbers = (names.photographs, names.duplicates, names.others, names.problems, names.total)
        for box, number in zip(self.boxes.values(), numbers, strict=True):
            box.show_count(number)
        places = "in 1 folder" if folders == 1 else f"in {folders:,} folders"
        self.boxes[NameClass.PHOTOGRAPH].caption.setText(
            places if folders else _CAPTIONS[NameClass.PHOTOGRAPH]
        )
