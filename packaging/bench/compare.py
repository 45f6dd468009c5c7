"""An older revision and the present program, measured in turns in one run, and how many times more is needed.

    python packaging/bench compare REVISION [--only acts,search] [--quick] [--rounds N] [--photos N]

REVISION is unpacked into a temporary folder and run by this Python. Its parts are those of `comparison.py`.
Prints one table, ready for docs/performance.md: medians of the rounds, and the median of the ratios of runs
that followed one another. Exits 1 when a ratio is above 1.10. Times by the clock are told and not judged when
the machine does other work as well; processor time and memory always are.

Each revision makes its own large case, from the same seed, and keeps it in `--cases` for the next time. What
a revision cannot do is said in its row. Everything else is cleared away, also after a signal; after SIGKILL
by the next comparison.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from comparison import BOUND, PARTS, Figure, Part, select_parts
from measuring import make_parser, median

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).resolve().parent
_PREFIX, _WHOLE = "reviewer-compare-", "whole"
_IMPORTS = re.compile(r"^(?:from ([\w.]+) import |import ([\w.]+))", re.MULTILINE)
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_BUSY = 0.75
"""Work for more than this share of the processors, and the clock says nothing about the program."""
Told = dict[str, float]


class CannotMeasure(Exception):
    """Why a revision cannot do a part, in a few words."""


@dataclass
class Side:
    """A revision: where it lies unpacked, where its large case is."""

    name: str
    tree: Path
    collection: Path
    is_encrypted: bool = True
    own: set[str] = field(default_factory=set)
    """Benches of which the revision's own file is run, because the present one does not fit it."""


@dataclass
class Row:
    """A figure of a part in all rounds so far, before and present."""

    part: Part
    figure: Figure
    note: str = ""
    is_whole_part: bool = False
    is_broken: bool = False
    """The present program cannot do the part."""
    pairs: list[tuple[float, float]] = field(default_factory=list)

    def compute_ratio(self) -> float:
        """How many times more the present program needs; the inverse where more is better."""
        ratios = [(now / before if before else 1.0) for before, now in self.pairs]
        return median(
            [1 / ratio if ratio else float("inf") for ratio in ratios] if self.figure.more else ratios
        )


