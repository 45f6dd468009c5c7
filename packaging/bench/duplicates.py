"""How long finding near-duplicates takes, and whether twice the photographs take twice the time.

    python packaging/bench duplicates [--photos 55000] [--json]

The greys are generated: soft pictures with noise, one in twenty a brighter or darker copy of another one,
turned or mirrored. Half as many are done first in the same run. The close look at small pictures is measured
by itself. Exits 1 if twice the photographs take more than three times as long.
"""

from __future__ import annotations

import io
import time

import cv2
import numpy as np
from measuring import Watch, finish, make_parser, median
from PIL import Image

from reviewer.domain.photos.photo import FINGERPRINT_SIDE
from reviewer.media.duplicates import candidates, clustering, same_image

SHARE, SURE = 20, 0.99
LIMIT = 3.0
_AT_ONCE = 2000


def generated(count: int) -> candidates.Fingerprints:
    """Pictures, the last ones being altered copies of the first ones, in reverse order."""
    rng = np.random.default_rng(count)
    greys = np.empty((count, FINGERPRINT_SIDE, FINGERPRINT_SIDE), np.uint8)
    for start in range(0, count, _AT_ONCE):
        for place in range(start, min(count, start + _AT_ONCE)):
            coarse = rng.normal(128, 45, (8, 8)).astype(np.float32)
            fine = cv2.resize(coarse, (FINGERPRINT_SIDE, FINGERPRINT_SIDE), interpolation=cv2.INTER_CUBIC)
            greys[place] = np.clip(fine + rng.normal(0, 6, fine.shape), 0, 255)
    for place in range(count // SHARE):
        turned = candidates.apply_transform(greys[place], place % candidates.TRANSFORMS).astype(np.float32)
        noisy = turned * rng.uniform(0.75, 1.1) + rng.normal(0, 2, turned.shape)
        greys[count - 1 - place] = np.clip(noisy, 0, 255)
    return greys


def found(greys: candidates.Fingerprints) -> tuple[float, int, int, int]:
    """Seconds of the processors, pairs that are looked at closely, groups, altered copies that were found."""
    began = time.process_time()
    pairs, _correlation = candidates.find_candidate_pairs(greys)

    def same(one: int, other: int) -> bool:
        return candidates.find_best_transform(greys[one], greys[other])[1] >= SURE

    groups = clustering.cluster_pairs(((int(one), int(other)) for one, other in pairs), same)
    took = time.process_time() - began
    count = len(greys)
    known = {tuple(group) for group in groups}
    hits = sum((place, count - 1 - place) in known for place in range(count // SHARE))
    return took, len(pairs), len(groups), hits


def close_looks() -> float:
    """Milliseconds of opening two small pictures and looking at them closely, with fitting; the median."""
    rng = np.random.default_rng(1)
    coarse = rng.integers(30, 225, (9, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((256, 192), Image.Resampling.BICUBIC)
    jpegs = []
    for box in ((0, 0, 256, 192), (3, 2, 254, 190)):
        written = io.BytesIO()
        picture.crop(box).save(written, "JPEG", quality=80)
        jpegs.append(written.getvalue())
    times = []
    for _time in range(50):
        began = time.process_time()
        one, other = (same_image.load_grey_image(jpeg) for jpeg in jpegs)
        if one is None or other is None:
            raise RuntimeError("a small picture could not be opened")
        same_image.is_same_image(one, other, 0, may_be_cut=True)
        times.append((time.process_time() - began) * 1000)
    return median(times)


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    options = parser.parse_args()
    half, whole = generated(options.photos // 2), generated(options.photos)
    with Watch() as memory:
        half_took, half_pairs, _groups, _hits = found(half)
        took, pairs, groups, hits = found(whole)
    growth = took / half_took
    finish(
        "duplicates",
        {
            "photographs": options.photos,
            "seconds of the processors": took,
            "pairs to look at closely": pairs,
            "groups": groups,
            "altered copies found": f"{hits:,} of {options.photos // SHARE:,}",
            "half as many photographs (seconds)": half_took,
            "half as many photographs (pairs)": half_pairs,
            "twice the photographs take (times as long)": growth,
            "peak memory of the process (MiB)": memory.peak,
            "one close look with fitting (ms)": close_looks(),
        },
        options,
        [f"twice the photographs take {growth:.1f} times as long, the bound is {LIMIT}"]
        if growth > LIMIT
        else [],
    )


if __name__ == "__main__":
    main()
