"""The manual beside a screen: a page, a search over all pages, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from reviewer.qt.help.generated_pages import ABOUT, make_identity_section
from reviewer.qt.help.manual import (
    CONTENTS,
    SCREEN_LINK,
    find_screens_of_page,
    find_section_of_screen,
    load_pages,
    make_contents,
    name_screen,
    search_manual,
)
from reviewer.qt.help.page_view import PageView
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.system.identity import peek_identity

_ICON_SIDE = 16


@dataclass(frozen=True)
class _Place:
    page: str
    slug: str = ""
    words: str = ""


class HelpPanel(QFrame):
    """`screen_wanted` carries the name of a screen, `closed` nothing; `identity_wanted` asks for what About
    says of this copy of the program to be read."""

    screen_wanted = Signal(str)
    identity_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.page = PageView()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the manual")
        self.search.setAccessibleName("Search the manual")
        self.search.setClearButtonEnabled(True)
        self._back, self._forward = self._make_head_button("Back"), self._make_head_button("Forward")
        self._contents, self._close = self._make_head_button("Contents"), self._make_head_button("Close")
        self._icons = {self._back: "previous", self._forward: "next", self._contents: "manual"}
        self._before: list[_Place] = []
        self._after: list[_Place] = []
        self._now = _Place(CONTENTS)
        self._arrange()
        self._connect()
        self.hide()

    @staticmethod
    def _make_head_button(name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName("actionLink")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _arrange(self) -> None:
        self._contents.setText("Contents")
        self._close.setText("Close   F1")
        column = make_column(self, spacing=0)
        head = make_row(spacing=4, margins=(12, 4, 4, 4))
        head.addWidget(PlainLabel("Help", kind="strong"))
        for button in (self._back, self._forward, self._contents):
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self._close)
        column.addLayout(head)
        line = make_row(spacing=0, margins=(12, 4, 12, 8))
        line.addWidget(self.search)
        column.addLayout(line)
        column.addWidget(self.page, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._forward.clicked.connect(self.go_forward)
        self._contents.clicked.connect(lambda: self.show_page(CONTENTS))
        self._close.clicked.connect(self.closed)
        self.search.textChanged.connect(self._on_typed)
        self.page.anchorClicked.connect(self._follow)

    def apply_theme(self, theme: Theme) -> None:
        self.page.apply_theme(theme)
        for button, icon in self._icons.items():
            button.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
            button.setIcon(load_icon(icon, theme))

    # where one is

    @property
    def now(self) -> str:
        """The key of the page that is shown."""
        return self._now.page

    def show_page_of_screen(self, screen: str) -> None:
        page, slug = find_section_of_screen(screen)
        if (page, slug) != (self._now.page, self._now.slug):
            self.show_page(page, slug)

    def show_page(self, page: str, slug: str = "") -> None:
        """Show a page, from the heading of an anchor if one is given; the one before is kept."""
        self._go(_Place(page, slug))

    def go_back(self) -> None:
        if self._before:
            self._after.append(self._now)
            self._show(self._before.pop())

    def go_forward(self) -> None:
        if self._after:
            self._before.append(self._now)
            self._show(self._after.pop())

    def _go(self, place: _Place) -> None:
        if not (place.words and self._now.words):  # what is typed letter by letter is one step
            self._before.append(self._now)
        self._after.clear()
        self._show(place)

    def _show(self, place: _Place) -> None:
        self._now = place
        if self.search.text() != place.words:
            self.search.blockSignals(True)
            self.search.setText(place.words)
            self.search.blockSignals(False)
        self.page.show_page(self._make_text(place), place.slug)
        self._back.setEnabled(bool(self._before))
        self._forward.setEnabled(bool(self._after))

    def _make_text(self, place: _Place) -> str:
        if place.words:
            return search_manual(place.words)
        page = load_pages().get(place.page)
        if page is None:
            return make_contents()
        if place.page == ABOUT:
            if peek_identity() is None:
                self.identity_wanted.emit()
            return f"{page.text}\n{make_identity_section()}"
        screens = find_screens_of_page(place.page)
        links = [f"[Show me where it is: {name_screen(name)}]({SCREEN_LINK}{name})" for name in screens]
        return page.text + "\n\n" + "\n\n".join(links) + "\n"

    def show_identity(self) -> None:
        """What About says of this copy of the program is there now."""
        if self._now.page == ABOUT and not self._now.words:
            self._show(self._now)

    def _on_typed(self, words: str) -> None:
        if words.strip():
            self._go(_Place(self._now.page, "", words))
        elif self._now.words:
            self.go_back()

    def _follow(self, link: QUrl) -> None:
        target = link.toString()
        if target.startswith(SCREEN_LINK):
            self.screen_wanted.emit(target.removeprefix(SCREEN_LINK))
            return
        page, _sign, slug = target.partition("#")
        self._go(_Place(page.removesuffix(".md") or self._now.page, slug))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
