"""What an examiner wishes for number cards and for the steps of enhancement."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QPushButton

from reviewer.qt.settings.comfort_panel import ComfortPanel
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.account.presets import load_presets, remove_preset
from reviewer.services.cards.ocr_suggestions import find_ocr_trouble

_OCR = (
    "The text reader is installed. It reads 0 to 9 and Latin letters, not Arabic digits. "
    "It fills no field, and nothing of it is recorded.\n"
    "It runs on this machine, in a process of its own that is given pixels only. "
)


class CardsPanel(SettingsPanel):
    """Whether OCR may read a card after the examiner did is one of the wishes of `comfort`."""

    def __init__(self, comfort: ComfortPanel, ocr_layers: Callable[[], tuple[str, ...]]) -> None:
        super().__init__("Cards and steps", "Yours, on this account. Nothing of it is written into a case.")
        self._comfort, self._ocr_layers = comfort, ocr_layers
        self.ocr = QCheckBox("After my own entry is kept, show what OCR reads on the card")
        self.ocr.setChecked(comfort.care.card_ocr)
        self.ocr_state = make_text_label("", "quiet")
        self._presets = make_text_label("", "quiet")
        self._forget = QPushButton("Forget them")
        self.add_head("Number cards")
        self.column.addWidget(self.ocr)
        self.column.addWidget(self.ocr_state)
        self.add_head("Kept steps of enhancement")
        self.column.addWidget(self._presets)
        self.add_row(self._forget)
        self.column.addStretch(1)
        self.ocr.toggled.connect(lambda on: comfort.change(card_ocr=on))
        self._forget.clicked.connect(self._forget_presets)

    def refresh(self) -> None:
        why_not = find_ocr_trouble()
        self.ocr.setEnabled(not why_not or self._comfort.care.card_ocr)
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

    def _forget_presets(self) -> None:
        for name in load_presets():
            remove_preset(name)
        self.refresh()
