"""Measuring cannot rot: benchmarks run on a tiny input, end well and print every row of their tables.

Nothing is said of times. Cases are encrypted, as by default; many take a copy of one that is made here.
"""

import json
import math
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.media.ocr import text_models
from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from tests.support.cases import ingested

BENCHES = Path(__file__).parents[2] / "packaging" / "bench"
NAMES = runpy.run_path(str(BENCHES / "__main__.py"))["NAMES"]
PARTS = runpy.run_path(str(BENCHES / "comparison.py"))["PARTS"]
PASSPHRASE = runpy.run_path(str(BENCHES / "measuring.py"))["PASSPHRASE"]

PLAIN = {
    "acts": ("--acts 21 --before 30", 18),
    "search": ("--photos 120 --folder {collection}", 70),
    "reports": ("--photos 120 --sheets 2 --folder {collection}", 13),
    "collection": ("{collection} --photos 120", 3),
    "verifying": ("--entries 150 --runs 1 --case {verified}", 10),
    "earlier": ("--entries 150 --runs 1 --case {verified}", 7),
    "duplicates": ("--photos 400", 10),
    "enhance": ("--size 0.2 --times 1", 25),
    "ingest": ("--photos 6 --size 0.2 --runs 1", 7),
    "inside": ("--case {case} --steps 3 --pause 0 --moves 2", 15),
    "reading": ("--case {case} --photos 6", 7),
    "sorting": ("--case {case} --photos 10 --pause 0", 7),
    "theme": ("--case {case} --changes 2", 6),
    "freezes": ("--case {case} --actions go.", 12),
    "day": ("--case {case} --pages 20 --acts 6", 14),
    "gallery": ("--case {collection}/collection.case --seconds 0.3", 15),
}
"""Without a screen: options, and how many rows there are."""

ON_A_SCREEN = {
    "paging": ("--photos 36 --size 2 --steps 2 --pause 0 --held 0.3 --holds 1", 20),
    "opening": ("--photos 120 --runs 1", 4),
    "memory": ("--photos 16 --size 0.2 --rounds 3 --held 0.3", 7),
}


WITHOUT_A_RUN = {"tasks", "locking"}
"""They drive a window for minutes where a machine has many times the work of its processors. There the window
locks itself, or its successor does not come within its minute: no test may depend on that."""


def run_bench(name, options, home):
    """The rows that a bench prints, once by name."""
    environment = {**os.environ, "REVIEWER_DATA": str(home / "account"), "TMPDIR": str(home)}
    command = [sys.executable, str(BENCHES), name, *options.split(), "--unbounded", "--json"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=home)
    assert told.returncode == 0, told.stderr
    rows = json.loads(told.stdout.splitlines()[-1])
    assert rows.pop("benchmark") == name
    return rows


def assert_whole(name, rows, count):
    compared = {figure.name for part in PARTS if part.bench == name for figure in part.figures}
    assert compared <= set(rows), "what is compared is told"
    assert len(rows) == count, sorted(rows)
    figures = [value for value in rows.values() if not isinstance(value, str)]
    assert all(math.isfinite(value) and value >= 0 for value in figures), rows


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """A small encrypted case of drawn photographs, whose passphrase costs next to nothing, and a place for
    the small collection, which the first bench that needs one makes."""
    folder = tmp_path_factory.mktemp("benches")
    make_collection(folder / "photographs", 12, seed=1)
    case = create_case(folder / "tiny.case", "Benchmark", "Benchmark", PASSPHRASE)
    ingested(case, folder / "photographs")
    case.close()
    return {"case": case.folder, "collection": folder / "collection", "verified": folder / "verified"}


@pytest.mark.parametrize("name", PLAIN)
def test_a_bench_runs_on_a_tiny_input(name, tiny, tmp_path):
    options, count = PLAIN[name]
    if "{collection}" in options and not (tiny["collection"] / "collection.case").exists():
        run_bench("collection", f"{tiny['collection']} --photos 120", tmp_path)
    assert_whole(name, run_bench(name, options.format(**tiny), tmp_path), count)


@pytest.mark.screen
@pytest.mark.parametrize("name", ON_A_SCREEN)
def test_a_bench_runs_on_a_tiny_input_on_a_screen(name, tmp_path):
    options, count = ON_A_SCREEN[name]
    assert_whole(name, run_bench(name, options, tmp_path), count)


def test_the_bench_of_the_text_reader_runs_where_it_is_installed(tmp_path):
    if text_models.find_trouble():
        told = subprocess.run(
            [sys.executable, str(BENCHES), "ocr"], capture_output=True, text=True, cwd=tmp_path
        )
        assert told.returncode == 1
        assert told.stderr.strip() == text_models.find_trouble()
    else:
        assert_whole("ocr", run_bench("ocr", "--photos 1", tmp_path), 7)


def test_a_process_that_has_ended_is_no_trouble_for_who_watches(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHES))
    import measuring

    ended = subprocess.Popen(["true"])
    ended.wait()
    assert list(measuring.list_family(ended.pid)) == [ended.pid]
    assert measuring.family_memory(ended.pid) == measuring.count_processor_seconds(ended.pid) == 0.0


def test_every_bench_has_a_tiny_run_or_is_named_among_those_without():
    assert {*PLAIN, *ON_A_SCREEN, *WITHOUT_A_RUN, "ocr", "compare"} == set(NAMES)
