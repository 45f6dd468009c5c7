"""The overall evaluation of an individual outside the window: blind on the card, named in reports."""

import pytest

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MERGED
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.individual_commands import accept_proposals
from reviewer.domain.errors import NotAllowed
from reviewer.domain.figures.document import DocumentHeading, Paragraph
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.people.evaluations import evaluate_individual
from reviewer.domain.people.proposals import Proposal
from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.services.case.enrolment import enrol
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.people.person_card import load_person_card
from reviewer.services.people.regrouping import IndividualEditor
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.report import run, wording
from reviewer.services.report.run import ReportRequest
from tests.support.cases import made_photographs_case, opened_copy
from tests.support.counting import photos_of
from tests.support.tables import rows


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    return made_photographs_case(tmp_path_factory.mktemp("four"), 4)


@pytest.fixture
def case(four, tmp_path):
    with opened_copy(four, tmp_path) as made:
        yield made


@pytest.fixture
def desks(case):
    """Two examiners; "one" and "two" are individuals of two photographs each."""
    enrol(case, "Dr Second")
    made = [ActQueue(case, each, post_at_once) for each in case.examiners()]
    photos = photos_of(case)
    ids = iter(("one", "two"))
    proposals = [Proposal(tuple(photos[:2]), "a"), Proposal(tuple(photos[2:]), "b")]
    for draft in accept_proposals(proposals, {}, lambda: next(ids)):
        made[0].submit(draft).result()
    yield made
    for each in made:
        each.detach()


def says(desk, text, degree="", alleged_by="", of="one"):
    desk.submit(evaluate_individual(of, degree, alleged_by, text)).result()


def own(case, desk, of="one"):
    return load_person_card(case, desk.examiner.id, of, ())


def sheet(case, *desks):
    wish = ReportRequest("", tuple(each.examiner.id for each in desks))
    ((_name, page),) = run.make_sheets(case, wish, JobControl(), "one")
    return page.blocks


def told(blocks):
    """The paragraphs below the heading of the overall evaluation."""
    start = next(
        place for place, each in enumerate(blocks) if each == DocumentHeading("Overall evaluation", 2)
    )
    found = []
    for each in blocks[start + 1 :]:
        if not isinstance(each, Paragraph):
            return found
        found.append(each.text)
    return found


def test_each_examiner_sees_only_her_own_while_reading(case, desks):
    first, second = desks
    says(first, "What the first says.")
    says(second, "What the second says.")
    for desk, text in ((first, "What the first says."), (second, "What the second says.")):
        card = own(case, desk)
        assert [each.text for _of, each in card.evaluations] == [text]
        acts = [act.who for act in card.history if act.what == "overall evaluation signed"]
        assert acts == [desk.examiner.name]


def test_a_sheet_names_who_signed_what_and_says_when_nobody_did(case, desks):
    first, second = desks
    assert told(sheet(case, first)) == [wording.sentence("no_evaluation")]
    says(first, "Bands on both wrists.\n\nNothing else.", "typical", "likely cause")
    says(second, "Bands.")
    blocks = told(sheet(case, first, second))
    assert blocks[:3] == [
        "Bands on both wrists.",
        "Nothing else.",
        "All findings together: typical of the likely cause that the examiner names.",
    ]
    assert blocks[3].startswith(f"Signed by {first.examiner.name} on ")
    assert blocks[4] == "Bands."
    assert blocks[5].startswith("Signed by Dr Second on ")
    assert not any(text == "Bands." for text in told(sheet(case, first)))


def test_a_sheet_says_that_readings_were_changed_afterwards(case, desks):
    first = desks[0]
    photo = photos_of(case)[0]
    first.submit(finding_commands.write_note(first.reading(photo), "before")).result()
    says(first, "Nothing.")
    assert wording.sentence("evaluated_before") not in told(sheet(case, first))[-1]
    first.submit(finding_commands.write_note(first.reading(photo), "after")).result()
    assert wording.sentence("evaluated_before") in told(sheet(case, first))[-1]


def test_the_table_has_one_row_for_each_that_stands(case, desks, tmp_path):
    first, second = desks
    says(first, "=1+1", "consistent", "record")
    says(second, "Not to stay.")
    says(second, "")
    says(second, "Of the other.", of="two")
    first.submit(
        Draft(INDIVIDUALS_MERGED, "one", {"merged": ["two"], "photos": photos_of(case)[2:]})
    ).result()
    export(case, first.examiner.id, "csv", tmp_path / "out", JobControl())
    found = rows(tmp_path / "out" / "evaluations.csv")
    assert [(row["individual"], row["written_of"], row["text"]) for row in found] == [
        ("one", "one", "'=1+1"),
        ("one", "two", "Of the other."),
    ]
    assert (found[0]["degree"], found[0]["alleged_by"]) == ("consistent", "record")
    assert found[0]["examiner"] == first.examiner.name
    explained = {
        row["column"]
        for row in rows(tmp_path / "out" / "dictionary.csv")
        if row["file"] == "evaluations.csv" and row["meaning"]
    }
    assert explained == set(found[0])


def test_what_was_written_of_an_individual_that_was_merged_stays_and_can_be_withdrawn(case, desks):
    first = desks[0]
    says(first, "Of the other.", of="two")
    says(first, "Of this one.")
    first.submit(
        Draft(INDIVIDUALS_MERGED, "one", {"merged": ["two"], "photos": photos_of(case)[2:]})
    ).result()
    assert [of for of, _each in own(case, first).evaluations] == ["one", "two"]
    acts = IndividualEditor(first)
    assert acts.evaluation("one").text == "Of this one."
    acts.withdraw_evaluation("two")
    case.writer.drain()
    assert [of for of, _each in own(case, first).evaluations] == ["one"]


def test_signing_is_checked_once_more(case, desks):
    with pytest.raises(NotAllowed, match="whose account"):
        IndividualEditor(desks[0]).evaluate("one", "typical", "", "Bands.")


@pytest.mark.parametrize(
    ("tool", "told"),
    [
        (
            "clahe",
            "bruise: certainty not stated, seen only through exploration (Local contrast (CLAHE)); photo 1",
        ),
        ("gamma", "bruise: certainty not stated, seen only through display steps; photo 1"),
    ],
)
def test_the_findings_one_evaluates_by_say_what_was_never_seen_as_it_is(case, desks, tool, told):
    photo = photos_of(case)[0]
    recipe = ViewSettings(1, 0, 0, 0, (1, 1), (1, 1), 1000, EnhancementChain((make_default_step(tool),)))
    written = to_canonical_json(recipe.as_body()).decode("utf-8")
    made = Finding("f", "blunt.bruise", case.vocabulary.version, recipe=written, seen_as_is=False)
    desks[0].submit(finding_commands.add_finding(desks[0].reading(photo), made)).result()
    assert own(case, desks[0]).findings == (told,)
