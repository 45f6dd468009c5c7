"""Whose account a degree of consistency measures, as it is asked wherever one is given."""

from __future__ import annotations

from reviewer.qt.widgets.type_box import Option

ACCOUNT_OPTIONS = (
    Option("witness", "a witness says it", "Somebody who was there or was told gives this account."),
    Option("record", "a record says it", "A report, a certificate or a list gives this account."),
    Option(
        "likely cause",
        "nobody: the likely cause as I see it",
        "Where nobody alleges anything the protocol lets the examiner name the likely cause (paragraph 421).",
    ),
)
