"""`reviewer export` with --query, --as-of, --examiner and --bom: what is chosen, and what cannot be."""

import shutil

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.enrolment import enrol
from tests.faults.keep_case import photos_of
from tests.support.cases import opened, opened_copy
from tests.support.exports import content
from tests.support.tables import rows


@pytest.fixture(scope="module")
def made(drive_case, tmp_path_factory):
    """Two examiners, a note by each on a photograph of their own."""
    with opened_copy(drive_case, tmp_path_factory.mktemp("made")) as case:
        people = [case.examiners()[0].id, enrol(case, "Dr Hansen").id]
        for who, photo in zip(people, photos_of(case), strict=False):
            case.record(finding_commands.write_note(Reading(who, photo), "a note"), who)
    return case.folder


@pytest.fixture
def case(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy.case")


def test_whose_readings_are_told(run, case, tmp_path):
    status, _out, err = run("export", case, "csv", tmp_path / "nobody")
    assert (status, "several examiners" in err) == (3, True)
    for name, words, whose in (
        ("one", ("--examiner", "Dr Hansen"), {"Dr Hansen"}),
        ("all", ("--examiner", "Dr Hansen", "--all-examiners"), {"Dr Hansen", "Dr Okoye"}),
    ):
        assert run("export", case, "csv", tmp_path / name, *words)[0] == 0
        assert {row["examiner"] for row in rows(tmp_path / name / "readings.csv")} == whose


def test_a_query_and_an_earlier_entry_are_obeyed(run, case, tmp_path):
    words = ("--examiner", "Dr Okoye")
    assert run("export", case, "csv", tmp_path / "some", "--query", "note:note", *words)[0] == 0
    assert len(rows(tmp_path / "some" / "photographs.csv")) == 1
    about = {row["fact"]: row["value"] for row in rows(tmp_path / "some" / "about.csv")}
    entries = int(about["ledger_entries"])
    assert run("export", case, "csv", tmp_path / "then", "--as-of", entries - 2, *words)[0] == 0
    assert rows(tmp_path / "then" / "readings.csv") == []


def test_the_same_command_gives_the_same_bytes_with_the_mark_where_it_is_asked_for(run, case, tmp_path):
    for name in ("first", "second"):
        assert run("export", case, "csv", tmp_path / name, "--examiner", "Dr Okoye", "--bom")[0] == 0
    first = content(tmp_path / "first")
    assert first == content(tmp_path / "second")
    marked = {name for name, each in first.items() if each.startswith(b"\xef\xbb\xbf")}
    assert (
        marked == {name for name in first if name.endswith(".csv")} == {*first} - {"ro-crate-metadata.json"}
    )


@pytest.mark.parametrize(
    "words",
    [
        ("csv", "--query", "nothing:like-this"),
        ("csv", "--as-of", "100000"),
        ("csv", "--all"),
        ("ledger", "--query", "note:note"),
    ],
)
def test_what_cannot_be_is_one_sentence(run, case, tmp_path, words):
    form, *rest = words
    status, out, err = run("export", case, form, tmp_path / "out", *rest, "--examiner", "Dr Okoye")
    assert (status, out) == (3, "")
    assert len(err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("form", ["ledger", "manifest"])
def test_of_a_whole_format_a_name_only_says_who_acts_where_somebody_has_to(
    run, case, drive_case, tmp_path, form
):
    """Two examiners without encryption: no name was refused, and each name was refused as well."""
    made = {}
    for name in ("Dr Okoye", "Dr Hansen"):
        words = (form, tmp_path / name, "--as-of", 5, "--examiner", name)
        status, _out, err = run("export", case, *words)
        assert status == 0, err
        made[name] = content(tmp_path / name)
    assert made["Dr Okoye"] == made["Dr Hansen"] != {}
    refused = ("--examiner", "Dr Okoye", "--all-examiners")
    assert run("export", case, form, tmp_path / "all", *refused)[0] == 3
    alone = shutil.copytree(drive_case, tmp_path / "alone.case")
    assert run("export", alone, form, tmp_path / "narrowed", "--examiner", "Dr Okoye")[0] == 3


WRITERS = {
    "count": ("count", "CASE", "--csv", "OUT"),
    "report": ("report", "CASE", "OUT.html"),
    "export": ("export", "CASE", "csv", "OUT"),
    "redacted": ("export", "CASE", "redacted", "OUT", "--all"),
}


@pytest.mark.parametrize("verb", WRITERS)
def test_each_verb_that_writes_obeys_a_query_an_entry_and_an_examiner(run, case, tmp_path, verb):
    """A narrower wish gives other bytes than the whole, which are the same each time."""
    with opened(case) as again:
        entries = again.counts().entries

    def made(name, *more):
        words = [
            word.replace("CASE", str(case)).replace("OUT", str(tmp_path / name)) for word in WRITERS[verb]
        ]
        who = () if "--examiner" in more else ("--examiner", "Dr Okoye")
        status, _out, err = run(*words, *more, *who)
        assert status == 0, err
        found = list(tmp_path.glob(f"{name}*"))
        return content(found[0]) if found[0].is_dir() else {"": found[0].read_bytes()}

    whole = made("whole")
    assert made("again") == whole
    assert made("query", "--query", "note:note") != whole
    assert made("then", "--as-of", entries - 2) != whole
    assert made("hansen", "--query", "note:note", "--examiner", "Dr Hansen") != made(
        "okoye", "--query", "note:note"
    )
