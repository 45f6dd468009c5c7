"""A report as blocks, whatever it is printed on: headings, sentences, tables, drawings, pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentHeading:
    """`level` 1 begins a part, 2 a section, 3 a paragraph."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A sentence or some; `quiet` ones are printed smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class BulletList:
    """Sentences one below the other, each with a dot."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyValues:
    """What is so: (name, value) one below the other. Values may be in any script."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DocumentTable:
    """A table with a head that is printed again on each page; the first column is text, the others numbers if
    `numbers`. `widths` are the parts of the page's width that each column takes."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: bool = True
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class DocumentDrawing:
    """A plot as SVG text; `says` is its text for readers who cannot see it; `share` is percent of the
    width."""

    svg: str
    says: str
    share: int = 100


@dataclass(frozen=True)
class DocumentPicture:
    """A photograph as a small JPEG, with what stands below it."""

    jpeg: bytes
    caption: str


@dataclass(frozen=True)
class DocumentPictureRow:
    """Photographs beside one another."""

    items: tuple[DocumentPicture, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class OwnText:
    """Room for the expert's own text under a heading. Only a form that can be edited has it."""

    heading: str
    level: int = 1


DocumentBlock = (
    DocumentHeading
    | Paragraph
    | BulletList
    | KeyValues
    | DocumentTable
    | DocumentDrawing
    | DocumentPictureRow
    | PageBreak
    | OwnText
)
OfRecord = (
    DocumentHeading
    | Paragraph
    | BulletList
    | KeyValues
    | DocumentTable
    | DocumentDrawing
    | DocumentPictureRow
    | PageBreak
)


@dataclass(frozen=True)
class Origin:
    """The case by name, how many entries of its ledger a report rests on, and the fingerprint after them."""

    case: str
    entries: int
    fingerprint: str


@dataclass(frozen=True)
class Document:
    """A whole report. `date` (ISO 8601, day) is that of the last entry it rests on, never of printing: the
    same input gives the same bytes. `foot` stands on each page; `origin` is said where that is not enough."""

    title: str
    subtitle: str
    date: str
    foot: str
    blocks: tuple[DocumentBlock, ...]
    origin: Origin | None = None


def list_blocks_for_record(page: Document) -> tuple[OfRecord, ...]:
    """List the blocks of the forms that are kept and signed: all but the room for the reader's own text."""
    return tuple(block for block in page.blocks if not isinstance(block, OwnText))
