"""The table of individuals by signs: what a row says, its codebook, its scripts run by R and PSPP; the same
table as Parquet, read by pyarrow and pandas."""

import re
import shutil
import subprocess

import openpyxl
import pandas
import pyarrow.parquet
import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.summary.summary import TermResult, UndecidedCause
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.services.export import parquet_file, run
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.run import export
from reviewer.services.export.tables.label_scripts import RESULT_VALUES
from reviewer.services.export.tables.sign_columns import list_result_columns, make_columns
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.support import exports
from tests.support.cases import ingested, made_case
from tests.support.counting import completes_with_nothing, ends, finds, photos_of
from tests.support.photos import jpeg
from tests.support.shared import made_individual
from tests.support.tables import rows

MARK, NECK = "neck.ligature_mark", ("neck.front",)
WHOLE_NECK = {key: "assessable" for key in ("neck.front", "neck.side.L", "neck.side.R", "nape")}
PROGRAMS = {"Rscript": "label.R", "pspp": "label.sps"}


@pytest.fixture(scope="module")
def signs(tmp_path_factory):
    """Five individuals: a mark of the neck that is present, denied, contradicted, decided; one not read."""
    folder = tmp_path_factory.mktemp("signs")
    (folder / "drive").mkdir()
    for number in range(10):
        (folder / "drive" / f"{number}.jpg").write_bytes(jpeg(seed=number + 1))
    case = made_case(folder)
    ingested(case, folder / "drive")
    photos = photos_of(case)
    people = {f"12e4567890{n}": photos[2 * n : 2 * n + 2] for n in range(5)}
    made = [made_individual(id_, some) for id_, some in people.items()]
    case.record(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made}), case.examiners()[0].id)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    present, absent, conflict, decided, _unread = people.values()
    finds(desk, present[0], term=MARK, regions=NECK)
    desk.submit(Draft(acts.COVERAGE_SET, absent[0], {"regions": WHOLE_NECK})).result()
    completes_with_nothing(desk, absent[0])
    for person in (conflict, decided):
        finds(desk, person[0], term=MARK, regions=NECK, certainty=Certainty.PROBABLE)
        finds(desk, person[1], term=MARK, regions=NECK, answer=FindingAnswer.ABSENT)
    why = {
        "term": MARK,
        "result": "absent",
        "why": "=a fold of the \u201cskin\u201d",
        "photos": sorted(decided),
    }
    desk.submit(Draft(SUMMARY_DECIDED, "12e45678903", why)).result()
    ends(desk, [photo for person in (present, absent, conflict, decided) for photo in person])
    desk.detach()
    out = folder / "out"
    export(case, case.examiners()[0].id, "individuals-by-signs", out, JobControl())
    marked = ExportChoice(mark=True)
    export(case, case.examiners()[0].id, "individuals-by-signs", folder / "bom", JobControl(), marked)
    export(case, case.examiners()[0].id, "individuals-by-signs-parquet", folder / "parquet", JobControl())
    yield case, people, out
    case.close()


def of(signs, number, term=MARK):
    _case, people, out = signs
    found = {(r["individual"], r["term"]): r for r in rows(out / "individuals-by-signs.csv")}
    return found[list(people)[number], term]


def test_a_row_says_what_leads_back_to_photographs_findings_and_lists(signs):
    _case, people, _out = signs
    one, other, *_rest = people.values()
    there = of(signs, 0)
    assert (there["result"], there["regions"], there["part_neck"]) == ("present", "neck.front", "present")
    assert (there["n_photographs"], there["photographs"]) == ("1", one[0])
    assert (there["findings"], there["lists"]) == (f"{MARK} {one[0]}", "")
    assert (there["sex"], there["all_read"], there["n_of_individual"]) == ("male", "yes", "2")
    assert {"any_injury", "neck_marks"} >= set(there["headings"].split(";"))
    gone = of(signs, 1)
    assert (gone["result"], gone["part_neck"], gone["part_leg"]) == ("absent", "absent", "cannot tell")
    assert (gone["photographs"], gone["findings"]) == (other[0], "")
    assert re.fullmatch(r"\w+ \d+\.\d+\.\d+(;\w+ \d+\.\d+\.\d+)*", gone["lists"])


def test_a_contradiction_and_who_decided_it(signs):
    case, people, _out = signs
    open_, decided = list(people.values())[2:4]
    conflict = of(signs, 2)
    assert (conflict["result"], conflict["part_neck"]) == ("conflict", "conflict")
    assert (conflict["decision"], conflict["contradicted_on"]) == ("", open_[1])
    settled = of(signs, 3)
    assert (settled["result"], settled["decision"], settled["decided_by"]) == ("absent", "absent", "Dr Okoye")
    assert settled["decided_by_id"] == case.examiners()[0].id
    assert settled["decided_why"] == "'=a fold of the \u201cskin\u201d"
    assert settled["contradicted_on"] == decided[1]


