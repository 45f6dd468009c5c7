"""One painted picture in all eight EXIF orientations and three formats, drawn around on each: what an export
says of the drawing has to lie where programs show the painted part."""

import io
import struct

import numpy as np
from PIL import Image

from reviewer.domain.commands import finding_commands
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.reading.reading import Finding
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case

FORMATS = {"JPEG": {"quality": 95, "subsampling": 0}, "TIFF": {}, "PNG": {}}
LEFT, TOP, RIGHT, BOTTOM = 16, 24, 136, 64


def painted(orientation, name):
    """A dark picture of 160 x 120 recorded pixels with a bright rectangle, off the middle both ways."""
    pixels = np.full((120, 160, 3), 20, np.uint8)
    pixels[TOP:BOTTOM, LEFT:RIGHT] = 235
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, name, exif=exif.tobytes(), **FORMATS[name])
    return out.getvalue()


def without_turn(tiff):
    """The bytes of a TIFF that says it lies upright: Pillow and OpenCV turn others while they open them."""
    begun = struct.pack("<HHI", 0x0112, 3, 1)
    (at,) = [at for at in range(len(tiff)) if tiff.startswith(begun, at)]
    return tiff[: at + 8] + struct.pack("<H", 1) + tiff[at + 10 :]


def mark_on(case, photo, finding_id, *marks, examiner=0, **said):
    desk = ActQueue(case, case.examiners()[examiner], post_at_once)
    finding = Finding(finding_id, "blunt.bruise", case.vocabulary.version, regions=("chest.L",), **said)
    desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()
    for mark in marks:
        desk.submit(finding_commands.add_mark(desk.reading(photo), finding, mark)).result()
    desk.detach()


def turned_case(folder, **said):
    """A case of the painted picture in all eight orientations and three formats, drawn around on each."""
    (folder / "drive").mkdir()
    for name in FORMATS:
        for orientation in range(1, 9):
            path = folder / "drive" / f"{name} {orientation}.{name.lower()}"
            path.write_bytes(painted(orientation, name))
    case = made_case(folder)
    ingested(case, folder / "drive")
    for number, item in enumerate(Worklist(case, "").load().items):
        around = Mark(f"m{number}", MarkShape.RECTANGLE, ((LEFT, TOP), (RIGHT, BOTTOM)))
        mark_on(case, item.sha256, f"f{number}", around, **said)
    return case


def bright(pixels):
    return pixels.astype(int).sum(axis=2) > 3 * 128


def overlap(one, other):
    """Intersection over union of two masks of one size."""
    assert one.shape == other.shape
    return (one & other).sum() / (one | other).sum()
