"""A change of the key of a case that waits, so that it is paused or stopped before it is over."""

import threading

from reviewer.services.case import key_changing
from tests.support.patience import PATIENCE


def hold_key_change(monkeypatch):
    """Once the event that this returns is set, the work of a change begins."""
    let_go, encrypt = threading.Event(), key_changing.encrypt_case_anew

    def wait_and_encrypt(*arguments):
        assert let_go.wait(PATIENCE)
        return encrypt(*arguments)

    monkeypatch.setattr(key_changing, "encrypt_case_anew", wait_and_encrypt)
    return let_go
