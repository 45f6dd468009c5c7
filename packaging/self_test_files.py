"""Makes the small pictures of `reviewer self-test`: `python packaging/self_test_files.py`.

Four quarters, red, green, blue and grey, in each format that the program decodes. HEIC needs pillow-heif,
which the program itself does not use; where it is missing that file is left as it is.
"""

from __future__ import annotations

import json
import os
import struct
import tempfile
from pathlib import Path

from PIL import Image

from reviewer.media.decoding.sample_raw import make_dng
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.self_test import decoders, demonstration, encryption, engine, expected, run, window

FOLDER = Path(__file__).parents[1] / "resources" / "self_test"
WIDTH, HEIGHT = 64, 48
QUARTERS = ((200, 40, 40), (40, 180, 60), (50, 70, 210), (128, 128, 128))
"""Top left, top right, bottom left, bottom right."""
WAYS: dict[str, tuple[str, dict[str, object]]] = {
    "jpeg.jpg": ("JPEG", {"quality": 95, "subsampling": 0}),
    "progressive.jpg": ("JPEG", {"quality": 95, "subsampling": 0, "progressive": True}),
    "png.png": ("PNG", {}),
    "tiff.tif": ("TIFF", {"compression": "tiff_lzw"}),
    "bmp.bmp": ("BMP", {}),
    "gif.gif": ("GIF", {}),
    "webp.webp": ("WEBP", {"lossless": True}),
    "avif.avif": ("AVIF", {"quality": 95, "subsampling": "4:4:4"}),
    "jpeg2000.jp2": ("JPEG2000", {}),
}


def draw_quarters() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    for place, colour in enumerate(QUARTERS):
        corner = (place % 2) * WIDTH // 2, (place // 2) * HEIGHT // 2
        picture.paste(colour, (*corner, corner[0] + WIDTH // 2, corner[1] + HEIGHT // 2))
    return picture


def make_raw() -> bytes:
    """A raw file whose sensor saw the same quarters."""
    values = []
    for y in range(HEIGHT):
        for x in range(WIDTH):
            colour = QUARTERS[(2 * y // HEIGHT) * 2 + 2 * x // WIDTH]
            channel = (y % 2) + (x % 2)  # red, green / green, blue
            values.append(round(65535 * (colour[channel] / 255) ** 2.2))
    return make_dng(WIDTH, HEIGHT, struct.pack(f"<{len(values)}H", *values))


def write_expected() -> None:
    """What a self-test comes to on this machine, written down for all others."""
    told = window.draw_window()
    found = {"shapes": told["shapes"], "card": told["card"], "width": told["width"], "code": ""}
    path = FOLDER / expected.NAME
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ["REVIEWER_DATA"] = str(folder / "account")
        pool = new_pool()
        try:
            exports = demonstration.make_digests(folder, pool, JobControl())
            path.write_text(json.dumps({"exports": exports, **found}), encoding="utf-8")
            parts = {
                "engine": engine.check_engine(folder),
                "encryption": encryption.check_encryption(),
                "decoders": decoders.check_decoders(pool, JobControl()),
                "demonstration": demonstration.describe_exports(exports),
                "fonts": window.check_fonts(told),
                "window": window.check_window(told),
            }
        finally:
            pool.close()
    found["code"] = run.make_code({name: result.constant for name, result in parts.items()})
    path.write_text(json.dumps({"exports": exports, **found}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    picture = draw_quarters()
    for name, (kind, options) in WAYS.items():
        picture.save(FOLDER / name, kind, **options)
    (FOLDER / "raw.dng").write_bytes(make_raw())
    try:
        import pillow_heif
    except ImportError:
        print("heif.heic is left as it is: pillow-heif is not installed")
    else:
        pillow_heif.from_pillow(picture).save(FOLDER / "heif.heic", quality=95, chroma=444)
    write_expected()


if __name__ == "__main__":
    main()
