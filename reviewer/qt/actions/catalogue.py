"""The one list of actions. Menus, the command palette, the key sheet and the manual are views of it."""

from __future__ import annotations

from reviewer.domain.reading.category import NAMES
from reviewer.qt.actions.describe_actions import OF_DESCRIBING
from reviewer.qt.actions.spec import ActionSpec, Context
from reviewer.qt.actions.window_actions import OF_THE_WINDOW

_CATEGORIES = tuple(enumerate(NAMES.values(), start=1))
_PHOTO, _CASE, _ALWAYS, _LOOK = Context.PHOTO, Context.CASE, Context.ALWAYS, Context.LOOK


def _go(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"go.{id_}", text, keys, _PHOTO, "Go", repeats=id_ in {"next-photo", "previous-photo"})


def _find(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"finding.{id_}", text, keys, _PHOTO, "Findings", writes=True)


def _mark(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"mark.{id_}", text, keys, _PHOTO, "Marks", writes=id_ != "select")


def _redact(id_: str, text: str, key: str) -> ActionSpec:
    return ActionSpec(f"redact.{id_}", text, (key,), _PHOTO, "Redact (copies only)", writes=id_ != "next")


def _read(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"reading.{id_}", text, keys, _PHOTO, "Reading", writes=True)


def _cover(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"coverage.{id_}", text, keys, _PHOTO, "Coverage", writes=True)


def _alike(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"duplicates.{id_}", text, keys, _PHOTO, "Near-duplicates", writes=True)


def _measure(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"measure.{id_}", text, keys, _PHOTO, "Measure", writes=True)


def _enhance(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"enhance.{id_}", text, keys, _PHOTO, "Enhance (view only)")


def _compare(id_: str, text: str, *keys: str, context: Context = Context.COMPARE) -> ActionSpec:
    return ActionSpec(f"compare.{id_}", text, keys, context, "Compare")


def _card(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"cards.{id_}", text, keys, Context.CARDS, "Cards", writes=writes)


def _sort(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"sort.{id_}", text, keys, Context.SORT, "Sort", writes, id_ in {"next", "previous"})


