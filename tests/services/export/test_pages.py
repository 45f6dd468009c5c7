"""docs/manual/exports.md says what exports are: formats, files, sheets; and every column is explained."""

import csv
import re
from pathlib import Path

import openpyxl
import pytest

from reviewer.main import main
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.redacted import FORMAT_KEY as REDACTED
from tests.support.cases import opened_copy
from tests.support.exports import made

MANUAL = Path(__file__).parents[3] / "docs" / "manual"
TEXT = (MANUAL / "exports.md").read_text(encoding="utf-8")
KEYS = [each.key for each in EXPORT_FORMATS]
OWN_NAMES = {"labelme": "about.json", "xmp": "sidecars.json"}
"""Formats whose files are called as the photographs are, and the one file that is not."""
NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
)
NUMBERS += "seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four"


def rows_of_formats():
    """Key -> the other cells of its row in the table of formats."""
    table = TEXT.partition("| format | files | for |")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    return {re.findall(r"`([^`]+)`", row[0])[0]: row for row in rows}


def section_of(key):
    """The text below the heading that the row of a format leads to."""
    anchor = re.search(r"\(#([^)]+)\)", rows_of_formats()[key][0]).group(1)
    for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        heading = part.partition("\n")[0]
        if re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") == anchor:
            return part
    raise AssertionError(f"no heading is called #{anchor}")


@pytest.fixture(scope="module")
def exports(marked_folder, tmp_path_factory):
    """Key -> the folder of that export of one case."""
    folder = tmp_path_factory.mktemp("pages")
    with opened_copy(marked_folder, folder) as case:
        return {key: made(case, key, folder / key) for key in KEYS}


def test_the_table_of_formats_is_what_the_program_lists(capsys):
    assert main(["export", "--list"]) == 0
    listed = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert set(rows_of_formats()) == set(listed) == {*KEYS, REDACTED}
    line = (MANUAL / "command-line.md").read_text(encoding="utf-8")
    (row,) = [each for each in line.splitlines() if each.startswith("| `reviewer export CASE FORMAT OUT")]
    for key in KEYS:
        assert re.search(rf"(?<![\w-]){key}(?![\w-])", row.split("|")[2]), key


@pytest.mark.parametrize("key", KEYS)
def test_every_file_is_named(exports, key):
    told = section_of(key) + rows_of_formats()[key][1]
    for path in exports[key].rglob("*"):
        if path.is_file() and not (key in OWN_NAMES and path.name != OWN_NAMES[key]):
            name = re.sub(r"[0-9a-f]{64}", "SHA-256", path.name)
            name = re.sub(r"(?<=[a-z]-)\d+(?=\.)", lambda found: "N" * (5 if len(found[0]) == 5 else 1), name)
            assert f"`{name}`" in told, f"{key}: {path.name}"


def test_the_numbers_of_csv_files_are_those_that_are_made(exports):
    words = NUMBERS.split()
    files = len(list(exports["csv"].glob("*.csv")))
    assert f"{words[files]} CSV files" in rows_of_formats()["csv"][1]
    assert f"A folder of {words[files - 2]} tables and two files about them" in section_of("csv")
    named = set(re.findall(r"`(\w+\.csv)`", section_of("csv")))
    assert named == {path.name for path in exports["csv"].glob("*.csv")}


@pytest.mark.parametrize("key", KEYS)
def test_every_column_of_every_csv_file_is_explained(exports, key):
    files = list(exports[key].glob("*.csv"))
    if not files:
        return
    with (exports[key] / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        explained = [(row["file"], row["column"]) for row in csv.DictReader(file) if row["meaning"]]
    for path in files:
        head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert {column for name, column in explained if name == path.name} == set(head), path.name


def test_every_sheet_of_the_workbook_is_named(exports):
    book = openpyxl.load_workbook(exports["xlsx"] / "reviewer.xlsx", read_only=True)
    sheets = book.sheetnames
    book.close()
    assert len(sheets) > 5
    for name in sheets:
        assert f"`{name}`" in section_of("xlsx"), name
