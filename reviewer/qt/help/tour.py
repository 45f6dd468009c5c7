"""The tour in eight steps: what each says, the plate that says it, and the ring around what is meant."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel

_PLATE_WIDTH = 328
_SECONDS_OF_A_STEP = 20


@dataclass(frozen=True)
class TourStep:
    """`about` names what is meant, `done` what is ticked once it was done, "" where nothing is to be done."""

    about: str
    title: str
    words: str
    done: str = ""


STEPS = (
    TourStep(
        "screens",
        "What the window shows",
        "At the left the screens, in the middle the photograph, at the right what is said of it. "
        "The line above says who is read and where you are.",
    ),
    TourStep(
        "tags",
        "Tag what you see",
        "Press 2, or click Bruise: a finding stands in the list. The same key again takes it "
        "away. Any other term: Add finding, and a few letters.",
        "a finding stands in the list",
    ),
    TourStep(
        "drawing",
        "Draw where it is seen",
        "Choose a shape, then drag over the photograph. The mark belongs to the finding that is selected.",
        "a mark is drawn",
    ),
    TourStep(
        "map",
        "Say where on the body",
        "Click the region on the body map, or press H and type a few letters: chest l, Enter. L "
        "and R are the sides of the person.",
        "the finding has a region",
    ),
    TourStep(
        "certainty",
        "Say how certain",
        "Q definite, W probable, E possible: how sure you are that the sign is there. How it came"
        " about is no part of this.",
        "the certainty is stated",
    ),
    TourStep(
        "coverage",
        "Say what is shown",
        "Shift+B, or a click here, says which parts of the body the photograph shows well enough "
        "to judge. Without it nothing is ever counted as absent.",
        "it is said what is shown",
    ),
    TourStep(
        "complete",
        "Complete it",
        "Enter ends this reading and goes to the next photograph. It can be opened again; nothing is erased.",
        "a reading was completed",
    ),
    TourStep(
        "search",
        "Find it and count it",
        "Type what you look for, in plain words: ligature neck. Statistics counts individuals, "
        "and Enter on a figure shows the photographs behind it.",
    ),
)


class TourRing(QWidget):
    """A ring of two pixels around what is meant; it takes no click."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme: Theme | None = None
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class TourPlate(QFrame):
    """Says one step. Its buttons leave the keyboard where it is: what is said can be done meanwhile."""

    left = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.setAccessibleName("Tour")
        self._where = PlainLabel(kind="caption")
        self._left = PlainLabel(kind="caption")
        self._title, self._words = make_text_label("", "page"), make_text_label()
        self._done = make_text_label("", "quiet")
        self._leave, self._back, self._next = QPushButton(), QPushButton("Back"), QPushButton()
        self._arrange()
        self._leave.clicked.connect(self.left)
        self._back.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self.hide()

    def _arrange(self) -> None:
        column = make_column(self, spacing=8, margins=(16, 16, 16, 16))
        head = make_row(spacing=8)
        head.addWidget(self._where)
        head.addStretch(1)
        head.addWidget(self._left)
        column.addLayout(head)
        for label in (self._title, self._words, self._done):
            column.addWidget(label)
        column.addStretch(1)
        row = make_row(spacing=8)
        for button in (self._leave, self._back, self._next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        row.insertStretch(1, 1)
        column.addLayout(row)
        self._leave.setText("Leave  Esc")

    def show_step(self, number: int, is_done: bool, next_key: str) -> None:
        """Show a step, counted from 0, and whether what it asks for was done."""
        step = STEPS[number]
        self._where.setText(f"Tour, step {number + 1} of {len(STEPS)}")
        left = (len(STEPS) - number) * _SECONDS_OF_A_STEP
        self._left.setText(f"about {max(1, round(left / 60))} min left")
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._done.setText(f"\u2713 {step.done}" if step.done and is_done else "")
        self._back.setEnabled(number > 0)
        is_last = number == len(STEPS) - 1
        self._next.setText(f"{'End' if is_last else 'Next'}  {next_key}")

    def fit(self, scale: float, most: int) -> None:
        """As wide as the design says, and as high as the words need."""
        wide = max(240, min(round(_PLATE_WIDTH * scale), most))
        self.setFixedWidth(wide)
        layout = self.layout()
        high = layout.totalHeightForWidth(wide) if layout is not None else 0
        self.setFixedHeight(max(high, self.minimumSizeHint().height()))


def place_plate(plate: QRect, over: QRect, meant: QRect) -> QRect:
    """Where the plate lies in the canvas `over`: at its left foot, or where what is meant stays in sight."""
    edge = 16
    left, right = over.left() + edge, over.right() - edge - plate.width()
    foot, head = over.bottom() - edge - plate.height(), over.top() + edge
    places = [QRect(x, y, plate.width(), plate.height()) for y in (foot, head) for x in (left, right)]
    return next((place for place in places if not place.intersects(meant)), places[0])
