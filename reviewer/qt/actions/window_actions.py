"""The end of the catalogue: screens, the case as a whole, and what works everywhere."""

from __future__ import annotations

from reviewer.qt.actions.spec import ActionSpec, Context

_CASE, _ALWAYS = Context.CASE, Context.ALWAYS

WINDOW_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("window.cards", "Cards screen", ("Ctrl+Shift+C",), _CASE, "Window"),
    ActionSpec("window.sort", "Sort screen", ("Ctrl+Shift+S",), _CASE, "Window"),
    ActionSpec("window.gallery", "Gallery; again: back to reading", ("G", "Ctrl+Shift+G"), _CASE, "Window"),
    ActionSpec("window.settings", "Settings screen", ("Ctrl+Shift+7",), _CASE, "Window"),
    ActionSpec("window.access", "Access screen", ("Ctrl+Shift+8",), _CASE, "Window"),
    ActionSpec("window.records", "Records screen", ("Ctrl+Shift+R",), _CASE, "Window"),
    ActionSpec("window.statistics", "Statistics screen", ("Ctrl+Shift+T",), _CASE, "Window"),
    ActionSpec("case.lock", "Lock: show nothing, forget the keys", ("Ctrl+L",), _CASE, "Case"),
    ActionSpec("case.backup", "Make a backup of the case", ("Ctrl+Shift+B",), _CASE, "Case"),
    ActionSpec(
        "case.export", "Export in an open format, or stop an export", ("Ctrl+Shift+E",), _CASE, "Case"
    ),
    ActionSpec("case.report", "Write a report, or stop it", ("Ctrl+Shift+W",), _CASE, "Case"),
    ActionSpec("case.pack", "Make a court pack", ("Ctrl+Shift+K",), _CASE, "Case", writes=True),
    ActionSpec("case.export-copies", "Make redacted copies of photographs", ("Ctrl+Alt+E",), _CASE, "Case"),
    ActionSpec("case.close", "Close the case", ("Ctrl+W",), _CASE, "Case"),
    ActionSpec("window.full-screen", "Full screen", ("F11",), _ALWAYS, "Window"),
    ActionSpec("window.theme", "Dark or light", ("Ctrl+Shift+L",), _ALWAYS, "Window"),
    ActionSpec("window.larger-text", "Larger text", ("Ctrl+Shift+PgUp",), _ALWAYS, "Window"),
    ActionSpec("window.smaller-text", "Smaller text", ("Ctrl+Shift+PgDown",), _ALWAYS, "Window"),
    ActionSpec("window.commands", "Find a command by name", ("Ctrl+K",), _ALWAYS, "Window"),
    ActionSpec("window.keys", "Keys of this screen", ("?", "F1"), _ALWAYS, "Window"),
    ActionSpec("window.quit", "Quit", ("Ctrl+Q",), _ALWAYS, "Window"),
)
