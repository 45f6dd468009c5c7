"""The keys of the screen that is on, on one sheet: a view of the list of actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.event_listening import unheard_events
from reviewer.qt.layers import WindowLayer
from reviewer.qt.widgets.in_pieces import PieceMaker
from reviewer.qt.widgets.layouts import make_grid
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

_MOST_COLUMNS, _NARROWEST = 5, 17
_BETWEEN, _KEYS_TO_WORDS, _MOST_KEYS, _TALL = 20, 10, 14, 1 << 16
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class KeysRow:
    """Keys, what they do in short, and all the help there is."""

    keys: str
    words: str
    tip: str


@dataclass(frozen=True)
class KeysGroup:
    """Actions of one kind that work on the screen."""

    name: str
    rows: tuple[KeysRow, ...]


def list_groups(keymap: Keymap, screen: str, order: Sequence[str] = ()) -> list[KeysGroup]:
    """What works on a screen by a key, in groups; ids in `order` say which group comes first."""
    places = {id_: place for place, id_ in enumerate(order)}
    groups: dict[str, list[ActionSpec]] = {}
    for spec in keymap.actions:
        if spec.context.includes(screen) and keymap.of(spec.id):
            groups.setdefault(spec.group, []).append(spec)
    ordered = sorted(groups.items(), key=lambda named: min(places.get(spec.id, 0) for spec in named[1]))
    return [KeysGroup(name, tuple(_make_rows(specs, keymap))) for name, specs in ordered]


def _make_rows(specs: Sequence[ActionSpec], keymap: Keymap) -> list[KeysRow]:
    """A row for each action; those that differ by a number alone share one."""
    rows, place = [], 0
    while place < len(specs):
        last = place
        while last + 1 < len(specs) and _differ_by_number(specs[last], specs[last + 1]):
            last += 1
        spec = specs[place]
        if last > place:
            keys = f"{keymap.format_keys(spec.id)} to {keymap.format_keys(specs[last].id)}"
            rows.append(
                KeysRow(keys, *(_join_numbers(text, last - place) for text in (spec.words, spec.text)))
            )
        else:
            rows.append(KeysRow(keymap.format_keys(spec.id), spec.words, spec.text))
        place = last + 1
    return rows


def _differ_by_number(one: ActionSpec, other: ActionSpec) -> bool:
    return one.id != other.id and all(
        _NUMBER.sub("", before) == _NUMBER.sub("", after)
        for before, after in ((one.id, other.id), (one.text, other.text))
    )


def _join_numbers(text: str, further: int) -> str:
    """ "Quick tag 1, on or off" and eight further ones as "Quick tag 1 to 9, on or off"."""
    return _NUMBER.sub(lambda found: f"{found[0]} to {int(found[0]) + further}", text, count=1)


class KeysSheet(WindowLayer):
    """Lies over the window until any key or a click, which then does nothing else.

    Groups stand in the order of `order`, ids of actions as the menus have them; the last of a column goes
    on in the next.
    """

    any_key_closes = True

    def __init__(self, parent: QWidget, keymap: Keymap, order: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._over, self._keymap, self._order = parent, keymap, tuple(order)
        self._columns = PieceMaker(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hint = PlainLabel(
            "Any key or a click closes this sheet. Other screens have keys of their own.", kind="caption"
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 8, 16, 6)
        whole.setSpacing(2)
        whole.addWidget(self.area, 1)
        whole.addWidget(hint)
        self.hide()

    def use_keymap(self, keymap: Keymap) -> None:
        """Show other keys from now on."""
        self._keymap = keymap

    def toggle(self, screen: str) -> None:
        """Show the keys that work on the screen that is on, or hide them."""
        if self.isVisible():
            self.put_away()
            return
        place = self._over.rect().adjusted(4, 4, -4, -4)
        self.setGeometry(place)
        room = place.width() - 24 - 16 - self.area.verticalScrollBar().sizeHint().width()
        with unheard_events():
            inner, columns = self._make_columns(list_groups(self._keymap, screen, self._order), room)
            self.area.setWidget(inner)
            self.show()
            self.raise_()
            self.setFocus()
        self._columns.begin(columns)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._columns.stop()

    def _make_columns(
        self, groups: Sequence[KeysGroup], room: int
    ) -> tuple[QWidget, list[Callable[[], None]]]:
        """The groups in as many columns as are high enough for the window, or as leave room for words: room
        for all, and what fills one after the other."""
        metrics = _measure_type(self)
        letter = metrics.averageCharWidth()
        keys = min(max(_measure_keys(groups, metrics), 6 * letter), _MOST_KEYS * letter)
        most = max(1, (room + _BETWEEN) // (keys + _KEYS_TO_WORDS + _NARROWEST * letter + _BETWEEN))
        number = min(_MOST_COLUMNS, most)
        wide = (room - (number - 1) * _BETWEEN) // number - keys - _KEYS_TO_WORDS
        lines = [(group, line) for group in groups for line in group.rows]
        heights = [_measure_line(group, line, metrics, keys, wide) for group, line in lines]
        inner = QWidget()
        inner.setObjectName("overlayInner")
        row = QHBoxLayout(inner)
        row.setSpacing(_BETWEEN)
        row.setContentsMargins(0, 0, 0, 0)
        pieces: list[Callable[[], None]] = []
        for start, end in pairwise(split_evenly(heights, number)):
            column = QVBoxLayout()
            column.setSpacing(0)
            row.addLayout(column, 1)
            pieces.append(partial(_fill_column, column, lines[start:end], keys))
        inner.setUpdatesEnabled(False)  # or the columns move while they come
        pieces.append(partial(inner.setUpdatesEnabled, True))
        return inner, pieces


def _fill_column(column: QVBoxLayout, lines: Sequence[tuple[KeysGroup, KeysRow]], keys: int) -> None:
    for name, shown in groupby(lines, key=lambda line: line[0].name):
        column.addWidget(PlainLabel(name, kind="strong"))
        column.addLayout(_make_table([line for _group, line in shown], keys))
        column.addSpacing(2)
    column.addStretch(1)


def split_evenly(heights: Sequence[int], number: int) -> list[int]:
    """Where each of `number` columns begins, and the end: in their order, the highest as low as can be."""
    low, high = max(heights, default=0), sum(heights)
    while low < high:
        limit = (low + high) // 2
        if len(_fill_columns(heights, limit)) <= number:
            high = limit
        else:
            low = limit + 1
    return [*_fill_columns(heights, low), len(heights)]


def _fill_columns(heights: Sequence[int], limit: int) -> list[int]:
    """Where columns begin that are no higher than `limit`."""
    starts, used = [0], 0
    for place, height in enumerate(heights):
        if used + height > limit and used:
            starts.append(place)
            used = 0
        used += height
    return starts


def _measure_type(widget: QWidget) -> QFontMetrics:
    """The small type of the sheet, as the style sheet has it."""
    label = PlainLabel("x", widget, kind="caption")
    label.hide()  # or it is shown with the sheet
    label.ensurePolished()
    metrics = label.fontMetrics()
    label.deleteLater()
    return metrics


def _measure_keys(groups: Sequence[KeysGroup], metrics: QFontMetrics) -> int:
    return max((metrics.horizontalAdvance(row.keys) for group in groups for row in group.rows), default=0)


def _measure_line(group: KeysGroup, row: KeysRow, metrics: QFontMetrics, keys: int, wide: int) -> int:
    """About how high a row is, with the name of its group above the first."""

    def measure(text: str, width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, _TALL), Qt.TextFlag.TextWordWrap, text).height() + 1

    head = round(metrics.height() * 1.2) + 8 if row is group.rows[0] else 0
    return head + max(measure(row.keys, keys), measure(row.words, wide))


def _make_table(rows: Sequence[KeysRow], wide: int) -> QGridLayout:
    grid = make_grid(across=_KEYS_TO_WORDS, down=1)
    grid.setColumnStretch(1, 1)
    for row, shown in enumerate(rows):
        keys = PlainLabel(shown.keys, kind="caption")
        words = PlainLabel(shown.words, kind="plain caption")
        words.setToolTip(make_plain_tip(shown.tip))
        for label in (words, keys):
            label.setWordWrap(True)
        keys.setFixedWidth(wide)
        grid.addWidget(keys, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
