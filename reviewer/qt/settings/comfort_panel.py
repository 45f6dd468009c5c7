"""How the examiner wishes to be spared, and what only the examiner sees of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton

from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.still_boxes import NoScrollSpinBox
from reviewer.services.account.viewing_comfort import ViewingComfort, load_comfort, save_comfort

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


class ComfortPanel(SettingsPanel):
    """`changed` carries the new wishes; they are kept at once."""

    changed = Signal(object)

    def __init__(self, person: str, whose: str, days: Callable[[], tuple[int, int]] | None) -> None:
        super().__init__("Reading comfort", f"{whose} Nothing of it is written into a case.")
        self._person, self._days = person, days
        self.care = load_comfort(person)
        self.starts = {key: QRadioButton(words) for key, words in _STARTS}
        self.leaving = QCheckBox("Cover everything when another window is worked in")
        self.clock = QCheckBox("Show how long this sitting lasts")
        self.minutes = _make_minutes("Say that my time is over after", 600)
        self.minutes.setSingleStep(15)
        self.lock_after = _make_minutes("Lock the window after", 240)
        self.viewed = make_text_label("", "quiet")
        self._arrange()
        self._show(self.care)
        self._connect()

    def _arrange(self) -> None:
        self.add_head("Each photograph begins")
        group = QButtonGroup(self)
        for button in self.starts.values():
            group.addButton(button)
            self.column.addWidget(button)
        self.column.addWidget(make_text_label(_EVIDENCE, "quiet"))
        self.column.addWidget(self.leaving)
        self.add_head("This sitting")
        self.column.addWidget(self.clock)
        after = make_text_label("Say that my time is over after")
        lock = make_text_label("Lock when neither key nor mouse is used for")
        for words, box in ((after, self.minutes), (lock, self.lock_after)):
            words.setWordWrap(False)
            self.add_row(words, box)
        self.column.addWidget(self.viewed)
        self.column.addStretch(1)

    def _connect(self) -> None:
        for key, button in self.starts.items():
            button.toggled.connect(lambda on, key=key: self.change(start=key) if on else None)
        self.leaving.toggled.connect(lambda on: self.change(cover_on_leaving=on))
        self.clock.toggled.connect(lambda on: self.change(clock=on))
        self.minutes.valueChanged.connect(lambda value: self.change(minutes=value))
        self.lock_after.valueChanged.connect(lambda value: self.change(lock_minutes=value))

    def refresh(self) -> None:
        self.viewed.setVisible(self._days is not None)
        if self._days is None:
            return
        week, month = self._days()
        days = "1 day" if week == 1 else f"{week} days"
        self.viewed.setText(
            f"You looked at photographs on {days} of this week and on {month} of the last 28 days. "
            "Only you see this here; it is not compared with anybody."
        )

    def _show(self, care: ViewingComfort) -> None:
        self.starts[care.start].setChecked(True)
        self.leaving.setChecked(care.cover_on_leaving)
        self.clock.setChecked(care.clock)
        self.minutes.setValue(care.minutes)
        self.lock_after.setValue(care.lock_minutes)

    def change(self, **wishes: object) -> None:
        """Keep other wishes, by the names of ViewingComfort."""
        self.care = replace(self.care, **wishes)  # type: ignore[arg-type]
        save_comfort(self._person, self.care)
        self.changed.emit(self.care)


def _make_minutes(name: str, most: int) -> NoScrollSpinBox:
    box = NoScrollSpinBox()
    box.setRange(0, most)
    box.setSuffix(" minutes")
    box.setSpecialValueText("never")
    box.setAccessibleName(name)
    return box
