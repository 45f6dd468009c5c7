"""The ground is painted wherever the photograph is not, whatever was painted there before."""

import pytest
from PySide6.QtGui import QColor, QImage

from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.services.pictures.pictures import Picture

GROUND, BEFORE, PHOTO = QColor("#203040"), QColor("#ff00ff"), QColor("#c0d0a0")
WIDTH, HEIGHT = 300, 200


@pytest.fixture
def canvas(qtbot):
    made = PhotoCanvas(GROUND, QColor("white"), QColor("yellow"), QColor("red"))
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.map_shown = False
    made.new_photo((WIDTH, HEIGHT))
    blue, green, red = PHOTO.blue(), PHOTO.green(), PHOTO.red()
    made.show_picture(
        Picture(WIDTH, HEIGHT, 4 * WIDTH, bytes((blue, green, red, 255)) * (WIDTH * HEIGHT)),
        PictureLayer.FULL,
    )
    return made


@pytest.mark.parametrize(
    "look",
    [
        lambda canvas: canvas.fit(),
        lambda canvas: canvas.zoom(-3.3),
        lambda canvas: canvas.zoom(2.7),
        lambda canvas: canvas.fit(17),
        lambda canvas: canvas.fit(90),
        lambda canvas: canvas.fill(),
        lambda canvas: canvas.full_size(),
    ],
)
def test_nothing_of_before_stays_around_the_photograph(canvas, look):
    look(canvas)
    seen = QImage(canvas.size(), QImage.Format.Format_RGB32)
    seen.fill(BEFORE)
    canvas.render(seen)
    colours = {seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}
    assert BEFORE.rgb() not in colours
    assert PHOTO.rgb() in colours
    is_filled = canvas.scale * min(WIDTH, HEIGHT) > max(canvas.width(), canvas.height())
    assert is_filled or colours <= {GROUND.rgb(), PHOTO.rgb()} or canvas.view.angle % 90
