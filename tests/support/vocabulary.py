"""The vocabulary as its files have it, for tests of the domain, which is below the services."""

import functools
import tomllib
from pathlib import Path

from reviewer.domain.vocabulary.vocabulary import vocabulary_from_toml

VOCABULARY_FILES = Path(__file__).parents[2] / "resources" / "vocabulary"
_NAMES = ("terms", "regions", "scales", "views", "lists", "description")


@functools.cache
def load_vocabulary():
    earlier = [_parse(path) for path in sorted((VOCABULARY_FILES / "earlier").glob("*.toml"))]
    return vocabulary_from_toml(*(_parse(VOCABULARY_FILES / f"{name}.toml") for name in _NAMES), earlier)


def _parse(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))
