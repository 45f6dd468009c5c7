"""The eight EXIF orientations as maps between two pixel grids.

*Recorded* is the grid of the file as the camera wrote it; *upright* is the grid the reader looks at.
Marks are kept in recorded pixels, so that no later opinion about orientation can move them.
Orientation values: CIPA DC-008 (Exif 2.32), tag 0x0112.
"""

from __future__ import annotations

UPRIGHT = 1
_SWAPS = frozenset({5, 6, 7, 8})
_MIRRORS_X = frozenset({2, 3, 6, 7})
_MIRRORS_Y = frozenset({3, 4, 7, 8})

GridPoint = tuple[int, int]


def swaps_axes(orientation: int) -> bool:
    return orientation in _SWAPS


def compute_upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height, in pixels, of the upright view of a recorded grid of `width` x `height`."""
    return (height, width) if swaps_axes(orientation) else (width, height)


def to_upright(point: GridPoint, width: int, height: int, orientation: int) -> GridPoint:
    """Map a pixel of the recorded grid (`width` x `height`) to the upright grid."""
    x, y = point
    if swaps_axes(orientation):
        x, y, width, height = y, x, height, width
    if mirrors_x(orientation):
        x = width - 1 - x
    if mirrors_y(orientation):
        y = height - 1 - y
    return x, y


def corner_to_upright(
    corner: tuple[float, float], width: int, height: int, orientation: int
) -> tuple[float, float]:
    """Map a corner between pixels, (0, 0) to (`width`, `height`), to the upright grid.

    The pixel x lies between the corners x and x + 1: what is mirrored goes from x to width - x.
    """
    x, y = corner
    if swaps_axes(orientation):
        x, y, width, height = y, x, height, width
    return width - x if mirrors_x(orientation) else x, height - y if mirrors_y(orientation) else y


def to_recorded(point: GridPoint, width: int, height: int, orientation: int) -> GridPoint:
    """Map a pixel of the upright grid back to the recorded grid (`width` x `height`)."""
    x, y = point
    shown_width, shown_height = compute_upright_size(width, height, orientation)
    if mirrors_x(orientation):
        x = shown_width - 1 - x
    if mirrors_y(orientation):
        y = shown_height - 1 - y
    return (y, x) if swaps_axes(orientation) else (x, y)


def mirrors_x(orientation: int) -> bool:
    """Whether, after the axes are swapped (5-8), x runs the other way."""
    return orientation in _MIRRORS_X


def mirrors_y(orientation: int) -> bool:
    """Whether, after the axes are swapped, y runs the other way."""
    return orientation in _MIRRORS_Y
