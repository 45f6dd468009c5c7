"""What labelme 6.3 asks of a file before it opens it, as its reader does; labelme itself is not installed
for the tests: it brings a window toolkit and an engine for models of 1 GB."""

import json

from PIL import Image, ImageOps

_KINDS = {  # shape_type -> fewest and most points
    "rectangle": (2, 2),
    "polygon": (3, None),
    "linestrip": (2, None),
    "line": (2, 2),
    "point": (1, 1),
}


def read_label_file(path):
    """The content of a label file whose photograph lies beside it; AssertionError where a rule is broken."""
    told = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(told["version"], str)
    assert all(isinstance(k, str) and isinstance(v, bool) for k, v in told["flags"].items())
    assert told["imageData"] is None
    assert "\\" not in told["imagePath"]
    with Image.open(path.parent / told["imagePath"]) as image:
        upright = ImageOps.exif_transpose(image)
    assert upright.size == (told["imageWidth"], told["imageHeight"])
    for shape in told["shapes"]:
        _check(shape, upright.size)
    return told


def _check(shape, size):
    assert isinstance(shape["label"], str)
    assert shape["group_id"] is None or isinstance(shape["group_id"], int)
    assert isinstance(shape["description"], str)
    assert isinstance(shape["flags"], dict)
    assert shape["mask"] is None
    fewest, most = _KINDS[shape["shape_type"]]
    assert fewest <= len(shape["points"]) <= (most or len(shape["points"]))
    for x, y in shape["points"]:
        assert isinstance(x, int | float) and isinstance(y, int | float)
        assert 0 <= x <= size[0]
        assert 0 <= y <= size[1]
