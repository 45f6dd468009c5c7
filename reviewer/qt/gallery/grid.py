"""The grid: paints the cells in view, and nothing else exists. Keyboard, mouse, scrolling, selection."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from reviewer.domain.search.arranging import GalleryRow, ShareBox, describe_badges, describe_section
from reviewer.domain.worklist.reading_order import CARD
from reviewer.qt.gallery.cell_painter import (
    LARGEST,
    SMALLEST,
    CellState,
    make_cell_style,
    paint_cell,
    paint_heading,
)
from reviewer.qt.gallery.grid_layout import GridLayout
from reviewer.qt.gallery.selection import Selection
from reviewer.qt.gallery.small_feed import ThumbnailFeed
from reviewer.qt.gallery.walking import find_target, format_tip
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.services.gallery.rows import GalleryList
from reviewer.services.jobs import Post

_MOST_COUNTED = 500
_SIDE_AT_FIRST = 196
"""Five beside each other in the narrowest window."""
_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class GalleryGrid(QAbstractScrollArea):
    """`moved`: another cell is current or selected; `opened`: the place in the list of a cell to be read."""

    moved = Signal()
    opened = Signal(int)

    def __init__(self, fetch: Callable[[str], bytes | None], post: Post) -> None:
        super().__init__()
        self.setObjectName("gallery")
        self.setAccessibleName("Gallery")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.selection = Selection()
        self.feed = ThumbnailFeed(fetch, post, self._on_decoded, self._list_masked)
        self.covered = self.outlined = False
        self.empty_text = ""
        self.side = _SIDE_AT_FIRST
        self._rows: Sequence[GalleryRow] = ()
        self._photo_at: Callable[[int], str] = lambda _place: ""
        self._place_of: Callable[[str], int | None] = lambda _photo: None
        self._titles: list[tuple[str, tuple[int, ...]]] = []
        self._order = array("q")
        self._indexes = array("q")
        self._look = make_cell_style(self.side, self.font())
        self._layout = GridLayout([], 100, self._look.cell)
        self._find_name: Callable[[GalleryRow], str] = lambda row: row.name
        self._hides: Callable[[GalleryRow, str], bool] = lambda _row, _what: False
        self._names: dict[str, str] = {}

    def use_masks(
        self, name_of: Callable[[GalleryRow], str], hides: Callable[[GalleryRow, str], bool]
    ) -> None:
        """What a Photo is called, and whether a thing of it is masked. Asked for cells that are painted, so
        they may read nothing from disk."""
        self._find_name, self._hides = name_of, hides

    def name_of(self, row: GalleryRow) -> str:
        """Return what a Photo goes by here; kept until something else is known of Photos."""
        name = self._names.get(row.sha256)
        if name is None:
            name = self._names[row.sha256] = self._find_name(row)
        return name

    # what is shown

    def show_list(self, shown: GalleryList) -> None:
        """Another list, or another order: what was selected or current and is still there stays so."""
        before = [self._photo_at(place) for place in self.places(self.selection.chosen)]
        current = self.current_row()
        self._rows, self._photo_at, self._place_of = shown.rows, shown.rows.sha256_at, shown.rows.place_of
        self._order = array("q", chain.from_iterable(section.places for section in shown.sections))
        self._indexes = array("q", [-1]) * len(shown.rows)
        for index, place in enumerate(self._order):
            self._indexes[place] = index
        self._titles = [(section.title, section.places) for section in shown.sections]
        self._forget_masks()
        kept = {index for index in map(self._find_index, before) if index is not None}
        here = self._find_index(current.sha256) or 0 if current else 0
        self.selection.reset(len(self._order), here, kept)
        self._lay_out()
        self._after_move()

    def _find_index(self, photo: str) -> int | None:
        """The cell of a Photo (SHA-256), None if the list does not have it."""
        place = self._place_of(photo)
        return None if place is None or self._indexes[place] < 0 else self._indexes[place]

    def show_rows(self) -> None:
        """Something else is known of photographs in the list, or may be shown of them."""
        self._forget_masks()
        self._refresh_view()

    def _forget_masks(self) -> None:
        """Ask anew what Photos go by, and what of their pictures is masked."""
        self._names.clear()
        self._look.lines.clear()
        self.feed.update_masks()

    def _list_masked(self, photo: str) -> tuple[ShareBox, ...]:
        """Where cards are masked on a Photo (SHA-256) now."""
        index = self._find_index(photo)
        row = self._rows[self._order[index]] if index is not None else None
        return row.cards if row is not None and row.cards and self._hides(row, CARD) else ()

    def set_side(self, side: int) -> None:
        """Frames of another width; the cell in the first line stays there."""
        side = min(LARGEST, max(SMALLEST, side))
        if side != self.side:
            self.side = side
            self._lay_out()

    def set_covered(self, covered: bool) -> None:
        self.covered = covered
        self._refresh_view()

    def set_outlined(self, outlined: bool) -> None:
        """Frames and words only, no pictures."""
        self.outlined = outlined
        self._refresh_view()

    def set_care(self, care: str) -> None:
        self.feed.set_care(care)
        self._refresh_view()

    def _refresh_view(self) -> None:
        self._request_pictures()
        self.viewport().update()

    def update_style(self) -> None:
        """Take over type and colours that changed."""
        self._lay_out()

    # where things are

    @property
    def count(self) -> int:
        return len(self._order)

    def places(self, indexes: Sequence[int] | set[int]) -> list[int]:
        """The places in the list of these cells."""
        return [self._order[index] for index in sorted(indexes) if 0 <= index < len(self._order)]

    def targets(self) -> list[int]:
        """The places in the list of what an act is about."""
        return self.places(self.selection.targets())

    def current_row(self) -> GalleryRow | None:
        current = self.selection.current
        return self._rows[self._order[current]] if 0 <= current < len(self._order) else None

    def go_to(self, sha256: str) -> bool:
        """Make the cell of a Photo the current one and bring it into view; False if it is not here."""
        index = self._find_index(sha256)
        if index is None:
            return False
        self.selection.go(index)
        self._after_move()
        return True

    def is_current_visible(self) -> bool:
        """Whether the current cell is wholly in view."""
        if not self.count:
            return False
        _left, top = self._layout.position(self.selection.current)
        scrolled = self.verticalScrollBar().value()
        return scrolled <= top and top + self._look.frame_tall <= scrolled + self.viewport().height()

    def in_view(self) -> range:
        """Return the cells that are at least partly in view."""
        top = self.verticalScrollBar().value()
        return self._layout.visible(top, top + self.viewport().height())

    def _lay_out(self) -> None:
        """Place the cells again; the one in the first line stays there."""
        bar, old = self.verticalScrollBar(), self._layout
        line = bar.value() + old.cell.heading + old.cell.tall
        first = next(iter(old.visible(bar.value(), line)), 0) if bar.value() else 0
        offset = bar.value() - old.position(first)[1] if first < old.count else 0
        self._look = make_cell_style(self.side, self.font())
        cell, view = self._look.cell, self.viewport().size()
        if len(self._titles) == 1 and not self._titles[0][0]:
            cell = type(cell)(cell.wide, cell.tall, 4)
        self._layout = GridLayout([len(places) for _title, places in self._titles], view.width(), cell)
        bar.setRange(0, max(0, self._layout.height - view.height()))
        bar.setPageStep(max(1, view.height() - cell.tall // 2))
        bar.setSingleStep(max(1, cell.tall // 3))
        if first and first < self._layout.count:
            bar.setValue(self._layout.position(first)[1] + min(0, offset))
        self._refresh_view()

    def _reveal(self) -> None:
        if not self.count:
            return
        _left, top = self._layout.position(self.selection.current)
        bar, heading = self.verticalScrollBar(), self._layout.cell.heading
        bottom = top + self._look.cell.tall - self.viewport().height()
        if bar.value() > top - heading:
            bar.setValue(top - heading)
        elif bar.value() < bottom:
            bar.setValue(bottom)

    # pictures

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_view()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the small pictures in view alone: they are there at once when the gallery comes on again."""
        super().hideEvent(event)
        self.feed.keep_only({self._photo_at(self._order[index]) for index in self.in_view()})

    def _request_pictures(self) -> None:
        """Ask for what is in view, then for the next screenful and half of the one before."""
        if self.covered or self.outlined or not self.count or not self.isVisible():
            self.feed.want([], self.side, 1.0)
            return
        top, tall = self.verticalScrollBar().value(), self.viewport().height()
        near = [*self.in_view()]
        near += self._layout.visible(top + tall, top + 2 * tall)
        near += self._layout.visible(max(0, top - tall // 2), max(1, top))
        photos = dict.fromkeys(self._photo_at(self._order[index]) for index in near)
        ratio = self.devicePixelRatioF()
        self.feed.want(list(photos), round(self.side * ratio), ratio)

    def _on_decoded(self, photos: Sequence[str]) -> None:
        seen = self.in_view()
        for photo in photos:
            index = self._find_index(photo)
            if index is not None and index in seen:
                self.viewport().update(self._get_cell_rect(index))

    def _get_cell_rect(self, index: int) -> QRect:
        left, top = self._layout.position(index)
        return QRect(
            QPoint(left, top - self.verticalScrollBar().value()),
            QSize(self._look.cell.wide, self._look.cell.tall),
        )

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        dirty, scrolled = event.rect(), self.verticalScrollBar().value()
        painter.fillRect(dirty, self._look.window)
        top, bottom = scrolled + dirty.top(), scrolled + dirty.bottom() + 1
        region = event.region()
        for index in self._layout.visible(top, bottom):
            rect = self._get_cell_rect(index)
            if region.intersects(rect):
                paint_cell(painter, self._look, rect.topLeft(), self._make_cell_state(index))
        self._paint_headings(painter, top, bottom, scrolled)
        if not self._order and self.empty_text:
            painter.setPen(self._look.quiet)
            centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(48, 0, -48, 0), centre, self.empty_text)
        painter.end()

    def _make_cell_state(self, index: int) -> CellState:
        place = self._order[index]
        row, bare = self._rows[place], self.covered or self.outlined
        picture = None if bare else self.feed.picture(row.sha256)
        current = index == self.selection.current
        chosen, name = index in self.selection.chosen, self.name_of(row)
        return CellState(place + 1, row, name, picture, current, chosen, self.outlined)

    def _paint_headings(self, painter: QPainter, top: int, bottom: int, scrolled: int) -> None:
        """Those in view; that of a section whose cells still are stays at the top."""
        if self._layout.cell.heading < self._look.cell.heading:
            return
        for heading in self._layout.headings(min(top, scrolled), bottom):
            at = max(heading.top, min(scrolled, heading.last_top)) - scrolled
            rect = QRect(heading.left, at, heading.wide, self._look.cell.heading)
            title, places = self._titles[heading.section]
            paint_heading(painter, self._look, rect, title, self._describe_section(places))

    def _describe_section(self, places: Sequence[int]) -> tuple[str, str]:
        """What is said of a section in many words, and in few; how many are done only of a small one."""
        count = f"{len(places):,}"
        if len(places) > _MOST_COUNTED:
            return f"{count} photographs", count
        return describe_section([self._rows[place] for place in places]), count

    # events

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        self._refresh_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._layout.at(event.pos().x(), event.pos().y() + self.verticalScrollBar().value())
            text = "" if index is None else make_plain_tip(self._format_tip(self._rows[self._order[index]]))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _format_tip(self, row: GalleryRow) -> str:
        return format_tip(row, self.name_of(row), self._hides)

    def choose_at(self, place: QPoint) -> GalleryRow | None:
        """Make the cell at a place of the viewport the current one; what is selected stays if it is of it."""
        index = self._layout.at(place.x(), place.y() + self.verticalScrollBar().value())
        if index is None:
            return None
        if index not in self.selection.chosen:
            self.selection.clear()
        self.selection.go(index)
        self._after_move()
        return self.current_row()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self._layout.at(at.x(), at.y() + self.verticalScrollBar().value())
        if event.button() != Qt.MouseButton.LeftButton or index is None:
            return
        held = event.modifiers() & _MODIFIERS
        if held == Qt.KeyboardModifier.ControlModifier:
            self.selection.toggle(index)
        elif held:
            self.selection.extend(index)
        else:
            self.selection.clear()
            self.selection.go(index)
        self._after_move()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self._layout.at(at.x(), at.y() + self.verticalScrollBar().value())
        if index is not None and not event.modifiers() & _MODIFIERS:
            self.opened.emit(self._order[index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = max(1, self.viewport().height() // self._look.cell.tall)
        to = find_target(self._layout, Qt.Key(event.key()), self.selection.current, rows)
        if to is None:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection.extend(to)
        else:
            self.selection.go(to)
        self._after_move()

    def _after_move(self) -> None:
        self._reveal()
        self.viewport().update()
        row = self.current_row()
        self.setAccessibleDescription(f"{self.name_of(row)} {describe_badges(row)}" if row else "")
        self.moved.emit()

    def after_selecting(self) -> None:
        """The selection was changed from outside."""
        self._after_move()

    def let_go(self) -> None:
        """Give the pictures back here, and end the thread that reads them."""
        self.feed.close()
