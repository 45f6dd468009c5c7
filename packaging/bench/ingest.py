"""How fast photographs are ingested, against the least that must be done: SHA-256 and a 1/8 decode.

    python packaging/bench ingest [--photos 400] [--size 0.2|2|12|24 | --source FOLDER] [--runs 3]

Without `--size` and `--source` the photographs are the drawn ones of a demonstration. The command line is run
as a person would; what making the empty case takes, mostly starting and stretching the passphrase, is taken
off. Exits 1 below 0.75 of that limit, 0.5 for small files, or above 450 MiB in all processes.
"""

from __future__ import annotations

import hashlib
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import simplejpeg
from measuring import Watch, finish, in_folder, make_parser, median
from outside import NEW, PROGRAM, list_words
from photographs import SIZES, make_photographs

SHARE, SHARE_OF_SMALL, MOST_MEMORY = 0.75, 0.5, 450.0
SMALL_MB = 0.2
"""A file below this is small: all that is done to a file weighs more there than decoding it."""


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


def run_and_watch(command: list[str]) -> tuple[float, float, float]:
    """Seconds of a command by the clock and of all its processes, and the most memory they held, in MiB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        with Watch(process.pid) as watch:
            told = process.communicate()[1]
    finally:
        process.kill()
    if process.returncode:
        raise RuntimeError(told.decode())
    return time.perf_counter() - began, watch.processor, watch.peak


def make_drawn(source: Path, photos: int) -> None:
    """The photographs of a demonstration, from a process of its own."""
    words = (
        "import sys; from pathlib import Path; from reviewer.services.demo.collection import make_collection;"
    )
    words += "make_collection(Path(sys.argv[1]), int(sys.argv[2]), seed=1)"
    subprocess.run([*PROGRAM[:2], "-c", words, str(source), str(photos)], check=True)


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--size", type=float, choices=sorted(SIZES), help="megapixels")
    parser.add_argument("--source", type=Path, help="a folder of photographs instead of drawn ones")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    is_encrypted = not options.unencrypted
    with in_folder(None) as folder:
        source = options.source or folder / "photographs"
        if options.source is None and options.size is None:
            make_drawn(source, options.photos)
        elif options.source is None:
            make_photographs(source, options.photos, *SIZES[options.size])
        paths = [path for path in source.rglob("*") if path.is_file()]
        limits, times, spent, peaks = [], [], [], []
        for number in range(options.runs):
            limits.append(limit(paths))
            case = str(folder / f"run {number}.case")
            idle = run_and_watch(list_words(folder, "new", case, *NEW, is_encrypted=is_encrypted))
            told = run_and_watch(list_words(folder, "ingest", case, str(source), is_encrypted=is_encrypted))
            times.append(max(told[0] - idle[0], 1e-3))
            spent.append(max(told[1] - idle[1], 1e-3))
            peaks.append(told[2])
        size = sum(path.stat().st_size for path in paths)
    figures: dict[str, float | int | str] = {
        "files": len(paths),
        "mean size (MB)": size / len(paths) / 1e6,
        "files per second (median)": len(paths) / median(times),
        "processor for a file (ms, median)": median(spent) / len(paths) * 1000,
        "the limit: files per second (median)": len(paths) / median(limits),
        "share of the limit": median(limits) / median(times),
        "peak memory, all processes (MiB)": max(peaks),
    }
    share, least = (
        median(limits) / median(times),
        SHARE if size / len(paths) / 1e6 > SMALL_MB else SHARE_OF_SMALL,
    )
    lost = [f"{share:.2f} of the limit, the bound is {least}"] if share < least else []
    if max(peaks) > MOST_MEMORY:
        lost.append(f"all processes held {max(peaks):.0f} MiB, the bound is {MOST_MEMORY:.0f}")
    finish("ingest", figures, options, lost)


if __name__ == "__main__":
    main()
