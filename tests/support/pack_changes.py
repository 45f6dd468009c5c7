"""Single changes of a court pack: each cell, each row, each file, and what somebody would rather have said.

A change is a name and what it does to the folder; what the hashes and signatures need is for others to do.
"""

import csv
import io
import json

from reviewer.domain.evidence import pack_format

INFO, METHOD = pack_format.BAG_INFO, pack_format.METHOD


def list_changes(folder):
    """All changes that this pack allows, as (name, function of a folder that holds a copy of it)."""
    found = []
    for path in sorted(folder.rglob("*.csv")):
        found += _changes_of_table(path.relative_to(folder).as_posix(), path)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name.startswith("data/") and name != pack_format.LEDGER and path.stat().st_size:
            found.append((f"{name}: a byte more", _append(name)))
            found.append((f"{name}: gone", _remove(name)))
    found += _changes_of_lines(folder, METHOD)
    found += _changes_of_lines(folder, INFO)
    for place in (
        "",
        "tables/",
        "exhibits/",
        "reports/",
        "evidence/",
        "from-ledger/",
        "definitions/",
        "more/",
    ):
        found.append((f"data/{place}: a file more", _add(f"data/{place}added.csv")))
    found += _changes_of_exhibits(folder)
    found += _changes_of_load_files()
    found += _changes_of_vocabulary(folder)
    return found


