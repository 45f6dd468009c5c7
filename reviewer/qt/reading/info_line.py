"""The line below the photograph: how it is shown, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from reviewer.domain.photos.capture_dates import UsualDates, describe_recorded_date
from reviewer.domain.photos.photo import Photo
from reviewer.qt.canvas.tools import CanvasTool
from reviewer.qt.reading.picture_turner import PicturePager
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ElidedLabel, ShrinkingLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.pictures.pictures import Picture
from reviewer.services.reading.pages import PageNavigator


class InfoLine(QFrame):
    """Scale, view, colours, size, date as recorded, file name, tool, damage; what is masked says so instead.

    `action_wanted` carries the id of an action that a button stands for.
    """

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("infoLine")
        self.setMinimumHeight(28)
        self.view, self._tool, self.facts = ShrinkingLabel(), ShrinkingLabel(), ElidedLabel("infoFacts")
        self.colours, self._damage, self.date = ShrinkingLabel(), PlainLabel(), PlainLabel()
        self.shown_as = PlainLabel()
        self.turner = PicturePager()
        self._damage.setProperty("kind", "alarm")
        self.uncover = make_choice_button("Shift+X  Show masked")
        self.uncover.clicked.connect(lambda: self.action_wanted.emit("reading.uncover"))
        self.uncover.hide()
        row = make_row(self, spacing=20, margins=(12, 0, 12, 0))
        row.addWidget(self.view)
        row.addWidget(self.turner)
        row.addWidget(self.shown_as)
        row.addWidget(self.colours)
        row.addWidget(self.facts, 1)
        row.addWidget(self.uncover)
        row.addWidget(self.date)
        row.addWidget(self._damage)
        row.addWidget(self._tool)
        self.show_tool(None)

    def show_view(self, scale: float, angle: float, locked: bool, as_it_is: bool, seen: int) -> None:
        """`seen`: thousandths of the photograph that were on screen at 100 %."""
        parts = [f"{scale * 100:.0f} %"]
        parts += [f"turned {angle:.0f}°"] if angle else []
        parts += ["locked (L)"] if locked else []
        parts.append("original view" if as_it_is else "enhanced view")
        self.view.setText(" · ".join(parts))
        self.view.setToolTip(f"{seen // 10} % of this photograph was on screen at 100 % (Shift+U).")

    def show_photo(
        self,
        photo: Photo,
        name: str,
        pages: PageNavigator,
        span: UsualDates,
        shot: str,
        masked: Sequence[str] = (),
    ) -> None:
        """`span` is what dates are usual in the Case, `shot` names the other files of the same shot. `masked`
        says in words what is not to be seen; then nothing of the file is told but its size."""
        self.turner.show_pages(pages)
        self.shown_as.setText(photo.shown_as[:1].upper() + photo.shown_as[1:])
        self.shown_as.setVisible(bool(photo.shown_as))
        self.colours.setText("")
        self._show_damage(photo.damage if pages.page == 1 else "")
        self.uncover.setVisible(bool(masked))
        if masked:
            self._show_masked(pages, masked)
        else:
            self._show_facts(photo, name, pages, span, shot)

    def _show_masked(self, pages: PageNavigator, masked: Sequence[str]) -> None:
        words = " and ".join(filter(None, (", ".join(masked[:-1]), masked[-1])))
        told = f"Masked until the reading is complete: {words}. Looking is allowed, and is noted."
        self.facts.setText(f"{pages.picture.width} x {pages.picture.height}")
        self.facts.setMinimumWidth(self.facts.fontMetrics().horizontalAdvance(self.facts.text()) + 2)
        for widget in (self.facts, self.uncover):
            widget.setToolTip(told)
        self.date.setText("")
        self.date.setToolTip("")

    def _show_facts(self, photo: Photo, name: str, pages: PageNavigator, span: UsualDates, shot: str) -> None:
        picture = pages.picture
        self.facts.setMinimumWidth(0)
        parts = [name] if name else []  # first: where there is little room, it is what is left
        parts.append(f"{picture.width} x {picture.height}")
        parts += [picture.words] if picture.words and not photo.is_animation else []
        odd = " ".join(
            doubt
            for doubt in (photo.capture.taken_doubt, span.describe_doubt(photo.capture.taken_at))
            if doubt
        )
        parts += [describe_recorded_date(photo.capture), *([odd] if odd else [])]
        self.date.setText("Date in doubt" if odd else "")
        self.date.setToolTip(make_plain_tip(odd))
        camera = " ".join(name for name in (photo.capture.make, photo.capture.model) if name)
        parts += [part for part in (camera, shot) if part]
        self.facts.setText(" · ".join(parts))
        self.facts.setToolTip(
            make_plain_tip(f"{name}\n{shot}\nSHA-256 {photo.sha256}\n{photo.size:,} bytes, {photo.format}")
        )

    def show_picture(self, picture: Picture) -> None:
        """What was done to the colours between the file and the screen."""
        if picture.profile and "srgb" not in picture.profile.casefold():
            readable = picture.profile != "unreadable profile"
            said = f"{_shorten(picture.profile)} → sRGB" if readable else "unreadable profile, taken as sRGB"
        else:
            said = "sRGB" if picture.profile else "no profile, taken as sRGB"
        self.colours.setText(f"{picture.origin}, {said}" if picture.origin else said)
        self.colours.setToolTip(make_plain_tip(f"Colour profile in the file: {picture.profile or 'none'}"))
        if picture.damage:
            self._show_damage(picture.damage)

    def _show_damage(self, damage: str) -> None:
        self._damage.setText("Damaged" if damage else "")
        self._damage.setToolTip(make_plain_tip(damage))

    def show_tool(self, tool: CanvasTool | None) -> None:
        self._tool.setText(f"Drawing: {tool.name} (Esc ends)" if tool else "V R O P F I . draw")


def _shorten(profile: str) -> str:
    return profile if len(profile) <= 24 else f"{profile[:23]}…"
