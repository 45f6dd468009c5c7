"""A case of an earlier format is carried over before it is read, also where it is only to be read."""

import pytest

from reviewer.domain.errors import CaseUnusable
from reviewer.services.case.opening import open_case
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.run import count_case
from reviewer.services.counting.two_rules import compare_rules
from reviewer.services.jobs import JobControl
from reviewer.system.lock import WriterLock
from tests.support.cases import KEPT, PASSPHRASE, kept

EARLIER = sorted(path.name.removesuffix(".tar.xz") for path in KEPT.glob("*.tar.xz"))[:-1]


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
