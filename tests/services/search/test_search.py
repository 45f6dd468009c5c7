"""Searching a small case in which everything is known, against what a person would say of it."""

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.saved_lists import save_list
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.search.plan import plan_query
from reviewer.domain.search.query import parse_query
from reviewer.domain.search.tokens import QueryError
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.services.search import search
from reviewer.services.search.explain import explain_match
from reviewer.services.search.search import HitOrder
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.search import search as stored
from reviewer.storage.store import record_draft
from tests.support.cases import made_case, pen
from tests.support.shared import CARD
from tests.support.statements import recorded_statements

AT = "2026-01-01T00:00:00.000+00:00"
PHOTOS = {name: (name * 64)[:64] for name in ("a1", "b2", "c3", "d4", "e5")}
BOTH = dict(zip(PHOTOS.values(), PHOTOS, strict=True))


def add_photos(connection):
    for number, (name, sha256) in enumerate(PHOTOS.items(), start=1):
        connection.execute(
            t.photos.insert().values(
                id=number, sha256=sha256, size=9, format="JPEG", width=9, height=9, orientation=1,
                taken_at=f"2012-0{number}-10 10:00:00" if number < 5 else "", make="NIKON",
                model=f"P{number}", tags="{}", likeness="0" * 16, damage="ends early" if number == 4 else "",
            )
        )  # fmt: skip
        connection.execute(
            t.source_files.insert().values(
                source="s", path=name.encode(), folder=f"branch_215/{number % 2}", name=f"IMG_100%{name}.jpg",
                size=9, modified_ns=0, sha256=sha256, outcome="photo", photo=number, problem_kind="",
                problem_reason="",
            )
        )  # fmt: skip


def statement(fact, value, id_):
    said = {"id": id_, "fact": fact, "value": value, "certainty": "probable", "kind": "record"}
    return {**said, "source": "file:1", "detail": "row 1 of list.csv"}


def finding(id_, term, *regions, **other):
    return Finding(id_, term, "1.1.0", regions=regions, **{"certainty_stated": True, **other})


def read(connection, photo, *found, by="e", note=""):
    reading = Reading(by, PHOTOS[photo])
    for each in found:
        record_draft(connection, finding_commands.add_finding(reading, each), pen(by), AT)
        reading = reading.with_finding(each)
    if note:
        record_draft(connection, Draft(acts.NOTE_WRITTEN, PHOTOS[photo], {"text": note}), pen(by), AT)


