"""Which action does what on the individuals screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.individuals.doing import IndividualCommands
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.qt.look.window_settings import WindowSettings

_NAME = "individuals"


def bind_individuals(
    binder: ActionBinder, screen: IndividualsScreen, show: Callable[[str], None], taste: WindowSettings
) -> None:
    """Bind its actions; `show` brings a screen on, `taste` keeps which columns are shown."""
    doing = IndividualCommands(screen)
    table: dict[str, Callable[[], object]] = {
        "open": screen.open,
        "back": screen.back,
        "filter": screen.focus_filter,
        "sort": screen.choose_sorting,
        "columns": screen.choose_columns,
        "proposals": screen.choose_ground,
        "conflicts": screen.show_conflicts,
        "gaps": screen.toggle_gaps,
        "accept": doing.accept,
        "accept-all": doing.accept_all,
        "merge": doing.merge,
        "split": doing.split,
        "move": doing.move,
        "take-out": doing.take_out,
        "fact": doing.state,
        "withdraw": doing.withdraw,
        "decide": doing.decide,
        "evaluate": screen.evaluate,
        "sign": doing.sign,
        "withdraw-evaluation": doing.withdraw_evaluation,
        "note": doing.note,
    }
    for id_, work in table.items():
        binder.bind(f"individuals.{id_}", work)

    def open_card() -> None:
        show(_NAME)
        screen.open_shown()

    binder.bind("individual.card", open_card)
    screen.action_wanted.connect(binder.run)
    screen.use_columns(taste.columns(_NAME))
    screen.columns_changed.connect(lambda keys: taste.keep_columns(_NAME, keys))
    screen.reading.connect(lambda: show("read"))
