"""Fault tests are short in the ordinary run. REVIEWER_FAULTS=full makes them long, 0.1 a tenth of that.

REVIEWER_FAULTS_SEED gives all that is drawn at random another turn. How many of the random faults strike
decides no verdict: a test goes on until it has seen what it is about.

Each promise of docs/reliability.md is told what was tried; with REVIEWER_FAULTS_OUT the outcome is written
there, one line of JSON each, for `packaging/reliability.py` to make the table from.
"""

import json
import os
import platform
import random
import time
from datetime import UTC, datetime

import pytest

from tests.support import drawn


def is_full():
    return drawn.share() > 0


@pytest.fixture(scope="session")
def rounds():
    """rounds(short, full): how often to try."""
    return drawn.count


@pytest.fixture(scope="session")
def chance():
    """chance(number): a source of random numbers of one's own, another one for each seed of the run."""
    seed = os.environ.get("REVIEWER_FAULTS_SEED", "")
    return lambda number: random.Random(f"{seed}/{number}")


class Rounds:
    """Counts rounds: at least so many, and on until there was enough; ten times as many have to bring it."""

    def __init__(self, least):
        self.least, self.done = least, 0

    def more(self, enough):
        """Whether another round is wanted; `enough` says whether the test has seen what it is about."""
        assert self.done < 10 * self.least + 100, "so many rounds did not bring what the test is about"
        self.done += 1
        return self.done <= self.least or not enough


class Promise:
    """What was tried of one promise, what was lost of it, and what was seen."""

    def __init__(self):
        self.name = self.words = self.seen = ""
        self.tried = self.lost = 0

    def __call__(self, name, words):
        self.name, self.words = name, words
        return self


@pytest.fixture
def promise(request):
    """Name it, count `tried` and `lost`, say what was `seen`. Only a test that passed is told."""
    made, began = Promise(), time.monotonic()
    yield made
    out = os.environ.get("REVIEWER_FAULTS_OUT")
    if out and made.name:
        passed = not getattr(request.node, "failed_call", False)
        told = {
            **vars(made),
            "passed": passed,
            "seconds": round(time.monotonic() - began, 1),
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": (
                f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, {platform.machine()}, "
                f"Python {platform.python_version()}"
            ),
        }
        with open(out, "a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed_call = outcome.get_result().failed
