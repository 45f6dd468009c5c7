"""How fast photographs are ingested, against the least that must be done: SHA-256 and a 1/8 decode.

python packaging/bench/ingest.py [--photos 400] [--source FOLDER] [--keep FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import simplejpeg
from measuring import PeakMemory, in_folder, median, report

from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool

_RUNS = 3


def limit(paths: list[Path]) -> float:
    """Seconds for hashing and decoding every file at an eighth of its size, with two threads."""

    def one(path: Path) -> None:
        content = path.read_bytes()
        hashlib.sha256(content).digest()
        try:
            height, width, *_rest = simplejpeg.decode_jpeg_header(content)
            simplejpeg.decode_jpeg(content, min_width=width // 8, min_height=height // 8)
        except ValueError:
            return

    began = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(one, paths))
    return time.perf_counter() - began


def ours(source: Path, case_folder: Path) -> tuple[float, float]:
    """Seconds for a whole ingest, and the peak memory of all processes in MiB."""
    case, pool = create_case(case_folder, "Benchmark", "Benchmark", None), new_pool()
    with PeakMemory() as memory:
        began = time.perf_counter()
        ingest(case, pool, case.examiners()[0].id, source, JobControl())
        took = time.perf_counter() - began
    pool.close()
    case.close()
    return took, memory.peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    parser.add_argument("--runs", type=int, default=_RUNS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with in_folder(options.keep) as folder:
        source = options.source or folder / "photographs"
        if options.source is None:
            make_collection(source, options.photos, seed=1)
        paths = [path for path in source.rglob("*") if path.is_file()]
        limits, times, peaks = [], [], []
        for number in range(options.runs):
            limits.append(limit(paths))
            took, peak = ours(source, folder / f"run {number} {time.time_ns()}.case")
            times.append(took)
            peaks.append(peak)
        size = sum(path.stat().st_size for path in paths)
        report(
            "ingest",
            {
                "files": len(paths),
                "mean size (MB)": size / len(paths) / 1e6,
                "files per second (median)": len(paths) / median(times),
                "the limit: files per second (median)": len(paths) / median(limits),
                "share of the limit": median(limits) / median(times),
                "peak memory, all processes (MiB)": max(peaks),
            },
            options.json,
        )


if __name__ == "__main__":
    main()
