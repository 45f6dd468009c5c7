"""The records of the demonstration: invented, the same for the same seed, and they fit its photographs."""

import csv
import re
from collections import Counter

import pytest

from reviewer.domain.people.individual import Fact
from reviewer.domain.records.dates import DateOrder, find_date_order_evidence, parse_record_date
from reviewer.domain.records.matching import MatchOutcome
from reviewer.services.demo.collection import make_collection
from reviewer.services.demo.plan import plan_photos
from reviewer.services.demo.records import make_csv, make_records
from reviewer.services.jobs import JobControl
from reviewer.services.people.individuals import (
    FOLDERS,
    ProposalOptions,
    make_acceptance_acts,
    propose_individuals,
)
from reviewer.services.records import load as loading
from reviewer.services.records.load import RecordChoices, load_file, preview_file
from reviewer.services.records.matches import load_listing, make_acceptance_act, make_link_act
from tests.support.cases import ingested, made_case
from tests.support.records import read_here

PHOTOS, SEED = 30, 3


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def plain(text):
    return "".join(str(int(sign)) if sign.isdigit() else sign for sign in text)


@pytest.mark.parametrize("seed", range(6))
def test_they_are_the_same_for_the_same_seed_and_say_what_the_cards_say(seed):
    text = make_csv(PHOTOS, seed)
    assert text == make_csv(PHOTOS, seed) != make_csv(PHOTOS, seed + 1)
    rows = rows_of(text)
    cards = dict.fromkeys(photo.shot.card for photo in plan_photos(PHOTOS, seed))
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
    dates = [row["Date of death"] for row in rows_of(make_csv(PHOTOS, seed))]
    assert find_date_order_evidence(dates).order is DateOrder.DAY_FIRST
    assert any("can be two days" in parse_record_date(each, None).doubt for each in dates)
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d", each) for each in dates)
    assert all(parse_record_date(each, DateOrder.DAY_FIRST).value for each in dates)


def test_of_no_photographs_one_row_is_there_and_a_file_that_is_there_stays(tmp_path):
    path = tmp_path / "records.csv"
    make_records(path, 0, SEED)
    assert len(rows_of(path.read_text(encoding="utf-8"))) == 1
    make_records(path, PHOTOS, SEED)
    assert path.read_text(encoding="utf-8") == make_csv(0, SEED)


def test_most_rows_fit_one_individual_two_contradict_each_other_and_one_fits_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "read_grid", read_here)
    make_collection(tmp_path / "photographs", PHOTOS, SEED)
    make_records(tmp_path / "records.csv", PHOTOS, SEED)
    case = made_case(tmp_path)
    ingested(case, tmp_path / "photographs")
    author = case.examiners()[0].id
    found = propose_individuals(case, ProposalOptions(FOLDERS, "{branch}-{examination}"))
    for draft in make_acceptance_acts(case, found):
        case.record(draft, author)
    seen = preview_file(case, tmp_path / "records.csv", RecordChoices(), JobControl())
    assert (seen.unclear, seen.doubts) == (None, ())
    load_file(case, seen, author, JobControl())
    rows = load_listing(case).rows
    counts = Counter(row.outcome for row in rows)
    assert counts == {
        MatchOutcome.ONE: len(found) - 2,
        MatchOutcome.SHARED: 2,
        MatchOutcome.CONTRADICTS: 1,
        MatchOutcome.NONE: 1,
    }
    assert counts[MatchOutcome.ONE] > len(rows) / 2
    assert rows[1].match.candidates[0].against[0].startswith("Branch number: the row says")
    assert rows[-1].outcome is MatchOutcome.NONE
    case.record(make_acceptance_act(rows), author)
    case.record(make_link_act(rows[0], rows[0].match.candidates[0].individual), author)
    second = load_listing(case).rows[-2]
    assert second.outcome is MatchOutcome.CONTRADICTS
    assert [each.partition(":")[0] for each in second.match.candidates[0].against] == [
        "Sex",
        "Date stated on card or record",
    ]
    assert {row.value(Fact.SEX) for row in rows} <= {"male", "female", ""}
    case.close()
