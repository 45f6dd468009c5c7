"""The method statement of a pack: fixed, neutral sentences on what was done and what was not."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import reviewer
from reviewer.domain.acts.key_history import KeyHistory, KeyOrigin, StatedKey
from reviewer.domain.evidence import pack_format as pack
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.ledger.vouching import BY_OLD_KEY, BY_RECOVERY_KEY, format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.keys.signing import is_signature_valid
from reviewer.system.resources import find_resource

_PLACE = re.compile(r"\{([a-z_]+)\}")
_NUMBERS = ("tables", "files", "later", "unsealed", "exhibits")


@dataclass(frozen=True)
class StampFacts:
    """A time stamp of the ledger: how many entries it is over, when it was given and by whom."""

    entries: int
    time: str
    authority: str


@dataclass(frozen=True)
class MethodFacts:
    """What the statement is filled in with. `query` is in canonical form, None if no exhibits were chosen;
    `copies` is how they are in the pack. The tables are made from the first `tables` entries of the ledger;
    `later` entries follow that are not in it. `head` is "" before it is known. `program_files`, `libraries`
    and `system` say which copy of the program made the pack (`system.identity`), "" in packs of before."""

    case: str
    case_id: str
    examiner: str
    made_at: str
    tables: int
    head: str
    vocabulary: str
    files: int
    unsealed: int
    query: str | None
    exhibits: int
    copies: str
    later: int = 0
    stamps: Sequence[StampFacts] = ()
    keys: Sequence[StatedKey] = ()
    program: str = reviewer.__version__
    program_files: str = ""
    libraries: str = ""
    system: str = ""


def make_method_statement(facts: MethodFacts) -> bytes:
    """The text, UTF-8, lines ended by a line feed."""
    return fill_method_statement(_load_sentences(), facts)


def fill_method_statement(sentences: Mapping[str, Any], facts: MethodFacts) -> bytes:
    """The text from the sentences that a pack holds itself; KeyError or TypeError if they are none."""
    shown = {name: make_printable(str(value)) for name, value in vars(facts).items()}
    shown |= {name: f"{getattr(facts, name):,}" for name in _NUMBERS} | {"format": str(pack.PACK_FORMAT)}
    shown |= {"query": shown["query"] or "every photograph", "copies": sentences["copies"][facts.copies]}
    names = ["case", "done", "no_exhibits" if facts.query is None else "exhibits", "not_done", "checking"]
    sections = {
        name: _PLACE.sub(lambda found: shown[found[1]], sentences[name]) for name in (*names, "earlier")
    }
    if facts.later:
        names.insert(1, "earlier")
    if facts.stamps:
        names.insert(-1, "stamps")
        sections["stamps"] = "\n".join([sentences["stamps"], *map(_describe_stamp, facts.stamps)])
    if facts.keys and "keys" in sentences:
        names.insert(-1, "keys")
        sections["keys"] = "\n".join([sentences["keys"], *_describe_keys(sentences["vouching"], facts.keys)])
    told = [*(sections[name] for name in names), pack.format_spoken_head(facts.head)]
    return ("\n\n".join(told) + "\n").encode("utf-8")


def list_stated_keys(entries: Iterable[Entry]) -> list[StatedKey]:
    """Every key that these entries of a ledger state, the oldest first."""
    history = KeyHistory(is_signature_valid)
    for entry in entries:
        for _fault in history.note_entry(entry):
            pass  # the checks of signatures name it
    return history.stated


def _describe_keys(sentences: Mapping[str, str], keys: Sequence[StatedKey]) -> Iterator[str]:
    names = {key.examiner: make_printable(key.name) for key in keys}
    for key in keys:
        kind, by = str(key.origin), [names.get(id_, id_) for id_ in key.vouchers]
        if key.origin is KeyOrigin.VOUCHED:
            known = [name for name in (BY_OLD_KEY, BY_RECOVERY_KEY) if name in key.vouchers]
            kind = known[0] if known else "others"
        if kind == BY_RECOVERY_KEY:
            by = [names.get(key.recovery_by, key.recovery_by)]
        how = sentences[kind].replace("{names}", " and ".join(by))
        author = names.get(key.author, key.author)
        yield f"{names[key.examiner]}: {format_fingerprint(key.key)}; {key.at[:10]} by {author}; {how}"


def _describe_stamp(stamp: StampFacts) -> str:
    time, authority = make_printable(stamp.time), make_printable(stamp.authority)
    return f"Entries up to {stamp.entries:,} were there at {time}: {authority}"


@functools.cache
def _load_sentences() -> Mapping[str, Any]:
    return tomllib.loads(find_resource("pack", "method.toml").read_text(encoding="utf-8"))
