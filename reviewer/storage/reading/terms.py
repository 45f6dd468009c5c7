"""Which Terms Findings speak of, whatever version of the vocabulary they are from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reviewer.storage.engine import tables as t


def list_terms_in_use(connection: Connection) -> list[str]:
    """The keys, sorted."""
    return sorted(connection.execute(select(t.findings.c.term).distinct()).scalars())


@dataclass(frozen=True)
class FindingsUnderVersion:
    """How many confirmed Findings of a Term were made under one version, on how many Photos."""

    term: str
    version: str
    findings: int
    photos: int


def count_findings_under_other_versions(connection: Connection, version: str) -> list[FindingsUnderVersion]:
    """Count confirmed Findings of every Examiner that were made under a different version, by Term and
    version."""
    c = t.findings.c
    counted = (
        select(c.term, c.vocabulary, func.count(), func.count(c.photo.distinct()))
        .where(c.vocabulary != version, c.confirmed == 1)
        .group_by(c.term, c.vocabulary)
        .order_by(c.term, c.vocabulary)
    )
    return [FindingsUnderVersion(*row) for row in connection.execute(counted)]
