"""The one list of actions. Menus, the command palette, the key sheet and the manual are views of it."""

from __future__ import annotations

from reviewer.qt.actions.spec import ActionSpec, Context

_PHOTO, _CASE, _ALWAYS, _LOOK = Context.PHOTO, Context.CASE, Context.ALWAYS, Context.LOOK


def _go(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"go.{id_}", text, keys, _PHOTO, "Go", repeats=id_ in {"next-photo", "previous-photo"})


def _find(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"finding.{id_}", text, keys, _PHOTO, "Findings", writes=True)


def _mark(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"mark.{id_}", text, keys, _PHOTO, "Marks", writes=id_ != "select")


def _read(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"reading.{id_}", text, keys, _PHOTO, "Reading", writes=True)


def _measure(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"measure.{id_}", text, keys, _PHOTO, "Measure", writes=True)


def _enhance(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"enhance.{id_}", text, keys, _PHOTO, "Enhance (view only)")


def _compare(id_: str, text: str, *keys: str, context: Context = Context.COMPARE) -> ActionSpec:
    return ActionSpec(f"compare.{id_}", text, keys, context, "Compare")


def _card(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"cards.{id_}", text, keys, Context.CARDS, "Cards", writes=writes)


def _view(id_: str, text: str, *keys: str, context: Context = _LOOK) -> ActionSpec:
    return ActionSpec(f"view.{id_}", text, keys, context, "View", repeats=id_.startswith(("zoom-", "tilt-")))


