"""The lock of a case is deleted under a program that writes: it is noticed before the next commit."""

import pytest

from reviewer.storage.store import SaveFailed
from reviewer.system.lock import LockHeld, WriterLock
from tests.support.cases import made_case, opened, write_mandate


@pytest.fixture
def case(tmp_path, expected_logs):
    expected_logs |= {"the lock of the case was deleted", "a commit failed: Not saved: the lock of this case"}
    case = made_case(tmp_path)
    yield case
    case.close()


def lock_of(case):
    return case.folder / "writer.lock"


def test_a_lock_that_nobody_else_took_is_taken_again(case):
    lock_of(case).unlink()
    write_mandate(case, "one")
    with pytest.raises(LockHeld):
        WriterLock(lock_of(case)).take("later")


def test_nothing_is_committed_while_another_program_has_the_case(case):
    lock_of(case).unlink()
    other = WriterLock(lock_of(case))
    other.take("later")
    with pytest.raises(SaveFailed, match=r"open elsewhere now: .* since later"):
        write_mandate(case, "one")
    other.release()
    write_mandate(case, "two")


def test_nothing_is_committed_on_top_of_what_another_program_wrote(case):
    lock_of(case).unlink()
    with opened(case.folder) as other:
        write_mandate(other, "theirs")
    lock_of(case).unlink()
    for _try in range(2):
        with pytest.raises(SaveFailed, match="another program has written since"):
            write_mandate(case, "mine")


def test_a_lock_that_is_in_place_is_left_as_it_is(case):
    before = lock_of(case).stat().st_ino
    write_mandate(case, "one")
    assert lock_of(case).stat().st_ino == before
