"""What is said of access that ends, and of what does not end by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.domain.names import make_printable

OLD_COPIES = (
    "Backups and copies that were made before still open with the passphrases and the recovery key of then: "
    "nothing can change them from here. Keep them locked away, or destroy them."
)
OLD_PASSPHRASE = (
    "The passphrase is changed. Backups and copies of the case that were made before still open with the one "
    "before; if somebody may know it, change the key of the case as well."
)
WHAT_REMOVAL_ENDS = (
    "The key of the case is changed and everything is encrypted anew, which takes up to two minutes; "
    "reading goes on meanwhile. After that the passphrase opens nothing any more, and an entry with the old "
    "signing key would be named by every check. What the examiner recorded stays and counts as before."
)
WHAT_REMOVAL_ENDS_UNENCRYPTED = (
    "The case is not encrypted: whoever has the folder goes on reading it. The signing key is taken out of "
    "it, and an entry with it would be named by every check. What the examiner recorded stays and counts as "
    "before."
)
WHAT_LOSS_ENDS = (
    "The key of the case is changed for everybody and everything is encrypted anew, which takes some seconds "
    "to two minutes; reading goes on meanwhile. Key files of before, passphrases that were changed and the "
    "recovery key open nothing newer. What was lost can still be read by whoever has it together with a "
    "passphrase or recovery key of then. If a passphrase was lost with it, change that as well."
)
NEW_RECOVERY_KEY = "A new recovery key is shown at the end: have paper ready."


IS_CHANGED_NOW = "The case is encrypted anew under another key. Reading can go on\u2026"
GOES_ON = "A change of the key of the case was cut off, and goes on now. Reading can go on\u2026"
IS_FINISHED_NOW = "The key of the case is changed. Small pictures are encrypted anew\u2026"
IS_CHANGED = "The key of the case is changed."
IS_PAUSED = "The change of the key of the case is paused. Old secrets open this folder until it is done."
IS_STOPPED = "The key of the case was not changed. Everything is as it was."
IS_STOPPED_FOR_NOW = (
    "The key of the case was not changed. Because an examiner was removed it goes on at the next opening; "
    "until it is done old secrets open this folder."
)
NO_RECOVERY_KEY = (
    "This case has no recovery key since its key was changed. Make a new one on Access, with paper at hand."
)
HOW_TO_LET_IN = "Let each of them open it once, on any machine that has this folder, or remove them."
_WHY_REMOVED = (
    "An examiner was removed, and the key of the case is not changed yet: old key files still open this "
    "folder with the passphrases and the recovery key of then."
)
_WHY_WANTED = (
    "The key of the case was to be changed, and that was cut off: old key files still open this folder with "
    "the passphrases and the recovery key of then."
)


def describe_wanted(is_for_removal: bool) -> str:
    """A change of the key that is left to do, and what does it."""
    why = _WHY_REMOVED if is_for_removal else _WHY_WANTED
    return f"{why} It goes on in the window while somebody who may change it has the case open."


def describe_left_out(names: Sequence[str]) -> str:
    """Those to whom a new key of the case could not be given."""
    listed = ", ".join(map(make_printable, names))
    return (
        "The key of the case cannot be changed yet, because a new one could not be sent to those who have "
        f"not opened the case with this version so far: {listed}."
    )


def describe_kept_copies(sizes: Mapping[str, int]) -> str:
    """Copies from before the format changed, by name and bytes; "" if there are none."""
    if not sizes:
        return ""
    listed = ", ".join(f"{make_printable(name)} ({size / 1e6:,.1f} MB)" for name, size in sizes.items())
    return (
        f"In the folder of the case lies what it was before its format changed: {listed}. It is encrypted as "
        "the case is, also after the key of the case was changed, and the program never removes it. Whoever "
        "keeps the folder may delete it once Integrity has verified the case."
    )


def describe_left_behind(names: Sequence[str]) -> str:
    """Files beside the case that neither the key of now nor the one before opens."""
    listed = ", ".join(map(make_printable, names))
    return (
        "The key of the case did not open these files in its folder, so they could not be encrypted anew: "
        f"{listed}. They are copies from before the format changed, damaged or under an older key: secrets "
        "of then may open them. Delete them if nobody needs them any more."
    )