CATALOGUE: tuple[ActionSpec, ...] = (
    _go("next-photo", "Next photo", "Right", "PgDown", "Space", "J"),
    _go("previous-photo", "Previous photo", "Left", "PgUp", "Shift+Space", "K"),
    _go("next-individual", "Next individual", "Ctrl+Right"),
    _go("previous-individual", "Previous individual", "Ctrl+Left"),
    _go("first-photo", "First of the worklist", "Home"),
    _go("last-photo", "Last of the worklist", "End"),
    _go("next-unread", "Next photo not yet complete", "Ctrl+Shift+Right"),
    *(_find(f"quick-tag-{number}", f"Quick tag {number}, on or off", str(number)) for number in range(1, 10)),
    _find("clear-quick-tags", "Clear the quick tags of this photo", "0"),
    _find("add", "Add a finding by typing", "/"),
    _find("definite", "Certainty: definite", "Q"),
    _find("probable", "Certainty: probable", "W"),
    _find("possible", "Certainty: possible", "E"),
    _find("answer", "Answer of the selected finding", "T"),
    _find("regions", "Region of the selected finding by typing", "H"),
    _find("qualifiers", "Qualifiers of the selected finding", "Y"),
    _find("remove", "Remove the selected mark or finding", "Del", "Backspace"),
    _find("copy", "Copy findings from the previous photo of this individual", "C"),
    _find("confirm", "Confirm the copied findings", "Ctrl+Return"),
    ActionSpec("finding.select-next", "Select the next finding", ("Down",), _PHOTO, "Findings"),
    ActionSpec("finding.select-previous", "Select the previous finding", ("Up",), _PHOTO, "Findings"),
    _read("complete-and-next", "Reading complete, go to the next unread photo", "Return", "Enter"),
    _read("complete", "Reading complete, stay here", "Shift+Return", "Shift+Enter"),
    _read("nothing-visible", "Nothing visible in the assessable regions", "N"),
    _read("not-assessable", "Not assessable, then the reason", "U"),
    _read("set-aside", "Set aside, no reason asked", "D"),
    _read("note", "Write a note", "S"),
    ActionSpec("reading.undo", "Undo", ("Ctrl+Z",), _CASE, "Reading", writes=True),
    ActionSpec("reading.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _CASE, "Reading", writes=True),
    _mark("select", "Select and move marks", "V"),
    _mark("rectangle", "Draw a rectangle", "R"),
    _mark("ellipse", "Draw an ellipse", "O"),
    _mark("polygon", "Draw a polygon", "P"),
    _mark("freehand", "Draw freehand", "F"),
    _mark("line", "Draw a line", "I"),
    _mark("point", "Set a point", "."),
    _view("zoom-in", "Zoom in at the cursor", "+", "=", "Ctrl++", "Ctrl+="),
    _view("zoom-out", "Zoom out at the cursor", "-", "Ctrl+-"),
    _view("toggle-zoom", "Fit or 100 %", "Z"),
    _view("fit", "Fit the photograph", "Ctrl+0"),
    _view("full-size", "100 %: one pixel of the photograph on one of the screen", "Ctrl+1"),
    _view("fill", "Fill the window with the photograph", "Shift+Z"),
    _view("turn-right", "Turn the view to the right", "]"),
    _view("turn-left", "Turn the view to the left", "["),
    _view("tilt-right", "Turn the view by one degree to the right", "}"),
    _view("tilt-left", "Turn the view by one degree to the left", "{"),
    _view("map", "Show or hide the small map", "Shift+M", context=_PHOTO),
    _view("unseen", "Hatch what was never on screen at 100 %", "Shift+U", context=_PHOTO),
    _view("lock", "Lock zoom and position between photos", "L", context=_PHOTO),
    _view("loupe", "Loupe", "M"),
    _view("body-map", "Show or hide the body map", "B", context=_PHOTO),
    _measure("scale", "Mark a scale: two points of known distance", "Shift+S"),
    _measure("scale-corners", "Mark a scale: four corners of a known rectangle", "Shift+R"),
    _measure("length", "Measure a length", "Shift+I"),
    _measure("path", "Measure along a path", "Shift+F"),
    _measure("angle", "Measure an angle", "Shift+V"),
    _measure("area", "Measure an area", "Shift+O"),
    _measure("repeat", "Measure the selected measurement once more", "Shift+T"),
    _enhance("panel", "Show or hide the enhancement panel", "F5"),
    _enhance("add", "Add a step", "Shift+E"),
    _enhance("neutral", "White balance: choose a grey or white spot", "Shift+W"),
    _enhance("off", "Back to the photograph as it is; again: the steps once more", "Shift+A"),
    _enhance("original", "While held: the photograph as it is", "A"),
    _enhance("keep-preset", "Keep the steps under a name", "Shift+K"),
    _enhance("preset", "Use steps that were kept", "Shift+P"),
    _enhance("as-found", "Show what the examiner saw when the finding was made", "Shift+D"),
    _compare("open", "Compare photographs side by side; again: back to reading", "F6", context=_LOOK),
    _compare("four", "Two photographs or four", "Shift+F6"),
    _compare("individual", "Compare: same individual", "F7", context=_LOOK),
    _compare("region", "Compare: same region, other individuals", "Shift+F7", context=_LOOK),
    _compare("flicker", "The same place of two photographs in turn", "F8"),
    _compare("difference", "Difference of two photographs", "Shift+F8"),
    _compare("link", "Link zoom and position of the photographs, or not", "Shift+L"),
    _compare("choose", "Any photograph into this pane, by number or name", "Ctrl+P"),
    _compare("next-pane", "Next pane", "F3"),
    _compare("next", "Next photograph in this pane", "Ctrl+PgDown"),
    _compare("previous", "Previous photograph in this pane", "Ctrl+PgUp"),
    _card("keep", "Keep what is typed, go to the next card", "Return", "Enter", writes=True),
    _card("in-part", "The card can be read in part", "F2"),
    _card("unreadable", "The card cannot be read", "F3", writes=True),
    _card("no-card", "There is no card", "F4", writes=True),
    _card("take-first", "Decide for the first pass", "F6", writes=True),
    _card("take-second", "Decide for the second pass", "F7", writes=True),
    _card("one-for-each", "One card for each individual, or every photograph", "F8"),
    _card("whole", "Show the whole photograph, forget where the card is", "F9"),
    _card("next-photo", "Next photograph", "PgDown"),
    _card("previous-photo", "Previous photograph", "PgUp"),
    _card("ocr-photo", "Back to the photograph that OCR read", "F12"),
    _card("skip", "Next card of this pass", "Ctrl+PgDown"),
    _card("first-pass", "First pass", "Ctrl+1"),
    _card("second-pass", "Second pass, blind", "Ctrl+2"),
    _card("mismatches", "Decide where the passes differ", "Ctrl+3"),
    _card("zoom-in", "Zoom in", "Ctrl++", "Ctrl+="),
    _card("zoom-out", "Zoom out", "Ctrl+-"),
    ActionSpec("care.clear", "Show this photograph without grey, blur or smallness", ("F4",), _PHOTO, "Care"),
    ActionSpec("view.cover", "Cover every photograph now; again: uncover", ("X",), Context.PICTURES, "View"),
    _view("filmstrip", "Show or hide the filmstrip", "F9", context=_PHOTO),
    _view("side-panel", "Show or hide the findings panel", "F10", context=_PHOTO),
    ActionSpec("window.start", "Start screen", ("Ctrl+Shift+1",), _ALWAYS, "Window"),
    ActionSpec("window.ingest", "Ingest screen", ("Ctrl+Shift+2",), _CASE, "Window"),
    ActionSpec("window.read", "Reading screen", ("Ctrl+Shift+3",), _CASE, "Window"),
    ActionSpec("window.problems", "Problems screen", ("Ctrl+Shift+4",), _CASE, "Window"),
    ActionSpec("window.integrity", "Integrity screen", ("Ctrl+Shift+5",), _CASE, "Window"),
    ActionSpec("window.compare", "Compare screen", ("Ctrl+Shift+6",), _CASE, "Window"),
    ActionSpec("window.cards", "Cards screen", ("Ctrl+Shift+C",), _CASE, "Window"),
    ActionSpec("window.settings", "Settings screen", ("Ctrl+Shift+7",), _CASE, "Window"),
    ActionSpec("window.access", "Access screen", ("Ctrl+Shift+8",), _CASE, "Window"),
    ActionSpec("case.lock", "Lock: show nothing, forget the keys", ("Ctrl+L",), _CASE, "Case"),
    ActionSpec("case.backup", "Make a backup of the case", ("Ctrl+Shift+B",), _CASE, "Case"),
    ActionSpec("case.export", "Export the findings as CSV", ("Ctrl+Shift+E",), _CASE, "Case"),
    ActionSpec("case.close", "Close the case", ("Ctrl+W",), _CASE, "Case"),
    ActionSpec("window.full-screen", "Full screen", ("F11",), _ALWAYS, "Window"),
    ActionSpec("window.theme", "Dark or light", ("Ctrl+Shift+L",), _ALWAYS, "Window"),
    ActionSpec("window.larger-text", "Larger text", ("Ctrl+Shift+PgUp",), _ALWAYS, "Window"),
    ActionSpec("window.smaller-text", "Smaller text", ("Ctrl+Shift+PgDown",), _ALWAYS, "Window"),
    ActionSpec("window.commands", "Find a command by name", ("Ctrl+K",), _ALWAYS, "Window"),
    ActionSpec("window.keys", "All keys", ("?", "F1"), _ALWAYS, "Window"),
    ActionSpec("window.quit", "Quit", ("Ctrl+Q",), _ALWAYS, "Window"),
)


def spec_of(id_: str) -> ActionSpec:
    """The action of that id; KeyError if there is none."""
    found = next((spec for spec in CATALOGUE if spec.id == id_), None)
    if found is None:
        raise KeyError(id_)
    return found
