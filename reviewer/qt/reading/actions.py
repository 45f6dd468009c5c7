"""What a person can do with the reading on the reading screen: go, find, describe, cover, end it."""

from __future__ import annotations

from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.actions.spec import CASE, PHOTO, Action, ActionGroup
from reviewer.qt.reading.describe_actions import DESCRIBE_ACTIONS
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.services.reading.reader import Reader

_GO: ActionGroup[Reader] = ActionGroup("go", "Go", PHOTO)
_FINDING: ActionGroup[ReadingScreen] = ActionGroup("finding", "Findings", PHOTO, writes=True)
_READING: ActionGroup[ReadingScreen] = ActionGroup("reading", "Reading", PHOTO, writes=True)
_COVERAGE: ActionGroup[ReadingScreen] = ActionGroup("coverage", "Coverage", PHOTO, writes=True)
_DUPLICATES: ActionGroup[ReadingScreen] = ActionGroup("duplicates", "Near-duplicates", PHOTO, writes=True)
_INDIVIDUAL: ActionGroup[ReadingScreen] = ActionGroup("individual", "Individual", PHOTO, writes=True)


def _toggle_quick_tag(number: int) -> Action[ReadingScreen]:
    return _FINDING.make(
        f"quick-tag-{number}",
        f"Quick tag {number}, on or off",
        str(number),
        lambda screen: screen.reader.toggle_quick_tag(number),
    )


def _set_certainty(certainty: Certainty, key: str) -> Action[ReadingScreen]:
    return _FINDING.make(
        str(certainty),
        f"Certainty: {certainty}",
        key,
        lambda screen: screen.reader.set_certainty(certainty),
        label=str(certainty).capitalize(),
    )


def _exclude_look_alike(number: int) -> Action[ReadingScreen]:
    return _FINDING.make(
        f"exclude-{number}",
        f"Look-alike {number} excluded, or not",
        f"Alt+{number}",
        lambda screen: screen.reader.exclude_number(number),
    )


def _complete_and_go_on(screen: ReadingScreen) -> None:
    if not screen.canvas.finish_clicks():
        screen.completing.complete_and_go_on()


GO_ACTIONS: tuple[Action[Reader], ...] = (
    _GO.make("next-photo", "Next photo", "Right PgDown Space J", lambda reader: reader.step(1), repeats=True),
    _GO.make(
        "previous-photo",
        "Previous photo",
        "Left PgUp Shift+Space K",
        lambda reader: reader.step(-1),
        repeats=True,
    ),
    _GO.make("next-individual", "Next individual", "Ctrl+Right", lambda reader: reader.step_individual(1)),
    _GO.make(
        "previous-individual", "Previous individual", "Ctrl+Left", lambda reader: reader.step_individual(-1)
    ),
    _GO.make(
        "next-picture",
        "Next picture in this file (page, frame)",
        "Ctrl+PgDown",
        lambda reader: reader.pages.step(1),
        label="Next picture in this file",
    ),
    _GO.make(
        "previous-picture", "Previous picture in this file", "Ctrl+PgUp", lambda reader: reader.pages.step(-1)
    ),
    _GO.make("first-photo", "First of the worklist", "Home", Reader.first, label="First photo"),
    _GO.make("last-photo", "Last of the worklist", "End", Reader.last, label="Last photo"),
    _GO.make(
        "next-unread",
        "Next photo not yet complete",
        "Ctrl+Shift+Right",
        Reader.next_unread,
        label="Next photo not complete",
    ),
)

FINDING_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    *(_toggle_quick_tag(number) for number in range(1, 10)),
    _FINDING.make(
        "clear-quick-tags",
        "Clear the quick tags of this photo",
        "0",
        lambda screen: screen.reader.clear_quick_tags(),
        label="Clear quick tags",
    ),
    _FINDING.make(
        "choose-quick-tags",
        "Choose the quick tags",
        "Ctrl+Alt+T",
        lambda screen: screen.tags_wanted.emit(),
        writes=False,
        label="Choose quick tags…",
    ),
    _FINDING.make("add", "Add a finding by typing", "/", ReadingScreen.ask_for_finding, label="Add finding…"),
    _set_certainty(Certainty.DEFINITE, "Q"),
    _set_certainty(Certainty.PROBABLE, "W"),
    _set_certainty(Certainty.POSSIBLE, "E"),
    _FINDING.make(
        "answer",
        "Answer of the selected finding",
        "T",
        lambda screen: screen.questions.ask_answer(),
        label="Answer…",
    ),
    _FINDING.make(
        "regions",
        "Region of the selected finding, on large figures or by typing",
        "H",
        lambda screen: screen.regions.ask(),
        label="Region…",
    ),
    _FINDING.make(
        "qualifiers",
        "Qualifiers of the selected finding",
        "Y",
        lambda screen: screen.questions.ask_qualifiers(),
        label="Qualify…",
    ),
    _FINDING.make(
        "look-alikes",
        "Which look-alikes of the selected finding were excluded",
        "Shift+Y",
        lambda screen: screen.questions.ask_look_alikes(),
        label="Look-alikes excluded…",
    ),
    *(_exclude_look_alike(number) for number in range(1, 10)),
    _FINDING.make(
        "remove",
        "Remove the selected mark or finding",
        "Del Backspace",
        lambda screen: screen.drawn.remove_selected(),
        label="Remove",
    ),
    _FINDING.make(
        "copy",
        "Copy findings from the previous photo of this individual",
        "C",
        lambda screen: screen.reader.copy_from_previous(),
        label="Copy findings from previous photo",
    ),
    _FINDING.make(
        "confirm",
        "Confirm the copied findings",
        "Ctrl+Return",
        lambda screen: screen.reader.confirm_copied(),
        label="Confirm copied findings",
    ),
    _FINDING.make(
        "select-next",
        "Select the next finding",
        "Down",
        lambda screen: screen.reader.select_step(1),
        writes=False,
        label="Next finding",
    ),
    _FINDING.make(
        "select-previous",
        "Select the previous finding",
        "Up",
        lambda screen: screen.reader.select_step(-1),
        writes=False,
        label="Previous finding",
    ),
)

