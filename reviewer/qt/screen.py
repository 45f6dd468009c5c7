"""What a screen may offer: the session asks each screen for what it has, and knows no screen by name."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from reviewer.qt.look.theme import Theme
from reviewer.services.pictures.pictures import PictureOrMissing, PictureRequest


@runtime_checkable
class ShowsMessages(Protocol):
    """Has a place for one sentence."""

    def say(self, sentence: str) -> None: ...


@runtime_checkable
class Refreshes(Protocol):
    """Reads anew what it shows, as it comes on."""

    def refresh(self) -> None: ...


@runtime_checkable
class TakesFocus(Protocol):
    """Knows where in it the keyboard goes."""

    def focus(self) -> QWidget: ...


@runtime_checkable
class TakesPictures(Protocol):
    """Shows photographs that are decoded for it."""

    def arrived(self, want: PictureRequest, answer: PictureOrMissing) -> None: ...


@runtime_checkable
class KeepsUnfinishedInput(Protocol):
    """Has something begun that no field by itself can tell: name -> text, and back."""

    def half_done(self) -> dict[str, str]: ...

    def take_up(self, kept: dict[str, str]) -> None: ...


@runtime_checkable
class Releases(Protocol):
    """Gives its pictures back, on the thread they belong to, before the Case is closed."""

    def let_go(self) -> None: ...


@runtime_checkable
class CoversPhotographs(Protocol):
    """Shows photographs, large or small, that can be covered."""

    def set_covered(self, covered: bool) -> None: ...


@runtime_checkable
class SoftensPhotographs(Protocol):
    """Shows photographs as the reader asked to see them: grey, blurred, or as they are."""

    def soften(self, start: str) -> None: ...


@runtime_checkable
class HasColours(Protocol):
    """Paints with colours of its own: the ground of photographs and the text on it."""

    def set_colours(self, ground: QColor, text: QColor) -> None: ...


@runtime_checkable
class AppliesTheme(Protocol):
    """Draws in the colours and the size of type of the theme."""

    def apply_theme(self, theme: Theme) -> None: ...


class Screens(dict[str, QWidget]):
    """The screens of one Case by name; each is asked for what it offers."""

    def say(self, name: str, sentence: str) -> bool:
        """One sentence on a screen that has a place for it; False if it has none."""
        there: object = self.get(name)
        if not isinstance(there, ShowsMessages):
            return False
        there.say(sentence)
        return True

    def refresh(self, name: str) -> None:
        screen = self[name]
        if isinstance(screen, Refreshes):
            screen.refresh()

    def arrived(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        for screen in self.values():
            if isinstance(screen, TakesPictures):
                screen.arrived(want, answer)

    def set_covered(self, covered: bool) -> None:
        for screen in self.values():
            if isinstance(screen, CoversPhotographs):
                screen.set_covered(covered)

    def soften(self, start: str) -> None:
        for screen in self.values():
            if isinstance(screen, SoftensPhotographs):
                screen.soften(start)

    def set_colours(self, ground: QColor, text: QColor) -> None:
        for screen in self.values():
            if isinstance(screen, HasColours):
                screen.set_colours(ground, text)

    def apply_theme(self, theme: Theme) -> None:
        for screen in self.values():
            if isinstance(screen, AppliesTheme):
                screen.apply_theme(theme)

    def let_go(self) -> None:
        for screen in self.values():
            if isinstance(screen, Releases):
                screen.let_go()