class Comparison:
    """Both sides in a temporary folder, and what was measured of them."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder, self._options = folder, options
        cases = Path(options.cases)
        commit = unpack(options.revision, folder / "before")
        digest = hash_tree(ROOT / "reviewer", HERE / "collection.py", HERE / "made_up.py")
        self.before = Side(commit, folder / "before", cases / f"{commit}-{options.photos}")
        self.now = Side("present", ROOT, cases / f"present-{digest}-{options.photos}")

    def check(self) -> None:
        """Raise SystemExit where a side would not run as itself."""
        if missing := find_missing_packages(self.before.tree):
            words = ", ".join(missing)
            sys.exit(f"{self.before.name} needs what is not installed here: {words}. Install it into this "
                     "virtual environment with pip, or compare with a later revision.")  # fmt: skip
        for side in (self.before, self.now):
            words = "import reviewer; print(reviewer.__file__)"
            told = self._run(side, [sys.executable, "-P", "-c", words])
            if Path(told.strip()).parent.parent.resolve() != side.tree.resolve():
                sys.exit(f"{side.name} would be run from {told.strip()}")

    def prepare(self) -> None:
        """The large case of each side; both without encryption where the older revision cannot otherwise."""
        try:
            self._prepare(self.before, HERE / "collection.py", [])
        except CannotMeasure:
            self.before.is_encrypted = self.now.is_encrypted = False
            for side in (self.before, self.now):
                side.collection = side.collection.with_name(f"{side.collection.name}-unencrypted")
            self._prepare(self.before, self.before.tree / "packaging/bench/collection.py", [])
        self._prepare(self.now, HERE / "collection.py", [] if self.now.is_encrypted else ["--unencrypted"])

    def _prepare(self, side: Side, script: Path, more: list[str]) -> None:
        if (side.collection / _WHOLE).exists():
            return
        tell(f"{side.name}: a case of {self._options.photos} photographs is made in {side.collection}")
        shutil.rmtree(side.collection, ignore_errors=True)
        try:
            arguments = [str(side.collection), "--photos", str(self._options.photos), *more]
            self._run(side, [sys.executable, str(script), *arguments])
        except CannotMeasure:
            shutil.rmtree(side.collection, ignore_errors=True)
            raise
        (side.collection / _WHOLE).touch()

    def measure(self, part: Part) -> list[Row]:
        """The rows of a part, in turns: before, present, before, present."""
        rows = [Row(part, figure) for figure in part.figures]
        for number in range(self._options.rounds):
            tell(f"{part.name}: round {number + 1} of {self._options.rounds}")
            try:
                before = self._measure_before(part)
            except CannotMeasure as why:
                note = f"cannot be measured in {self.before.name}: {why}"
                return [Row(part, part.figures[0], note, is_whole_part=True)]
            is_plain = part.bench in self.before.own or (part.collection and not self.now.is_encrypted)
            try:
                now = self._measure(self.now, HERE, part, ["--unencrypted"] if is_plain else [])
            except CannotMeasure as why:
                note = f"cannot be measured in the present program: {why}"
                return [Row(part, part.figures[0], note, is_whole_part=True, is_broken=True)]
            for row in rows:
                name = row.figure.name
                if name in before and name in now:
                    row.pairs.append((before[name], now[name]))
                else:
                    row.note = f"not told by {self.before.name}"
                if part.bench in self.before.own:
                    row.note = row.note or part.describe_own()
        return rows

    def _measure_before(self, part: Part) -> Told:
        """By the present bench where it fits; by the revision's own where that says as much."""
        own = self.before.tree / "packaging/bench"
        if part.bench in self.before.own:
            return self._measure(self.before, own, part, [])
        try:
            more = ["--unencrypted"] if part.collection and not self.before.is_encrypted else []
            return self._measure(self.before, HERE, part, more)
        except CannotMeasure as why:
            if part.is_outside or not (own / f"{part.bench}.py").exists():
                raise
            tell(f"the bench {part.bench} does not fit {self.before.name} ({why}); its own is run")
            try:
                told = self._measure(self.before, own, part, [])
            except CannotMeasure as other:
                raise CannotMeasure(f"{why}; its own bench: {other}") from None
            self.before.own.add(part.bench)
            return told

    def _measure(self, side: Side, benches: Path, part: Part, more: Sequence[str]) -> Told:
        """One run of a bench. Raises CannotMeasure."""
        chosen = list(part.quick if self._options.quick else part.options)
        is_own = side is self.before and benches != HERE
        with tempfile.TemporaryDirectory(dir=self._folder) as place:
            if part.collection == "--case":
                copy = shutil.copytree(side.collection / "collection.case", Path(place) / "copy.case")
                chosen += ["--case", str(copy)]
            elif part.collection:
                chosen += ["--folder", str(side.collection)]
            if not is_own:
                chosen += ["--unbounded", *more]
            told = self._run(
                side,
                [sys.executable, str(benches / f"{part.bench}.py"), *chosen, "--json"],
                may_end_with=(0, 1),
            )
        try:
            return flatten(json.loads(told.splitlines()[-1]))
        except (ValueError, IndexError):
            raise CannotMeasure("its bench printed no figures") from None

    def _run(self, side: Side, command: Sequence[str], may_end_with: Sequence[int] = (0,)) -> str:
        """What a process of a side prints. Its home is new each time; it ends with this process."""
        with tempfile.TemporaryDirectory(dir=self._folder) as home:
            environment = {
                **os.environ, "PYTHONPATH": str(side.tree), "HOME": home, "TMPDIR": home,
                "REVIEWER_DATA": str(Path(home) / "data"), "QT_QPA_PLATFORM": "offscreen",
                "PYTHONDONTWRITEBYTECODE": "1",
            }  # fmt: skip
            process = subprocess.Popen(
                command, env=environment, cwd=home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True, preexec_fn=partial(die_with, os.getpid()),
            )  # fmt: skip
            try:
                told, said = process.communicate()
            finally:
                end_group(process)
        is_broken = process.returncode not in may_end_with or "Traceback (most recent" in said
        if is_broken:
            lines = [line for line in said.strip().splitlines() if line.strip()]
            raise CannotMeasure(lines[-1] if lines else f"it ended with {process.returncode}")
        return told


