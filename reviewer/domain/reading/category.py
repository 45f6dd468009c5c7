"""The category of a Photo: what it is a photograph of, told at a glance before anything is read.

Collections of this kind hold soldiers, scenes and documents beside the people who died; counts of people
are worth nothing until these are told apart.
"""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """One of six categories; a Photo that was not sorted yet has none ("")."""

    DETAINEE = "detainee"
    SOLDIER = "soldier"
    SCENE = "scene"
    DOCUMENT = "document"
    OTHER = "other"
    CANNOT_TELL = "cannot tell"


CATEGORY_NAMES = {
    Category.DETAINEE: "Detainee",
    Category.SOLDIER: "Soldier or guard",
    Category.SCENE: "Scene",
    Category.DOCUMENT: "Document",
    Category.OTHER: "Other",
    Category.CANNOT_TELL: "Cannot tell",
}

CATEGORIES_NOT_READ = frozenset({Category.SOLDIER, Category.SCENE, Category.DOCUMENT, Category.OTHER})
"""Such Photos are not offered for reading; they stay in the Case and can be read nevertheless."""


def is_for_reading(category: str) -> bool:
    """Whether a Photo of this category ("" for none yet) is offered for reading."""
    return category not in CATEGORIES_NOT_READ
