"""A sheet of SVG on which plots are drawn: text, filled shapes and lines, in whole steps and a fixed order.

Only what every reader of SVG draws alike is used (no patterns, clips or style sheets): the same text goes to
the window, into a PDF and into a page. Widths of text are estimated for a font of one width, as in print, and
for the wider letters of others; hatching is made of lines that end at the edge of the shape.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reviewer.domain.vocabulary.body_map import polygon_contains

FONTS = "DejaVu Sans Mono, DejaVu Sans, sans-serif"
FONT_SIZE, LINE_HEIGHT = 11.0, 14.0
# Advances in parts of the size: in DejaVu Sans Mono every sign is 0.602 wide, in DejaVu Sans these are wider.
_MONO, _LETTER, _CAPITAL, _WIDEST = 0.602, 0.636, 0.79, 1.0
_NARROW, _WIDE = frozenset(" .,:;'!|()[]/-ijltfrI"), frozenset("MWmw%@…—")
_HATCH = 5.0
_ISOLATE, _POP = "\u2068", "\u2069"
PlotPoints = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class HitArea:
    """Where a figure was drawn, in the units of its picture; `shape` where it is no rectangle."""

    key: str
    x: float
    y: float
    width: float
    height: float
    shape: tuple[tuple[float, float], ...] = ()

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        within = self.x <= x < self.x + self.width and self.y <= y < self.y + self.height
        return within and (not self.shape or polygon_contains(self.shape, x, y))


@dataclass(frozen=True)
class Plot:
    """A drawing of `width` by `height` units (pixels at 100 %), and where its figures are in it."""

    svg: str
    width: int
    height: int
    places: tuple[HitArea, ...]

    def at(self, x: float, y: float) -> str:
        """Return the key of the figure under a point, of the smallest where several overlap; "" outside
        all."""
        found = [place for place in self.places if place.contains(x, y)]
        return min(found, key=lambda place: place.width * place.height).key if found else ""


@dataclass(frozen=True)
class PlotColours:
    """Colours, `#rrggbb`. They differ in lightness, so that they hold in grey and for every eye."""

    paper: str
    text: str
    quiet: str
    line: str
    present: str
    absent: str
    untold: str


PRINT_COLOURS = PlotColours("#ffffff", "#1a1a1a", "#565656", "#8c8c8c", "#262626", "#c6c6c6", "#6e6e6e")


def measure_text_width(text: str) -> float:
    """How wide a text is at most; wide scripts count twice, signs that join the one before not at all."""
    return sum(_measure_character(sign) for sign in text) * FONT_SIZE


def _measure_character(sign: str) -> float:
    if sign in _NARROW:
        return _MONO
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 2 * _MONO
    if sign in _WIDE:
        return _WIDEST
    return _CAPITAL if sign.isupper() else _LETTER


def wrap_text(text: str, room: float) -> list[str]:
    """The text in lines that fit `room`; a word that is longer is broken."""
    lines, line = [], ""
    for word in clean_svg_text(text).split():
        longer = f"{line} {word}" if line else word
        if measure_text_width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _break_word(word, room)
        lines.extend(full)
    return [*lines, line]


def shorten_text(text: str, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than `room`."""
    text = " ".join(clean_svg_text(text).split())
    if measure_text_width(text) <= room:
        return text
    while text and measure_text_width(text + "…") > room:
        text = text[:-1]
    return text + "…"


def _break_word(word: str, room: float) -> list[str]:
    pieces, piece = [], ""
    for sign in word:
        if piece and measure_text_width(piece + sign) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def clean_svg_text(text: str) -> str:
    """Without signs that XML refuses, and without marks that turn the direction of what follows."""
    kept = []
    for sign in text:
        kind = unicodedata.category(sign)
        turning = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
        if kind in {"Cc", "Zl", "Zp"}:
            kept.append(" ")
        elif not turning:
            kept.append("\ufffd" if kind == "Cs" or sign in "\ufffe\uffff" else sign)
    return "".join(kept)


