"""The questions about what a photograph shows well enough to judge, and where its frame ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reviewer.domain.errors import NotAllowed
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.coverage import CoverageLevel, FramedView, View
from reviewer.domain.vocabulary.coverage_gaps import describe_framing, shorten_view_name
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.type_ahead import make_coverage_index
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.type_box import Option, Question, make_choice_question, narrow_options
from reviewer.services.reading.coverage import CoverageEditor

_LEVEL_NAMES = {
    CoverageLevel.ASSESSABLE: "assessable",
    CoverageLevel.LIMITED: "limited",
    CoverageLevel.NOT: "not assessable",
}
_SHORTEST_LEVEL, _MOST_REGIONS, _MOST_TOLD = 3, 12, 5
_CLEAR, _PREVIOUS, _CLOSE_UP, _MENU = "\0clear", "\0previous", "\0close-up", "\0menu "
_BEGIN, _TURN = "\0begin", "\0turn"
_CLOSE_UP_PLACE = 8
_TALL = 270
_PROMPT = "What does this photo show well enough to judge? A digit marks a view, Esc ends"


class CoverageQuestions:
    """Views by digit, several one after the other; single Regions by typing; where the frame cuts a view.

    The figures above the list show what is marked. A click on them marks a Region or a side of one, or says
    where the frame ends while that is asked.
    """

    def __init__(
        self,
        covering: CoverageEditor,
        maps: Sequence[MapPage],
        ask: Callable[[Question], None],
        guarded: Callable[[Callable[..., object]], Callable[..., None]],
        close: Callable[[], None],
    ) -> None:
        """`guarded` says what a person can mend instead of raising it; `close` ends what is asked."""
        self._covering, self._ask_in_box, self._close = covering, ask, close
        self._vocabulary = covering.vocabulary
        self._regions = make_coverage_index(self._vocabulary)
        figures = BodyMapWidget(maps, self._vocabulary.region_names)
        self.figures = BodyMapWithPages(figures)
        self.figures.setFixedHeight(_TALL)
        self._clicked: Callable[[str], None] = self._mark_clicked
        self._asked: Question | None = None
        figures.key_toggled.connect(guarded(lambda key: self._clicked(key)))

    def ask(self) -> None:
        """Ask for views and Regions; not of a photograph that cannot be seen."""
        self._covering.must_see()
        self.figures.body_map.show_page(self.figures.body_map.pages[0].key)
        self._ask(Question(_PROMPT, self._find, self._take, digits=True, stays=True), self._mark_clicked)

    def ask_frame(self) -> None:
        """Ask once more where the frame ends of the view that is marked; NotAllowed if none has an end."""
        self._covering.must_see()
        shown = self._covering.find_first_cuttable_view()
        if shown is None:
            raise NotAllowed(
                add_key(
                    "No view of the body is marked whose end could be said: mark one first", "coverage.mark"
                )
                + "."
            )
        self._ask_frame(shown)

    def _ask(self, question: Question, clicked: Callable[[str], None]) -> None:
        """Ask below the figures; `clicked` takes what is pointed at on them."""
        self._clicked = clicked
        self._show_marked()
        self._asked = replace(question, above=self.figures, aside=True, take=self._with_update(question.take))
        self._ask_in_box(self._asked)

    def _with_update(self, take: Callable[[str], object]) -> Callable[[str], None]:
        def taken(key: str) -> None:
            take(key)
            self._show_marked()

        return taken

    def _show_marked(self) -> None:
        self.figures.body_map.show_coverage(self._covering.reading.coverage)

    def _mark_clicked(self, key: str) -> None:
        """A click marks what is pointed at as assessable, or takes it out; the list says what is marked."""
        self._covering.set_level(key, CoverageLevel.ASSESSABLE)
        self._show_marked()
        if self._asked is not None:
            self._ask_in_box(self._asked)

    # views and single Regions

    def _take(self, key: str) -> None:
        if key == _CLEAR:
            self._covering.clear()
        elif key == _PREVIOUS:
            self._covering.copy_previous()
        elif key == _CLOSE_UP:
            self._ask_close_up()
        elif key.startswith(_MENU):
            self._ask_menu(key.removeprefix(_MENU))
        elif "\0" in key:
            region, level = key.split("\0")
            self._covering.set_level(region, CoverageLevel(level))
        else:
            self._take_view(key)

    def _take_view(self, key: str) -> None:
        """Mark a view, and ask where the frame ends if it can be cut; or take it out."""
        self._covering.toggle_view(key)
        shown = self._covering.extent_of(self._covering.view(key))
        if shown is not None and shown.view.bands:
            self._ask_frame(shown)

    def _ask_menu(self, menu: str) -> None:
        views = [view for view in self._vocabulary.views if view.menu == menu]
        page = next(
            (page_of_map for page_of_map in self.figures.body_map.pages if page_of_map.name == menu), None
        )
        if page is not None:
            self.figures.body_map.show_page(page.key)
        prompt = f"{menu}: which are shown well enough to judge? A digit marks them, Esc ends"
        question = Question(
            prompt,
            lambda typed: narrow_options([self._make_view_option(view) for view in views], typed),
            self._take,
            digits=True,
            stays=True,
        )
        self._ask(question, self._mark_clicked)

    def _ask_close_up(self) -> None:
        prompt = "Close-up: type each region that is shown well enough to judge, Esc ends"
        question = Question(
            prompt, lambda typed: self._list_regions(typed.casefold().split()), self._take, stays=True
        )
        self._ask(question, self._mark_clicked)

    def _find(self, typed: str) -> list[Option]:
        """Views first, as long as they fit what is typed; then single Regions, each at three levels."""
        wanted = typed.casefold().split()
        if not wanted:
            return self._list_menu()
        views = [
            self._make_view_option(view) for view in self._vocabulary.views if _matches(wanted, view.name)
        ]
        others = [
            Option(key, text)
            for key, text in ((_PREVIOUS, "as on the previous photo"), (_CLEAR, "clear: nothing is marked"))
            if _matches(wanted, text)
        ]
        return [*views, *self._list_regions(wanted), *others]

    def _list_menu(self) -> list[Option]:
        """What the digits choose: views, menus in the place of their first view, the close-up; then more."""
        options: dict[str, Option] = {}
        for view in self._vocabulary.views:
            if view.menu:
                names = [
                    shorten_view_name(sibling)
                    for sibling in self._vocabulary.views
                    if sibling.menu == view.menu
                ]
                said = f"{view.menu}: which"
                options.setdefault(view.menu, Option(_MENU + view.menu, said, f"{'; '.join(names)}."))
            else:
                options[view.key] = self._make_view_option(view)
        close_up = Option(
            _CLOSE_UP, "Close-up: regions one by one", "No view: only the regions that you name are marked."
        )
        listed = list(options.values())
        return [*listed[:_CLOSE_UP_PLACE], close_up, *listed[_CLOSE_UP_PLACE:]]

    def _list_regions(self, wanted: list[str]) -> list[Option]:
        if not wanted:
            return []
        levels = [level for level, name in _LEVEL_NAMES.items() if _is_level(wanted[-1], name)]
        words = wanted[:-1] if levels and len(wanted) > 1 else wanted
        return [
            Option(
                f"{match.key}\0{level}",
                _append_marked(
                    f"{match.name}: {_LEVEL_NAMES[level]}", self._covering.is_at(match.key, level)
                ),
                match.synonym,
                said=_format_typed(match.synonym or match.name, level, is_named=words is not wanted),
            )
            for match in self._regions.find(" ".join(words), _MOST_REGIONS)
            for level in (levels if words is not wanted else CoverageLevel)
        ]

    def _make_view_option(self, view: View) -> Option:
        """A view with the most of what it shows, the rest is on the figures; and how much of it is marked."""
        regions = regions_in_words(self._vocabulary, view.regions, most=_MOST_TOLD)
        detail = f"{shorten_view_name(view).capitalize()}: {regions}. Type a region to mark it by itself."
        shown = self._covering.extent_of(view)
        text = view.name if shown is None else f"{view.name}  (marked{_format_part(shown)})"
        return Option(view.key, text, detail)

    # where the frame ends

    def _ask_frame(self, shown: FramedView) -> None:
        """Ask how far down a view reaches; it is marked to its end already, so that Esc leaves it so."""
        prompt = f"{shown.view.name}: down to where is it in the frame? Esc or Enter: to its end"
        options = self._list_ends(shown)
        question = make_choice_question(prompt, options, lambda key: self._take_end(shown, key))
        self._ask(question, lambda key: self._take_clicked_end(shown, key))

    def _take_clicked_end(self, shown: FramedView, key: str) -> None:
        """A click on the figures says where the frame ends; beside the view it says nothing."""
        ways = [band.regions for way in shown.view.ways for band in way.bands]
        place = next((at % len(shown.view.bands) for at, regions in enumerate(ways) if key in regions), -1)
        if place >= shown.first:
            self._close()
            self._covering.set_extent(FramedView(shown.view, shown.first, place))

    def _list_ends(self, shown: FramedView) -> list[Option]:
        """The end of the view first, so that Enter takes it; then ends from above, and how else it lies."""
        bands, last = shown.view.bands, len(shown.view.bands) - 1
        places = [last, *range(shown.first, last)]
        detail = "What is cut through or lies beyond is not marked."
        ends = [
            Option(str(place), _format_end(bands[place].end, is_last=place == last), detail)
            for place in places
        ]
        if shown.view.other_way is not None:
            said = "not turned" if shown.view.is_turned else "turned: their other side shows"
            ends.append(
                Option(
                    _TURN,
                    f"Forearms and wrists {said}",
                    "As they are marked: "
                    + regions_in_words(self._vocabulary, [region for region, _other in shown.view.turned])
                    + ". Front is the side of the palm.",
                )
            )
        if len(bands) > 2:
            ends.append(Option(_BEGIN, "It begins lower: from where", "What lies above is not marked."))
        return ends

    def _take_end(self, shown: FramedView, key: str) -> None:
        view = shown.view
        if key == _BEGIN:
            self._ask_begin(shown)
        elif key == _TURN and view.other_way is not None:
            turned = FramedView(view.other_way, shown.first, shown.last)
            self._covering.set_extent(turned)
            self._ask_frame(turned)
        else:
            self._covering.set_extent(FramedView(view, shown.first, int(key)))

    def _ask_begin(self, shown: FramedView) -> None:
        prompt = f"{shown.view.name}: what is the uppermost that is whole in the frame?"
        options = [
            Option(str(place), f"{band.end}", "What lies above is not marked.")
            for place, band in enumerate(shown.view.bands[:-1])
        ]
        question = make_choice_question(prompt, options, lambda key: self._take_begin(shown, int(key)))
        self._ask(question, lambda _key: None)

    def _take_begin(self, shown: FramedView, first: int) -> None:
        begun = FramedView(shown.view, first, shown.last)
        self._covering.set_extent(begun)
        self._ask_frame(begun)


def _format_part(shown: FramedView) -> str:
    """ ", down to the knees", behind "marked"."""
    more = describe_framing(shown).removeprefix(shorten_view_name(shown.view)).removeprefix(",").strip()
    return f", {more}" if more else ""


def _format_end(end: str, *, is_last: bool) -> str:
    return f"All of it, down to {end}" if is_last else f"Down to {end}"


def _append_marked(text: str, marked: bool) -> str:
    return f"{text}  (marked)" if marked else text


def _format_typed(name: str, level: CoverageLevel, *, is_named: bool) -> str:
    """Return what to type for a Region at a level; the Region alone means assessable."""
    return name if level is CoverageLevel.ASSESSABLE and not is_named else f"{name} {_LEVEL_NAMES[level]}"


def _matches(wanted: Sequence[str], text: str) -> bool:
    words = text.casefold().replace(":", "").replace(",", "").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _is_level(typed: str, name: str) -> bool:
    return len(typed) >= _SHORTEST_LEVEL and name.startswith(typed)
