"""The mandate of a Case: who asked for what, and what the examination could not do, in the lead's own words.

It is written once, stands in the ledger and on page 1 of every report; a later one takes the place of the
earlier, which stays in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.acts.acts import MANDATE_WRITTEN as MANDATE_WRITTEN
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft, Entry
from reviewer.domain.names import to_storable_text

LONGEST_MANDATE = 4_000
_TEXT, _LIMITS, _AUTHOR, _AT = "mandate", "mandate_limits", "mandate_author", "mandate_at"


@dataclass(frozen=True)
class Mandate:
    """`text` and `limits` may have several lines; both are "" until they are written. `author` is the id
    of the Examiner who wrote it, `at` when."""

    text: str = ""
    limits: str = ""
    author: str = ""
    at: str = ""

    @property
    def is_written(self) -> bool:
        return bool(self.text or self.limits)


def write_mandate(now: Mandate, text: str, limits: str) -> Draft:
    """The act that writes it; two empty texts take it away. NotAllowed for one that is too long, or that
    stands so already."""
    text, limits = to_storable_text(text).strip(), to_storable_text(limits).strip()
    for name, said in (("mandate", text), ("limits of the mandate", limits)):
        if len(said) > LONGEST_MANDATE:
            raise NotAllowed(
                f"The text of the {name} can have {LONGEST_MANDATE:,} characters; this one has {len(said):,}."
            )
    if (text, limits) == (now.text, now.limits):
        raise NotAllowed(
            "The mandate and its limits stand so already." if now.is_written else "No mandate is written."
        )
    return Draft(MANDATE_WRITTEN, "", {"mandate": text, "limits": limits})


def facts_from_entry(entry: Entry) -> dict[str, str]:
    """What the act sets among the facts of a Case."""
    return {
        _TEXT: entry.body["mandate"],
        _LIMITS: entry.body["limits"],
        _AUTHOR: entry.author,
        _AT: entry.at,
    }


def mandate_from_facts(facts: Mapping[str, str]) -> Mandate:
    """The Mandate that facts of a Case say."""
    return Mandate(*(facts.get(name, "") for name in (_TEXT, _LIMITS, _AUTHOR, _AT)))
