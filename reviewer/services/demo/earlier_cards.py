"""The earlier work on the cards of the demonstration: where they are, what they say, a second, blind pass.

Cards are framed by the examiner who does not read these photographs, before they are read: so the number on
a card is masked on every photograph that is still to be read, as it would be in a case of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.commands.card_commands import transcribe_card
from reviewer.domain.geometry.orientation import compute_upright_size, to_recorded
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.domain.photos.photo import Photo
from reviewer.media.demo.demo_photo import find_card_box
from reviewer.services.demo.earlier_readings import ExaminerAtWork, PhotosOfIndividual, ReadablePhoto
from reviewer.services.demo.plan import PlannedPhoto
from reviewer.storage.photos import photos
from reviewer.storage.shared import shared_rows

_LEFT_FOR_THE_FIRST_PASS = 8
"""Of one in so many individuals, at the end of the order, no card was read."""
_BESIDE = 0.004
"""Part of the photograph that a frame is drawn beside the card."""


def read_cards(
    examiner: ExaminerAtWork, individuals: Sequence[PhotosOfIndividual], odd: PhotosOfIndividual
) -> None:
    """Frame the cards and read them a first time; those of the last individuals are left for whoever opens
    the case. `odd` are pictures of a planned photograph in other files."""
    for found in (*individuals[: len(individuals) - len(individuals) // _LEFT_FOR_THE_FIRST_PASS], odd):
        for photo in found:
            with examiner.case.store.read() as connection:
                recorded = photos.find_photo(connection, photo.sha256)
            box = _find_box(photo.planned, recorded) if recorded is not None else None
            _transcribe(examiner, photo, TranscriptionPass.FIRST, photo.planned.shot.card[0], box)
    examiner.settle()


def read_cards_again(examiner: ExaminerAtWork, individuals: Sequence[PhotosOfIndividual]) -> None:
    """Read two thirds of these cards a second time, and one of them otherwise."""
    for place, found in enumerate(individuals):
        for photo in found if place % 3 != 2 else ():
            detainee = photo.planned.shot.card[0]
            seen = _misread(detainee) if place == 1 and photo is found[-1] else detainee
            _transcribe(examiner, photo, TranscriptionPass.SECOND, seen)
    examiner.settle()


def _transcribe(
    examiner: ExaminerAtWork,
    photo: ReadablePhoto,
    number: TranscriptionPass,
    detainee: str,
    box: tuple[int, int, int, int] | None = None,
) -> None:
    with examiner.case.store.read() as connection:
        facts = shared_rows.load_photo_facts(connection, [photo.sha256]).get(photo.sha256)
    _detainee, branch, examination = photo.planned.shot.card
    made = Transcription(number, detainee, branch, examination, box=box)
    examiner.do(transcribe_card(facts or PhotoFacts(photo.sha256), made))


def _misread(number: str) -> str:
    """Read the last digit as another one that looks like it."""
    return number[:-1] + {"1": "7", "7": "1", "3": "8", "8": "3"}.get(number[-1], "1")


def _find_box(planned: PlannedPhoto, recorded: Photo) -> tuple[int, int, int, int] | None:
    """Where the card lies in recorded pixels, with a little around it. None where the picture was turned on
    its way into another file, so that nobody knows."""
    shot, grid = planned.shot, (recorded.width, recorded.height, recorded.orientation)
    across, down = compute_upright_size(*grid)
    if (across > down) != (shot.size[0] > shot.size[1]):
        return None
    left, top, right, bottom = find_card_box(shot)
    upright = (
        (
            max(0, round((left / shot.size[0] - _BESIDE) * across)),
            max(0, round((top / shot.size[1] - _BESIDE) * down)),
        ),
        (
            min(across - 1, round((right / shot.size[0] + _BESIDE) * across)),
            min(down - 1, round((bottom / shot.size[1] + _BESIDE) * down)),
        ),
    )
    (x1, y1), (x2, y2) = (to_recorded(corner, *grid) for corner in upright)
    return min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1
