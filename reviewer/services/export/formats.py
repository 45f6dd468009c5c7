"""Every export format there is, in the order in which they are listed."""

from __future__ import annotations

from reviewer.services.export import csv_tables, ledger_lines, manifests, xlsx

FORMATS = (
    csv_tables.FORMAT,
    xlsx.FORMAT,
    manifests.FORMAT,
    ledger_lines.FORMAT,
)
