"""Shows a page of the manual in the type and the colours of the window. It opens nothing from a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser

from reviewer.qt.help.manual import make_slug
from reviewer.qt.look.theme import Theme

_HEADING_ROLES = {1: "page", 2: "title"}
_ABOVE_HEADING, _ABOVE_PARAGRAPH, _ABOVE_LIST_ITEM = 16, 8, 4


class PageView(QTextBrowser):
    """Links are told by `anchorClicked` and followed by nobody else."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("helpPage")
        self.setAccessibleName("Page of the manual")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(12)
        self._theme: Theme | None = None
        self._text = ""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing is fetched, whatever a page names."""
        return None

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._dress()

    def show_page(self, text: str, slug: str = "") -> None:
        """Show a page from its beginning, or from the heading of that anchor."""
        self._text = text
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        heading = self._find_heading(slug) if slug else None
        cursor = QTextCursor(heading) if heading is not None else QTextCursor(self.document())
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(0 if heading is None else self._find_top(heading))

    def _find_top(self, block: QTextBlock) -> int:
        return int(self.document().documentLayout().blockBoundingRect(block).top())

    def _find_heading(self, slug: str) -> QTextBlock | None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and make_slug(block.text()) == slug:
                return block
            block = block.next()
        return None

    def _dress(self) -> None:
        """Set headings in the roles of type and links in the accent."""
        theme = self._theme
        if theme is None:
            return
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, theme.colour("accent"))
        self.setPalette(palette)
        whole = QTextCursor(self.document())
        whole.beginEditBlock()  # or the page is laid out anew for each word that is set
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block, theme)
            block = block.next()
        whole.endEditBlock()

    def _dress_block(self, block: QTextBlock, theme: Theme) -> None:
        level = block.blockFormat().headingLevel()
        self._space_out(block, level)
        if level:
            self._dress_heading(block, theme.pixels(_HEADING_ROLES.get(level, "body")))
            return
        for start, end, shown in list(_find_links_and_keys(block, theme)):
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(shown)

    def _space_out(self, block: QTextBlock, level: int) -> None:
        cursor = QTextCursor(block)
        spaced = QTextBlockFormat()
        if not cursor.currentTable():
            above = _ABOVE_LIST_ITEM if block.textList() else _ABOVE_HEADING if level else _ABOVE_PARAGRAPH
            spaced.setTopMargin(above if block.blockNumber() else 0)
        cursor.mergeBlockFormat(spaced)

    def _dress_heading(self, block: QTextBlock, pixels: int) -> None:
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        shown = cursor.charFormat()
        shown.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold)
        shown.setFont(font)
        cursor.setCharFormat(shown)


def _find_links_and_keys(block: QTextBlock, theme: Theme) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """What stands out in a block: from where to where, and how it is shown."""
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        shown = QTextCharFormat()
        if fragment.charFormat().isAnchor():
            shown.setForeground(theme.colour("accent"))
            yield fragment.position(), fragment.position() + fragment.length(), shown
        elif fragment.charFormat().fontFixedPitch():
            shown.setBackground(theme.colour("raised"))
            shown.setProperty(QTextCharFormat.Property.FontPixelSize, theme.pixels("body"))
            yield fragment.position(), fragment.position() + fragment.length(), shown
        elif fragment.charFormat().fontItalic():
            shown.setFontItalic(False)
            shown.setFontWeight(QFont.Weight.Medium)
            yield fragment.position(), fragment.position() + fragment.length(), shown
        fragments += 1
