"""A case as of each of its entries: read from the tables of now, it is what a replay of the ledger says."""

import hashlib

import pytest

from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.services.case.case_key import KeyChangeReason, change_case_key, remove_examiner
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.search.search import find_photos
from reviewer.storage import ledger
from reviewer.storage.replay.as_of import open_as_of
from tests.support.cases import (
    KEPT,
    PASSPHRASE,
    ingested,
    kept,
    made_case,
    opened,
    opened_copy,
    write_mandate,
)
from tests.support.photos import jpeg
from tests.support.replayed import find_unlike

FORMATS = sorted(path.name.removesuffix(".tar.xz") for path in KEPT.glob("*.tar.xz"))
OTHER = "seven quiet rooms by the sea"


def check_every_entry(case):
    with case.store.read() as connection:
        last, head = ledger.load_size_and_head(connection)
    for entries in range(1, last + 1):
        assert find_unlike(case.store, entries) == set(), f"as of {entries} of {last}"
    with case.store.read() as connection:
        assert ledger.load_size_and_head(connection) == (last, head), "the case itself is as it was"


@pytest.mark.parametrize("version", FORMATS)
def test_each_entry_of_a_case_of_an_earlier_format_is_what_its_ledger_says(tmp_path, version):
    with opened(kept(version, tmp_path / "kept.case"), PASSPHRASE) as case:
        check_every_entry(case)


def test_what_was_ingested_and_read_later_is_not_there_yet(tmp_path):
    case = made_case(tmp_path)
    (tmp_path / "drive").mkdir()
    for number in (1, 2, 3):
        (tmp_path / "drive" / f"{number}.jpg").write_bytes(jpeg(seed=number))
        ingested(case, tmp_path / "drive")
    check_every_entry(case)
    case.close()


def test_an_examiner_who_was_removed_is_there_as_long_as_the_ledger_says(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Hansen", OTHER)
    case.close()
    photo = hashlib.sha256(b"1").hexdigest()
    with opened(case.folder, OTHER) as case:
        hansen = next(one for one in case.examiners() if one.name == "Dr Hansen")
        queue = ActQueue(case, hansen, post_at_once)
        finding = Finding("f1", "elec.mark", "1.0.0", regions=("chest.L",))
        queue.submit(finding_commands.add_finding(queue.reading(photo), finding)).result()
        queue.submit(finding_commands.write_note(queue.reading(photo), "a belt buckle")).result()
    with opened(case.folder, PASSPHRASE) as case:
        remove_examiner(case, hansen, "left the institute", case.readers()[0].id)
        change_case_key(case, KeyChangeReason.REMOVED, JobControl())
        case.record(
            Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [photo], "category": "soldier"}),
            case.readers()[0].id,
        )
        check_every_entry(case)


def test_words_of_a_note_are_found_as_they_were_then(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as case:
        examiner = case.examiners()[0]
        queue = ActQueue(case, examiner, post_at_once)
        with case.store.read() as connection:
            photo = connection.exec_driver_sql("SELECT sha256 FROM photos LIMIT 1").scalar_one()
        entries = []
        for words in ("a belt buckle", "a cord"):
            queue.submit(finding_commands.write_note(queue.reading(photo), words)).result()
            with case.store.read() as connection:
                entries.append(ledger.load_size_and_head(connection)[0])
        write_mandate(case, "to be read again")
        found = {}
        for then in entries:
            with open_snapshot(case, JobControl(), then) as moment:
                found[then] = [
                    find_photos(moment, f"note:{word}", examiner.id).count for word in ("buckle", "cord")
                ]
        assert list(found.values()) == [[1, 0], [0, 1]]


def test_only_what_later_entries_speak_of_is_brought_forward_anew(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as case:
        queue = ActQueue(case, case.examiners()[0], post_at_once)
        with case.store.read() as connection:
            photos = connection.exec_driver_sql("SELECT sha256 FROM photos ORDER BY id").scalars().all()
        for photo in photos[:4]:
            queue.submit(finding_commands.write_note(queue.reading(photo), "first")).result()
        with case.store.read() as connection:
            then, _head = ledger.load_size_and_head(connection)
        for photo in photos[3:6]:
            queue.submit(finding_commands.write_note(queue.reading(photo), "second")).result()
        with case.store.read_apart() as connection, open_as_of(connection, then):
            hidden = connection.exec_driver_sql("SELECT count(*) FROM temp.then_of_readings").scalar_one()
            anew = connection.exec_driver_sql("SELECT count(*) FROM temp.then_readings").scalar_one()
            told = connection.exec_driver_sql("SELECT note FROM readings").scalars().all()
            assert (hidden, anew, told) == (3, 1, ["first"] * 4)


def test_whoever_reads_next_sees_the_case_of_now(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as case:
        write_mandate(case, "to be read")
        with open_snapshot(case, JobControl(), 1) as moment, moment.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM photos").scalar_one() == 0
        for _number in range(3):
            with case.store.read() as connection:
                assert connection.exec_driver_sql("SELECT count(*) FROM temp.sqlite_master").scalar_one() == 0
                assert connection.exec_driver_sql("SELECT count(*) FROM photos").scalar_one() > 1


def test_going_back_can_be_ended(drive_case, tmp_path):
    def end(_done):
        raise InterruptedError

    with opened_copy(drive_case, tmp_path) as case:
        write_mandate(case, "to be read")
        with (
            case.store.read_apart() as connection,
            pytest.raises(InterruptedError),
            open_as_of(connection, 1, end),
        ):
            raise AssertionError("it was not ended")
