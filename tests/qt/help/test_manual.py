"""The manual in the window: every page is whole, every link leads somewhere, and searching finds."""

import re

import pytest

from reviewer.qt.help import manual
from reviewer.qt.help.generated_pages import ABOUT, GLOSSARY
from reviewer.qt.help.page_view import PageView
from reviewer.qt.main_window.screens import SCREENS
from reviewer.services.vocabulary.vocabulary import load_vocabulary

LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


def test_every_screen_has_a_page_with_that_heading():
    pages = manual.load_pages()
    for screen in SCREENS:
        page, slug = manual.find_section_of_screen(screen.name)
        slugs = {manual.make_slug(section.heading) for section in pages[page].list_sections()}
        assert not slug or slug in slugs, screen.name


@pytest.mark.parametrize("key", [*manual.ORDER, GLOSSARY, ABOUT])
def test_links_of_a_page_lead_to_pages_that_are_there(key):
    pages = manual.load_pages()
    for page, slug in LINK.findall(pages[key].text):
        target = page.removesuffix(".md") or key
        assert target in pages, page
        slugs = {manual.make_slug(section.heading) for section in pages[target].list_sections()}
        assert not slug or slug in slugs, (page, slug)


def test_no_page_shows_what_is_written_for_other_readers_of_it():
    for page in manual.load_pages().values():
        assert page.title
        assert "<!--" not in page.text
        assert "![" not in page.text


def test_every_page_that_is_shipped_is_in_the_contents():
    folder = manual.find_resource("manual")
    assert {path.stem for path in folder.glob("*.md")} == set(manual.ORDER)
    assert all(f"({key}.md)" in manual.make_contents() for key in manual.ORDER)


def test_the_glossary_has_every_term_that_is_offered_with_its_definition():
    text = manual.load_pages()[GLOSSARY].text
    for term in load_vocabulary().terms:
        assert term.retired or f"**{term.name}**. {term.definition}" in text, term.key


def test_searching_finds_the_section_whose_heading_says_it_first():
    found = manual.search_manual("difference compare")
    assert found.startswith("# Found")
    assert "(reading.md#compare)" in found.splitlines()[2]


def test_a_search_for_nothing_that_is_there_names_what_is_near():
    found = manual.search_manual("receipt zzzz")
    assert found.startswith("# Nothing found")
    assert found.count("](") == 3
    assert "(contents.md)" in manual.search_manual("zzzz")


def test_a_page_opens_at_a_heading_and_fetches_nothing(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(376, 300)
    view.show()
    view.show_page(manual.load_pages()["reading"].text, "compare")
    assert view.textCursor().block().text() == "Compare"
    assert view.verticalScrollBar().value() > 0
    assert view.loadResource(2, "http://example.org/x.png") is None
