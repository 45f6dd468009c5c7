"""The table of what is said of photographs as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.readings import ReadingRow, make_origin_columns


@dataclass(frozen=True)
class DescriptionTableRow:
    """One thing that a Reading says of its Photo as a whole: the state of the body, or the scene."""

    within: ReadingRow
    key: str
    values: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        described = self.vocabulary.description_question(self.key)
        return described.name if described is not None else self.key

    @property
    def value_names(self) -> tuple[str, ...]:
        described = self.vocabulary.description_question(self.key)
        return tuple(described.value_name(value) if described is not None else value for value in self.values)


def make_description_rows(found: Contents, row: ReadingRow) -> Iterator[DescriptionTableRow]:
    for key, values in row.reading.description:
        yield DescriptionTableRow(row, key, values, found.vocabulary)


DESCRIPTION_COLUMNS: tuple[ExportColumn[DescriptionTableRow], ...] = (
    *make_origin_columns(),
    ExportColumn("key", "key of the vocabulary's question: stage, posture, card, ...", lambda v: v.key),
    ExportColumn("name", "its English name", lambda v: v.name),
    ExportColumn("values", "keys of what was said, separated by ;", lambda v: ";".join(v.values)),
    ExportColumn("value_names", "their English names, separated by ;", lambda v: ";".join(v.value_names)),
)
