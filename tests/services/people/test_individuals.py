"""Individuals of a case: split, merged, moved, undone in any order; every photo is in exactly one place."""

import functools
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reviewer.domain.acts import acts as acts_of_reading
from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.conflicts import ConflictKind
from reviewer.domain.people.individual import Fact
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import NotAssessableReason
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import open_case
from reviewer.services.jobs import JobControl
from reviewer.services.people import individuals
from reviewer.services.people.individuals import (
    ProposalOptions,
    load_individuals,
    make_acceptance_acts,
    propose_individuals,
)
from reviewer.services.people.person_card import describe_coverage, load_person_card
from reviewer.services.people.regrouping import IndividualEditor
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.reader import Reader
from reviewer.services.records import load
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.people import photo_looks
from reviewer.storage.replay.rebuild import find_differences
from tests.support.cases import forget_receipts, ingested, made_case
from tests.support.photos import drive
from tests.support.records import read_here
from tests.support.shared import CARD


@functools.cache
def template():
    """A case with six photographs in two folders, ingested once."""
    folder = Path(tempfile.mkdtemp())
    (folder / "drive").mkdir()
    case = made_case(folder)
    ingested(case, drive(folder / "drive"))
    case.close()
    return case.folder


def filled(folder):
    forget_receipts()
    return open_case(shutil.copytree(template(), folder / "copy.case"), None)


@pytest.fixture
def case(tmp_path):
    made = filled(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(case):
    made = ActQueue(case, case.examiners()[0], lambda work: work())
    yield made
    made.detach()


def settle(desk):
    assert desk.case.writer.drain(10)


def everybody(desk, how=ProposalOptions()):  # noqa: B008 (frozen)
    settle(desk)
    return load_individuals(desk.case, desk.examiner.id, how)


def test_folders_are_proposed_then_accepted_and_undone(desk):
    found = everybody(desk)
    assert [(each.label, each.status, len(each.photos)) for each in found.persons] == [
        ("Individual 1", "proposed", 3),
        ("Individual 2", "proposed", 3),
    ]
    acts = IndividualEditor(desk)
    assert acts.accept(found.proposals([each.key for each in found.persons])) == 2
    again = everybody(desk)
    assert [each.status for each in again.persons] == ["accepted", "accepted"]
    assert again.persons[0].reason == "same folder, body 1"
    with pytest.raises(NotAllowed, match="nothing to accept"):
        make_acceptance_acts(desk.case, found.proposals([each.key for each in found.persons]))
    desk.undo()
    assert [each.status for each in everybody(desk).persons] == ["proposed", "proposed"]


def test_what_is_no_photograph_of_the_dead_is_not_proposed(desk):
    photo = everybody(desk).persons[0].photos[0]
    desk.submit(Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [photo], "category": "scene"}))
    assert photo not in {each for found in everybody(desk).persons for each in found.photos}
    assert everybody(desk).loose == 1


def test_cards_patterns_bursts_and_records(desk):
    photo = everybody(desk).persons[0].photos[0]
    desk.submit(Draft(shared_acts.CARD_TRANSCRIBED, photo, {**CARD, "pass": "resolved", "detainee": "12"}))
    by_card = everybody(desk, ProposalOptions("cards")).persons
    assert [(each.label, len(each.photos)) for each in by_card] == [("215-12", 3)]
    by_pattern = everybody(desk, ProposalOptions("folders", "body {examination}")).persons
    assert [each.label for each in by_pattern] == ["? / 1", "? / 2"]
    assert all("bound 90 s" in each.reason for each in everybody(desk, ProposalOptions("bursts")).persons)
    assert propose_individuals(desk.case, ProposalOptions("records")) == []


