"""The settings screen: how the reader wishes to be spared, and what only the reader sees of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QRadioButton

from reviewer import __version__
from reviewer.qt.case.mandate_panel import MandatePanel
from reviewer.qt.case.reading_rules import ReadingRulesPanel
from reviewer.qt.widgets.page import Page, make_text_label
from reviewer.qt.widgets.still_boxes import NoScrollSpinBox
from reviewer.services.account.presets import load_presets, remove_preset
from reviewer.services.account.viewing_comfort import ViewingComfort, load_comfort, save_comfort
from reviewer.services.cards.ocr_suggestions import find_ocr_trouble

_STARTS = (
    ("", "As it is"),
    ("covered", "Covered: X uncovers each one"),
    ("grey", "Grey"),
    ("small", "Small"),
    ("blur", "Blurred: shapes without detail"),
)
_EVIDENCE = (
    "These are wishes, not protection: studies found no effect of grey or blur on distress, or small ones. "
    "What you find while grey or blur is on is marked so, because a bruise is read by its colour. "
    "F4 clears a photograph, X covers everything at once."
)
_OCR = (
    "The text reader is installed. It reads 0 to 9 and Latin letters, not Arabic digits. "
    "It fills no field, and nothing of it is recorded.\n"
    "It runs on this machine, in a process of its own that is given pixels only. "
)


class SettingsScreen(Page):
    """`care_changed` carries the new wishes; they are kept at once. `rules_changed` carries the ReadingRules
    after the lead set others."""

    care_changed = Signal(object)
    rules_changed = Signal(object)

    def __init__(
        self,
        person: str,
        days: Callable[[], tuple[int, int]],
        layers: Callable[[], tuple[str, ...]],
        ocr_layers: Callable[[], tuple[str, ...]] = tuple,
        rules: ReadingRulesPanel | None = None,
        mandate: MandatePanel | None = None,
    ) -> None:
        super().__init__(
            "Settings",
            f"For {person}, on this account. Nothing of it is written into a case but the rules of reading "
            "and the mandate.",
        )
        self.rules, self.mandate = rules, mandate
        self._person, self._days, self._layers, self._ocr_layers = person, days, layers, ocr_layers
        self.care = load_comfort(person)
        self.starts: dict[str, QRadioButton] = {}
        self.leaving = QCheckBox("Cover everything when another window is worked in")
        self.clock = QCheckBox("Show how long this sitting lasts")
        self.ocr = QCheckBox("After my own entry is kept, show what OCR reads on the card")
        self.minutes = NoScrollSpinBox()
        self.lock_after = NoScrollSpinBox()
        self.viewed = make_text_label("", "quiet")
        self.ocr_state = make_text_label("", "quiet")
        self._presets = make_text_label("", "quiet")
        self.about = make_text_label("", "quiet")
        self._forget = QPushButton("Forget them")
        self._arrange()
        self._show(self.care)
        self._connect()

    def _arrange(self) -> None:
        self.column.addWidget(make_text_label("Each photograph begins", "title"))
        self._group = QButtonGroup(self)
        for key, words in _STARTS:
            button = QRadioButton(words)
            self._group.addButton(button)
            self.starts[key] = button
            self.column.addWidget(button)
        self.column.addWidget(make_text_label(_EVIDENCE, "quiet"))
        self.column.addWidget(self.leaving)
        self.column.addSpacing(12)
        self.column.addWidget(make_text_label("This sitting", "title"))
        self.column.addWidget(self.clock)
        self.minutes.setRange(0, 600)
        self.minutes.setSingleStep(15)
        self.minutes.setSuffix(" minutes")
        self.minutes.setSpecialValueText("never")
        self.minutes.setAccessibleName("Say that my time is over after")
        after = make_text_label("Say that my time is over after")
        after.setWordWrap(False)
        self.add_row(after, self.minutes)
        self.lock_after.setRange(0, 240)
        self.lock_after.setSuffix(" minutes")
        self.lock_after.setSpecialValueText("never")
        self.lock_after.setAccessibleName("Lock the window after")
        lock = make_text_label("Lock when neither key nor mouse is used for")
        lock.setWordWrap(False)
        self.add_row(lock, self.lock_after)
        self.column.addWidget(self.viewed)
        self.column.addSpacing(12)
        self.column.addWidget(make_text_label("Number cards", "title"))
        self.column.addWidget(self.ocr)
        self.column.addWidget(self.ocr_state)
        self.column.addSpacing(12)
        self.column.addWidget(make_text_label("Kept steps of enhancement", "title"))
        self.column.addWidget(self._presets)
        self.add_row(self._forget)
        self.column.addSpacing(12)
        for panel in (self.rules, self.mandate):
            if panel is not None:
                self.column.addWidget(panel)
                self.column.addSpacing(12)
        self.column.addWidget(make_text_label("About this program", "title"))
        self.column.addWidget(self.about)
        self.column.addStretch(1)

    def _connect(self) -> None:
        for key, button in self.starts.items():
            button.toggled.connect(lambda on, key=key: self._change(start=key) if on else None)
        self.leaving.toggled.connect(lambda on: self._change(cover_on_leaving=on))
        self.clock.toggled.connect(lambda on: self._change(clock=on))
        self.ocr.toggled.connect(lambda on: self._change(card_ocr=on))
        self.minutes.valueChanged.connect(lambda value: self._change(minutes=value))
        self.lock_after.valueChanged.connect(lambda value: self._change(lock_minutes=value))
        self._forget.clicked.connect(self._forget_presets)
        if self.rules is not None:
            self.rules.changed.connect(self.rules_changed)

    def refresh(self) -> None:
        """Read again what may have changed meanwhile."""
        for panel in (self.rules, self.mandate):
            if panel is not None:
                panel.refresh()
        week, month = self._days()
        days = "1 day" if week == 1 else f"{week} days"
        self.viewed.setText(
            f"You looked at photographs on {days} of this week and on {month} of the last 28 days. "
            "Only you see this here; it is not compared with anybody."
        )
        why_not = find_ocr_trouble()
        self.ocr.setEnabled(not why_not or self.care.card_ocr)
        layers = "; ".join(self._ocr_layers())
        confined = (
            f"It has: {layers}." if layers else "What confines it is told once the first card was read."
        )
        self.ocr_state.setText(why_not or f"{_OCR}{confined}")
        names = list(load_presets())
        self._presets.setText(
            ", ".join(names) or "None yet: Shift+K on the reading screen keeps the present ones."
        )
        self._forget.setEnabled(bool(names))
        layers = "; ".join(self._layers()) or "told once the first photograph was decoded"
        self.about.setText(
            f"reviewer {__version__}, Apache License 2.0. It opens no network connection.\n"
            f"Photographs are decoded in separate processes with: {layers}."
        )

    def get_unfinished_input(self) -> dict[str, str]:
        """What of the mandate is typed and not written into the ledger."""
        return self.mandate.get_unfinished_input() if self.mandate is not None else {}

    def restore_input(self, begun: dict[str, str]) -> None:
        """Go on with it."""
        if self.mandate is not None:
            self.mandate.refresh()
            self.mandate.restore_input(begun)

    def _show(self, care: ViewingComfort) -> None:
        self.starts[care.start].setChecked(True)
        self.leaving.setChecked(care.cover_on_leaving)
        self.clock.setChecked(care.clock)
        self.ocr.setChecked(care.card_ocr)
        self.minutes.setValue(care.minutes)
        self.lock_after.setValue(care.lock_minutes)

    def _change(self, **wishes: object) -> None:
        self.care = replace(self.care, **wishes)  # type: ignore[arg-type]
        save_comfort(self._person, self.care)
        self.care_changed.emit(self.care)

    def _forget_presets(self) -> None:
        for name in load_presets():
            remove_preset(name)
        self.refresh()
