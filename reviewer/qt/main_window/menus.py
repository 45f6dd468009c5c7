"""Which menu an action stands in: every action of the program once, so that a mouse reaches all of them.

An entry is the id of an action, a menu within the menu, or None for a line between two groups. What only one
screen can do stands in a menu within Edit that is there while that screen is on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Menu:
    """`screen` is that on which a menu within a menu is shown; "" for every screen."""

    name: str
    entries: tuple[str | Menu | None, ...]
    screen: str = ""

    def list_ids(self) -> Iterator[str]:
        """The ids of its actions, those of menus within it too."""
        for entry in self.entries:
            if isinstance(entry, Menu):
                yield from entry.list_ids()
            elif entry is not None:
                yield entry


def _name_all(prefix: str, ids: str) -> tuple[str | None, ...]:
    """Ids with what begins each of them; "-" is a line."""
    return tuple(None if id_ == "-" else f"{prefix}.{id_}" for id_ in ids.split())


_FILE = Menu(
    "File",
    (
        "window.start",
        *_name_all("case", "new open demonstration check-pack -"),
        *_name_all("case", "report export pack export-copies - backup"),
        Menu("Time stamps", _name_all("case", "stamp-request stamp-root stamp-add")),
        *_name_all("case", "- lock close -"),
        "window.quit",
    ),
)
_EDIT = Menu(
    "Edit",
    (
        *_name_all("reading", "undo redo -"),
        *_name_all("finding", "copy confirm remove -"),
        Menu(
            "Sort",
            _name_all("sort", "1 2 3 4 5 6 - run-1 run-2 run-3 run-4 run-5 run-6 - clear take-back"),
            "sort",
        ),
        Menu(
            "Gallery",
            _name_all(
                "gallery",
                "open select select-all back - sort-1 sort-2 sort-3 sort-4 sort-5 sort-6 clear-category - "
                "narrow to-panel group larger smaller privacy",
            ),
            "gallery",
        ),
        Menu(
            "Compare",
            _name_all("compare", "four choose link - flicker difference - next-pane next previous"),
            "compare",
        ),
        Menu(
            "Individuals",
            _name_all(
                "individuals",
                "open back filter sort columns proposals - accept accept-all merge split move take-out - "
                "fact withdraw decide note conflicts gaps - evaluate sign withdraw-evaluation",
            ),
            "individuals",
        ),
        Menu(
            "Cards",
            _name_all(
                "cards",
                "keep in-part unreadable no-card - take-first take-second - first-pass second-pass "
                "mismatches one-for-each order - skip next-photo previous-photo whole ocr-photo "
                "zoom-in zoom-out turn",
            ),
            "cards",
        ),
        Menu("Records", _name_all("records", "load keep back - accept accept-all link none"), "records"),
        Menu(
            "Statistics",
            _name_all(
                "statistics",
                "photographs break-down query as-of again back - copy-figure - next-table previous-table "
                "next-figure previous-figure",
            ),
            "statistics",
        ),
        Menu("Made", _name_all("made", "open show-folder - copy-hash compare find"), "made"),
        Menu("Problems", _name_all("problems", "seen-elsewhere open-again list-archive filter"), "problems"),
    ),
)
_VIEW = Menu(
    "View",
    (
        *_name_all("view", "zoom-in zoom-out fit full-size toggle-zoom fill lock loupe - "),
        *_name_all("view", "turn-right turn-left tilt-right tilt-left -"),
        *_name_all("view", "filmstrip side-panel second-window body-map next-figures map unseen details -"),
        Menu(
            "Steps of enhancement",
            _name_all("enhance", "panel add neutral off original - preset keep-preset as-found"),
        ),
        Menu("Compare photographs", _name_all("compare", "open individual region")),
        None,
        *_name_all("view", "cover"),
        "care.clear",
        None,
        *_name_all("window", "theme larger-text smaller-text full-screen"),
    ),
)
_GO = Menu(
    "Go",
    (
        "search.go-to",
        None,
        *_name_all("go", "next-photo previous-photo next-unread next-individual previous-individual"),
        *_name_all("go", "first-photo last-photo next-picture previous-picture"),
        Menu("Sort", _name_all("sort", "next previous next-unsorted"), "sort"),
        None,
        *_name_all("window", "read gallery sort compare individuals cards records statistics"),
    ),
)
_READING = Menu(
    "Reading",
    (
        "finding.add",
        Menu(
            "Quick tags",
            (
                *(f"finding.quick-tag-{number}" for number in range(1, 10)),
                None,
                *_name_all("finding", "clear-quick-tags choose-quick-tags"),
            ),
        ),
        Menu(
            "Selected finding",
            (
                *_name_all("finding", "definite probable possible - regions answer qualifiers look-alikes"),
                Menu("Look-alike excluded", tuple(f"finding.exclude-{number}" for number in range(1, 10))),
                None,
                *_name_all("finding", "select-next select-previous"),
            ),
        ),
        Menu("Draw", _name_all("mark", "select rectangle ellipse polygon freehand line point")),
        Menu(
            "Measure",
            _name_all("measure", "scale scale-corners - length path angle area repeat"),
        ),
        Menu("Redact copies", _name_all("redact", "rectangle ellipse polygon next")),
        None,
        Menu("What the photo shows", _name_all("coverage", "mark frame as-previous")),
        Menu(
            "Describe",
            _name_all(
                "describe",
                "strip as-previous - stage preservation washed autopsied bagged lividity rigor insects "
                "posture dress clothing under - card card_material card_script second_card other_card - "
                "place other_bodies living reference light",
            ),
        ),
        Menu("Individual", _name_all("individual", "card - pick split move merge-next")),
        Menu("Near-duplicates", _name_all("duplicates", "carry-over find part")),
        None,
        *_name_all("reading", "note uncover signs - nothing-visible nothing-else not-assessable set-aside -"),
        *_name_all("reading", "complete-and-next complete"),
    ),
)
_FIND = Menu(
    "Find",
    (*_name_all("search", "find everything keep lists sample - why remove-list -"), "window.commands"),
)
_CASE = Menu("Case", _name_all("window", "ingest problems integrity access made settings"))
_HELP = Menu(
    "Help",
    ("help.manual", "help.tour", "window.keys", None, "help.glossary", None, "help.self-test", "help.about"),
)

MENUS: Sequence[Menu] = (_FILE, _EDIT, _VIEW, _GO, _READING, _FIND, _CASE, _HELP)