def test_what_cannot_be_told_says_why_and_is_never_absent(signs):
    unread = of(signs, 4)
    assert (unread["result"], unread["all_read"]) == ("cannot tell", "no")
    assert str(UndecidedCause.NOT_READ) in unread["reasons"].split(";")
    assert {unread[name] for name in list_result_columns(signs[0].vocabulary)} == {"cannot tell"}
    old = of(signs, 0, "mark.scar")
    assert {old[name] for name in old if name.startswith("part_")} == {""}, "it is not counted by parts"


def test_every_individual_has_every_sign_and_the_workbook_the_same(signs):
    case, people, out = signs
    found = rows(out / "individuals-by-signs.csv")
    assert len(found) == len(people) * len(case.vocabulary.terms)
    names, *cells = openpyxl.load_workbook(out / "individuals-by-signs.xlsx").worksheets[0].values
    assert len(cells) == len(found)
    for one, other in zip(cells, found, strict=True):
        told = ["" if cell is None else str(cell) for cell in one]
        assert told == [other[name].removeprefix("'") for name in names]
    assert cells[0][0] == "12e45678900", "no spreadsheet took the id for a number"


def test_the_codebook_explains_every_column_result_reason_and_sign(signs):
    case, _people, out = signs
    text = (out / "codebook.md").read_text(encoding="utf-8")
    for column in make_columns(case.vocabulary):
        assert f"| {column.name} |" in text
    for each in (*TermResult, *UndecidedCause):
        assert str(each) in text
    for term in case.vocabulary.terms:
        assert f"| {term.key} | {term.name} |" in text
    listed = rows(out / "dictionary.csv")
    described = {row["column"] for row in listed if row["file"] == "individuals-by-signs.csv"}
    assert described == {column.name for column in make_columns(case.vocabulary)}


def test_the_scripts_name_every_column_and_label_every_result(signs):
    case, _people, out = signs
    r, spss, stata = ((out / f"label.{end}").read_text(encoding="utf-8") for end in ("R", "sps", "do"))
    for column in make_columns(case.vocabulary):
        assert f'attr(signs[["{column.name}"]], "label")' in r
        assert f"VARIABLE LABELS {column.name} " in spss
        assert f"label variable {column.name} " in stata
        assert len(column.name) <= 32 - len("_code"), "Stata has names of 32 characters"
        assert re.fullmatch("[a-z][a-z0-9_]*", column.name)
    for name in list_result_columns(case.vocabulary):
        assert f"INTO {name}_code." in spss
        assert f"encode {name}, generate({name}_code) label(result_words) noextend" in stata
    for code, result in enumerate(RESULT_VALUES, start=1):
        assert f"{code} '{result}'" in spss
        assert f'{code} `"{result}"\'' in stata


def test_quotes_and_brackets_of_the_scripts_are_closed(signs):
    _case, _people, out = signs
    r, spss, stata = ((out / f"label.{end}").read_text(encoding="utf-8") for end in ("R", "sps", "do"))
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", re.sub(r"(?m)^#.*$", "", r))
    assert '"' not in bare
    for opening, closing in ("()", "[]"):
        assert bare.count(opening) == bare.count(closing)
    for command in re.split(r"\.\n", spss):
        assert command.startswith("*") or command.count("'") % 2 == 0, command
    for line in stata.splitlines():
        assert len(line) < 3_000
        assert line.count('`"') == line.count("\"'"), line
        label = re.fullmatch(r"label variable \w+ `\"(.*)\"'", line)
        assert label is None or len(label[1].encode()) <= 80


R_CHECK = """
source("label.R", encoding = "UTF-8")
stopifnot(nrow(signs) == {rows}, is.integer(signs$n_photographs), is.character(signs$individual))
stopifnot(!anyNA(signs$result), levels(signs$result)[1] == "present")
neck <- counted[counted$term == "neck.ligature_mark", ]
cat(as.vector(table(neck$result)), "\\n")
"""
SPSS_CHECK = """INSERT FILE='label.sps'.
SELECT IF (all_read_code = 1 AND term = 'neck.ligature_mark').
LIST VARIABLES=individual result_code part_neck_code.
FREQUENCIES VARIABLES=result_code.
"""


