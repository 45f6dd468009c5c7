"""The one list of actions. Menus, the command palette, the key sheet and the manual are views of it."""

from __future__ import annotations

from reviewer.domain.reading.category import CATEGORY_NAMES
from reviewer.qt.actions.describe_actions import DESCRIBE_ACTIONS
from reviewer.qt.actions.spec import ActionSpec, Context
from reviewer.qt.actions.window_actions import WINDOW_ACTIONS

_CATEGORIES = tuple(enumerate(CATEGORY_NAMES.values(), start=1))
_PHOTO, _CASE, _ALWAYS, _LOOK = Context.PHOTO, Context.CASE, Context.ALWAYS, Context.LOOK


def _go_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"go.{id_}", text, keys, _PHOTO, "Go", repeats=id_ in {"next-photo", "previous-photo"})


def _finding_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"finding.{id_}", text, keys, _PHOTO, "Findings", writes=True)


def _mark_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"mark.{id_}", text, keys, _PHOTO, "Marks", writes=id_ != "select")


def _redact_action(id_: str, text: str, key: str) -> ActionSpec:
    return ActionSpec(f"redact.{id_}", text, (key,), _PHOTO, "Redact (copies only)", writes=id_ != "next")


def _reading_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"reading.{id_}", text, keys, _PHOTO, "Reading", writes=True)


def _coverage_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"coverage.{id_}", text, keys, _PHOTO, "Coverage", writes=True)


def _duplicates_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"duplicates.{id_}", text, keys, _PHOTO, "Near-duplicates", writes=True)


def _measure_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"measure.{id_}", text, keys, _PHOTO, "Measure", writes=True)


def _enhance_action(id_: str, text: str, *keys: str) -> ActionSpec:
    return ActionSpec(f"enhance.{id_}", text, keys, _PHOTO, "Enhance (view only)")


def _compare_action(id_: str, text: str, *keys: str, context: Context = Context.COMPARE) -> ActionSpec:
    return ActionSpec(f"compare.{id_}", text, keys, context, "Compare")


def _card_action(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"cards.{id_}", text, keys, Context.CARDS, "Cards", writes=writes)


def _sort_action(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"sort.{id_}", text, keys, Context.SORT, "Sort", writes, id_ in {"next", "previous"})


