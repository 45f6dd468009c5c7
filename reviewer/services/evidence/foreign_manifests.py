"""Comparing a Source with a manifest that somebody else made of it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence.audit import UNREADABLE_HASH, AuditedFile, audit, count_by_class
from reviewer.domain.evidence.foreign_manifest import ForeignManifest, parse_foreign_manifest
from reviewer.domain.evidence.listed_names import align_to_folder, match_spellings
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_printable, path_to_text
from reviewer.media.workers.evidence_file import compute_hash, locate_original
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.verify_originals import deviations_to_body
from reviewer.services.jobs import JobControl
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.system.files import read_at_most

LARGEST_MANIFEST = 256 << 20


@dataclass(frozen=True)
class ManifestComparison:
    """How the files of a Source stand to a manifest; `complaints` are lines of it that are none. `other_form`
    and `other_capitals`: how many names it writes otherwise, which were matched all the same."""

    kind: str
    algorithm: str
    counts: dict[str, int]
    deviations: tuple[AuditedFile, ...]
    complaints: tuple[str, ...]
    other_form: int = 0
    other_capitals: int = 0

    @property
    def sound(self) -> bool:
        return not self.deviations and not self.complaints


def compare_with_manifest(
    case: OpenCase, source: str, file: Path, author: str, control: JobControl
) -> ManifestComparison:
    """Compare what was ingested from a Source with a foreign manifest, and record the outcome.

    SHA-256 is compared with the hashes made at ingest; for other algorithms the originals are read again.
    """
    case.require_writable()
    content = _read_manifest(file)
    manifest = parse_foreign_manifest(content, file.name)
    with case.store.read() as connection:
        ingested = photos.load_hashes_by_path(connection, source)
        root = case_rows.load_source_roots(connection)[source]
    own = locate_original(os.path.abspath(os.fsencode(file)), b"")
    ingested = {path: sha for path, sha in ingested.items() if locate_original(root, path) != own}
    if manifest.algorithm == "sha256":
        found = ingested
    else:
        found = _hash_files(root, ingested, manifest.algorithm, control)
    named = match_spellings(align_to_folder(manifest.files, found), found)
    results = audit(named.files, found)
    compared = ManifestComparison(
        manifest.kind,
        manifest.algorithm,
        count_by_class(results),
        tuple(result for result in results if result.deviates),
        manifest.complaints,
        named.other_form,
        named.other_capitals,
    )
    body = _make_entry_body(file, content, manifest, compared)
    case.record(Draft(acts.MANIFEST_COMPARED, source, body), author)
    return compared


def describe_comparison(compared: ManifestComparison) -> str:
    """The counts, and how many names were matched although they are written otherwise, in sentences."""
    told = ", ".join(f"{count:,} {name}" for name, count in compared.counts.items() if count)
    extra = f"; {len(compared.complaints):,} lines are not of a manifest" if compared.complaints else ""
    sentences = [
        f"Compared with a {compared.kind} manifest ({compared.algorithm}): {told or 'no files'}{extra}."
    ]
    if compared.other_form:
        sentences.append(
            f"Names written there in another Unicode form, and matched all the same: {compared.other_form:,}."
        )
    if compared.other_capitals:
        sentences.append(
            "Names written there with other capitals or backslashes, and matched by their content: "
            f"{compared.other_capitals:,}."
        )
    return " ".join(sentences)


def _make_entry_body(
    file: Path, content: bytes, manifest: ForeignManifest, compared: ManifestComparison
) -> dict[str, object]:
    return {
        "name": make_printable(file.name),
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": manifest.kind,
        "algorithm": manifest.algorithm,
        "counts": compared.counts,
        "deviations": deviations_to_body(compared.deviations),
        "complaints": list(compared.complaints),
        "respelled": {"form": compared.other_form, "capitals": compared.other_capitals},
    }


def _hash_files(
    root: bytes, paths: dict[bytes, str], algorithm: str, control: JobControl
) -> dict[bytes, str]:
    found = {}
    for done, path in enumerate(sorted(paths), start=1):
        control.check()
        try:
            found[path] = compute_hash(locate_original(root, path), algorithm)
        except OSError:
            found[path] = UNREADABLE_HASH
        control.progress(done, len(paths))
    return found


def _read_manifest(file: Path) -> bytes:
    shown = path_to_text(os.fsencode(file))
    try:
        return read_at_most(file, LARGEST_MANIFEST)
    except ValueError:
        raise KnownError(
            f"{shown} is too large for a manifest, or is no file.", code="bad-manifest"
        ) from None
    except OSError as error:
        raise KnownError(
            f"The manifest {shown} cannot be read: {error.strerror}.", code="bad-manifest"
        ) from error
