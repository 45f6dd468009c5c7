"""A receipt says the same when it is read back, whatever the people and the case are called."""

import hashlib

import pytest

from reviewer.domain.ledger.receipt import Receipt, receipt_from_text

HEAD = hashlib.sha256(b"head").hexdigest()


@pytest.mark.parametrize(
    ("name", "examiner"),
    [
        ("Head injuries 2026 1234", "Dr Okoye"),
        ("Case", "Dr Head"),
        ("Head", "Head"),
        ("dead beef Head face", "Entries Head 1234"),
    ],
)
def test_names_that_hold_a_word_of_the_receipt_change_nothing(name, examiner):
    made = Receipt("c" * 16, name, examiner, "2026-01-02T03:04:05.000+00:00", 2026, HEAD)
    again = receipt_from_text(made.text())
    assert (again.case, again.entries, again.head) == ("c" * 16, 2026, HEAD)
