"""What is exported: the same bytes twice, as of an entry, what a query finds, what one examiner said."""

import io
import json
import zipfile

import pytest

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.search.tokens import QueryError
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import load_last_entries
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.redacted import RedactedCopiesChoice as Copies
from reviewer.services.export.redacted import export_redacted
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.report import run as reports
from tests.faults.keep_case import fill, photos_of
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.exports import content
from tests.support.photos import jpeg
from tests.support.shared import made_individual
from tests.support.tables import rows

KEYS = [each.key for each in EXPORT_FORMATS]
NARROWED = [each.key for each in EXPORT_FORMATS if each.chooses]
FORMS = [".pdf", ".html"]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Three photographs, an act of each kind by one examiner, a finding by a second one on another."""
    folder = tmp_path_factory.mktemp("made")
    case = made_case(folder)
    for drive, numbers in (("drive", (1, 2)), ("other", (3,))):
        (folder / drive).mkdir()
        for number in numbers:
            (folder / drive / f"{number}.jpg").write_bytes(jpeg(seed=number))
        ingested(case, folder / drive)
        if drive == "drive":
            fill(case)
    enrol(case, "Dr Hansen")
    adds(case, "Dr Hansen", third(case), "by the second")
    shown = {"individuals": [made_individual("two", [third(case)])]}
    case.record(Draft(INDIVIDUALS_MADE, "", shown), who(case).id)
    case.close()
    return folder / "test.case"


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def third(case):
    """The photograph that was ingested last."""
    return photos_of(case)[-1]


def adds(case, name, photo, note):
    desk = ActQueue(case, who(case, name), post_at_once)
    found = Finding(f"f {note}", "blunt.bruise", case.vocabulary.version, certainty=Certainty.DEFINITE)
    desk.submit(finding_commands.add_finding(desk.reading(photo), found)).result()
    mark = Mark(f"m {note}", MarkShape.RECTANGLE, ((1, 1), (20, 20)))
    desk.submit(finding_commands.add_mark(desk.reading(photo), found, mark)).result()
    desk.submit(finding_commands.write_note(desk.reading(photo), note)).result()
    desk.detach()


def who(case, name="Dr Okoye"):
    return next(each for each in case.examiners() if each.name == name)


def exported(case, key, out, **wish):
    export(case, who(case).id, key, out, JobControl(), ExportChoice(**wish))
    return content(out)


def copied(case, out, **wish):
    export_redacted(case, who(case).id, out, Copies(**wish), JobControl())
    return content(out)


@pytest.mark.parametrize("key", KEYS)
def test_an_export_does_not_change_what_the_next_one_holds(case, tmp_path, key):
    entries = case.counts().entries
    first = exported(case, key, tmp_path / "first")
    assert case.counts().entries == entries + 1, "it was noted"
    assert exported(case, key, tmp_path / "second") == first
    adds(case, "Dr Okoye", photos_of(case)[1], "more")
    third = exported(case, key, tmp_path / "third")
    assert third != first, "what was done shows"
    assert exported(case, key, tmp_path / "fourth") == third


@pytest.mark.parametrize("key", KEYS)
def test_what_was_exported_then_is_exported_again_as_of_then(case, tmp_path, key):
    entries = case.counts().entries
    then = exported(case, key, tmp_path / "then")
    adds(case, "Dr Okoye", photos_of(case)[1], "more")
    assert exported(case, key, tmp_path / "again", entries=entries) == then
    entry = load_last_entries(case, 1)[0]
    assert (entry.body["format"], entry.body["as_of"]) == (key, entries)


def test_redacted_copies_are_the_same_twice_and_as_of_an_entry(case, tmp_path):
    entries = case.counts().entries
    first = copied(case, tmp_path / "first")
    assert any(name.endswith(".png") for name in first)
    assert copied(case, tmp_path / "second") == first
    adds(case, "Dr Okoye", photos_of(case)[1], "more")
    assert copied(case, tmp_path / "third", entries=entries) == first
    assert load_last_entries(case, 1)[0].body["as_of"] == entries


@pytest.mark.parametrize("form", FORMS)
def test_reports_are_the_same_twice(case, tmp_path, form):
    wish = reports.ReportRequest("", (who(case).id,))
    made = []
    for name in ("first", "second"):
        page = reports.make_collection_report(case, wish, JobControl())
        reports.write_report(case, who(case).id, tmp_path / f"{name}{form}", page)
        pages = reports.make_sheets(case, wish, JobControl())
        reports.write_reports(case, who(case).id, tmp_path / name, pages, form, JobControl())
        made.append([(tmp_path / f"{name}{form}").read_bytes(), content(tmp_path / name)])
    assert made[0] == made[1]


def test_a_query_chooses_photographs_and_whom_they_show(case, tmp_path):
    exported(case, "csv", tmp_path / "some", query="note:second")
    (photo,) = rows(tmp_path / "some" / "photographs.csv")
    assert photo["photo_sha256"] == third(case)
    (found,) = rows(tmp_path / "some" / "findings.csv")
    assert found["examiner"] == "Dr Hansen"
    assert {row["individual"] for row in rows(tmp_path / "some" / "statements.csv")} == {"two"}
    about = {row["fact"]: row["value"] for row in rows(tmp_path / "some" / "about.csv")}
    assert (about["query"], about["photographs_chosen"]) == ("note:second", "1")
    assert load_last_entries(case, 1)[0].body["query"] == "note:second"
    exported(case, "csv", tmp_path / "others", query="term:elec.mark")
    assert {row["individual"] for row in rows(tmp_path / "others" / "statements.csv")} == {"one"}
    assert len(rows(tmp_path / "others" / "photographs.csv")) == 2


@pytest.mark.parametrize("key", NARROWED)
def test_of_one_examiner_nothing_of_another_is_told(case, tmp_path, key):
    assert is_told(exported(case, key, tmp_path / "all", examiners=tuple(e.id for e in case.examiners())))
    assert is_told(exported(case, key, tmp_path / "hansen", examiners=(who(case, "Dr Hansen").id,)))
    assert not is_told(exported(case, key, tmp_path / "okoye", examiners=(who(case).id,)))
    assert load_last_entries(case, 1)[0].body["examiners"] == [who(case).id]


def is_told(files):
    """Whether what the second examiner found, wrote or marked is there; nobody else marked anything."""
    said = b"".join(each for content in files.values() for each in unpacked(content))
    labels = any("labels/" in name for name in files)
    return labels or b"by the second" in said or b"ruise: present" in said


def unpacked(content):
    if not content.startswith(b"PK"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_what_one_examiner_said_is_in_the_tables_of_that_examiner_only(case, tmp_path):
    for name, count in (("Dr Okoye", 8), ("Dr Hansen", 1)):
        out = tmp_path / name
        exported(case, "csv", out, examiners=(who(case, name).id,))
        assert {row["examiner"] for row in rows(out / "findings.csv")} == {name}
        assert len(rows(out / "findings.csv")) == count
        assert len(rows(out / "photographs.csv")) == 3
        about = {row["fact"]: row["value"] for row in rows(out / "about.csv")}
        assert about["readings_of"] == name
    exported(case, "csv", tmp_path / "all")
    assert len(rows(tmp_path / "all" / "findings.csv")) == 9


@pytest.mark.parametrize("key", [each for each in KEYS if each not in NARROWED])
def test_what_proves_something_only_as_a_whole_is_not_narrowed(case, tmp_path, key):
    assert key in {"manifest", "ledger"}
    for wish in ({"query": "note:second"}, {"examiners": (who(case).id,)}):
        with pytest.raises(KnownError, match="whole"):
            exported(case, key, tmp_path / "out", **wish)
    assert not list(tmp_path.glob("out*"))


def test_the_ledger_ends_where_the_case_is_told(case, tmp_path):
    entries = case.counts().entries
    exported(case, "csv", tmp_path / "csv")
    exported(case, "ledger", tmp_path / "ledger")
    lines = (tmp_path / "ledger" / "ledger.jsonl").read_bytes().splitlines()
    about = json.loads((tmp_path / "ledger" / "about.json").read_bytes())
    assert len(lines) == about["ledger_entries"] == entries
    adds(case, "Dr Okoye", photos_of(case)[0], "later")
    exported(case, "ledger", tmp_path / "later")
    told = (tmp_path / "later" / "ledger.jsonl").read_text(encoding="utf-8")
    assert told.count("export.made") == 2, "notes of exports are kept where something follows them"


def test_what_makes_no_sense_is_said_and_nothing_is_written(case, tmp_path):
    with pytest.raises(QueryError):
        exported(case, "csv", tmp_path / "out", query="nothing:like-this")
    with pytest.raises(KnownError, match="entries"):
        exported(case, "csv", tmp_path / "out", entries=10_000)
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("key", ["csv", "manifest"])
def test_csv_files_begin_with_the_mark_of_utf_8_where_it_is_wished(case, tmp_path, key):
    plain, marked = exported(case, key, tmp_path / "plain"), exported(case, key, tmp_path / "m", mark=True)
    for name in (each for each in plain if each.endswith(".csv") and each != "about.csv"):
        assert marked[name] == b"\xef\xbb\xbf" + plain[name], name
    assert marked["about.csv"].startswith(b"\xef\xbb\xbffact,")
    copies = copied(case, tmp_path / "copies", mark=True)
    assert copies["redacted.csv"].startswith(b"\xef\xbb\xbforiginal_sha256")
