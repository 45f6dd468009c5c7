"""A case of an earlier format is carried over before it is read, also where it is only to be read."""

import hashlib
import json

import pytest

from reviewer.domain.errors import CaseUnusable, KeysDamaged
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.keys import key_file
from reviewer.services.case.opening import open_case
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.counting.two_rules import compare_rules
from reviewer.services.jobs import JobControl
from reviewer.system.lock import WriterLock
from tests.support.cases import KEPT, PASSPHRASE, kept

*EARLIER, LATEST = sorted(path.name.removesuffix(".tar.xz") for path in KEPT.glob("*.tar.xz"))


@pytest.mark.parametrize("version", EARLIER)
def test_it_is_counted_without_being_opened_for_writing_before(tmp_path, version):
    folder = kept(version, tmp_path / "kept.case")
    case = open_case(folder, PASSPHRASE, read_only=True)
    with open_snapshot(case, JobControl()) as moment:
        examiner = [case.readers()[0].id]
        assert count_case(moment, "", examiner, JobControl()).individuals >= 0
        assert compare_rules(moment, "", examiner, JobControl()).people >= 0
    case.close()
    assert list(folder.glob("case-before-*.db")), "a copy of what it was lies beside"


def test_one_that_cannot_be_carried_over_says_so_in_one_sentence(tmp_path):
    folder = kept(EARLIER[-1], tmp_path / "kept.case")
    lock = WriterLock(folder / "writer.lock")
    lock.take("now")
    try:
        for more in ({"read_only": True}, {"or_read_only": True}):
            with pytest.raises(CaseUnusable, match="earlier format"):
                open_case(folder, PASSPHRASE, **more)
    finally:
        lock.release()


@pytest.mark.parametrize("version", EARLIER)
def test_it_is_said_that_it_was_carried_over_and_where_the_copy_of_it_as_it_was_lies(tmp_path, version):
    folder = kept(version, tmp_path / "kept.case")
    case = open_case(folder, PASSPHRASE)
    (said,) = [notice for notice in case.notices if "carried over" in notice]
    case.close()
    (copy,) = folder.glob("case-before-*.db")
    assert f"from format {version} to " in said
    assert copy.name in said
    again = open_case(folder, PASSPHRASE)
    assert not [notice for notice in again.notices if "carried over" in notice], "once"
    again.close()


def rewrite_key_file(folder, **changes):
    """As a newer version would write it: with a right checksum, and something this one does not know."""
    for name in key_file.KEY_FILE_NAMES:
        content = json.loads((folder / name).read_text("utf-8"))
        del content["sum"]
        content |= changes
        content["sum"] = hashlib.sha256(to_canonical_json(content)).hexdigest()
        (folder / name).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "changes", [{"format": 2}, {"something": "new"}, {"slots": [{"examiner": "e", "new": 1}]}]
)
def test_a_key_file_of_a_newer_version_is_told_from_a_damaged_one(tmp_path, changes):
    folder = kept(LATEST, tmp_path / "kept.case")
    rewrite_key_file(folder, **changes)
    with pytest.raises(CaseUnusable, match="newer version of the program") as told:
        open_case(folder, PASSPHRASE)
    assert told.value.code == "case-newer"
    for name in key_file.KEY_FILE_NAMES:
        (folder / name).write_text(
            (folder / name).read_text("utf-8").replace("new", "old").replace("2,", "3,")
        )
    with pytest.raises(KeysDamaged, match="damaged"):
        open_case(folder, PASSPHRASE)


def test_an_older_copy_of_the_key_file_does_not_stand_in_for_a_newer_one(tmp_path):
    folder = kept(LATEST, tmp_path / "kept.case")
    older = (folder / key_file.KEY_FILE_NAMES[0]).read_bytes()
    rewrite_key_file(folder, format=2)
    (folder / key_file.KEY_FILE_NAMES[1]).write_bytes(older)
    with pytest.raises(CaseUnusable, match="newer version"):
        open_case(folder, PASSPHRASE)
