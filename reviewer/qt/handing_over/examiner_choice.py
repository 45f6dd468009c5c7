"""Whose readings are told in what is handed over."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.handing_over.fields import narrow_choice
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.widgets.still_boxes import NoScrollComboBox

_ADDED_UP = "Everybody, added up"


class ExaminerChoice(NoScrollComboBox):
    """One Examiner or everybody. With `mine_first` one's own come first, and those of everybody become one
    result; else everybody's are told side by side."""

    def __init__(self, parts: HandOverParts, changed: Callable[[], None], *, mine_first: bool) -> None:
        super().__init__()
        self._people, self._me = parts.case.examiners(), parts.examiner
        self._mine_first = mine_first
        narrow_choice(self, "Whose readings")
        self._fill()
        self.currentIndexChanged.connect(lambda _place: changed())

    def offer(self, *, mine_first: bool) -> None:
        """Offer the answers of another kind of result."""
        if mine_first != self._mine_first:
            self._mine_first = mine_first
            self.blockSignals(True)
            self.clear()
            self._fill()
            self.blockSignals(False)

    def _fill(self) -> None:
        named = [(examiner.name, examiner.id) for examiner in self._people if examiner.id != self._me.id]
        everybody = (_ADDED_UP if self._mine_first else "Everybody", "")
        mine = (self._me.name, self._me.id)
        for name, id_ in (mine, *named, everybody) if self._mine_first else (everybody, mine, *named):
            self.addItem(name, id_)

    @property
    def is_a_question(self) -> bool:
        """Whether there is more than one Examiner to choose."""
        return len(self._people) > 1

    @property
    def examiners(self) -> tuple[str, ...]:
        """The ids chosen: every one of them where everybody's become one result, () for everybody's side by
        side."""
        chosen = str(self.currentData())
        if chosen:
            return (chosen,)
        return tuple(examiner.id for examiner in self._people) if self._mine_first else ()

    @property
    def words(self) -> str:
        """ "Dr Okoye"; "2 examiners"."""
        if self.currentData():
            return self.currentText()
        count = len(self._people)
        return "1 examiner" if count == 1 else f"{count:,} examiners"
