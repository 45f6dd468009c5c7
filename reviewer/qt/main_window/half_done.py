"""What was being typed when the window is locked or closed, and where it comes back.

A note is kept as an act. A card, an answer, a field of a form say nothing yet; they are kept beside the Case,
for the same Examiner, and secrets are not among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget

from reviewer.qt.widgets.screen import Screens
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.case.half_done import UnsavedInput, load_unsaved_input, save_unsaved_input
from reviewer.services.reading.reader import Reader

_PHOTO, _ANSWERS, _FIELDS = "photo", "answers", "fields"
_RESTORED = "What you had begun to type is there again where you typed it. It is not recorded yet."


class UnfinishedInput:
    """Of one Session: `keep` once as it ends, `restore_input` as it begins."""

    def __init__(self, reader: Reader, screens: Screens, window: QWidget) -> None:
        self._reader, self._screens, self._window = reader, screens, window
        self._is_kept = False

    def keep(self) -> None:
        """Keep what is typed now; only the first call counts, since what comes after it takes things away."""
        if self._is_kept:
            return
        self._is_kept = True
        found: UnsavedInput = {
            name: screen.get_unfinished_input() for name, screen in self._screens.list_made_by_name()
        }
        found[_FIELDS] = {name: line.text() for name, line in self._iterate_lines() if _is_half_typed(line)}
        found[_ANSWERS] = self._collect_answers()
        found = {part: texts for part, texts in found.items() if texts}
        if _ANSWERS in found:
            found[_PHOTO] = {_PHOTO: self._reader.sha256}
        case = self._reader.desk.case
        save_unsaved_input(case, self._reader.desk.examiner.id, found)

    def restore_input(self) -> str:
        """Put back what was kept; a sentence about it, or ""."""
        case = self._reader.desk.case
        found = load_unsaved_input(case, self._reader.desk.examiner.id)
        save_unsaved_input(case, self._reader.desk.examiner.id, {})
        fields = found.get(_FIELDS, {})
        for name in self._screens.list_names():
            if name in found:
                self._screens[name].restore_input(found[name])
            elif any(field.startswith(f"{name}: ") for field in fields):
                _ = self._screens[name]  # it is made, so that its fields are there
        for name, line in self._iterate_lines():
            if name in fields and not line.text():
                line.setText(fields[name])
                line.setModified(True)
        if found.get(_PHOTO, {}).get(_PHOTO) == self._reader.sha256:
            for box in self._window.findChildren(TypeBox):
                box.begun = dict(found.get(_ANSWERS, {}))
            self._reader.on_moved.connect(self._forget_answers)
        return _RESTORED if found else ""

    def _collect_answers(self) -> dict[str, str]:
        """By what is asked: answers in words of one's own, given again or still waiting to be asked for."""
        found: dict[str, str] = {}
        for box in self._window.findChildren(TypeBox):
            found |= box.begun
            found |= box.get_unfinished_answer()
        return found

    def _forget_answers(self) -> None:
        """They were about the Photo that was on screen."""
        for box in self._window.findChildren(TypeBox):
            box.begun = {}

    def _iterate_lines(self) -> Iterator[tuple[str, QLineEdit]]:
        """Every field to type into, under a name that it has in the next Session too."""
        counted: Counter[str] = Counter()
        for screen_name, screen in self._screens.list_made_by_name():
            screen.make_all()
            for line in screen.findChildren(QLineEdit):
                if _is_kept_here(line):
                    name = f"{screen_name}: {line.accessibleName() or line.placeholderText()}"
                    counted[name] += 1
                    yield f"{name} {counted[name]}", line


def _is_half_typed(line: QLineEdit) -> bool:
    return bool(line.isModified() and not line.isReadOnly() and line.text())


def _is_kept_here(line: QWidget | None) -> bool:
    """No secret, however it is shown; no box over the screen; no field whose form keeps itself."""
    while line is not None:
        kept_elsewhere = isinstance(line, SecretField | TypeBox | QAbstractSpinBox)
        if kept_elsewhere or line.objectName() in {"overlay", "keepsItself"}:
            return False
        if isinstance(line, QLineEdit) and line.echoMode() is not QLineEdit.EchoMode.Normal:
            return False
        line = line.parentWidget()
    return True
