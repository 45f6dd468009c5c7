"""The case that figures are counted of is also the one that things are handed over of."""

from tests.services.counting.conftest import case, desk, people

__all__ = ["case", "desk", "people"]
