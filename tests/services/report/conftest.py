"""The case that figures are counted of is also the one that reports are made of."""

from tests.services.counting.conftest import case, desk, people

__all__ = ["case", "desk", "people"]
