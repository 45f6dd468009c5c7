"""Ingest in the window: reading begins while it runs; pause, cancel, go on."""

import hashlib
import os
import shutil
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.receipts import make_receipt
from reviewer.services.evidence.verify_case import CaseVerdict
from reviewer.services.ingest import run
from tests.support.cases import ingested, made_case, opened
from tests.support.patience import PATIENCE
from tests.support.waiting import until


class GatedPool:
    """The real decoders, but files after the first twenty wait at a gate.

    One thread asks: with more, twenty files pass of which none need be the first.
    """

    def __init__(self, pool):
        self.pool, self.gate, self.asked = pool, threading.Event(), 0
        self.workers, self.askers = pool.workers, 1

    def examine_several(self, paths, known):
        return [None for _path in paths]

    def examine_file(self, path, known):
        self.asked += 1
        if self.asked > 20:
            self.gate.wait(PATIENCE)
        return self.pool.examine_file(path, known)

    def __getattr__(self, name):
        return getattr(self.pool, name)


@pytest.fixture
def empty_case(tmp_path):
    case = made_case(tmp_path)
    case.close()
    return case.folder


def test_reading_begins_while_ingest_runs(desk, empty_case, photographs, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 4)
    reader = desk().opens(empty_case)
    session = reader.session
    assert reader.window.screen_name == "ingest"
    pool = session.services.pool = GatedPool(session.services.pool)
    session.ingest.start(photographs)
    until(lambda: len(reader.reader.worklist) >= 8, "the first photographs")
    assert session.ingest.is_running
    reader.window.show_screen("read")
    assert "photographs are ready" in reader.reading.canvas.message or reader.reader.position >= 0
    reader.presses("Space").sees_photo(0).presses("1", "Q", "Enter").sees_photo(1).is_saved()
    assert session.ingest.is_running
    pool.gate.set()
    until(lambda: not session.ingest.is_running, "the end of the ingest")
    until(
        lambda: len(reader.reader.worklist) == session.case.counts().photos,
        "every photograph in the worklist",
    )
    everything = len(reader.reader.worklist)
    assert f"of {everything} complete" in reader.reading.header.counts.text()
    assert reader.reader.position == 1, "nothing moves by itself"
    counts = session.case.counts()
    assert counts.names == counts.photos + counts.duplicates + counts.problems + counts.left_out
    assert "Every name is accounted for" in session.ingest.said


def test_a_paused_ingest_waits_and_a_cancelled_one_goes_on_later(desk, empty_case, photographs, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 4)
    reader = desk().opens(empty_case)
    session = reader.session
    pool = session.services.pool = GatedPool(session.services.pool)
    session.ingest.start(photographs)
    until(lambda: (session.ingest._progress.bar.share or 0) > 0, "progress")
    QTest.mouseClick(session.ingest._pause, Qt.MouseButton.LeftButton)
    assert session.ingest._pause.text() == "Resume"
    QTest.mouseClick(session.ingest._pause, Qt.MouseButton.LeftButton)
    QTest.mouseClick(session.ingest._cancel, Qt.MouseButton.LeftButton)
    pool.gate.set()
    until(lambda: not session.ingest.is_running, "the end")
    assert "Stopped" in session.ingest.said
    before = session.case.counts().files
    assert 0 < before < 54
    QTest.mouseClick(session.ingest._again, Qt.MouseButton.LeftButton)
    until(lambda: not session.ingest.is_running, "the end of the second run")
    assert f"{before:,} were known before" in session.ingest.said


def test_an_ingest_cancelled_while_it_prepares_says_so(desk, empty_case, photographs):
    reader = desk().opens(empty_case)
    session, begun = reader.session, threading.Event()

    def prepare(control):
        begun.set()
        while True:
            control.check()

    session.services.prepare = prepare
    session.ingest.start(photographs)
    until(begun.is_set, "the preparation")
    session.ingest.cancel()
    until(lambda: not session.ingest.is_running, "the end")
    assert "Stopped before anything" in session.ingest.said


