"""The vocabulary of the program, loaded and checked once."""

from __future__ import annotations

import functools
import tomllib
from typing import Any

from reviewer.domain.vocabulary.check import check
from reviewer.domain.vocabulary.vocabulary import Vocabulary, vocabulary_from
from reviewer.system.resources import resource

EARLIER = ("1.0.0", "1.1.0")
"""Versions whose Terms stay readable, the oldest first."""


@functools.cache
def load_vocabulary() -> Vocabulary:
    """Read the files of the vocabulary; VocabularyError if they contradict themselves."""
    terms, regions, scales = (_parsed(name) for name in ("terms", "regions", "scales"))
    views, lists, description = (_parsed(name) for name in ("views", "lists", "description"))
    earlier = [_parsed("earlier", version) for version in EARLIER]
    vocabulary = vocabulary_from(terms, regions, scales, views, lists, description, earlier)
    check(vocabulary, (terms["version"], regions["version"], scales["version"]))
    return vocabulary


def _parsed(*name: str) -> dict[str, Any]:
    *folder, file = name
    return tomllib.loads(resource("vocabulary", *folder, f"{file}.toml").read_text(encoding="utf-8"))
