"""A report as one HTML file: no script, nothing loaded from elsewhere, readable without this program."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from functools import singledispatch
from html import escape

from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentBlock,
    DocumentDrawing,
    DocumentHeading,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    PageBreak,
    Paragraph,
    list_blocks_for_record,
)
from reviewer.domain.figures.passages import begins_arabic, split_into_passages

_STYLE = """
body {
  font: 16px/1.45 "Libertinus Serif", Georgia, Amiri, serif;
  max-width: 52rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; margin: 0.6rem 0 }
th, td { border-bottom: 1px solid #999; padding: 0.2rem 0.4rem; text-align: start; vertical-align: top;
  white-space: pre-line }
table.numbers td + td, table.numbers th + th { text-align: right }
p:lang(ar), li:lang(ar) { text-align: justify }
.quiet, footer, figcaption { font-size: 0.85rem; color: #444 }
.pictures { display: flex; flex-wrap: wrap; gap: 0.8rem }
figure { margin: 0.6rem 0; max-width: 100% }
.pictures figure { width: 11rem } img, svg { max-width: 100%; height: auto }
footer { border-top: 1px solid #999; margin-top: 2rem; padding-top: 0.5rem }
""".strip()
_ARABIC, _ENGLISH = "ar", "en"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render_html(page: Document) -> bytes:
    """The bytes of the file, UTF-8. Everything but drawings, which the program itself made, is escaped."""
    blocks = "\n".join(_render_block(block) for block in list_blocks_for_record(page))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(page.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"{_make_element('h1', page.title)}\n{_make_element('p', page.subtitle)}\n"
        f"{blocks}\n{_make_element('footer', page.foot)}\n</body>\n</html>\n"
    ).encode()


@singledispatch
def _render_block(block: DocumentBlock) -> str:
    raise TypeError(block)


@_render_block.register
def _render_heading(block: DocumentHeading) -> str:
    return _make_element(f"h{block.level + 1}", block.text)


@_render_block.register
def _render_paragraph(block: Paragraph) -> str:
    return _make_element("p", block.text, "quiet" if block.quiet else "")


@_render_block.register
def _render_bullet_list(block: BulletList) -> str:
    return f"<ul>{''.join(_make_element('li', item) for item in block.items)}</ul>"


@_render_block.register
def _render_key_values(block: KeyValues) -> str:
    return f"<table>{''.join(_make_row('td', row) for row in block.rows)}</table>"


@_render_block.register
def _render_table(block: DocumentTable) -> str:
    kind = ' class="numbers"' if block.numbers else ""
    rows = "\n".join(_make_row("td", row) for row in block.rows)
    return f"<table{kind}><thead>{_make_row('th', block.head)}</thead><tbody>\n{rows}\n</tbody></table>"


@_render_block.register
def _render_drawing(block: DocumentDrawing) -> str:
    said = _make_element("figcaption", block.says)
    return f'<figure style="width: {block.share}%">{block.svg}{said}</figure>'


@_render_block.register
def _render_pictures(block: DocumentPictureRow) -> str:
    figures = "".join(_make_figure(picture.jpeg, picture.caption) for picture in block.items)
    return f'<div class="pictures">{figures}</div>'


@_render_block.register
def _render_page_break(_block: PageBreak) -> str:
    return "<hr>"


def _make_element(tag: str, text: str, kind: str = "") -> str:
    """Make an element with text of any script, in its own direction; Arabic is marked as such, for whoever
    reads aloud, and so is each passage that is in the other language than its element."""
    of = f' class="{kind}"' if kind else ""
    language = _ARABIC if begins_arabic(text) else _ENGLISH
    lang = f' lang="{language}"' if language == _ARABIC else ""
    said = escape(text) if text.isascii() else "".join(_mark_passages(text, language))
    return f'<{tag} dir="auto"{lang}{of}>{said}</{tag}>'


def _mark_passages(text: str, language: str) -> Iterator[str]:
    for passage in split_into_passages(text):
        is_english = not passage.from_right and any(map(str.isalpha, passage.text))
        own = _ARABIC if passage.is_arabic else _ENGLISH if is_english else language
        said = escape(passage.text)
        yield said if own == language else f'<span lang="{own}">{said}</span>'


def _make_row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(_make_element(tag, cell) for cell in cells)}</tr>"


def _make_figure(jpeg: bytes, caption: str) -> str:
    data = base64.b64encode(jpeg).decode("ascii")
    picture = f'<img alt="{escape(caption)}" src="data:image/jpeg;base64,{data}">'
    return f"<figure>{picture}{_make_element('figcaption', caption)}</figure>"
