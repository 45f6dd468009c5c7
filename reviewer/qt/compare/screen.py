"""The compare screen: two or four photographs, linked; the same place in turn; the difference of two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.worklist.reading_order import CARD, DATE, NAME
from reviewer.qt.canvas.marks import RecordedGrid, to_upright_box
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.compare.bar import DIFFERENCE, FLICKER, SIDE_BY_SIDE, CompareBar
from reviewer.qt.compare.candidates import Candidate
from reviewer.qt.compare.choosing import make_photograph_question
from reviewer.qt.compare.difference import DifferenceView, share_areas
from reviewer.qt.compare.differing import list_differences
from reviewer.qt.compare.feed import CompareFeed
from reviewer.qt.compare.headline import CompareHeadline
from reviewer.qt.compare.pane import Pane
from reviewer.qt.compare.panel import ComparePanel
from reviewer.qt.compare.right_clicks import offer_pane_menus
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.jobs import LatestJob
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading import comparing
from reviewer.services.reading.reader import Reader

_LETTERS, _MOST_CANDIDATES = "ABCD", 9


class CompareScreen(Screen):
    """Shows what it is given positions for. Nothing here writes."""

    def __init__(
        self,
        reader: Reader,
        pictures: PictureLoader,
        enhancer: Enhancer,
        softening: Callable[[], str],
        colours: tuple[QColor, QColor],
    ) -> None:
        super().__init__()
        self._reader = reader
        self.panes = [Pane(letter, *colours) for letter in _LETTERS]
        self._softening = softening
        self._feed = CompareFeed(
            pictures,
            enhancer,
            self.panes,
            softening,
            self._list_shown_panes,
            self._update_difference,
            self._get_box,
        )
        self.difference = DifferenceView(*colours, enhancer, self.say)
        self.linked, self.mode, self._count = True, SIDE_BY_SIDE, 2
        self._active, self._front = 0, 0
        self._pointer = QCursor.pos()
        self._candidates: list[int] = []
        self._looking = LatestJob(reader.desk.case.jobs)
        self._linking = False
        self.message: MessageLine = MessageLine("infoLine")
        self.message.setMinimumHeight(28)
        self.message.setContentsMargins(16, 0, 16, 0)
        self._box = TypeBox(self)
        self.head, self.bar = CompareHeadline(), CompareBar()
        self.panel = ComparePanel(self.difference, pictures.thumbnail, softening)
        self.empty = _NoSecond()
        self._arrange()
        self.bar.mode_chosen.connect(self._choose_mode)
        self.panel.difference.strength_chosen.connect(self._choose_strength)
        self.panel.candidates.chosen.connect(self._put_candidate)
        for number, pane in enumerate(self.panes):
            pane.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            pane.view.entered.connect(lambda number=number: self._on_entered(number))
            pane.view.view_changed.connect(lambda number=number: self._sync_linked_panes(number))
            pane.view.needs_full.connect(self._request_pictures)
            pane.choose_wanted.connect(lambda number=number: self._choose_into(number))
        self._show_mode()

    def _arrange(self) -> None:
        self._grid = make_grid(across=0, down=0)
        for number, pane in enumerate(self.panes):
            self._grid.addWidget(pane, number // 2, number % 2)
        self._grid.addWidget(self.difference, 2, 0, 1, 2)
        self._grid.addWidget(self.empty, 0, 1)
        left = make_column(spacing=0)
        left.addLayout(self._grid, 1)
        left.addWidget(self.message)
        row = make_row(spacing=0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        column = make_column(self, spacing=0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    # what is shown

    def refresh(self) -> None:
        """The screen comes on: begin, if nothing is shown yet."""
        if self.panes[0].position < 0 and self._reader.position >= 0:
            self.begin()

    def use_actions(self, find: FindAction) -> None:
        offer_pane_menus(self.panes, find)
        for part in (self.bar, self.panel, self.empty):
            part.use_actions(find)

    def headline(self) -> QWidget:
        return self.head

    def focus(self) -> QWidget:
        return self.active.view

    def begin(self) -> None:
        """The photograph that is read, and its neighbours of the same Individual if it has some."""
        position = self._reader.position
        mates = self._reader.worklist.positions_of_same_individual(position)
        if len(mates) > 1:
            self.fill(comparing.find_same_individual(self._reader.worklist, position))
        else:
            self.fill(comparing.find_following(self._reader.worklist, position))

    def show_same_individual(self) -> None:
        self.fill(comparing.find_same_individual(self._reader.worklist, self._reader.position))
        self.say(f"{len(self._candidates)} photos of the same individual. Ctrl+PgDown shows the next ones.")

    def show_same_region(self) -> None:
        """Look beside the window for Photos of other Individuals, and come on with those that are found."""
        finding, desk, photo = self._reader.selected_finding, self._reader.desk, self._reader.sha256
        regions = finding.regions if finding else ()
        if not regions:
            raise NotAllowed("Choose a finding with a region first.")

        def show(found: list[str]) -> None:
            if self._reader.sha256 == photo:
                self._show_found(found)

        self._looking.start(
            "same region",
            lambda _control: comparing.find_photos_with_region(desk.case, desk.examiner.id, regions),
            desk.post,
            on_done=show,
            on_failed=self._tell,
        )

    def _show_found(self, photos: Sequence[str]) -> None:
        worklist = self._reader.worklist
        try:
            self.fill(comparing.choose_same_region(worklist, self._reader.position, photos))
        except NotAllowed as error:
            self._tell(error)
            return
        self.say(f"{len(self._candidates) - 1} photos of other individuals with a finding of yours there.")
        self.action_wanted.emit("window.compare")

    def _tell(self, error: KnownError) -> None:
        """Say what came of it where it was asked for."""
        (self.say if self.isVisible() else self._reader.say)(str(error))

    def fill(self, positions: Sequence[int]) -> None:
        """Put these Photos into the panes; those that find no room can be stepped to."""
        self._candidates = list(positions)
        self.message.show_usual()
        for number, pane in enumerate(self.panes):
            if number < len(positions):
                self._show_in_pane(pane, positions[number])
            else:
                pane.clear()
        self._set_mode(SIDE_BY_SIDE)

    def _show_in_pane(self, pane: Pane, position: int) -> None:
        item = self._reader.worklist.items[position]
        photo = self._reader.photo_at(position)
        mates = self._reader.worklist.positions_of_same_individual(position)
        individual, masking = self._reader.worklist.name_person(position), self._reader.masking
        named = "" if masking.is_masked_at(position, NAME) else f" · {item.name}"
        caption = f"{individual}, photo {mates.index(position) + 1} of {len(mates)}{named}"
        taken = "" if masking.is_masked_at(position, DATE) else photo.capture.taken_at[:16]
        pane.put(position, item.sha256, photo.upright_size, caption, taken)
        pane.view.set_masked(self._list_masked(position))

    def _list_masked(self, position: int) -> list[QRectF]:
        """The cards that are masked on a Photo, in its upright pixels."""
        masking, photo = self._reader.masking, self._reader.worklist.items[position].sha256
        if not masking.is_masked_at(position, CARD) or not masking.boxes(photo):
            return []
        facts = self._reader.photo_at(position)
        grid = RecordedGrid(facts.width, facts.height, facts.orientation)
        return [to_upright_box(box, grid) for box in masking.boxes(photo)]

    def step(self, by: int) -> None:
        """The next (1) or previous (-1) of the candidates in the active pane."""
        pane = self.active
        if not self._candidates or pane.position < 0:
            raise NotAllowed("There is nothing to step through.")
        place = self._candidates.index(pane.position) if pane.position in self._candidates else 0
        self._show_in_pane(pane, self._candidates[(place + by) % len(self._candidates)])
        self._request_pictures()
        self._show_two()

    def choose(self) -> None:
        """Ask which photograph the active pane shows, or the second one while there is none."""
        self._choose_into(self._active if self.active.position >= 0 else 0)

    def _choose_into(self, number: int) -> None:
        if self.panes[0].position >= 0 > self.panes[1].position:
            number = 1

        def take(position: int) -> None:
            self._show_in_pane(self.panes[number], position)
            self._set_mode(SIDE_BY_SIDE)

        self._box.ask(
            make_photograph_question(self._reader.worklist.items, take, self._reader.masking.name_at)
        )

    @property
    def _target(self) -> int:
        """The pane a small picture is put into: the active one, or the second while the first is active."""
        return max(1, self._active) if self._active < self._count else 1

    def _put_candidate(self, position: int) -> None:
        self._show_in_pane(self.panes[self._target], position)
        self._set_mode(SIDE_BY_SIDE)

    def _list_candidates(self) -> list[Candidate]:
        here = self.panes[0].position
        if here < 0:
            return []
        worklist = self._reader.worklist
        letters = {pane.position: pane.letter for pane in self.panes[: self._count]}
        alike = set(worklist.positions_of_duplicates(here))
        mates = worklist.positions_of_same_individual(here)
        found = []
        for position in comparing.find_candidates(worklist, here)[:_MOST_CANDIDATES]:
            words = worklist.name_person(position)
            if position in mates:
                words = f"photo {mates.index(position) + 1} of {len(mates)}"
            if position in alike and position != here:
                words = "near-duplicate"
            masked = share_areas(self._list_masked(position), self._reader.photo_at(position).upright_size)
            photo, letter = worklist.items[position].sha256, letters.get(position, "")
            found.append(Candidate(position, photo, words, tuple(masked), letter))
        return found

    # modes

    def _choose_mode(self, mode: str) -> None:
        """A word of the row of modes was clicked."""
        if mode == SIDE_BY_SIDE:
            self._set_mode(SIDE_BY_SIDE)
        else:
            self.action_wanted.emit(f"compare.{mode}")
        self._show_state()

    def _choose_strength(self, place: int) -> None:
        self.difference.choose_strength(place)
        self._update_difference()
        self._show_state()

    @property
    def active(self) -> Pane:
        return self.panes[self._active]

    def toggle_four(self) -> None:
        self._count = 2 if self._count == 4 else 4
        self._set_mode(SIDE_BY_SIDE)

    def toggle_link(self) -> None:
        self.linked = not self.linked
        self.say("Zoom and position are linked." if self.linked else "Each photo is moved by itself.")
        self._show_state()

    def next_pane(self) -> None:
        shown = [number for number, pane in enumerate(self.panes[: self._count]) if pane.position >= 0]
        if shown:
            self._pointer = QCursor.pos()
            place = shown.index(self._active) if self._active in shown else -1
            self._activate(shown[(place + 1) % len(shown)])
            self.active.view.setFocus()

    def flicker(self) -> None:
        """The first two photographs at the same place, in turn: each press shows the other one."""
        self._require_two()
        if self.mode == FLICKER:
            self._front = 1 - self._front
        else:
            self._front = 0
        self._set_mode(FLICKER)
        self.say(f"{self.panes[self._front].caption}. F8 shows the other one, Shift+F6 both.")

    def show_difference(self) -> None:
        """The difference of the first two: plain, 4 times, 8 times, then side by side again."""
        self._require_two()
        if self.mode != DIFFERENCE:
            self.difference.begin()
        elif not self.difference.increase_strength():
            self._set_mode(SIDE_BY_SIDE)
            return
        self._set_mode(DIFFERENCE)
        self._update_difference()

    def _require_two(self) -> None:
        if self.panes[0].position < 0 or self.panes[1].position < 0:
            raise NotAllowed("Two photos are needed.")

    def _set_mode(self, mode: str) -> None:
        self.mode = mode
        self.message.show_usual()
        self._show_mode()
        self._show_two()
        QTimer.singleShot(0, self, self._request_pictures)

    def _show_mode(self) -> None:
        self.difference.setVisible(self.mode == DIFFERENCE)
        for number, pane in enumerate(self.panes):
            there = pane.position >= 0 and number < self._count
            if self.mode == FLICKER:
                there = number == self._front
            pane.setVisible(there and self.mode != DIFFERENCE)
            pane.set_active(number == self._active)
        one_is_there = self.panes[0].position >= 0 > self.panes[1].position
        self.empty.setVisible(one_is_there and self.mode == SIDE_BY_SIDE)
        self._distribute_room()
        self._show_state()

    def _show_state(self) -> None:
        """What is on: in the toolbar, in the panel."""
        self.bar.show_state(self.mode, linked=self.linked, is_four=self._count == 4)
        self.panel.difference.show_state(is_large=self.mode == DIFFERENCE)
        self.panel.target.setText(f"a click puts it into {_LETTERS[self._target]}")
        self._show_scales()

    def _show_two(self) -> None:
        """What is said of the first two: in the line above, in the panel."""
        one, two = self.panes[:2]
        self._update_difference()
        self.panel.show_candidates(self._list_candidates(), _LETTERS[self._target])
        if one.position < 0 or two.position < 0:
            self.head.show_two("", "")
            self.panel.differing.show_rows([])
            return
        worklist, masking = self._reader.worklist, self._reader.masking
        names = [worklist.name_person(pane.position) for pane in (one, two)]
        same = two.position in worklist.positions_of_same_individual(one.position)
        if same:
            mates = worklist.positions_of_same_individual(one.position)
            first, second = (mates.index(pane.position) + 1 for pane in (one, two))
            self.head.show_two(names[0], f"photo {first} with photo {second}, both of this individual")
        else:
            self.head.show_two(names[0], f"with a photograph of {names[1]}")
        masked = masking.is_masked_at(one.position, DATE), masking.is_masked_at(two.position, DATE)
        findings = self._count_findings(one.photo), self._count_findings(two.photo)
        photos = self._reader.photo_at(one.position), self._reader.photo_at(two.position)
        self.panel.differing.show_rows(list_differences(*photos, masked, findings))

    def _count_findings(self, photo: str) -> str:
        """How many findings the examiner has made on a Photo."""
        reading = self._reader.desk.reading(photo)
        return f"{len(reading.findings):,}" if reading.changed_at else "not read"

    def _distribute_room(self) -> None:
        """Give the room of empty rows and columns to those with panes."""
        shown = [number for number, pane in enumerate(self.panes) if not pane.isHidden()]
        for column in (0, 1):
            there = self.mode == DIFFERENCE or any(number % 2 == column for number in shown)
            there = there or (column == 1 and not self.empty.isHidden())
            self._grid.setColumnStretch(column, int(there))
        for row in (0, 1):
            self._grid.setRowStretch(row, int(any(number // 2 == row for number in shown)))
        self._grid.setRowStretch(2, int(self.mode == DIFFERENCE))

    def _on_entered(self, number: int) -> None:
        """The pointer came over a pane: by its own movement, not because what lay over it went away."""
        if QCursor.pos() != self._pointer:
            self._pointer = QCursor.pos()
            self._activate(number)

    def _activate(self, number: int) -> None:
        self._active = number
        self._show_mode()

    def _sync_linked_panes(self, number: int) -> None:
        """The other panes look at the same share as the one that was moved."""
        self._show_scales()
        if not self.linked or self._linking or not self.isVisible():
            return
        self._linking = True
        share = self.panes[number].share()
        for other, pane in enumerate(self.panes):
            if other != number and pane.position >= 0:
                pane.take(share)
        self._linking = False

    def _show_scales(self) -> None:
        """How large each is on screen, where there is nothing else to say."""
        shown = [pane for pane in self.panes[: self._count] if pane.position >= 0]
        scales = [f"{pane.letter} {pane.view.scale * 100:.0f} %" for pane in shown]
        self.message.change_usual("   ".join([*scales, "linked" if self.linked else "each by itself"]))

    def _update_difference(self) -> None:
        if self._softening() and self.mode != DIFFERENCE:
            self.difference.forget("Shown large only, while photographs are softened.")
        else:
            self.difference.update_from(self.panes[0], self.panes[1])

    # pictures

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self._feed.take_picture(want, answer)

    def _list_shown_panes(self) -> list[Pane]:
        count = 2 if self.mode == DIFFERENCE else self._count
        return [pane for pane in self.panes[:count] if pane.position >= 0]

    def _get_box(self, pane: Pane) -> tuple[int, int]:
        return self.difference.box() if self.mode == DIFFERENCE else pane.view.box()

    def _request_pictures(self) -> None:
        if self.isVisible():
            self._feed.order()

    def let_go(self) -> None:
        """Give the pictures back here, on the thread they belong to."""
        for view in (*(pane.view for pane in self.panes), self.difference):
            view.layers.clear()
        self.panel.candidates.forget_pictures()

    def set_covered(self, covered: bool) -> None:
        for view in (*(pane.view for pane in self.panes), self.difference):
            view.set_covered(covered)
        self.panel.set_covered(covered)

    def set_colours(self, ground: QColor, text: QColor) -> None:
        for view in (*(pane.view for pane in self.panes), self.difference):
            view.set_colours(ground, text)

    def get_view(self) -> PictureView:
        """The view that zoom and turn are about."""
        return self.difference if self.mode == DIFFERENCE else self.active.view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._request_pictures)


class _NoSecond(QWidget):
    """Stands in the place of the second photograph while there is none."""

    def __init__(self) -> None:
        super().__init__()
        box = FramedBox("Choose a second photograph")
        words = PlainLabel(
            "Photographs of the same individual and near-duplicates stand first in the panel.", kind="quiet"
        )
        words.setWordWrap(True)
        box.column.addWidget(words)
        self._choose = KeyedButton("compare.choose", "Choose…")
        row = make_row(spacing=8)
        row.addWidget(self._choose)
        row.addStretch(1)
        box.column.addLayout(row)
        column = make_column(self, spacing=0, margins=(24, 24, 24, 24))
        column.addWidget(box)
        column.addStretch(1)

    def use_actions(self, find: FindAction) -> None:
        self._choose.use_action(find)
