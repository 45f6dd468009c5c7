"""The records of the demonstration: invented, the same for the same seed, and they fit its photographs."""

import csv
import re
from collections import Counter

import pytest

from reviewer.domain.people.individual import Fact
from reviewer.domain.records.dates import DateOrder, evidence_of, read_date
from reviewer.domain.records.matching import Outcome
from reviewer.services.demo.collection import make_collection
from reviewer.services.demo.plan import planned
from reviewer.services.demo.records import make_records, records
from reviewer.services.jobs import JobControl
from reviewer.services.people.individuals import FOLDERS, How, acceptance, proposals
from reviewer.services.records import load as loading
from reviewer.services.records.load import Choices, load, look
from reviewer.services.records.matches import accept, link, listing
from tests.support.cases import ingested, made_case
from tests.support.records import read_here

PHOTOS, SEED = 30, 3


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def plain(text):
    return "".join(str(int(sign)) if sign.isdigit() else sign for sign in text)


@pytest.mark.parametrize("seed", range(6))
def test_they_are_the_same_for_the_same_seed_and_say_what_the_cards_say(seed):
    text = records(PHOTOS, seed)
    assert text == records(PHOTOS, seed) != records(PHOTOS, seed + 1)
    rows = rows_of(text)
    cards = dict.fromkeys(photo.shot.card for photo in planned(PHOTOS, seed))
    said = [tuple(plain(row[f"{name} no"]) for name in ("Detainee", "Examination")) for row in rows]
    assert said[:-2] == [(detainee, examination) for detainee, _branch, examination in cards]
    branches = [plain(row["Branch"]) for row in rows]
    differ = [each for each, card in zip(branches, cards, strict=False) if each != card[1]]
    assert len(differ) == 1
    assert said[-2] == said[0]
    assert said[-1] not in said[:-1]
    assert rows[-1]["Examination no"] == "٩٩٠٠١"
    assert all(re.fullmatch(r"Name [A-D] \d{3}|اسم [٠-٩]{3}", row["Name"]) for row in rows)


@pytest.mark.parametrize("seed", range(6))
def test_some_of_their_dates_can_be_two_days_and_some_decide_the_order(seed):
    dates = [row["Date of death"] for row in rows_of(records(PHOTOS, seed))]
    assert evidence_of(dates).order is DateOrder.DAY_FIRST
    assert any("can be two days" in read_date(each, None).doubt for each in dates)
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d", each) for each in dates)
    assert all(read_date(each, DateOrder.DAY_FIRST).value for each in dates)


def test_of_no_photographs_one_row_is_there_and_a_file_that_is_there_stays(tmp_path):
    path = tmp_path / "records.csv"
    make_records(path, 0, SEED)
    assert len(rows_of(path.read_text(encoding="utf-8"))) == 1
    make_records(path, PHOTOS, SEED)
    assert path.read_text(encoding="utf-8") == records(0, SEED)


def test_most_rows_fit_one_individual_two_contradict_each_other_and_one_fits_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "read_grid", read_here)
    make_collection(tmp_path / "photographs", PHOTOS, SEED)
    make_records(tmp_path / "records.csv", PHOTOS, SEED)
    case = made_case(tmp_path)
    ingested(case, tmp_path / "photographs")
    author = case.examiners()[0].id
    found = proposals(case, How(FOLDERS, "{branch}-{examination}"))
    for draft in acceptance(case, found):
        case.record(draft, author)
    seen = look(case, tmp_path / "records.csv", Choices(), JobControl())
    assert (seen.unclear, seen.doubts) == (None, ())
    load(case, seen, author, JobControl())
    rows = listing(case).rows
    counts = Counter(row.outcome for row in rows)
    assert counts == {
        Outcome.ONE: len(found) - 2,
        Outcome.SHARED: 2,
        Outcome.CONTRADICTS: 1,
        Outcome.NONE: 1,
    }
    assert counts[Outcome.ONE] > len(rows) / 2
    assert rows[1].match.candidates[0].against[0].startswith("Branch number: the row says")
    assert rows[-1].outcome is Outcome.NONE
    case.record(accept(rows), author)
    case.record(link(rows[0], rows[0].match.candidates[0].individual), author)
    second = listing(case).rows[-2]
    assert second.outcome is Outcome.CONTRADICTS
    assert [each.partition(":")[0] for each in second.match.candidates[0].against] == [
        "Sex",
        "Date stated on card or record",
    ]
    assert {row.value(Fact.SEX) for row in rows} <= {"male", "female", ""}
    case.close()
