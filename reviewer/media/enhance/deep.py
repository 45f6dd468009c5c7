"""The same steps on 16 bits per value, for photographs that have more than 8.

A plane is rows of blue, green, red, 0 .. 65535, with the meaning that 0 .. 255 has elsewhere: what the number
of a step says holds for both. All stays in 16 bits between steps; only what is shown has 8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.domain.reading.enhancement import EnhancementChain, EnhancementStep
from reviewer.media.enhance import colour, local, tables

DeepPixels = NDArray[np.uint16]
_WHITE_LEVEL, _LEVELS_PER_BYTE = 65535, 257
_LAB_OFFSET = np.array([0, 128, 128], np.float32)
_ROWS_AT_ONCE = 256
"""Rows that are converted at once: the way leads over floating point, four times as large."""


def apply_chain_in_16_bits(plane: DeepPixels, chain: EnhancementChain, scale: float) -> NDArray[np.uint8]:
    """Rows of blue, green, red, unused in 8 bits; `plane` has shape (height, width) or (height, width, 3).

    `scale` is pixels of the plane per pixel of the photograph. KeyError for a tool that is not known.
    """
    values = plane if plane.ndim == 3 else np.repeat(plane[:, :, None], 3, axis=2)
    waiting: DeepPixels | None = None
    for step in chain.active:
        if step.tool in tables.CURVE_BUILDERS:
            waiting = _compose_tables(waiting, _build_table(step))
            continue
        values = _WHOLE_PICTURE_STEPS[step.tool](_apply_table(values, waiting), step, scale)
        waiting = None
    eight = (
        (_apply_table(values, waiting).astype(np.uint32) + _LEVELS_PER_BYTE // 2) // _LEVELS_PER_BYTE
    ).astype(np.uint8)
    return cast(NDArray[np.uint8], cv2.cvtColor(eight, cv2.COLOR_BGR2BGRA))


def _build_table(step: EnhancementStep) -> DeepPixels:
    """A table of 65536 values for each of blue, green and red."""
    curves = tables.CURVE_BUILDERS[step.tool](
        step, np.arange(_WHITE_LEVEL + 1, dtype=np.float64) / _LEVELS_PER_BYTE
    )
    three = curves if len(curves) == 3 else (curves[0],) * 3
    return np.stack([_round_to_16_bits(curve * _LEVELS_PER_BYTE) for curve in three], axis=1)


def _compose_tables(first: DeepPixels | None, second: DeepPixels) -> DeepPixels:
    return (
        second
        if first is None
        else cast(DeepPixels, np.take_along_axis(second, first.astype(np.intp), axis=0))
    )


def _apply_table(plane: DeepPixels, table: DeepPixels | None) -> DeepPixels:
    if table is None:
        return plane
    return cast(
        DeepPixels, np.stack([table[:, channel][plane[:, :, channel]] for channel in range(3)], axis=2)
    )


def _round_to_16_bits(values: NDArray[Any]) -> DeepPixels:
    return cast(DeepPixels, np.clip(np.rint(values), 0, _WHITE_LEVEL).astype(np.uint16))


def _repeat_grey(values: DeepPixels) -> DeepPixels:
    return np.repeat(values[:, :, None], 3, axis=2)


def _extract_channel(plane: DeepPixels, step: EnhancementStep, _scale: float) -> DeepPixels:
    which = step.value("channel")
    if which < 3:
        return _repeat_grey(plane[:, :, 2 - which])
    return _repeat_grey((_convert_to_lab(plane) if which < 6 else _convert_to_hsv(plane))[:, :, which % 3])


def _apply_red_free(plane: DeepPixels, _step: EnhancementStep, _scale: float) -> DeepPixels:
    return _repeat_grey(_round_to_16_bits((plane[:, :, 0].astype(np.float32) + plane[:, :, 1]) / 2))


def _compute_erythema_index(plane: DeepPixels, step: EnhancementStep, _scale: float) -> DeepPixels:
    light = tables.srgb_to_linear(np.arange(_WHITE_LEVEL + 1, dtype=np.float64) / _LEVELS_PER_BYTE)
    logs = np.rint(colour.LOG_SCALE * 10 * np.log10(np.maximum(light, 1e-4))).astype(np.int16)
    difference = logs[plane[:, :, 2]] - logs[plane[:, :, 1]]
    steps = np.arange(-8000, 8001)
    onto = _round_to_16_bits((127.5 + steps * (127.5 / (10 * step.value("range")))) * _LEVELS_PER_BYTE)
    return _repeat_grey(onto[difference.astype(np.intp) + 8000])


def _apply_clahe(plane: DeepPixels, step: EnhancementStep, _scale: float) -> DeepPixels:
    engine = local.make_equaliser(plane.shape[:2], step.value("clip"), step.value("tiles"))
    return _change_lightness(plane, lambda lightness: engine.apply(lightness))


def _apply_unsharp_mask(plane: DeepPixels, step: EnhancementStep, scale: float) -> DeepPixels:
    radius, amount = step.value("radius") / 10 * scale, step.value("amount")
    if radius < local.LEAST_RADIUS or not amount:
        return plane
    return _change_lightness(plane, lambda lightness: local.sharpen_lightness(lightness, amount, radius))


def _apply_decorrelation_stretch(plane: DeepPixels, step: EnhancementStep, _scale: float) -> DeepPixels:
    stride = max(1, int((plane.shape[0] * plane.shape[1] / colour.SAMPLED_PIXELS) ** 0.5))
    sample = plane[::stride, ::stride].reshape(-1, 3).astype(np.float64) / _LEVELS_PER_BYTE
    turn, shift = colour.compute_decorrelation(sample, step.value("spread"))
    matrix = np.hstack([turn, shift.reshape(3, 1) * _LEVELS_PER_BYTE])
    return cast(DeepPixels, cv2.transform(plane, matrix))


def _change_lightness(plane: DeepPixels, change: Callable[[DeepPixels], Any]) -> DeepPixels:
    lab = _convert_to_lab(plane)
    lab[:, :, 0] = change(np.ascontiguousarray(lab[:, :, 0]))
    return _convert_by_rows(lab, _rows_from_lab)


def _convert_to_lab(plane: DeepPixels) -> DeepPixels:
    """Lab with L 0 .. 100 and a, b -128 .. 127 onto 0 .. 65535."""
    return _convert_by_rows(plane, _rows_to_lab)


def _convert_to_hsv(plane: DeepPixels) -> DeepPixels:
    """Hue of the whole circle, saturation and value onto 0 .. 65535."""
    return _convert_by_rows(plane, _rows_to_hsv)


def _rows_to_lab(rows: NDArray[np.float32]) -> NDArray[Any]:
    lab = cast(NDArray[Any], cv2.cvtColor(rows, cv2.COLOR_BGR2Lab))
    return _scale_channels(lab + _LAB_OFFSET, _WHITE_LEVEL / 100, _LEVELS_PER_BYTE, _LEVELS_PER_BYTE)


def _rows_from_lab(rows: NDArray[np.float32]) -> NDArray[Any]:
    lab = _scale_channels(rows, 100, 255, 255) - _LAB_OFFSET
    return _scale_channels(
        cast(NDArray[Any], cv2.cvtColor(lab, cv2.COLOR_Lab2BGR)), _WHITE_LEVEL, _WHITE_LEVEL, _WHITE_LEVEL
    )


def _rows_to_hsv(rows: NDArray[np.float32]) -> NDArray[Any]:
    hsv = cast(NDArray[Any], cv2.cvtColor(rows, cv2.COLOR_BGR2HSV))
    return _scale_channels(hsv, _WHITE_LEVEL / 360, _WHITE_LEVEL, _WHITE_LEVEL)


def _scale_channels(values: NDArray[Any], *factors: float) -> NDArray[Any]:
    return values * np.array(factors, np.float32)


def _convert_by_rows(plane: DeepPixels, convert: Callable[[NDArray[np.float32]], NDArray[Any]]) -> DeepPixels:
    made = np.empty_like(plane)
    for begin in range(0, plane.shape[0], _ROWS_AT_ONCE):
        rows = plane[begin : begin + _ROWS_AT_ONCE].astype(np.float32) / np.float32(_WHITE_LEVEL)
        made[begin : begin + _ROWS_AT_ONCE] = _round_to_16_bits(convert(rows))
    return made


_WHOLE_PICTURE_STEPS: dict[str, Callable[[DeepPixels, EnhancementStep, float], DeepPixels]] = {
    "channel": _extract_channel,
    "red-free": _apply_red_free,
    "erythema": _compute_erythema_index,
    "clahe": _apply_clahe,
    "decorrelation": _apply_decorrelation_stretch,
    "unsharp": _apply_unsharp_mask,
}
