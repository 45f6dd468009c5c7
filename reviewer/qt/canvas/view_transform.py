"""Where a photograph lies in the viewport: device pixels on one side, image pixels on the other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

MOST_SCALE = 32.0
CanvasSize = tuple[float, float]
CanvasPoint = tuple[float, float]
_RIGHT_ANGLES = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}


def _cos_sin(angle: float) -> tuple[float, float]:
    """Exact at right angles, so that a photograph turned by a quarter stays pixel for pixel."""
    exact = _RIGHT_ANGLES.get(int(angle) % 360) if angle == int(angle) else None
    return exact or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))


@dataclass(frozen=True)
class ViewTransform:
    """`scale`: device pixels per image pixel; (`x`, `y`): the image point in the middle of the viewport;
    `angle`: how far the photograph is turned on screen, degrees clockwise."""

    scale: float
    x: float
    y: float
    angle: float = 0.0

    def to_screen(self, point: CanvasPoint, viewport: CanvasSize) -> CanvasPoint:
        cos, sin = _cos_sin(self.angle)
        dx, dy = (point[0] - self.x) * self.scale, (point[1] - self.y) * self.scale
        return dx * cos - dy * sin + viewport[0] / 2, dx * sin + dy * cos + viewport[1] / 2

    def to_image(self, point: CanvasPoint, viewport: CanvasSize) -> CanvasPoint:
        dx, dy = self.to_image_axes(point[0] - viewport[0] / 2, point[1] - viewport[1] / 2)
        return dx / self.scale + self.x, dy / self.scale + self.y

    def to_image_axes(self, dx: float, dy: float) -> CanvasPoint:
        """A step on the screen as one along the axes of the image, still in device pixels."""
        cos, sin = _cos_sin(self.angle)
        return dx * cos + dy * sin, dy * cos - dx * sin


def compute_turned_size(size: CanvasSize, angle: float) -> CanvasSize:
    """Width and height of the upright rectangle around `size` turned by `angle` degrees."""
    cos, sin = (abs(part) for part in _cos_sin(angle))
    return size[0] * cos + size[1] * sin, size[0] * sin + size[1] * cos


def compute_fit_scale(image: CanvasSize, viewport: CanvasSize, angle: float = 0.0) -> float:
    """The largest scale at which all of the image is seen, never more than 1."""
    if min(*image, *viewport) <= 0:
        return 1.0
    across, down = compute_turned_size(image, angle)
    return min(1.0, viewport[0] / across, viewport[1] / down)


def compute_fill_scale(image: CanvasSize, viewport: CanvasSize, angle: float = 0.0) -> float:
    """The smallest scale at which the image leaves no ground free, at most MOST."""
    if min(*image, *viewport) <= 0:
        return 1.0
    across, down = compute_turned_size(image, angle)
    return min(MOST_SCALE, max(viewport[0] / across, viewport[1] / down))


def centre_view(image: CanvasSize, scale: float, angle: float = 0.0) -> ViewTransform:
    return ViewTransform(scale, image[0] / 2, image[1] / 2, angle)


def zoom_view(
    view: ViewTransform, factor: float, at: CanvasPoint, image: CanvasSize, viewport: CanvasSize
) -> ViewTransform:
    """Zoom by `factor` so that the image point under `at` (device pixels) stays under it."""
    lowest = min(compute_fit_scale(image, viewport, view.angle), 0.05)
    scale = min(MOST_SCALE, max(lowest, view.scale * factor))
    scale = 1.0 if abs(scale - 1.0) < 1e-9 else scale  # 100 % is exact, whatever division led to it
    x, y = view.to_image(at, viewport)
    dx, dy = view.to_image_axes(at[0] - viewport[0] / 2, at[1] - viewport[1] / 2)
    moved = replace(view, scale=scale, x=x - dx / scale, y=y - dy / scale)
    return clamp_view(moved, image, viewport)


def pan_view(
    view: ViewTransform, dx: float, dy: float, image: CanvasSize, viewport: CanvasSize
) -> ViewTransform:
    """Move the photograph by (dx, dy) device pixels."""
    across, down = view.to_image_axes(dx, dy)
    moved = replace(view, x=view.x - across / view.scale, y=view.y - down / view.scale)
    return clamp_view(moved, image, viewport)


def clamp_view(view: ViewTransform, image: CanvasSize, viewport: CanvasSize) -> ViewTransform:
    """Keep the photograph in sight: centred where it is smaller than the viewport, no gap where larger."""
    across, down = compute_turned_size(viewport, view.angle)
    return replace(
        view,
        x=_clamp_centre(view.x, image[0], across / view.scale),
        y=_clamp_centre(view.y, image[1], down / view.scale),
    )


def _clamp_centre(centre: float, length: float, seen: float) -> float:
    if seen >= length:
        return length / 2
    return min(length - seen / 2, max(seen / 2, centre))
