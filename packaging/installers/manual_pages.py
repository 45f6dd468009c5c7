"""The manual on paper and in a browser: a page of HTML and a PDF, from `docs/manual` and the vocabulary.

Both are whole (nothing is fetched) and the same bytes for the same manual.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from own_wheel import ROOT

from reviewer.qt.help.generated_pages import GLOSSARY, make_glossary_page
from reviewer.qt.help.manual import ORDER, make_slug
from reviewer.services.report.typesetting import compile_typst

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #1d232a; background: #ffffff; } h1 { margin-top: 3rem; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid #b9c0c8; padding: .3rem .5rem; text-align: left; vertical-align: top; }
code { background: #eef0f3; padding: 0 .2rem; } pre { background: #eef0f3; padding: .7rem; overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { background: #16191d; color: #e3e6ea; }
code, pre { background: #262b31; } a { color: #8fb8ff; } }
"""
_HEAD = """#set document(title: [{title}], date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a4", margin: 2.2cm, numbering: "1")
#set text(font: "Amiri", size: 10.5pt, lang: "en")
#set table(stroke: 0.4pt, inset: 4pt)
#set par(leading: 0.6em)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); it }}
#show raw: set text(font: "Amiri")
#text(size: 22pt)[{title}]
#outline(depth: 1, title: none)
"""


def read_pages(root: Path = ROOT) -> dict[str, str]:
    """The pages of the manual in their order, as Markdown, and the glossary of terms at the end."""
    pages = {key: (root / "docs" / "manual" / f"{key}.md").read_text("utf-8") for key in ORDER}
    pages[GLOSSARY] = make_glossary_page()
    return {key: re.sub(r"<!--.*?-->", "", text) for key, text in pages.items()}


def write_manual(into: Path, version: str, when: int, root: Path = ROOT) -> list[Path]:
    """Write `manual.html` and `manual.pdf` into a folder; `when` in seconds since 1970 stands in the PDF."""
    pages = {key: _parse(text) for key, text in read_pages(root).items()}
    title = f"reviewer {version}: the manual"
    into.mkdir(parents=True, exist_ok=True)
    (into / "manual.html").write_text(make_html(pages, title), "utf-8")
    (pdf,) = compile_typst(
        {"main.typ": make_typst(pages, title, when).encode()}, format="pdf", timestamp=when
    )
    (into / "manual.pdf").write_bytes(pdf)
    return [into / "manual.html", into / "manual.pdf"]


def _parse(text: str) -> list[Token]:
    """The tokens of a page. Links out of the manual, and pictures, become their words."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for token in tokens:
        if token.children:
            token.children = [child for child in token.children if child.type != "image"]
    return tokens


def _find_anchor(page: str, target: str, pages: Sequence[str]) -> str:
    """Where a link within the manual leads in the one page; "" where it leads out of it."""
    named, _sign, heading = target.partition("#")
    key = named.removesuffix(".md") if named else page
    if key not in pages or "/" in named:
        return ""
    return f"{key}--{heading}" if heading else key


def make_html(pages: dict[str, list[Token]], title: str) -> str:
    """The manual as one page that needs nothing beside it."""
    renderer = MarkdownIt("commonmark").enable("table")
    listed, bodies = [], []
    for key, tokens in pages.items():
        listed.append(f'<li><a href="#{key}">{html.escape(_find_title(tokens))}</a></li>')
        _lead_links(key, tokens, list(pages))
        first = True
        for place, token in enumerate(tokens):
            if token.type == "heading_open":
                slug = make_slug(tokens[place + 1].content)
                token.attrSet("id", key if first else f"{key}--{slug}")
                first = False
        bodies.append(str(renderer.renderer.render(tokens, renderer.options, {})))
    contents = f"<ul>{''.join(listed)}</ul>"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><p>{html.escape(title)}</p>{contents}\n"
        + "\n".join(bodies)
        + "</body></html>\n"
    )


def _find_title(tokens: Sequence[Token]) -> str:
    return next(
        tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"
    )


def _lead_links(page: str, tokens: Sequence[Token], keys: Sequence[str]) -> None:
    """Let links lead to places in the one page, and those out of the manual to the page they stand on."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                anchor = _find_anchor(page, str(child.attrGet("href")), keys)
                child.attrSet("href", f"#{anchor or page}")


def make_typst(pages: dict[str, list[Token]], title: str, when: int) -> str:
    """The manual in Typst: every word goes in as a string, never as markup."""
    day = datetime.fromtimestamp(when, UTC)
    head = _HEAD.format(title=f"#{_quote(title)}", year=day.year, month=day.month, day=day.day)
    return head + "\n".join(_set_blocks(tokens) for tokens in pages.values())


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


_OPENED = {
    "paragraph_open": "#par[",
    "bullet_list_open": "#list(",
    "ordered_list_open": "#enum(",
    "list_item_open": "[",
    "blockquote_open": "#quote(block: true)[",
    "strong_open": "#strong[",
    "em_open": "#emph[",
    "link_open": "#text[",
}
_CLOSED = {
    "paragraph_close": "]\n",
    "bullet_list_close": ")\n",
    "ordered_list_close": ")\n",
    "list_item_close": "],",
    "blockquote_close": "]\n",
    "strong_close": "]",
    "em_close": "]",
    "link_close": "]",
    "heading_close": "]\n",
    "table_close": ")\n",
    "th_close": "],",
    "td_close": "],",
}


def _set_blocks(tokens: Sequence[Token]) -> str:
    made = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            made.append(f"#heading(level: {token.tag[1:]})[")
        elif token.type == "table_open":
            made.append(_open_table(tokens, place))
        elif token.type in ("th_open", "td_open"):
            made.append("[")
        elif token.type in ("fence", "code_block"):
            made.append(f"#raw(block: true, {_quote_lines(token.content)})\n")
        elif token.type == "inline":
            made.append("".join(_set_inline(child) for child in token.children or ()))
        else:
            made.append(_OPENED.get(token.type) or _CLOSED.get(token.type, ""))
    return "".join(made)


def _open_table(tokens: Sequence[Token], place: int) -> str:
    """A table whose columns share the width; long ones get more of it."""
    widths: list[int] = []
    column = 0
    for token in tokens[place:]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            column = 0
        elif token.type == "inline":
            widths += [0] * (column + 1 - len(widths))
            widths[column] = max(widths[column], min(len(token.content), 60), 8)
            column += 1
    shares = ", ".join(f"{width}fr" for width in widths)
    return f"#table(columns: ({shares},),"


def _set_inline(token: Token) -> str:
    if token.type == "code_inline":
        return f"#raw({_quote(token.content)})"
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "text":
        return f"#{_quote(token.content)}" if token.content else ""
    return _OPENED.get(token.type) or _CLOSED.get(token.type, "")


def _quote_lines(text: str) -> str:
    escaped = text.rstrip("\n").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
