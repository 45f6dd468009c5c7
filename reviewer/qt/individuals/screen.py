"""The individuals screen: a table of everybody, the card of one person, the list of conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import NotAllowed
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.worklist.reading_order import PERSON
from reviewer.qt.individuals import asking
from reviewer.qt.individuals.card_page import CardPage
from reviewer.qt.individuals.conflict_page import ConflictPage
from reviewer.qt.individuals.evaluation_page import EvaluationPage
from reviewer.qt.individuals.headline import PeopleHeadline
from reviewer.qt.individuals.loading import IndividualsLoader, LoadedCard
from reviewer.qt.individuals.people_model import MASKING_COLUMNS, USUAL_COLUMNS
from reviewer.qt.individuals.question_list import QuestionList
from reviewer.qt.individuals.right_clicks import offer_individual_menus
from reviewer.qt.individuals.table_page import TablePage
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.fitting import ScreenStack
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.photo_states import describe_photo_state
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.qt.widgets.type_box import Question, TypeBox
from reviewer.services.jobs import Post
from reviewer.services.people.individuals import IndividualRow, IndividualTable, ProposalOptions
from reviewer.services.people.questions import PersonQuestion
from reviewer.services.people.regrouping import IndividualEditor
from reviewer.services.reading.reader import Reader

_MESSAGE_MS = 8000
_LOOKING = "Looking for proposals…"
_SETTLE_MS = 120


class IndividualsScreen(Screen):
    """`look` says how small photographs are shown: covered, and grey or blurred.

    `reading` when a Photo of a card is to be read; `columns_changed` tells which columns are shown.
    """

    reading = Signal()
    columns_changed = Signal(list)

    def __init__(
        self,
        reader: Reader,
        thumbnail: Callable[[str], bytes | None],
        maps: Sequence[MapPage],
        look: Callable[[], tuple[bool, str]],
        post: Post,
    ) -> None:
        super().__init__()
        desk = reader.desk
        self.acts = IndividualEditor(desk)
        self._look, self._reader, self._has_own_columns = look, reader, False
        self.people, self.how = IndividualTable(), ProposalOptions()
        self.loading = IndividualsLoader(
            desk.case,
            desk.examiner.id,
            post,
            self._show_people,
            self._show_card,
            self._show_beside,
            self.say,
        )
        self._uncovered: set[str] = set()
        self._photos_to_accent: tuple[str, ...] = ()
        names = {region.key: region.name for region in desk.case.vocabulary.regions}
        self.table = TablePage(maps, names)
        degrees = {degree.key: degree for degree in desk.case.vocabulary.degrees}
        self.card = CardPage(thumbnail, maps, names, degrees)
        self.conflicts = ConflictPage(thumbnail)
        self.evaluation = EvaluationPage()
        self._pages = ScreenStack()
        self._headline = PeopleHeadline()
        self.message: ElidedLabel = ElidedLabel("peopleSaid")
        self.message.setMinimumHeight(28)
        self.box = TypeBox(self)
        self._arrange()
        self._again = make_single_shot_timer(self, 150, self.refresh)
        self._quiet = make_single_shot_timer(self, _MESSAGE_MS, lambda: self.message.say(""))
        self._beside = make_single_shot_timer(self, _SETTLE_MS, self._read_beside)
        self._connect()

    def _connect(self) -> None:
        desk = self._reader.desk
        self.table.opened.connect(lambda _key: self.action_wanted.emit("individuals.open"))
        self.card.photo_opened.connect(lambda: self.action_wanted.emit("individuals.open"))
        self.evaluation.left.connect(self.back)
        self.conflicts.opened.connect(lambda: self.action_wanted.emit("individuals.open"))
        self.table.current_changed.connect(self._beside.start)
        self.table.panel.uncovered.connect(self._uncover)
        for questions in (self.table.panel.questions, self.card.questions):
            questions.seen.connect(self._see_question)
        self.table.panel.questions.left.connect(lambda: self.table.table.setFocus())
        desk.on_shared.connect(lambda _change: self._refresh_soon())
        desk.on_refused.connect(self.tell_error)
        self._reader.on_message.connect(self.say)

    def _arrange(self) -> None:
        for page in (self.table, self.card, self.conflicts, self.evaluation):
            self._pages.add(page)
        self._pages.turned.connect(lambda _place: self._say_where())
        column = make_column(self, spacing=0)
        column.addWidget(self._pages, 1)
        column.addWidget(self.message)

    # what is shown

    @property
    def page(self) -> QWidget:
        return self._pages.now or self.table

    def refresh(self) -> None:
        """Read all individuals again, in the background, and the card of the open one."""
        self.table.model.is_masking = self._reader.masking.is_on
        if not self._has_own_columns:
            self.table.show_columns(MASKING_COLUMNS if self._reader.masking.is_on else USUAL_COLUMNS)
        self.loading.read_people(self.how)
        self.update_look()

    def headline(self) -> QWidget:
        return self._headline

    def _say_where(self) -> None:
        """The line above: everybody, or the person of the card."""
        person = self.card.person if self.page in (self.card, self.evaluation) else None
        if person is None:
            self._headline.show_counts(self.people)
        else:
            self._headline.show_person(person, self.people)

    def _refresh_soon(self) -> None:
        if self.isVisible():
            self._again.start()

    def _show_people(self, people: IndividualTable, texts: Sequence[str]) -> None:
        self.people, self.how = people, people.how
        self.table.show_people(people, texts)
        self._say_where()
        if self.said == _LOOKING:
            self.message.say("")
        labels = {photo: person.label for person in people.persons for photo in person.photos}
        self.conflicts.show_conflicts(people.conflicts, labels, people.how.gaps)
        if self.page is self.card and self.card.person is not None:
            self.loading.read_card(self._find_current(self.card.person))

    def _read_beside(self) -> None:
        """Read what stands beside the table of the row that is current by now."""
        person = self.table.current()
        if person is None:
            self.table.panel.show_nobody()
        elif self.page is self.table:
            self.loading.read_beside(person)

    def _show_beside(self, person: IndividualRow, loaded: LoadedCard) -> None:
        now, model = self.table.current(), self.table.model
        if now is not None and now.key == person.key:
            masked = model.is_masked(now) and now.key not in self._uncovered
            name = model.name_person(now) if masked else now.label
            label = now.neutral if model.is_masking and name != now.neutral else ""
            self.table.panel.show_person(name, now, loaded, masked, label)

    def _uncover(self) -> None:
        """Show beside the table who the chosen person is: a look, as opening the card is one."""
        person = self.table.current()
        if person is not None:
            self._uncovered.add(person.key)
            self._note_look(person)
            self._read_beside()
            self.table.table.setFocus()

    def _note_look(self, person: IndividualRow) -> None:
        if self._reader.sha256 in person.photos:
            self._reader.masking.note_look(self._reader.sha256, PERSON)

    def _see_question(self, question: PersonQuestion) -> None:
        """Show the photographs that a question is about."""
        if question.conflict is not None:
            self.show_conflicts()
            self.conflicts.choose(question.conflict.key)
        elif self.page is self.card:
            self.card.accent_photos(question.photos)
        else:
            self._photos_to_accent = question.photos
            self.loading.read_card(self.current())

    def _show_card(self, person: IndividualRow, loaded: LoadedCard) -> None:
        """The person as everybody knows it by now: accepting or merging may have changed it."""
        now = self._find_current(person)
        self._note_look(now)
        settled = [
            f"{conflict.sentence} ({conflict.settled})"
            for conflict in self.people.conflicts
            if conflict.settled and now.id in conflict.individuals
        ]
        self.card.show_card(now, loaded, self._describe_states(loaded.card.photos), settled)
        if self.page not in (self.card, self.evaluation):
            self._pages.turn_to(self.card)
            self.focus().setFocus()
        if self._photos_to_accent:
            self.card.accent_photos(self._photos_to_accent)
            self._photos_to_accent = ()
        self._say_where()

    def _describe_states(self, photos: Sequence[str]) -> dict[str, str]:
        """How far each Photo of the list that is read is read."""
        worklist = self._reader.worklist
        places = {photo: worklist.position_of(photo) for photo in photos}
        return {
            photo: describe_photo_state(worklist, place)
            for photo, place in places.items()
            if place is not None
        }

    def _find_current(self, person: IndividualRow) -> IndividualRow:
        """Return the row that this person is in now, or the person itself if no row is."""
        rows = self.people.persons
        same = next((row for row in rows if row.key == person.key), None)
        shared = next((row for row in rows if person.photos and person.photos[0] in row.photos), person)
        return same or shared

    def get_examiner_names(self) -> dict[str, str]:
        """Examiners by id."""
        return {examiner.id: examiner.name for examiner in self._reader.desk.case.examiners()}

    def update_look(self) -> None:
        """Cover and care, as the reader wishes them now."""
        for page in (self.card, self.conflicts):
            page.look(*self._look())

    def set_covered(self, covered: bool) -> None:
        self.update_look()

    def use_actions(self, find: FindAction) -> None:
        offer_individual_menus(self.table, self.card, self.conflicts, find)
        for part in (self.table, self.card, self.conflicts, self.evaluation, self._headline):
            part.use_actions(find)

    def focus(self) -> QWidget:
        """Where the keyboard goes on the page that is on."""
        places: dict[QWidget, QWidget] = {
            self.table: self.table.table,
            self.card: self.card.strip,
            self.conflicts: self.conflicts.list,
            self.evaluation: self.evaluation.text,
        }
        return places[self.page]

    def say(self, sentence: str) -> None:
        super().say(sentence)
        self._quiet.start()

    def let_go(self) -> None:
        """Stop what is under way, give the pictures back."""
        for timer in (self._again, self._quiet, self._beside):
            timer.stop()
        for strip in (self.card.strip, self.conflicts.strip):
            strip.rows.forget_pictures()

    def ask(self, question: Question) -> None:
        """Ask in the type box; what cannot be done with an answer is said."""
        self.box.ask(self.guard_question(question))

    # going

    def open(self) -> None:
        """The card of a person; on the card, read the photograph; of a conflict, its individuals."""
        if self.table.filter.hasFocus():
            self.table.table.setFocus()
            return
        questions = self.questions
        if questions is not None and questions.why.hasFocus():
            self.action_wanted.emit("individuals.sign")
        elif self.page is self.card:
            self._read_photo()
        elif self.page is self.conflicts:
            self._show_conflicting()
        else:
            self.loading.read_card(self.current())

    def open_shown(self) -> None:
        """The card of the person on the reading screen, once everybody is loaded."""
        photo = self._reader.sha256
        self.loading.run_when_loaded(lambda: self._open_card_with(photo))

    def _open_card_with(self, photo: str) -> None:
        found = next((person for person in self.people.persons if photo in person.photos), None)
        if found is None:
            self.say("The photograph on the reading screen belongs to no individual.")
            return
        self.table.choose(found.key)
        self.loading.read_card(found)

    def _read_photo(self) -> None:
        photo = self.card.strip.photo
        position = self._reader.worklist.position_of(photo)
        if position is None:
            raise NotAllowed("This photograph is not in the list that is being read.")
        self._reader.go(position)
        self.reading.emit()

    def _show_conflicting(self) -> None:
        conflict = self.conflicts.current
        if conflict is None:
            raise NotAllowed("There is no conflict.")
        self._pages.turn_to(self.table)
        self.table.show_only(conflict.individuals)
        self.focus().setFocus()
        self.say("Only the individuals of this conflict. Esc shows all again.")

    def evaluate(self) -> None:
        """Write the overall evaluation of the person on the card, or change it."""
        card, person = self.card.card, self.card.person
        if self.page is not self.card or card is None or person is None:
            raise NotAllowed("Open the card of a person first: Enter.")
        if not person.is_accepted:
            raise NotAllowed("This individual is only proposed; accept it first: A.")
        self.evaluation.begin(person, card, self.acts.evaluation(person.id))
        self._pages.turn_to(self.evaluation)
        self.focus().setFocus()

    @property
    def questions(self) -> QuestionList | None:
        """What does not fit of the person beside the table or on the card; None on other pages."""
        places: dict[QWidget, QuestionList] = {
            self.table: self.table.panel.questions,
            self.card: self.card.questions,
        }
        return places.get(self.page)

    @property
    def is_deciding(self) -> bool:
        """Whether the keyboard is among questions that are to be decided."""
        questions, focused = self.questions, self.window().focusWidget()
        return questions is not None and focused is not None and questions.isAncestorOf(focused)

    def get_unfinished_input(self) -> dict[str, str]:
        """Evaluations that are written and not signed."""
        return self.evaluation.begun

    def restore_input(self, kept: dict[str, str]) -> None:
        self.evaluation.restore_input(kept)

    def back(self) -> None:
        """From an evaluation to the card, from there or the conflicts to the table; there, show all again."""
        if self.is_deciding:
            self.focus().setFocus()
            return
        if self.page is self.evaluation:
            self._pages.turn_to(self.card)
            self.refresh()
            if self.evaluation.is_begun:
                self.say("What you wrote is kept here, and is not signed: E goes on with it.")
        elif self.page is not self.table:
            self._pages.turn_to(self.table)
        else:
            self.table.clear_filter()
        self.focus().setFocus()

    def show_conflicts(self) -> None:
        """What does not fit together; of the person on Read that is a look at what is masked there."""
        photo = self._reader.sha256
        here = next((person.id for person in self.people.persons if photo in person.photos), "")
        if here and any(here in conflict.individuals for conflict in self.people.conflicts):
            self._reader.masking.note_look(photo, PERSON)
        self._pages.turn_to(self.conflicts)
        self.focus().setFocus()

    def toggle_gaps(self) -> None:
        """List the numbers that no individual has, or stop listing them."""
        self.show_conflicts()
        self.how = replace(self.how, gaps=not self.how.gaps)
        self.loading.read_people(self.how)
        self.say(
            "Examination numbers that are not in this case are listed as well."
            if self.how.gaps
            else "Only what does not fit together is listed."
        )

    def focus_filter(self) -> None:
        self._pages.turn_to(self.table)
        self.table.filter.setFocus()
        self.table.filter.selectAll()

    def use_columns(self, keys: Sequence[str]) -> None:
        """Show the columns that were chosen in an earlier session; none were for an empty list."""
        self._has_own_columns = bool(keys)
        if keys:
            self.table.show_columns(keys)

    def choose_columns(self) -> None:
        def toggle(key: str) -> None:
            shown = self.table.columns()
            kept = [other for other in shown if other != key] if key in shown else [*shown, key]
            if kept:
                self._has_own_columns = True
                self.table.show_columns(kept)
                self.columns_changed.emit(kept)

        asking.ask_columns(self.ask, self.table.columns, toggle)

    def choose_sorting(self) -> None:
        asking.ask_sort(self.ask, self.table.sort_by)

    def choose_ground(self) -> None:
        def take(how: ProposalOptions) -> None:
            self.say(_LOOKING)
            self.loading.read_people(replace(how, gaps=self.how.gaps))

        asking.ask_ground(self.ask, take)

    def current(self) -> IndividualRow:
        """The person of the card, or of the current row of the table, if that is on screen."""
        if self.page is self.conflicts:
            raise NotAllowed("Choose an individual in the table first: Esc.")
        person = self.card.person if self.page in (self.card, self.evaluation) else self.table.current()
        if person is None:
            raise NotAllowed("Choose an individual first.")
        return person