def read_table(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def write_table(path, rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def change_table(name, change):
    """A change of the rows of a table: `change` is given all of them, the head first."""

    def run(folder):
        rows = read_table(folder / name)
        write_table(folder / name, change(rows) or rows)

    return run


def _changes_of_table(name, path):
    head, *rows = read_table(path)
    for at, column in enumerate(head):
        yield f"{name}: another name for {column}", change_table(name, _rename(at))
        if rows:
            yield f"{name}: another {column}", change_table(name, _alter_cell(at))
        if any(row[at] for row in rows):
            yield f"{name}: no {column}", change_table(name, _empty_cell(at))
    if rows:
        yield f"{name}: a row less", change_table(name, lambda table: table[:-1])
        yield f"{name}: a row twice", change_table(name, lambda table: [*table, table[-1]])
        yield f"{name}: no rows", change_table(name, lambda table: table[:1])
    if len({tuple(row) for row in rows}) > 1:
        yield f"{name}: another order", change_table(name, lambda table: [table[0], *reversed(table[1:])])
    yield f"{name}: a row more", change_table(name, lambda table: [*table, ["x"] * len(table[0])])
    yield f"{name}: a column more", change_table(name, lambda table: [[*row, "more"] for row in table])


def _rename(at):
    def run(table):
        table[0][at] += "_"

    return run


def _alter_cell(at):
    """Something else in the first row that says something, of the kind that stands there."""

    def run(table):
        row = next((row for row in table[1:] if row[at]), table[1])
        value = row[at]
        others = [other[at] for other in table[1:] if other[at] and other[at] != value]
        row[at] = others[0] if others else {"yes": "no", "no": "yes"}.get(value, _alter(value))

    return run


def _alter(value):
    if not value:
        return "x"
    last = value[-1]
    return value[:-1] + (str((int(last) + 1) % 10) if last.isdecimal() and last.isascii() else last + "x")


def _empty_cell(at):
    def run(table):
        next(row for row in table[1:] if row[at])[at] = ""

    return run


def _append(name):
    def run(folder):
        (folder / name).write_bytes((folder / name).read_bytes() + b"\n")

    return run


def _remove(name):
    return lambda folder: (folder / name).unlink()


def _add(name):
    def run(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"more\r\n")

    return run


def _changes_of_lines(folder, name):
    """Each line another one, and each gone; the size of the pack is counted anew by whoever signs it."""
    lines = (folder / name).read_bytes().split(b"\n")
    for number, line in enumerate(lines):
        if line and not line.startswith(b"Payload-Oxum"):
            said = f"{name}: line {number + 1}, {line[:30].decode()!r}"
            yield f"{said}, says more", _set_line(name, number, [line + b" more"])
            yield f"{said}, is gone", _set_line(name, number, [])
    yield f"{name}: a line more", _set_line(name, 1, [b"More: said", lines[1]])


def _set_line(name, number, new):
    def run(folder):
        lines = (folder / name).read_bytes().split(b"\n")
        lines[number : number + 1] = new
        (folder / name).write_bytes(b"\n".join(lines))

    return run


def _changes_of_exhibits(folder):
    head, *rows = read_table(folder / pack_format.LOAD_FILE)
    at = {column: place for place, column in enumerate(head)}
    files = [row for row in rows if row[at["file"]]]
    redacted = [row for row in files if row[at["copy"]] == "redacted"]
    originals = {row[at["sha256"]]: row for row in files if row[at["copy"]] == "original"}
    if redacted and originals.get(redacted[0][at["sha256"]]):
        row, whole = redacted[0], originals[redacted[0][at["sha256"]]]
        yield "a redacted copy is the open one", _exchange(row[at["file"]], whole[at["file"]], None)
        yield (
            "a redacted copy is the open one, and called so",
            _exchange(row[at["file"]], whole[at["file"]], "original"),
        )
    for row in redacted[:1]:
        yield "a redacted copy is another picture", _exchange(row[at["file"]], None, None)
        yield (
            "a redacted copy is said to be of another photograph",
            _say(
                row[at["file"]],
                "sha256",
                next(r[at["sha256"]] for r in rows if r[at["sha256"]] != row[at["sha256"]]),
            ),
        )
        yield "a redacted copy is left out", _leave_out(row[at["file"]])
    for row in list(originals.values())[:1]:
        yield "an original is left out", _leave_out(row[at["file"]])
        yield "an original is called redacted", _say(row[at["file"]], "copy", "redacted")
        yield "an exhibit has another number", _say(row[at["file"]], "exhibit", "EX-00777")
        yield "a file has another name", _rename_file(row[at["file"]])
    if len(rows) > 2:
        yield "two exhibits have each other's numbers", change_table(pack_format.LOAD_FILE, _swap_numbers)


def _find_row(table, file):
    return next(row for row in table[1:] if row[table[0].index("file")] == file)


def _exchange(file, by, copy):
    def run(folder):
        content = (folder / by).read_bytes() if by else (folder / file).read_bytes() + b"\0"
        (folder / file).write_bytes(content)
        table = read_table(folder / pack_format.LOAD_FILE)
        row = _find_row(table, file)
        row[table[0].index("file_sha256")] = pack_format.hashlib.sha256(content).hexdigest()
        row[table[0].index("copy")] = copy or row[table[0].index("copy")]
        write_table(folder / pack_format.LOAD_FILE, table)

    return run


def _say(file, column, value):
    def change(table):
        _find_row(table, file)[table[0].index(column)] = value

    return change_table(pack_format.LOAD_FILE, change)


def _leave_out(file):
    def run(folder):
        (folder / file).unlink()
        table = read_table(folder / pack_format.LOAD_FILE)
        table.remove(_find_row(table, file))
        write_table(folder / pack_format.LOAD_FILE, table)

    return run


def _rename_file(file):
    def run(folder):
        new = file.replace("EX-", "EX-9")
        (folder / file).rename(folder / new)
        _say(file, "file", new)(folder)

    return run


def _swap_numbers(table):
    (*_, first), (*_, other) = table[1], table[-1]
    del first, other
    table[1][0], table[-1][0] = table[-1][0], table[1][0]


def _changes_of_load_files():
    def replaced(name, old, new):
        def run(folder):
            content = (folder / name).read_bytes()
            (folder / name).write_bytes(content.replace(old, new, 1))

        return run

    dat, opt = pack_format.LOAD_DAT, pack_format.LOAD_OPT
    yield f"{dat}: another number", replaced(dat, b"EX-00001", b"EX-00007")
    yield f"{dat}: another title", replaced(dat, b"IMG_", b"IMH_")
    yield f"{dat}: another hash", replaced(dat, b"a", b"b")
    yield f"{dat}: no mark of UTF-8", replaced(dat, b"\xef\xbb\xbf", b"")
    yield f"{opt}: another number", replaced(opt, b"EX-00001", b"EX-00007")
    yield f"{opt}: more pictures", replaced(opt, b",1\r\n", b",2\r\n")
    yield f"{opt}: another volume", replaced(opt, b"VOL001", b"VOL002")


def _changes_of_vocabulary(folder):
    told = json.loads((folder / pack_format.VOCABULARY).read_bytes())

    def write(folder, changed):
        text = json.dumps(changed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / pack_format.VOCABULARY).write_bytes(text.encode("utf-8"))

    def definition(folder):
        write(folder, _with_another_text(told))

    def name(folder):
        changed = {**told, "term_names": {**told["term_names"], "blunt.bruise": "scratch"}}
        write(folder, changed)
        table = folder / "data/tables/findings.csv"
        rows = read_table(table)
        term, said = rows[0].index("term"), rows[0].index("term_name")
        for row in rows[1:]:
            row[said] = "scratch" if row[term] == "blunt.bruise" else row[said]
        write_table(table, rows)

    yield "the vocabulary: another definition of a term", definition
    yield "the vocabulary: another name of a term, in the tables too", name
    yield "the vocabulary: another version", lambda folder: write(folder, {**told, "version": "9.9.9"})


def _with_another_text(told):
    changed = json.loads(json.dumps(told))
    term = next(iter(changed["terms"]["terms"])) if "terms" in changed["terms"] else None
    if isinstance(term, dict):
        term["definition"] = "another"
    else:
        changed["terms"]["more"] = "another"
    return changed
