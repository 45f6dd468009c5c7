"""Errors a person can mend; anything else that is raised is a fault of the program."""

from __future__ import annotations

EXIT_DONE = 0
EXIT_CHECK_FAILED = 1
EXIT_USAGE = 2
EXIT_MENDABLE = 3
EXIT_FAULT = 70


class KnownError(Exception):
    """Something the person can mend: one sentence, and a hint of what to do.

    `code` is a stable short name for scripts; `exit_status` is what the command line ends with.
    """

    code = "known"
    exit_status = EXIT_MENDABLE

    def __init__(self, message: str, hint: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotAllowed(KnownError):
    """The act makes no sense in the present state of the Reading; nothing was changed."""

    code = "not-allowed"


class ReadOnly(KnownError):
    """The Case is open for reading only, for the reason given; nothing was changed."""

    code = "read-only"

    def __init__(self, reason: str = "") -> None:
        super().__init__("This case is open for reading only.", reason)


class LedgerDamaged(KnownError):
    """The ledger or what follows from it is not as it was written."""

    code = "ledger-damaged"


class CaseBusy(KnownError):
    """Another program is writing to the Case."""

    code = "case-busy"


class CaseUnusable(KnownError):
    """The folder is no Case this program can open."""

    code = "case-unusable"


class NeedsPassphrase(KnownError):
    """The Case is encrypted and no passphrase was given."""

    code = "passphrase-needed"


class WrongPassphrase(KnownError):
    """The passphrase or recovery key opens nothing; the Case is as it was."""

    code = "wrong-passphrase"


class KeysDamaged(KnownError):
    """The key file of a Case is gone or not what was written."""

    code = "keys-damaged"
