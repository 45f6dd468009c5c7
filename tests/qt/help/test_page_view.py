"""A page of the manual in the type of the window: what is typed is as large as the words beside it."""

import pytest
from PySide6.QtGui import QFontInfo

from reviewer.qt.help.page_view import PageView
from reviewer.qt.look.theme import DARK, load_theme
from tests.support.windows import wear_in_test

PAGE = "# Reading\n\nPress `Ctrl+K`, a folder that ends in `.case` is *proposed*.\n"


def list_fragments(page):
    block = page.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            yield pieces.fragment()
            pieces += 1
        block = block.next()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_keys_are_as_large_as_words_and_nothing_leans(qtbot, qapp, scale):
    theme = load_theme(DARK, scale)
    wear_in_test(qapp, theme)
    page = PageView()
    qtbot.addWidget(page)
    page.apply_theme(theme)
    page.show_page(PAGE)
    typed = [piece for piece in list_fragments(page) if piece.charFormat().fontFixedPitch()]
    assert [piece.text() for piece in typed] == ["Ctrl+K", ".case"]
    for piece in typed:
        assert QFontInfo(piece.charFormat().font()).pixelSize() == theme.pixels("body")
    assert not any(piece.charFormat().fontItalic() for piece in list_fragments(page))
    wear_in_test(qapp, load_theme(DARK))