def fill(connection):
    add_photos(connection)
    record_draft(
        connection, Draft(acts.SOURCE_ADDED, "s", {"path": "/media/drive", "path_hex": "2f"}), pen("e"), AT
    )
    absent = finding("f4", "elec.mark", "neck.front", answer=FindingAnswer.ABSENT)
    sure = finding("f2", "elec.mark", "wrist.L", certainty=Certainty.DEFINITE)
    read(
        connection,
        "a1",
        finding("f1", "blunt.bruise", "neck.front", certainty_stated=False),
        sure,
        note="Belt buckle, 100%",
    )
    read(connection, "b2", finding("f3", "blunt.bruise", "chest.L"), absent, note="آثار حزام على الظهر")
    read(connection, "c3", finding("f5", "elec.mark", "neck.front"))
    read(connection, "c3", finding("f6", "blunt.bruise", "neck.front"), by="other", note="secret belt")
    mark = Mark("m1", MarkShape.POINT, ((1, 2),))
    reading = Reading("e", PHOTOS["c3"], findings=(finding("f5", "elec.mark", "neck.front"),))
    soles = next(view for view in load_vocabulary().views if view.key == "soles")
    covered = dict.fromkeys(soles.regions, "assessable")
    facts = [("number.branch", "215"), ("name", "Amal S."), ("sex", "male"), ("age_band", "25-40")]
    made = {
        "id": "i" * 16,
        "photos": [PHOTOS["a1"], PHOTOS["d4"]],
        "reason": "",
        "statements": [statement(fact, value, fact) for fact, value in facts],
    }
    for draft in (
        finding_commands.add_mark(reading, reading.findings[0], mark),
        Draft(acts.COVERAGE_SET, PHOTOS["b2"], {"regions": covered}),
        Draft(acts.COVERAGE_SET, PHOTOS["c3"], {"regions": {"sole.L": "assessable"}}),
        finding_commands.set_description(Reading("e", PHOTOS["a1"]), "stage", ("advanced",)),
        Draft(acts.LOOKED_FOR, PHOTOS["b2"], {"lists": [["neck", "2.0.0"]]}),
        finding_commands.set_description(Reading("e", PHOTOS["a1"]), "insects", ("eggs", "larvae")),
        finding_commands.set_description(Reading("e", PHOTOS["b2"]), "insects", ("none",)),
        Draft(acts.COMPLETED, PHOTOS["a1"], {}),
        Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made]}),
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [PHOTOS["e5"]], "category": "soldier"}),
        Draft(shared_acts.CARD_TRANSCRIBED, PHOTOS["c3"], CARD),
        Draft(shared_acts.DUPLICATES_GROUPED, "", {"groups": [[PHOTOS["a1"], PHOTOS["d4"]]]}),
        Draft(acts.RECORDS_LOADED, "file", {"name": "list.csv", "sha256": "a" * 64, "rows": 1, "seal": "b" * 64, "mapping": {}}),  # noqa: E501
        Draft(shared_acts.RECORDS_SETTLED, "", {"records": [{"record": "file:1", "individual": "i" * 16, "how": "", "note": ""}]}),  # noqa: E501
        save_list((), "l1", "Bruises", "term:bruise"),
        save_list((), "l2", "Drawn", "", details={"seed": 1}, photos=[PHOTOS["e5"], PHOTOS["b2"]]),
        save_list((), "l3", "Loop", "list:Loop"),
    ):  # fmt: skip
        record_draft(connection, draft, pen("e"), AT)
    connection.execute(
        t.records.insert().values(id=1, file="file", sheet="", row=1, cells='["Sami","hospital A"]')
    )
    texts.put_text(connection, "record", "1", "Sami hospital A")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    case = made_case(tmp_path_factory.mktemp("search"))
    case.writer.enqueue_batch(fill).result()
    yield case
    case.close()


ASKED = {
    "term": "bruise", "region": "neck", "certainty": "definite", "answer": "absent", "findings": "2..5",
    "has": "note", "covers": "back", "state": "unread", "conclusion": "none", "category": "none",
    "individual": "none", "number": "12?", "branch": "215", "sex": "male", "age": "30",
    "note": "belt", "record": "sami", "taken": "2012", "ingested": "2026", "file": "a", "folder": "b",
    "source": "c", "camera": "d",
    "stage": "advanced", "card_material": "paper",
    "photo": "ab", "alike": "ab", "software": "x", "serial": "x", "position": "none", "tag": "x",
}  # fmt: skip


def found(case, text, examiner="e", order=HitOrder.INGEST):
    hits = search.find_photos(case, text, examiner, order)
    first = search.find_photos(case, text, examiner, order, limit=2)
    assert hits.count == first.count == len(hits.photos) == search.count_photos(case, text, examiner).count
    assert first.photos == hits.photos[:2]
    for photo in PHOTOS.values():
        assert bool(explain_match(case, text, examiner, photo)) == (photo in hits.photos)
    return " ".join(BOTH[photo] for photo in hits.photos)


