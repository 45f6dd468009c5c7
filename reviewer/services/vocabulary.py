"""The vocabulary of the program, loaded and checked once."""

from __future__ import annotations

import functools
import tomllib
from typing import Any

from reviewer.domain.vocabulary import Vocabulary, vocabulary_from
from reviewer.domain.vocabulary_check import check
from reviewer.system.resources import resource


@functools.cache
def load_vocabulary() -> Vocabulary:
    """Read the files of the vocabulary; VocabularyError if they contradict themselves."""
    terms, regions, scales = (_parsed(name) for name in ("terms", "regions", "scales"))
    others = (_parsed(name) for name in ("views", "lists", "description"))
    vocabulary = vocabulary_from(terms, regions, scales, *others)
    check(vocabulary, (terms["version"], regions["version"], scales["version"]))
    return vocabulary


def _parsed(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("vocabulary", f"{name}.toml").read_text(encoding="utf-8"))