def test_closing_the_window_stops_an_ingest_and_keeps_it(desk, empty_case, photographs, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 4)
    reader = desk().opens(empty_case)
    session = reader.session
    session.ingest.start(photographs)
    until(lambda: session.case.counts().files >= 4, "a first batch")
    reader.leaves()
    with opened(empty_case) as case:
        assert case.counts().files >= 4


def test_a_folder_that_is_not_there_gets_one_sentence(desk, empty_case, tmp_path):
    reader = desk().opens(empty_case)
    reader.session.ingest.start(tmp_path / "nowhere")
    until(lambda: not reader.session.ingest.is_running, "the refusal")
    assert "There is no folder" in reader.session.ingest.said


def test_problems_and_integrity_show_what_there_is(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1").is_saved()
    reader.window.show_screen("problems")
    problems = reader.session.problems
    until(lambda: problems.model.rowCount() == 4, "four problems")
    names = reader.session.case.counts().names
    assert problems.summary.text().startswith(f"4 of {names} names met: ")
    problems._text.setFocus()
    reader.types("letter")
    assert problems.model.rowCount() == 1
    reader.window.show_screen("integrity")
    integrity = reader.session.integrity
    until(lambda: integrity.acts.model.rowCount() > 0, "the last acts")
    newest = [integrity.acts.model.text(0, column) for column in range(4)]
    assert newest[2] == "ligature mark added"
    assert newest[3] in {reader.reader.worklist.items[0].name, "masked until its reading is complete"}
    integrity.acts.filter.setText("case created")
    assert integrity.acts.model.counts[0] == 1
    assert "case created" in integrity.acts.model.text(0, 2)
    QTest.mouseClick(integrity._verify, Qt.MouseButton.LeftButton)
    until(lambda: integrity.ledger.phrase.text() == "unbroken", "the verdict")


def test_a_case_is_made_at_the_start_screen(desk, tmp_path):
    reader = desk()
    start = reader.window.start
    start.show_form()
    start.form.name.setFocus()
    reader.types("Branch A")
    start.form.examiner.setFocus()
    reader.types("Dr N")
    start.form.submit()
    assert "Choose the folder" in start.form.said
    start.choose = lambda _title: str(tmp_path)
    start.form.browse()
    start.form.submit()
    until(lambda: "at least 12 characters" in start.form.said, "no passphrase")
    start.form.open_to_all.setChecked(True)
    start.form.submit()
    until(lambda: reader.session is not None, "the new case")
    assert reader.session.case.name == "Branch A"
    assert (tmp_path / "Branch A.case" / "case.db").exists()
    assert reader.window.screen_name == "ingest"
    assert "not encrypted" in reader.window.windowTitle()
    reader.window.show_screen("access")
    assert reader.window.tabs.open_to_all.isVisible()


def test_several_examiners_are_asked_who_reads(desk, case_folder):
    with opened(case_folder) as case:
        enrol(case, "Dr Hansen")
    reader = desk()
    reader.window.open_folder(case_folder)
    until(lambda: isinstance(reader.window.door.page, ChooseExaminerScreen), "the question")
    page, begun = reader.window.door.page, []
    reader.window.door.entered.connect(lambda *_entered: begun.append(1))
    page._list.setCurrentRow(1)
    page._on_begin()
    page._on_begin()
    until(lambda: reader.session is not None, "the case is open")
    assert begun == [1], "a second press opens nothing again"
    reader.window.close_case()
    reader.window.open_folder(case_folder)
    until(lambda: isinstance(reader.window.door.page, ChooseExaminerScreen), "the question")
    reader.window.door.page._new.setText("Dr New")
    reader.window.door.page._on_begin()
    until(lambda: reader.session is not None, "open")
    assert reader.session.examiner.name == "Dr New"
    assert reader.sees_photo().terms == []


def test_originals_are_verified_and_a_moved_drive_is_named(desk, tmp_path, photographs, monkeypatch):
    drive = tmp_path / "media" / "drive"
    shutil.copytree(photographs, drive)
    case = made_case(tmp_path)
    ingested(case, drive)
    case.close()
    reader = desk().opens(case.folder).sees_photo(0)
    evidence = reader.session.integrity.evidence
    reader.window.show_screen("integrity")
    box = reader.session.integrity.originals
    until(lambda: box.phrase.text() == "not checked since opening", "the facts")
    assert not evidence.look.isVisibleTo(evidence)
    QTest.mouseClick(evidence.verify, Qt.MouseButton.LeftButton)
    until(lambda: box.phrase.text().endswith(" as they were"), "the verdict")
    assert box.kind == "good"
    assert evidence.deviations.count() == 0
    next(drive.rglob("IMG*.JPG"), next(drive.rglob("*.JPG"))).write_bytes(b"changed")
    evidence.start()
    until(lambda: box.phrase.text() == "1 changed", "what was changed")
    assert (box.kind, evidence.line.kind) == ("alarm", "alarm")
    assert evidence.deviations.item(0).text().startswith("changed")
    shutil.rmtree(drive)
    shutil.copytree(photographs, tmp_path / "other" / "drive")
    reader.window.show_screen("read")
    reader.presses("End")
    until(lambda: "drive connected" in reader.reading.canvas.message, "the original is gone")
    reader.window.show_screen("integrity")
    until(lambda: evidence.look.isVisibleTo(evidence), "it is lost")
    evidence.start()
    until(lambda: box.phrase.text().endswith(" cannot be compared"), "not the same as changed")
    assert (box.kind, evidence.line.kind) == ("warning", "warning")
    evidence.set_source_folder(reader.session.case.sources()[0], tmp_path / "other")
    until(lambda: "is not this source" in evidence.said, "the folder above it")
    monkeypatch.setattr(
        "reviewer.services.evidence.relocate.list_drive_roots", lambda: [os.fsencode(tmp_path / "other")]
    )
    evidence.look_for_lost()
    until(lambda: "by its content" in evidence.said, "found again")
    reader.window.show_screen("read")
    reader.sees_photo()


def test_a_manifest_is_compared_in_the_window(desk, case_folder, photographs, tmp_path):
    lines = [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(photographs)}\n"
        for path in sorted(photographs.rglob("*"))
        if path.is_file()
    ]
    (tmp_path / "list.md5").write_text("".join(lines), encoding="utf-8")
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.show_screen("ingest")
    ingest = reader.session.ingest
    ingest.compare(reader.session.case.sources()[0].id, tmp_path / "list.md5")
    until(lambda: "matched" in ingest.said, "compared")
    assert "changed" not in ingest.said
    (tmp_path / "no.txt").write_text("hello")
    ingest.compare(reader.session.case.sources()[0].id, tmp_path / "no.txt")
    until(lambda: "no manifest" in ingest.said, "one sentence")


