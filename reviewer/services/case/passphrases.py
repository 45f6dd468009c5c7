"""New passphrases: judged with the names of the case, or suggested."""

from __future__ import annotations

from reviewer.keys.passphrase import check_new_passphrase
from reviewer.keys.word_passphrase import SuggestedPassphrase, suggest_passphrase
from reviewer.services.case.open_case import OpenCase

__all__ = ["SuggestedPassphrase", "require_strong_passphrase", "suggest_passphrase"]


def require_strong_passphrase(case: OpenCase, passphrase: str | None, *names: str) -> None:
    """Refuse a new passphrase that can be guessed, also by the names of this case and `names`. KnownError."""
    if case.keys.encrypted and passphrase is not None:
        known = (case.name, *(examiner.name for examiner in case.examiners()), *names)
        check_new_passphrase(passphrase, known)
