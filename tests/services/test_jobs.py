"""Of one thing asked for again and again, the latest request wins; all jobs end with their owner."""

import gc
import threading
import weakref

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from reviewer.domain.errors import KnownError
from reviewer.services.jobs import Jobs, LatestJob, post_at_once
from tests.support.jobs import join_jobs
from tests.support.patience import PATIENCE


class Requests:
    """Numbered requests to one LatestJob: each works until it is let go; what it tells is held."""

    def __init__(self, *, finish_first):
        self.jobs, self.posted, self.heard, self.begun = Jobs(), [], [], []
        self.latest = LatestJob(self.jobs, finish_first=finish_first)
        self.gates = []

    def ask(self):
        number, gate = len(self.gates), threading.Event()
        self.gates.append(gate)

        def work(control):
            self.begun.append(number)
            assert gate.wait(PATIENCE)
            control.check()
            return number

        self.latest.start(
            "numbered",
            work,
            self.posted.append,
            on_done=lambda answer: self.heard.append(("done", answer)),
            on_cancelled=lambda: self.heard.append(("cancelled", number)),
        )

    def settle(self):
        """Let all of them work to their ends, and hear of everything that is on its way."""
        while True:
            for gate in self.gates:
                gate.set()
            join_jobs()
            if not self.posted:
                return
            while self.posted:
                self.posted.pop(0)()


@pytest.fixture(params=[False, True])
def finish_first(request):
    return request.param


def test_the_latest_request_takes_the_place_of_the_one_before_which_tells_nothing():
    asked = Requests(finish_first=False)
    for _request in range(4):
        asked.ask()
    asked.settle()
    assert asked.heard == [("done", 3)]
    assert set(asked.begun) <= {0, 3}, "what was given up while it waited does not begin"


def test_an_answer_that_is_on_its_way_does_not_arrive_after_a_new_request():
    asked = Requests(finish_first=False)
    asked.ask()
    asked.gates[0].set()
    join_jobs()
    assert len(asked.posted) == 1
    asked.ask()
    asked.settle()
    assert asked.heard == [("done", 1)]


def test_a_request_begins_only_after_the_thread_of_the_one_before_has_ended():
    asked = Requests(finish_first=False)
    order, go = [], threading.Event()
    asked.latest.start("slow", lambda _control: go.wait(PATIENCE) and order.append("first"), post_at_once)
    asked.latest.start("next", lambda _control: order.append("second"), post_at_once)
    go.set()
    join_jobs()
    assert order == ["first", "second"]


def test_what_is_let_finish_answers_and_the_latest_of_the_others_follows():
    asked = Requests(finish_first=True)
    for _request in range(4):
        asked.ask()
    asked.settle()
    assert asked.heard == [("done", 0), ("done", 3)]
    assert asked.begun == [0, 3]


def test_what_follows_begins_though_the_one_before_failed():
    asked = Requests(finish_first=True)
    failures = []

    def fail(_control):
        raise KnownError("It cannot be read.")

    asked.latest.start("failing", fail, asked.posted.append, on_failed=failures.append)
    asked.ask()
    asked.settle()
    assert ([str(error) for error in failures], asked.heard) == (["It cannot be read."], [("done", 0)])


def test_cancelled_says_so_and_what_waited_for_it_does_not_come(finish_first):
    asked = Requests(finish_first=finish_first)
    asked.ask()
    if finish_first:
        asked.ask()
    asked.latest.cancel()
    asked.settle()
    assert asked.heard == [("cancelled", 0)]
    assert not asked.latest.is_busy


def test_dropped_tells_nothing_and_it_is_free_at_once(finish_first):
    asked = Requests(finish_first=finish_first)
    asked.ask()
    asked.ask()
    asked.latest.drop()
    assert not asked.latest.is_busy
    asked.ask()
    asked.settle()
    assert asked.heard == [("done", 2)]


def test_it_is_busy_until_its_end_was_told(finish_first):
    asked = Requests(finish_first=finish_first)
    assert not asked.latest.is_busy
    asked.ask()
    asked.gates[0].set()
    join_jobs()
    assert asked.latest.is_busy
    asked.posted.pop()()
    assert not asked.latest.is_busy


def test_a_pause_holds_the_job_until_it_is_lifted_or_the_job_is_cancelled():
    asked, reached, done = Requests(finish_first=False), threading.Event(), []
    assert not asked.latest.toggle_pause(), "there is nothing to hold"

    def work(control):
        assert reached.wait(PATIENCE)
        control.check()
        return "done"

    asked.latest.start("held", work, asked.posted.append, on_done=done.append)
    assert asked.latest.toggle_pause()
    reached.set()
    assert not asked.latest.toggle_pause()
    asked.settle()
    assert done == ["done"]
    assert not asked.latest.toggle_pause(), "it has ended"


def test_owners_that_stop_end_what_runs_and_refuse_what_comes(finish_first):
    asked = Requests(finish_first=finish_first)
    asked.ask()
    asked.ask()
    for gate in asked.gates:
        gate.set()
    asked.jobs.stop()
    assert not asked.latest.is_busy
    asked.ask()
    assert not asked.latest.is_busy
    asked.settle()
    assert (asked.heard, 2 in asked.begun) == ([], False)


def test_what_the_work_was_given_is_let_go_when_it_ends():
    class Passphrase:
        pass

    secret, asked = Passphrase(), Requests(finish_first=False)
    kept = weakref.ref(secret)
    asked.latest.start("open", lambda _control, secret=secret: None, asked.posted.append)
    del secret
    asked.settle()
    assert kept() is None


def test_a_job_that_has_ended_is_let_go_without_the_collector():
    """Each of them would otherwise stay until all garbage is collected, with what hears of it."""
    owner, posted = Jobs(), []
    gc.collect()
    gc.disable()
    try:
        job = weakref.ref(owner.start("one", lambda control: control.advance(1, 1), posted.append))
        join_jobs()
        while posted:
            posted.pop(0)()
        owner.stop()
        assert job() is None
    finally:
        gc.enable()


class AnyOrder(RuleBasedStateMachine):
    """Whatever is asked, dropped and heard in whatever order: the last request is answered, none twice."""

    finish_first = False

    def __init__(self):
        super().__init__()
        self.asked = Requests(finish_first=self.finish_first)
        self.last = None

    @rule()
    def ask(self):
        self.last = len(self.asked.gates)
        self.asked.ask()

    @rule()
    def drop(self):
        self.asked.latest.drop()
        self.last = None

    @precondition(lambda self: self.asked.gates)
    @rule(data=st.data())
    def let_one_end(self, data):
        data.draw(st.sampled_from(self.asked.gates)).set()

    @rule()
    def hear_what_is_on_its_way(self):
        before = len(self.asked.heard)
        if self.asked.posted:
            self.asked.posted.pop(0)()
        for _kind, number in self.asked.heard[before:]:
            assert self.finish_first or number == self.last, "a stale answer arrived"
        if self.last is not None and ("done", self.last) in self.asked.heard:
            self.last = None

    def teardown(self):
        self.asked.settle()
        heard = [number for _kind, number in self.asked.heard]
        assert heard == sorted(set(heard))
        assert self.last is None or heard[-1] == self.last
        self.asked.jobs.stop()


class AnyOrderFinishingFirst(AnyOrder):
    finish_first = True


TestAnyOrder = AnyOrder.TestCase
TestAnyOrderFinishingFirst = AnyOrderFinishingFirst.TestCase