WHOLE_READING_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _READING.make(
        "complete-and-next",
        "Reading complete, go to the next unread photo",
        "Return Enter",
        _complete_and_go_on,
        label="Complete and next",
    ),
    _READING.make(
        "complete",
        "Reading complete, stay here",
        "Shift+Return Shift+Enter",
        lambda screen: screen.completing.complete(),
        label="Complete, stay here",
    ),
    _READING.make(
        "nothing-visible",
        "Nothing visible in the assessable regions",
        "N",
        lambda screen: screen.looking_for.nothing_visible(),
        label="Nothing visible",
    ),
    _READING.make(
        "nothing-else",
        "Nothing else visible of the lists of signs for what is shown; again: not",
        ",",
        lambda screen: screen.looking_for.toggle(),
        label="Nothing else visible",
    ),
    _READING.make(
        "signs",
        "The signs on these lists, one by one",
        "Shift+L",
        lambda screen: screen.signs.show(),
        writes=False,
        label="Signs on the lists…",
    ),
    _READING.make(
        "not-assessable",
        "Not assessable, then the reason",
        "U",
        lambda screen: screen.questions.ask_why_not_assessable(),
        label="Not assessable…",
    ),
    _READING.make(
        "set-aside",
        "Set aside, no reason asked",
        "D",
        lambda screen: screen.reader.set_aside(),
        label="Set aside",
    ),
    _READING.make("note", "Write a note", "S", lambda screen: screen.side.note.begin(), label="Note"),
    _READING.make(
        "uncover",
        "Show what is masked on this photo",
        "Shift+X",
        lambda screen: screen.masks.uncover(),
        writes=False,
        label="Show what is masked",
    ),
    _READING.make("undo", "Undo", "Ctrl+Z", lambda screen: screen.reader.undo(), context=CASE),
    _READING.make("redo", "Redo", "Ctrl+Shift+Z Ctrl+Y", lambda screen: screen.reader.redo(), context=CASE),
)

COVERAGE_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _COVERAGE.make(
        "mark",
        "What this photo shows well enough to judge: views by digit, regions by typing or a click",
        "Shift+B",
        lambda screen: screen.coverage.ask(),
        label="What this photo shows…",
    ),
    _COVERAGE.make(
        "frame",
        "Down to where the body is in the frame, and how the arms lie, of the marked view",
        "Shift+J",
        lambda screen: screen.coverage.ask_frame(),
        label="Where the frame ends…",
    ),
    _COVERAGE.make(
        "as-previous",
        "Coverage as on the previous photo of this individual",
        "Shift+N",
        lambda screen: screen.covering.copy_previous(),
        label="Coverage as on previous photo",
    ),
)

DUPLICATE_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _DUPLICATES.make(
        "carry-over",
        "Carry the reading over to (or from) near-duplicates",
        "Shift+C",
        lambda screen: screen.carry.ask(),
        label="Carry the reading over…",
    ),
    _DUPLICATES.make(
        "find",
        "Look for near-duplicates in the whole case; again: stop",
        "Ctrl+Shift+D",
        lambda screen: screen.search.begin(),
        label="Look for near-duplicates",
    ),
    _DUPLICATES.make(
        "part",
        "This photo is no near-duplicate of the others",
        "Shift+G",
        lambda screen: screen.carrying.part_from_duplicates(),
        label="No near-duplicate",
    ),
)

READING_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    *FINDING_ACTIONS,
    *WHOLE_READING_ACTIONS,
    *COVERAGE_ACTIONS,
    *DESCRIBE_ACTIONS,
    *DUPLICATE_ACTIONS,
)

REGROUPING_ACTIONS: tuple[Action[ReadingScreen], ...] = (
    _INDIVIDUAL.make(
        "pick",
        "Pick this photo for a split or a move; again: not",
        "Ctrl+Space",
        lambda screen: screen.regroup.pick(),
        writes=False,
        label="Pick this photo",
    ),
    _INDIVIDUAL.make(
        "split",
        "Split: this photo and the picked ones are another individual",
        "Ctrl+N",
        lambda screen: screen.regroup.split(),
        label="Split off…",
    ),
    _INDIVIDUAL.make(
        "move",
        "Move this photo and the picked ones to another individual, by its number",
        "Ctrl+M",
        lambda screen: screen.regroup.move(),
        label="Move to another individual…",
    ),
    _INDIVIDUAL.make(
        "merge-next",
        "Merge: the next individual is the same as this one",
        "Ctrl+J",
        lambda screen: screen.regroup.merge_next(),
        label="Merge with next individual",
    ),
)
