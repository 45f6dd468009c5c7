"""Steps that look at each value alone: a table of 256 values for each of blue, green, red and unused.

The curves themselves take values 0 .. 255 with fractions, so that a table of 65536 values can follow them.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.domain.reading.enhancement import EnhancementStep

LookupTable = NDArray[np.uint8]  # shape (256, 4)
ToneValues = NDArray[np.float64]
ToneCurves = tuple[ToneValues, ...]
"""One for all channels, or one each for blue, green and red; not yet rounded."""
_VALUES = np.arange(256, dtype=np.float64)


def srgb_to_linear(values: ToneValues = _VALUES) -> ToneValues:
    """sRGB values 0 .. 255, all 256 if none are given, as linear light, 0 .. 1 (IEC 61966-2-1)."""
    v = values / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(light: ToneValues) -> ToneValues:
    """Linear light as sRGB values 0 .. 255, not yet rounded (IEC 61966-2-1)."""
    light = np.clip(light, 0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _build_exposure_curve(step: EnhancementStep, values: ToneValues) -> ToneCurves:
    return (linear_to_srgb(srgb_to_linear(values) * 2.0 ** (step.value("ev") / 100)),)


def _build_contrast_curve(step: EnhancementStep, values: ToneValues) -> ToneCurves:
    amount = step.value("amount") / 100
    slope = 1 + 2 * amount if amount >= 0 else 1 + amount
    return ((values - 127.5) * slope + 127.5,)


def _build_gamma_curve(step: EnhancementStep, values: ToneValues) -> ToneCurves:
    return (255 * (values / 255) ** (100 / step.value("gamma")),)


def _build_levels_curve(step: EnhancementStep, values: ToneValues) -> ToneCurves:
    black = step.value("black")
    white = max(step.value("white"), black + 1)
    return ((values - black) * (255 / (white - black)),)


def _build_white_balance_curves(step: EnhancementStep, values: ToneValues) -> ToneCurves:
    light = srgb_to_linear(values)
    return tuple(linear_to_srgb(light * (step.value(name) / 1000)) for name in ("blue", "green", "red"))


CURVE_BUILDERS: dict[str, Callable[[EnhancementStep, ToneValues], ToneCurves]] = {
    "exposure": _build_exposure_curve,
    "contrast": _build_contrast_curve,
    "gamma": _build_gamma_curve,
    "levels": _build_levels_curve,
    "white-balance": _build_white_balance_curves,
}


def build_table(step: EnhancementStep) -> LookupTable:
    """The table of a step whose tool is one of CURVES."""
    curves = CURVE_BUILDERS[step.tool](step, _VALUES)
    three = curves if len(curves) == 3 else (curves[0],) * 3
    whole = [np.clip(np.rint(curve), 0, 255) for curve in (*three, np.full(256, 255.0))]
    return np.ascontiguousarray(np.stack(whole, axis=1).astype(np.uint8))


def compose_tables(first: LookupTable | None, second: LookupTable) -> LookupTable:
    """One table that does what `first` and then `second` do."""
    if first is None:
        return second
    return np.ascontiguousarray(np.take_along_axis(second, first.astype(np.intp), axis=0))


def apply_table(pixels: NDArray[np.uint8], table: LookupTable | None) -> NDArray[np.uint8]:
    if table is None:
        return pixels
    return cv2.LUT(pixels, table.reshape(1, 256, 4))  # type: ignore[return-value]


def compute_neutral_gains(red: float, green: float, blue: float) -> dict[str, int]:
    """Gains in thousandths that make this sRGB colour (0 .. 255) grey, as light as it is on average."""
    light = srgb_to_linear()
    values = [max(1e-4, float(light[round(min(255.0, max(0.0, sample)))])) for sample in (red, green, blue)]
    mean = sum(values) / 3
    gains = [min(5000, max(200, round(1000 * mean / value))) for value in values]
    return dict(zip(("red", "green", "blue"), gains, strict=True))
