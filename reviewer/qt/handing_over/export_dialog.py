"""The dialog of an export: in which format, with what it holds and loses, of whom, whose readings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.handing_over.examiner_choice import ExaminerChoice
from reviewer.qt.handing_over.fields import (
    MARK_WORDS,
    FormRow,
    make_check,
    make_quiet_label,
    narrow_choice,
    say_at_field,
)
from reviewer.qt.handing_over.making import MadeResult, Maker, Making
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.summary import SummaryRows
from reviewer.qt.handing_over.wording import make_rows, note_unencrypted, note_unread
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.run import export
from reviewer.services.handing_over.forecast import Forecast, HandedKind, HandedWish
from reviewer.services.jobs import JobControl

_WHOLE = "This format is whole or proves nothing: all of the case is in it."


class ExportDialog(HandOverDialog):
    """Asks for an export in an open format."""

    title, make_words = "Export", "Make the export"

    def __init__(self, parts: HandOverParts, maker: Maker, over: QWidget) -> None:
        self._maker = maker
        super().__init__(parts, over)
        self._show_format()

    def make_rows(self) -> Sequence[FormRow]:
        self.format = narrow_choice(NoScrollComboBox(), "Format")
        for number, known in enumerate(EXPORT_FORMATS):
            self.format.addItem(known.name, number)
        self.format.setMaxVisibleItems(len(EXPORT_FORMATS))
        self._format_wrong = make_quiet_label()
        self.format.currentIndexChanged.connect(lambda _place: self._on_format())
        self.whose = ExaminerChoice(self.parts, self.on_changed, mine_first=self._chosen.adds_up)
        self.mark = make_check("CSV files marked for Excel", self.on_changed)
        self._whole = make_quiet_label(_WHOLE)
        self._whose_row = FormRow("Readings of", self.whose)
        return [
            FormRow("Format", self.format, self._format_wrong),
            FormRow("Of whom", self.photographs, self._whole, self.photographs.told),
            self._whose_row,
            FormRow("Tables", self.mark, make_quiet_label(MARK_WORDS)),
        ]

    @property
    def _chosen(self) -> ExportFormat:
        return EXPORT_FORMATS[self.format.currentIndex()]

    def choose_format(self, key: str) -> None:
        self.format.setCurrentIndex([known.key for known in EXPORT_FORMATS].index(key))

    def _on_format(self) -> None:
        self._show_format()
        self.on_changed()

    def _show_format(self) -> None:
        chosen = self._chosen
        self._format_wrong.setVisible(False)
        self.photographs.setVisible(chosen.chooses)
        self._whole.setVisible(not chosen.chooses)
        self.whose.offer(mine_first=chosen.adds_up)
        self._whose_row.setVisible(chosen.chooses and self.whose.is_a_question)

    def read_wish(self, entries: int | None) -> HandedWish:
        if not self._chosen.chooses:
            return HandedWish(HandedKind.EXPORT, entries=entries)
        examiners = self.whose.examiners if self.whose.is_a_question else ()
        asked = examiners[0] if len(examiners) == 1 else None
        return HandedWish(HandedKind.EXPORT, self.photographs.query, examiners, asked, entries)

    def read_further(self) -> tuple[str, ...]:
        return (self._chosen.key,)

    def name_made(self) -> str:
        return f"{self._stem} {self._chosen.key}"

    def find_fault(self, found: Forecast) -> tuple[str, str]:
        try:
            self._chosen.refuse_without()
        except KnownError as error:
            return "format", str(error)
        return super().find_fault(found)

    def say_wrong(self, _field: str, sentence: str) -> None:
        self._format_wrong.setVisible(True)
        say_at_field(self._format_wrong, sentence, wrong=True)

    def describe(self, found: Forecast) -> tuple[SummaryRows, Sequence[str], Sequence[str]]:
        chosen = self._chosen
        title = chosen.name if not found.canonical else f"{chosen.name}, of a selection"
        lost, held = f"Lost: {chosen.losses}.", f"Held: {chosen.what}."
        notes = [lost, held, *note_unread(found), *note_unencrypted(self.parts.is_open_to_all)]
        return make_rows(title, found, self.whose.words), notes, ()

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        case, author, key = self.parts.case, self.parts.examiner.id, self._chosen.key
        asked = self.read_wish(entries)
        wish = ExportChoice(found.canonical, asked.examiners, entries, self.mark.isChecked())

        def work(control: JobControl) -> MadeResult:
            made = export(case, author, key, out, control, wish)
            return MadeResult(out, made.renamed_in_words)

        stopped = "The export was stopped. Nothing of it was kept."
        self._maker.start(Making("export", f"The export {self._chosen.name}", out, "", stopped), work)
