"""What holds for every test: no network, no home, no forgotten thread, no unexpected log line."""

import gc
import logging
import os
import sys
import threading
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from reviewer.keys import passphrase
from reviewer.services.pictures import decoding
from tests.support import drawn, shared_fixtures
from tests.support.cases import made_drive_case
from tests.support.patience import PATIENCE
from tests.support.windows import let_closed_windows_go, undress

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "*.debug=false;qt.qpa.*=false"

settings.register_profile(
    "reviewer",
    max_examples=drawn.count(40, 400),
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
)
settings.load_profile("reviewer")


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise AssertionError(f"a test or the program reached for the network: {arguments[1]}")


sys.addaudithook(_no_network)


collect_ignore_glob = [] if sys.platform == "linux" else ["faults/*", "stories/test_locked_means_gone.py"]
"""Faults are made by means of Linux: copies of processes, traces, mounts, limits."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked `linux` or needs a virtual X screen is left out on other systems."""
    for item in items:
        if sys.platform != "linux" and (
            item.get_closest_marker("linux") or item.get_closest_marker("screen")
        ):
            item.add_marker(pytest.mark.skip(reason="needs what only Linux has"))


_MUCH = 100_000  # objects since the last collection
_ALL_EVERY = 20  # collections
_collections = count()


def _collect():
    """Look through what came since the last time, and now and then through everything.

    What is still there between two tests are modules and what tests share: looking through it after each test
    takes longer than many a test does.
    """
    is_turn_of_all = next(_collections) % _ALL_EVERY == 0
    if is_turn_of_all:
        gc.unfreeze()
    gc.collect()
    if is_turn_of_all:  # not each time: what the test that ends still holds would be kept for as long
        gc.freeze()


@pytest.fixture(autouse=True)
def collected_by_the_main_thread(request: pytest.FixtureRequest):
    """As in the program: an object of Qt that another thread collected would be ended where it does not live.

    First of the fixtures, so that it is the last to end.
    """
    gc.disable()
    yield
    gc.disable()  # the program's own collector, when it is stopped, gives it back to whichever thread comes
    has_window = "qapp" in request.fixturenames
    if has_window:
        let_closed_windows_go()
        undress()
    if has_window or gc.get_count()[0] > _MUCH:
        _collect()


def _live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    patch.setenv("REVIEWER_DATA", str(home / "data"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True, scope="session")
def cheap_and_at_home(tmp_path_factory: pytest.TempPathFactory):
    """What also holds for a case that many tests share, which is made before the first of them begins.

    The program's own folders are in a temporary place. A passphrase costs a second on purpose, here next to
    nothing. A process that is started only to be asked again costs a second; tests of proving make their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        _live_in(tmp_path_factory.mktemp("home"), patch)
        patch.setattr(passphrase, "make_stretching", lambda: passphrase.KeyStretching(1, 1, 64))
        patch.setattr(decoding, "PROVE_DECODING", False)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own folders of the program."""
    _live_in(tmp_path_factory.mktemp("home"), monkeypatch)


@pytest.fixture(scope="session")
def drive_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case with a small drive in it, closed; tests copy it. The drive lies beside it."""
    return made_drive_case(tmp_path_factory.mktemp("made"))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]):
    made = yield
    if fixturedef.scope != "function":
        shared_fixtures.note_shared(fixturedef.argname, made)
    return made


def pytest_fixture_post_finalizer(fixturedef: pytest.FixtureDef[object]) -> None:
    if fixturedef.scope != "function":
        shared_fixtures.forget_shared(fixturedef.argname)


@pytest.fixture(autouse=True)
def nothing_shared_is_changed(request: pytest.FixtureRequest):
    """A test that writes into what others share copies it first."""
    yield
    assert shared_fixtures.find_changed(request.fixturenames) == []


@pytest.fixture
def expected_logs() -> set[str]:
    """Add the beginnings of warnings a test provokes."""
    return set()


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture, expected_logs: set[str]):
    """A warning of the program that no test asked for is a failure."""
    caplog.set_level(logging.INFO, logger="reviewer")
    yield
    loud = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name.startswith("reviewer") and record.levelno >= logging.WARNING
    ]
    assert [text for text in loud if not any(text.startswith(known) for known in expected_logs)] == []


@pytest.fixture(autouse=True)
def no_forgotten_thread():
    """Whoever starts a thread ends it."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert left == []
