"""Manifests of the Sources as ingested, for programs that check hashes: `sha256sum -c` and hashdeep.

Names of files are written as the bytes they are. GNU coreutils has an escape for line ends in names; the
format of hashdeep has none, so such a name is left out of that one and said to be.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.names import path_to_text
from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import make_dictionary, to_csv_bytes
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.sums import format_checksum_line
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.jobs import JobControl
from reviewer.storage.evidence.manifest_rows import ListedFile, count_listed_files, iterate_listed_files

_HASHDEEP_HEADER = "%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n"
_SOURCE_COLUMNS = (
    ("number", "N of source-N.sha256 and source-N.hashdeep"),
    ("source", "the source's id in the ledger"),
    ("folder", "where it lay when it was ingested or located last"),
    ("added_at", "UTC time at which it was added"),
    ("ingested_at", "UTC time at which its last ingest ended; empty if none did"),
    ("sealed_manifest", "SHA-256 of its manifest, as that ingest sealed it in the ledger"),
    ("names", "how many names were met in it"),
    ("listed", "how many of them are in source-N.sha256"),
    ("not_in_hashdeep", "how many of these are not in source-N.hashdeep: their names have a line end"),
    ("not_hashed", "how many are in no manifest: their content could not be read"),
    ("changed_since", "how many were found changed after they were ingested"),
)
_NOTED_COLUMNS = (
    ("number", "the number of the source in sources.csv"),
    ("path", "the file, below the folder of the source"),
    ("what", "why it is in no manifest or in one only, or that it was found changed"),
)
_FREE_TEXT_COLUMNS = frozenset({"folder", "path"})


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    total, done = count_listed_files(found.connection), 0
    sources: list[tuple[str, ...]] = [tuple(name for name, _meaning in _SOURCE_COLUMNS)]
    noted: list[tuple[str, ...]] = [tuple(name for name, _meaning in _NOTED_COLUMNS)]
    for number, source in enumerate(found.sources.values(), start=1):
        tally = _ManifestCounts()
        with (
            folder.file(f"source-{number}.sha256") as sums,
            folder.file(f"source-{number}.hashdeep") as deep,
        ):
            deep.write(_make_hashdeep_header(found, source.id).encode("utf-8"))
            for listed in iterate_listed_files(found.connection, source.id):
                control.check()
                done += 1
                control.progress(done, total)
                if listed.sha256:
                    sums.write(format_checksum_line(listed.sha256, listed.path))
                if listed.sha256 and not _has_line_end(listed.path):
                    deep.write(f"{listed.size},{listed.sha256},".encode("ascii") + listed.path + b"\n")
                noted += [
                    (str(number), neutralise_formula(path_to_text(listed.path)), what)
                    for what in tally.count_and_explain(listed)
                ]
        facts = (
            source.id,
            neutralise_formula(source.path),
            source.added_at,
            source.ingested_at,
            source.manifest,
        )
        sources.append((str(number), *facts, *tally.to_cells()))
    folder.put("sources.csv", to_csv_bytes(sources, mark=found.mark))
    folder.put("noted.csv", to_csv_bytes(noted, mark=found.mark))
    explained = [
        (file, name, meaning, "yes" if name in _FREE_TEXT_COLUMNS else "no")
        for file, columns in (("sources.csv", _SOURCE_COLUMNS), ("noted.csv", _NOTED_COLUMNS))
        for name, meaning in columns
    ]
    folder.put("dictionary.csv", make_dictionary(explained, mark=found.mark))
    about = [(name, neutralise_formula(str(value))) for name, value in found.about_facts().items()]
    folder.put("about.csv", to_csv_bytes([("fact", "value"), *about], mark=found.mark))


class _ManifestCounts:
    """Counts of the files of one Source that their hashes do not show."""

    def __init__(self) -> None:
        self._files = self._listed = self._line_ends = self._unread = self._changed = 0

    def count_and_explain(self, file: ListedFile) -> Iterator[str]:
        self._files += 1
        self._listed += bool(file.sha256)
        self._unread += not file.sha256
        self._changed += file.changed or file.replaces
        if not file.sha256:
            yield f"in no manifest: its content could not be read ({file.reason})"
        elif _has_line_end(file.path):
            self._line_ends += 1
            yield "not in the hashdeep manifest: that format cannot say a name with a line end"
        if file.replaces:
            yield "its content changed after it was ingested: the manifest holds the hash of the last ingest"
        if file.changed:
            yield "found changed after it was ingested: the manifest holds the hash of the ingest"

    def to_cells(self) -> tuple[str, ...]:
        counted = (self._files, self._listed, self._line_ends, self._unread, self._changed)
        return tuple(map(str, counted))


def _has_line_end(path: bytes) -> bool:
    return b"\n" in path or b"\r" in path


def _make_hashdeep_header(found: Contents, source: str) -> str:
    """Comment lines begin with ##; names below are relative to the folder of the Source."""
    shown = found.sources[source].path.replace("\n", " ").replace("\r", " ")
    return f"{_HASHDEEP_HEADER}## Folder of the source: {shown}\n## Ledger head: {found.head}\n##\n"


FORMAT = ExportFormat(
    "manifest",
    "Manifests of the sources",
    "for each source, as it was ingested, source-N.sha256 (checked by `sha256sum -c` in the folder of the "
    "source) and source-N.hashdeep (checked by `hashdeep -a -k`), names relative to the folder of the "
    "source, as the bytes they are; sources.csv (which source is which, counts, the sealed hash), noted.csv "
    "(every file that is not in a manifest or was found changed), dictionary.csv (their columns explained) "
    "and about.csv",
    "everything but names, sizes and hashes of files; files whose content could not be read are in no "
    "manifest, files with a line end in their name not in that of hashdeep (both are listed in noted.csv)",
    make,
    chooses=False,
)
