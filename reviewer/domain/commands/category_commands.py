"""From the wish to give Photos a Category to the act that will be sealed, or to a sentence why not."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.category import CATEGORY_NAMES, Category


def categorise_photos(before: Mapping[str, str], category: Category | None) -> Draft:
    """Give these Photos (SHA-256, with the category each has now) a Category; None takes it away.

    Photos that have it already are left out, so that taking the act back changes only what it changed.
    """
    wanted = str(category) if category is not None else ""
    photos = [photo for photo, now in before.items() if now != wanted]
    if not before:
        raise NotAllowed("There is no photograph to sort.")
    if not photos:
        raise NotAllowed(_describe_nothing_to_do(len(before), category))
    return Draft(PHOTOS_CATEGORISED, "", {"photos": photos, "category": wanted})


def _describe_nothing_to_do(photos: int, category: Category | None) -> str:
    one = photos == 1
    if category is None:
        return "This photograph is not sorted." if one else "None of these photographs is sorted."
    which = "This photograph is" if one else "All of these photographs are"
    return f"{which} sorted as {CATEGORY_NAMES[category].lower()} already."
