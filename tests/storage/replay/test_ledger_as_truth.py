"""Whatever is done, undone, redone and restarted: the tables are what the ledger adds up to."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.act import ThingKind, make_reading_id
from reviewer.domain.acts.table import affected_by, replay_acts_of_thing
from reviewer.domain.commands import finding_commands, near_duplicate_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger import entry as ledger
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED
from reviewer.domain.photos.redaction import REDACTION_DRAWN, REDACTION_REMOVED
from reviewer.domain.photos.seen_elsewhere import mark_open_again, mark_seen_elsewhere
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.storage import ledger as kept_ledger
from reviewer.storage.engine import database
from reviewer.storage.reading import readings
from reviewer.storage.replay import thing_tables
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import Store, record_draft, redo_latest_act, undo_latest_act
from tests.support import drawn
from tests.support.cases import pen
from tests.support.replayed import find_unlike
from tests.support.shared import CARD, DECISION, EVALUATION, REDACTION, statement

PHOTOS = ["a" * 64, "b" * 64]
AUTHORS = ["hansen", "okoye"]
TERMS = ["blunt.bruise", "neck.ligature_mark", "elec.mark"]
REGIONS = ["neck.front", "chest.L", "wrist.R"]
INDIVIDUALS = ["one", "two"]


photos = st.sampled_from(PHOTOS)
authors = st.sampled_from(AUTHORS)
points = st.tuples(st.integers(0, 4000), st.integers(0, 3000))


class Examiners(RuleBasedStateMachine):
    """Two examiners at one workstation; the model keeps every state they ever saw."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "case.db"
        database.create_database(self.path)
        self.store = Store(self.path, read_only=False)
        self.number = 0
        self.states: dict[str, list[dict[str, Reading]]] = {name: [{}] for name in AUTHORS}
        self.undone: dict[str, list[dict[str, Reading]]] = {name: [] for name in AUTHORS}

    @initialize()
    def create(self) -> None:
        with self.store.write() as connection:
            draft = ledger.Draft(acts.CASE_CREATED, "case", {"name": "Property"})
            record_draft(connection, draft, pen(AUTHORS[0], "s1"), self.moment())

    def moment(self) -> str:
        self.number += 1
        return f"2026-01-01T00:00:00.{self.number:06d}+00:00"

    def id(self) -> str:
        self.number += 1
        return f"id{self.number}"

    def now(self, author: str, photo: str) -> Reading:
        return self.states[author][-1].get(photo, Reading(author, photo))

    def do(self, author: str, draft: ledger.Draft) -> None:
        with self.store.write() as connection:
            done = record_draft(connection, draft, pen(author, "s1"), self.moment())
        before, at = self.now(author, draft.subject), done.entry.at
        reading = acts.apply_to_reading(before, draft.act, draft.body, at)
        assert done.changes == {(ThingKind.READING, make_reading_id(author, draft.subject)): reading}
        self.states[author].append({**self.states[author][-1], draft.subject: reading})
        self.undone[author].clear()

    @rule(author=authors, photo=photos, term=st.sampled_from(TERMS))
    def tag(self, author, photo, term):
        finding = Finding(self.id(), term, "1.0.0")
        self.do(author, finding_commands.toggle_term(self.now(author, photo), finding))

    @rule(author=authors, photo=photos, data=st.data())
    def change_a_finding(self, author, photo, data):
        reading = self.now(author, photo)
        if not reading.findings:
            return
        finding = data.draw(st.sampled_from(reading.findings))
        change = data.draw(st.integers(0, 6))
        mark = Mark(self.id(), MarkShape.RECTANGLE, tuple(data.draw(st.tuples(points, points))))
        drafts = [
            lambda: finding_commands.set_certainty(reading, finding, data.draw(st.sampled_from(Certainty))),
            lambda: finding_commands.set_answer(
                reading, finding, FindingAnswer.NOT_ASSESSABLE, NotAssessableReason.DARK
            ),
            lambda: finding_commands.toggle_region(reading, finding, data.draw(st.sampled_from(REGIONS))),
            lambda: finding_commands.set_qualifier(
                reading, finding, "count", data.draw(st.sampled_from([["2-5"], []]))
            ),
            lambda: finding_commands.add_mark(reading, finding, mark),
            lambda: Draft(
                acts.DEGREE_SET,
                reading.photo,
                {
                    "finding": finding.id,
                    "degree": "consistent",
                    "mechanism": "a blow with a rod",
                    **data.draw(st.sampled_from([{}, {"alleged_by": "record"}])),
                },
            ),
            lambda: finding_commands.set_answer(reading, finding, FindingAnswer.NON_SPECIFIC),
        ]
        self.do(author, drafts[change]())

    @rule(author=authors, photo=photos, data=st.data())
    def change_a_mark(self, author, photo, data):
        reading = self.now(author, photo)
        marks = [mark for finding in reading.findings for mark in finding.marks]
        if not marks:
            return
        mark = data.draw(st.sampled_from(marks))
        if data.draw(st.booleans()):
            self.do(author, finding_commands.remove_mark(reading, mark.id))
        else:
            self.do(author, finding_commands.reshape_mark(reading, mark.id, mark.move(5, 7).points))

    @rule(author=authors, photo=photos, text=st.text(max_size=20))
    def note(self, author, photo, text):
        self.do(author, finding_commands.write_note(self.now(author, photo), text))

    @rule(author=authors)
    def copy_and_confirm(self, author):
        reading = self.now(author, PHOTOS[1])
        try:
            self.do(author, finding_commands.copy_findings(reading, self.now(author, PHOTOS[0]), self.id))
            self.do(author, finding_commands.confirm_findings(self.now(author, PHOTOS[1])))
        except KnownError:
            return

    @rule(author=authors, photo=photos, wish=st.sampled_from(["complete", "aside", "nothing", "not"]))
    def conclude(self, author, photo, wish):
        reading = self.now(author, photo)
        wishes = {
            "complete": lambda: finding_commands.complete_reading(reading),
            "aside": lambda: finding_commands.set_reading_aside(reading),
            "nothing": lambda: finding_commands.conclude_nothing_visible(reading),
            "not": lambda: finding_commands.conclude_not_assessable(reading, NotAssessableReason.BLURRED),
        }
        try:
            draft = wishes[wish]()
        except KnownError:
            return
        self.do(author, draft)

    @rule(author=authors)
    def carry_over(self, author):
        source, target = (self.now(author, photo) for photo in PHOTOS)
        try:
            draft = near_duplicate_commands.carry_over_reading(source, target, self.id)
        except KnownError:
            return
        self.do(author, draft)

    @rule(author=authors, photo=photos, view=st.sampled_from([{"nape": "assessable"}, {"nape": ""}]))
    def cover(self, author, photo, view):
        self.do(author, Draft(acts.COVERAGE_SET, photo, {"regions": view}))

    @rule(author=authors, photo=photos, wish=st.sampled_from(["look", "describe", "state"]))
    def say_more(self, author, photo, wish):
        reading = self.now(author, photo)
        wishes = {
            "look": lambda: finding_commands.record_lists_looked_for(
                reading, [] if reading.looked_for else [("skin", "2.0.0")]
            ),
            "describe": lambda: finding_commands.set_description(reading, "stage", ["early"]),
            "state": lambda: finding_commands.state_certainty(reading, Certainty.POSSIBLE),
        }
        try:
            draft = wishes[wish]()
        except KnownError:
            return
        self.do(author, draft)

    @rule(author=authors, kind=st.integers(0, 15), data=st.data())
    def share(self, author, kind, data):
        """Acts on what is shared; the fold of all standing acts is the model."""
        some = data.draw(st.lists(photos, min_size=1, max_size=2, unique=True))
        individual = data.draw(st.sampled_from(INDIVIDUALS))
        made = {"id": individual, "photos": some, "reason": "same folder", "statements": [statement("m")]}
        row = {"record": "file:S:2", "individual": individual, "how": "matched", "note": ""}
        drafts = [
            lambda: Draft(
                shared_acts.RECORDS_SETTLED, "", {"records": [{**row, "statements": [statement(self.id())]}]}
            ),
            lambda: Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": some, "category": "soldier"}),
            lambda: Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made]}),
            lambda: Draft(shared_acts.PHOTOS_ASSIGNED, individual, {"photos": some}),
            lambda: Draft(shared_acts.PHOTOS_ASSIGNED, "", {"photos": some}),
            lambda: Draft(
                shared_acts.INDIVIDUALS_MERGED, INDIVIDUALS[0], {"merged": [INDIVIDUALS[1]], "photos": some}
            ),
            lambda: Draft(shared_acts.STATEMENT_MADE, individual, statement(self.id())),
            lambda: Draft(shared_acts.CARD_TRANSCRIBED, some[0], CARD),
            lambda: Draft(shared_acts.DUPLICATES_GROUPED, "", {"groups": [PHOTOS]}),
            lambda: Draft(REDACTION_DRAWN, some[0], {**REDACTION, "id": individual}),
            lambda: Draft(REDACTION_REMOVED, some[0], {"id": individual}),
            lambda: mark_seen_elsewhere(some, individual),
            lambda: mark_open_again(some),
            lambda: Draft(SUMMARY_DECIDED, individual, {**DECISION, "photos": some, "why": self.id()}),
            lambda: Draft(INDIVIDUAL_EVALUATED, individual, {**EVALUATION, "text": self.id()}),
            lambda: Draft(
                shared_acts.LIST_SAVED,
                "list",
                {"name": "n", "query": "q", "sorting": "", "details": "", "photos": some},
            ),
        ]
        with self.store.write() as connection:
            done = record_draft(connection, drafts[kind](), pen(author, "s1"), self.moment())
        self.check_changes(done.changes)
        self.states[author].append(self.states[author][-1])
        self.undone[author].clear()

    def check_changes(self, changes):
        """What is said to have changed is what the tables say now."""
        assert changes
        with self.store.read() as connection:
            for (kind, id_), now in changes.items():
                assert thing_tables.load(connection, kind, [id_]).get(id_) == now

    @rule(author=authors)
    def undo(self, author):
        with self.store.write() as connection:
            done = undo_latest_act(connection, pen(author, "s1"), self.moment())
        assert (done is not None) == (len(self.states[author]) > 1)
        if done:
            self.undone[author].append(self.states[author].pop())
            self.check_changes(done.changes)

    @rule(author=authors)
    def redo(self, author):
        with self.store.write() as connection:
            done = redo_latest_act(connection, pen(author, "s1"), self.moment())
        assert (done is not None) == bool(self.undone[author])
        if done:
            self.states[author].append(self.undone[author].pop())
            self.check_changes(done.changes)

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store(self.path, read_only=False)

    @precondition(lambda self: self.number % 3 == 0)
    @rule()
    def rebuild(self):
        self.check_rebuild()

    @invariant()
    def tables_say_what_was_done(self):
        with self.store.read() as connection:
            for author in AUTHORS:
                for photo in PHOTOS:
                    expected = self.states[author][-1].get(photo)
                    assert readings.load(connection, author, photo) == expected

    @invariant()
    def every_thing_is_the_fold_of_the_standing_acts(self):
        with self.store.read() as connection:
            found = [entry for _position, entry in kept_ledger.iterate_entries(connection)]
            gone: set[str] = set()
            for entry in reversed(found):
                if entry.takes_back and entry.hash not in gone:
                    gone.add(entry.takes_back)
            folds: dict[tuple[ThingKind, str], list] = {}
            for entry in found:
                for touch in affected_by(entry):
                    key = (touch.kind, touch.id)
                    folds.setdefault(key, [])
                    if entry.hash not in gone:
                        folds[key].append((entry, touch))
            for (kind, id_), touched in folds.items():
                expected = replay_acts_of_thing(kind, id_, touched)
                assert thing_tables.load(connection, kind, [id_]).get(id_) == expected

    def check_rebuild(self):
        with self.store.read() as connection:
            assert list(find_differences(connection)) == []
            faults, heads = ledger.check_chains(
                entry for _position, entry in kept_ledger.iterate_entries(connection)
            )
            assert faults == []
            chains = [(entry.author, entry.station, entry.seq, entry.hash) for entry in heads.values()]
            assert kept_ledger.load_size_and_head(connection)[1] == ledger.compute_head_hash(chains)

    def check_every_earlier_entry(self):
        """Read from the tables of now or replayed: an earlier moment is the same, row by row."""
        with self.store.read() as connection:
            last, _head = kept_ledger.load_size_and_head(connection)
        for entries in range(1, last + 1, 1 if drawn.share() == 1 else 7):
            assert find_unlike(self.store, entries) == set(), f"as of {entries} of {last} entries"

    def teardown(self):
        self.check_rebuild()
        self.check_every_earlier_entry()
        self.store.close()
        shutil.rmtree(self.folder)


TestExaminers = Examiners.TestCase
TestExaminers.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
