"""The line below the photograph: how it is shown, and what the file says of itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from reviewer.domain.mark import Shape
from reviewer.domain.photo import Photo
from reviewer.qt.reading.header import quiet_label


class InfoLine(QFrame):
    """Scale, view, size, date as recorded, file name, tool, damage."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("infoLine")
        self.setMinimumHeight(28)
        self._scale, self._tool, self._facts = QLabel(), QLabel(), quiet_label("infoFacts")
        self._damage = QLabel()
        self._damage.setProperty("kind", "alarm")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(20)
        row.addWidget(self._scale)
        row.addWidget(self._facts, 1)
        row.addWidget(self._damage)
        row.addWidget(self._tool)
        for label in (self._scale, self._tool, self._damage):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.show_tool(None)

    def show_scale(self, scale: float, locked: bool) -> None:
        lock = ", locked (L)" if locked else ""
        self._scale.setText(f"{scale * 100:.0f} %{lock} · original view")

    def show_photo(self, photo: Photo, name: str) -> None:
        parts = [f"{photo.width} x {photo.height}"]
        taken = photo.capture.taken_at
        parts.append(f"{taken[:16]} as recorded" if taken else "no date recorded")
        camera = " ".join(each for each in (photo.capture.make, photo.capture.model) if each)
        parts += [each for each in (camera, name) if each]
        self._facts.setText(" · ".join(parts))
        self._facts.setToolTip(f"{name}\nSHA-256 {photo.sha256}\n{photo.size:,} bytes, {photo.format}")
        self.show_damage(photo.damage)

    def show_damage(self, damage: str) -> None:
        self._damage.setText("Damaged" if damage else "")
        self._damage.setToolTip(damage)

    def show_tool(self, tool: Shape | None) -> None:
        self._tool.setText(f"Drawing: {tool} (Esc ends)" if tool else "V R O P F I . draw")
