"""What a person can do with the window and with the case as a whole, on every screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.spec import ALWAYS, CASE, Action, ActionGroup, Context
from reviewer.qt.main_window.exporting import OutputWriter
from reviewer.qt.main_window.palette import ask_command
from reviewer.qt.main_window.reporting import Reporter
from reviewer.qt.main_window.window import MainWindow

_CASE: ActionGroup[MainWindow] = ActionGroup("case", "Case", CASE)
_WINDOW: ActionGroup[MainWindow] = ActionGroup("window", "Window", ALWAYS)
_HELP: ActionGroup[MainWindow] = ActionGroup("help", "Help", ALWAYS)


def _show_screen(name: str, text: str, key: str, context: Context = CASE) -> Action[MainWindow]:
    return _WINDOW.make(name, text, key, lambda window: window.show_screen(name), context=context)


def _toggle_gallery(window: MainWindow) -> None:
    is_on = window.require_session().gallery.isVisible()
    window.show_screen("read" if is_on else "gallery")


def _write_output(
    name: str, text: str, label: str, key: str, begin: Callable[[OutputWriter], None], writes: bool = False
) -> Action[MainWindow]:
    def do(window: MainWindow) -> None:
        session = window.require_session()
        begin(OutputWriter(window.commands, session, window.post, window.say, window))

    return _CASE.make(name, text, key, do, writes=writes, label=label)


def _ask_report(window: MainWindow) -> None:
    Reporter(window.commands, window.require_session(), window.post, window.say, window).begin()


def _ask_command(window: MainWindow) -> None:
    ask_command(window.commands, window.binder, window.keymap)


def _begin_new_case(window: MainWindow) -> None:
    if window.come_to_start():
        window.start.show_form()


def _open_other_case(window: MainWindow) -> None:
    if not window.door.is_locked:
        window.start.choose_and_open()


def _open_demonstration(window: MainWindow) -> None:
    if window.come_to_start():
        window.start.open_demonstration()


WINDOW_ACTIONS: tuple[Action[MainWindow], ...] = (
    _show_screen("start", "Start screen", "Ctrl+Shift+1", ALWAYS),
    _show_screen("ingest", "Ingest screen", "Ctrl+Shift+2"),
    _show_screen("read", "Reading screen", "Ctrl+Shift+3"),
    _show_screen("individuals", "Individuals screen", "Ctrl+Shift+I"),
    _show_screen("problems", "Problems screen", "Ctrl+Shift+4"),
    _show_screen("integrity", "Integrity screen", "Ctrl+Shift+5"),
    _show_screen("compare", "Compare screen", "Ctrl+Shift+6"),
    _show_screen("cards", "Cards screen", "Ctrl+Shift+C"),
    _show_screen("sort", "Sort screen", "Ctrl+Shift+S"),
    _WINDOW.make(
        "gallery", "Gallery; again: back to reading", "G Ctrl+Shift+G", _toggle_gallery, context=CASE
    ),
    _show_screen("settings", "Settings screen", "Ctrl+Shift+7"),
    _show_screen("access", "Access screen", "Ctrl+Shift+8"),
    _show_screen("records", "Records screen", "Ctrl+Shift+R"),
    _show_screen("statistics", "Statistics screen", "Ctrl+Shift+T"),
    _CASE.make("new", "Make a new case", "Ctrl+Alt+N", _begin_new_case, context=ALWAYS, label="New case…"),
    _CASE.make(
        "open",
        "Open another case",
        "Ctrl+Alt+O",
        _open_other_case,
        context=ALWAYS,
        label="Open another case…",
    ),
    _CASE.make(
        "demonstration",
        "Open the demonstration; it is made first if it is not there",
        "",
        _open_demonstration,
        context=ALWAYS,
        label="Demonstration",
    ),
    _CASE.make(
        "lock",
        "Lock: show nothing, forget the keys",
        "Ctrl+L",
        lambda window: window.leaving.lock(),
        label="Lock",
    ),
    _write_output(
        "backup", "Make a backup of the case", "Back up the case…", "Ctrl+Shift+B", OutputWriter.make_backup
    ),
    _write_output(
        "export",
        "Export in an open format, or stop an export",
        "Export…",
        "Ctrl+Shift+E",
        OutputWriter.ask_export,
    ),
    _CASE.make("report", "Write a report, or stop it", "Ctrl+Shift+W", _ask_report, label="Report…"),
    _write_output(
        "pack", "Make a court pack", "Court pack…", "Ctrl+Shift+K", OutputWriter.ask_court_pack, writes=True
    ),
    _write_output(
        "export-copies",
        "Make redacted copies of photographs",
        "Redacted copies…",
        "Ctrl+Alt+E",
        OutputWriter.ask_copies,
    ),
    _CASE.make("close", "Close the case", "Ctrl+W", MainWindow.close_case),
    _WINDOW.make("full-screen", "Full screen", "F11", MainWindow.toggle_full_screen),
    _WINDOW.make("theme", "Dark or light", "Ctrl+Shift+L", lambda window: window.appearance.toggle()),
    _WINDOW.make(
        "larger-text", "Larger text", "Ctrl+Shift+PgUp", lambda window: window.appearance.scale_text(0.1)
    ),
    _WINDOW.make(
        "smaller-text", "Smaller text", "Ctrl+Shift+PgDown", lambda window: window.appearance.scale_text(-0.1)
    ),
    _WINDOW.make("commands", "Find a command by name", "Ctrl+K", _ask_command),
    _HELP.make(
        "manual",
        "Manual, at the page of this screen; again: close it",
        "F1",
        MainWindow.toggle_help,
        label="Manual",
    ),
    _WINDOW.make("keys", "Keys of this screen", "?", MainWindow.toggle_keys),
    _HELP.make(
        "glossary",
        "Glossary: what each term means",
        "",
        lambda window: window.help.open("glossary"),
        label="Glossary",
    ),
    _HELP.make(
        "about",
        "About this program: version and licences",
        "",
        lambda window: window.help.open("about"),
        label="About",
    ),
    _WINDOW.make("quit", "Quit", "Ctrl+Q", MainWindow.close),
)
