"""What Terms were called and meant in earlier versions of the vocabulary.

A Finding keeps the meaning under which it was made. Where the meaning of its Term was changed since, every
face that tells of the Finding tells what the Term meant then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EarlierTerm:
    key: str
    name: str
    definition: str


@dataclass(frozen=True)
class EarlierVocabulary:
    """One earlier version; `terms` by key."""

    version: str
    terms: Mapping[str, EarlierTerm]


def earlier_vocabulary_from_toml(file: Mapping[str, Any]) -> EarlierVocabulary:
    """An earlier version from its file as parsed."""
    terms = (EarlierTerm(row["key"], row["name"], row["definition"]) for row in file["term"])
    return EarlierVocabulary(file["version"], {term.key: term for term in terms})
