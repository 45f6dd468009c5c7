"""The statistics screen: tables at the left, one of them drawn at the right, and what all of it rests on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.figures.figures import Figure, Statistics, Table, break_down_figure
from reviewer.domain.figures.plots import format_shares
from reviewer.domain.figures.words import (
    basis_in_words,
    excluded_in_words,
    readings_in_words,
    selection_in_words,
    statistics_in_words,
    sums_in_words,
)
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics import asking
from reviewer.qt.statistics.counting import CountRequest, CountRunner
from reviewer.qt.statistics.figure_page import FigurePage
from reviewer.qt.statistics.listed import HEADINGS, LISTED_TABLES, draw_plots, explain_nothing, find_table
from reviewer.qt.statistics.state_line import StateLine
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.screen import Screen, ShowPhotos
from reviewer.qt.widgets.table_menu import offer_row_menu
from reviewer.qt.widgets.type_box import Question, TypeBox
from reviewer.services.jobs import JobProgress, Post
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.own_list import STATISTICS_CLOSED

_KEYS = "Up and Down choose a table, Left and Right a figure."
_TABLE_MENU: MenuEntries = (
    "statistics.query",
    "statistics.as-of",
    "statistics.again",
    None,
    "statistics.back",
)
_FIGURE_MENU: MenuEntries = ("statistics.photographs", "statistics.break-down", None, *_TABLE_MENU)
_COUNTING = (
    "Everything that was read is put together, individual by individual. Go on with something else if you "
    "like: figures are here when the screen comes on again."
)


class StatisticsScreen(Screen):
    """Counts the Readings of the Examiner at work only: reading is blind.

    `show_found` takes Photos (SHA-256), a name and why they are there.
    """

    def __init__(self, desk: ActQueue, post: Post, theme: Theme, show_found: ShowPhotos) -> None:
        super().__init__()
        self._show_found = show_found
        self.counted: Statistics | None = None
        self.wish = CountRequest()
        self._stale = True
        self._closed = ""
        self._split: Table | None = None
        self._chosen = ""
        self.counting = CountRunner(
            desk.case,
            desk.examiner.id,
            post,
            self._show_counted,
            self._on_progress,
            self._on_failed,
            self._on_over,
        )
        self.list, self.page = QListWidget(), FigurePage(theme)
        self.state = self.message = StateLine(_KEYS)
        self.box = TypeBox(self)
        self._arrange(theme)
        self._connect(desk)

    def _arrange(self, theme: Theme) -> None:
        self.list.setAccessibleName("Tables")
        self.list.setObjectName("tables")
        for key, words in LISTED_TABLES.items():
            if key in HEADINGS:
                heading = QListWidgetItem(HEADINGS[key])
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = make_row(spacing=0)
        row.addWidget(self.list)
        row.addWidget(self.page, 1)
        column = make_column(self, spacing=0)
        column.addLayout(row, 1)
        column.addWidget(self.state)
        self.apply_theme(theme)

    def _connect(self, desk: ActQueue) -> None:
        self.list.setCurrentRow(1)
        self.list.currentRowChanged.connect(self._on_table)
        self.page.plot.clicked.connect(self._on_clicked)
        self.state.cancelled.connect(self._give_up)
        desk.on_change.connect(lambda _change: self._outdate())
        desk.on_shared.connect(lambda _change: self._outdate())

    def apply_theme(self, theme: Theme) -> None:
        self.list.setFixedWidth(round(196 * max(1.0, theme.text_scale)))
        self.page.apply_theme(theme)

    # what is shown

    def refresh(self) -> None:
        """The screen came on: count if anything was done since."""
        self.list.doItemsLayout()  # rows were measured before the style sheet gave them their padding
        if self._stale and not self.counting.is_running:
            self._count(self.wish)

    def use_actions(self, find: FindAction) -> None:
        self.page.use_actions(find)
        offer_context_menu(self.page.plot, find, self._choose_for_menu)
        offer_row_menu(self.list, find, _TABLE_MENU)

    def _choose_for_menu(self, place: QPoint) -> tuple[str, MenuEntries] | None:
        key = self.page.plot.key_at(QPointF(place))
        if not key:
            return None
        self._choose(key)
        figure = self.figure
        return (figure.label, _FIGURE_MENU) if figure is not None else None

    def focus(self) -> QWidget:
        return self.list

    def _outdate(self) -> None:
        """An act was made: figures of the case as it stands are of before."""
        if self.wish.entries is None:
            self._stale = True

    @property
    def key(self) -> str:
        """The table that is chosen at the left."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    @property
    def table(self) -> Table | None:
        """The table that is drawn: the chosen one, or a figure of one broken down."""
        if self._split is not None:
            return self._split
        return find_table(self.counted, self.key) if self.counted is not None else None

    @property
    def figure(self) -> Figure | None:
        return self.table.of(self._chosen) if self.table is not None else None

    def _on_progress(self, progress: JobProgress) -> None:
        self.state.progress(progress)

    def _on_failed(self, error: KnownError) -> None:
        self.say(str(error))
        self._closed = str(error) if error.code == STATISTICS_CLOSED else ""
        if self._closed:
            self.counted = self._split = None
            self.page.basis.setText("")

    def _on_over(self) -> None:
        self.state.end()
        if self.counted is None:
            self._stale = True
            why = self._closed or "Nothing was counted. F5 counts."
            self.page.show_table(why, None, "")

    def _show_counted(self, wish: CountRequest, counted: Statistics) -> None:
        split = self._split.key if self._split is not None else ""
        chosen = self._chosen
        self.wish, self.counted = wish, counted
        self.page.basis.setText(basis_in_words(counted.basis))
        self._split = None
        self._draw(chosen if not split else "")

    def _on_table(self, _row: int) -> None:
        self._split = None
        self._draw()

    def _draw(self, chosen: str = "") -> None:
        counted, table = self.counted, self.table
        if counted is None:
            return
        whole = self._split is None
        nothing = explain_nothing(counted, self.key) if whole else ""
        left_out = self._describe_left_out(counted)
        if nothing or table is None:
            title = table.title if table is not None else LISTED_TABLES[self.key]
            self.page.show_table(_format_title(counted, title), None, f"{nothing}\n\n{left_out}")
        else:
            notes = "\n".join((*selection_in_words(counted), *table.notes, "", left_out))
            self.page.show_table(
                _format_title(counted, table.title),
                lambda ink, width: draw_plots(table, ink, width, whole),
                notes,
            )
        self._choose(chosen if chosen in self.page.plot.drawn_keys() else "")

    def _describe_left_out(self, counted: Statistics) -> str:
        lines = [excluded_in_words(exclusion) for exclusion in counted.excluded]
        said = (statistics_in_words(counted), *readings_in_words(counted.readings, counted.basis))
        sums = " ".join((*sums_in_words(counted), *counted.unopened.in_words()))
        return "\n".join((*said, sums, *(f"Left out: {line}." for line in lines)))

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.page.choose(self.figure)

    # what the examiner wants

    def step_table(self, by: int) -> None:
        tables = [row for row in range(self.list.count()) if self.list.item(row).flags()]
        place = tables.index(self.list.currentRow()) + by
        self.list.setCurrentRow(tables[min(max(0, place), len(tables) - 1)])

    def step_figure(self, by: int) -> None:
        """The next figure that is drawn, in the order of the drawing."""
        keys = self.page.plot.drawn_keys()
        if not keys:
            raise NotAllowed("No figure is drawn here.")
        place = keys.index(self._chosen) + by if self._chosen in keys else (0 if by > 0 else len(keys) - 1)
        self._choose(keys[min(max(0, place), len(keys) - 1)])

    def _on_clicked(self, key: str) -> None:
        self._choose(key)
        self.action_wanted.emit("statistics.photographs")

    def _require_figure(self) -> Figure:
        figure = self.figure
        if figure is None:
            raise NotAllowed("Choose a figure first: Left and Right, or a click.")
        return figure

    def open_photographs(self) -> None:
        """The Photos behind the chosen figure, as a list."""
        figure = self._require_figure()
        if not figure.behind:
            raise NotAllowed("There is no photograph behind this figure.")
        title = self.table.title if self.table is not None else ""
        why = f"it is behind the figure {format_shares(figure)}, {figure.unit}"
        self._show_found(figure.behind, f"{figure.label} ({title})", why)

    def break_down(self) -> None:
        """The chosen figure within each class of another table."""
        figure = self._require_figure()
        if self._split is not None:
            raise NotAllowed("This is broken down already. Esc goes back.")
        tables = self.counted.tables if self.counted is not None else ()
        others = [table for table in tables if table.unit is figure.unit and table.of(figure.key) is None]
        if not others:
            raise NotAllowed("There is no other table of the same unit.")

        def take(by: Table) -> None:
            self._split = break_down_figure(figure, by)
            self._draw()

        self._ask(asking.make_break_down_question(figure, others, take))

    def choose_query(self) -> None:
        before = self.counted.basis.query if self.counted is not None else self.wish.query
        self._ask(
            asking.make_query_question(before, lambda query: self._count(replace(self.wish, query=query)))
        )

    def choose_entry(self) -> None:
        there = self.counted.basis.entries if self.counted is not None else 0
        self._ask(
            asking.make_entry_question(there, lambda entry: self._count(replace(self.wish, entries=entry)))
        )

    def count_again(self) -> None:
        self._count(self.wish)

    def back(self) -> None:
        """Give up counting; else from a figure broken down to its table."""
        if self.counting.is_running:
            self._give_up()
        elif self._split is not None:
            self._split = None
            self._draw()

    def _count(self, wish: CountRequest) -> None:
        self.state.begin("Counting")
        if self.counted is None:
            self.page.show_table("Counting", None, _COUNTING)
        self._stale = False
        self.counting.start(wish)

    def _give_up(self) -> None:
        self.counting.cancel()
        self._stale = True

    def _ask(self, question: Question) -> None:
        self.box.ask(self.guard_question(question))


def _format_title(counted: Statistics, title: str) -> str:
    """The title of a table, which says where it is of a selection."""
    return f"Of a selection: {title}" if counted.basis.query else title
