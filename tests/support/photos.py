"""Photographs made in code, small and of every kind the program must know."""

import io

import numpy as np
from PIL import Image


def picture(width=64, height=48, seed=1):
    """A picture whose corners differ, so that turning it is seen; smooth, so that it compresses."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 200, (4, 4, 3), dtype=np.uint8)
    made = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    made.paste((250, 30, 30), (0, 0, max(1, width // 8), max(1, height // 8)))
    return made


def jpeg(width=64, height=48, seed=1, orientation=1, taken="2012:08:14 10:22:05", **options):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Norda", "N300", orientation
    exif.get_ifd(0x8769)[0x9003] = taken
    return encoded(picture(width, height, seed), "JPEG", exif=exif, quality=88, **options)


def encoded(image, name, **options):
    written = io.BytesIO()
    image.save(written, name, **options)
    return written.getvalue()


def all_but_gone(content):
    """A JPEG that ends where its picture begins."""
    return content[: content.rindex(b"\xff\xda") + 14]


def drive(folder, photos=6):
    """A small source: `photos` photographs in two folders, one duplicate, three that are wrong."""
    for number in range(photos):
        place = folder / f"body {number // 3 + 1}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"IMG_{number:04d}.JPG").write_bytes(jpeg(seed=number + 1))
    other = folder / "صور"
    other.mkdir()
    (other / "copy.jpg").write_bytes(jpeg(seed=1))
    (other / "empty.jpg").write_bytes(b"")
    (other / "cut.jpg").write_bytes(all_but_gone(jpeg(640, 480, seed=99)))
    (other / "text.jpg").write_bytes(b"no photograph")
    return folder
