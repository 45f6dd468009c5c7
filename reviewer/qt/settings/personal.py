"""What a person can set of the window itself, with a case open and without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.look.appearance import Appearance
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.settings.mandate_panel import MandatePanel
from reviewer.qt.settings.reading_rules_panel import ReadingRulesPanel


@dataclass(frozen=True)
class PersonalSettings:
    """What the settings work on whether a case is open or not."""

    appearance: Appearance
    taste: WindowSettings
    keys: OwnKeys


@dataclass(frozen=True)
class CaseSettings:
    """What the settings say and set of the Case that is open, and of the person who reads it.

    `days` counts the days of looking this week and of the last four; `layers` and `ocr_layers` name what
    confines the decoding of photographs and the reading of cards; `get_hidden_parts` tells by name which
    parts of the reading screen are not shown now, `get_recent_terms` the Terms used last in this sitting.
    """

    days: Callable[[], tuple[int, int]]
    layers: Callable[[], tuple[str, ...]]
    ocr_layers: Callable[[], tuple[str, ...]]
    get_hidden_parts: Callable[[], frozenset[str]]
    get_recent_terms: Callable[[], Sequence[str]]
    rules: ReadingRulesPanel
    mandate: MandatePanel
