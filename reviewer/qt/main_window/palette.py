"""Any action by its name: the palette is a view of the list of actions."""

from __future__ import annotations

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.widgets.type_box import Option, Question, TypeBox


def ask_command(box: TypeBox, binder: ActionBinder, keymap: Keymap) -> None:
    def find(typed: str) -> list[Option]:
        wanted = typed.casefold().split()
        found = [
            Option(
                spec.id,
                binder.get_text(spec.id),
                refusal,
                not refusal,
                f"{binder.get_text(spec.id)} {spec.group}",
                keymap.format_keys(spec.id),
            )
            for spec in keymap.actions
            if all(word in f"{spec.group} {binder.get_text(spec.id)}".casefold() for word in wanted)
            for refusal in [binder.refusal(spec)]
        ]
        return sorted(found, key=lambda option: not option.text.casefold().startswith(typed.casefold()))

    box.ask(Question("Find a command by name", find, binder.run, ahead=True, wide=True))