def mix_shade(ink: PlotColours, part: float) -> str:
    """A colour between paper (0) and `present` (1), by equal steps of each channel."""
    pairs = zip(_parse_colour(ink.paper), _parse_colour(ink.present), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _parse_colour(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


class SvgSheet:
    """Takes what is drawn, in order; `plot` closes it."""

    def __init__(self, ink: PlotColours) -> None:
        self.ink = ink
        self._drawn: list[str] = []
        self._places: list[HitArea] = []

    def place(self, place: HitArea) -> None:
        self._places.append(place)

    def text(self, x: float, y: float, text: str, *, quiet: bool = False, anchor: str = "start") -> None:
        """One line; `y` is its base line. `anchor` is start, middle or end."""
        text = clean_svg_text(text)
        if any(unicodedata.bidirectional(sign) in {"R", "AL", "AN"} for sign in text):
            text = f"{_ISOLATE}{text}{_POP}"
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        colour = self.ink.quiet if quiet else self.ink.text
        self._drawn.append(
            f'<text x="{_format_number(x)}" y="{_format_number(y)}"{at} fill="{colour}">{escape(text)}</text>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> None:
        if width <= 0:
            return
        stroke = f' stroke="{edge}" stroke-width="0.8"' if edge else ""
        size = f'width="{_format_number(width)}" height="{_format_number(height)}"'
        self._drawn.append(
            f'<rect x="{_format_number(x)}" y="{_format_number(y)}" {size} fill="{fill}"{stroke}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0) -> None:
        ends = (
            f'x1="{_format_number(x1)}" y1="{_format_number(y1)}" '
            f'x2="{_format_number(x2)}" y2="{_format_number(y2)}"'
        )
        self._drawn.append(f'<line {ends} stroke="{colour}" stroke-width="{_format_number(width)}"/>')

    def polygon(self, points: PlotPoints, fill: str, edge: str) -> None:
        corners = " ".join(f"{_format_number(x)},{_format_number(y)}" for x, y in points)
        self._drawn.append(f'<polygon points="{corners}" fill="{fill}" stroke="{edge}" stroke-width="0.6"/>')

    def draw_hatching(self, points: PlotPoints, colour: str) -> None:
        """Lines rising to the right within a closed shape, none beyond its edge."""
        steps = "".join(
            f"M{_format_number(a)},{_format_number(b)}L{_format_number(c)},{_format_number(d)}"
            for a, b, c, d in compute_hatch_lines(points)
        )
        if steps:
            self._drawn.append(f'<path d="{steps}" stroke="{colour}" stroke-width="0.9" fill="none"/>')

    def draw_inconclusive(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a rectangle for inconclusive units: paper, hatched, with an edge."""
        if width <= 0:
            return
        self.draw_hatching(
            [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], self.ink.untold
        )
        self.box(x, y, width, height, "none", self.ink.untold)

    def make_plot(self, title: str, width: float, height: float) -> Plot:
        """The finished drawing; the title is for those who cannot see it."""
        wide, tall = round(width + 0.499), round(height + 0.499)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
            f'viewBox="0 0 {wide} {tall}" role="img" font-family={quoteattr(FONTS)} '
            f'font-size="{_format_number(FONT_SIZE)}">'
            f"<title>{escape(clean_svg_text(title))}</title>"
            f'<rect x="0" y="0" width="{wide}" height="{tall}" fill="{self.ink.paper}"/>'
        )
        return Plot(f"{head}{''.join(self._drawn)}</svg>\n", wide, tall, tuple(self._places))


def compute_hatch_lines(points: PlotPoints) -> Iterable[tuple[float, float, float, float]]:
    """Where lines x + y = k cross the shape, by the even-odd rule; k in steps, so that neighbours fit."""
    sums = [x + y for x, y in points]
    step = int(min(sums) // _HATCH) + 1
    while step * _HATCH < max(sums):
        k = step * _HATCH + 0.013  # beside whole corners, where a line would touch and not cross
        crossings = []
        for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
            one, other = x1 + y1 - k, x2 + y2 - k
            if (one > 0) != (other > 0):
                crossings.append(x1 + (x2 - x1) * one / (one - other))
        crossings.sort()
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            yield left, k - left, right, k - right
        step += 1


def _format_number(number: float) -> str:
    """At most two places, without noughts at the end, and never "-0"."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