def _gallery(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    repeats = id_ in {"larger", "smaller"}
    return ActionSpec(f"gallery.{id_}", text, keys, Context.GALLERY, "Gallery", writes, repeats)


def _view(id_: str, text: str, *keys: str, context: Context = _LOOK) -> ActionSpec:
    return ActionSpec(f"view.{id_}", text, keys, context, "View", repeats=id_.startswith(("zoom-", "tilt-")))


def _record(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"records.{id_}", text, keys, Context.RECORDS, "Records", writes)


def _figure(id_: str, text: str, *keys: str) -> ActionSpec:
    repeats = id_.startswith(("next-", "previous-"))
    return ActionSpec(f"statistics.{id_}", text, keys, Context.STATISTICS, "Statistics", repeats=repeats)


def _problem(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"problems.{id_}", text, keys, Context.PROBLEMS, "Problems", writes)


def _individual(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"individual.{id_}", text, keys, _PHOTO, "Individual", writes=writes)


def _individuals(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"individuals.{id_}", text, keys, Context.INDIVIDUALS, "Individuals", writes=writes)


CATALOGUE: tuple[ActionSpec, ...] = (
    _go("next-photo", "Next photo", "Right", "PgDown", "Space", "J"),
    _go("previous-photo", "Previous photo", "Left", "PgUp", "Shift+Space", "K"),
    _go("next-individual", "Next individual", "Ctrl+Right"),
    _go("previous-individual", "Previous individual", "Ctrl+Left"),
    _go("next-picture", "Next picture in this file (page, frame)", "Ctrl+PgDown"),
    _go("previous-picture", "Previous picture in this file", "Ctrl+PgUp"),
    _go("first-photo", "First of the worklist", "Home"),
    _go("last-photo", "Last of the worklist", "End"),
    _go("next-unread", "Next photo not yet complete", "Ctrl+Shift+Right"),
    *(_find(f"quick-tag-{number}", f"Quick tag {number}, on or off", str(number)) for number in range(1, 10)),
    _find("clear-quick-tags", "Clear the quick tags of this photo", "0"),
    ActionSpec("finding.choose-quick-tags", "Choose the quick tags", ("Ctrl+Alt+T",), _PHOTO, "Findings"),
    _find("add", "Add a finding by typing", "/"),
    _find("definite", "Certainty: definite", "Q"),
    _find("probable", "Certainty: probable", "W"),
    _find("possible", "Certainty: possible", "E"),
    _find("answer", "Answer of the selected finding", "T"),
    _find("regions", "Region of the selected finding by typing", "H"),
    _find("qualifiers", "Qualifiers of the selected finding", "Y"),
    _find("look-alikes", "Which look-alikes of the selected finding were excluded", "Shift+Y"),
    *(
        _find(
            f"exclude-{number}",
            f"Look-alike {number} excluded, or not",
            f"Alt+{number}",
        )
        for number in range(1, 10)
    ),
    _find("remove", "Remove the selected mark or finding", "Del", "Backspace"),
    _find("copy", "Copy findings from the previous photo of this individual", "C"),
    _find("confirm", "Confirm the copied findings", "Ctrl+Return"),
    ActionSpec("finding.select-next", "Select the next finding", ("Down",), _PHOTO, "Findings"),
    ActionSpec("finding.select-previous", "Select the previous finding", ("Up",), _PHOTO, "Findings"),
    _read("complete-and-next", "Reading complete, go to the next unread photo", "Return", "Enter"),
    _read("complete", "Reading complete, stay here", "Shift+Return", "Shift+Enter"),
    _read("nothing-visible", "Nothing visible in the assessable regions", "N"),
    _read("nothing-else", "Nothing else visible of the lists of signs for what is shown; again: not", ","),
    ActionSpec("reading.signs", "The signs on these lists, one by one", ("Shift+L",), _PHOTO, "Reading"),
    _read("not-assessable", "Not assessable, then the reason", "U"),
    _read("set-aside", "Set aside, no reason asked", "D"),
    _read("note", "Write a note", "S"),
    ActionSpec("reading.uncover", "Show what is masked on this photo", ("Shift+X",), _PHOTO, "Reading"),
    ActionSpec("reading.undo", "Undo", ("Ctrl+Z",), _CASE, "Reading", writes=True),
    ActionSpec("reading.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _CASE, "Reading", writes=True),
    _cover(
        "mark",
        "What this photo shows well enough to judge: views by digit, regions by typing or a click",
        "Shift+B",
    ),
    _cover(
        "frame", "Down to where the body is in the frame, and how the arms lie, of the marked view", "Shift+J"
    ),
    _cover("as-previous", "Coverage as on the previous photo of this individual", "Shift+N"),
    *OF_DESCRIBING,
    _alike("carry-over", "Carry the reading over to (or from) near-duplicates", "Shift+C"),
    _alike("find", "Look for near-duplicates in the whole case; again: stop", "Ctrl+Shift+D"),
    _alike("part", "This photo is no near-duplicate of the others", "Shift+G"),
    _mark("select", "Select and move marks", "V"),
    _mark("rectangle", "Draw a rectangle", "R"),
    _mark("ellipse", "Draw an ellipse", "O"),
    _mark("polygon", "Draw a polygon", "P"),
    _mark("freehand", "Draw freehand", "F"),
    _mark("line", "Draw a line", "I"),
    _mark("point", "Set a point", "."),
    _redact("rectangle", "Area to redact: a rectangle, then what it is", "Ctrl+R"),
    _redact("ellipse", "Area to redact: an ellipse, then what it is", "Ctrl+O"),
    _redact("polygon", "Area to redact: a polygon, then what it is", "Ctrl+P"),
    _redact("next", "Select the next area to redact", "Ctrl+Down"),
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
    _view("details", "Show or hide what the file says of itself (EXIF), as recorded", "F2", context=_PHOTO),
    _view("lock", "Lock zoom and position between photos", "L", context=_PHOTO),
    _view("loupe", "Loupe", "M"),
    _view("body-map", "Show or hide the body map", "B", context=_PHOTO),
    _view("next-figures", "Next figures of the body map (sides, head, hands ...)", "Shift+H", context=_PHOTO),
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
    _record("load", "Load a file about the victims", "Ctrl+O"),
    _record("keep", "Load the file as it is shown", "Ctrl+Return", "Ctrl+Enter"),
    _record("back", "Back to the list of rows", "Esc", writes=False),
    _record("accept", "Accept the individual that fits this row", "Return", "Enter"),
    _record("accept-all", "Accept all rows that fit one individual", "Shift+Return", "Shift+Enter"),
    _record("link", "Link this row to an individual", "L"),
    _record("none", "This row speaks of no individual, then the reason", "N"),
    *(_sort(f"{n}", f"Sort as {name.lower()}", f"{n}") for n, name in _CATEGORIES),
    *(_sort(f"run-{n}", f"Sort a run as {name.lower()}", f"Shift+{n}") for n, name in _CATEGORIES),
    _sort("clear", "Clear the category", "0"),
    _sort("take-back", "Take back what was sorted last", "Backspace"),
    _sort("next", "Next photo", "Right", "PgDown", writes=False),
    _sort("previous", "Previous photo", "Left", "PgUp", writes=False),
    _sort("next-unsorted", "Next photo that is not sorted", "Ctrl+Shift+Right", "Space", writes=False),
    _gallery("open", "Open the current photo for reading", "Return", "Enter"),
    _gallery("select", "Select the current photo, or not any more", "Space"),
    _gallery("select-all", "Select all", "Ctrl+A"),
    _gallery("back", "Select nothing; again: the list that is read", "Esc"),
    *(
        _gallery(f"sort-{n}", f"Sort the selection as {name.lower()}", f"{n}", writes=True)
        for n, name in _CATEGORIES
    ),
    _gallery("clear-category", "Clear the category of the selection", "0", writes=True),
    _gallery("group", "Group by individual, folder, day or nothing", "B"),
    _gallery("larger", "Larger pictures", "+", "="),
    _gallery("smaller", "Smaller pictures", "-"),
    _gallery("privacy", "Frames and words only, no pictures; again: the pictures", "P"),
    _individual("pick", "Pick this photo for a split or a move; again: not", "Ctrl+Space", writes=False),
    _individual("split", "Split: this photo and the picked ones are another individual", "Ctrl+N"),
    _individual("move", "Move this photo and the picked ones to another individual, by its number", "Ctrl+M"),
    _individual("merge-next", "Merge: the next individual is the same as this one", "Ctrl+J"),
    _individual("card", "Card of this individual", "Ctrl+I", writes=False),
    _individuals("open", "Open the card of a person; there: read the photo", "Return", "Enter"),
    _individuals("back", "Back to the table; there: show all", "Esc"),
    _individuals("filter", "Filter the table by typing", "/"),
    _individuals("sort", "Sort the table by a column", "S"),
    _individuals("columns", "Choose the columns", "C"),
    _individuals("proposals", "On what proposals rest: folders, cards, bursts, records", "P"),
    _individuals("conflicts", "What does not fit together", "K"),
    _individuals("gaps", "List examination numbers that are not in this case; again: not", "Shift+K"),
    _individuals("accept", "Accept the chosen proposals", "A", writes=True),
    _individuals("accept-all", "Accept every proposal in the table, after the count", "Shift+A", writes=True),
    _individuals("merge", "Merge the chosen individuals", "M", writes=True),
    _individuals("split", "Split the chosen photos of the card off", "Shift+S", writes=True),
    _individuals("move", "Move the chosen photos of the card to another individual", "V", writes=True),
    _individuals("take-out", "Take the chosen photos of the card out", "Del", writes=True),
    _individuals("fact", "State a fact", "F", writes=True),
    _individuals("withdraw", "Withdraw a statement", "W", writes=True),
    _individuals("decide", "Decide a contradiction of your summary, on the card", "D", writes=True),
    _individuals("evaluate", "Overall evaluation of the person on the card", "E", writes=True),
    _individuals(
        "sign", "Sign the overall evaluation that is written", "Ctrl+Return", "Ctrl+Enter", writes=True
    ),
    _individuals("withdraw-evaluation", "Withdraw your overall evaluation", "Shift+E", writes=True),
    _individuals("note", "Accept a conflict as it is, with a note", "N", writes=True),
    _figure("next-table", "Next table", "Down"),
    _figure("previous-table", "Previous table", "Up"),
    _figure("next-figure", "Next figure of the table", "Right"),
    _figure("previous-figure", "Previous figure of the table", "Left"),
    _figure("photographs", "The photographs behind the chosen figure", "Return", "Enter"),
    _figure("break-down", "Break the chosen figure down by another table", "B"),
    _figure("query", "Count only what a query finds", "/"),
    _figure("as-of", "Count as of an earlier entry of the ledger", "S"),
    _figure("again", "Count again", "F5"),
    _figure("back", "Stop counting; back to the whole table", "Esc"),
    _problem("seen-elsewhere", "The chosen files were seen elsewhere: how", "E", writes=True),
    _problem("open-again", "The chosen files are to be looked at again", "Shift+E", writes=True),
    _problem("list-archive", "List what lies in the archive; nothing is unpacked", "Return", "Enter"),
    _problem("filter", "Every file, what may hold photographs, what is open, what was seen", "M"),
    ActionSpec("care.clear", "Show this photograph without grey, blur or smallness", ("F4",), _PHOTO, "Care"),
    ActionSpec("view.cover", "Cover every photograph now; again: uncover", ("X",), Context.PICTURES, "View"),
    _view("filmstrip", "Show or hide the filmstrip", "F9", context=_PHOTO),
    _view("side-panel", "Show or hide the findings panel", "F10", context=_PHOTO),
    ActionSpec("search.find", "Search for photographs", ("Ctrl+F",), _CASE, "Search"),
    ActionSpec("search.lists", "A saved list or sample by its name", ("Ctrl+Shift+F",), _CASE, "Search"),
    ActionSpec("search.sample", "Plan and draw a sample", ("Ctrl+Shift+M",), _CASE, "Search", writes=True),
    ActionSpec("search.everything", "Back to all photographs", ("Ctrl+Alt+F",), _CASE, "Search"),
    ActionSpec("search.why", "Why this photograph is in the list", ("Ctrl+Alt+W",), _CASE, "Search"),
    ActionSpec("search.remove-list", "Remove a saved list", ("Ctrl+Alt+D",), _CASE, "Search", writes=True),
    ActionSpec("window.start", "Start screen", ("Ctrl+Shift+1",), _ALWAYS, "Window"),
    ActionSpec("window.ingest", "Ingest screen", ("Ctrl+Shift+2",), _CASE, "Window"),
    ActionSpec("window.read", "Reading screen", ("Ctrl+Shift+3",), _CASE, "Window"),
    ActionSpec("window.individuals", "Individuals screen", ("Ctrl+Shift+I",), _CASE, "Window"),
    ActionSpec("window.problems", "Problems screen", ("Ctrl+Shift+4",), _CASE, "Window"),
    ActionSpec("window.integrity", "Integrity screen", ("Ctrl+Shift+5",), _CASE, "Window"),
    ActionSpec("window.compare", "Compare screen", ("Ctrl+Shift+6",), _CASE, "Window"),
    *OF_THE_WINDOW,
)


def spec_of(id_: str) -> ActionSpec:
    """The action of that id; KeyError if there is none."""
    found = next((spec for spec in CATALOGUE if spec.id == id_), None)
    if found is None:
        raise KeyError(id_)
    return found
