"""What the program's words mean, as a pack holds it, and that the ledger says by which of it a case is kept.

Somebody who has an examiner's key could otherwise say in a pack that a term means something else.
"""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from typing import Any

import reviewer
from reviewer.domain.acts import acts
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.open_case import OpenCase
from reviewer.services.export.csv_files import make_dictionary
from reviewer.services.export.formats import csv_tables
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage import ledger
from reviewer.system.resources import find_resource
from reviewer.system.zipped_resources import zip_resources

_DOCX_TEMPLATE = pack_format.DEFINITIONS + "report.docx"
"""What editable reports are written into: a document with their styles and no text."""


@functools.cache
def make_definitions() -> dict[str, bytes]:
    """Make the files that are the same in every pack of this program, by their path in it."""
    there = {
        pack_format.VOCABULARY: _format_vocabulary(load_vocabulary()),
        pack_format.COLUMNS: _format_columns(),
        pack_format.RULES: find_resource("pack", "RULES.md").read_bytes(),
        pack_format.METHOD_SENTENCES: find_resource("pack", "method.toml").read_bytes(),
        pack_format.CHECKER: find_resource("pack", "verify.py").read_bytes(),
        pack_format.FORMAT_PAGE: find_resource("pack", "FORMAT.md").read_bytes(),
    }
    for name in ("report.typ", "sentences.toml"):
        there[pack_format.DEFINITIONS + name] = find_resource("report", name).read_bytes()
    there[_DOCX_TEMPLATE] = zip_resources("report", "docx")
    return there


@functools.cache
def _make_statement() -> dict[str, Any]:
    files = {path: hashlib.sha256(content).hexdigest() for path, content in make_definitions().items()}
    return {"files": files, "program": reviewer.__version__}


def state_definitions(case: OpenCase, examiner: str) -> bool:
    """Record which definitions the program has, if the last that were stated are others; whether it did.

    KnownError if it cannot be recorded.
    """
    case.require_writable()
    with case.store.read() as connection:
        last = ledger.find_latest(connection, acts.DEFINITIONS_STATED, case.id)
    if last is not None and to_canonical_json(last[1].body) == to_canonical_json(_make_statement()):
        return False
    case.record(Draft(acts.DEFINITIONS_STATED, case.id, _make_statement()), examiner)
    return True


def _format_vocabulary(vocabulary: Vocabulary) -> bytes:
    """The names of terms and regions, and the files of the vocabulary as they are."""
    body: dict[str, Any] = {
        "version": vocabulary.version,
        "term_names": {term.key: term.name for term in vocabulary.terms},
        "region_names": {region.key: region.name for region in vocabulary.regions},
    }
    for name in ("terms", "regions", "scales", "views", "lists", "description"):
        body[name] = tomllib.loads(find_resource("vocabulary", f"{name}.toml").read_text(encoding="utf-8"))
    body["earlier"] = {
        earlier.version: {key: [term.name, term.definition] for key, term in earlier.terms.items()}
        for earlier in vocabulary.earlier
    }
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _format_columns() -> bytes:
    """Every column of every table, with its meaning and whether it is free text."""
    return make_dictionary(
        [file, column.name, column.meaning, "yes" if column.free else "no"]
        for file, columns in csv_tables.TABLES.items()
        for column in columns
    )
