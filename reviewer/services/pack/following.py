"""What of a pack follows from its ledger and its list of files, besides the tables that are replayed.

Lists of sources, files that are no photographs, rows of records, load files, about.csv and the dictionary.
Each function yields sentences on what is wrong; docs/pack-format.md says the rules.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reviewer.domain.evidence import pack_format
from reviewer.domain.evidence.load_files import LoadFileImage, format_dat, format_opt, to_windows_path
from reviewer.domain.evidence.manifest import UNREAD_HASH
from reviewer.domain.evidence.nested_sources import locate_file
from reviewer.domain.grouping import group_pairs
from reviewer.domain.names import make_printable, path_to_text
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.domain.photos.photo import ProblemKind
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere, make_file_id
from reviewer.domain.records.mapping import RecordFact, RecordRow, compute_rows_seal
from reviewer.services.export.tables.columns import format_yes_or_no, neutralise_formula
from reviewer.services.export.tables.record_tables import RECORD_COLUMNS, RecordTableRow
from reviewer.services.pack.bound import PackRow, PackRows
from reviewer.services.pack.exhibits import to_load_path
from reviewer.storage import records
from reviewer.storage.evidence import case_rows, evidence_rows
from reviewer.storage.people import people
from reviewer.storage.reading.terms import count_findings_under_other_versions
from reviewer.storage.store import Connection

_LIST = "data/evidence/source-"
_CHANGED = str(ProblemKind.CHANGED)
_PLACED = {"photo_sha256", "source", "path"}


HEADS: Mapping[str, tuple[str, ...]] = {
    pack_format.FILES: pack_format.FILE_COLUMNS,
    pack_format.LOAD_FILE: pack_format.LOAD_COLUMNS,
    pack_format.PHOTOGRAPHS: pack_format.PHOTOGRAPH_COLUMNS,
}
"""The columns of what is no table of the export."""
_SINGLE_FILES = frozenset(
    (
        *HEADS,
        *(pack_format.LEDGER, pack_format.STATED, pack_format.KEYS, pack_format.VOCABULARY),
        *(pack_format.LOAD_DAT, pack_format.LOAD_OPT, pack_format.METHOD),
        *(pack_format.CHECKER, pack_format.FORMAT_PAGE),
    )
)
_KNOWN_FOLDERS = (
    pack_format.TABLES,
    pack_format.DEFINITIONS,
    pack_format.EXHIBITS,
    pack_format.REPORTS,
    _LIST,
)
"""What may lie in these other rules say: columns.csv, definitions.stated, loadfile.csv, the list of sources;
of reports, the maker."""


def find_form_faults(heads: Mapping[str, Sequence[str]], hashes: Mapping[str, str]) -> Iterator[str]:
    """Whether lists have the columns that the format names (`heads` by path), and each file has a place."""
    for path, columns in HEADS.items():
        if tuple(heads[path]) != columns:
            yield f"{path} has other columns"
    for path in sorted(hashes):
        if path.startswith("data/") and path not in _SINGLE_FILES and not path.startswith(_KNOWN_FOLDERS):
            yield f"{make_printable(path)} has no place in a pack"


class ListedFiles:
    """The rows of evidence/files.csv, with what the ledger says of their sources. Folders and paths are
    compared as tables show them."""

    def __init__(self, rows: PackRows, rebuilt: Connection) -> None:
        folders = {source.id: source.path for source in case_rows.load_sources(rebuilt)}
        self._rows, self._roots = rows, case_rows.load_source_roots(rebuilt)
        self._sources = evidence_rows.list_sources_added(rebuilt)
        self._standing = {(row["source"], bytes.fromhex(row["path_hex"])): row for row in rows}
        self._places: dict[str, set[tuple[str, str]]] = {}
        self._ids: dict[str, tuple[tuple[str, str], PackRow]] = {}
        for row in rows:
            path, sha256 = bytes.fromhex(row["path_hex"]), row["sha256"].removeprefix(UNREAD_HASH)
            shown = neutralise_formula(folders[row["source"]]), neutralise_formula(path_to_text(path))
            self._places.setdefault(sha256, set()).add(shown)
            self._ids[make_file_id(row["source"], path, sha256)] = shown, row

    def find_list_faults(self, hashes: Mapping[str, str]) -> Iterator[str]:
        """Whether the rows stand in their order, and the lists of each source are made from them."""
        numbers = {source: number for number, source in enumerate(self._sources, start=1)}
        order = [(numbers[row["source"]], bytes.fromhex(row["path_hex"])) for row in self._rows]
        if order != sorted(order):
            yield "the files of evidence are not listed by source and path"
        lines: dict[str, list[bytes]] = {}
        for source, number in numbers.items():
            sums, deep = lines.setdefault(f"{_LIST}{number}.sha256", []), [pack_format.HASHDEEP_HEADER]
            lines[f"{_LIST}{number}.hashdeep.txt"] = deep
            read = [(path, row) for (of, path), row in self._standing.items() if of == source]
            for path, row in read:
                if row["sha256"] != UNREAD_HASH:
                    sums.append(pack_format.format_checksum_line(row["sha256"], path))
                    deep.append(pack_format.format_hashdeep_line(row["sha256"], int(row["size"]), path))
        there = {path for path in hashes if path.startswith(_LIST)}
        for name in sorted(there | lines.keys()):
            if name not in lines or hashes.get(name) != _hash(lines[name]):
                yield f"{make_printable(name)} is not made from the list of files"

    def find_count_faults(self, photographs: PackRows, problems: PackRows) -> Iterator[str]:
        """Whether each photograph counts the files with its content as ingested, and each other file is
        listed as a problem. A file that lies in two sources is one."""
        listed = {
            (row["source"], row["path"], row["sha256"]) for row in problems if row["problem"] != _CHANGED
        }
        photos = {row["photo_sha256"] for row in photographs}
        found: dict[str, set[bytes]] = {}
        for (source, path), row in self._standing.items():
            sha256 = row["sha256"].removeprefix(UNREAD_HASH)
            shown, _row = self._ids[make_file_id(source, path, sha256)]
            if (*shown, sha256) not in listed:
                found.setdefault(sha256, set()).add(locate_file(self._roots[source], path))
                if sha256 not in photos:
                    yield f"{make_printable(shown[1])} is neither a photograph nor a problem"
        for row in photographs:
            if row["files_with_this_content"] != str(len(found.get(row["photo_sha256"], ()))):
                yield f"{row['photo_sha256'][:12]} counts other files with its content than are listed"

    def find_problem_faults(
        self, problems: PackRows, seen: Mapping[str, SeenElsewhere], names: Mapping[str, str]
    ) -> Iterator[str]:
        """Whether each problem is a file that is listed, and what was seen of it elsewhere what acts say."""
        by_file = {
            (*shown, row["sha256"].removeprefix(UNREAD_HASH)): id_ for id_, (shown, row) in self._ids.items()
        }
        for row in problems:
            id_ = by_file.get((row["source"], row["path"], row["sha256"]), "")
            source, _path, sha256 = id_.split(":") if id_ else ("", "", "")
            is_changed = row["problem"] == _CHANGED  # acts name such a file without its path
            said = seen.get(make_file_id(source, b"", sha256) if is_changed else id_)
            told = (said.reason, names.get(said.author, ""), said.at) if said else ("", "", "")
            is_open = row["may_hold_photographs"] == "yes" and said is None
            expected = [*map(neutralise_formula, told), format_yes_or_no(is_open)]
            there = [row[name] for name in ("seen_elsewhere", "seen_by", "seen_at", "open")]
            if not id_ or self._ids[id_][1]["size"] != row["bytes"] or there != expected:
                yield f"problems.csv: what is said of {make_printable(row['path'])} does not follow"

    def find_place_faults(self, tables: Mapping[str, PackRows]) -> Iterator[str]:
        """Whether each photograph lies where the tables say: in that folder, under that path."""
        for name, rows in tables.items():
            for row in rows if rows and rows[0].keys() >= _PLACED else ():
                if (row["source"], row["path"]) not in self._places.get(row["photo_sha256"], ()):
                    shown = make_printable(row["path"])
                    yield f"{name}: {row['photo_sha256'][:12]} does not lie at {shown} in the folder named"


def find_record_row_faults(rebuilt: Connection, rows: PackRows, names: Mapping[str, str]) -> Iterator[str]:
    """Whether rows of records are those that the ledger sealed, and settled as acts say."""
    known, links = people.load_individuals(rebuilt), records.load_links(rebuilt)
    files = {file.id: file for file in records.load_record_files(rebuilt)}
    parsed = [(_parse_record_row(row), row) for row in rows]
    found = group_pairs((_find_record_file(record, row), (record, row)) for record, row in parsed)
    for id_ in sorted(found.keys() | files.keys()):
        there, file = found.get(id_, []), files.get(id_)
        if file is None or compute_rows_seal(record for record, _row in there) != (file.rows, file.seal):
            yield f"record_rows.csv: the rows of {make_printable(id_)} are not those that the ledger sealed"
            continue
        for record, row in there:
            link = links.get(_restore(row["record"]))
            individual = find_merge_root(known, link.individual) if link is not None else ""
            name = names.get(link.author, "") if link is not None else ""
            made = RecordTableRow(file, record, link, individual, name)
            for column in RECORD_COLUMNS:
                value = column.value(made)
                if row[column.name] != (neutralise_formula(value) if column.free else value):
                    yield f"record_rows.csv: another {column.name} of {make_printable(row['record'])}"


def _parse_record_row(row: PackRow) -> RecordRow:
    facts = [
        RecordFact(fact["column"], fact["fact"], fact["value"], fact["raw"], fact["doubt"])
        for fact in json.loads(row["facts"])
    ]
    return RecordRow(_restore(row["sheet"]), int(row["row"]), tuple(json.loads(row["cells"])), tuple(facts))


def _find_record_file(record: RecordRow, row: PackRow) -> str:
    """The id of the file that the citation of a row begins with."""
    return _restore(row["record"]).removesuffix(f":{record.sheet}:{record.row}")


def _restore(text: str) -> str:
    """A free text without the apostrophe that makes it inert."""
    return text.removeprefix("'")


def find_load_file_faults(rows: PackRows, photographs: PackRows, hashes: Mapping[str, str]) -> Iterator[str]:
    """Whether the load files for review platforms say what loadfile.csv says."""
    pictures = {row["photo_sha256"]: row["pictures"] for row in photographs}
    images = [
        LoadFileImage(
            row["exhibit"],
            to_load_path(row["file"]),
            int(pictures[row["sha256"]]) if row["copy"] == pack_format.ORIGINAL else 1,
        )
        for row in rows
        if row["file"]
    ]
    columns = (*pack_format.LOAD_COLUMNS, pack_format.NATIVE_PATH)
    told = [
        (*(row[name] for name in pack_format.LOAD_COLUMNS), to_windows_path(to_load_path(row["file"])))
        for row in rows
    ]
    for path, content in (
        (pack_format.LOAD_DAT, format_dat(columns, told)),
        (pack_format.LOAD_OPT, format_opt(images)),
    ):
        if hashes.get(path) != _hash([content]):
            yield f"{path} says something else than the load file for spreadsheets"


def find_about_faults(
    about: PackRows, facts: Mapping[str, str | int], hashes: Mapping[str, str]
) -> Iterator[str]:
    """Whether about.csv says what is known of the case, and the hashes of the tables; its words on
    apostrophes are the program's."""
    expected = {name: neutralise_formula(str(value)) for name, value in facts.items()}
    for path in sorted(hashes):
        name = path.removeprefix(pack_format.TABLES)
        if name not in (path, "about.csv"):
            expected[f"sha256 of {name}"] = hashes[path]
    told = [(row["fact"], row["value"]) for row in about if row["fact"] != "free_text"]
    if len(about) != len(told) + 1 or sorted(told) != sorted(expected.items()):
        yield "about.csv says something else than the pack does elsewhere"


