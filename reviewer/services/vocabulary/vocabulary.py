"""The vocabulary of the program, loaded and checked once."""

from __future__ import annotations

import functools
import tomllib
from typing import Any

from reviewer.domain.vocabulary.check import check_vocabulary
from reviewer.domain.vocabulary.vocabulary import Vocabulary, vocabulary_from_toml
from reviewer.system.resources import find_resource

EARLIER_VERSIONS = ("1.0.0", "1.1.0")
"""Versions whose Terms stay readable, the oldest first."""


@functools.cache
def load_vocabulary() -> Vocabulary:
    """Load the vocabulary. VocabularyError if its files contradict each other."""
    terms, regions, scales = (_parse_file(name) for name in ("terms", "regions", "scales"))
    views, lists, description = (_parse_file(name) for name in ("views", "lists", "description"))
    earlier = [_parse_file("earlier", version) for version in EARLIER_VERSIONS]
    vocabulary = vocabulary_from_toml(terms, regions, scales, views, lists, description, earlier)
    check_vocabulary(vocabulary, (terms["version"], regions["version"], scales["version"]))
    return vocabulary


def _parse_file(*name: str) -> dict[str, Any]:
    *folder, file = name
    return tomllib.loads(find_resource("vocabulary", *folder, f"{file}.toml").read_text(encoding="utf-8"))