def die_with(parent: int) -> None:
    """In a child: end when whoever started it has ended, however that came, and if it has already."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def end_group(process: subprocess.Popen[str]) -> None:
    """End a process and all that it started."""
    for number, patience in ((signal.SIGTERM, 20.0), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def unpack(revision: str, folder: Path) -> str:
    """A revision of this repository into `folder`; its short name."""

    def git(*words: str) -> bytes:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True)
        if done.returncode:
            sys.exit(f"git {words[0]}: {done.stderr.decode().strip()}")
        return done.stdout

    name = git("rev-parse", "--short=8", f"{revision}^{{commit}}").decode().strip()
    with tarfile.open(fileobj=io.BytesIO(git("archive", name))) as archive:
        if hasattr(tarfile, "data_filter"):
            archive.extractall(folder, filter="data")
        else:  # Python 3.11.2 of Debian 12
            archive.extractall(folder)  # noqa: S202 (what git made of this tree)
    return name


def find_missing_packages(tree: Path) -> list[str]:
    """Top-level packages that modules of the program import as they load, and that are not here."""
    found = set()
    for path in (tree / "reviewer").rglob("*.py"):
        for one, other in _IMPORTS.findall(path.read_text(encoding="utf-8")):
            found.add((one or other).partition(".")[0])
    known = {"reviewer", "__future__", *sys.stdlib_module_names}
    return sorted(name for name in found - known if importlib.util.find_spec(name) is None)


def hash_tree(*places: Path) -> str:
    """The first letters of a hash over Python files, so that a kept case is of the program that made it."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def flatten(told: dict[str, object]) -> Told:
    """Figures by name; those of each question of a search that tells them by themselves as their sum."""
    queries = told.pop("queries", None)
    figures = {name: float(value) for name, value in told.items() if isinstance(value, int | float)}
    if isinstance(queries, dict):
        figures["all questions (ms)"] = sum(row["ms"] for row in queries.values())
        figures["opened with its worklist (ms)"] = figures.pop("opening")
    return figures


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of this process; those of comparisons that were killed are removed first."""
    places = Path(tempfile.gettempdir())
    for left in places.glob(f"{_PREFIX}*"):
        if not Path(f"/proc/{left.name.removeprefix(_PREFIX).partition('-')[0]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as name:
        yield Path(name)


def format_table(rows: Sequence[Row], *, is_busy: bool) -> tuple[list[str], list[str]]:
    """The lines of the table, and what was lost."""
    lines, lost = ["| what | before | present | ratio | bound |", "|---|---|---|---|---|"], []
    for row in rows:
        what = f"{row.part.name}: {row.figure.name}"
        if not row.pairs:
            lines.append(f"| {row.part.name if row.is_whole_part else what} | {row.note} | | | |")
            lost += [f"{row.part.name}: {row.note}"] if row.is_broken else []
            continue
        before, now = (median([pair[side] for pair in row.pairs]) for side in (0, 1))
        ratio = row.compute_ratio()
        is_judged = not (row.figure.by_clock and is_busy)
        is_lost = is_judged and ratio > BOUND
        note = f" ({row.note})" if row.note else ""
        shown = f"**{ratio:.2f}**" if is_lost else f"{ratio:.2f}"
        bound = f"{BOUND:.2f}" if is_judged else "by the clock"
        lines.append(f"| {what}{note} | {before:,.4g} | {now:,.4g} | {shown} | {bound} |")
        if is_lost:
            lost.append(f"{what}: {ratio:.2f} times, the bound is {BOUND:.2f}")
    return lines, lost


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("revision", help="whatever git knows: a commit, a tag, HEAD~20")
    names = ", ".join(part.name for part in PARTS)
    parser.add_argument("--only", default="", help=f"parts by the beginnings of their names: {names}")
    parser.add_argument("--quick", action="store_true", help="small inputs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--photos", type=int, help="of the large case: 55,000, with --quick 2,000")
    kept = Path(tempfile.gettempdir()) / "reviewer-bench-cases"
    parser.add_argument("--cases", type=Path, default=kept, help=f"where large cases are kept ({kept})")
    options = parser.parse_args()
    options.photos = options.photos or (2_000 if options.quick else 55_000)
    chosen = select_parts(options.only)
    if not chosen:
        parser.error(f"no part is called so: {options.only}. There are: {names}")
    signal.signal(signal.SIGHUP, lambda _number, _frame: sys.exit(128 + signal.SIGHUP))
    processors = os.cpu_count() or 1
    load = os.getloadavg()[1]
    is_busy = load > _BUSY * processors
    with temporary_folder() as folder:
        comparison = Comparison(folder, options)
        comparison.check()
        if any(part.collection for part in chosen):
            comparison.prepare()
        rows: list[Row] = []
        for part in chosen:
            found = comparison.measure(part)
            rows += found
            tell("\n".join(format_table(found, is_busy=is_busy)[0][2:]))
    lines, lost = format_table(rows, is_busy=is_busy)
    size = f"a large case of {options.photos:,} photographs, {'small inputs, ' if options.quick else ''}"
    print(
        f"{comparison.before.name} and the present program, {datetime.now(UTC):%Y-%m-%d}, {size}"
        f"{options.rounds} rounds in turns; {processors} processors ({platform.machine()}), "
        f"load {load:.1f} before it began{', so times by the clock are not judged' if is_busy else ''}.\n"
    )
    print("\n".join(lines))
    for sentence in lost:
        tell(f"LOST  {sentence}")
    sys.exit(bool(lost) and not options.unbounded)


if __name__ == "__main__":
    main()
