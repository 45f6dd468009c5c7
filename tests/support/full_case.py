"""A case with something of everything that a court pack can hold, by two examiners."""

import json

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands as commands
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.photos.seen_elsewhere import FILES_SEEN_ELSEWHERE
from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.domain.records.mapping import format_citation
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.enrolment import enrol
from reviewer.services.evidence.problems import load_problem_files
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.records import load as records
from reviewer.services.records.load import RecordChoices, load_file, preview_file
from reviewer.storage import records as stored
from tests.support.cases import ingested, made_case
from tests.support.packs import fill, photos_of
from tests.support.photos import drive
from tests.support.records import csv_text, read_here
from tests.support.shared import CARD, DECISION, EVALUATION, REDACTION, made_individual, saved_list, statement

SAMPLE = {
    "of": "individuals",
    "method": "m",
    "seed": 7,
    "by": "category",
    "equal": True,
    "population": 3,
    "drawn": 2,
    "strata": [{"value": "detainee", "there": 2, "drawn": 1}, {"value": "other", "there": 1, "drawn": 1}],
    "units": [["one", "detainee"], ["three", "other"]],
    "entries": 3,
    "head": "h",
}


_RECIPE = to_canonical_json(
    ViewSettings(
        500_000,
        1000,
        2000,
        0,
        (800, 600),
        (400, 300),
        1000,
        EnhancementChain((make_default_step("clahe"),)),
        "grey",
    ).as_body()
).decode("utf-8")


def make_full_case(folder):
    """The open case: what `fill` does, and a second examiner with every further kind of act."""
    case = made_case(folder)
    ingested(case, drive(folder / "drive"))
    fill(case)
    second = enrol(case, "Dr Haddad")
    _read_more(case, second)
    _share_more(case, case.examiners()[0].id, second.id)
    _load_records(case, folder)
    return case


def _read_more(case, examiner):
    desk = ActQueue(case, examiner, post_at_once)
    first, second, third, _fourth, _fifth, sixth = photos_of(case)
    version = case.vocabulary.version

    def does(draft):
        desk.submit(draft).result()

    does(Draft(acts.CONTEXT_SEEN, first, {"what": "card"}))
    bruise = Finding("h0", "blunt.bruise", version, recipe=_RECIPE, seen_as_is=False)
    does(commands.add_finding(desk.reading(first), bruise))
    (bruise,) = desk.reading(first).findings
    does(commands.set_certainty(desk.reading(first), bruise, Certainty.PROBABLE, False))
    polygon = Mark("h-m", MarkShape.POLYGON, ((1, 1), (9, 2), (5, 8)), 2)
    does(commands.add_mark(desk.reading(first), bruise, polygon))
    does(commands.set_qualifier(desk.reading(first), bruise, "excluded", ["blunt.abrasion", "pm.lividity"]))
    corners = ((2, 2), (42, 4), (40, 30), (3, 33))
    for scale in (
        Scale(
            "four", corners, (100_000, 70_000), "card, measured by Dr B", known_by="measured", off_plane=20
        ),
        Scale("old", ((0, 0), (30, 0)), (50_000,), "ruler", 15, curved=True),
    ):
        does(commands.mark_scale(desk.reading(first), scale) if scale.known_by else _as_before(first, scale))
    for made in (
        Measurement("a", Quantity.LENGTH, (Take(((5, 5), (20, 22))),), "four", "h0"),
        Measurement("b", Quantity.AREA, (Take(((5, 5), (20, 6), (18, 22), (4, 20)), 150),), "four"),
        Measurement("c", Quantity.ANGLE, (Take(((5, 5), (20, 6), (18, 22))),), "old"),
        Measurement("d", Quantity.PATH, (Take(((5, 5), (20, 6), (18, 22))),)),
        Measurement("e", Quantity.LENGTH, (Take(((1, 1), (50, 40))),)),
        Measurement("f", Quantity.AREA, (Take(((1, 1), (5, 1), (5, 5))),), "old"),
        Measurement("g", Quantity.LENGTH, (Take(((1, 1), (5, 1))),), "old"),
    ):
        does(commands.take_measurement(desk.reading(first), made))
    for points in (((5, 6), (20, 23)), ((5, 4), (21, 22))):
        take = {"measurement": "a", "points": [list(point) for point in points], "hand": 80}
        does(Draft(acts.MEASUREMENT_REPEATED, first, take))
    does(Draft(acts.MEASUREMENT_REMOVED, first, {"measurement": "g"}))
    does(
        Draft(
            acts.COVERAGE_SET, first, {"regions": {"hand.R/palm": "limited", "chest.L/front": "assessable"}}
        )
    )
    does(Draft(acts.COVERAGE_SET, first, {"regions": {"nape": "not"}}))
    does(commands.set_description(desk.reading(first), "stage", ["fresh"]))
    does(commands.complete_reading(desk.reading(first)))
    does(commands.conclude_nothing_visible(desk.reading(second), [("neck", version), ("face", version)]))
    does(commands.set_description(desk.reading(third), "posture", ["supine"]))
    does(commands.write_note(desk.reading(sixth), "-1"))
    desk.detach()


