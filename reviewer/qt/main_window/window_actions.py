"""What a person can do with the window and with the case as a whole, on every screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.spec import ALWAYS, CASE, Action, ActionGroup, Context
from reviewer.qt.case.stamps_panel import StampsPanel
from reviewer.qt.handing_over.handing_over import HandingOver
from reviewer.qt.main_window.palette import ask_command
from reviewer.qt.main_window.window import MainWindow
from reviewer.qt.widgets.type_box import TypeBox

_CASE: ActionGroup[MainWindow] = ActionGroup("case", "Case", CASE)
_WINDOW: ActionGroup[MainWindow] = ActionGroup("window", "Window", ALWAYS)
_HELP: ActionGroup[MainWindow] = ActionGroup("help", "Help", ALWAYS)


def _show_screen(name: str, text: str, key: str, context: Context = CASE) -> Action[MainWindow]:
    return _WINDOW.make(name, text, key, lambda window: window.show_screen(name), context=context)


def _toggle_gallery(window: MainWindow) -> None:
    is_on = window.require_session().gallery.isVisible()
    window.show_screen("read" if is_on else "gallery")


def _hand_over(
    name: str,
    text: str,
    label: str,
    key: str,
    begin: Callable[[HandingOver, TypeBox], None],
    writes: bool = False,
) -> Action[MainWindow]:
    def do(window: MainWindow) -> None:
        begin(window.require_session().handing_over, window.commands)

    return _CASE.make(name, text, key, do, writes=writes, label=label)


def _back_up(window: MainWindow) -> None:
    window.require_session().handing_over.make_backup(window)


def _stamp(
    name: str, text: str, label: str, do: Callable[[StampsPanel], None], writes: bool = False
) -> Action[MainWindow]:
    """An action of the integrity screen that can be reached from every screen."""

    def show_and_do(window: MainWindow) -> None:
        window.show_screen("integrity")
        do(window.require_session().integrity.stamps)

    return _CASE.make(name, text, "", show_and_do, writes=writes, label=label)


def _ask_command(window: MainWindow) -> None:
    ask_command(window.commands, window.binder, window.offered_keymap)


def _begin_new_case(window: MainWindow) -> None:
    if window.come_to_start():
        window.start.show_form()


def _open_other_case(window: MainWindow) -> None:
    if window.may_leave_page():
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
    _show_screen("settings", "Settings screen", "Ctrl+Shift+7", ALWAYS),
    _show_screen("access", "Access screen", "Ctrl+Shift+8"),
    _show_screen("made", "What was made of the case", "Ctrl+Shift+9"),
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
        "check-pack",
        "Check a court pack, and look at what is in it",
        "",
        MainWindow.choose_pack,
        context=ALWAYS,
        label="Check a court pack…",
    ),
    _CASE.make(
        "lock",
        "Lock: show nothing, forget the keys",
        "Ctrl+L",
        lambda window: window.leaving.lock(),
        label="Lock",
    ),
    _CASE.make("backup", "Make a backup of the case", "Ctrl+Shift+B", _back_up, label="Back up the case…"),
    _stamp(
        "stamp-request",
        "Write a request for a time stamp, to be carried to an authority",
        "Write a request…",
        StampsPanel.ask_where_to,
    ),
    _stamp(
        "stamp-root",
        "Choose the certificate at which the answer of an authority must end",
        "Root of the authority…",
        StampsPanel.choose_root,
    ),
    _stamp(
        "stamp-add",
        "Bring in what an authority of time answered",
        "Bring an answer in…",
        StampsPanel.choose_answer,
        writes=True,
    ),
    _hand_over(
        "export",
        "Export in an open format, or stop an export",
        "Export…",
        "Ctrl+Shift+E",
        HandingOver.open_export,
    ),
    _hand_over("report", "Write a report, or stop it", "Report…", "Ctrl+Shift+W", HandingOver.open_report),
    _hand_over(
        "pack",
        "Make a court pack, or stop it",
        "Court pack…",
        "Ctrl+Shift+K",
        HandingOver.open_pack,
        writes=True,
    ),
    _hand_over(
        "export-copies",
        "Make redacted copies of photographs, or stop them",
        "Redacted copies…",
        "Ctrl+Alt+E",
        HandingOver.open_copies,
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
        "tour",
        "Tour in eight steps; again: the next step",
        "Shift+F1",
        MainWindow.begin_tour,
        label="Tour in eight steps",
    ),
    _HELP.make(
        "glossary",
        "Glossary: what each term means",
        "",
        lambda window: window.help.open("glossary"),
        label="Glossary",
    ),
    _HELP.make(
        "self-test",
        "Test this copy of the program, as after its installation",
        "",
        MainWindow.test_this_copy,
        context=ALWAYS,
        label="Test this copy…",
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