@pytest.mark.parametrize(
    ("text", "photos"),
    [
        ("", "a1 b2 c3 d4 e5"),
        ("term:bruise", "a1 b2"),
        ("term:bruise region:neck", "a1"),
        ("(term:bruise) (region:wrist)", "a1"),
        ("term:bruise region:wrist", ""),
        ("term:bruise (region:chest or region:nape)", "b2"),
        ("term:elec.mark", "a1 c3"),
        ("term:elec.mark answer:absent", "b2"),
        ("term:elec.mark answer:any", "a1 b2 c3"),
        ("term!=blunt.bruise region:neck", "c3"),
        ("region!=neck", "a1 b2"),
        ("-region:neck", "b2 d4 e5"),
        ("region:neck", "a1 c3"),
        ("region:neck answer:absent", "b2"),
        ("certainty:definite", "a1"),
        ("certainty>=probable", "a1 b2 c3"),
        ("certainty:probable", "b2 c3"),
        ("certainty>=probable term:bruise", "b2"),
        ("certainty:not-stated", "a1"),
        ("certainty:not-stated region:neck", "a1"),
        ("certainty:probable region:neck", "c3"),
        ("certainty!=definite term:bruise region:neck", "a1"),
        ("certainty<definite region:wrist", ""),
        ("term:bruise or answer:absent", "a1 b2"),
        ("region:neck (answer:absent or term:elec.mark)", "b2 c3"),
        ("findings:2", "a1"),
        ("findings>0", "a1 b2 c3"),
        ("findings:0", "d4 e5"),
        ("findings<2", "b2 c3 d4 e5"),
        ("findings:1..2", "a1 b2 c3"),
        ("has:mark", "c3"),
        ("has:note", "a1 b2"),
        ("has:finding", "a1 b2 c3"),
        ("has:card", "c3"),
        ("has:record", "a1 d4"),
        ("has:coverage", "b2 c3"),
        ("has:damage", "d4"),
        ("has:individual", "a1 d4"),
        ("has:duplicates", "a1 d4"),
        ("has:unconfirmed", ""),
        ("has:unstated", "a1"),
        ("has:list", "b2"),
        ("covers:soles", "b2"),
        ("covers:sole", "b2 c3"),
        ("state:unread", "d4 e5"),
        ("state:complete", "a1"),
        ("state:open", "b2 c3"),
        ("conclusion:none", "a1 b2 c3 d4 e5"),
        ("category:soldier", "e5"),
        ("category:none", "a1 b2 c3 d4"),
        ("-category:soldier", "a1 b2 c3 d4"),
        ("branch:215", "a1 c3 d4"),
        ("branch:2?5", "a1 c3 d4"),
        ("branch:21", ""),
        ("branch:2*", "a1 c3 d4"),
        ("branch:200..220", "a1 c3 d4"),
        ("branch>215", ""),
        ("detainee:129", ""),
        ("detainee:12?", "c3"),
        ("number:215", "a1 c3 d4"),
        ("individual:none", "b2 c3 e5"),
        ("individual:iiii", ""),
        ("individual:amal", "a1 d4"),
        ("sex:male", "a1 d4"),
        ("age:18-29", "a1 d4"),
        ("age:30", "a1 d4"),
        ("age:41", ""),
        ("age:24", ""),
        ('age:"under 12"', ""),
        ('age:"60 and over"', ""),
        ('age:"cannot tell"', ""),
        ("note:belt", "a1"),
        ("note:bel", "a1"),
        ('note:"bel"', ""),
        ('note:"belt buckle"', "a1"),
        ("note:حزام", "b2"),
        ("note:ظهر", "b2"),
        ("note:الظهر", "b2"),
        ("record:hospital", "a1 d4"),
        ("hospital", "a1 d4"),
        ("belt", "a1"),
        ("amal", "a1 d4"),
        ("taken:2012-03", "c3"),
        ("taken:2012-02..2012-03", "b2 c3"),
        ("taken>2012-03", "d4"),
        ("taken<=2012-02-10", "a1 b2"),
        ("taken:none", "e5"),
        ("-taken:none", "a1 b2 c3 d4"),
        ("ingested>=2026", "a1 b2 c3 d4 e5"),
        ("ingested<2026", ""),
        ("file:100%a", "a1"),
        ("file:100_", ""),
        ("file:*c3.jpg", "c3"),
        ("folder:branch_215/1", "a1 c3 e5"),
        ("folder=branch_215/0", "b2 d4"),
        ("source:drive", "a1 b2 c3 d4 e5"),
        ("camera:p3", "c3"),
        ('camera:"nikon p3"', "c3"),
        ("stage:advanced", "a1"),
        ("-stage:advanced", "b2 c3 d4 e5"),
        ("insects:larvae", "a1"),
        ("insects:none", "b2"),
        ("insects:larvae or insects:none", "a1 b2"),
        ("stage:fresh", ""),
        ("has:description", "a1 b2"),
        ("photo:c3c3", "c3"),
        ("alike:d4", "a1 d4"),
        ("list:bruises", "a1 b2"),
        ("list:drawn", "b2 e5"),
        ("-list:drawn term:bruise", "a1"),
        ("term:bruise or category:soldier", "a1 b2 e5"),
        ("-(term:bruise or category:soldier)", "c3 d4"),
        ("IMG_100", "a1 b2 c3 d4 e5"),
        ("'DROP", ""),
        ('"NEAR(a b)" ', ""),
        ("note:*", None),
        ('note:"a* OR b"', ""),
    ],
)  # fmt: skip
def test_what_a_query_finds(case, text, photos):
    if photos is None:
        with pytest.raises(QueryError):
            search.find_photos(case, text, "e")
        return
    assert found(case, text) == photos


