"""Two revisions are compared in turns; the table says what became slower, and nothing stays behind."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
BENCHES = ROOT / "packaging" / "bench"
_RUN = """
import sys
sys.path.insert(0, {benches!r})
import compare
from comparison import Figure, Part
figures = (Figure("pairs to look at closely"), Figure("no such figure"))
part = Part("greys", "duplicates", (), ("--photos", {photos!r}), figures)
compare.select_parts = lambda names: [part]
sys.argv[1:] = ["HEAD", "--quick", "--rounds", "2", "--unbounded"]
compare.main()
"""


@pytest.fixture
def compare(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHES))
    import compare

    return compare


@pytest.fixture
def comparison(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHES))
    import comparison

    return comparison


def begun(photos, places):
    words = _RUN.format(benches=str(BENCHES), photos=photos)
    return subprocess.Popen(
        [sys.executable, "-c", words],
        env={**os.environ, "TMPDIR": str(places)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_revision_is_compared_in_turns_and_nothing_of_it_stays(tmp_path):
    process = begun("200", tmp_path)
    told, said = process.communicate()
    assert process.returncode == 0, said
    rows = told.splitlines()
    assert rows[2:4] == ["| what | before | present | ratio | bound |", "|---|---|---|---|---|"]
    assert rows[4] == "| greys: pairs to look at closely | 10 | 10 | 1.00 | 1.10 |"
    assert rows[5].startswith("| greys: no such figure | not told by ")
    assert said.count("greys: round") == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.linux
def test_a_comparison_that_is_ended_clears_away_what_it_began(tmp_path):
    process = begun("400000", tmp_path)
    for line in process.stderr:
        if "round 1" in line:
            break
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (begun_by_it := children.read_text().split()):
        assert process.poll() is None
    ends = [os.pidfd_open(int(pid)) for pid in begun_by_it]
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    for end in ends:
        assert select.select([end], [], [], 60)[0], "a process goes on"
        os.close(end)


def test_what_a_killed_comparison_left_is_cleared_away_by_the_next(compare, monkeypatch, tmp_path):
    monkeypatch.setattr(compare.tempfile, "tempdir", str(tmp_path))
    gone = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True).stdout.strip()
    left, others = tmp_path / f"reviewer-compare-{gone}-x", tmp_path / f"reviewer-compare-{os.getppid()}-y"
    for folder in (left, others):
        (folder / "before").mkdir(parents=True)
    with compare.temporary_folder() as mine:
        assert sorted(tmp_path.iterdir()) == sorted([mine, others])


def rows_of(compare, comparison, *pairs, **kind):
    part = comparison.Part("part", "bench", (), (), ())
    return [compare.Row(part, comparison.Figure("figure", **kind), pairs=list(pairs))]


@pytest.mark.parametrize(
    ("pairs", "kind", "is_busy", "is_lost"),
    [
        ([(10, 11)], {}, True, False),
        ([(10, 11.2)], {}, True, True),
        ([(10, 30), (10, 9), (10, 9)], {}, False, False),
        ([(10, 30)], {"by_clock": True}, True, False),
        ([(10, 30)], {"by_clock": True}, False, True),
        ([(30, 10)], {"more": True}, False, True),
        ([(10, 30)], {"more": True}, False, False),
    ],
)
def test_what_is_above_a_tenth_more_is_lost(compare, comparison, pairs, kind, is_busy, is_lost):
    rows = rows_of(compare, comparison, *pairs, **kind)
    lines, lost = compare.format_table(rows, is_busy=is_busy)
    assert bool(lost) is is_lost
    assert ("**" in lines[-1]) is is_lost


def test_a_part_that_a_revision_cannot_do_says_why(compare, comparison):
    part = comparison.Part("part", "bench", (), (), ())
    rows = [
        compare.Row(
            part,
            comparison.Figure("figure"),
            note="cannot be measured in abc: no such verb",
            is_whole_part=True,
        )
    ]
    lines, lost = compare.format_table(rows, is_busy=False)
    assert lines[-1] == "| part | cannot be measured in abc: no such verb | | | |"
    assert lost == []


def test_a_part_that_the_present_program_cannot_do_is_lost(compare, comparison, tmp_path, monkeypatch):
    part = comparison.Part("part", "bench", (), (), (comparison.Figure("figure"),))
    made = compare.Comparison.__new__(compare.Comparison)
    made.before, made.now = (compare.Side(name, tmp_path, tmp_path) for name in ("abc", "present"))
    made._options = SimpleNamespace(rounds=1)

    def measure(side, *_):
        if side is made.now:
            raise compare.CannotMeasure("it fell")
        return {"figure": 1.0}

    monkeypatch.setattr(made, "_measure", measure)
    lines, lost = compare.format_table(made.measure(part), is_busy=False)
    assert lines[-1] == "| part | cannot be measured in the present program: it fell | | | |"
    assert lost == ["part: cannot be measured in the present program: it fell"]


def test_a_package_that_is_missing_is_named(compare, tmp_path):
    (tmp_path / "reviewer").mkdir()
    words = 'import os\nimport numpy.linalg\nfrom gone.part import thing\n"""\nfrom here on it is not\n"""\n'
    (tmp_path / "reviewer" / "module.py").write_text(words)
    assert compare.find_missing_packages(tmp_path) == ["gone"]
    assert compare.find_missing_packages(ROOT) == []


def test_parts_are_chosen_by_the_beginnings_of_their_names(comparison):
    assert [part.name for part in comparison.select_parts("acts, ingest of 2")] == [
        "ingest of 2 megapixels",
        "acts",
    ]
    assert comparison.select_parts("") == list(comparison.PARTS)
    assert comparison.select_parts("acts,nonsense") == []
