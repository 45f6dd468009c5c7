"""What pages, acts and other screens leave behind in memory, counted: nothing, once the caches are full."""

import gc
from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from reviewer.services.pictures import pictures
from tests.support.waiting import until

PAGES, PAGES_PER_ACT = 250, 4
OBJECTS_PER_ACT = 40
"""What an act leaves: itself, so that it can be undone, and the reading it belongs to."""
SCREENS = ("gallery", "statistics", "integrity")


def spend(reader, pages):
    """So many pages with an act on every fourth, and a look at each of the other screens."""
    for page in range(pages):
        is_last = reader.reader.position == len(reader.reader.worklist) - 1
        reader.presses("Home" if is_last else "Right").sees_photo()
        if page % PAGES_PER_ACT == 0:
            reader.presses("123456"[page // PAGES_PER_ACT % 6], "Esc")
        if page % (pages // 6) == 0:
            reader.window.show_screen(SCREENS[page // (pages // 6) % 3])
            QApplication.processEvents()
            reader.window.show_screen("read")
    reader.is_saved()
    until(lambda: not reader.session.jobs.running(), "no job runs")
    for _time in range(5):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def count(reader):
    gc.collect()
    objects = gc.get_objects()
    kinds = Counter(type(thing).__name__ for thing in objects)
    return {
        "objects": len(objects),
        "pixmaps": sum(isinstance(thing, QPixmap) for thing in objects),
        "widgets": len(QApplication.allWidgets()),
        "children of the window": len(reader.window.findChildren(QObject)),
    }, kinds


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo()


def test_pages_leave_nothing_behind_but_their_acts(reader):
    spend(reader, 90)  # every photograph was seen twice, and every screen: caches are full
    before, kinds_before = count(reader)
    spend(reader, PAGES)
    after, kinds = count(reader)
    more = (kinds - kinds_before).most_common(12)
    photos = len(reader.reader.worklist)
    assert after["pixmaps"] <= before["pixmaps"] + photos, "a small picture of each is kept, once"
    assert after["widgets"] <= before["widgets"], more
    assert after["children of the window"] <= before["children of the window"] + 4
    acts = PAGES / PAGES_PER_ACT
    assert after["objects"] <= before["objects"] + acts * OBJECTS_PER_ACT, more


def test_decoded_photographs_are_kept_up_to_a_bound(reader, monkeypatch):
    loader = reader.session.services.pictures
    monkeypatch.setattr(pictures, "CACHE_BYTES", 3 * max(len(kept.pixels) for kept in loader._cache.values()))
    for _page in range(12):
        reader.presses("Right").sees_photo()
    until(lambda: not loader._decoding, "nothing is decoded ahead")
    assert 1 <= len(loader._cache) <= 4
    assert loader._count_cache_bytes() <= pictures.CACHE_BYTES
