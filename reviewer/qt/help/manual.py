"""The manual as the window shows it: pages in Markdown, what they are about, and a search over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.help.generated_pages import ABOUT, GLOSSARY, make_about_page, make_glossary_page
from reviewer.system.resources import find_resource

CONTENTS, RESULTS = "contents", "results"
SCREEN_LINK = "screen:"
ORDER = (
    "beginning",
    "reading",
    "against-bias",
    "gallery",
    "individuals",
    "cards",
    "records",
    "duplicates",
    "search",
    "statistics",
    "reports",
    "exports",
    "redaction",
    "court-pack",
    "view-only",
    "problems",
    "words",
    "command-line",
)
"""The pages of the manual, in the order of the contents."""
SECTIONS_OF_SCREENS = {
    "start": ("beginning", ""),
    "read": ("reading", ""),
    "gallery": ("gallery", "gallery"),
    "sort": ("gallery", ""),
    "compare": ("reading", "compare"),
    "individuals": ("individuals", ""),
    "cards": ("cards", ""),
    "records": ("records", ""),
    "statistics": ("statistics", ""),
    "ingest": ("beginning", "add-photographs"),
    "problems": ("problems", ""),
    "integrity": ("beginning", "whether-all-is-as-it-was"),
    "access": ("beginning", "who-has-access"),
    "made": ("exports", "what-was-made"),
    "settings": ("reading", "settings"),
}
"""Screen -> the page about it, and the heading there."""
SCREENS_IN_WORDS = {
    "start": "Cases",
    "individuals": "People, Individuals",
    "cards": "People, Cards",
    "records": "People, Records",
    "ingest": "Case, Ingest",
    "problems": "Case, Problems",
    "integrity": "Case, Integrity",
    "access": "Case, Access",
    "made": "Case, Made",
}
"""Where a screen stands on the rail, in the words of the window; others are called as here, capitalised."""
_COMMENTED = re.compile(r"<!-- keys begin -->.*?<!-- keys end -->", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_MOST_RESULTS = 12
_SNIPPET, _BEFORE = 110, 40


@dataclass(frozen=True)
class ManualSection:
    """What stands under one heading of a page; `heading` is that of the page for its beginning."""

    page: str
    page_title: str
    heading: str
    text: str

    @property
    def link(self) -> str:
        return f"{self.page}.md#{make_slug(self.heading)}"


@dataclass(frozen=True)
class ManualPage:
    """One page: `text` is Markdown without what only other readers of it need."""

    key: str
    text: str

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].lstrip("# ").strip()

    def list_sections(self) -> list[ManualSection]:
        found: list[ManualSection] = []
        for part in re.split(r"^(?=#+ )", self.text, flags=re.MULTILINE):
            heading, _end, body = part.partition("\n")
            if heading.strip():
                found.append(ManualSection(self.key, self.title, heading.lstrip("# ").strip(), body))
        return found


def make_slug(heading: str) -> str:
    """Make the anchor of a heading, as it is written in links to it."""
    kept = re.sub(r"[^\w\- ]", "", heading.casefold())
    return kept.strip().replace(" ", "-")


@cache
def load_pages() -> dict[str, ManualPage]:
    """Load every page by its key, those that are made from the vocabulary and from the program too."""
    pages = {}
    for key in ORDER:
        text = find_resource("manual", f"{key}.md").read_text(encoding="utf-8")
        pages[key] = ManualPage(key, _prepare(text))
    pages[GLOSSARY] = ManualPage(GLOSSARY, make_glossary_page())
    pages[ABOUT] = ManualPage(ABOUT, make_about_page())
    return pages


def find_section_of_screen(screen: str) -> tuple[str, str]:
    """The page about a screen and the heading there; the contents where there is none."""
    return SECTIONS_OF_SCREENS.get(screen, (CONTENTS, ""))


def find_screens_of_page(page: str) -> list[str]:
    """The screens that a page is about."""
    return [screen for screen, (key, _heading) in SECTIONS_OF_SCREENS.items() if key == page]


def name_screen(screen: str) -> str:
    """Return what a screen is called in the window: its entry on the rail, and its tab there."""
    return SCREENS_IN_WORDS.get(screen, screen.capitalize())


def _prepare(text: str) -> str:
    """Leave out the long table of keys, pictures, and links that lead out of the manual."""
    text = _COMMENTED.sub("The keys of the screen that is on stand on one sheet: press `?`.", text)
    text = _PICTURE.sub("", text)
    return name_keys(_LINK.sub(_keep_link_within, text))


def _keep_link_within(link: re.Match[str]) -> str:
    words, target = link.groups()
    page = target.partition("#")[0]
    known = {f"{key}.md" for key in (*ORDER, GLOSSARY)} | {""}
    return link.group() if page in known or target.startswith(SCREEN_LINK) else words


def make_contents() -> str:
    """The contents as a page."""
    pages = load_pages().values()
    rows = "\n".join(f"- [{page.title}]({page.key}.md)" for page in pages)
    return f"# Contents\n\n{rows}\n"


def search_manual(words: str) -> str:
    """A page of what was found: sections that have all the words, or those that have the most of them."""
    wanted = words.casefold().split()
    sections = [section for page in load_pages().values() for section in page.list_sections()]
    scored = [(_count_words(section, wanted), section) for section in sections]
    full = [section for (count, _in_heading), section in scored if count == len(wanted)]
    full.sort(key=lambda section: -_count_words(section, wanted)[1])
    if full:
        rows = "\n\n".join(_describe_hit(section, wanted[0]) for section in full[:_MOST_RESULTS])
        return f"# Found\n\n{rows}\n"
    near = sorted((entry for entry in scored if entry[0][0]), key=lambda entry: entry[0], reverse=True)[:3]
    said = "No section has all of these words."
    rows = "\n\n".join(_describe_hit(section, "") for _score, section in near)
    return f"# Nothing found\n\n{said}\n\n{rows or '[Contents](contents.md)'}\n"


def _count_words(section: ManualSection, wanted: list[str]) -> tuple[int, int]:
    """How many of the words a section has, and how many its headings have."""
    heading = f"{section.page_title} {section.heading}".casefold()
    text = f"{heading} {section.text.casefold()}"
    return sum(word in text for word in wanted), sum(word in heading for word in wanted)


def _describe_hit(section: ManualSection, word: str) -> str:
    """The name of a section, which leads there, and below it some of its words around what was typed."""
    shown = _cut_excerpt(_strip_markdown(section.text), word).replace("_", r"\_")
    named = (
        section.heading
        if section.heading == section.page_title
        else f"{section.page_title}: {section.heading}"
    )
    return f"[{named}]({section.link})\n\n{shown}"


def _strip_markdown(text: str) -> str:
    """The words alone: no signs of lists, tables, links and type."""
    without_links = _LINK.sub(lambda link: link.group(1), text)
    without_lists = re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", without_links, flags=re.MULTILINE)
    return " ".join(re.sub(r"[#*`|>]|-{3,}", " ", without_lists).split())


def _cut_excerpt(plain: str, word: str) -> str:
    """Some whole words around the first place of `word`; what is left out is marked."""
    at = max(0, plain.casefold().find(word)) if word else 0
    start = plain.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    end = start + _SNIPPET
    end = len(plain) if end >= len(plain) else max(plain.rfind(" ", start, end), start)
    return f"{'… ' if start else ''}{plain[start:end].strip(' ,;')}{' …' if end < len(plain) else ''}"
