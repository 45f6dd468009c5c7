"""What one part of the self-test comes to."""

from __future__ import annotations

from dataclasses import dataclass


class PartFailed(Exception):
    """What is wrong, in one sentence, and what to do, in another."""

    def __init__(self, wrong: str, advice: str) -> None:
        super().__init__(wrong)
        self.wrong, self.advice = wrong, advice


@dataclass(frozen=True)
class PartResult:
    """What was found, in a sentence without its full stop. `constant` is what comes out the same on every
    system, "" if nothing does: it goes into the code that is compared with the sheet."""

    said: str
    constant: str = ""


@dataclass(frozen=True)
class PartOutcome:
    """A part with its result, or with what is wrong and what to do."""

    name: str
    said: str
    is_well: bool
    advice: str = ""
    constant: str = ""


REINSTALL = "Install the program again from the stick or the installer, and run this again."
