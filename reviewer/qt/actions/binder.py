"""Turns the list of actions into the window's QActions and keeps them enabled where they work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.qt.actions.key_places import KeyPlaces
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.actions.spec import OVER_LAYERS, Action, ActionSpec, Context, TargetT
from reviewer.qt.event_listening import unheard_events


@dataclass(frozen=True)
class Availability:
    """What actions there is something to act on for: the Case, and the screen in front. `read_only` says why
    nothing can be written, or is "". `hidden`: a page outside the Case covers it."""

    case: bool = False
    screen: str = ""
    read_only: str = ""
    hidden: bool = False

    def refusal(self, spec: ActionSpec) -> str:
        """Why an action does not work now, in a sentence; "" if it does."""
        if spec.context.needs_case and not self.case:
            return "No case is open."
        if spec.context.needs_case and self.hidden and spec.id not in OVER_LAYERS:
            return "The case is not on screen."
        if not spec.context.includes(self.screen):
            return spec.context.elsewhere
        if spec.writes and self.read_only:
            return str(ReadOnly(self.read_only))
        return ""


class ActionBinder:
    """One QAction for each action of the keymap, on one window. Text fields keep the keys for typing."""

    def __init__(self, window: QWidget, keymap: Keymap, say: Callable[[str], None]) -> None:
        self._window, self._say, self._specs = window, say, keymap.actions
        self._availability = Availability()
        self._held = False
        self._left_out: frozenset[str] = frozenset()
        self._why_left_out = ""
        self._work: dict[str, Callable[[], object]] = {}
        self._actions: dict[str, QAction] = {}
        self._own_keys: set[str] = set()
        self._named: dict[str, str] = {}
        self._key_words: dict[str, str] = {}
        self._shown: dict[str, tuple[bool, str, str, str]] = {}
        for spec in self._specs:
            action = self._make_action(spec)
            window.addAction(action)
            self._actions[spec.id] = action
        self.use_keymap(keymap)
        self.key_places = KeyPlaces(window, self._run_by_place)

    def _run_by_place(self, key: str, written: str, repeats: bool, only_asks: bool) -> bool:
        """A key that writes something else than its place means: what that means now, if it means anything.

        A key that the person chose by what it writes stays that.
        """
        wanted = QKeySequence(key)
        action = next((e for e in self._actions.values() if e.isEnabled() and wanted in e.shortcuts()), None)
        if action is None or written in self._own_keys:
            return False
        if not only_asks and (action.autoRepeat() or not repeats):
            action.trigger()
        return True

    def _make_action(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.words, self._window)  # goes with it: else what it calls lives on
        action.setObjectName(spec.id)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(spec.repeats)
        action.triggered.connect(lambda: None if self._is_held(spec) else self.run(spec.id))
        return action

    def use_keymap(self, keymap: Keymap) -> None:
        """From now on these keys. Of two actions that want one at the same time the first has it."""
        self._key_words = {spec.id: keymap.format_keys(spec.id) for spec in self._specs}
        taken: dict[str, list[Context]] = {}
        for spec in self._specs:
            keys = []
            for key in keymap.of(spec.id):
                holders = taken.setdefault(QKeySequence(key).toString(), [])
                if not any(spec.context.overlaps(holder) for holder in holders):
                    holders.append(spec.context)
                    keys.append(key)
            self._actions[spec.id].setShortcuts([QKeySequence(key) for key in keys])
        self._own_keys = {
            QKeySequence(key).toString()
            for spec in self._specs
            for key in keymap.of(spec.id)
            if key not in spec.keys
        }
        self._show_all()

    def find(self, id_: str) -> QAction:
        """The window's one action of that id, for menus and buttons. KeyError if there is none."""
        return self._actions[id_]

    def get_text(self, id_: str) -> str:
        """All the help there is of an action, in words that may be of what it stands for now."""
        return self._named.get(id_) or next(spec.text for spec in self._specs if spec.id == id_)

    def name_action(self, id_: str, words: str) -> None:
        """Call an action by what it stands for now, in menus, tooltips and the palette; "" as in its row."""
        self._named[id_] = words
        spec = next(spec for spec in self._specs if spec.id == id_)
        self._actions[id_].setText(words.replace("&", "&&") or spec.words)
        self._show_availability(spec)

    def bind(self, actions: Iterable[Action[TargetT]], target: TargetT) -> None:
        """From now on these act on `target`. KeyError for an action that is not in the keymap."""
        for action in actions:
            if action.id not in self._actions:
                raise KeyError(action.id)
            self._work[action.id] = partial(action.do, target)

    def bind_later(self, actions: Iterable[Action[TargetT]], make_target: Callable[[], TargetT]) -> None:
        """As `bind`; what they act on is made when the first of them is done, and then kept."""
        get_target = cache(make_target)

        def work(action: Action[TargetT]) -> object:
            return action.do(get_target())

        for action in actions:
            if action.id not in self._actions:
                raise KeyError(action.id)
            self._work[action.id] = partial(work, action)

    def leave_out(self, ids: Iterable[str], why: str) -> None:
        """Offer these nowhere: no menu, button or key has them, and `why` is said to whoever asks."""
        self._left_out, self._why_left_out = frozenset(ids), why
        for id_ in self._left_out:
            self._actions[id_].setVisible(False)
        self._show_all()

    def run(self, id_: str) -> None:
        """Run an action; say in a sentence what a person can mend."""
        if id_ in self._left_out:
            self._say(self._why_left_out)
            return
        try:
            self._work[id_]()
        except KnownError as error:
            self._say(str(error))

    def update(self, availability: Availability) -> None:
        if availability != self._availability:
            self._availability = availability
            self._show_all()

    def _show_all(self) -> None:
        """An action that changes tells each menu and button it stands on: nobody listens to that."""
        with unheard_events():
            for spec in self._specs:
                self._show_availability(spec)

    def _show_availability(self, spec: ActionSpec) -> None:
        refusal = self.refusal(spec)
        words = self._named.get(spec.id) or spec.text
        shown = not refusal and not self._is_held(spec), refusal, words, self._key_words[spec.id]
        if self._shown.get(spec.id) != shown:
            self._shown[spec.id] = shown
            action = self._actions[spec.id]
            action.setEnabled(shown[0])
            action.setToolTip(_describe(words, shown[3], refusal))

    def hold(self, held: bool) -> None:
        """Something lies over the screen: no key works but its own and those of leaving; or it is gone."""
        if held != self._held:
            self._held = held
            self._show_all()

    def passes(self, event: QKeyEvent) -> bool:
        """Whether a key is one of leaving, which works over whatever lies on the screen."""
        pressed = {QKeySequence(event.keyCombination()), QKeySequence(self.key_places.read_sequence(event))}
        return any(key in pressed for id_ in OVER_LAYERS for key in self._actions[id_].shortcuts())

    def _is_held(self, spec: ActionSpec) -> bool:
        return self._held and spec.id not in OVER_LAYERS

    def refusal(self, spec: ActionSpec) -> str:
        """Why an action does not work now, in a sentence; "" if it does."""
        return self._why_left_out if spec.id in self._left_out else self._availability.refusal(spec)

    def list_unbound(self) -> list[str]:
        """Actions that nothing was bound to: there must be none."""
        return [id_ for id_ in self._actions if id_ not in self._work]


def _describe(words: str, keys: str, refusal: str) -> str:
    """What a tooltip says: all the help there is, the keys, and why the action does not work now."""
    said = f"{name_keys(words)} ({keys})" if keys else name_keys(words)
    return f"{said}\n{name_keys(refusal)}" if refusal else said
