"""What is exported is what was found, explained, inert in a spreadsheet, and noted in the ledger."""

import hashlib
import json
import secrets

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.view_settings import ViewSettings
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.history import load_last_entries
from reviewer.services.export.run import export
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.photos import drive, jpeg
from tests.support.tables import rows

FILES = ("findings.csv", "readings.csv", "measurements.csv", "coverage.csv", "dictionary.csv")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    (folder / "=drive").mkdir()
    made = made_case(folder)
    ingested(made, drive(folder / "=drive"))
    desk = ActQueue(made, made.examiners()[0], post_at_once)
    photo = Worklist(made, "").load().items[0].sha256
    finding = Finding(secrets.token_hex(8), "neck.ligature_mark", made.vocabulary.version)
    for draft in (
        finding_commands.add_finding(desk.reading(photo), finding),
        finding_commands.set_certainty(desk.reading(photo), finding, Certainty.DEFINITE),
        finding_commands.toggle_region(desk.reading(photo), finding, "neck.front"),
        finding_commands.set_qualifier(desk.reading(photo), finding, "lig_turns", ["2"]),
        finding_commands.set_qualifier(desk.reading(photo), finding, "excluded", ["pm.bloat", "predation"]),
        finding_commands.add_mark(
            desk.reading(photo), finding, Mark("m1", MarkShape.LINE, ((1, 2), (30, 40)))
        ),
        finding_commands.record_lists_looked_for(desk.reading(photo), [("skin", "2.0.0"), ("head", "2.0.0")]),
        finding_commands.write_note(desk.reading(photo), '=HYPERLINK("x")\nملاحظة, "quoted"'),
    ):
        desk.submit(draft)
    made.writer.drain()
    desk.detach()
    made.close()
    return made.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def exported(case, tmp_path):
    export(case, case.examiners()[0].id, "csv", tmp_path / "out", JobControl())
    return tmp_path / "out"


def test_values_come_back_as_they_were_made(case, tmp_path):
    out = exported(case, tmp_path)
    (finding,) = rows(out / "findings.csv")
    assert finding["term"] == "neck.ligature_mark"
    assert finding["term_name"] == "ligature mark"
    assert (finding["certainty"], finding["certainty_stated"]) == ("definite", "yes")
    assert (finding["regions"], finding["region_names"]) == ("neck.front", "neck, front")
    assert json.loads(finding["qualifiers"]) == {"excluded": ["pm.bloat", "predation"], "lig_turns": ["2"]}
    assert finding["excluded_names"] == "bloating;animal predation"
    assert json.loads(finding["marks"]) == [{"shape": "line", "points": [[1, 2], [30, 40]]}]
    (reading,) = rows(out / "readings.csv")
    assert reading["note"] == '\'=HYPERLINK("x")\nملاحظة, "quoted"'
    assert reading["findings"] == "1"
    assert reading["looked_for"] == "head 2.0.0;skin 2.0.0"
    assert reading["files_with_this_content"] == "2"
    assert reading["taken_at"] == "2012-08-14 10:22:05"


