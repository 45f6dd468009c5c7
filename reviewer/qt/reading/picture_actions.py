"""What a person can do with the photograph on the reading screen: look, mark, redact, measure, enhance."""

from __future__ import annotations

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.measuring import Quantity
from reviewer.qt.actions.spec import LOOK, PHOTO, PICTURES, Action, ActionGroup
from reviewer.qt.canvas.tools import (
    MARK_TOOLS,
    QUANTITY_TOOLS,
    SCALE_CORNERS_TOOL,
    SCALE_LINE_TOOL,
)
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.reading.viewing import ViewController

_MARK: ActionGroup[ReadingScreen] = ActionGroup("mark", "Marks", PHOTO, writes=True)
_REDACT: ActionGroup[ReadingScreen] = ActionGroup("redact", "Redact (copies only)", PHOTO, writes=True)
_VIEW: ActionGroup[ReadingScreen] = ActionGroup("view", "View", PHOTO)
_MEASURE: ActionGroup[ReadingScreen] = ActionGroup("measure", "Measure", PHOTO, writes=True)
_PANEL: ActionGroup[ReadingScreen] = ActionGroup("enhance", "Enhance (view only)", PHOTO)
_ENHANCE: ActionGroup[ViewController] = ActionGroup("enhance", "Enhance (view only)", PHOTO)
_CARE: ActionGroup[ReadingScreen] = ActionGroup("care", "Care", PHOTO)


def _draw(shape: MarkShape, text: str, key: str) -> Action[ReadingScreen]:
    tool, label = MARK_TOOLS[shape], str(shape).capitalize()
    return _MARK.make(str(shape), text, key, lambda screen: screen.canvas.set_tool(tool), label=label)


def _redact(shape: MarkShape, words: str, key: str) -> Action[ReadingScreen]:
    text = f"Area to redact: {words}, then what it is"
    label = f"Redact {words}…"
    return _REDACT.make(str(shape), text, key, lambda screen: screen.redact.begin(shape), label=label)


def _measure(quantity: Quantity, text: str, key: str) -> Action[ReadingScreen]:
    tool = QUANTITY_TOOLS[quantity]
    label = str(quantity).capitalize()
    return _MEASURE.make(str(quantity), text, key, lambda screen: screen.canvas.set_tool(tool), label=label)


def _zoom(id_: str, text: str, keys: str, steps: int) -> Action[ReadingScreen]:
    return _VIEW.make(
        id_, text, keys, lambda screen: screen.get_view().zoom(steps), context=LOOK, repeats=True
    )


def _turn(id_: str, text: str, key: str, degrees: int, *, repeats: bool = False) -> Action[ReadingScreen]:
    return _VIEW.make(
        id_, text, key, lambda screen: screen.get_view().turn(degrees), context=LOOK, repeats=repeats
    )


def _toggle_lock(screen: ReadingScreen) -> None:
    canvas = screen.canvas
    canvas.locked = not canvas.locked
    screen.viewing.tell_view()
    screen.say("Zoom and position stay between photos." if canvas.locked else "Each photo is fitted again.")


MARK_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _MARK.make(
        "select",
        "Select and move marks",
        "V",
        lambda screen: screen.canvas.set_tool(None),
        writes=False,
        label="Select",
    ),
    _draw(MarkShape.RECTANGLE, "Draw a rectangle", "R"),
    _draw(MarkShape.ELLIPSE, "Draw an ellipse", "O"),
    _draw(MarkShape.POLYGON, "Draw a polygon", "P"),
    _draw(MarkShape.FREEHAND, "Draw freehand", "F"),
    _draw(MarkShape.LINE, "Draw a line", "I"),
    _draw(MarkShape.POINT, "Set a point", "."),
)

REDACT_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _redact(MarkShape.RECTANGLE, "a rectangle", "Ctrl+R"),
    _redact(MarkShape.ELLIPSE, "an ellipse", "Ctrl+O"),
    _redact(MarkShape.POLYGON, "a polygon", "Ctrl+P"),
    _REDACT.make(
        "next",
        "Select the next area to redact",
        "Ctrl+Down",
        lambda screen: screen.redact.select_next(),
        writes=False,
        label="Next area to redact",
    ),
)

