"""The settings screen: the subjects at the left, the page of one of them at the right.

It is there with a case open and without one; what is an examiner's own is then that of whoever read last.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QPushButton, QStyleOptionViewItem, QWidget

from reviewer import __version__
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.event_listening import unheard_events
from reviewer.qt.settings.appearance_panel import AppearancePanel
from reviewer.qt.settings.cards_panel import CardsPanel
from reviewer.qt.settings.case_panel import CasePanel
from reviewer.qt.settings.comfort_panel import ComfortPanel
from reviewer.qt.settings.keys_panel import KeysPanel
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.settings.personal import CaseSettings, PersonalSettings
from reviewer.qt.settings.quick_tags_panel import QuickTagsPanel
from reviewer.qt.settings.receipts_panel import ReceiptsPanel
from reviewer.qt.widgets.fitting import ScreenStack, make_scroll_area
from reviewer.qt.widgets.in_pieces import PieceMaker
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.whole_row import WholeRowDelegate

PanelT = TypeVar("PanelT", bound=SettingsPanel)
_SUBJECTS_WIDTH, _ROW, _AROUND = 200, 28, 24
_PAGE_WIDTH = 580
"""What the longest line that does not wrap needs at 100 %."""


class _SubjectRow(WholeRowDelegate):
    """A row of the subjects, with room above and below whatever the size of type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(_ROW, option.fontMetrics.height() + 12))


