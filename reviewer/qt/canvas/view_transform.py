"""Where a photograph lies in the viewport: device pixels on one side, image pixels on the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST = 32.0
Size = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """`scale`: device pixels per image pixel; (`x`, `y`): the image point in the middle of the viewport."""

    scale: float
    x: float
    y: float

    def to_screen(self, point: Point, viewport: Size) -> Point:
        return (
            (point[0] - self.x) * self.scale + viewport[0] / 2,
            (point[1] - self.y) * self.scale + viewport[1] / 2,
        )

    def to_image(self, point: Point, viewport: Size) -> Point:
        return (
            (point[0] - viewport[0] / 2) / self.scale + self.x,
            (point[1] - viewport[1] / 2) / self.scale + self.y,
        )


def fit_scale(image: Size, viewport: Size) -> float:
    """The largest scale at which all of the image is seen, never more than 1."""
    if min(*image, *viewport) <= 0:
        return 1.0
    return min(1.0, viewport[0] / image[0], viewport[1] / image[1])


def fitted(image: Size, viewport: Size) -> View:
    return View(fit_scale(image, viewport), image[0] / 2, image[1] / 2)


def zoomed(view: View, factor: float, at: Point, image: Size, viewport: Size) -> View:
    """Zoom by `factor` so that the image point under `at` (device pixels) stays under it."""
    lowest = min(fit_scale(image, viewport), 0.05)
    scale = min(MOST, max(lowest, view.scale * factor))
    x, y = view.to_image(at, viewport)
    moved = View(scale, x - (at[0] - viewport[0] / 2) / scale, y - (at[1] - viewport[1] / 2) / scale)
    return clamped(moved, image, viewport)


def panned(view: View, dx: float, dy: float, image: Size, viewport: Size) -> View:
    """Move the photograph by (dx, dy) device pixels."""
    moved = replace(view, x=view.x - dx / view.scale, y=view.y - dy / view.scale)
    return clamped(moved, image, viewport)


def clamped(view: View, image: Size, viewport: Size) -> View:
    """Keep the photograph in sight: centred where it is smaller than the viewport, no gap where larger."""
    return replace(
        view,
        x=_within(view.x, image[0], viewport[0] / view.scale),
        y=_within(view.y, image[1], viewport[1] / view.scale),
    )


def _within(centre: float, length: float, seen: float) -> float:
    if seen >= length:
        return length / 2
    return min(length - seen / 2, max(seen / 2, centre))
