"""Every figure of findings, headings and parts follows from the table of individuals by signs alone."""

import random

import pytest

from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED, PHOTOS_CATEGORISED
from reviewer.domain.commands.individual_commands import accept_proposals
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.proposals import Proposal
from reviewer.domain.summary.decisions import DECIDABLE_RESULTS, decide_contradiction
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.summary.summaries import Summariser
from tests.services.counting.recount_signs import recount_signs
from tests.services.counting.test_recount import completes_most, reads, states
from tests.support import drawn
from tests.support.cases import opened_copy
from tests.support.counting import photos_of

SEEDS = range(drawn.count(6, 20))


@pytest.fixture(scope="module")
def made_once(thirteen, tmp_path_factory):
    """Thirteen photographs of five individuals by two and of nobody; two examiners."""
    with opened_copy(thirteen, tmp_path_factory.mktemp("signs")) as case:
        photos, ids = photos_of(case), iter(f"person {n}" for n in range(5))
        proposals = [Proposal(tuple(photos[2 * n : 2 * n + 2]), f"number {n}") for n in range(5)]
        for draft in accept_proposals(proposals, {}, lambda: next(ids)):
            case.record(draft, case.examiners()[0].id)
        enrol(case, "Dr Hansen")
    return case.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def at_random(case, rng):
    """Sorting, near-duplicates, readings of two examiners, statements, decisions."""
    photos = photos_of(case)
    people = [photos[2 * n : 2 * n + 2] for n in range(5)]
    groups = [rng.choice(people), photos[10:12]]
    for draft in (
        Draft(PHOTOS_CATEGORISED, "", {"photos": rng.sample(photos, 2), "category": "soldier"}),
        Draft(DUPLICATES_GROUPED, "", {"groups": groups, "method": "m"}),
    ):
        case.record(draft, case.examiners()[0].id)
    for examiner in case.examiners():
        desk = ActQueue(case, examiner, post_at_once)
        reads(desk, rng, photos[:10], examiner.id)
        completes_most(desk, rng, photos[:10])
        states(desk, rng, people, examiner.id)
        decides(case, desk, rng, people)
        desk.detach()


def decides(case, desk, rng, people):
    """Some of what contradicts is decided, one way or the other."""
    for number, photos in enumerate(people):
        summary = Summariser(case, [desk.examiner.id]).summarise_photos(photos, [f"person {number}"])
        for term in summary.terms:
            if term.contradictions and rng.random() < 0.6:
                try:
                    draft = decide_contradiction(
                        f"person {number}", term, rng.choice(DECIDABLE_RESULTS), "seen again"
                    )
                except KnownError:
                    continue
                desk.submit(draft).result()


def counted(case, examiners, query=""):
    """(table, key) -> result -> ids of individuals, as reports have them."""
    with open_snapshot(case, JobControl()) as moment:
        tables = count_case(moment, query, examiners, JobControl()).tables
    return {
        (table.key, figure.key.removeprefix(f"{table.key}/")): {
            "present": set(figure.present),
            "absent": set(figure.absent),
            "conflict": set(figure.conflict),
            "after death": set(figure.after_death),
            "certainty not stated": set(figure.unstated),
            "cannot tell": set(figure.cannot_tell),
        }
        for table in tables
        if table.key in {"findings", "headings", "parts"}
        for figure in table.figures
    }


def compared(case, out, examiners, query=""):
    """How many figures are the same; fails at the first that is not."""
    ours = counted(case, examiners, query)
    wish = ExportChoice(query=query, examiners=tuple(examiners))
    export(case, case.examiners()[0].id, "individuals-by-signs", out, JobControl(), wish)
    again = recount_signs(out / "individuals-by-signs.csv")
    for key, figure in ours.items():
        assert {result: again[key][result] for result in figure} == figure, key
    for key in set(again) - set(ours):
        found = {result for result, ids in again[key].items() if ids}
        assert found <= ({"cannot tell", "absent"} if key[0] == "parts" else {"cannot tell"}) or (
            key[0] == "parts" and not again[key]["present"]
        ), key
    return len(ours)


@pytest.mark.drawn
@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_of_a_report_follow_from_the_table(case, tmp_path, seed):
    at_random(case, random.Random(seed))
    one, other = (each.id for each in case.examiners())
    figures = 0
    for name, examiners in (("one", [one]), ("other", [other]), ("both", [one, other])):
        figures += compared(case, tmp_path / name, examiners)
    figures += compared(case, tmp_path / "some", [one], "category:none OR term:blunt.bruise")
    assert figures > 100, "somebody was read to the end"