def test_facts_conflicts_and_the_note_that_settles_one(desk):
    acts = IndividualEditor(desk)
    found = everybody(desk)
    acts.accept(found.proposals([each.key for each in found.persons]))
    one, two = (each.id for each in everybody(desk).persons)
    for id_ in (one, two):
        acts.state(id_, Fact.BRANCH_NUMBER, "215", "definite")
        acts.state(id_, Fact.EXAMINATION_NUMBER, "7", "probable")
    found = everybody(desk)
    assert [each.status for each in found.persons] == ["conflict", "conflict"]
    assert sorted(acts.find_by_number("7")) == sorted([(one, "215 / 7"), (two, "215 / 7")])
    acts.note(one, found.open_conflicts[0].key, "a card was used twice")
    found = everybody(desk)
    assert [each.status for each in found.persons] == ["accepted", "accepted"]
    assert found.conflicts[0].settled == "accepted as it is: a card was used twice"
    statement = found.persons[1].individual.statements[1].id
    acts.withdraw(two, statement, "misread")
    assert everybody(desk).conflicts == ()
    card = load_person_card(desk.case, desk.examiner.id, two, ())
    assert [each.withdrawn for each in card.individual.statements] == ["", "misread"]
    assert [each.what for each in card.history] == [
        "statement withdrawn",
        "stated: examination number 7",
        "stated: branch number 215",
        "2 individuals accepted",
    ]


def test_merging_takes_the_statements_along_and_undo_gives_them_back(desk):
    acts = IndividualEditor(desk)
    found = everybody(desk)
    acts.accept(found.proposals([each.key for each in found.persons]))
    one, two = everybody(desk).persons
    acts.state(two.id, Fact.SEX, "male", "definite")
    assert acts.merge([one, two]) == one.id
    merged = everybody(desk).persons
    assert [(each.id, len(each.photos), each.values(Fact.SEX)) for each in merged] == [(one.id, 6, "male")]
    acts.withdraw(one.id, merged[0].individual.statements[0].id, "cannot be told")
    assert everybody(desk).persons[0].values(Fact.SEX) == ""
    desk.undo()
    desk.undo()
    assert [each.values(Fact.SEX) for each in everybody(desk).persons] == ["", "male"]


def test_the_card_of_one_person(desk):
    person = everybody(desk).persons[0]
    card = load_person_card(desk.case, desk.examiner.id, "", person.photos, person.individual)
    assert card.photos == person.photos
    assert len(card.names) == 3
    assert card.coverage == ("No coverage was marked yet.",)
    assert card.findings == ()
    assert [each.what.split(",")[0] for each in card.timeline[:1]] == ["photo 1 taken"]
    assert describe_coverage((), desk.case.vocabulary) == ["No coverage was marked yet."]


def test_the_card_says_how_much_was_not_read_to_the_end(desk):
    person = everybody(desk).persons[0]
    first = person.photos[0]
    desk.submit(finding_commands.conclude_not_assessable(desk.reading(first), NotAssessableReason.BLURRED))
    desk.submit(finding_commands.complete_reading(desk.reading(first)))
    desk.case.writer.drain()
    card = load_person_card(desk.case, desk.examiner.id, "", person.photos, person.individual)
    assert any(line.startswith("Not read to the end: 2 of 3 photographs") for line in card.summary)


def test_the_card_says_what_was_described_on_which_photograph(desk):
    person = load_individuals(desk.case, desk.examiner.id).persons[0]
    first, second = person.photos[:2]
    desk.submit(finding_commands.set_description(desk.reading(first), "dress", ("clothed",)))
    desk.submit(finding_commands.set_description(desk.reading(second), "dress", ("naked",)))
    desk.case.writer.drain()
    card = load_person_card(desk.case, desk.examiner.id, "", person.photos, person.individual)
    assert card.described == ("Dress: naked (photo 2); clothed (photo 1); it changes between photographs",)


