"""From pixels to millimetres in one plane: similarity from two points, homography from four.

The homography is solved from four point pairs by the direct linear transformation (R. Hartley and
A. Zisserman, Multiple View Geometry, 2nd ed. 2004, section 4.1, with h33 = 1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

PlanePoint = tuple[float, float]


@dataclass(frozen=True)
class MeasuringPlane:
    """`h`: nine numbers, row by row, that map a pixel (x, y, 1) to millimetres (up to a factor)."""

    h: tuple[float, ...]

    def at(self, point: PlanePoint) -> PlanePoint:
        """The place in millimetres of a pixel; ValueError on the plane's horizon."""
        x, y = point
        a, b, c, d, e, f, g, h, i = self.h
        w = g * x + h * y + i
        if abs(w) < 1e-12:
            raise ValueError("on the horizon of the plane")
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def tilt(self, point: PlanePoint) -> float:
        """How far the plane leans away at `point`, degrees: arc cosine of the foreshortening there.

        The ratio of the singular values of the map's Jacobian; exact for a camera far away.
        """
        x, y = point
        step = 1e-3
        (x0, y0), (x1, y1), (x2, y2) = self.at((x, y)), self.at((x + step, y)), self.at((x, y + step))
        a, b, c, d = (x1 - x0) / step, (x2 - x0) / step, (y1 - y0) / step, (y2 - y0) / step
        q, r = (a * a + b * b + c * c + d * d) / 2, abs(a * d - b * c)
        root = math.sqrt(max(0.0, q * q - r * r))
        largest, least = math.sqrt(q + root), math.sqrt(max(0.0, q - root))
        return math.degrees(math.acos(min(1.0, least / largest))) if largest else 90.0


def make_similarity_plane(start: PlanePoint, end: PlanePoint, millimetres: float) -> MeasuringPlane:
    """A plane that faces the camera, from two points `millimetres` apart; ValueError if they are one."""
    pixels = math.dist(start, end)
    if pixels <= 0 or millimetres <= 0:
        raise ValueError("a scale needs two different points and a length")
    rate = millimetres / pixels
    return MeasuringPlane((rate, 0.0, 0.0, 0.0, rate, 0.0, 0.0, 0.0, 1.0))


def make_rectangle_plane(corners: Sequence[PlanePoint], width: float, height: float) -> MeasuringPlane:
    """The plane of a rectangle of `width` x `height` mm seen with these four corners, in order around it.

    ValueError if three of them lie on one line.
    """
    targets = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, targets, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return MeasuringPlane((*_solve_linear_equations(rows), 1.0))


def _solve_linear_equations(rows: list[list[float]]) -> list[float]:
    """Gaussian elimination with row pivoting of n equations (n coefficients and the right side each)."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < 1e-9:
            raise ValueError("these corners do not span a rectangle")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / head[column]
            rows[row] = [value - factor * top for value, top in zip(rows[row], head, strict=True)]
    found = [0.0] * size
    for row in reversed(range(size)):
        rest = sum(rows[row][column] * found[column] for column in range(row + 1, size))
        found[row] = (rows[row][size] - rest) / rows[row][row]
    return found