def _as_before(photo, scale):
    """A scale of which nobody was asked how its size is known."""
    body = {
        "id": scale.id,
        "points": [list(point) for point in scale.points],
        "micrometres": list(scale.micrometres),
        "source": scale.source,
        "tilt": scale.tilt,
        "curved": scale.curved,
        "hand": scale.hand,
    }
    return Draft(acts.SCALE_MARKED, photo, body)


def _share_more(case, okoye, haddad):
    first, second, third, fourth, fifth, sixth = photos_of(case)
    files = sorted(problem.id for problem in load_problem_files(case))
    three = made_individual("three", [fourth])
    number = {**statement("two-n"), "fact": "number.detainee", "value": "=3"}
    on_card = {**statement("three-a"), "kind": "card", "source": first}
    drawn = {**saved_list([first, fourth]), "name": "+s", "details": json.dumps(SAMPLE)}
    decision = {**DECISION, "photos": [first, second], "better": second}
    for author, draft in (
        (okoye, Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [three]})),
        (haddad, Draft(shared_acts.STATEMENT_MADE, "two", number)),
        (haddad, Draft(shared_acts.STATEMENT_MADE, "three", on_card)),
        (okoye, Draft(shared_acts.STATEMENT_WITHDRAWN, "three", {"id": "three-sex", "why": "another card"})),
        (okoye, Draft(SUMMARY_DECIDED, "two", decision)),
        (haddad, Draft(SUMMARY_DECIDED, "two", {**DECISION, "result": "absent", "photos": [third]})),
        (okoye, Draft(INDIVIDUAL_EVALUATED, "one", EVALUATION)),
        (haddad, Draft(INDIVIDUAL_EVALUATED, "two", {**EVALUATION, "text": "@hers"})),
        (okoye, Draft(INDIVIDUAL_EVALUATED, "three", EVALUATION)),
        (okoye, Draft(INDIVIDUAL_EVALUATED, "three", {"degree": "", "alleged_by": "", "text": ""})),
        (okoye, Draft(shared_acts.CARD_TRANSCRIBED, first, {**CARD, "pass": "first", "box": None})),
        (haddad, Draft(shared_acts.CARD_TRANSCRIBED, sixth, {**CARD, "note": "=n"})),
        (haddad, Draft(shared_acts.LIST_SAVED, "drawn", drawn)),
        (okoye, Draft(REDACTION_DRAWN, first, REDACTION)),
        (okoye, Draft(REDACTION_DRAWN, fifth, {**REDACTION, "id": "r2"})),
        (okoye, Draft(FILES_SEEN_ELSEWHERE, "", {"files": files[:1], "reason": "in the viewer"})),
        (haddad, Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": "m", "limits": "l"})),
    ):  # fmt: skip
        case.record(draft, author)


def _load_records(case, folder):
    path = folder / "list.csv"
    path.write_text(csv_text(), encoding="utf-8")
    author, real = case.examiners()[0].id, records.read_grid
    records.read_grid = read_here
    try:
        preview = preview_file(case, path, RecordChoices(), JobControl())
        load_file(case, preview, author, JobControl())
    finally:
        records.read_grid = real
    case.record(_settled(case), author)


def _settled(case):
    with case.store.read() as connection:
        (file,) = stored.load_record_files(connection)
        row = next(iter(stored.iterate_rows(connection, file.id)))
    cited = format_citation(file.id, row.sheet, row.row)
    told = {"record": cited, "individual": "two", "how": "examiner", "note": "=fits", "statements": []}
    return Draft(shared_acts.RECORDS_SETTLED, "", {"records": [told]})
