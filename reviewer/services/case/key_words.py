"""What is said of a key that a ledger states: by whom it was stated, and who vouched for it."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.domain.acts.key_history import KeyOrigin, StatedKey
from reviewer.domain.ledger.vouching import BY_OLD_KEY, BY_RECOVERY_KEY

ORIGIN_SENTENCES = {
    KeyOrigin.MADE: "made the case",
    KeyOrigin.ENROLLED: "enrolled",
    KeyOrigin.EARLIER: "set before keys vouched for each other",
    KeyOrigin.NOBODY: "NOT VOUCHED FOR",
}


def describe_author(key: StatedKey, names: Mapping[str, str]) -> str:
    """The name of who stated it."""
    return names.get(key.author, key.author)


def describe_vouching(key: StatedKey, names: Mapping[str, str]) -> str:
    """What makes the key count, or that nothing does."""
    if key.origin is not KeyOrigin.VOUCHED:
        return ORIGIN_SENTENCES[key.origin]
    if BY_OLD_KEY in key.vouchers:
        return "vouched for by the key before"
    if BY_RECOVERY_KEY in key.vouchers:
        maker = names.get(key.recovery_by, key.recovery_by)
        return f"vouched for by the recovery key that {maker} made"
    return f"vouched for by {' and '.join(names.get(by, by) for by in key.vouchers)}"