def test_what_another_examiner_found_is_not_found(case):
    assert found(case, "term:bruise region:neck", "e") == "a1"
    assert found(case, "term:bruise region:neck", "other") == "c3"
    assert found(case, "term:bruise region:neck", None) == "a1 c3"
    assert found(case, "belt", "other") == "c3"
    assert found(case, "belt", None) == "a1 c3"
    assert found(case, "state:unread", "other") == "a1 b2 d4 e5"
    assert found(case, "has:note", "other") == "c3"
    assert found(case, "stage:advanced", "other") == ""
    assert found(case, "stage:advanced", None) == "a1"


@pytest.mark.parametrize("examiner", ["e", None])
def test_no_question_is_asked_again_for_each_photograph(case, examiner):
    """A correlated subquery is run for every row: seconds, where there are 55,000."""
    queries = [f"{field}:{value}" for field, value in ASKED.items()]
    for text in (*queries, " ".join(queries), " or ".join(queries), *(f"-{each}" for each in queries)):
        node = parse_query(text, case.vocabulary)
        for order in (HitOrder.INGEST, HitOrder.FOLDER):
            with case.store.read() as connection:
                query = stored.build_statement(node, examiner, order, 200)
                compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
                said = str(compiled).replace("%", "%%")
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()
            assert rows
            assert not [row for row in rows if "CORRELATED" in str(row[-1])], (text, order)


def test_orders(case):
    assert found(case, "", order=HitOrder.TAKEN) == "a1 b2 c3 d4 e5"
    assert found(case, "", order=HitOrder.INDIVIDUAL) == "a1 d4 b2 c3 e5"
    assert found(case, "", order=HitOrder.FOLDER) == "b2 d4 a1 c3 e5"


def test_lists_that_are_not_there_or_made_of_themselves(case):
    with pytest.raises(QueryError, match=r"Column 3: there is no list Brui\. There are: Bruises, Drawn"):
        search.find_photos(case, "a list:Brui", "e")
    with pytest.raises(QueryError, match="made of itself"):
        search.find_photos(case, "list:loop", "e")


