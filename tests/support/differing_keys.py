"""A key file that holds another key for an examiner than the ledger states, for which nobody vouched."""

import pytest

from reviewer.services.case.enrolment import replace_lost_passphrase
from reviewer.storage.store import SaveFailed
from tests.support.cases import opened


class _NotRestored:
    """In the place of what restores keys: the program was killed."""

    def __enter__(self):
        return self

    def __exit__(self, *_words):
        return False


def make_keys_differ(folder, recovery_key, examiner, passphrase):
    """`passphrase` opens the other key from now on."""

    def fail(*_words):
        raise SaveFailed("Not saved.")

    with opened(folder, recovery_key) as case:
        with pytest.raises(SaveFailed), pytest.MonkeyPatch.context() as patched:
            patched.setattr(type(case), "record", fail)
            patched.setattr(type(case.keys), "restore_on_failure", lambda *_: _NotRestored())
            replace_lost_passphrase(case, examiner, passphrase)
        case.keys.keep_vouches(folder, examiner.id, ())