class SettingsScreen(Screen):
    """`care_changed` carries other wishes of the person, `tags_changed` the nine Terms, `rules_changed` the
    ReadingRules after the lead set others, `part_wanted` a part of the reading screen and whether it shows.
    `back_wanted` comes where no case is open.

    `person` is the name of who reads, or who read last on this account; None if nobody did.
    """

    care_changed, tags_changed, rules_changed = Signal(object), Signal(object), Signal(object)
    part_wanted = Signal(str, bool)
    back_wanted = Signal()

    def __init__(
        self,
        personal: PersonalSettings,
        vocabulary: Vocabulary,
        person: str | None,
        case: CaseSettings | None = None,
    ) -> None:
        super().__init__()
        self.case, self._vocabulary, self._person = case, vocabulary, person
        self._personal, self._appearance = personal, personal.appearance
        self.subjects, self.chooser = QListWidget(), NoScrollComboBox()
        self._stack = ScreenStack()
        self._makers: list[tuple[type[SettingsPanel], Callable[[], SettingsPanel]]] = []
        self._made: dict[int, SettingsPanel] = {}
        self._pages: dict[SettingsPanel, QWidget] = {}
        """Those that have their place: one at once, the others with the next turns of the event loop."""
        self._pieces = PieceMaker(self)
        self._arrange()
        self.about = make_text_label("", "quiet")
        self._offer("Appearance", AppearancePanel, self._make_appearance)
        self._offer_own_panels()
        self._offer("Keys", KeysPanel, lambda: KeysPanel(personal.keys))
        self._offer("Receipts", ReceiptsPanel, ReceiptsPanel)
        if case is not None:
            self._offer("This case", CasePanel, lambda: CasePanel(case))
            case.rules.changed.connect(self.rules_changed)
        self._offer("About this program", SettingsPanel, self._make_about_panel)
        self.subjects.currentRowChanged.connect(self._turn_to)
        self.subjects.setCurrentRow(0)
        self._pieces.begin([partial(self._place, row) for row in range(len(self._makers))])
        self._fit_subjects()
        personal.appearance.changed.connect(self._fit_subjects)

    def _arrange(self) -> None:
        self.subjects.setAccessibleName("Subjects of the settings")
        self.subjects.setObjectName("subjects")
        self.subjects.setItemDelegate(_SubjectRow(self.subjects))
        left = QFrame()
        left.setObjectName("subjectsSide")
        column = make_column(left, spacing=8, margins=(8, 12, 8, 12))
        if self.case is None:
            column.addWidget(self._make_back_button())
        column.addWidget(self.subjects, 1)
        self.chooser.setAccessibleName("Subject of the settings")
        self.chooser.activated.connect(self.subjects.setCurrentRow)
        self._above = QFrame()
        above = make_row(self._above, spacing=8, margins=(24, 12, 24, 0))
        above.addWidget(self.chooser)
        if self.case is None:
            above.addWidget(self._make_back_button())
        above.addStretch(1)
        right = make_column(spacing=0)
        right.addWidget(self._above)
        right.addWidget(self._stack, 1)
        row = make_row(self, spacing=0)
        row.addWidget(left)
        row.addLayout(right, 1)
        self._left = left

    def _make_back_button(self) -> QPushButton:
        back = QPushButton("Back to the cases")
        back.clicked.connect(self.back_wanted)
        return back

    def _offer_own_panels(self) -> None:
        """The pages of what is an examiner's own; without anybody there are none."""
        person = self._person
        if person is None:
            self._offer("Reading comfort", SettingsPanel, _make_nobody_panel)
            return
        self._offer("Reading comfort", ComfortPanel, lambda: self._make_comfort(person))
        self._offer("Quick tags", QuickTagsPanel, lambda: self._make_tags(person))
        layers = self.case.ocr_layers if self.case is not None else tuple
        self._offer("Cards and steps", CardsPanel, lambda: CardsPanel(self._find(ComfortPanel), layers))

    def _make_appearance(self) -> AppearancePanel:
        panel = AppearancePanel(self._personal, self.case.get_hidden_parts if self.case is not None else None)
        panel.part_wanted.connect(self.part_wanted)
        return panel

    def _make_comfort(self, person: str) -> ComfortPanel:
        if self.case is None:
            panel = ComfortPanel(person, "Of the examiner who read last on this account.", None)
        else:
            panel = ComfortPanel(person, f"For {person}, on this account.", self.case.days)
        panel.changed.connect(self.care_changed)
        return panel

    def _make_tags(self, person: str) -> QuickTagsPanel:
        whose = "Of the examiner who read last on this account." if self.case is None else f"For {person}."
        recent = None if self.case is None else self.case.get_recent_terms
        panel = QuickTagsPanel(person, whose, self._vocabulary, recent)
        panel.changed.connect(self.tags_changed)
        panel.left.connect(self._leave)
        return panel

    @property
    def appearance(self) -> AppearancePanel:
        return self._find(AppearancePanel)

    @property
    def comfort(self) -> ComfortPanel | None:
        """None where nobody has read yet."""
        return self._find(ComfortPanel) if self._person is not None else None

    @property
    def tags(self) -> QuickTagsPanel:
        return self._find(QuickTagsPanel)

    @property
    def cards(self) -> CardsPanel:
        return self._find(CardsPanel)

    @property
    def keys(self) -> KeysPanel:
        return self._find(KeysPanel)

    @property
    def panels(self) -> list[SettingsPanel]:
        """The panels of all subjects, made now where they were not."""
        return [self._make(row) for row in range(len(self._makers))]

    def _find(self, kind: type[PanelT]) -> PanelT:
        """The panel of a kind, made now if it was not; KeyError if there is none."""
        for row, (offered, _make) in enumerate(self._makers):
            panel = self._make(row) if offered is kind else None
            if isinstance(panel, kind):
                return panel
        raise KeyError(kind.__name__)

    def _make_about_panel(self) -> SettingsPanel:
        panel = SettingsPanel("About this program", "What it is, and what confines it.")
        panel.column.addWidget(self.about)
        panel.column.addStretch(1)
        return panel

    def _offer(self, subject: str, kind: type[SettingsPanel], make: Callable[[], SettingsPanel]) -> None:
        """Let there be a subject, whose panel is made when it is first wanted."""
        self._makers.append((kind, make))
        self.subjects.addItem(subject)
        self.chooser.addItem(subject)

    def _make(self, row: int) -> SettingsPanel:
        if row not in self._made:
            with unheard_events():
                self._made[row] = panel = self._makers[row][1]()
                panel.scale_to(self._appearance.theme.text_scale)
                panel.refresh()
        return self._made[row]

    def make_all(self) -> None:
        self._pieces.finish()

    def _place(self, row: int) -> QWidget:
        """Give a panel its place among the pages, where it is dressed, and return the page."""
        panel = self._make(row)
        if panel not in self._pages:
            with unheard_events():
                self._pages[panel] = page = make_scroll_area(panel)
                self._stack.add(page)
        return self._pages[panel]

    def _turn_to(self, row: int) -> None:
        if row >= 0:
            self.chooser.setCurrentIndex(row)
            if row in self._made:
                self._made[row].refresh()
            page = self._place(row)
            self._stack.turn_to(page)

    def show_subject(self, subject: str) -> None:
        """Turn to the page of that name."""
        for row in range(self.subjects.count()):
            if self.subjects.item(row).text() == subject:
                self.subjects.setCurrentRow(row)

    def show_panel_of(self, part: QWidget) -> None:
        """Turn to the page that a part stands on."""
        for row, panel in self._made.items():
            if panel is part or panel.isAncestorOf(part):
                self.subjects.setCurrentRow(row)

    def show_quick_tags(self) -> None:
        """Turn to the quick tags, ready to type: a digit chooses which, letters a finding, Enter takes it."""
        self.show_panel_of(self.tags)
        self.tags.field.clear()
        self.tags.field.setFocus()

    def focus(self) -> QWidget | None:
        return self.chooser if self._left.isHidden() else self.subjects

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_subjects()

    def refresh(self) -> None:
        for panel in self._made.values():
            panel.refresh()
        layers = "; ".join(self.case.layers()) if self.case is not None else ""
        self.about.setText(
            f"reviewer {__version__}, Apache License 2.0. It opens no network connection.\n"
            "Photographs are decoded in separate processes with: "
            f"{layers or 'told once the first photograph was decoded'}."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.case is None:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Back to the photograph, or to the cases."""
        if self.case is None:
            self.back_wanted.emit()
        else:
            self.action_wanted.emit("window.read")

    def _fit_subjects(self) -> None:
        """The list of subjects, as wide as its longest word; a box to choose from where there is no room."""
        for panel in self._made.values():
            panel.scale_to(self._appearance.theme.text_scale)
        metrics = self.subjects.fontMetrics()
        words = max(
            metrics.horizontalAdvance(self.subjects.item(row).text()) for row in range(len(self._makers))
        )
        self._left.setFixedWidth(max(_SUBJECTS_WIDTH, words + 2 * _AROUND + 16))
        self.subjects.doItemsLayout()
        room = self.width() - self._left.minimumWidth()
        is_narrow = room < _PAGE_WIDTH * self._appearance.theme.text_scale
        self._left.setVisible(not is_narrow)
        self._above.setVisible(is_narrow)

    def get_unfinished_input(self) -> dict[str, str]:
        """What of the mandate is typed and not written into the ledger."""
        return self.case.mandate.get_unfinished_input() if self.case is not None else {}

    def restore_input(self, begun: dict[str, str]) -> None:
        """Go on with it."""
        if self.case is not None:
            self.case.mandate.refresh()
            self.case.mandate.restore_input(begun)


def _make_nobody_panel() -> SettingsPanel:
    panel = SettingsPanel(
        "Reading comfort",
        "Comfort and quick tags are each examiner's own. Nobody has read on this account yet: "
        "they can be set here once a case is open.",
    )
    panel.column.addStretch(1)
    return panel
