"""What an observer may do besides reading: change the passphrase that she opens the Case with."""

from __future__ import annotations

from contextlib import closing

from reviewer.domain.errors import ReadOnly, WrongPassphrase
from reviewer.services.case.enrolment import CancelCheck, change_passphrase
from reviewer.services.case.open_case import KeyDiffers, OpenCase
from reviewer.services.case.opening import open_case
from reviewer.services.case.roles import OBSERVES


def is_observed(case: OpenCase) -> bool:
    """Whether the Case is open for reading only because whoever reads is an observer, with a passphrase."""
    return case.read_only == OBSERVES and case.keys.encrypted


def change_passphrase_of_observer(
    case: OpenCase, present: str, passphrase: str, check: CancelCheck = lambda: None
) -> None:
    """Change the passphrase of an observer, whose Case is open for reading only.

    It is opened for writing beside that, for this one act. CaseBusy while somebody else writes; then, as
    after any error, nothing was changed.
    """
    if not is_observed(case):
        raise ReadOnly(case.read_only)
    if not case.keys.is_opened_by(present):
        raise WrongPassphrase("The present passphrase is not this.", "Nothing was changed.")
    examiner = case.keys.examiner
    with closing(open_case(case.folder, present, first=examiner, check=check)) as writing:
        if examiner in writing.key_questions:
            raise KeyDiffers(writing.key_questions[examiner])
        change_passphrase(writing, present, passphrase, check)
        case.keys.file = writing.keys.file