def _gallery_action(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    repeats = id_ in {"larger", "smaller"}
    return ActionSpec(f"gallery.{id_}", text, keys, Context.GALLERY, "Gallery", writes, repeats)


def _view_action(id_: str, text: str, *keys: str, context: Context = _LOOK) -> ActionSpec:
    return ActionSpec(f"view.{id_}", text, keys, context, "View", repeats=id_.startswith(("zoom-", "tilt-")))


def _record_action(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"records.{id_}", text, keys, Context.RECORDS, "Records", writes)


def _figure_action(id_: str, text: str, *keys: str) -> ActionSpec:
    repeats = id_.startswith(("next-", "previous-"))
    return ActionSpec(f"statistics.{id_}", text, keys, Context.STATISTICS, "Statistics", repeats=repeats)


def _problem_action(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"problems.{id_}", text, keys, Context.PROBLEMS, "Problems", writes)


def _individual_action(id_: str, text: str, *keys: str, writes: bool = True) -> ActionSpec:
    return ActionSpec(f"individual.{id_}", text, keys, _PHOTO, "Individual", writes=writes)


def _individuals_action(id_: str, text: str, *keys: str, writes: bool = False) -> ActionSpec:
    return ActionSpec(f"individuals.{id_}", text, keys, Context.INDIVIDUALS, "Individuals", writes=writes)


CATALOGUE: tuple[ActionSpec, ...] = (
    _go_action("next-photo", "Next photo", "Right", "PgDown", "Space", "J"),
    _go_action("previous-photo", "Previous photo", "Left", "PgUp", "Shift+Space", "K"),
    _go_action("next-individual", "Next individual", "Ctrl+Right"),
    _go_action("previous-individual", "Previous individual", "Ctrl+Left"),
    _go_action("next-picture", "Next picture in this file (page, frame)", "Ctrl+PgDown"),
    _go_action("previous-picture", "Previous picture in this file", "Ctrl+PgUp"),
    _go_action("first-photo", "First of the worklist", "Home"),
    _go_action("last-photo", "Last of the worklist", "End"),
    _go_action("next-unread", "Next photo not yet complete", "Ctrl+Shift+Right"),
    *(
        _finding_action(f"quick-tag-{number}", f"Quick tag {number}, on or off", str(number))
        for number in range(1, 10)
    ),
    _finding_action("clear-quick-tags", "Clear the quick tags of this photo", "0"),
    ActionSpec("finding.choose-quick-tags", "Choose the quick tags", ("Ctrl+Alt+T",), _PHOTO, "Findings"),
    _finding_action("add", "Add a finding by typing", "/"),
    _finding_action("definite", "Certainty: definite", "Q"),
    _finding_action("probable", "Certainty: probable", "W"),
    _finding_action("possible", "Certainty: possible", "E"),
    _finding_action("answer", "Answer of the selected finding", "T"),
    _finding_action("regions", "Region of the selected finding by typing", "H"),
    _finding_action("qualifiers", "Qualifiers of the selected finding", "Y"),
    _finding_action("look-alikes", "Which look-alikes of the selected finding were excluded", "Shift+Y"),
    *(
        _finding_action(
            f"exclude-{number}",
            f"Look-alike {number} excluded, or not",
            f"Alt+{number}",
        )
        for number in range(1, 10)
    ),
    _finding_action("remove", "Remove the selected mark or finding", "Del", "Backspace"),
    _finding_action("copy", "Copy findings from the previous photo of this individual", "C"),
    _finding_action("confirm", "Confirm the copied findings", "Ctrl+Return"),
    ActionSpec("finding.select-next", "Select the next finding", ("Down",), _PHOTO, "Findings"),
    ActionSpec("finding.select-previous", "Select the previous finding", ("Up",), _PHOTO, "Findings"),
    _reading_action("complete-and-next", "Reading complete, go to the next unread photo", "Return", "Enter"),
    _reading_action("complete", "Reading complete, stay here", "Shift+Return", "Shift+Enter"),
    _reading_action("nothing-visible", "Nothing visible in the assessable regions", "N"),
    _reading_action(
        "nothing-else", "Nothing else visible of the lists of signs for what is shown; again: not", ","
    ),
    ActionSpec("reading.signs", "The signs on these lists, one by one", ("Shift+L",), _PHOTO, "Reading"),
    _reading_action("not-assessable", "Not assessable, then the reason", "U"),
    _reading_action("set-aside", "Set aside, no reason asked", "D"),
    _reading_action("note", "Write a note", "S"),
    ActionSpec("reading.uncover", "Show what is masked on this photo", ("Shift+X",), _PHOTO, "Reading"),
    ActionSpec("reading.undo", "Undo", ("Ctrl+Z",), _CASE, "Reading", writes=True),
    ActionSpec("reading.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _CASE, "Reading", writes=True),
    _coverage_action(
        "mark",
        "What this photo shows well enough to judge: views by digit, regions by typing or a click",
        "Shift+B",
    ),
    _coverage_action(
        "frame", "Down to where the body is in the frame, and how the arms lie, of the marked view", "Shift+J"
    ),
    _coverage_action("as-previous", "Coverage as on the previous photo of this individual", "Shift+N"),
    *DESCRIBE_ACTIONS,
    _duplicates_action("carry-over", "Carry the reading over to (or from) near-duplicates", "Shift+C"),
    _duplicates_action("find", "Look for near-duplicates in the whole case; again: stop", "Ctrl+Shift+D"),
    _duplicates_action("part", "This photo is no near-duplicate of the others", "Shift+G"),
    _mark_action("select", "Select and move marks", "V"),
    _mark_action("rectangle", "Draw a rectangle", "R"),
    _mark_action("ellipse", "Draw an ellipse", "O"),
    _mark_action("polygon", "Draw a polygon", "P"),
    _mark_action("freehand", "Draw freehand", "F"),
    _mark_action("line", "Draw a line", "I"),
    _mark_action("point", "Set a point", "."),
    _redact_action("rectangle", "Area to redact: a rectangle, then what it is", "Ctrl+R"),
    _redact_action("ellipse", "Area to redact: an ellipse, then what it is", "Ctrl+O"),
    _redact_action("polygon", "Area to redact: a polygon, then what it is", "Ctrl+P"),
    _redact_action("next", "Select the next area to redact", "Ctrl+Down"),
    _view_action("zoom-in", "Zoom in at the cursor", "+", "=", "Ctrl++", "Ctrl+="),
    _view_action("zoom-out", "Zoom out at the cursor", "-", "Ctrl+-"),
    _view_action("toggle-zoom", "Fit or 100 %", "Z"),
    _view_action("fit", "Fit the photograph", "Ctrl+0"),
    _view_action("full-size", "100 %: one pixel of the photograph on one of the screen", "Ctrl+1"),
    _view_action("fill", "Fill the window with the photograph", "Shift+Z"),
    _view_action("turn-right", "Turn the view to the right", "]"),
    _view_action("turn-left", "Turn the view to the left", "["),
    _view_action("tilt-right", "Turn the view by one degree to the right", "}"),
    _view_action("tilt-left", "Turn the view by one degree to the left", "{"),
    _view_action("map", "Show or hide the small map", "Shift+M", context=_PHOTO),
    _view_action("unseen", "Hatch what was never on screen at 100 %", "Shift+U", context=_PHOTO),
    _view_action(
        "details", "Show or hide what the file says of itself (EXIF), as recorded", "F2", context=_PHOTO
    ),
    _view_action("lock", "Lock zoom and position between photos", "L", context=_PHOTO),
    _view_action("loupe", "Loupe", "M"),
    _view_action("body-map", "Show or hide the body map", "B", context=_PHOTO),
    _view_action(
        "next-figures", "Next figures of the body map (sides, head, hands ...)", "Shift+H", context=_PHOTO
    ),
    _measure_action("scale", "Mark a scale: two points of known distance", "Shift+S"),
    _measure_action("scale-corners", "Mark a scale: four corners of a known rectangle", "Shift+R"),
    _measure_action("length", "Measure a length", "Shift+I"),
    _measure_action("path", "Measure along a path", "Shift+F"),
    _measure_action("angle", "Measure an angle", "Shift+V"),
    _measure_action("area", "Measure an area", "Shift+O"),
    _measure_action("repeat", "Measure the selected measurement once more", "Shift+T"),
    _enhance_action("panel", "Show or hide the enhancement panel", "F5"),
    _enhance_action("add", "Add a step", "Shift+E"),
    _enhance_action("neutral", "White balance: choose a grey or white spot", "Shift+W"),
    _enhance_action("off", "Back to the photograph as it is; again: the steps once more", "Shift+A"),
    _enhance_action("original", "While held: the photograph as it is", "A"),
    _enhance_action("keep-preset", "Keep the steps under a name", "Shift+K"),
    _enhance_action("preset", "Use steps that were kept", "Shift+P"),
    _enhance_action("as-found", "Show what the examiner saw when the finding was made", "Shift+D"),
    _compare_action("open", "Compare photographs side by side; again: back to reading", "F6", context=_LOOK),
    _compare_action("four", "Two photographs or four", "Shift+F6"),
    _compare_action("individual", "Compare: same individual", "F7", context=_LOOK),
    _compare_action("region", "Compare: same region, other individuals", "Shift+F7", context=_LOOK),
    _compare_action("flicker", "The same place of two photographs in turn", "F8"),
    _compare_action("difference", "Difference of two photographs", "Shift+F8"),
    _compare_action("link", "Link zoom and position of the photographs, or not", "Shift+L"),
    _compare_action("choose", "Any photograph into this pane, by number or name", "Ctrl+P"),
    _compare_action("next-pane", "Next pane", "F3"),
    _compare_action("next", "Next photograph in this pane", "Ctrl+PgDown"),
    _compare_action("previous", "Previous photograph in this pane", "Ctrl+PgUp"),
    _card_action("keep", "Keep what is typed, go to the next card", "Return", "Enter", writes=True),
    _card_action("in-part", "The card can be read in part", "F2"),
    _card_action("unreadable", "The card cannot be read", "F3", writes=True),
    _card_action("no-card", "There is no card", "F4", writes=True),
    _card_action("take-first", "Decide for the first pass", "F6", writes=True),
    _card_action("take-second", "Decide for the second pass", "F7", writes=True),
    _card_action("one-for-each", "One card for each individual, or every photograph", "F8"),
    _card_action("whole", "Show the whole photograph, forget where the card is", "F9"),
    _card_action("next-photo", "Next photograph", "PgDown"),
    _card_action("previous-photo", "Previous photograph", "PgUp"),
    _card_action("ocr-photo", "Back to the photograph that OCR read", "F12"),
    _card_action("skip", "Next card of this pass", "Ctrl+PgDown"),
    _card_action("first-pass", "First pass", "Ctrl+1"),
    _card_action("second-pass", "Second pass, blind", "Ctrl+2"),
    _card_action("mismatches", "Decide where the passes differ", "Ctrl+3"),
    _card_action("zoom-in", "Zoom in", "Ctrl++", "Ctrl+="),
    _card_action("zoom-out", "Zoom out", "Ctrl+-"),
    _record_action("load", "Load a file about the victims", "Ctrl+O"),
    _record_action("keep", "Load the file as it is shown", "Ctrl+Return", "Ctrl+Enter"),
    _record_action("back", "Back to the list of rows", "Esc", writes=False),
    _record_action("accept", "Accept the individual that fits this row", "Return", "Enter"),
    _record_action("accept-all", "Accept all rows that fit one individual", "Shift+Return", "Shift+Enter"),
    _record_action("link", "Link this row to an individual", "L"),
    _record_action("none", "This row speaks of no individual, then the reason", "N"),
    *(_sort_action(f"{n}", f"Sort as {name.lower()}", f"{n}") for n, name in _CATEGORIES),
    *(_sort_action(f"run-{n}", f"Sort a run as {name.lower()}", f"Shift+{n}") for n, name in _CATEGORIES),
    _sort_action("clear", "Clear the category", "0"),
    _sort_action("take-back", "Take back what was sorted last", "Backspace"),
    _sort_action("next", "Next photo", "Right", "PgDown", writes=False),
    _sort_action("previous", "Previous photo", "Left", "PgUp", writes=False),
    _sort_action("next-unsorted", "Next photo that is not sorted", "Ctrl+Shift+Right", "Space", writes=False),
    _gallery_action("open", "Open the current photo for reading", "Return", "Enter"),
    _gallery_action("select", "Select the current photo, or not any more", "Space"),
    _gallery_action("select-all", "Select all", "Ctrl+A"),
    _gallery_action("back", "Select nothing; again: the list that is read", "Esc"),
    *(
        _gallery_action(f"sort-{n}", f"Sort the selection as {name.lower()}", f"{n}", writes=True)
        for n, name in _CATEGORIES
    ),
    _gallery_action("clear-category", "Clear the category of the selection", "0", writes=True),
    _gallery_action("group", "Group by individual, folder, day or nothing", "B"),
    _gallery_action("larger", "Larger pictures", "+", "="),
    _gallery_action("smaller", "Smaller pictures", "-"),
    _gallery_action("privacy", "Frames and words only, no pictures; again: the pictures", "P"),
    _individual_action(
        "pick", "Pick this photo for a split or a move; again: not", "Ctrl+Space", writes=False
    ),
    _individual_action("split", "Split: this photo and the picked ones are another individual", "Ctrl+N"),
    _individual_action(
        "move", "Move this photo and the picked ones to another individual, by its number", "Ctrl+M"
    ),
    _individual_action("merge-next", "Merge: the next individual is the same as this one", "Ctrl+J"),
    _individual_action("card", "Card of this individual", "Ctrl+I", writes=False),
    _individuals_action("open", "Open the card of a person; there: read the photo", "Return", "Enter"),
    _individuals_action("back", "Back to the table; there: show all", "Esc"),
    _individuals_action("filter", "Filter the table by typing", "/"),
    _individuals_action("sort", "Sort the table by a column", "S"),
    _individuals_action("columns", "Choose the columns", "C"),
    _individuals_action("proposals", "On what proposals rest: folders, cards, bursts, records", "P"),
    _individuals_action("conflicts", "What does not fit together", "K"),
    _individuals_action("gaps", "List examination numbers that are not in this case; again: not", "Shift+K"),
    _individuals_action("accept", "Accept the chosen proposals", "A", writes=True),
    _individuals_action(
        "accept-all", "Accept every proposal in the table, after the count", "Shift+A", writes=True
    ),
    _individuals_action("merge", "Merge the chosen individuals", "M", writes=True),
    _individuals_action("split", "Split the chosen photos of the card off", "Shift+S", writes=True),
    _individuals_action("move", "Move the chosen photos of the card to another individual", "V", writes=True),
    _individuals_action("take-out", "Take the chosen photos of the card out", "Del", writes=True),
    _individuals_action("fact", "State a fact", "F", writes=True),
    _individuals_action("withdraw", "Withdraw a statement", "W", writes=True),
    _individuals_action("decide", "Decide a contradiction of your summary, on the card", "D", writes=True),
    _individuals_action("evaluate", "Overall evaluation of the person on the card", "E", writes=True),
    _individuals_action(
        "sign", "Sign the overall evaluation that is written", "Ctrl+Return", "Ctrl+Enter", writes=True
    ),
    _individuals_action("withdraw-evaluation", "Withdraw your overall evaluation", "Shift+E", writes=True),
    _individuals_action("note", "Accept a conflict as it is, with a note", "N", writes=True),
    _figure_action("next-table", "Next table", "Down"),
    _figure_action("previous-table", "Previous table", "Up"),
    _figure_action("next-figure", "Next figure of the table", "Right"),
    _figure_action("previous-figure", "Previous figure of the table", "Left"),
    _figure_action("photographs", "The photographs behind the chosen figure", "Return", "Enter"),
    _figure_action("break-down", "Break the chosen figure down by another table", "B"),
    _figure_action("query", "Count only what a query finds", "/"),
    _figure_action("as-of", "Count as of an earlier entry of the ledger", "S"),
    _figure_action("again", "Count again", "F5"),
    _figure_action("back", "Stop counting; back to the whole table", "Esc"),
    _problem_action("seen-elsewhere", "The chosen files were seen elsewhere: how", "E", writes=True),
    _problem_action("open-again", "The chosen files are to be looked at again", "Shift+E", writes=True),
    _problem_action("list-archive", "List what lies in the archive; nothing is unpacked", "Return", "Enter"),
    _problem_action("filter", "Every file, what may hold photographs, what is open, what was seen", "M"),
    ActionSpec("care.clear", "Show this photograph without grey, blur or smallness", ("F4",), _PHOTO, "Care"),
    ActionSpec("view.cover", "Cover every photograph now; again: uncover", ("X",), Context.PICTURES, "View"),
    _view_action("filmstrip", "Show or hide the filmstrip", "F9", context=_PHOTO),
    _view_action("side-panel", "Show or hide the findings panel", "F10", context=_PHOTO),
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
    *WINDOW_ACTIONS,
)


def find_spec(id_: str) -> ActionSpec:
    """The action of that id; KeyError if there is none."""
    found = next((spec for spec in CATALOGUE if spec.id == id_), None)
    if found is None:
        raise KeyError(id_)
    return found
