"""What happens to a photograph on its way through many hands."""

import io
import random

from PIL import Image, ImageEnhance

from tests.support.photos import encoded

_TURNS = Image.Transpose


def saved_again(picture, quality=40):
    return Image.open(io.BytesIO(encoded(picture, "JPEG", quality=quality))).convert("RGB")


def cropped(picture, most, seed=1):
    """Up to a share of `most` cut off at each side."""
    rng = random.Random(seed)
    wide, tall = picture.size
    left, top, right, bottom = (rng.uniform(0, most) for _side in range(4))
    return picture.crop((left * wide, top * tall, wide - right * wide, tall - bottom * tall))


ALTERATIONS = {
    "saved again": saved_again,
    "half as large": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
    "darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.6),
    "more contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(1.15),
    "grey": lambda picture: picture.convert("L").convert("RGB"),
    "a little cropped": lambda picture: cropped(picture, 0.01),
    "turned to the left": lambda picture: picture.transpose(_TURNS.ROTATE_90),
    "on its head": lambda picture: picture.transpose(_TURNS.ROTATE_180),
    "turned to the right": lambda picture: picture.transpose(_TURNS.ROTATE_270),
    "mirrored": lambda picture: picture.transpose(_TURNS.FLIP_LEFT_RIGHT),
    "mirrored top and bottom": lambda picture: picture.transpose(_TURNS.FLIP_TOP_BOTTOM),
    "mirrored at the diagonal": lambda picture: picture.transpose(_TURNS.TRANSPOSE),
    "mirrored at the other diagonal": lambda picture: saved_again(picture.transpose(_TURNS.TRANSVERSE), 70),
}
