"""With keys pressed at random speed, the photograph, the header and the tag always belong together."""

import random

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest

from reviewer.qt.canvas.layers import PictureLayer
from reviewer.services.reading.sight import Sight
from reviewer.storage.whole_photos import iterate_exported_photos
from tests.support.cases import ingested, made_case, opened
from tests.support.photos import encoded
from tests.support.waiting import until

COLOURS = [(40 + 6 * (n % 32), 60 + 40 * (n % 4), 40 + 25 * (n // 4)) for n in range(24)]


def drive(folder):
    """Two bodies; each photograph is of one colour, so that the pixels on screen say which one it is."""
    for number, colour in enumerate(COLOURS):
        place = folder / f"body {number // 12 + 1}"
        place.mkdir(parents=True, exist_ok=True)
        picture = Image.new("RGB", (900, 700), colour)
        (place / f"{number:03}.jpg").write_bytes(encoded(picture, "JPEG", quality=95))
    return folder


def shown(canvas):
    """The colour in the middle of what is painted now, None for the ground."""
    if canvas.shown_layer() is None:
        return None
    pixel = canvas.grab().toImage().pixelColor(canvas.width() // 2, canvas.height() // 2)
    return pixel.red(), pixel.green(), pixel.blue()


def near(one, other):
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))


def test_tag_header_and_photograph_belong_together_at_any_speed(desk, tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    case.close()
    sitting = desk().opens(case.folder).sees_photo(0)
    reader, canvas, rng = sitting.reader, sitting.reading.canvas, random.Random(11)
    names = {item.sha256: COLOURS[int(item.name[:3])] for item in reader.worklist.items}
    tagged = {}
    previews = sharp = refused = 0
    for _press in range(400):
        key = rng.choice([Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_3])
        before, seen = reader.sha256, canvas.sight() is Sight.SHOWN
        QTest.keyClick(canvas, key)
        if key == Qt.Key.Key_3:
            tagged[before] = tagged.get(before, False) != seen
            refused += not seen
            assert reader.sha256 == before
        colour = shown(canvas)
        if colour is not None:
            assert near(colour, names[reader.sha256]), "another photograph is on screen"
            previews += canvas.is_preview
            sharp += canvas.shown_layer() is PictureLayer.FITTED
        place = reader.worklist.positions_of_same_individual(reader.position).index(reader.position) + 1
        assert f"photo {place} of 12" in sitting.reading.header.place.text()
        for _turn in range(rng.choice([0, 0, 1, 5, 20])):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    assert previews + sharp > 200
    assert refused < 400, "what was not seen was not judged"
    sitting.sees_photo().is_saved()
    sitting.leaves()
    with opened(case.folder) as again, again.store.read() as connection:
        kept = {
            whole.photo.sha256
            for whole in iterate_exported_photos(connection)
            if any(reading.findings for reading in whole.readings)
        }
    assert kept == {photo for photo, on in tagged.items() if on}


def test_a_held_key_ends_on_the_last_photograph_sharp(desk, tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    case.close()
    sitting = desk().opens(case.folder).sees_photo(0)
    for _press in range(30):
        QTest.keyClick(sitting.reading.canvas, Qt.Key.Key_Right)
    assert sitting.reader.position == len(COLOURS) - 1
    sitting.sees_photo(len(COLOURS) - 1)
    until(lambda: near(shown(sitting.reading.canvas), COLOURS[-1]), "the last photograph, sharp")