def test_what_is_said_of_the_photographs_of_a_person_is_held_against_each_other(desk):
    acts = IndividualEditor(desk)
    found = everybody(desk)
    acts.accept(found.proposals([found.persons[0].key]))
    settle(desk)
    person = everybody(desk).persons[0]
    one, two = person.photos[:2]
    acts.state(person.id, Fact.SEX, "female", "definite")
    for photo, side in ((one, "L"), (two, "R")):
        tattoo = Finding(
            f"t{side}", "mark.tattoo", "2.0.0", regions=(f"wrist.{side}",),
            qualifiers=(("text_or_motif", ("anchor",)),),
        )  # fmt: skip
        desk.submit(finding_commands.add_finding(desk.reading(photo), tattoo))
    desk.submit(
        finding_commands.add_finding(
            desk.reading(two), Finding("s", "blunt.bruise", "2.0.0", regions=("scrotum",))
        )
    )
    desk.submit(finding_commands.add_finding(desk.reading(two), Finding("m", "art.mirror", "2.0.0")))
    card = {**CARD, "pass": "resolved", "date": "2031-05-0?"}
    desk.submit(Draft(shared_acts.CARD_TRANSCRIBED, one, card))
    made = everybody(desk).conflicts
    assert {each.kind for each in made if each.is_doubt} == {
        ConflictKind.SEX_AND_REGION,
        ConflictKind.OTHER_SIDE,
        ConflictKind.CARD_AFTER_CAMERA,
    }
    assert len([each for each in made if each.kind is ConflictKind.OTHER_SIDE]) == 2, (
        "the mark, and the mirror"
    )
    for_another = load_individuals(desk.case, "somebody else").conflicts
    assert [each.kind for each in for_another] == [ConflictKind.CARD_AFTER_CAMERA]


def test_conflicts_see_what_the_examiner_described_and_covered_and_the_clock(desk):
    photo = everybody(desk).persons[0].photos[0]
    desk.submit(finding_commands.set_description(desk.reading(photo), "stage", ("advanced",)))
    covered = {"regions": {"chest.L": "assessable", "neck.front": "limited"}}
    desk.submit(Draft(acts_of_reading.COVERAGE_SET, photo, covered))
    settle(desk)
    with desk.case.store.read() as connection:
        look = photo_looks.load_photos_for_conflicts(connection, desk.examiner.id, {})[photo]
        others = photo_looks.load_photos_for_conflicts(connection, "somebody else", {})[photo]
    assert (look.says("stage"), look.shown) == ("advanced", {"chest.L"})
    assert f"{look.taken}" == "2012-08-14 10:22:05"
    assert (others.says("stage"), others.shown, others.taken) == ("", frozenset(), look.taken)


def test_a_photo_moved_by_redo_to_one_merged_meanwhile_is_with_the_one_that_stands(desk):
    acts = IndividualEditor(desk)
    photos = [each for person in everybody(desk).persons for each in person.photos]
    for photo in photos[:2]:
        acts.make([photo])
    one, two = [each for each in everybody(desk).persons if each.is_accepted]
    acts.move([photos[2]], two.id)
    settle(desk)
    desk.undo()
    settle(desk)
    other = enrol(desk.case, "Dr Hansen").id
    body = {"merged": [two.id], "photos": list(two.photos)}
    desk.case.record(Draft(shared_acts.INDIVIDUALS_MERGED, one.id, body), other)
    desk.redo()
    assert {each.id: each.photos for each in everybody(desk).persons if each.is_accepted} == {
        one.id: (photos[0], photos[1], photos[2])
    }
    groups = Worklist(desk.case, other).load().groups
    assert [len(each.positions) for each in groups if each.id == one.id] == [3]


