"""How the window looks: theme, size of type, and what the reading screen shows beside the photograph."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QRadioButton

from reviewer.qt.look.theme import DARK, LARGEST_SCALE, LIGHT, SMALLEST_SCALE
from reviewer.qt.look.window_settings import SYSTEM
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.settings.personal import PersonalSettings
from reviewer.qt.widgets.page import make_text_label

_THEMES = ((SYSTEM, "As the system: it follows the desktop"), (DARK, "Dark"), (LIGHT, "Light"))
_PARTS = (
    ("filmstrip", "Filmstrip", "view.filmstrip"),
    ("side-panel", "Panel of findings", "view.side-panel"),
    ("body-map", "Body map in the panel", "view.body-map"),
    ("small-map", "Small map on an enlarged photograph", "view.map"),
)
_STEP = 0.1
_GROUND = "The ground of a photograph is the same grey in both: a colour must not look different."


class AppearancePanel(SettingsPanel):
    """Applied at once and kept. `part_wanted` carries the name of a part and whether it is to be shown."""

    part_wanted = Signal(str, bool)

    def __init__(
        self, personal: PersonalSettings, get_hidden_parts: Callable[[], frozenset[str]] | None
    ) -> None:
        super().__init__("Appearance", "On this account, in every case. What you choose is applied at once.")
        self._appearance, self._taste, self._keys = personal.appearance, personal.taste, personal.keys
        self._get_hidden_parts = get_hidden_parts or self._taste.hidden_parts
        self.themes = {choice: QRadioButton(words) for choice, words in _THEMES}
        self.parts = {name: QCheckBox(words) for name, words, _action in _PARTS}
        self.smaller, self.larger = QPushButton("−"), QPushButton("+")
        self.usual = QPushButton("As delivered")
        self.percent = make_text_label("", "strong")
        self.by_keys = make_text_label("", "quiet")
        self._arrange()
        self._appearance.changed.connect(self._show_appearance)
        self._keys.changed.connect(self._show_keys)
        self.refresh()

    def _arrange(self) -> None:
        self.add_head("Theme")
        group = QButtonGroup(self)
        for choice, button in self.themes.items():
            group.addButton(button)
            button.clicked.connect(lambda _on, choice=choice: self._appearance.choose(choice))
            self.column.addWidget(button)
        self.column.addWidget(make_text_label(_GROUND, "quiet"))
        self.add_head("Size of text")
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.percent.setWordWrap(False)
        self.percent.setAccessibleName("Size of text")
        self.smaller.setAccessibleName("Smaller text")
        self.larger.setAccessibleName("Larger text")
        self.usual.setToolTip("Back to 100 %")
        self.smaller.clicked.connect(lambda: self._appearance.scale_text(-_STEP))
        self.larger.clicked.connect(lambda: self._appearance.scale_text(_STEP))
        self.usual.clicked.connect(lambda: self._appearance.set_text_scale(1.0))
        self.add_row(self.smaller, self.percent, self.larger, self.usual)
        self.column.addWidget(self.by_keys)
        self.add_head("Shown on the reading screen")
        for name, box in self.parts.items():
            box.clicked.connect(lambda on, name=name: self._want_part(name, on))
            self.column.addWidget(box)
        self.column.addStretch(1)

    def refresh(self) -> None:
        self._show_appearance()
        self._show_keys()
        hidden = self._get_hidden_parts()
        for name, box in self.parts.items():
            box.setChecked(name not in hidden)

    def _show_keys(self) -> None:
        """Say by which keys the same is done, as they are set now."""
        keymap = self._keys.keymap
        for name, words, action in _PARTS:
            keys = keymap.format_keys(action)
            self.parts[name].setText(f"{words} ({keys})" if keys else words)
        larger, smaller = keymap.format_keys("window.larger-text"), keymap.format_keys("window.smaller-text")
        by_keys = f" Larger: {larger}. Smaller: {smaller}." if larger and smaller else ""
        self.by_keys.setText(f"From 80 to 200 %.{by_keys}")

    def _show_appearance(self) -> None:
        self.themes[self._appearance.choice].setChecked(True)
        scale = self._appearance.theme.text_scale
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("200 %") + 16)
        self.percent.setText(f"{round(scale * 100)} %")
        self.smaller.setEnabled(scale > SMALLEST_SCALE)
        self.larger.setEnabled(scale < LARGEST_SCALE)
        self.usual.setEnabled(scale != 1.0)

    def _want_part(self, name: str, on: bool) -> None:
        hidden = {part for part, box in self.parts.items() if not box.isChecked()}
        self._taste.keep_hidden_parts(hidden)
        self.part_wanted.emit(name, on)
