"""What scripts get is what the program has, and nothing of it can write."""

import csv
import dataclasses
import hashlib
import json

import pytest

import reviewer.api
from reviewer.api import API_VERSION, KnownError, open_case, rows
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import CaseUnusable, NeedsPassphrase, WrongPassphrase
from reviewer.domain.ledger.entry import Draft
from reviewer.main import main
from reviewer.services.case.enrolment import enrol
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support.cases import PASSPHRASE, ingested, kept, made_case
from tests.support.cases import opened as open_case_to_write
from tests.support.counting import finds, photos_of
from tests.support.exports import SHAPES, made, marked_case
from tests.support.photos import drive


@pytest.fixture
def case(demonstration):
    with open_case(demonstration.path) as opened:
        yield opened


def everything(case):
    """All that can be had of a case."""
    return [
        *case.examiners(),
        *case.photographs(),
        *case.individuals(),
        *case.readings(),
        *case.findings(),
        *case.figures().figures,
        *case.figures().left_out,
        case.figures(),
    ]


def hashes(folder):
    """Every file of a case; the index of the write-ahead log is made anew by whoever reads."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if not path.name.endswith("-shm")
    }


def assert_same(before, folder):
    """Every file is as it was; who reads leaves a write-ahead log without a byte in it at most."""
    after = hashes(folder)
    assert {name: after[name] for name in before} == before
    for name in set(after) - set(before):
        assert name.endswith("-wal")
        assert (folder / name).stat().st_size == 0


def test_it_says_which_moment_it_read(case, demonstration):
    assert API_VERSION == (1, 0)
    assert (case.name, case.entries, case.head) == (
        "Demonstration",
        demonstration.entries,
        demonstration.head,
    )
    assert case.examiners() == [reviewer.api.Examiner(demonstration.examiner.id, "Demonstration examiner")]
    assert case.figures().head == demonstration.head


def test_every_row_is_plain_and_every_number_of_things_is_that_of_the_things(case):
    told = everything(case)
    for row in rows(told):
        assert {type(value) for value in row.values()} <= {str, int, float, bool, type(None)}
    assert json.loads(json.dumps(rows(told))) == rows(told)
    for person in case.individuals():
        assert person.photograph_count == len(person.photographs) > 0
    for reading in case.readings():
        assert reading.finding_count == len(reading.findings)
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.individuals()[0].label = "another"


UNTOLD = ("cannot_tell", "contradictory", "after_death", "not_stated")


def test_figures_are_those_of_the_verb_count(case, demonstration, capsys):
    assert main(["count", str(demonstration.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    said = [(table["key"], each) for table in told["tables"] for each in table["figures"]]
    found = case.figures()
    assert len(found.figures) == len(said) > 100
    for figure, (table, each) in zip(found.figures, said, strict=True):
        names = ("key", "label", "kind", "present", "absent", "in_another", *UNTOLD, "untold")
        assert figure.table == table
        assert {name: getattr(figure, name) for name in names} == {name: each[name] for name in names}
        for percent, share in (
            (figure.percent_of_all, each["of_all"]),
            (figure.percent_of_assessable, each["of_assessable"]),
        ):
            assert (None if percent is None else round(percent, 3)) == share["percent"]
        assert len(figure.present_ids) == figure.present
        assert figure.untold == sum(getattr(figure, name) for name in UNTOLD)
        assert len(figure.photographs) == each["photos"]
    assert {figure.kind for figure in found.figures} == {"sign", "class"}
    assert (found.all_photographs, found.all_individuals) == (told["all_photos"], told["all_individuals"])
    assert found.unopened == told["unopened"]["files"] > 0
    assert [(each.why, each.count) for each in found.left_out] == [
        (each["why"], each["count"]) for each in told["excluded"]
    ]


def test_individuals_are_those_of_the_verb(case, demonstration, capsys):
    assert main(["individuals", "list", str(demonstration.path), "--json"]) == 0
    told = [each for each in json.loads(capsys.readouterr().out)["individuals"] if each["id"]]
    found = {each.id: each for each in case.individuals()}
    assert len(found) == len(told) == 7
    for each in told:
        person = found[each["id"]]
        assert list(person.photographs) == each["photos"]
        assert " | ".join(person.examination_numbers) == each["examination"]
        assert person.label == each["label"]


def test_a_query_chooses_photographs(case, demonstration):
    shown = [each.sha256 for each in case.photographs("term:bruise")]
    assert shown == case.find("term:bruise")
    assert {each.photograph for each in case.findings("term:bruise")} == set(shown)
    assert set(shown) <= set(demonstration.photos)
    assert 0 < len(shown) < len(list(case.photographs()))
    with pytest.raises(KnownError, match="Column 1"):
        case.find("colour:red")


def test_findings_are_those_of_the_export(tmp_path):
    marked = marked_case(tmp_path)
    with open_case(marked.folder) as case:
        found = {each.id: each for each in case.findings()}
        photographs = {each.sha256: each for each in case.photographs()}
    with (made(marked, "csv", tmp_path / "csv") / "findings.csv").open(encoding="utf-8", newline="") as file:
        table = {row["finding_id"]: row for row in csv.DictReader(file)}
    marked.close()
    assert set(found) == set(table) == {"f-marked", "f-other", "f-absent", "f-copied"}
    for id_, row in table.items():
        each = found[id_]
        assert (each.photograph, each.term, each.answer, each.certainty, ";".join(each.regions)) == (
            row["photo_sha256"],
            row["term"],
            row["answer"],
            row["certainty"],
            row["regions"],
        )
        assert each.confirmed is (row["confirmed"] == "yes")
        assert photographs[each.photograph].path == row["path"]
    assert [mark.points for mark in found["f-marked"].marks] == [mark.points for mark in SHAPES]
    assert found["f-marked"].mark_count == len(SHAPES)


def test_an_earlier_moment_is_read_as_it_was(demonstration):
    with (
        open_case(demonstration.path, as_of=demonstration.earlier) as then,
        open_case(demonstration.path) as now,
    ):
        assert (then.entries, now.entries) == (demonstration.earlier, demonstration.entries)
        assert len(list(then.findings())) == 2 < len(list(now.findings())) == 5
        assert len(list(then.photographs())) == len(list(now.photographs())) == 30
        assert [each.id for each in then.individuals()] == [each.id for each in now.individuals()]
    with pytest.raises(KnownError, match="entries"):
        open_case(demonstration.path, as_of=demonstration.entries + 1)


def test_what_is_recorded_meanwhile_is_not_seen_and_the_window_may_have_it_open(tmp_path):
    (tmp_path / "drive").mkdir()
    written = made_case(tmp_path)
    ingested(written, drive(tmp_path / "drive"))
    desk = ActQueue(written, written.examiners()[0], post_at_once)
    with open_case(written.folder) as case:
        before = case.entries
        finds(desk, photos_of(written)[0])
        assert list(case.findings()) == []
        assert case.figures().entries == before
    with open_case(written.folder) as case:
        assert [each.term for each in case.findings()] == ["blunt.bruise"]
        assert case.entries > before
    desk.detach()
    written.close()


def test_nothing_in_a_case_is_changed_by_reading_all_of_it(tmp_path):
    marked = marked_case(tmp_path)
    marked.close()
    before = hashes(marked.folder)
    with open_case(marked.folder) as case:
        assert everything(case)
    assert_same(before, marked.folder)


def test_it_cannot_write_even_by_what_is_within_it(demonstration):
    """Nobody is meant to reach for what begins with an underscore; who does finds no way to write either."""
    before = hashes(demonstration.path)
    with open_case(demonstration.path) as case:
        reading = next(case.readings())
        with pytest.raises(AttributeError):
            case.name = "another"
        opened = case._exit_stack._exit_callbacks[0][1].__wrapped__.__self__
        draft = Draft("reading.noted", reading.photograph, {"note": "x"})
        with pytest.raises(KnownError, match="reading only"):
            opened.record(draft, reading.examiner_id)
        with pytest.raises(KnownError, match="reading only"):
            ActQueue(opened, opened.examiners()[0], post_at_once).submit(
                finding_commands.write_note(opened_reading(opened, reading), "x")
            )
        with pytest.raises(KnownError, match="reading only"), opened.store.write():
            pass
        with case._snapshot.store.read() as connection:
            for statement in ("DELETE FROM ledger", "UPDATE photos SET width = 1", "CREATE TABLE own (a)"):
                with pytest.raises(Exception, match=r"readonly|read-only"):
                    connection.exec_driver_sql(statement)
        assert case.entries == demonstration.entries
    assert_same(before, demonstration.path)


def opened_reading(opened, reading):
    return ActQueue(opened, opened.examiners()[0], post_at_once).reading(reading.photograph)


def test_a_case_of_an_earlier_format_is_left_as_it_is(tmp_path):
    folder = kept("1.4", tmp_path / "kept.case")
    before = hashes(folder)
    with pytest.raises(CaseUnusable, match=r"earlier format 1\.4 .*nothing was to be written"):
        open_case(folder, PASSPHRASE)
    assert_same(before, folder)
    with open_case_to_write(folder, PASSPHRASE):
        pass
    with open_case(folder, PASSPHRASE) as case:
        assert case.entries > 0


def test_its_names_are_those_the_page_tells_and_none_of_them_makes_an_act():
    assert set(reviewer.api.__all__) == {
        name for name in vars(reviewer.api) if name[0].isupper() or name in {"open_case", "rows"}
    }
    public = {name for name in dir(reviewer.api.Case) if not name.startswith("_")}
    assert public == {
        "close",
        "entries",
        "examiners",
        "figures",
        "find",
        "findings",
        "head",
        "individuals",
        "name",
        "photographs",
        "readings",
        "vocabulary",
    }


def test_an_encrypted_case_needs_its_passphrase_and_a_closed_one_says_so(tmp_path):
    written = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(written, "Dr Adeyemi", "another passphrase of hers")
    written.close()
    folder = tmp_path / "test.case"
    with pytest.raises(NeedsPassphrase):
        open_case(folder)
    with pytest.raises(WrongPassphrase):
        open_case(folder, "another horse battery staple")
    case = open_case(str(folder), PASSPHRASE)
    assert (case.name, list(case.photographs())) == ("Test", [])
    assert case.figures().examiners == ("Dr Okoye",), "of the one whose passphrase it is"
    case.close()
    with pytest.raises(KnownError, match="was closed"):
        list(case.photographs())
    with pytest.raises(KnownError, match="no case at"):
        open_case(tmp_path / "nowhere")


def test_of_several_examiners_one_is_named(tmp_path):
    written = made_case(tmp_path)
    first = written.examiners()[0]
    enrol(written, "Dr Adeyemi")
    (tmp_path / "drive").mkdir()
    ingested(written, drive(tmp_path / "drive"))
    photo = photos_of(written)[0]
    for each in written.examiners():
        desk = ActQueue(written, each, post_at_once)
        term = "blunt.bruise" if each == first else "blunt.abrasion"
        finds(desk, photo, term=term)
        desk.detach()
    written.writer.drain()
    written.close()
    with open_case(written.folder) as case:
        assert len(list(case.findings())) == 2
        assert [each.term for each in case.findings(examiner="dr adeyemi")] == ["blunt.abrasion"]
        assert [each.examiner for each in case.readings(examiner=first.id)] == ["Dr Okoye"]
        assert case.figures(examiner="Dr Okoye").examiners == ("Dr Okoye",)
        with pytest.raises(KnownError, match="Name one of: Dr Okoye, Dr Adeyemi"):
            case.figures()
        with pytest.raises(KnownError, match="no examiner Dr Nobody"):
            case.find("term:bruise", examiner="Dr Nobody")
