"""The problems screen: every file that could not be used, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from reviewer.domain.case import SourceFile
from reviewer.qt.screens.page import Page, text_label
from reviewer.qt.widgets.plain_text import plain_tip
from reviewer.qt.widgets.still_boxes import StillChoice
from reviewer.services.history import problems, sources_by_id
from reviewer.services.jobs import Job, JobControl, Post
from reviewer.services.open_case import OpenCase

Index = QModelIndex | QPersistentModelIndex
_HEADS = ("File", "What", "Why", "Bytes", "Source")
_EVERY = "Every kind"


class ProblemModel(QAbstractTableModel):
    """Rows are files; nothing is made per row until it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[SourceFile] = ()
        self._sources: Mapping[str, str] = {}

    def show(self, rows: Sequence[SourceFile], sources: Mapping[str, str]) -> None:
        self.beginResetModel()
        self._rows, self._sources = rows, sources
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return len(_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        file = self._rows[index.row()]
        problem = file.problem
        values = (
            file.path or "(the folder itself)",
            str(problem.kind) if problem else "",
            problem.reason if problem else "",
            f"{file.size:,}",
            self._sources.get(file.source, ""),
        )
        value = values[index.column()]
        return plain_tip(value) if role == Qt.ItemDataRole.ToolTipRole else value

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADS[section]
        return None


class ProblemsScreen(Page):
    """A table with a filter by kind and by text; `refresh` reads it anew in the background."""

    def __init__(self, case: OpenCase, post: Post) -> None:
        super().__init__(
            "Problems", "Files that could not be used. Nothing was left out without a reason.", 1600
        )
        self._case, self._post = case, post
        self._model = ProblemModel()
        self._kind = StillChoice()
        self._kind.setSizeAdjustPolicy(StillChoice.SizeAdjustPolicy.AdjustToContents)
        self._text = QLineEdit()
        self._text.setPlaceholderText("Filter by text")
        self._sum = text_label("", "quiet")
        self._by_kind, self._by_text = QSortFilterProxyModel(), QSortFilterProxyModel()
        self._by_kind.setSourceModel(self._model)
        self._by_kind.setFilterKeyColumn(1)
        self._by_text.setSourceModel(self._by_kind)
        self._by_text.setFilterKeyColumn(-1)
        self._by_text.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._table = self._made_table()
        self.add_row(self._kind, self._text, stretch=False).setStretch(1, 1)
        self.column.addWidget(self._table, 1)
        self.column.addWidget(self._sum)
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._text.textChanged.connect(self._by_text.setFilterFixedString)

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._by_text)
        table.setAccessibleName("Problems")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column, width in enumerate((300, 150, 380, 100, 200)):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def refresh(self) -> None:
        def work(_control: JobControl) -> tuple[list[SourceFile], dict[str, str], int]:
            return problems(self._case), sources_by_id(self._case), self._case.counts().files

        self._case.jobs.start(Job("problems", work, self._post, on_done=lambda found: self._show(*found)))

    def _show(self, rows: list[SourceFile], sources: dict[str, str], files: int) -> None:
        self._model.show(rows, sources)
        kinds = Counter(str(row.problem.kind) for row in rows if row.problem)
        self._kind.blockSignals(True)
        self._kind.clear()
        self._kind.addItem(f"{_EVERY} ({len(rows):,})", "")
        for kind, count in sorted(kinds.items()):
            self._kind.addItem(f"{kind} ({count:,})", kind)
        self._kind.blockSignals(False)
        self._on_kind()
        none = "No problems: every file could be used." if files else "Nothing has been ingested yet."
        self._sum.setText(f"{len(rows):,} problems among {files:,} files." if rows else none)

    def _on_kind(self) -> None:
        self._by_kind.setFilterFixedString(self._kind.currentData() or "")