class Regroupings(RuleBasedStateMachine):
    """Split, merge, move, take out, undo and redo, as an examiner may in any order."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.case = filled(self.folder)
        self.desk = ActQueue(self.case, self.case.examiners()[0], lambda work: work())
        self.refused = []
        self.desk.on_refused.connect(self.refused.append)
        self.acts = IndividualEditor(self.desk)
        self.worklist = Reader(self.desk, Worklist(self.case, self.desk.examiner.id).load()).worklist
        self.all = {photo for each in self.people for photo in each.photos}

    @property
    def people(self):
        return everybody(self.desk).persons

    def may(self, work):
        try:
            work()
        except NotAllowed:
            return

    @rule(which=st.integers(0, 5))
    def accept(self, which):
        found = everybody(self.desk)
        self.may(lambda: self.acts.accept(found.proposals([found.persons[which % len(found.persons)].key])))

    @rule(which=st.integers(0, 5), count=st.integers(1, 2))
    def split(self, which, count):
        person = self.people[which % len(self.people)]
        self.may(lambda: self.acts.split(person.photos[:count], person))

    @rule(one=st.integers(0, 5), two=st.integers(0, 5))
    def merge(self, one, two):
        people = self.people
        self.may(lambda: self.acts.merge([people[one % len(people)], people[two % len(people)]]))

    @rule(which=st.integers(0, 5), to=st.integers(0, 5), out=st.booleans())
    def move(self, which, to, out):
        people = self.people
        photos = people[which % len(people)].photos[:1]
        if out or not people[to % len(people)].is_accepted:
            self.may(lambda: self.acts.take_out(photos))
        else:
            self.may(lambda: self.acts.move(photos, people[to % len(people)].id))

    @rule()
    def undo(self):
        self.desk.undo()

    @rule()
    def redo(self):
        self.desk.redo()

    @invariant()
    def every_photo_is_in_exactly_one_place(self):
        shown = [photo for each in self.people for photo in each.photos]
        assert sorted(shown) == sorted(self.all)
        assert all(error.code == "nothing-to-undo" for error in self.refused)

    @invariant()
    def the_worklist_that_followed_is_the_one_on_disk(self):
        settle(self.desk)
        fresh = Worklist(self.case, self.desk.examiner.id).load()
        assert self.worklist.groups == fresh.groups
        assert self.worklist.group_indices == fresh.group_indices

    def teardown(self):
        settle(self.desk)
        with self.case.store.read() as connection:
            assert list(find_differences(connection)) == []
        self.desk.detach()
        self.case.close()
        shutil.rmtree(self.folder)


TestRegroupings = Regroupings.TestCase
TestRegroupings.settings = settings(max_examples=15, stateful_step_count=12)


def test_a_thousand_proposals_are_accepted_in_entries_of_five_hundred(desk):
    found = everybody(desk).proposals([each.key for each in everybody(desk).persons])
    one = found[0]
    many = [individuals.Proposal((f"{n:064x}",), one.reason) for n in range(1001)]
    assert [len(draft.body["individuals"]) for draft in make_acceptance_acts(desk.case, many)] == [
        500,
        500,
        1,
    ]
    assert (
        individuals.describe_proposals(many)
        == "1,001 individuals with 1,001 photographs, in 3 entries of the ledger"
    )
    assert individuals.describe_proposals(many[:1]) == "1 individual with 1 photograph"


def test_of_two_statements_with_one_id_the_later_stands(desk):
    photo = everybody(desk).persons[0].photos[0]
    for value in ("male", "female"):
        statement = {
            "id": "s",
            "fact": "sex",
            "value": value,
            "certainty": "definite",
            "kind": "examiner",
            "source": "",
            "detail": "",
        }
        made = {"id": "one", "photos": [photo], "reason": "r", "statements": [statement]}
        desk.submit(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made]}))
    found = [each for each in everybody(desk).persons if each.is_accepted]
    assert [each.values(Fact.SEX) for each in found] == ["female"]


def test_rows_of_records_propose_individuals_that_cite_their_row(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(load, "read_grid", read_here)
    path = tmp_path / "list.csv"
    path.write_text("Examination number,Sex\n7041,male\n7042,male\n", encoding="utf-8")
    examiner = desk.examiner.id
    look = load.preview_file(desk.case, path, load.RecordChoices(), JobControl())
    file = load.load_file(desk.case, look, examiner, JobControl()).file
    photo = everybody(desk).persons[0].photos[0]
    desk.submit(
        Draft(shared_acts.CARD_TRANSCRIBED, photo, {**CARD, "pass": "resolved", "examination": "7041"})
    ).result()
    (found,) = propose_individuals(desk.case, ProposalOptions("records"))
    assert found.photos == (photo,)
    (statement,) = found.statements
    assert (statement.value, str(statement.kind)) == ("7041", "record")
    assert statement.source.startswith(file)