@pytest.mark.parametrize("folder", ["out", "bom"])
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_and_labels_it(signs, folder):
    case, people, out = signs
    check = R_CHECK.format(rows=len(people) * len(case.vocabulary.terms))
    done = subprocess.run(
        ["Rscript", "-e", check], cwd=out.parent / folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["1", "2", "1", "0", "0", "0"]


@pytest.mark.parametrize("folder", ["out", "bom"])
@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")
def test_pspp_reads_and_labels_it(signs, folder, tmp_path):
    _case, people, out = signs
    (tmp_path / "check.sps").write_text(SPSS_CHECK, encoding="utf-8")
    done = subprocess.run(
        ["pspp", "-O", "format=csv", str(tmp_path / "check.sps")],
        cwd=out.parent / folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "error" not in done.stdout and "warning" not in done.stdout
    told = [line.split(",") for line in done.stdout.splitlines() if line.startswith("12e4567890")]
    assert [line[0] for line in told] == list(people)[:4]
    assert [line[1] for line in told] == ["1", "2", "3", "2"]
    shares = {line.split(",")[1] for line in done.stdout.splitlines() if line.count(",") == 5}
    assert {"present", "absent", "conflict"} <= shares


def as_in_csv(value):
    """A cell of the Parquet file as the CSV table has it, without an apostrophe."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def in_parquet(signs):
    return signs[2].with_name("parquet") / "individuals-by-signs.parquet"


def test_parquet_holds_cell_by_cell_what_the_csv_table_holds(signs):
    table = pyarrow.parquet.read_table(in_parquet(signs))
    found = rows(signs[2] / "individuals-by-signs.csv")
    assert table.column_names == list(found[0])
    for one, other in zip(table.to_pylist(), found, strict=True):
        assert {name: as_in_csv(value) for name, value in one.items()} == {
            name: value.removeprefix("'") for name, value in other.items()
        }


def test_parquet_is_typed_and_pandas_reads_the_types(signs):
    frame = pandas.read_parquet(in_parquet(signs))
    found = pandas.read_csv(signs[2] / "individuals-by-signs.csv", dtype=str, keep_default_na=False)
    assert len(frame) == len(found)
    assert frame["all_read"].dtype == bool
    assert frame["n_photographs"].dtype == frame["n_of_individual"].dtype == "int64"
    for name in (*list_result_columns(signs[0].vocabulary), "sex", "term"):
        assert isinstance(frame[name].dtype, pandas.CategoricalDtype), name
        assert frame[name].astype(object).fillna("").tolist() == found[name].tolist()
    lists = ("headings", "reasons", "regions", "region_names", "photographs", "findings")
    for name in (*lists, "contradicted_on", "lists", "examiners"):
        assert [";".join(cell) for cell in frame[name]] == found[name].tolist(), name
    counted = frame[frame["all_read"] & (frame["term"] == MARK)]
    assert counted["result"].value_counts()[["present", "absent", "conflict"]].tolist() == [1, 2, 1]
    assert frame["decided_why"].dropna().tolist() == ["=a fold of the \u201cskin\u201d"]


def test_parquet_is_explained_as_it_is(signs):
    folder = in_parquet(signs).parent
    told = {(row["file"], row["column"]): row for row in rows(folder / "dictionary.csv")}
    for column in make_columns(signs[0].vocabulary):
        row = told["individuals-by-signs.parquet", column.name]
        assert "separated by ;" not in row["meaning"]
        assert row["free_text"] == "no", "no apostrophe stands before anything"
    text = (folder / "codebook.md").read_text(encoding="utf-8")
    assert "| all_read | true or false | true if every photograph" in text
    assert "| photographs | list of texts | SHA-256 of these, as a list |" in text
    about = {row["fact"]: row["value"] for row in rows(folder / "about.csv")}
    assert about["written_by"] == f"pyarrow {pyarrow.__version__}"


def test_parquet_is_written_some_rows_at_a_time(signs, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_file, "ROWS_AT_ONCE", 100)
    out = exports.made(signs[0], "individuals-by-signs-parquet", tmp_path / "out")
    pieces = pyarrow.parquet.ParquetFile(out / "individuals-by-signs.parquet")
    whole = pyarrow.parquet.read_table(in_parquet(signs))
    assert pieces.num_row_groups == -(-len(whole) // 100) > 3
    assert pieces.read().to_pylist() == whole.to_pylist()


def test_without_the_optional_part_it_is_refused_before_anything_is_made(signs, tmp_path, monkeypatch):
    case = signs[0]
    entries = case.counts().entries
    monkeypatch.setattr(parquet_file.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(run, "open_contents", lambda *_all: pytest.fail("the case was gone through"))
    with pytest.raises(KnownError, match=r"optional part reviewer\[parquet\]") as refused:
        export(case, case.examiners()[0].id, "individuals-by-signs-parquet", tmp_path / "out", JobControl())
    assert refused.value.code == "needs-extra"
    assert not list(tmp_path.iterdir())
    assert case.counts().entries == entries
