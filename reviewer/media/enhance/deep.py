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

from reviewer.domain.reading.enhancement import Chain, Step
from reviewer.media.enhance import colour, local, tables

Plane = NDArray[np.uint16]
_WHITE, _UNIT = 65535, 257
_ZERO_OF_LAB = np.array([0, 128, 128], np.float32)
_ROWS = 256
"""Rows that are converted at once: the way leads over floating point, four times as large."""


def enhanced(plane: Plane, chain: Chain, scale: float) -> NDArray[np.uint8]:
    """Rows of blue, green, red, unused in 8 bits; `plane` has shape (height, width) or (height, width, 3).

    `scale` is pixels of the plane per pixel of the photograph. KeyError for a tool that is not known.
    """
    values = plane if plane.ndim == 3 else np.repeat(plane[:, :, None], 3, axis=2)
    waiting: Plane | None = None
    for step in chain.active:
        if step.tool in tables.CURVES:
            waiting = _after(waiting, _table(step))
            continue
        values = _WHOLE[step.tool](_applied(values, waiting), step, scale)
        waiting = None
    eight = ((_applied(values, waiting).astype(np.uint32) + _UNIT // 2) // _UNIT).astype(np.uint8)
    return cast(NDArray[np.uint8], cv2.cvtColor(eight, cv2.COLOR_BGR2BGRA))


def _table(step: Step) -> Plane:
    """A table of 65536 values for each of blue, green and red."""
    curves = tables.CURVES[step.tool](step, np.arange(_WHITE + 1, dtype=np.float64) / _UNIT)
    three = curves if len(curves) == 3 else (curves[0],) * 3
    return np.stack([_rounded(curve * _UNIT) for curve in three], axis=1)


def _after(first: Plane | None, second: Plane) -> Plane:
    return second if first is None else cast(Plane, np.take_along_axis(second, first.astype(np.intp), axis=0))


def _applied(plane: Plane, table: Plane | None) -> Plane:
    if table is None:
        return plane
    return cast(Plane, np.stack([table[:, each][plane[:, :, each]] for each in range(3)], axis=2))


def _rounded(values: NDArray[Any]) -> Plane:
    return cast(Plane, np.clip(np.rint(values), 0, _WHITE).astype(np.uint16))


def _grey(values: Plane) -> Plane:
    return np.repeat(values[:, :, None], 3, axis=2)


def _channel(plane: Plane, step: Step, _scale: float) -> Plane:
    which = step.value("channel")
    if which < 3:
        return _grey(plane[:, :, 2 - which])
    return _grey((_lab(plane) if which < 6 else _hsv(plane))[:, :, which % 3])


def _red_free(plane: Plane, _step: Step, _scale: float) -> Plane:
    return _grey(_rounded((plane[:, :, 0].astype(np.float32) + plane[:, :, 1]) / 2))


def _erythema(plane: Plane, step: Step, _scale: float) -> Plane:
    light = tables.linear(np.arange(_WHITE + 1, dtype=np.float64) / _UNIT)
    logs = np.rint(colour.LOG_UNIT * 10 * np.log10(np.maximum(light, 1e-4))).astype(np.int16)
    difference = logs[plane[:, :, 2]] - logs[plane[:, :, 1]]
    steps = np.arange(-8000, 8001)
    onto = _rounded((127.5 + steps * (127.5 / (10 * step.value("range")))) * _UNIT)
    return _grey(onto[difference.astype(np.intp) + 8000])


def _clahe(plane: Plane, step: Step, _scale: float) -> Plane:
    engine = local.equaliser(plane.shape[:2], step.value("clip"), step.value("tiles"))
    return _on_lightness(plane, lambda lightness: engine.apply(lightness))


def _unsharp(plane: Plane, step: Step, scale: float) -> Plane:
    radius, amount = step.value("radius") / 10 * scale, step.value("amount")
    if radius < local.LEAST_RADIUS or not amount:
        return plane
    return _on_lightness(plane, lambda lightness: local.sharpened(lightness, amount, radius))


def _decorrelated(plane: Plane, step: Step, _scale: float) -> Plane:
    stride = max(1, int((plane.shape[0] * plane.shape[1] / colour.SAMPLE) ** 0.5))
    sample = plane[::stride, ::stride].reshape(-1, 3).astype(np.float64) / _UNIT
    turn, shift = colour.axes_stretched(sample, step.value("spread"))
    matrix = np.hstack([turn, shift.reshape(3, 1) * _UNIT])
    return cast(Plane, cv2.transform(plane, matrix))


def _on_lightness(plane: Plane, change: Callable[[Plane], Any]) -> Plane:
    lab = _lab(plane)
    lab[:, :, 0] = change(np.ascontiguousarray(lab[:, :, 0]))
    return _by_rows(lab, _from_lab)


def _lab(plane: Plane) -> Plane:
    """Lab with L 0 .. 100 and a, b -128 .. 127 onto 0 .. 65535."""
    return _by_rows(plane, _to_lab)


def _hsv(plane: Plane) -> Plane:
    """Hue of the whole circle, saturation and value onto 0 .. 65535."""
    return _by_rows(plane, _to_hsv)


def _to_lab(rows: NDArray[np.float32]) -> NDArray[Any]:
    lab = cast(NDArray[Any], cv2.cvtColor(rows, cv2.COLOR_BGR2Lab))
    return _times(lab + _ZERO_OF_LAB, _WHITE / 100, _UNIT, _UNIT)


def _from_lab(rows: NDArray[np.float32]) -> NDArray[Any]:
    lab = _times(rows, 100, 255, 255) - _ZERO_OF_LAB
    return _times(cast(NDArray[Any], cv2.cvtColor(lab, cv2.COLOR_Lab2BGR)), _WHITE, _WHITE, _WHITE)


def _to_hsv(rows: NDArray[np.float32]) -> NDArray[Any]:
    hsv = cast(NDArray[Any], cv2.cvtColor(rows, cv2.COLOR_BGR2HSV))
    return _times(hsv, _WHITE / 360, _WHITE, _WHITE)


def _times(values: NDArray[Any], *factors: float) -> NDArray[Any]:
    return values * np.array(factors, np.float32)


def _by_rows(plane: Plane, convert: Callable[[NDArray[np.float32]], NDArray[Any]]) -> Plane:
    made = np.empty_like(plane)
    for begin in range(0, plane.shape[0], _ROWS):
        rows = plane[begin : begin + _ROWS].astype(np.float32) / np.float32(_WHITE)
        made[begin : begin + _ROWS] = _rounded(convert(rows))
    return made


_WHOLE: dict[str, Callable[[Plane, Step, float], Plane]] = {
    "channel": _channel,
    "red-free": _red_free,
    "erythema": _erythema,
    "clahe": _clahe,
    "decorrelation": _decorrelated,
    "unsharp": _unsharp,
}
