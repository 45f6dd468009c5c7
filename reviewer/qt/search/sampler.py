"""Planning and drawing a sample: from what, of what, how many, by which strata, under which seed and name.

Each question shows what its answer means before it is given: how exactly a share will be told, or how many
are needed for that. A sample is drawn in a job and kept as a list; nothing is kept before it has a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from reviewer.domain.commands.saved_lists import find_list
from reviewer.domain.search import sampling
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.saved import SavedLists
from reviewer.qt.search.wording import format_photographs
from reviewer.qt.widgets.type_box import Option, Question, make_text_question, narrow_options
from reviewer.services.search import search
from reviewer.services.search.sampling import (
    STRATUM_FIELDS,
    CaseSample,
    Population,
    SampleRequest,
    SampleUnit,
    count_population,
    draw_sample,
)

_POINTS = (2, 3, 5, 10)
_SIZE, _SEED = re.compile(r"[0-9]{1,7}"), re.compile(r"[0-9]{1,15}")
_MARGIN_TYPED = re.compile(r"(?:\+-|±)?\s*([0-9]{1,2}(?:\.[0-9])?)\s*%(?:\s+([0-9]{1,2})\s*%?)?")
_ALL = "all"
_STRATA_NAMES = {
    "age": "apparent age",
    "branch": "branch number",
    "camera": "camera",
    "category": "category",
    "folder": "folder",
    "month": "month taken",
    "sex": "sex",
    "source": "source",
    "state": "state of your reading",
    "year": "year taken",
}


class Sampler:
    """Asks one question after the other over the screen that is on; Esc at any of them keeps nothing."""

    def __init__(self, finder: Finder, lists: SavedLists) -> None:
        self._finder, self._lists = finder, lists
        self._case, self._examiner = finder.desk.case, finder.desk.examiner.id

    def begin(self) -> None:
        """From which photographs? Everything, the last query, or a query that is typed."""
        last = self._finder.text

        def find(typed: str) -> list[Option]:
            if typed.strip():
                return [Option(typed, f"What this query finds: {typed}")]
            offered = [Option(last, f"What the last query finds: {last}")] if last else []
            return [Option(_ALL, "All photographs of the case"), *offered]

        self._ask("Draw a sample from what? Or type a query", find, self._ask_unit)

    def _ask_unit(self, query: str) -> None:
        text = "" if query == _ALL else query
        options = [
            Option(
                str(SampleUnit.INDIVIDUALS), "Individuals", "All photographs of each that the query finds."
            ),
            Option(str(SampleUnit.PHOTOS), "Photographs", "Each photograph by itself."),
        ]

        def take(key: str) -> None:
            unit = SampleUnit(key)
            self._finder.ask(
                "sample", lambda: count_population(self._case, self._examiner, text, unit), self._ask_size
            )

        self._ask("Draw what?", lambda typed: narrow_options(options, typed), take, digits=True)

    def _ask_size(self, there: Population) -> None:
        left = f" {format_photographs(there.left_out)} of no individual left out." if there.left_out else ""
        self._ask(
            f"{format_units(there.units, there.of)}.{left} How "
            "many? Or 5% for ±5 points, 5% 90 if about 90 %",
            lambda typed: list_sizes(typed, there),
            lambda key: self._ask_strata(there, _request_from_key(key, there)),
        )

    def _ask_strata(self, there: Population, wish: SampleRequest) -> None:
        options = [Option("", "Without strata", "Simply at random.")]
        for field in STRATUM_FIELDS:
            if field in _STRATA_NAMES:
                options += [
                    Option(field, f"By {_STRATA_NAMES[field]}", "From each in proportion to its size."),
                    Option(f"={field}", f"By {_STRATA_NAMES[field]}, as many of each", "Small ones whole."),
                ]

        def take(key: str) -> None:
            self._ask_seed(replace(wish, by=key.lstrip("="), equal=key.startswith("=")), there)

        self._ask("By strata?", lambda typed: narrow_options(options, typed), take)

    def _ask_seed(self, wish: SampleRequest, there: Population) -> None:
        def find(typed: str) -> list[Option]:
            text = typed.strip()
            if not text:
                return [Option("", "A new seed", "Kept with the sample, so that anybody can draw it again.")]
            if _SEED.fullmatch(text):
                return [Option(text, f"Seed {text}", "The same seed draws the same sample.")]
            return [Option("", typed, "A seed is a whole number of at most 15 digits.", enabled=False)]

        def take(key: str) -> None:
            chosen = replace(wish, seed=int(key)) if key else wish
            self._finder.ask(
                "sample",
                lambda: draw_sample(self._case, self._examiner, chosen),
                lambda drawn: self._ask_name(drawn, there),
            )

        self._ask("Which seed?", find, take)

    def _ask_name(self, drawn: CaseSample, there: Population) -> None:
        strata = f", {len(drawn.strata)} strata" if drawn.strata else ""
        prompt = (
            f"{drawn.units:,} of {format_units(drawn.population, there.of)}{strata}, "
            f"{format_photographs(len(drawn.photos))}, seed {drawn.seed}. Keep them under which name?"
        )

        def keep(name: str) -> None:
            self._lists.keep(
                lambda _there: drawn.make_draft(self._case, name),
                f"The sample {name} is drawn: {format_photographs(len(drawn.photos))}.",
                lambda: self._open_list(name),
            )

        box = self._finder.make_box()
        box.ask(make_text_question(prompt, keep))

    def _open_list(self, name: str) -> None:
        finder = self._finder
        finder.ask(
            "lists",
            lambda: find_list(search.load_lists(self._case), name.strip()).photos,
            lambda photos: finder.show_photos(photos, name, f"it is in the list {name}", finder.show_found),
        )

    def _ask(
        self,
        prompt: str,
        find: Callable[[str], Sequence[Option]],
        take: Callable[[str], None],
        digits: bool = False,
    ) -> None:
        self._finder.make_box().ask(Question(prompt, find, take, digits=digits))


def format_units(count: int, of: SampleUnit) -> str:
    if of is SampleUnit.PHOTOS:
        return format_photographs(count)
    return "1 individual" if count == 1 else f"{count:,} individuals"


def list_sizes(typed: str, there: Population) -> list[Option]:
    """What a typed size means; nothing typed: what the usual exactnesses need. Keys are read by `_wish`."""
    text = " ".join(typed.split())
    if not text:
        return [_make_margin_option(points, 50, there) for points in _POINTS]
    if _SIZE.fullmatch(text) and int(text):
        size = min(int(text), there.units)
        told = sampling.compute_half_width(size, there.units) * 100
        means = f"A share is told to ±{told:.1f} points at 95 %, if it is about 50 %; else more exactly."
        return [Option(f"{size}", f"{size:,} of {format_units(there.units, there.of)}", means)]
    found = _MARGIN_TYPED.fullmatch(text)
    if found and float(found[1]) and (found[2] is None or int(found[2])):
        return [_make_margin_option(float(found[1]), int(found[2] or 50), there)]
    return [Option("", typed, "A number such as 138, or 5% for ±5 points, or 5% 90.", enabled=False)]


def _make_margin_option(points: float, expected: int, there: Population) -> Option:
    needed = sampling.compute_sample_size(points / 100, there.units, expected / 100)
    return Option(
        f"{points:g}% {expected}",
        f"±{points:g} points: {needed:,} of {format_units(there.units, there.of)}",
        f"Tells a share of about {expected} % to ±{points:g} points at 95 % (Cochran, finite population).",
    )


def _request_from_key(key: str, there: Population) -> SampleRequest:
    points, percent, expected = key.partition("%")
    if not percent:
        return SampleRequest(there.query, size=int(key), of=there.of)
    return SampleRequest(there.query, within=float(points) / 100, expected=int(expected) / 100, of=there.of)
