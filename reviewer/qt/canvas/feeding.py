"""What brings pictures to the views of each screen has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage

from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.services.pictures.enhancer import Enhancer, ViewRequest
from reviewer.services.pictures.pictures import Picture

JPEG: Any = "JPEG"
"""The stubs of Qt say bytes, Qt itself wants text."""


def show_stored_preview(view: PictureView, small: bytes | None) -> None:
    """The stored small picture of the photograph, or that it is loading."""
    image = QImage.fromData(small, JPEG) if small else QImage()
    if image.isNull():
        view.show_message("Loading…")
    else:
        view.show_preview(image)


def show_as_wished(
    view: PictureView,
    layer: PictureLayer,
    enhancer: Enhancer,
    purpose: int,
    request: ViewRequest,
    is_wanted: Callable[[Picture], bool],
) -> None:
    """Show the picture of a request: as it is, or softened where `request.care` says so, if it `is_wanted`
    still when that is made. A whole picture is never softened, and then not shown."""
    if not request.care:
        view.show_picture(request.picture, layer)
    elif layer is PictureLayer.FITTED:

        def show_made(asked: ViewRequest, made: Picture | None) -> None:
            if made is not None and is_wanted(asked.picture):
                view.show_picture(made, PictureLayer.FITTED)

        enhancer.request_view(purpose, request, show_made)
