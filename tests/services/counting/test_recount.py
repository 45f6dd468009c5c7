"""Each figure is found again in the CSV export by a script that knows nothing of the program."""

import contextlib
import random
from functools import partial

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED, PHOTOS_CATEGORISED, STATEMENT_MADE
from reviewer.domain.commands import finding_commands, near_duplicate_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.sign_lists import find_checked_lists_for_coverage
from reviewer.domain.summary.decisions import DECIDABLE_RESULTS, decide_contradiction
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.summary.summaries import Summariser
from reviewer.system.resources import find_resource
from tests.services.counting.recount import recount
from tests.support import drawn
from tests.support.counting import photos_of
from tests.support.shared import statement

SURE = Certainty.PROBABLE
NOT_COUNTED_AGAIN = {"shown", "age"}
TERMS = ("neck.ligature_mark", "blunt.bruise", "elec.mark", "nutr.grade", "old.retired")
NECK = ("wrist.L/front", "neck.front", "neck.side.L", "neck.side.R", "nape", "chest.L", "wrist.L", "")
FACTS = [
    ("sex", ["male", "female", "cannot tell"]),
    ("number.branch", ["215", "21?", "227"]),
    ("age_band", ["18-29"]),
]
SAID = [(each, "not shown") if each is FindingAnswer.NOT_ASSESSABLE else (each, "") for each in FindingAnswer]


def reads(desk, rng, photos, of=""):
    """Whatever an examiner may say, at random; what is not allowed is not said. `of` begins its ids."""
    for number in range(120):
        reading = desk.reading(rng.choice(photos))
        term, region = rng.choice(TERMS), rng.choice(NECK)
        answer, reason = rng.choice(SAID)
        grade = (("grade_e", (rng.choice(["E0", "E1", "E2", "EX"]),)),) if term == "nutr.grade" else ()
        finding = Finding(
            f"{of}f{number}",
            term,
            "1.1.0",
            answer=answer,
            reason=reason,
            certainty=rng.choice(list(Certainty)),
            certainty_stated=rng.random() > 0.2,
            regions=(region,) if region else (),
            qualifiers=grade,
            confirmed=rng.random() > 0.1,
        )
        wishes = [
            lambda reading=reading, finding=finding: finding_commands.add_finding(reading, finding),
            lambda reading=reading: finding_commands.complete_reading(reading),
            lambda reading=reading: finding_commands.conclude_nothing_visible(
                reading, find_checked_lists_for_coverage(desk.case.vocabulary, reading.coverage)
            ),
            lambda reading=reading: finding_commands.record_lists_looked_for(
                reading, find_checked_lists_for_coverage(desk.case.vocabulary, reading.coverage)
            ),
            lambda reading=reading, number=number: near_duplicate_commands.carry_over_reading(
                desk.reading(photos[0]), reading, iter(f"{of}c{number}-{n}" for n in range(99)).__next__
            ),
            lambda reading=reading: Draft(
                acts.COVERAGE_SET,
                reading.photo,
                {"regions": {each: rng.choice(["assessable", "limited", ""]) for each in NECK if each}},
            ),
        ]
        try:
            desk.submit(rng.choices(wishes, [5, 4, 1, 2, 0.3, 3])[0]()).result()
        except KnownError:
            continue


def completes_most(desk, rng, photos):
    """Whoever reads ends what was begun: figures are of people whose photographs were all read."""
    for photo in photos:
        for wish in (
            finding_commands.confirm_findings,
            partial(finding_commands.state_certainty, certainty=SURE),
            finding_commands.complete_reading,
        ):
            if rng.random() < 0.9:
                with contextlib.suppress(KnownError):
                    desk.submit(wish(desk.reading(photo))).result()


def states(desk, rng, people, of=""):
    for number in range(12):
        fact, values = rng.choice(
            [
                ("sex", ["male", "female", "cannot tell"]),
                ("number.branch", ["215", "21?", "227"]),
                ("age_band", ["18-29"]),
            ]
        )
        body = {**statement(f"{of}s{number}"), "fact": fact, "value": rng.choice(values)}
        desk.submit(Draft(STATEMENT_MADE, f"person {rng.randrange(len(people))}", body)).result()


def contradicts(desk, rng, people, name):
    """Says on one photograph of most people what it denies on the other."""
    for number, photos in enumerate(people):
        if rng.random() < 0.7:
            for photo, answer in zip(photos, (FindingAnswer.PRESENT, FindingAnswer.ABSENT), strict=True):
                id_, sure = f"{name}{number} {answer}", {"certainty": SURE, "certainty_stated": True}
                finding = Finding(id_, "blunt.bruise", "1.1.0", answer, regions=("chest.L",), **sure)
                desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()


def decides(case, examiner, rng, people):
    """Most of what contradicts by now."""
    summaries = Summariser(case, [examiner])
    for number, photos in enumerate(people):
        for term in summaries.summarise_photos(photos, [f"person {number}"]).terms:
            if term.contradictions and not term.stands and rng.random() < 0.7:
                case.record(
                    decide_contradiction(
                        f"person {number}", term, rng.choice(DECIDABLE_RESULTS), "better there"
                    ),
                    examiner,
                )


@pytest.mark.drawn
@pytest.mark.parametrize("seed", range(drawn.count(6, 20)))
def test_an_independent_script_finds_the_same_figures_in_the_csv_export(case, desk, people, tmp_path, seed):
    rng = random.Random(seed)
    photos = photos_of(case)
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": photos[10:12], "category": "soldier"})).result()
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": photos[:3], "category": "detainee"})).result()
    out = [*rng.sample(photos[:8], 1), *(people[4] if seed % 3 == 0 else [])]
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": out, "category": "scene"})).result()
    desk.submit(Draft(DUPLICATES_GROUPED, "", {"groups": [people[0], photos[8:11]], "method": "m"})).result()
    reads(desk, rng, photos[:10])
    completes_most(desk, rng, photos[:10])
    contradicts(desk, rng, people, "a")
    completes_most(desk, rng, photos[:10])
    second = ActQueue(case, enrol(case, "Dr Two"), post_at_once)
    if seed % 2:
        reads(second, rng, photos[:10], "g")
        contradicts(second, rng, people, "b")
        completes_most(second, rng, photos[:10])
        decides(case, second.examiner.id, rng, people)
    second.detach()
    decides(case, desk.examiner.id, rng, people)
    reads(desk, rng, photos[:2], "h")
    completes_most(desk, rng, photos[:2])
    who = [desk.examiner.id, *([second.examiner.id] if seed % 2 else [])]
    states(desk, rng, people)
    with open_snapshot(case, JobControl()) as moment:
        counted = count_case(moment, "", who, JobControl())
    export(case, desk.examiner.id, "csv", tmp_path / "csv", JobControl())
    again = recount(tmp_path / "csv", find_resource("vocabulary"))
    ours = {
        (table.key, figure.key.removeprefix(f"{table.key}/")): (
            len(figure.present),
            len(figure.absent),
            figure.untold,
        )
        for table in counted.tables
        if table.key not in NOT_COUNTED_AGAIN and not table.key.startswith("days")
        for figure in table.figures
    }
    for key, figure in ours.items():
        assert again.get(key, (0, *figure[1:])) == figure, key
    there = {table.key for table in counted.tables}
    assert {key for key in again if key[0] in there} <= set(ours)
    assert sum(figure[0] > 0 for figure in ours.values()) > 10, "something was found"
