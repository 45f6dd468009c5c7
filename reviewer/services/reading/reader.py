"""The Reader: one Examiner going through a Worklist, photo by photo. All of reading but the window.

A wish is turned into an act for the Photo that is on screen at that moment, whatever comes after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import ThingKind
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import Mark, MarkShape, PixelPoint, page_from_body
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.names import to_storable_text
from reviewer.domain.reading.degrees import check_degree_possible
from reviewer.domain.reading.look_alikes import list_look_alikes, toggle_excluded_look_alike
from reviewer.domain.reading.reading import CheckedSignList, Finding, Reading
from reviewer.domain.reading.sign_lists import find_checked_lists_for_coverage
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES
from reviewer.services.account.own_tags import load_quick_tags
from reviewer.services.events import Event
from reviewer.services.reading.act_queue import ActQueue, ReadingChange, SharedChange
from reviewer.services.reading.act_words import describe_entry
from reviewer.services.reading.masking import Masking
from reviewer.services.reading.pages import PageNavigator
from reviewer.services.reading.sight import Sight, choose_best_sight, list_photos_to_see, must_see
from reviewer.services.reading.worklist_navigator import WorklistNavigator
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.new_ids import new_id


class Reader(WorklistNavigator):
    """Holds what is selected, and makes the acts of the Examiner.

    `on_reading` is told after the Reading of the Photo on screen or the selection changed. `shown` tells how
    the Photo is shown at the moment, `sight` whether a Photo (SHA-256) is seen at all: without a face, none.
    """

    def __init__(self, desk: ActQueue, worklist: Worklist) -> None:
        super().__init__(desk, worklist)
        self.vocabulary = desk.case.vocabulary
        self.masking = Masking(desk, worklist, self.say)
        self.selected: str = ""
        self.pages = PageNavigator()
        self.shown: Callable[[], ViewSettings | None] = lambda: None
        self.sight: Callable[[str], Sight] = lambda _photo: Sight.AWAY
        self.last_terms: list[str] = []
        self.quick_tags: list[str] = load_quick_tags(desk.examiner.name, self.vocabulary)
        self.on_reading: Event[[]] = Event()
        self.last_regions: list[str] = []
        """Regions as this Examiner used them in this session, the last one first."""
        self._place_owed = False
        desk.on_change.connect(self._on_reading_change)
        desk.on_shared.connect(self._on_shared_change)
        desk.on_all_arrived.connect(self._notify_place_if_owed)
        desk.on_refused.connect(lambda error: self.say(str(error)))

    def arrive(self) -> None:
        findings = self.reading.findings
        self.pages.begin(self.photo)
        self.selected = findings[-1].id if findings else ""

    def read_ahead(self) -> None:
        super().read_ahead()
        near = self.list_near()
        self.desk.read_ahead(near)
        self.masking.read_ahead(near)

    # what is selected

    @property
    def reading(self) -> Reading:
        if self.photo is None:
            raise NotAllowed("There is no photograph on screen.")
        return self.desk.reading(self.photo.sha256)

    @property
    def selected_finding(self) -> Finding | None:
        return self.reading.finding(self.selected) if self.photo else None

    def select(self, finding_id: str) -> None:
        if finding_id != self.selected:
            self.selected = finding_id
            self.on_reading.emit()

    def select_step(self, by: int) -> None:
        ids = [finding.id for finding in self.reading.findings]
        if ids:
            now = ids.index(self.selected) if self.selected in ids else -1
            self.select(ids[(now + by) % len(ids)])

    # findings

    def toggle_quick_tag(self, number: int) -> None:
        """Toggle quick tag 1 .. 9 of the page."""
        if 1 <= number <= len(self.quick_tags):
            self._toggle_term(self.quick_tags[number - 1])

    def clear_quick_tags(self) -> None:
        """Remove what the quick tags of the page made on this Photo, in one act."""
        quick = set(self.quick_tags)
        self.submit(
            finding_commands.remove_findings(
                self.reading, [f.id for f in self.reading.findings if f.term in quick]
            )
        )

    def add_term(self, term: str) -> str:
        """Add a Finding of a Term, even a second one; return its id."""
        finding = self._make_finding(term)
        self.submit(finding_commands.add_finding(self.reading, finding))
        self._on_finding_added(finding)
        return finding.id

    def remove_selected(self) -> None:
        self.submit(finding_commands.remove_findings(self.reading, [self.require_selected().id]))

    def set_certainty(self, certainty: Certainty) -> None:
        self.submit(
            finding_commands.set_certainty(
                self.reading, self.require_selected(), certainty, self._is_unchanged()
            )
        )

    def state_certainty(self, certainty: Certainty) -> None:
        """State one certainty for every Finding that has none."""
        self.submit(finding_commands.state_certainty(self.reading, certainty, self._is_unchanged()))

    def list_findings_without_certainty(self) -> tuple[Finding, ...]:
        """Return the Findings that need a certainty before the Reading can be complete.

        None for a Reading that is complete. NotAllowed if something else stands in the way.
        """
        self.leave()
        reading = self.reading
        if reading.is_complete_by_own_look:
            return ()
        self.must_see()
        self.pages.must_have_seen_all()
        finding_commands.check_completable(reading)
        return finding_commands.find_findings_without_certainty(reading)

    def set_answer(self, answer: FindingAnswer, reason: str = "") -> None:
        self.submit(finding_commands.set_answer(self.reading, self.require_selected(), answer, reason))

    def toggle_region(self, region: str) -> None:
        self.submit(finding_commands.toggle_region(self.reading, self.require_selected(), region))
        self.last_regions = [region, *(recent for recent in self.last_regions if recent != region)]

    def set_qualifier(self, qualifier: str, values: Sequence[str]) -> None:
        self.submit(finding_commands.set_qualifier(self.reading, self.require_selected(), qualifier, values))

    def exclude(self, look_alike: str) -> None:
        """This look-alike (key) of the selected Finding was excluded; a second time it was not."""
        self.set_qualifier(
            EXCLUDED_LOOK_ALIKES, toggle_excluded_look_alike(self.require_selected(), look_alike)
        )

    def exclude_number(self, number: int) -> None:
        """The same by its place, from 1. NotAllowed where the sign of the Finding asks for no such one."""
        finding = self.require_selected()
        there = list_look_alikes(self.vocabulary, self.vocabulary.term(finding.term))
        if not 1 <= number <= len(there):
            name = self.vocabulary.term_name(finding.term)
            known = f"{len(there)} look-alikes" if there else "no look-alike"
            raise NotAllowed(f"{name[:1].upper()}{name[1:]} asks for {known} to be excluded.")
        self.exclude(there[number - 1].key)

    def must_allow_degree(self, degree: str = "") -> None:
        """Raise NotAllowed if this degree of consistency, or any, cannot be given to the selected Finding."""
        check_degree_possible(self.require_selected(), self._group_of(self.require_selected()), degree)

    def set_degree(self, degree: str, mechanism: str, alleged_by: str) -> None:
        """Whose account it measures is one of `degrees.ACCOUNT_SOURCES`; an empty degree takes it away."""
        finding = self.require_selected()
        group = self._group_of(finding)
        self.submit(finding_commands.set_degree(self.reading, finding, group, degree, mechanism, alleged_by))

    def _group_of(self, finding: Finding) -> str:
        term = self.vocabulary.term(finding.term)
        return term.group if term else ""

    def copy_from_previous(self) -> None:
        """Copy the Findings of the Photo before this one of the same Individual; each to be confirmed."""
        source = self.require_previous_reading("copy", "Findings are copied")
        self.submit(finding_commands.copy_findings(self.reading, source, new_id))
        self.say("Copied. Each finding is to be confirmed or removed.")

    def require_previous_reading(self, to_do: str, what: str) -> Reading:
        """Return the Reading of the Photo before this one of the same Individual.

        NotAllowed if this is the first, or unless this Examiner has completed it by an own look.
        """
        mates = self.worklist.positions_of_same_individual(self.position)
        place = mates.index(self.position)
        if place == 0:
            raise NotAllowed(f"This is the first photo of this individual: there is none to {to_do} from.")
        if not self.desk.was_completed(self.sha256):
            raise NotAllowed(
                f"{what} only where you completed the photo once by your own look.",
                "Say what you see, complete it (Shift+Enter), then copy.",
            )
        return self.desk.reading(self.worklist.items[mates[place - 1]].sha256)

    def confirm_copied(self) -> None:
        self.submit(finding_commands.confirm_findings(self.reading, self._is_unchanged()))

    # marks

    def add_mark(self, shape: MarkShape, points: Sequence[PixelPoint]) -> None:
        """A Mark of the selected Finding on the picture on screen, in recorded pixels."""
        mark = Mark(new_id(), shape, tuple(points), self.pages.page)
        self.submit(finding_commands.add_mark(self.reading, self.require_selected(), mark))

    def reshape_mark(self, mark_id: str, points: Sequence[PixelPoint]) -> None:
        self.submit(finding_commands.reshape_mark(self.reading, mark_id, points))

    def remove_mark(self, mark_id: str) -> None:
        self.submit(finding_commands.remove_mark(self.reading, mark_id))

    # the photo as a whole

    def write_note(self, text: str) -> None:
        if self.photo is not None and to_storable_text(text) != self.reading.note:
            self.submit(finding_commands.write_note(self.reading, text))

    def nothing_visible(self) -> None:
        """Conclude that nothing is visible, lists for what is shown gone through; a second time takes it
        back."""
        self.conclude(
            lambda now: finding_commands.conclude_nothing_visible(
                now, find_checked_lists_for_coverage(self.vocabulary, now.coverage)
            ),
            of_every_picture=True,
        )

    def look_for(self, lists: Sequence[CheckedSignList]) -> None:
        """Record that nothing else of these lists is visible; no lists take it back, which needs no look."""
        self.conclude(
            lambda now: finding_commands.record_lists_looked_for(now, lists), of_every_picture=bool(lists)
        )

    def not_assessable(self, reason: NotAssessableReason) -> None:
        self.conclude(lambda reading: finding_commands.conclude_not_assessable(reading, reason))

    def set_aside(self) -> None:
        self.submit(finding_commands.set_reading_aside(self.reading))

    def complete(self) -> None:
        self.leave()
        self._complete()

    def complete_and_go_on(self) -> None:
        """Complete the Reading and go to the next unfinished Photo; a complete one is only left.

        One that was carried over becomes the reader's own look.
        """
        self.leave()
        if not self.reading.is_complete_by_own_look:
            self._complete()
        if not self.go(self.worklist.next_unread(self.position)):
            self.say("Every photograph of this worklist is complete or set aside.")

    def _complete(self) -> None:
        self.conclude(finding_commands.complete_reading, of_every_picture=True)
        if unseen := self.pages.describe_unseen_frames():
            self.say(f"Complete. {unseen}")

    def undo(self) -> None:
        """Take the latest act back. What a complete Reading showed was seen, whatever is taken back."""
        self.leave()
        if self.photo is not None and not self.desk.case.read_only:
            self.masking.note_all_seen(self.sha256)
        self.desk.undo()

    def redo(self) -> None:
        self.desk.redo()

    def _toggle_term(self, term: str) -> None:
        finding = self._make_finding(term)
        draft = finding_commands.toggle_term(self.reading, finding)
        self.submit(draft)
        if draft.act == acts.FINDING_ADDED:
            self._on_finding_added(finding)

    def _on_finding_added(self, finding: Finding) -> None:
        """Select what was made; where its sign asks which look-alikes were excluded, say by which keys."""
        self.select(finding.id)
        self.last_terms = [finding.term, *(term for term in self.last_terms if term != finding.term)]
        there = list_look_alikes(self.vocabulary, self.vocabulary.term(finding.term))
        if there:
            keys = ", ".join(f"Alt+{number} {preset.name}" for number, preset in enumerate(there, start=1))
            self.say(f"Which look-alikes were excluded (Shift+Y)? {keys}.")

    def _make_finding(self, term: str) -> Finding:
        recipe = self.shown()
        written = to_canonical_json(recipe.as_body()).decode("utf-8") if recipe else ""
        as_is = recipe is None or recipe.is_as_it_is
        return Finding(new_id(), term, self.vocabulary.version, recipe=written, seen_as_is=as_is)

    def _is_unchanged(self) -> bool:
        """Whether the pixels on screen are those of the photograph."""
        recipe = self.shown()
        return recipe is None or recipe.is_as_it_is

    def conclude(self, intent: Callable[[Reading], Draft], *, of_every_picture: bool = False) -> None:
        """That the Photo is not seen is said before anything else that may be in the way."""
        self.must_see()
        if of_every_picture:
            self.pages.must_have_seen_all()
        self.submit(intent(self.reading))

    def require_selected(self) -> Finding:
        """Return the selected Finding. NotAllowed if none is selected."""
        finding = self.selected_finding
        if finding is None:
            raise NotAllowed("Choose a finding first, or make one: a quick tag, or / and its name.")
        return finding

    def must_see(self) -> None:
        """NotAllowed, with the reason, while the Photo this Reader is at cannot be judged."""
        must_see(self.sight(self.sha256))

    def submit(self, draft: Draft) -> None:
        """Make an act of what is wanted now; ReadOnly in a case that is open for reading only, NotAllowed
        where it would judge what is not seen. Every act of a Reading goes this way."""
        self.desk.case.require_writable()
        if acts.is_act_of_reading(draft.act):
            must_see(choose_best_sight(map(self.sight, list_photos_to_see(draft))), draft.act)
            self.masking.note_all_seen(draft.subject)
        self.desk.submit(draft)

    def _on_reading_change(self, change: ReadingChange) -> None:
        reading = self.desk.reading(change.photo)
        self.worklist.note_reading(reading)
        if change.how in {"undone", "redone"} and change.entry is not None:
            self.go(self.worklist.position_of(change.photo))
            self._show_page_of(change)
            self.say(f"{change.how.capitalize()}: {describe_entry(change.entry, self.vocabulary)}.")
        if change.photo == self.sha256:
            if reading.finding(self.selected) is None:
                self.selected = reading.findings[-1].id if reading.findings else ""
            self.on_reading.emit()
        elif self.photo is not None and change.entry is not None and change.entry.act == acts.CARRIED_OVER:
            self.on_reading.emit()  # what is counted and shown beside it became different

    def _show_page_of(self, change: ReadingChange) -> None:
        """Show the picture of the file that an act undone or redone is about."""
        if change.entry is not None and change.photo == self.sha256 and "page" in change.entry.body:
            self.pages.turn_to(page_from_body(change.entry.body))

    def _on_shared_change(self, change: SharedChange) -> None:
        """What all Examiners share became different: the Worklist follows.

        What is said of it follows once for all acts on their way: accepting thousands is several acts.
        """
        self.worklist.note_shared(
            change.affected_ids(ThingKind.PHOTO), change.affected_ids(ThingKind.INDIVIDUAL)
        )
        self.masking.forget_boxes()
        if change.how in {"undone", "redone"}:
            if change.affected_ids(ThingKind.REDACTION):
                self.go(self.worklist.position_of(change.entry.subject))
            self.say(f"{change.how.capitalize()}: {describe_entry(change.entry, self.vocabulary)}.")
        self._place_owed = True
        if not self.desk.waiting:
            self._notify_place_if_owed()

    def _notify_place_if_owed(self) -> None:
        if self._place_owed:
            self._place_owed = False
            self.notify_place()
