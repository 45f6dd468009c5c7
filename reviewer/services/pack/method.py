"""The method statement of a pack: fixed, neutral sentences on what was done and what was not."""

from __future__ import annotations

from dataclasses import dataclass

import reviewer
from reviewer.domain.evidence import pack_format as pack
from reviewer.domain.names import make_printable


@dataclass(frozen=True)
class MethodFacts:
    """What the statement is filled in with. `query` is in canonical form, None if no exhibits were chosen;
    `copies` is how they are in the pack. `later` entries of the ledger follow that are not in it."""

    case: str
    case_id: str
    examiner: str
    made_at: str
    entries: int
    head: str
    vocabulary: str
    files: int
    unsealed: int
    query: str | None
    exhibits: int
    copies: str
    later: int = 0


def make_method_statement(facts: MethodFacts) -> bytes:
    """The text, UTF-8, lines ended by a line feed."""
    earlier = [_EARLIER_STATE_SECTION.format(**_make_printable(facts))] if facts.later else []
    paragraphs = [
        _CASE_SECTION.format(**_make_printable(facts)),
        *earlier,
        _DONE_SECTION,
        _describe_exhibits(facts),
        _NOT_DONE_SECTION,
        _CHECKING_SECTION,
    ]
    return ("\n\n".join([*paragraphs, pack.format_spoken_head(facts.head)]) + "\n").encode("utf-8")


def _make_printable(facts: MethodFacts) -> dict[str, str]:
    """Names that people typed cannot look like lines of the statement."""
    shown = {name: make_printable(str(value)) for name, value in vars(facts).items()}
    numbers = {name: f"{getattr(facts, name):,}" for name in ("entries", "files", "later", "unsealed")}
    return {**shown, **numbers, "program": reviewer.__version__, "format": str(pack.PACK_FORMAT)}


def _describe_exhibits(facts: MethodFacts) -> str:
    if facts.query is None:
        return "EXHIBITS\nNo exhibits were chosen for this pack."
    query = make_printable(facts.query) or "every photograph"
    how = {
        pack.ORIGINAL: "The files below data/exhibits are the originals, byte for byte, under other names.",
        pack.ORIGINAL_AND_REDACTED: "The files below data/exhibits are the "
        "originals, byte for byte, under other names;\n"
        "beside those on which something was marked lies a redacted copy, its number with an R.",
        pack.REDACTED: "The files below data/exhibits are redacted copies. Originals are not in the "
        "pack, nor copies of\nphotographs on which nothing was marked to be redacted.",
        pack.NOT_INCLUDED: "Their files are not in the pack; data/loadfile.csv names them by their hash.",
    }[facts.copies]
    return (
        f"EXHIBITS\nThe exhibits are the {facts.exhibits:,} photographs that this query found, in the "
        f"order of ingest:\n    {query}\n{how}"
    )


_CASE_SECTION = """METHOD

Case: {case}
Case number: {case_id}
Pack made by: {examiner}
Pack made at: {made_at} (clock of the workstation)
Program: reviewer {program}
Format of the pack: {format} (data/FORMAT.md)
Vocabulary: {vocabulary} (data/vocabulary.json)
Files of evidence: {files}, of which {unsealed} belong to an ingest that had not ended
Entries of the ledger: {entries}"""

_EARLIER_STATE_SECTION = """AN EARLIER STATE
This pack holds the case as it was after {entries} entries of its ledger, and not as it stood when the pack
was made. Entries that followed and are not in it: {later}. They may correct or take back what is in it."""

_DONE_SECTION = """WHAT WAS DONE
Folders with photographs were opened for reading. Each file was hashed (SHA-256) and listed.
Photographs were shown to examiners on a screen. Examiners recorded what they saw: findings with a term,
an answer, a certainty and regions of the body, and a conclusion for each photograph.
Every act was written to a ledger when it was done, with the hash of the act before it, and signed
(Ed25519) with the key of the examiner. An act that was taken back is still in the ledger.
The tables of this pack were made from the ledger and from the list of files."""

_NOT_DONE_SECTION = """WHAT WAS NOT DONE
No finding and no conclusion was made by the program. Groups of near-duplicates were found by the program.
No photograph was changed. Steps that changed the view are listed with the finding they were used for.
Dates taken from files are those that the camera wrote; they were not verified.
Times of acts are those of the clock of the workstation; the order of acts does not rest on them.
A finding says what is seen on a photograph. It states no cause, no manner of death and no author.
Where nothing was recorded of a region, nothing is said of it."""

_CHECKING_SECTION = """HOW IT CAN BE CHECKED
data/verify.py checks this pack without the program; data/FORMAT.md is enough to write another checker.
A checker that comes with the thing it checks proves little: take verify.py from elsewhere, or read it.
That no later acts were left out can only be shown by a receipt, or by the head below, if it was read
aloud or noted when the pack was handed over. The act of making this pack comes after this head."""
