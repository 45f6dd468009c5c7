"""What a screen is: it answers whatever the window asks of screens, and most of it with nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.type_box import Question
from reviewer.services.events import Event
from reviewer.services.pictures.pictures import PictureOrMissing, PictureRequest

ScreenT = TypeVar("ScreenT", bound="Screen")
ShowPhotos = Callable[[Sequence[str], str, str], None]
"""Shows Photos (SHA-256) under a name as a list, and says why they are in it."""


class MessagePlace(Protocol):
    """A place for one sentence."""

    def say(self, sentence: str) -> None: ...

    def text(self) -> str: ...


class Screen(QWidget):
    """`action_wanted` carries the id of an action that a button stands for; `message` is the place for a
    sentence, None on a screen that has none."""

    action_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.message: MessagePlace | None = None

    def say(self, sentence: str) -> None:
        """Show one sentence, if the screen has a place for it."""
        if self.message is not None:
            self.message.say(sentence)

    @property
    def said(self) -> str:
        return self.message.text() if self.message is not None else ""

    def leave_out_what_writes(self) -> None:
        """Hide forms and buttons that a window for viewing only cannot use; those of actions hide
        themselves."""

    def tell_error(self, error: KnownError) -> None:
        """Say what went wrong, and what a person can do."""
        self.say(str(error))

    def catch_known_errors(self, work: Callable[..., object]) -> Callable[..., None]:
        """Return `work` so that a KnownError is said instead of raised into Qt."""

        def run(*arguments: object) -> None:
            try:
                work(*arguments)
            except KnownError as error:
                self.tell_error(error)

        return run

    def guard_question(self, question: Question) -> Question:
        """Return the question so that an answer that cannot be taken is explained, not raised."""
        free = self.catch_known_errors(question.free) if question.free else None
        return replace(question, take=self.catch_known_errors(question.take), free=free)

    def use_actions(self, find: FindAction) -> None:
        """Let buttons and menus of the screen stand for the window's actions, found by their ids."""

    def headline(self) -> QWidget | None:
        """What the line above the screen says while it is on, made once; None for the name of the screen."""
        return None

    def make_all(self) -> None:
        """Make at once what the screen makes piece by piece, in order that no part of it takes long."""

    def refresh(self) -> None:
        """Read again what is shown: the screen comes on."""

    def update_list(self) -> None:
        """The Worklist changed while the screen is on."""

    def focus(self) -> QWidget | None:
        """Return the widget to get the keyboard; None for a form, where it stays in its field."""
        return None

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        """Take a photograph that was decoded, if this screen shows it."""

    def set_covered(self, covered: bool) -> None:
        """Cover the photographs, large and small, or uncover them."""

    def soften(self, start: str) -> None:
        """Show photographs as the reader asked to see them: grey, blurred, small, covered, or as they are."""

    def set_colours(self, ground: QColor, text: QColor) -> None:
        """The ground of photographs and the text on it, where they are painted and not styled."""

    def apply_theme(self, theme: Theme) -> None:
        """The colours and the size of type of the theme, where they are painted and not styled."""

    def get_unfinished_input(self) -> dict[str, str]:
        """Return what is begun and lies in no field by itself: name -> text."""
        return {}

    def restore_input(self, kept: dict[str, str]) -> None:
        """Restore what `get_unfinished_input` returned."""

    def keep_typed(self) -> None:
        """Keep as an act typed text that needs no further key."""

    def close_windows(self) -> None:
        """Hide what it shows in windows of its own: the Case is not to be seen any more."""

    def leave(self) -> None:
        """A screen that stands before a Case is being left: give up what it began."""

    def let_go(self) -> None:
        """Release the pictures, on the thread they belong to, before the Case is closed."""


class Screens:
    """The screens of one Case by name, each made when it is first asked for.

    `on_made` tells of each as it is made. What all screens are told is told to those that were made: a later
    one begins with what holds then.
    """

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[], Screen]] = {}
        self._made: dict[str, Screen] = {}
        self.on_made: Event[str, Screen] = Event()

    def offer(self, name: str, make: Callable[[], Screen]) -> None:
        """From now on there is a screen of that name."""
        self._makers[name] = make

    def __contains__(self, name: str) -> bool:
        return name in self._makers

    def __getitem__(self, name: str) -> Screen:
        """The screen of that name, made now if it was not; KeyError if this Case has none."""
        if name not in self._made:
            self._made[name] = screen = self._makers[name]()
            self.on_made.emit(name, screen)
        return self._made[name]

    def look_up(self, name: str) -> Screen | None:
        """The screen of that name, made now if it was not; None if this Case has none."""
        return None if name not in self._makers else self[name]

    def find(self, name: str, kind: type[ScreenT]) -> ScreenT:
        """The screen of that name, which is of this kind, made now if it was not."""
        screen = self[name]
        if not isinstance(screen, kind):
            raise TypeError(f"the screen {name} is no {kind.__name__}")
        return screen

    def find_made(self, kind: type[ScreenT]) -> ScreenT | None:
        """The screen of that kind; None as long as nobody asked for it."""
        return next((screen for screen in self._made.values() if isinstance(screen, kind)), None)

    def list_names(self) -> tuple[str, ...]:
        """The names of all, made or not."""
        return tuple(self._makers)

    def list_made(self) -> tuple[Screen, ...]:
        """Those that were made so far, the first made first."""
        return tuple(self._made.values())

    def list_made_by_name(self) -> tuple[tuple[str, Screen], ...]:
        return tuple(self._made.items())
