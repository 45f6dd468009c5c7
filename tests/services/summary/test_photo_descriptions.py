"""What examiners said of photographs as a whole, for a person, a report and tables."""

import csv
import io
import json

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.descriptions import collect_answers, format_answer_lines
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.reading.act_words import describe_entry
from reviewer.services.summary import photo_descriptions
from reviewer.storage.reading import readings
from reviewer.storage.store import record_draft
from tests.support.cases import made_case, pen
from tests.support.exports import content, made, marked_case

AT = "2026-01-01T00:00:00.000+00:00"
A, B, C = ("a" * 64, "b" * 64, "c" * 64)


def say(connection, photo, by="e", complete=True, **said):
    reading = Reading(by, photo)
    for what, values in said.items():
        record_draft(connection, finding_commands.set_description(reading, what, values), pen(by), AT)
    finding = Finding(f"{by}{photo[0]}", "blunt.bruise", "2.0.0")
    record_draft(connection, finding_commands.add_finding(reading, finding), pen(by), AT)
    if complete:
        record_draft(connection, Draft(acts.COMPLETED, photo, {}), pen(by), AT)


def gather_answers(case, examiners, photos):
    rows = photo_descriptions.list_answers(case, examiners, photos)
    pairs = [(photo, ((key, values),)) for photo, key, values in rows]
    return collect_answers(case.vocabulary, pairs, photos)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    case = made_case(tmp_path_factory.mktemp("described"))

    def fill(connection):
        say(connection, A, stage=("early",), dress=("clothed",), posture=("supine",))
        say(connection, B, stage=("early",), dress=("naked",), insects=("eggs", "larvae"))
        say(connection, C, complete=False, stage=("skeletal",))
        say(connection, A, by="other", stage=("advanced",))

    case.writer.enqueue_batch(fill).result()
    yield case
    case.close()


def test_each_answer_with_its_photographs_of_complete_readings_only(case):
    said = gather_answers(case, ("e",), (B, A, C))
    assert [(each.key, each.value, each.photos) for each in said] == [
        ("stage", "early", (B, A)),
        ("insects", "eggs", (B,)),
        ("insects", "larvae", (B,)),
        ("posture", "supine", (A,)),
        ("dress", "naked", (B,)),
        ("dress", "clothed", (A,)),
    ]
    assert format_answer_lines(case.vocabulary, said, (B, A, C)) == [
        "State of the body: early decomposition (photos 1, 2)",
        "Insects: eggs (photo 1); larvae (photo 1)",
        "Posture: on the back (photo 2)",
        "Dress: naked (photo 1); clothed (photo 2); it changes between photographs",
    ]


def test_two_examiners_who_differ_both_stand(case):
    said = gather_answers(case, ("e", "other"), (A,))
    assert [(each.value, each.photos) for each in said if each.key == "stage"] == [
        ("early", (A,)),
        ("advanced", (A,)),
    ]


def test_what_is_counted_names_the_photo_the_question_and_the_answers(case):
    assert photo_descriptions.list_answers(case, ("other",)) == ((A, "stage", ("advanced",)),)
    assert (B, "insects", ("eggs", "larvae")) in photo_descriptions.list_answers(case, ("e",))
    assert photo_descriptions.list_answers(case, ("e",), (C,)) == (), "an open reading says nothing yet"


def test_an_act_in_words(case):
    said = Draft(acts.DESCRIBED, A, {"what": "card", "values": ["forehead", "skin"]})
    gone = Draft(acts.DESCRIBED, A, {"what": "card", "values": []})
    assert describe_entry(said, case.vocabulary) == "card: on the forehead, written on the skin"
    assert describe_entry(gone, case.vocabulary) == "card: taken back"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A case with shapes and all; on one of its photographs the scene is described."""
    folder = tmp_path_factory.mktemp("told")
    case = marked_case(folder)

    def describe(connection):
        (examiner,) = case.examiners()
        photo = min(readings.load_photos_with_readings(connection))
        for what, values in (("place", ("courtyard",)), ("card", ("forehead", "skin"))):
            record_draft(
                connection,
                finding_commands.set_description(Reading(examiner.id, photo), what, values),
                case.signer(examiner.id),
                AT,
            )
        return photo

    photo = case.writer.enqueue_batch(describe).result()
    yield case, photo, folder
    case.close()


def rows(folder, name):
    return list(csv.DictReader(io.StringIO(content(folder)[name].decode("utf-8"))))


def test_the_tables_hold_what_is_said(exported):
    case, photo, folder = exported
    out = made(case, "csv", folder / "csv")
    told = [(row["key"], row["values"], row["value_names"]) for row in rows(out, "description.csv")]
    assert told == [
        ("card", "forehead;skin", "on the forehead;written on the skin"),
        ("place", "courtyard", "courtyard"),
    ]
    (reading,) = [row for row in rows(out, "readings.csv") if row["photo_sha256"] == photo]
    assert json.loads(reading["description"]) == {"card": ["forehead", "skin"], "place": ["courtyard"]}
    explained = {(row["file"], row["column"]) for row in rows(out, "dictionary.csv")}
    assert {("description.csv", "values"), ("readings.csv", "description")} <= explained


@pytest.mark.parametrize("key", ["annotations", "case-uco"])
def test_the_formats_of_readings_hold_it_in_words(exported, key):
    case, _photo, folder = exported
    told = b"".join(content(made(case, key, folder / key)).values()).decode("utf-8")
    assert "card: on the forehead, written on the skin" in told
    assert "place: courtyard" in told
