"""A report as one HTML file: no script, nothing loaded from elsewhere, readable without this program."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import singledispatch
from html import escape

from reviewer.domain.figures.document import (
    Block,
    Drawing,
    Facts,
    Grid,
    Heading,
    NewPage,
    Page,
    Paragraph,
    Pictures,
    Points,
    for_record,
)
from reviewer.domain.figures.passages import begins_arabic

_STYLE = """
body {
  font: 16px/1.45 "Libertinus Serif", Georgia, Amiri, serif;
  max-width: 52rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; margin: 0.6rem 0 }
th, td { border-bottom: 1px solid #999; padding: 0.2rem 0.4rem; text-align: start; vertical-align: top }
table.numbers td + td, table.numbers th + th { text-align: right }
p:lang(ar), li:lang(ar) { text-align: justify }
.quiet, footer, figcaption { font-size: 0.85rem; color: #444 }
.pictures { display: flex; flex-wrap: wrap; gap: 0.8rem }
figure { margin: 0.6rem 0; max-width: 100% }
.pictures figure { width: 11rem } img, svg { max-width: 100%; height: auto }
footer { border-top: 1px solid #999; margin-top: 2rem; padding-top: 0.5rem }
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html(page: Page) -> bytes:
    """The bytes of the file, UTF-8. Everything but drawings, which the program itself made, is escaped."""
    blocks = "\n".join(_told(block) for block in for_record(page))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(page.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{escape(page.title)}</h1>\n<p dir="auto">{escape(page.subtitle)}</p>\n'
        f'{blocks}\n<footer dir="auto">{escape(page.foot)}</footer>\n</body>\n</html>\n'
    ).encode()


@singledispatch
def _told(block: Block) -> str:
    raise TypeError(block)


@_told.register
def _heading(block: Heading) -> str:
    return _element(f"h{block.level + 1}", block.text)


@_told.register
def _paragraph(block: Paragraph) -> str:
    return _element("p", block.text, "quiet" if block.quiet else "")


@_told.register
def _points(block: Points) -> str:
    return f"<ul>{''.join(_element('li', item) for item in block.items)}</ul>"


@_told.register
def _facts(block: Facts) -> str:
    return f"<table>{''.join(_row('td', row) for row in block.rows)}</table>"


@_told.register
def _grid(block: Grid) -> str:
    kind = ' class="numbers"' if block.numbers else ""
    rows = "\n".join(_row("td", row) for row in block.rows)
    return f"<table{kind}><thead>{_row('th', block.head)}</thead><tbody>\n{rows}\n</tbody></table>"


@_told.register
def _drawing(block: Drawing) -> str:
    said = _element("figcaption", block.says)
    return f'<figure style="width: {block.share}%">{block.svg}{said}</figure>'


@_told.register
def _pictures(block: Pictures) -> str:
    return f'<div class="pictures">{"".join(_figure(each.jpeg, each.caption) for each in block.items)}</div>'


@_told.register
def _new_page(_block: NewPage) -> str:
    return "<hr>"


def _element(tag: str, text: str, kind: str = "") -> str:
    """Text of any script, in its own direction; what begins in Arabic script says so."""
    of = f' class="{kind}"' if kind else ""
    lang = ' lang="ar"' if begins_arabic(text) else ""
    return f'<{tag} dir="auto"{lang}{of}>{escape(text)}</{tag}>'


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(_element(tag, cell) for cell in cells)}</tr>"


def _figure(jpeg: bytes, caption: str) -> str:
    data = base64.b64encode(jpeg).decode("ascii")
    picture = f'<img alt="{escape(caption)}" src="data:image/jpeg;base64,{data}">'
    return f"<figure>{picture}{_element('figcaption', caption)}</figure>"