def find_dictionary_faults(
    columns: PackRows, dictionary: PackRows, rebuilt: Connection, vocabulary: Mapping[str, Any]
) -> Iterator[str]:
    """Whether the dictionary says of columns what the definitions do, and of terms what they meant when
    findings were made."""
    meant = [
        {"file": "findings.csv", "column": "term", "meaning": meaning, "free_text": "no"}
        for meaning in _list_earlier_meanings(rebuilt, vocabulary)
    ]
    if Counter(map(_to_pairs, dictionary)) != Counter(map(_to_pairs, [*columns, *meant])):
        yield "the dictionary says something else than the definitions do"


def _list_earlier_meanings(rebuilt: Connection, vocabulary: Mapping[str, Any]) -> Iterator[str]:
    told, terms = vocabulary["earlier"], vocabulary["terms"]["term"]
    now = {term["key"]: [term["name"], term["definition"]] for term in terms}
    for counted in count_findings_under_other_versions(rebuilt, vocabulary["version"]):
        then = told.get(counted.version, {}).get(counted.term)
        if then is not None and then != now.get(counted.term):
            yield f"{counted.term} under vocabulary {counted.version}: {then[0]}. {then[1]}"


def _to_pairs(row: PackRow) -> tuple[tuple[str, str], ...]:
    return tuple(row.items())


def _hash(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
