"""Which pictures are proved: those that are on screen and stay there, each page for itself."""

import hashlib
import threading

import pytest
from PIL import Image

from reviewer.media.workers.pool import DecoderPool
from reviewer.services.pictures.pictures import MissingPicture, Picture, PictureLoader, PictureRequest
from tests.support.cases import ingested, made_case
from tests.support.doubting_prover import DoubtingProver
from tests.support.patience import PATIENCE
from tests.support.photos import jpeg

BOX = (40, 40)


@pytest.fixture
def case(tmp_path):
    made = made_case(tmp_path)
    drive = tmp_path / "drive"
    drive.mkdir()
    for number in range(3):
        (drive / f"{number}.jpg").write_bytes(jpeg(64 + number, 48, seed=number))
    pages = [Image.new("RGB", (50 + page, 40), (page * 90, 10, 10)) for page in range(3)]
    pages[0].save(drive / "pages.tif", save_all=True, append_images=pages[1:])
    ingested(made, drive)
    yield made, [hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(drive.iterdir())]
    made.close()


class Looked:
    """Pictures whose answers can be waited for."""

    def __init__(self, case, prover, rest=0.0, pool=None):
        self.pool = pool or DecoderPool(1, proving=None)
        self.pool.prover = prover or self.pool.prover
        self.answers, self._more = [], threading.Condition()
        self.pictures = PictureLoader(case, self.pool, lambda work: work(), self._take, rest)

    def _take(self, want, answer):
        with self._more:
            self.answers.append((want, answer))
            self._more.notify_all()

    def after(self, count):
        """The answers once there are so many."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.answers) >= count, PATIENCE)
            return list(self.answers)

    def close(self):
        self.pictures.close()
        self.pool.close()


def test_a_false_one_is_taken_away_and_those_beside_it_are_made_anew(case, expected_logs):
    expected_logs.add("a picture on screen was not what")
    case, photos = case
    looked = Looked(case, DoubtingProver(lambda sha256, _page: sha256 == photos[0]))
    wants = [PictureRequest(photos[0], BOX), PictureRequest(photos[1], BOX), PictureRequest(photos[2], BOX)]
    try:
        looked.pictures.request(wants, on_screen=[])
        looked.after(3)
        assert looked.pool.prover.asked == []  # what is made ahead is not looked at
        looked.pictures.request([], on_screen=wants[:2])
        answers = looked.after(5)[3:]
    finally:
        looked.close()
    assert {want: type(answer) for want, answer in answers} == {wants[0]: MissingPicture, wants[1]: Picture}
    assert next(answer for want, answer in answers if want == wants[0]).is_doubted
    assert photos[2] not in {sha256 for sha256, _box, _page in looked.pool.prover.asked}
    assert looked.pictures.get(wants[2]) is None  # the process that made the false one may have made it too


def test_what_does_not_stay_is_not_proved(case):
    case, photos = case
    looked = Looked(case, DoubtingProver(lambda _sha256, _page: True), rest=1e9)
    try:
        looked.pictures.request([PictureRequest(photos[0], BOX)], on_screen=[PictureRequest(photos[0], BOX)])
        looked.after(1)
        looked.pictures.request([PictureRequest(photos[1], BOX)], on_screen=[PictureRequest(photos[1], BOX)])
        looked.after(2)
    finally:
        looked.close()
    assert looked.pool.prover.asked == []


def test_each_picture_of_a_file_is_proved_for_itself(case):
    """Of the second picture an honest process says what a fresh one says: nothing is taken away."""
    case, photos = case
    looked = Looked(case, None, pool=DecoderPool(1))
    wants, proved = [PictureRequest(photos[3], BOX, page) for page in (1, 2, 3)], threading.Semaphore(0)
    render = looked.pool.prover.render
    verdicts = []

    def watched(*asked):
        verdicts.append((asked[2], render(*asked)))
        proved.release()
        return verdicts[-1][1]

    looked.pool.prover.render = watched
    try:
        looked.pictures.request(wants, on_screen=wants)
        for _each in wants:
            assert proved.acquire(timeout=PATIENCE)
        made = dict(looked.after(3))
        looked.pictures.request([], on_screen=[])
    finally:
        looked.close()
    assert len(looked.answers) == 3
    assert {page: fresh.picture for page, fresh in verdicts} == {want.page: made[want] for want in wants}
    assert len({each.pixels for each in made.values()}) == 3