def test_why_a_photograph_is_found(case):
    why = explain_match(case, "term:bruise region:neck branch:215 belt -category:soldier", "e", PHOTOS["a1"])
    assert why == [
        "term:bruise region:neck: finding bruise, neck, front, present, certainty not stated.",
        "branch:215: branch number 215 (row 1 of list.csv).",
        "belt: note: Belt buckle, 100%.",
        "Not: category:soldier.",
    ]
    assert explain_match(case, "hospital or term:burn", "e", PHOTOS["d4"])[0].startswith(
        "hospital: record, row 1"
    )
    assert explain_match(case, "has:finding", "e", PHOTOS["c3"]) == ["has:finding: 1 finding is there."]
    assert explain_match(case, "findings>0", None, PHOTOS["c3"]) == [
        "findings>0: 1 finding is there; 1 finding is there."
    ]
    assert explain_match(case, "note:belt", "e", PHOTOS["c3"]) == []
    assert explain_match(case, "insects:larvae", "e", PHOTOS["a1"]) == [
        "insects:larvae: insects: eggs, larvae."
    ]
    assert explain_match(case, "has:description", None, PHOTOS["a1"]) == [
        "has:description: insects: eggs, larvae; stage: advanced."
    ]
    assert explain_match(case, "", "e", PHOTOS["d4"]) == ["Every photograph is found by this."]


def test_completion_knows_values_of_the_case(case):
    assert [each.text for each in search.suggest_completions(case, "branch:2", 8).found] == ["215"]
    assert [each.text for each in search.suggest_completions(case, "list:Dr", 7).found] == ["Drawn"]
    assert search.suggest_completions(case, "camera:P", 8).found


def plan_of(case, text):
    """How SQLite goes about finding the numbers, in its own words."""
    with case.store.read() as connection:
        statement = stored.select_numbers(plan_query(parse_query(text, load_vocabulary())), "e")
        asked = statement.compile(connection, compile_kwargs={"literal_binds": True})
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]


@pytest.mark.parametrize(
    "text",
    [
        "term:bruise", "region:neck", "(term:bruise) (term:elec.mark)", "certainty:definite", "has:mark",
        "state:open", "findings>1", "branch:215", "taken:2012", "folder:215", "note:belt", "covers:neck",
        "term:bruise -category:soldier taken:2012", "-term:bruise", "category:none", "sex:male or age:30",
        "state:open note:belt photo:ab",
    ],
)  # fmt: skip
def test_no_row_of_a_photograph_is_read_to_find_which_are_meant(case, text):
    """They are long, a page holds few, and every page that is read is decrypted: indexes say it."""
    table = ("SEARCH photos USING INTEGER PRIMARY KEY", "SEARCH photos_1 USING INTEGER PRIMARY KEY")
    plan = plan_of(case, text)
    assert [line for line in plan if line.startswith(table) or line in {"SCAN photos", "SCAN photos_1"}] == []


@pytest.mark.parametrize(
    ("text", "read"), [("(term:bruise) (term:elec.mark)", 2), ("-term:bruise", 1), ("category:none", 0)]
)
def test_lists_of_numbers_are_read_once_each_and_put_together_here(case, text, read):
    with recorded_statements() as sent:
        search.find_photos(case, text, "e", limit=2)
    assert not any("MATERIALIZED" in statement for statement in sent)
    assert sum("FROM findings" in statement for statement in sent) == read


@pytest.fixture
def own_case(tmp_path):
    case = made_case(tmp_path)
    case.writer.enqueue_batch(fill).result()
    yield case
    case.close()


def test_a_photograph_that_is_not_in_the_case_is_not_found(own_case):
    """Another person's acts may be about photographs that were not ingested here."""
    unknown = "f" * 64

    def add(connection):
        reading = Reading("e", unknown)
        for act in (
            finding_commands.add_finding(reading, finding("f9", "elec.mark", "back.upper.L")),
            Draft(acts.NOTE_WRITTEN, unknown, {"text": "unusual"}),
            Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [unknown], "category": "scene"}),
        ):
            record_draft(connection, act, pen("e"), AT)

    own_case.writer.enqueue_batch(add).result()
    for text in (
        "category:scene",
        "note:unusual",
        "term:elec.mark region:back",
        "category:scene or sex:female",
    ):
        assert found(own_case, text) == ""
        with own_case.store.read() as connection:
            node = parse_query(text, load_vocabulary())
            assert stored.count_photos_and_individuals(connection, node, "e") == stored.HitCounts(0, 0)
