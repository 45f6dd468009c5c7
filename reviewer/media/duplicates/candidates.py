"""Which photographs may be one picture: resaved, resized, brightened, a little cropped, turned or mirrored.

Each photograph is 32 x 32 greys of its upright small picture. The signs of 63 low frequencies of their
cosine transform are its hash; turned and mirrored by quarters, the same frequencies change places and signs,
so that all eight hashes come from one. Photographs whose hashes agree in 16 bits of one of 16 bands are
candidates; those unlike in more than MOST_UNLIKE bits or less correlated than LEAST_CORRELATED are not.

No step is quadratic: in a band a photograph is compared with at most WINDOW others, those beside it in the
order of the hash, and it keeps its KEPT best ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reviewer.domain.photos.photo import FINGERPRINT_SIDE

MAX_HAMMING_DISTANCE = 12
MIN_CORRELATION = 0.96
BANDS, BAND_BITS = 16, 16
WINDOW, KEPT_NEIGHBOURS = 64, 24
TRANSFORMS = 8
FINGERPRINT_BYTES = FINGERPRINT_SIDE * FINGERPRINT_SIDE
MIRRORING_TRANSFORMS = frozenset({1, 2, 4, 7})
"""Transforms are numbers: 1 mirrors left and right, 2 top and bottom, 4 swaps rows and columns first."""

_CHUNK = 4096
_HIGHEST_FREQUENCY = 10
IntArray = NDArray[np.int64]
HashArray = NDArray[np.uint64]
Fingerprints = NDArray[np.uint8]
FloatArray = NDArray[np.float32]


def _list_low_frequencies() -> list[tuple[int, int]]:
    """63 (down, across), the lowest first; with each its mirror at the diagonal."""
    span = range(_HIGHEST_FREQUENCY + 1)
    low = [
        (u, v)
        for u in span
        for v in span
        if 1 <= u + v <= _HIGHEST_FREQUENCY and _HIGHEST_FREQUENCY not in (u, v)
    ]
    return sorted(low, key=lambda pair: (sum(pair), pair))


_PAIRS = _list_low_frequencies()
_DOWN, _ACROSS = (np.array(pair) for pair in zip(*_PAIRS, strict=True))
_PIXEL_INDEX = np.arange(FINGERPRINT_SIDE)
_COSINES = np.cos(
    np.pi
    * (2 * _PIXEL_INDEX[None, :] + 1)
    * np.arange(_HIGHEST_FREQUENCY + 1)[:, None]
    / (2 * FINGERPRINT_SIDE)
).astype(np.float32)


def stack_fingerprints(looks: Sequence[bytes]) -> Fingerprints:
    """The greys of several photographs (see likeness) as pictures, one after the other."""
    return np.frombuffer(b"".join(looks), np.uint8).reshape(-1, FINGERPRINT_SIDE, FINGERPRINT_SIDE)


def apply_transform(pictures: NDArray[np.generic], transform: int) -> NDArray[np.generic]:
    """Square pictures (the last two axes) under one of the eight transforms."""
    if transform & 4:
        pictures = pictures.swapaxes(-1, -2)
    if transform & 1:
        pictures = pictures[..., ::-1]
    return pictures[..., ::-1, :] if transform & 2 else pictures


def compute_hashes(greys: Fingerprints) -> HashArray:
    """The hash of each picture under each transform, as rows of eight."""
    found = np.empty((len(greys), TRANSFORMS), np.uint64)
    weights = np.left_shift(np.uint64(1), np.arange(len(_PAIRS), dtype=np.uint64)[::-1])
    for start in range(0, len(greys), _CHUNK):
        some = greys[start : start + _CHUNK].astype(np.float32)
        waves = _COSINES @ some @ _COSINES.T
        for transform in range(TRANSFORMS):
            down, across = (_ACROSS, _DOWN) if transform & 4 else (_DOWN, _ACROSS)
            signs = waves[:, down, across]
            if transform & 1:
                signs = signs * (1 - 2 * (_ACROSS % 2))
            if transform & 2:
                signs = signs * (1 - 2 * (_DOWN % 2))
            found[start : start + _CHUNK, transform] = ((signs > 0) * weights).sum(1, dtype=np.uint64)
    return found


def find_candidate_pairs(
    greys: Fingerprints, check: Callable[[], None] = lambda: None
) -> tuple[IntArray, FloatArray]:
    """Pairs of pictures (rows of two places, the smaller first) that may be one, and their correlation.

    `check` is called now and then and may raise to stop.
    """
    if len(greys) < 2:
        return np.empty((0, 2), np.int64), np.empty(0, np.float32)
    codes, _unlike = _collect_candidates(compute_hashes(greys), check)
    pairs = np.stack(np.divmod(codes, max(1, len(greys))), axis=1)
    best = np.empty(len(pairs), np.float32)
    for start in range(0, len(pairs), _CHUNK):
        check()
        one, other = pairs[start : start + _CHUNK].T
        best[start : start + _CHUNK] = _correlate_transforms(greys[one], greys[other]).max(axis=0)
    kept = best >= MIN_CORRELATION
    return pairs[kept], best[kept]


def find_best_transform(one: Fingerprints, other: Fingerprints) -> tuple[int, float]:
    """The transform under which `other` is most like `one`, and their correlation (1 is equal)."""
    found = _correlate_transforms(one[None], other[None])[:, 0]
    best = int(found.argmax())
    return best, float(found[best])


def _correlate_transforms(one: Fingerprints, other: Fingerprints) -> FloatArray:
    """A row for each transform of `other`: the normalised correlation with `one`."""
    left = _normalise(one)
    right = _normalise(other).reshape(-1, FINGERPRINT_SIDE, FINGERPRINT_SIDE)
    rows = [
        np.einsum(
            "ij,ij->i", left, np.ascontiguousarray(apply_transform(right, transform)).reshape(len(left), -1)
        )
        for transform in range(TRANSFORMS)
    ]
    return np.stack(rows)


def _normalise(greys: Fingerprints) -> FloatArray:
    flat = greys.reshape(len(greys), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    length = np.sqrt(np.einsum("ij,ij->i", flat, flat))
    flat /= np.maximum(length, 1e-6)[:, None]
    return flat


def _collect_candidates(found: HashArray, check: Callable[[], None]) -> tuple[IntArray, NDArray[np.uint8]]:
    """Codes (place * count + other place) of pairs with near hashes, and how many bits are unlike."""
    count = len(found)
    codes, unlike = np.empty(0, np.int64), np.empty(0, np.uint8)
    rng = np.random.default_rng(63)  # which bits make a band is fixed once and for all
    for band in range(BANDS):
        bits = np.sort(rng.choice(len(_PAIRS), BAND_BITS, replace=False))
        keys = _make_band_key(found, bits, band)
        order = np.argsort(keys[:, 0], kind="stable")
        base = keys[order, 0]
        for transform in range(TRANSFORMS):
            check()
            new, bits_unlike = _find_pairs_in_band(found, base, order, keys[:, transform], transform)
            codes, unlike = np.concatenate([codes, new]), np.concatenate([unlike, bits_unlike])
        codes, unlike = _keep_nearest(codes, unlike, count)
    return codes, unlike


def _make_band_key(found: HashArray, bits: NDArray[np.int64], band: int) -> HashArray:
    """The bits of the band first, then the rest of the hash, which begins elsewhere in each band."""
    key = np.zeros_like(found)
    for bit in bits:
        key = (key << np.uint64(1)) | ((found >> np.uint64(bit)) & np.uint64(1))
    by = np.uint64(1 + 3 * band)
    rest = (found << by) | (found >> (np.uint64(63) - by))
    return (key << np.uint64(64 - BAND_BITS)) | (
        (rest & np.uint64((1 << 63) - 1)) >> np.uint64(BAND_BITS - 1)
    )


def _find_pairs_in_band(
    found: HashArray, base: HashArray, order: IntArray, asked: HashArray, transform: int
) -> tuple[IntArray, NDArray[np.uint8]]:
    """Pairs that agree in the band when one of them is transformed."""
    rest = np.uint64(64 - BAND_BITS)
    first = np.searchsorted(base, (asked >> rest) << rest, "left")
    last = np.searchsorted(base, asked | ((np.uint64(1) << rest) - np.uint64(1)), "right")
    place = np.searchsorted(base, asked, "left")
    first = np.maximum(first, place - WINDOW // 2)
    last = np.maximum(first, np.minimum(last, place + WINDOW // 2))
    lengths = last - first
    one = np.repeat(np.arange(len(found)), lengths)
    starts = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    other = order[starts + np.arange(len(one))]
    unlike = np.bitwise_count(found[one, transform] ^ found[other, 0])
    near = (unlike <= MAX_HAMMING_DISTANCE) & (one != other)
    one, other = one[near], other[near]
    return np.minimum(one, other) * len(found) + np.maximum(one, other), unlike[near]


def _keep_nearest(
    codes: IntArray, unlike: NDArray[np.uint8], count: int
) -> tuple[IntArray, NDArray[np.uint8]]:
    """Each pair once, and of each picture its KEPT nearest as the first and as the second of a pair."""
    if not len(codes):
        return codes, unlike
    order = np.lexsort((unlike, codes))
    codes, unlike = codes[order], unlike[order]
    new = np.concatenate([[True], codes[1:] != codes[:-1]])
    codes, unlike = codes[new], unlike[new]
    kept = np.zeros(len(codes), bool)
    for side in np.divmod(codes, count):
        order = np.lexsort((unlike, side))
        ranked = side[order]
        begins = np.searchsorted(ranked, ranked, "left")
        kept[order[np.arange(len(ranked)) - begins < KEPT_NEIGHBOURS]] = True
    return codes[kept], unlike[kept]
