"""The line below the photograph: what the file says of itself, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from reviewer.domain.photos.capture_dates import UsualDates, describe_recorded_date
from reviewer.domain.photos.photo import Photo
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.canvas.tools import CanvasTool
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.reading.picture_turner import PicturePager
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import NameLabel, ShrinkingLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.pictures.pictures import Picture
from reviewer.services.reading.pages import PageNavigator

_NAME_SIGNS, _SPACE, _MOST_FACTS, _EDGE = 40, 12, 260, 12
_NO_FRAME = (
    "Nobody has framed a number card on this photograph yet. If there is one, its number can be seen: the "
    "program masks only what was framed on the Cards screen, which somebody else does first. A click opens "
    "that screen, at the card that is due there."
)
_CARD_SEEN, _CARD_SEEN_SHORT = "No card framed yet: a number can be seen", "No card framed"
_ZOOM_OUT, _ZOOM_IN, _FIT = "view.zoom-out", "view.zoom-in", "view.toggle-zoom"


class InfoLine(QFrame):
    """The name of the file first, whole up to forty signs; then what is wrong, size, date, colours, view;
    what is masked says so instead. At the right the scale, with buttons for it.

    Where the window is low it stands in the line above the screen, without what can be missed there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("infoLine")
        self.is_in_header = False
        self.setMinimumHeight(28)
        self.name, self.facts = NameLabel("infoName", _NAME_SIGNS), ShrinkingLabel("infoFacts")
        self.view, self.colours = ShrinkingLabel("infoQuiet"), ShrinkingLabel("infoQuiet")
        self.tool = PlainLabel()
        self._damage, self.date, self.shown_as = PlainLabel(), PlainLabel(), PlainLabel()
        self._shown_view: tuple[float, float, bool, bool, int] | None = None
        self.turner = PicturePager()
        self._damage.setProperty("kind", "alarm")
        self.card = KeyedButton("window.cards", _CARD_SEEN, is_keyless=True, is_quiet=True)
        self.card.setProperty("kind", "warning")
        self.card.show_tip(make_plain_tip(_NO_FRAME))
        self.card.hide()
        self.uncover = KeyedButton("reading.uncover", "Show masked", is_quiet=True)
        self.uncover.hide()
        self.scale = PlainLabel()
        self.scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zooming = [
            KeyedButton(_FIT, "Fit", is_quiet=True),
            KeyedButton(_ZOOM_OUT, "\u2212", is_keyless=True, is_quiet=True),
            KeyedButton(_ZOOM_IN, "+", is_keyless=True, is_quiet=True),
        ]
        for button, name in zip(self._zooming, ("Fit or 100 %", "Zoom out", "Zoom in"), strict=True):
            button.setAccessibleName(name)
        row = self._row = make_row(self, spacing=_SPACE, margins=(_EDGE, 0, 8, 0))
        for part in (self.name, self.uncover, self.card, self.turner, self.shown_as, self._damage, self.date):
            row.addWidget(part)
        for label in (self.facts, self.colours, self.view):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self.tool)
        fit, out, in_ = self._zooming
        zoom = make_row(spacing=4)
        for part in (fit, out, self.scale, in_):
            zoom.addWidget(part)
        row.addLayout(zoom)
        self.show_tool(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measure_needed() if self.is_in_header else 0, super().minimumSizeHint().height())

    def set_in_header(self, is_in_header: bool) -> None:
        """Stand in the line above the screen, or below the photograph."""
        self.is_in_header = is_in_header
        set_style_property(self, "place", "header" if is_in_header else "")
        self.card.show_word(_CARD_SEEN_SHORT if is_in_header else _CARD_SEEN)
        self._row.setContentsMargins(0 if is_in_header else _EDGE, 0, 0 if is_in_header else 8, 0)
        self._fit()

    def _measure_needed(self) -> int:
        """Pixels of what is never left out."""
        parts = [self.name, self.turner, self.shown_as, self.uncover, self.date, self._damage, self.tool]
        parts += [self.card, self.scale, *self._zooming]
        return sum(part.sizeHint().width() + _SPACE for part in parts if not part.isHidden())

    def _fit(self) -> None:
        """Where there is little room, colours go first, then the view; the file and the scale stay whole."""
        least = min(_MOST_FACTS, self.facts.sizeHint().width())
        taken = self._measure_needed()
        for label in (self.view, self.colours):
            taken += label.sizeHint().width() + _SPACE
            label.setVisible(taken + least <= self.width() and not self.is_in_header)
        self.updateGeometry()

    def use_actions(self, find: FindAction) -> None:
        for button in (self.uncover, self.card, *self._zooming):
            button.use_action(find)

    def show_view(self, scale: float, angle: float, locked: bool, as_it_is: bool, seen: int) -> None:
        """`seen`: thousandths of the photograph that were on screen at 100 %."""
        self.scale.setMinimumWidth(self.scale.fontMetrics().horizontalAdvance("1000 %"))
        shown = (scale, angle, locked, as_it_is, seen)
        if shown == self._shown_view:
            return
        self._shown_view = shown
        self.scale.setText(f"{scale * 100:.0f} %")
        parts = [f"turned {angle:.0f}°"] if angle else []
        parts += [add_key("locked", "view.lock")] if locked else []
        parts.append("original view" if as_it_is else "enhanced view")
        self.view.setText(" · ".join(parts))
        for label in (self.view, self.scale):
            label.setToolTip(
                add_key(f"{seen // 10} % of this photograph was on screen at 100 %", "view.unseen")
            )

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
        self.name.setText("Masked")
        self.facts.setText(f"{pages.picture.width} x {pages.picture.height}")
        for widget in (self.name, self.facts, self.uncover):
            widget.setToolTip(told)
        self.date.setText("")
        self.date.setToolTip("")
        self._hide_empty()

    def _show_facts(self, photo: Photo, name: str, pages: PageNavigator, span: UsualDates, shot: str) -> None:
        picture = pages.picture
        self.name.setText(name)
        self.name.setToolTip(make_plain_tip(name))
        parts = [f"{picture.width} x {picture.height}"]
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
        self._hide_empty()

    def _hide_empty(self) -> None:
        """A label that says nothing keeps no room."""
        for label in (self.date, self._damage, self.shown_as):
            label.setVisible(bool(label.text()))
        self._fit()

    def show_card_warning(self, warned: bool) -> None:
        """Say that a number on a card could be seen, because nobody framed one."""
        self.card.setVisible(warned)
        self._fit()

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
        self._fit()

    def _show_damage(self, damage: str) -> None:
        self._damage.setText("Damaged" if damage else "")
        self._damage.setToolTip(make_plain_tip(damage))
        self._damage.setVisible(bool(damage))

    def show_tool(self, tool: CanvasTool | None) -> None:
        self.tool.setText(f"Drawing: {tool.name} (Esc ends)" if tool else "")
        self.tool.setVisible(tool is not None)
        self._fit()


def _shorten(profile: str) -> str:
    return profile if len(profile) <= 24 else f"{profile[:23]}…"
