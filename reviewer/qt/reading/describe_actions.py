"""The actions that describe a photograph: the strip, and each of its questions by name.

The questions have no key of their own, only a letter within the strip; a keymap may give them one.
"""

from __future__ import annotations

from reviewer.qt.actions.spec import PHOTO, Action, ActionGroup
from reviewer.qt.reading.reading_screen import ReadingScreen

_DESCRIBE: ActionGroup[ReadingScreen] = ActionGroup("describe", "Describe", PHOTO, writes=True)
DESCRIPTION_QUESTIONS = (
    ("stage", "S", "state of the body"),
    ("preservation", "K", "cooled or frozen"),
    ("washed", "W", "wet or washed"),
    ("autopsied", "A", "autopsied"),
    ("bagged", "B", "in a bag"),
    ("lividity", "L", "lividity against posture"),
    ("rigor", "R", "rigor"),
    ("insects", "I", "insects"),
    ("posture", "P", "posture"),
    ("dress", "D", "dress"),
    ("clothing", "X", "state of the clothing"),
    ("under", "U", "under the body"),
    ("card", "C", "card"),
    ("card_material", "M", "material of the card"),
    ("card_script", "T", "writing on the card"),
    ("second_card", "Z", "second card of this body"),
    ("other_card", "O", "card of another body"),
    ("place", "E", "place"),
    ("other_bodies", "N", "other bodies"),
    ("living", "V", "living persons"),
    ("reference", "G", "scale or colour chart"),
    ("light", "H", "light"),
)
"""(key, letter within the strip, name) as in the vocabulary; a test compares."""


def _open_question(key: str, letter: str, name: str) -> Action[ReadingScreen]:
    text = f"{name[:1].upper()}{name[1:]} (F3, then {letter})"
    label = f"{name[:1].upper()}{name[1:]}…"
    return _DESCRIBE.make(key, text, "", lambda screen: screen.strip.open(key), label=label)


DESCRIBE_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _DESCRIBE.make(
        "strip",
        "Describe the photo: a letter chooses what, a digit says it; again: close",
        "F3",
        lambda screen: screen.strip.toggle(),
        label="Describe the photo…",
    ),
    _DESCRIBE.make(
        "as-previous",
        "Describe as on the previous photo of this individual, where nothing is answered yet",
        "Shift+F3",
        lambda screen: screen.strip.as_on_previous(),
        label="Describe as on previous photo",
    ),
    *(_open_question(*question) for question in DESCRIPTION_QUESTIONS),
)
