"""Keys and roles of examiners: what `verify` lists, `reviewer vouch CASE`, `reviewer role CASE`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

from reviewer.cli.case import find_acting_examiner, find_examiner, open_for_verb
from reviewer.domain.acts.key_history import StatedKey
from reviewer.domain.acts.roles import Role
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.services.case.key_words import describe_author, describe_vouching
from reviewer.services.case.roles import set_role
from reviewer.services.case.vouching import WaitingKey, find_waiting_keys, vouch_for_key


def vouch(options: argparse.Namespace) -> int:
    """`reviewer vouch CASE [--for NAME --fingerprint TEXT]`: list the keys that wait, or vouch for one."""
    with open_for_verb(options) as case:
        waiting = find_waiting_keys(case)
        if options.whose is None:
            _print_waiting(waiting, as_json=options.json)
            return EXIT_DONE
        found = next((key for key in waiting if key.name.casefold() == options.whose.casefold()), None)
        if found is None:
            raise KnownError(f"No key of {make_printable(options.whose)} waits.", code="no-key-waits")
        if _squeeze(options.fingerprint or "") != _squeeze(format_fingerprint(found.key)):
            raise KnownError(
                f"The key that waits has the fingerprint {format_fingerprint(found.key)}.",
                "Have it read to you from paper, and give what you heard with --fingerprint.",
                code="fingerprint",
            )
        vouch_for_key(case, found)
    print(json.dumps({"vouched": True}) if options.json else f"You vouched for the key of {found.name}.")
    return EXIT_DONE


def set_or_list_roles(options: argparse.Namespace) -> int:
    """`reviewer role CASE [--of NAME --set ROLE]`: list the roles, or set one."""
    with open_for_verb(options, read_only=options.whose is None) as case:
        if options.whose is not None and options.role is not None:
            examiner = find_examiner(case, options.whose)
            set_role(case, find_acting_examiner(case, options.examiner).id, examiner, Role(options.role))
        roles = {examiner.name: case.roles.find_role(examiner.id) for examiner in case.examiners()}
    if options.json:
        print(json.dumps({"roles": roles}, ensure_ascii=False))
    else:
        for name, role in roles.items():
            print(f"{make_printable(name)}: {role}")
    return EXIT_DONE


def _squeeze(fingerprint: str) -> str:
    return "".join(fingerprint.lower().split())


def _print_waiting(waiting: Sequence[WaitingKey], *, as_json: bool) -> None:
    if as_json:
        told = [
            {"examiner": key.name, "key": key.key, "stated": key.stated, "vouchers": list(key.vouchers)}
            for key in waiting
        ]
        print(json.dumps({"waiting": told}, ensure_ascii=False))
        return
    for key in waiting:
        by = ", ".join(map(make_printable, key.vouchers)) or "nobody"
        print(f"{make_printable(key.name)}: {format_fingerprint(key.key)}; vouched for by {by}")
    if not waiting:
        print("no key waits")


def format_keys(keys: Sequence[StatedKey]) -> Iterator[str]:
    """A line for each key that the ledger ever stated, for `verify`."""
    names = {key.examiner: key.name for key in keys}
    for key in keys:
        yield (
            f"key of {make_printable(key.name)}: {format_fingerprint(key.key)}; {key.at[:10]} by "
            f"{make_printable(describe_author(key, names))}; {make_printable(describe_vouching(key, names))}"
        )


def keys_to_json(keys: Sequence[StatedKey]) -> list[dict[str, object]]:
    return [
        {
            "examiner": key.name,
            "examiner_id": key.examiner,
            "key": key.key,
            "fingerprint": format_fingerprint(key.key),
            "at": key.at,
            "by": key.author,
            "origin": str(key.origin),
            "vouchers": list(key.vouchers),
            "recovery_key_made_by": key.recovery_by,
        }
        for key in keys
    ]
