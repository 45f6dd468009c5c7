"""What holds for every test: no network, no home, no forgotten thread, no unexpected log line."""

import gc
import logging
import os
import sys
import threading

import pytest
from hypothesis import settings

from reviewer.keys import passphrase
from reviewer.services.pictures import decoding

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "*.debug=false;qt.qpa.*=false"

settings.register_profile("reviewer", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("reviewer")


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise AssertionError(f"a test or the program reached for the network: {arguments[1]}")


sys.addaudithook(_no_network)


_MUCH = 100_000  # objects since the last collection

_once = []


@pytest.fixture(autouse=True)
def collected_by_the_main_thread(request: pytest.FixtureRequest):
    """As in the program: an object of Qt that another thread collected would be ended where it does not live.

    First of the fixtures, so that it is the last to end.
    """
    gc.disable()
    yield
    if "qapp" in request.fixturenames or gc.get_count()[0] > _MUCH:
        gc.collect()
        if not _once:
            _once.append(True)
            gc.freeze()  # modules and what they hold: not to be looked through after each test


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own folders are in a temporary place."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("REVIEWER_DATA", str(home / "data"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second on purpose; in tests next to nothing."""
    monkeypatch.setattr(passphrase, "make_stretching", lambda: passphrase.KeyStretching(1, 1, 64))


@pytest.fixture(autouse=True)
def no_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started only to be asked again costs a second; tests of proving make their own."""
    monkeypatch.setattr(decoding, "PROVE_DECODING", False)


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
        thread.join(5)
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert left == []
