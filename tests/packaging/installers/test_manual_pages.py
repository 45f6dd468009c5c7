"""The manual that is handed out is whole, and the same bytes for the same pages."""

import re
from html.parser import HTMLParser

import pytest

WHEN = 1_700_000_000


@pytest.fixture
def manual_pages(installers):
    return installers("manual_pages")


@pytest.fixture
def written(manual_pages, tmp_path):
    return manual_pages.write_manual(tmp_path, "1.0", WHEN)


def test_every_page_is_in_it_and_every_link_leads_somewhere(manual_pages, written):
    text = written[0].read_text(encoding="utf-8")
    found = {"id": [], "href": []}

    class Reader(HTMLParser):
        def handle_starttag(self, _tag, attributes):
            for name, value in attributes:
                if name in found:
                    found[name].append(value)

    Reader().feed(text)
    assert set(manual_pages.read_pages()) <= set(found["id"])
    assert len(found["href"]) > 40
    assert {href for href in found["href"] if href.removeprefix("#") not in found["id"]} == set()
    assert not re.search(r"(src|href)=.https?:", text)


def test_the_pdf_is_the_same_bytes_again(manual_pages, written, tmp_path):
    again = manual_pages.write_manual(tmp_path / "again", "1.0", WHEN)
    assert written[1].read_bytes().startswith(b"%PDF-")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_words_never_become_markup(manual_pages):
    pages = {
        "one": manual_pages._parse(
            '# A "title" #1\n\nA [x] $y$ `z\\` and *this*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'
        )
    }
    text = manual_pages.make_typst(pages, "T", WHEN)
    assert '#heading(level: 1)[#"A \\"title\\" #1"]' in text
    assert '#"A [x] $y$ "' in text
    assert '#raw("z\\\\")' in text
