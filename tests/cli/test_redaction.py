"""`reviewer export CASE redacted OUT`: copies, what is left out and what could not be made."""

import json

import pytest

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.photos.redaction import Redaction, RedactionPurpose, draw_redaction
from tests.support.cases import ingested, made_case
from tests.support.photos import drive
from tests.support.tables import rows


@pytest.fixture
def case(tmp_path):
    """Six photographs, an area on two of them."""
    (tmp_path / "drive").mkdir()
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    with case.store.read() as connection:
        found = connection.exec_driver_sql("SELECT sha256 FROM photos WHERE damage = '' ORDER BY id").all()
    for number, (photo,) in enumerate(found[:2]):
        area = Redaction(f"r{number}", photo, MarkShape.RECTANGLE, ((1, 1), (20, 20)), RedactionPurpose.FACE)
        case.record(draw_redaction(area, 64, 48), case.examiners()[0].id)
    case.close()
    return case.folder


def test_what_has_an_area_is_copied_and_the_rest_counted(run, case, tmp_path):
    status, out, _err = run("export", case, "redacted", tmp_path / "out")
    assert (status, "2 redacted, 0 with nothing redacted; " in out) == (0, True)
    assert len(list((tmp_path / "out").glob("*.png"))) == 2
    assert {row["drawn_by"] for row in rows(tmp_path / "out" / "redacted.csv")} == {"Dr Okoye"}
    assert run("verify", case)[0] == 0


def test_everything_on_wish_and_an_original_that_is_gone(run, case, tmp_path):
    (tmp_path / "drive" / "body 1" / "IMG_0001.JPG").unlink()
    status, out, _err = run("export", case, "redacted", tmp_path / "out", "--all", "--json")
    made = json.loads(out)
    assert status == 1, "a copy could not be made"
    assert (made["redacted"], made["nothing_redacted"], made["left_out"], made["not_made"]) == (1, 4, 0, 1)
    reasons = [row["reason"] for row in rows(tmp_path / "out" / "redacted.csv") if row["state"] == "not made"]
    assert len(reasons) == 1
    assert any("not where it was ingested" in reason for reason in reasons)


def test_a_query_and_what_makes_no_sense(run, case, tmp_path):
    status, out, _err = run("export", case, "redacted", tmp_path / "none", "--query", "camera:none", "--json")
    assert (status, json.loads(out)["redacted"]) == (0, 0)
    assert run("export", case, "redacted", tmp_path / "no", "--query", "((")[0] == 3
    assert run("export", case, "csv", tmp_path / "no", "--all")[0] == 3
    assert run("export", case, "redacted", tmp_path / "none")[0] == 3
    assert "redacted:" in run("export", "--list")[1]
    assert not (tmp_path / "no").exists()
