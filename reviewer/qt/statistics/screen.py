"""The statistics screen: tables at the left, one of them drawn at the right, and what all of it rests on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.figures.figures import (
    Figure,
    Statistics,
    StatisticsBasis,
    Table,
    break_down_figure,
)
from reviewer.domain.figures.plots import format_shares
from reviewer.domain.figures.words import (
    basis_in_words,
    denominator_in_words,
    left_out_in_words,
    readings_in_words,
    selection_in_words,
    statistics_in_words,
    sum_left_out,
)
from reviewer.qt.look.theme import Theme
from reviewer.qt.statistics import asking
from reviewer.qt.statistics.copied_figure import paint_figure
from reviewer.qt.statistics.counting import CountRequest, CountRunner
from reviewer.qt.statistics.figure_bars import FigureBars
from reviewer.qt.statistics.figure_page import DrawnTable, FigurePage
from reviewer.qt.statistics.listed import (
    HEADINGS,
    LISTED_TABLES,
    choose_bars,
    draw_printed_plots,
    explain_nothing,
    find_plots,
    find_table,
)
from reviewer.qt.statistics.plot_view import PlotView
from reviewer.qt.statistics.state_line import StateLine
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen, ShowPhotos
from reviewer.qt.widgets.table_menu import offer_row_menu
from reviewer.qt.widgets.type_box import Question, TypeBox
from reviewer.services.jobs import JobProgress, Post
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.own_list import STATISTICS_CLOSED

_LIST_WIDTH = 196
_TABLE_MENU: MenuEntries = (
    "statistics.query",
    "statistics.as-of",
    "statistics.again",
    None,
    "statistics.back",
)
_FIGURE_MENU: MenuEntries = (
    "statistics.photographs",
    "statistics.break-down",
    "statistics.copy-figure",
    None,
    *_TABLE_MENU,
)
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
        self._theme = theme
        self.list, self.page = QListWidget(), FigurePage(theme)
        self._where = ElidedLabel("statisticsWhere", kind="quiet")
        self.state = self.message = StateLine()
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
        beside = make_column(spacing=0)
        beside.addWidget(self.page, 1)
        beside.addWidget(self.state)
        row = make_row(self, spacing=0)
        row.addWidget(self.list)
        row.addLayout(beside, 1)
        self.apply_theme(theme)

    def _connect(self, desk: ActQueue) -> None:
        self.list.setCurrentRow(1)
        self.list.currentRowChanged.connect(self._on_table)
        for part in (self.page.plot, self.page.bars):
            part.clicked.connect(self._choose)
            part.opened.connect(lambda _key: self.action_wanted.emit("statistics.photographs"))
        desk.on_change.connect(lambda _change: self._outdate())
        desk.on_shared.connect(lambda _change: self._outdate())

    def headline(self) -> QWidget:
        line = QWidget()
        row = make_row(line, spacing=16)
        row.addWidget(PlainLabel("Statistics", kind="title"))
        row.addWidget(self._where, 1)
        return line

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.list.ensurePolished()
        self.list.setFixedWidth(_measure_list(self.list))
        self.page.apply_theme(theme)

    # what is shown

    def refresh(self) -> None:
        """The screen came on: count if anything was done since."""
        self.list.doItemsLayout()  # rows were measured before the style sheet gave them their padding
        self.list.setFixedWidth(_measure_list(self.list))
        if self._stale and not self.counting.is_running:
            self._count(self.wish)

    def use_actions(self, find: FindAction) -> None:
        self.page.use_actions(find)
        self.state.use_actions(find)
        for part in (self.page.plot, self.page.bars):
            offer_context_menu(part, find, partial(self._choose_for_menu, part))
        offer_row_menu(self.list, find, _TABLE_MENU)

    def _choose_for_menu(self, part: PlotView | FigureBars, place: QPoint) -> tuple[str, MenuEntries] | None:
        key = part.key_at(QPointF(place))
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
            self._where.setText("")

    def _on_over(self) -> None:
        self.state.end()
        if self.counted is None:
            self._stale = True
            why = self._closed or "Nothing was counted. F5 counts."
            self.page.show_table(DrawnTable(why))

    def _show_counted(self, wish: CountRequest, counted: Statistics) -> None:
        split = self._split.key if self._split is not None else ""
        chosen = self._chosen
        self.wish, self.counted = wish, counted
        self._where.setText(_describe_where(counted.basis, wish))
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
        said = DrawnTable(
            _format_title(counted, table.title if table is not None else LISTED_TABLES[self.key]),
            selection=selection_in_words(counted),
            counted=(
                statistics_in_words(counted),
                *readings_in_words(counted.readings, counted.basis),
                *left_out_in_words(counted),
                *counted.unopened.in_words(),
            ),
            basis=basis_in_words(counted.basis),
        )
        if nothing or table is None:
            self.page.show_table(replace(said, line=nothing))
        else:
            bars, not_drawn = choose_bars(table, whole=whole)
            self.page.show_table(
                replace(
                    said,
                    line=denominator_in_words(table, counted),
                    table=table,
                    bars=bars,
                    draw=find_plots(table, whole=whole),
                    limits=table.notes,
                    left_out=" ".join(filter(None, (sum_left_out(table, counted), *not_drawn))),
                )
            )
        self._choose(chosen if chosen in self.page.drawn_keys() else "")

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
        keys = self.page.drawn_keys()
        if not keys:
            raise NotAllowed("No figure is drawn here.")
        place = keys.index(self._chosen) + by if self._chosen in keys else (0 if by > 0 else len(keys) - 1)
        self._choose(keys[min(max(0, place), len(keys) - 1)])

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

    def copy_figure(self) -> None:
        """The table that is drawn, as a picture in the clipboard."""
        table, counted = self.table, self.counted
        if table is None or counted is None or not self.page.drawn_keys():
            raise NotAllowed("No figure is drawn here.")
        title, line = _format_title(counted, table.title), denominator_in_words(table, counted)
        said = (*selection_in_words(counted), *table.notes, basis_in_words(counted.basis))
        plots = draw_printed_plots(table, whole=self._split is None)
        QGuiApplication.clipboard().setImage(paint_figure(self._theme, title, line, plots, said))
        self.say("The figure is copied as a picture, as a report prints it.")

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
            self.page.show_table(DrawnTable("Counting", _COUNTING))
        self._stale = False
        self.counting.start(wish)

    def _give_up(self) -> None:
        self.counting.cancel()
        self._stale = True

    def _ask(self, question: Question) -> None:
        self.box.ask(self.guard_question(question))


def _measure_list(tables: QListWidget) -> int:
    """As wide as its longest row, with the bar for scrolling where there is one."""
    bar = tables.verticalScrollBar()
    beside = bar.sizeHint().width() if bar.maximum() else 0
    return max(_LIST_WIDTH, tables.sizeHintForColumn(0) + 2 * tables.frameWidth() + beside)


def _describe_where(basis: StatisticsBasis, wish: CountRequest) -> str:
    """Whose readings are counted, of what, and as of when where that is not now."""
    what = f"found by {basis.query}" if basis.query else "whole case"
    when = f", as of entry {basis.entries:,}" if wish.entries is not None else ""
    return f"Readings of {', '.join(basis.examiners)}, {what}{when}"


def _format_title(counted: Statistics, title: str) -> str:
    """The title of a table, which says where it is of a selection."""
    return f"Of a selection: {title}" if counted.basis.query else title