def test_every_column_is_in_the_dictionary_and_every_file_under_a_hash(case, tmp_path):
    out = exported(case, tmp_path)
    described = {(row["file"], row["column"]) for row in rows(out / "dictionary.csv")}
    for name in ("findings.csv", "readings.csv", "measurements.csv", "coverage.csv"):
        head = (out / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert {column for file, column in described if file == name} == set(head)
    facts = {row["fact"]: row["value"] for row in rows(out / "about.csv")}
    for name in FILES:
        assert facts[f"sha256 of {name}"] == hashlib.sha256((out / name).read_bytes()).hexdigest()
    entry = load_last_entries(case, 1)[0]
    assert entry.act == "export.made"
    assert entry.body["files"]["findings.csv"] == facts["sha256 of findings.csv"]


def test_the_same_state_gives_the_same_bytes(case, tmp_path):
    first = exported(case, tmp_path)
    export(case, case.examiners()[0].id, "csv", tmp_path / "again", JobControl())
    for name in FILES:
        assert (first / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_made_inert(text):
    assert neutralise_formula(text) == f"'{text}"
    assert neutralise_formula(f"a{text}") == f"a{text}"


def test_bad_places_and_formats_are_refused(case, tmp_path):
    author = case.examiners()[0].id
    with pytest.raises(KnownError, match="no export format"):
        export(case, author, "pdf", tmp_path / "out", JobControl())
    with pytest.raises(KnownError, match="not empty"):
        export(case, author, "csv", tmp_path, JobControl())
    with pytest.raises(KnownError, match="inside the case"):
        export(case, author, "csv", case.folder / "out", JobControl())


def test_how_it_was_seen_and_what_was_measured_are_exported(case, tmp_path):
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    photo = Worklist(case, "").load().items[1].sha256
    recipe = ViewSettings(
        500_000,
        1000,
        2000,
        0,
        (800, 600),
        (400, 300),
        1000,
        EnhancementChain((make_default_step("clahe"),)),
        "grey",
    )
    finding = Finding(
        secrets.token_hex(8),
        "blunt.bruise",
        case.vocabulary.version,
        certainty=Certainty.DEFINITE,
        recipe=to_canonical_json(recipe.as_body()).decode("utf-8"),
        seen_as_is=False,
    )
    scale = Scale("s", ((0, 0), (1000, 0)), (100_000,), "=ruler", 10, known_by="printed", off_plane=20)
    length = Measurement("m", Quantity.LENGTH, (Take(((0, 0), (500, 0))),), "s", finding.id)
    for draft in (
        finding_commands.add_finding(desk.reading(photo), finding),
        finding_commands.mark_scale(desk.reading(photo), scale),
        finding_commands.take_measurement(desk.reading(photo), length),
    ):
        desk.submit(draft)
    case.writer.drain()
    desk.detach()
    out = exported(case, tmp_path)
    found = next(row for row in rows(out / "findings.csv") if row["finding_id"] == finding.id)
    assert "clip limit 2.0" in found["view"]
    assert "grey view" in found["view"]
    assert (found["seen_as_is"], found["only_enhanced"]) == ("no", "yes")
    assert found["only_exploring"] == "Local contrast (CLAHE)"
    assert json.loads(found["display_recipe"]) == recipe.as_body()
    (measured,) = rows(out / "measurements.csv")
    assert measured["finding_id"] == finding.id
    assert measured["result"].startswith("50.0 ±")
    assert measured["result"].endswith("mm (tilt 10°, scale up to 2 % out of the plane)")
    assert (measured["scale_known_by"], measured["scale_off_plane"]) == ("printed", "20")
    assert measured["scale_plane"].startswith("in front of or behind what is measured by up to 2 %")
    assert measured["scale_source"] == "'=ruler"
    assert (measured["scale_micrometres"], measured["repeats"]) == ("100000", "1")


def test_each_row_about_a_damaged_photograph_says_so(tmp_path):
    whole = jpeg(640, 480, seed=5)
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a cut.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    (tmp_path / "drive" / "b whole.jpg").write_bytes(whole)
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    for item in Worklist(case, "").load().items:
        made = Finding(secrets.token_hex(8), "elec.mark", case.vocabulary.version)
        length = Measurement(secrets.token_hex(8), Quantity.LENGTH, (Take(((0, 0), (50, 0))),), "", made.id)
        desk.submit(finding_commands.add_finding(desk.reading(item.sha256), made))
        desk.submit(finding_commands.take_measurement(desk.reading(item.sha256), length))
    case.writer.drain()
    desk.detach()
    out = exported(case, tmp_path)
    case.close()
    for name in ("findings.csv", "readings.csv", "measurements.csv"):
        said = {row["path"]: row["damage"] for row in rows(out / name)}
        assert "ends early" in said["a cut.jpg"], name
        assert said["b whole.jpg"] == "", name
        assert list(rows(out / name)[0]).count("damage") == 1
