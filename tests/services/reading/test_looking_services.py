"""Presets, wishes of the reader, the enhancer, what belongs side by side: all of it without a window."""

import threading
from datetime import date

import pytest

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.reading.enhancement import EnhancementChain, make_default_step
from reviewer.media.workers.pool import Picture
from reviewer.services.account import presets
from reviewer.services.account.viewing_comfort import (
    ViewingComfort,
    count_viewing_days,
    load_comfort,
    record_viewing_day,
    save_comfort,
)
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest, compute_white_balance_gains
from reviewer.services.reading import comparing
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.paths import data_folder
from tests.support.cases import ingested, made_case
from tests.support.patience import PATIENCE
from tests.support.photos import drive

GAMMA = EnhancementChain((make_default_step("gamma"),))


def test_presets_are_kept_read_back_replaced_and_removed():
    presets.save_preset("  pale   skin ", GAMMA)
    presets.save_preset("other", EnhancementChain((make_default_step("clahe"),)))
    assert presets.load_presets() == {
        "other": EnhancementChain((make_default_step("clahe"),)),
        "pale skin": GAMMA,
    }
    presets.save_preset("other", GAMMA)
    presets.remove_preset("pale skin")
    assert presets.load_presets() == {"other": GAMMA}
    for name, chain in (("", GAMMA), ("empty", EnhancementChain())):
        with pytest.raises(KnownError):
            presets.save_preset(name, chain)


def test_a_presets_file_that_is_damaged_or_newer_costs_nothing():
    presets.save_preset("mine", GAMMA)
    file = data_folder() / "enhancement_presets.json"
    file.write_text(file.read_text().replace('"gamma"', '"unheard of"'))
    assert presets.load_presets() == {}
    presets.save_preset("new", GAMMA)
    assert "unheard of" in file.read_text()
    file.write_text("{")
    assert presets.load_presets() == {}


def test_wishes_are_kept_for_each_person_and_no_name_stands_in_the_file():
    wishes = ViewingComfort("grey", cover_on_leaving=True, clock=True, minutes=90)
    save_comfort("Dr Okoye", wishes)
    assert load_comfort("Dr Okoye") == wishes
    assert load_comfort("Dr Lindqvist") == ViewingComfort()
    text = (data_folder() / "care.json").read_text()
    assert "Okoye" not in text
    for spoilt in (text.replace('"grey"', '"magic"'), text.replace("90", '"x"'), "[]", "{"):
        (data_folder() / "care.json").write_text(spoilt)
        assert load_comfort("Dr Okoye") == ViewingComfort()


def test_days_of_viewing_are_counted_once_each():
    for day in (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 4), date(2026, 2, 20), date(2026, 1, 1)):
        record_viewing_day("Dr Okoye", day)
    assert count_viewing_days("Dr Okoye", date(2026, 3, 5)) == (2, 3)
    assert count_viewing_days("Dr Okoye", date(2026, 6, 1)) == (0, 0)
    assert count_viewing_days("Dr Lindqvist", date(2026, 3, 5)) == (0, 0)


def picture(value=90):
    return Picture(8, 6, 32, bytes([value]) * 192)


class Waiting:
    """Collects views as a window would."""

    def __init__(self):
        self.done, self.came = [], threading.Event()

    def __call__(self, request, view):
        self.done.append((request, view))
        self.came.set()


def test_the_latest_request_for_a_purpose_is_computed_and_a_fault_is_told(expected_logs):
    expected_logs.add("a view could not be computed")
    enhancer, heard = Enhancer(lambda work: work()), Waiting()
    try:
        request = ViewRequest("p", picture(), 8, GAMMA)
        enhancer.request_view(1, request, heard)
        assert heard.came.wait(PATIENCE)
        assert heard.done[0][0] is request
        assert heard.done[0][1].pixels[0] > 90
        heard.came.clear()
        spoilt = Picture(8, 6, 32, b"too few")
        enhancer.request_view(1, ViewRequest("p", spoilt, 8, GAMMA), heard)
        assert heard.came.wait(PATIENCE)
        assert heard.done[-1][1] is None
    finally:
        enhancer.close()


def test_a_view_through_nothing_is_the_picture_itself():
    whole = picture()
    assert ViewRequest("p", whole, 8, EnhancementChain()).compute() is whole
    assert ViewRequest("p", whole, 8, EnhancementChain(), "grey").compute() is not whole
    assert compute_white_balance_gains(whole, 0.5, 0.5) == {"red": 1000, "green": 1000, "blue": 1000}


def test_what_belongs_side_by_side(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    examiner = case.examiners()[0].id
    worklist = Worklist(case, examiner).load()
    assert comparing.find_same_individual(worklist, 1) == [1, 2, 0]
    assert comparing.find_following(worklist, 4) == [4, 5]
    found = comparing.find_photos_with_region(case, examiner, ("neck.front",))
    with pytest.raises(NotAllowed, match="No photo of another"):
        comparing.choose_same_region(worklist, 0, found)
    case.close()
