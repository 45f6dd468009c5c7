"""The gate that readers of a database pass."""

import threading

from reviewer.storage.engine.read_gate import ReadGate
from tests.support.patience import PATIENCE


def test_it_closes_when_nobody_is_inside_and_keeps_others_out_until_it_is_opened():
    gate, came = ReadGate(), threading.Event()
    assert gate.try_to_close(0)

    def read():
        with gate.pass_through():
            came.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert not came.wait(0.02)
    gate.open()
    reader.join()
    assert came.is_set()


def test_who_is_inside_may_go_in_again_while_it_is_being_closed_and_it_opens_where_that_takes_too_long():
    gate, inside, closing, again = ReadGate(), threading.Event(), threading.Event(), threading.Event()

    def read():
        with gate.pass_through():
            inside.set()
            closing.wait(PATIENCE)
            with gate.pass_through():
                again.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert inside.wait(PATIENCE)
    assert not gate.try_to_close(0.01)
    closing.set()
    reader.join()
    assert again.is_set() and gate.wait_until_empty(0) and gate.try_to_close(0)
