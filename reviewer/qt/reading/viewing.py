"""What can be done to the view of the photograph on screen, and how that is told and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.viewed_area import ViewedArea
from reviewer.domain.reading.enhancement import TOOLS, EnhancementChain, EnhancementTool, make_default_step
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.tools import NEUTRAL_SPOT_TOOL
from reviewer.qt.canvas.view_transform import ViewTransform
from reviewer.qt.reading.info_line import InfoLine
from reviewer.qt.reading.looking import ViewState
from reviewer.qt.reading.picture_feed import PictureFeed
from reviewer.qt.widgets.type_box import Option, Question, make_text_question
from reviewer.services.account import presets
from reviewer.services.pictures.enhancer import compute_white_balance_gains
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight

_SEEN_KEPT = 200


class ViewController:
    """Knows the canvas, the steps and the Reader; asks in the type box."""

    def __init__(
        self,
        reader: Reader,
        canvas: PhotoCanvas,
        feed: PictureFeed,
        looking: ViewState,
        info: InfoLine,
        ask: Callable[[Question], None],
    ) -> None:
        self._reader, self._canvas, self._feed = reader, canvas, feed
        self._looking, self._info, self._ask = looking, info, ask
        self._seen: OrderedDict[tuple[str, int], ViewedArea] = OrderedDict()
        reader.shown, reader.sight = self.recipe, self.sight
        canvas.view_changed.connect(self.tell_view)
        canvas.interrupted.connect(lambda: looking.hold(False))
        looking.changed.connect(self.tell_view)

    def tell_view(self) -> None:
        """Scale, turn and lock in the line below."""
        chain, _care = self._looking.treatment
        view, seen = self._canvas.view, self._canvas.seen.permille
        self._info.show_view(view.scale, view.angle, self._canvas.locked, not chain.active, seen)

    def get_seen(self, photo: str, page: int, size: tuple[int, int]) -> ViewedArea:
        """What was on screen of a picture of a Photo's file at 100 %, in this sitting."""
        if (photo, page) not in self._seen:
            while len(self._seen) >= _SEEN_KEPT:
                self._seen.popitem(last=False)
            self._seen[photo, page] = ViewedArea(*size)
        return self._seen[photo, page]

    def sight(self, photo: str) -> Sight:
        """How a Photo (SHA-256) is seen now: only the one the Reader is at can be on this screen."""
        return self._canvas.sight() if photo and photo == self._reader.sha256 else Sight.AWAY

    def recipe(self) -> ViewSettings | None:
        """Return how the photograph on screen is shown now; None if none is seen."""
        layer, canvas = self._canvas.shown_layer(), self._canvas
        if layer is None or layer is PictureLayer.PREVIEW:
            return None
        chain, care = self._feed.shown
        pixmap = canvas.layers.pixmap(layer)
        return ViewSettings(
            scale=round(canvas.view.scale * 1_000_000),
            x=round(canvas.view.x * 1000),
            y=round(canvas.view.y * 1000),
            angle=round(canvas.view.angle * 100),
            viewport=canvas.window_box,
            picture=(pixmap.width(), pixmap.height()),
            ratio=round(canvas.devicePixelRatioF() * 1000),
            chain=chain,
            care=care or ("small" if self._looking.is_small else ""),
            seen=canvas.seen.permille,
            engine=self._feed.engine if chain.active or care else "",
            page=self._reader.pages.page,
        )

    def show_as_found(self) -> None:
        """Zoom, place, turn and steps as they were when the selected Finding was made."""
        recipe = self._reader.require_selected().display_recipe
        if recipe is None:
            raise NotAllowed("How the photograph was shown was not kept for this finding.")
        self._reader.pages.turn_to(recipe.page)
        self._looking.restore(recipe.chain, recipe.care)
        view = ViewTransform(recipe.scale / 1e6, recipe.x / 1000, recipe.y / 1000, recipe.angle / 100)
        self._canvas.look_at(view)
        other = "" if recipe.viewport == self._canvas.window_box else " The window had another size."
        self._reader.say(f"Shown as when it was found: {recipe.in_words()}.{other}")

    # steps

    def ask_for_step(self) -> None:
        def find(typed: str) -> Sequence[Option]:
            return [
                Option(tool.key, _format_tool(tool), tool.note)
                for tool in TOOLS
                if _matches(typed, tool.name)
            ]

        prompt = "Add a step to the view (the file is never changed)"
        self._ask(Question(prompt, find, self.add_step, ahead=True))

    def add_step(self, key: str) -> None:
        self._looking.set_chain(self._looking.chain.add_step(make_default_step(key)))

    def back_to_original(self) -> None:
        if not self._looking.chain.active:
            raise NotAllowed("The photograph is shown as it is.")
        self._looking.toggle_off()

    def hold_original(self) -> None:
        """The photograph as it is, until the key is let go, or until this is chosen again."""
        self._looking.hold(not self._looking.is_held)

    def begin_neutral(self) -> None:
        self._canvas.set_tool(NEUTRAL_SPOT_TOOL)
        self._reader.say("Click something that is grey or white. Esc ends.")

    def take_neutral(self, x: float, y: float) -> None:
        """White balance from the spot at (`x`, `y`), shares of the upright photograph."""
        picture = self._feed.original()
        if picture is None:
            raise NotAllowed("The photograph is not there yet.")
        step = make_default_step("white-balance")
        for key, gain in compute_white_balance_gains(picture, x, y).items():
            step = step.with_value(key, gain)
        chain = self._looking.chain
        places = [place for place, earlier in enumerate(chain.steps) if earlier.tool == step.tool]
        self._looking.set_chain(chain.replace_step(places[0], step) if places else chain.add_step(step))
        self._canvas.set_tool(None)

    # presets

    def ask_preset_name(self) -> None:
        if not self._looking.chain.steps:
            raise NotAllowed("There is no step to keep.")

        def keep(name: str) -> None:
            presets.save_preset(name, self._looking.chain)
            self._reader.say(f"Kept as {name}.")

        self._ask(make_text_question("Keep these steps under which name?", keep))

    def ask_for_preset(self) -> None:
        kept = presets.load_presets()
        if not kept:
            raise NotAllowed(
                add_key("No steps are kept yet: keep the present ones first", "enhance.keep-preset") + "."
            )

        def find(typed: str) -> Sequence[Option]:
            return [
                Option(name, name, chain.in_words()) for name, chain in kept.items() if _matches(typed, name)
            ]

        self._ask(
            Question("Use which steps?", find, lambda name: self._looking.set_chain(kept[name]), ahead=True)
        )

    # care and what was seen

    def clear_care(self) -> None:
        """Lift for this photograph whatever the reader asked each one to begin with."""
        cleared = self._looking.clear()
        if not cleared and not (self._canvas.covered and self._looking.starts_covered):
            raise NotAllowed("This photograph is not softened.")
        self._canvas.small = False
        self._canvas.set_covered(False)
        if cleared:
            self._canvas.fit()

    def toggle_unseen(self) -> None:
        shown = not self._canvas.unseen_shown
        self._canvas.show_unseen(shown)
        share = self._canvas.seen.permille // 10
        hatched = "Hatched: never on screen at 100 %." if shown else "The hatching is gone."
        self._reader.say(f"{share} % of this photograph was on screen at 100 %. {hatched}")

    def use(self, chain: EnhancementChain) -> None:
        self._looking.set_chain(chain)


def _format_tool(tool: EnhancementTool) -> str:
    return f"{tool.name} (exploration only)" if tool.exploring else tool.name


def _matches(typed: str, name: str) -> bool:
    return all(word in name.casefold() for word in typed.casefold().split())
