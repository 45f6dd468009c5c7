"""What is said of something that was made: what it is, of whom, its hash, whether it still is as made."""

from __future__ import annotations

from datetime import datetime

from reviewer.domain.evidence import pack_format
from reviewer.services.case.made import MadeThing
from reviewer.services.export import crate
from reviewer.services.export.all_formats import EXPORT_FORMATS

_REPORTS = {
    "collection": "Collection report",
    "individual": "Sheet of one individual",
    "sheets": "Sheets of individuals",
    "receipt": "Receipt",
}
_FORMATS = {
    **{known.key: known.name for known in EXPORT_FORMATS},
    "pack": "Court pack",
    "redacted": "Redacted copies",
}
_NOT_NOTED = "not noted"


def describe_what(made: MadeThing) -> str:
    """ "Collection report"; "Report of a selection" where a search chose."""
    if made.format == "report":
        what = str(made.entry.body.get("what", ""))
        if what == "collection" and made.entry.body.get("query"):
            return "Report of a selection"
        return _REPORTS.get(what, "Report")
    return _FORMATS.get(made.format, made.format)


def describe_whom(made: MadeThing) -> str:
    """ "everybody"; "search: region:neck"."""
    body = made.entry.body
    if body.get("query"):
        return f"search: {body['query']}"
    if made.format == "pack":
        return f"{body.get('exhibits', 0):,} exhibits"
    if made.format == "report":
        known = {"individual": "one individual", "receipt": "the whole ledger", "": _NOT_NOTED}
        return known.get(str(body.get("what", "")), "everybody")
    return "everybody"


def describe_as_of(made: MadeThing) -> str:
    entries = made.entry.body.get("as_of")
    return f"entry {entries:,} of the ledger" if isinstance(entries, int) else "the case as it stood then"


def format_when(at: str) -> str:
    """The time of an entry as clocks say it here."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return at


def find_hash(made: MadeThing) -> tuple[str, str]:
    """The name and the hash of the file that stands for all of it; ("", "") where none does."""
    hashes = made.hashes
    for name in (pack_format.TAG_MANIFEST, crate.NAME):
        if name in hashes:
            return name, hashes[name]
    return next(iter(hashes.items())) if len(hashes) == 1 else ("", "")


def format_hashes(made: MadeThing) -> str:
    """What is copied: the one hash that stands for all, or a line for each file."""
    _name, sha256 = find_hash(made)
    return sha256 or "\n".join(f"{sha}  {name}" for name, sha in made.hashes.items())


def describe_state(made: MadeThing, *, is_here: bool) -> str:
    """Whether it still is as made, in a few words; `is_here`: something lies at its place."""
    if made.place is None:
        return "place not known here"
    if not is_here:
        return "not found here"
    return _describe_comparison(made) if made.compared.at else "not compared since"


def _describe_comparison(made: MadeThing) -> str:
    found = made.compared
    parts = [(found.changed, "changed"), (found.missing, "missing")]
    said = [f"{number:,} {'file' if number == 1 else 'files'} {how}" for number, how in parts if number]
    return ", ".join(said) or "as made"


def is_doubtful(made: MadeThing) -> bool:
    """Whether a file was found changed or missing."""
    return bool(made.compared.changed or made.compared.missing)


def describe_compared(made: MadeThing) -> str:
    if not made.compared.at:
        return "not since it was made"
    return f"{format_when(made.compared.at)}: {_describe_comparison(made)}"