def test_the_end_of_ingest_leads_to_sorting_reading_and_what_was_left_out(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    ingest = reader.session.ingest
    for button, screen in ((ingest._sort, "sort"), (ingest._read, "read"), (ingest._problems, "problems")):
        reader.window.show_screen("ingest")
        until(button.isVisible, "the sources are counted")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert reader.window.screen_name == screen
    assert ingest._problems.text() == "Problems and other files: 4"


def test_a_case_without_photographs_offers_only_to_add_them(desk, empty_case):
    reader = desk().opens(empty_case)
    ingest = reader.session.ingest
    assert reader.window.screen_name == "ingest"
    assert QApplication.focusWidget() is ingest._add
    assert not ingest._sort.isVisible()
    assert not ingest._problems.isVisible()


def read_sum(ingest):
    """The numbers of the boxes as they stand on the screen: the parts, and what they are said to make."""
    *parts, total = [
        int(box.number.text().replace(",", "")) for box in ingest._sum.boxes.values() if box.isVisible()
    ]
    return parts, total


def test_the_sum_on_the_screen_closes_while_it_runs_and_at_the_end(
    desk, empty_case, photographs, monkeypatch
):
    monkeypatch.setattr(run, "BATCH_SIZE", 4)
    reader = desk().opens(empty_case)
    session, ingest = reader.session, reader.session.ingest
    pool = session.services.pool = GatedPool(session.services.pool)
    ingest.start(photographs)
    until(lambda: ingest._sum.boxes["names met"].number.text() not in {"0", "4"}, "some batches")
    parts, total = read_sum(ingest)
    assert (len(parts), sum(parts)) == (4, total)
    status, names = ingest._watch.status, ingest._progress.names.text()
    assert names.endswith(f" of {status.total} files examined; {total} counted so far")
    assert int(names.split()[0]) >= total, "what was examined and waits to be kept is in the share as well"
    assert ingest._progress.bar.share == int(names.split()[0]) / status.total
    assert ingest._read.isVisible()
    assert (ingest._read.text(), ingest._read.property("kind")) == ("Read them now", "main")
    assert not ingest._sort.isVisible()
    pool.gate.set()
    until(lambda: not ingest.is_running, "the end")
    parts, total = read_sum(ingest)
    counts = session.case.counts()
    assert (sum(parts), total, parts[0]) == (counts.names, counts.names, counts.photos)
    assert parts[2] + parts[3] == counts.problems + counts.left_out
    others = [int(ingest._lists.kinds.text(row, 2)) for row in range(ingest._lists.kinds.rowCount())]
    assert sum(others) == parts[2]
    assert ingest._progress.left.text().startswith("finished ")
    assert ingest._sort.property("kind") == "main"
    until(lambda: ingest._sources.rows, "the sources are read")
    (source,) = ingest._sources.rows
    assert source.sum.text().startswith(f"{counts.names} names met = ")
    assert source.path.text() == str(photographs)


def test_every_screen_says_that_photographs_are_added(desk, empty_case, photographs, monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 4)
    reader = desk().opens(empty_case)
    session, adding = reader.session, reader.window.header.adding
    assert not adding.isVisible()
    pool = session.services.pool = GatedPool(session.services.pool)
    session.ingest.start(photographs)
    reader.window.show_screen("gallery")
    until(lambda: adding.text().startswith("adding, ") and adding.text().endswith(" %"), "a share")
    assert adding.isVisible()
    session.ingest.toggle_pause()
    assert adding.text().startswith("adding is paused, ")
    session.ingest.toggle_pause()
    pool.gate.set()
    until(lambda: not session.ingest.is_running, "the end")
    assert not adding.isVisible()


def test_while_names_are_counted_there_is_no_share(desk, empty_case):
    reader = desk().opens(empty_case)
    session, begun = reader.session, threading.Event()

    def count(_folder, control, watch):
        for _name in range(1824):
            watch.note_scanned()
        begun.set()
        while True:
            control.check()

    session.ingest._ingest = count
    session.ingest.start(empty_case)
    until(begun.is_set, "counted so far")
    until(lambda: "1,824" in session.ingest._progress.names.text(), "the screen says so")
    assert session.ingest._progress.names.text() == "1,824 names met, still counting"
    assert session.ingest._progress.bar.share is None
    assert reader.window.header.adding.text() == "adding, 1,824 names met"
    session.ingest.cancel()
    until(lambda: not session.ingest.is_running, "the end")


def test_a_drive_that_is_gone_is_a_warning_and_the_counts_stay(desk, empty_case, tmp_path):
    reader = desk().opens(empty_case)
    ingest = reader.session.ingest

    def lose(_folder, _control, watch):
        watch.begin({}, 3, 0)
        raise KnownError("The source is no longer there.", "Connect the drive.", code="source-gone")

    ingest._ingest = lose
    ingest.start(tmp_path)
    until(lambda: not ingest.is_running, "the end")
    assert ingest._message.kind == "warning"
    assert ingest._message.sign.isVisible()
    assert ingest._progress.isVisible()
    assert ingest._progress.left.text().startswith("stopped ")
    assert ingest._again.isVisible()


def test_all_is_checked_at_once_and_each_box_speaks_for_itself(desk, case_folder, tmp_path):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1").is_saved()
    reader.window.show_screen("integrity")
    integrity = reader.session.integrity
    boxes = (integrity.ledger, integrity.originals, integrity.receipts, integrity.about_case)
    until(lambda: integrity.about_case.phrase.text() == "not encrypted, 1 examiner", "the facts")
    assert [box.kind for box in boxes] == ["unknown", "unknown", "unknown", "warning"]
    receipt = make_receipt(reader.session.case)
    (tmp_path / "paper.txt").write_text(receipt.text(), encoding="utf-8")
    integrity.check_receipt(tmp_path / "paper.txt")
    until(lambda: integrity.receipts.phrase.text() == "1 of 1 agree", "the receipt")
    QTest.mouseClick(integrity._check_all, Qt.MouseButton.LeftButton)
    until(lambda: integrity.ledger.phrase.text() == "unbroken", "the ledger")
    until(lambda: integrity.originals.phrase.text().endswith(" as they were"), "the originals")
    assert [box.kind for box in boxes] == ["good", "good", "good", "warning"]
    assert integrity._check_all.text() == "Check all again"
    wrong = receipt.text().replace(receipt.head[:4], "0000", 1)
    (tmp_path / "other.txt").write_text(wrong, encoding="utf-8")
    integrity.check_receipt(tmp_path / "other.txt")
    until(lambda: integrity.receipts.phrase.text() == "1 of 2 contradicted", "the other receipt")
    assert (integrity.receipts.kind, integrity._message.kind) == ("alarm", "alarm")
    names = [integrity.work_table.model.text(0, column) for column in (0, 1, 2)]
    assert names == ["Dr Okoye", "1", "0"]


def test_the_fingerprint_stands_in_groups_of_eight_and_is_copied(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.show_screen("integrity")
    integrity = reader.session.integrity
    until(lambda: integrity._fingerprint.text(), "the fingerprint")
    groups = integrity._fingerprint.text().split(" ")
    assert [len(group) for group in groups] == [8] * 8
    QTest.mouseClick(integrity._copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == " ".join(groups)


def test_a_ledger_with_faults_names_them(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.show_screen("integrity")
    integrity = reader.session.integrity
    until(lambda: integrity._facts is not None, "the facts")
    fault = LedgerFault("entry 3", "is not the one that was written")
    integrity._on_done(CaseVerdict(5, "", (fault,), 0))
    assert (integrity.ledger.kind, integrity.ledger.phrase.text()) == ("alarm", "1 fault")
    assert integrity.faults.isVisible()
    assert integrity.faults.item(0).text() == "entry 3: is not the one that was written"


def test_in_a_low_window_the_menu_bar_has_room_for_what_is_added(desk, empty_case):
    reader = desk().opens(empty_case)
    reader.window.appearance.wear("dark", 1.5)
    reader.window.resize(1366, 768)
    header = reader.window.header
    until(lambda: header._menus is not None, "the ends are in the menu bar")
    for _turn in range(20):
        QApplication.processEvents()  # the corner of the bar is laid out for what is there now
    for words in ("adding, 0 %", "adding, 40 %", "adding is paused, 40 %"):
        header.show_adding(words)
        for _turn in range(20):
            QApplication.processEvents()
        right = header.search.mapTo(reader.window, header.search.rect().topRight()).x()
        assert right < reader.window.width(), words
        assert header.adding.width() >= header.adding.sizeHint().width(), words
    reader.window.appearance.wear("dark", 1.0)