VIEW_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _zoom("zoom-in", "Zoom in at the cursor", "+ = Ctrl++ Ctrl+=", 1),
    _zoom("zoom-out", "Zoom out at the cursor", "- Ctrl+-", -1),
    _VIEW.make(
        "toggle-zoom", "Fit or 100 %", "Z", lambda screen: screen.get_view().toggle_zoom(), context=LOOK
    ),
    _VIEW.make("fit", "Fit the photograph", "Ctrl+0", lambda screen: screen.get_view().fit(), context=LOOK),
    _VIEW.make(
        "full-size",
        "100 %: one pixel of the photograph on one of the screen",
        "Ctrl+1",
        lambda screen: screen.get_view().full_size(),
        context=LOOK,
        label="100 %",
    ),
    _VIEW.make(
        "fill",
        "Fill the window with the photograph",
        "Shift+Z",
        lambda screen: screen.get_view().fill(),
        context=LOOK,
        label="Fill the window",
    ),
    _turn("turn-right", "Turn the view to the right", "]", 90),
    _turn("turn-left", "Turn the view to the left", "[", -90),
    _turn("tilt-right", "Turn the view by one degree to the right", "}", 1, repeats=True),
    _turn("tilt-left", "Turn the view by one degree to the left", "{", -1, repeats=True),
    _VIEW.make(
        "map",
        "Show or hide the small map",
        "Shift+M",
        lambda screen: screen.canvas.toggle_map(),
        label="Small map",
    ),
    _VIEW.make(
        "unseen",
        "Hatch what was never on screen at 100 %",
        "Shift+U",
        lambda screen: screen.viewing.toggle_unseen(),
        label="Hatch what was not seen at 100 %",
    ),
    _VIEW.make(
        "details",
        "Show or hide what the file says of itself (EXIF), as recorded",
        "F2",
        lambda screen: screen.details.toggle(),
        label="File details",
    ),
    _VIEW.make(
        "lock", "Lock zoom and position between photos", "L", _toggle_lock, label="Lock zoom and position"
    ),
    _VIEW.make("loupe", "Loupe", "M", lambda screen: screen.get_view().toggle_loupe(), context=LOOK),
    _VIEW.make(
        "body-map",
        "Show or hide the body map",
        "B",
        lambda screen: screen.side.toggle_map(),
        label="Body map",
    ),
    _VIEW.make(
        "next-figures",
        "Next figures of the body map (sides, head, hands ...)",
        "Shift+H",
        lambda screen: screen.side.turn_map(),
        label="Next figures of the body map",
    ),
)

MEASURE_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _MEASURE.make(
        "scale",
        "Mark a scale: two points of known distance",
        "Shift+S",
        lambda screen: screen.canvas.set_tool(SCALE_LINE_TOOL),
        label="Scale by two points",
    ),
    _MEASURE.make(
        "scale-corners",
        "Mark a scale: four corners of a known rectangle",
        "Shift+R",
        lambda screen: screen.canvas.set_tool(SCALE_CORNERS_TOOL),
        label="Scale by four corners",
    ),
    _measure(Quantity.LENGTH, "Measure a length", "Shift+I"),
    _measure(Quantity.PATH, "Measure along a path", "Shift+F"),
    _measure(Quantity.ANGLE, "Measure an angle", "Shift+V"),
    _measure(Quantity.AREA, "Measure an area", "Shift+O"),
    _MEASURE.make(
        "repeat",
        "Measure the selected measurement once more",
        "Shift+T",
        lambda screen: screen.measuring.repeat(),
        label="Measure once more",
    ),
)

PICTURE_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    *MARK_ACTIONS,
    *REDACT_ACTIONS,
    *VIEW_ACTIONS,
    *MEASURE_ACTIONS,
    _PANEL.make(
        "panel",
        "Show or hide the enhancement panel",
        "F5",
        ReadingScreen.toggle_enhance,
        label="Steps of enhancement",
    ),
)

ENHANCE_ACTIONS: tuple[Action[ViewController], ...] = (
    _ENHANCE.make("add", "Add a step", "Shift+E", ViewController.ask_for_step, label="Add a step…"),
    _ENHANCE.make(
        "neutral",
        "White balance: choose a grey or white spot",
        "Shift+W",
        ViewController.begin_neutral,
        label="White balance by a spot",
    ),
    _ENHANCE.make(
        "off",
        "Back to the photograph as it is; again: the steps once more",
        "Shift+A",
        ViewController.back_to_original,
        label="Steps off, or on again",
    ),
    _ENHANCE.make(
        "original",
        "While held, or until chosen again: the photograph as it is",
        "A",
        ViewController.hold_original,
        label="As it is, until chosen again",
    ),
    _ENHANCE.make(
        "keep-preset",
        "Keep the steps under a name",
        "Shift+K",
        ViewController.ask_preset_name,
        label="Keep the steps…",
    ),
    _ENHANCE.make(
        "preset",
        "Use steps that were kept",
        "Shift+P",
        ViewController.ask_for_preset,
        label="Use kept steps…",
    ),
    _ENHANCE.make(
        "as-found",
        "Show what the examiner saw when the finding was made",
        "Shift+D",
        ViewController.show_as_found,
        label="As seen when found",
    ),
)

COVER_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _CARE.make(
        "clear",
        "Show this photograph without grey, blur or smallness",
        "F4",
        lambda screen: screen.viewing.clear_care(),
        label="Show clearly",
    ),
    _VIEW.make(
        "cover",
        "Cover every photograph now; again: uncover",
        "X",
        ReadingScreen.toggle_cover,
        context=PICTURES,
        label="Cover photographs",
    ),
    _VIEW.make(
        "filmstrip",
        "Show or hide the filmstrip",
        "F9",
        lambda screen: screen.filmstrip.setVisible(screen.filmstrip.isHidden()),
        label="Filmstrip",
    ),
    _VIEW.make(
        "side-panel",
        "Show or hide the findings panel",
        "F10",
        lambda screen: screen.side.setVisible(screen.side.isHidden()),
        label="Findings panel",
    ),
    _VIEW.make(
        "second-window",
        "The photograph alone in a second window, for a second screen; again: hide it",
        "Shift+F11",
        lambda screen: screen.second_window.toggle(),
        label="Photograph in a second window",
    ),
)
"""What hides photographs and panels, and shows them again."""
