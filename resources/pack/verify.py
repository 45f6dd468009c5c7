"""Checks a court pack without the program that made it: python verify.py [FOLDER]

Needs Python 3.11 or later and the package `cryptography`, only reads, and follows FORMAT.md beside this file.
Exit status: 0 the pack is sound, 1 it is not sound, 2 it cannot be read.
"""

import csv
import hashlib
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

INFO, MANIFEST, TAGS = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNED, METHOD, WHOLE = "pack-signature.json", "data/METHOD.txt", b"reviewer court pack 1\n"
TEXTS = ("author", "station", "prev", "at", "act", "subject", "takes_back", "hash", "signature")
ENTRY = {**dict.fromkeys(TEXTS, str), "format": int, "seq": int, "tick": int, "body": dict}
OF_READING = ("finding", "findings", "mark", "scale", "measurement", "note", "reading", "coverage")
NOTHING, CANNOT = "nothing visible in the assessable regions", "not assessable"
CONCLUSIONS = {"nothing_visible": NOTHING, "not_assessable": CANNOT, "conclusion_withdrawn": ""}
STATES = {"completed": "complete", "set_aside": "set aside", "carried_over": "complete", "reopened": "open"}
FINDING = ("term", "vocabulary", "answer", "certainty", "degree", "copied_from")
NEW = {"conclusion": "", "reason": "", "note": "", "carried_from": "", "state": "open"}
faults, LARGEST = [], 1 << 30
csv.field_size_limit(LARGEST)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def refuse(what):
    raise ValueError(f"{what} is not as it must be")


def parsed(line):
    value = json.loads(line.decode(), parse_float=refuse, parse_constant=refuse)
    return value if canonical(value) == line else refuse("the form of a line of JSON")


def inert(text):
    return f"'{text}" if text[:1] in tuple("=+-@\t\r'") else text


def holds(key, hash_, signature):
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), bytes.fromhex(hash_))
        return bool(re.fullmatch("[0-9a-f]{128}", signature))
    except (InvalidSignature, ValueError):
        return False


class Pack:
    """The hashes of all files below the folder, by path with "/"; None for what is no plain file."""

    def __init__(self, folder):
        self.folder, self.hashes, self.people = folder, {}, {}
        for path in folder.rglob("*"):
            if path.is_symlink() or not path.is_dir():
                name, plain = path.relative_to(folder).as_posix(), path.is_file() and not path.is_symlink()
                with path.open("rb") if plain else io.BytesIO() as file:
                    self.hashes[name] = hashlib.file_digest(file, "sha256").hexdigest() if plain else None

    def read(self, path):
        with (self.folder / (path if self.hashes.get(path) else refuse(path))).open("rb") as file:
            content = file.read(LARGEST + 1)
        return content if len(content) <= LARGEST else refuse(f"the size of {path}")

    def table(self, name):
        content, again = self.read(f"data/{name}"), io.StringIO(newline="")
        head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        csv.writer(again, lineterminator="\r\n").writerows([head, *rows])
        whole = again.getvalue().encode() == content and {len(row) for row in rows} <= {len(set(head))}
        return [dict(zip(head, row, strict=True)) for row in rows] if whole else refuse(f"the form of {name}")


def check_bag(pack):
    payload, tags = {path for path in pack.hashes if path.startswith("data/")}, {"bagit.txt", INFO, MANIFEST}
    faults.extend(f"{path!a} should not be here" for path in {*pack.hashes} - payload - tags - {TAGS, SIGNED})
    for name, paths in ((MANIFEST, payload), (TAGS, tags)):
        right = [f"{pack.hashes.get(path)}  {path}" for path in sorted(paths)] + [""]
        told = pack.read(name).decode(errors="surrogateescape").split("\n")
        wrong = sorted({*right} ^ {*told}) or (["order"] if right != told else [])
        faults.extend(f"{name} and the files do not agree: {line!a}" for line in wrong)
    if pack.read("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        faults.append("bagit.txt is not that of this format")
    size = sum((pack.folder / path).lstat().st_size for path in payload)
    if f"Payload-Oxum: {size}.{len(payload)}" not in pack.info:
        faults.append("the number of bytes and files is not that of bag-info.txt")


def check_entries(pack):
    *lines, end = pack.read("data/ledger.jsonl").split(b"\n")
    entries = [parsed(line) for line in lines]
    for number, e in enumerate(entries, 1):
        if {key: type(value) for key, value in e.items()} != ENTRY or e["format"] != 1 or e["tick"] < 1:
            refuse(f"entry {number}")
    pack.entries = entries if not end and entries[0]["act"] == "case.created" else refuse("the first entry")


def check_chains(pack):
    entries, last, before = pack.entries, {}, ()
    for number, e in enumerate(entries, 1):
        content = {key: value for key, value in e.items() if key not in ("prev", "hash", "signature")}
        if sha256(e["prev"].encode() + b"\n" + canonical(content)) != e["hash"]:
            faults.append(f"entry {number}: its content is not what was sealed")
        chain, place = (e["author"], e["station"]), (e["tick"], e["author"], e["station"])
        seq, hash_ = last.get(chain, (0, "0" * 64))
        if (e["seq"], e["prev"]) != (seq + 1, hash_) or place <= before:
            faults.append(f"entry {number} does not follow from the one before it")
        last[chain], before = (e["seq"], e["hash"]), place
    head = sha256("".join(sorted(f"{a} {s} {n} {h}\n" for (a, s), (n, h) in last.items())).encode())
    told = {f"Ledger-Entries: {len(entries)}", f"External-Identifier: {entries[0]['subject']}"}
    aloud = f"Head: {' '.join(re.findall('....', head))}".encode()
    if {*told, f"Ledger-Head: {head}"} - {*pack.info} or aloud not in pack.read(METHOD).split(b"\n"):
        faults.append("bag-info.txt or METHOD.txt speaks of another ledger")


def check_signatures(pack):
    entries, people, stated, always = pack.entries, pack.people, {}, pack.entries[0]["body"].get("signed")
    for number, e in enumerate(entries, 1):
        act, who, body = e["act"], e["subject"], e["body"]
        twice = (act == "examiner.enrolled" and who in people) or (act == "case.created" and number > 1)
        if twice or (act == "examiner.key_set" and who != e["author"]):
            faults.append(f"entry {number}: {act} is not possible here")
            continue
        if act == "examiner.enrolled":
            people[who] = {"id": who, "name": body["name"], "keys": []}
        if act in ("examiner.enrolled", "examiner.key_set") and body.get("key"):
            stated.setdefault(who, []).append((number, body["key"]))
            people[who]["keys"].append({"from": e["hash"], "key": body["key"]})
    for number, e in enumerate(entries, 1):
        keys = stated.get(e["author"], [])
        now = [key for since, key in keys if since <= number]
        key = now[-1] if now else keys[0][1] if keys else ""
        if not holds(key, e["hash"], e["signature"]) and (e["signature"] or now or always):
            faults.append(f"entry {number} is not signed by its author")
    faults.extend(f"{author!a} was never enrolled" for author in {e["author"] for e in entries} - {*people})
    if pack.read("data/keys.json") != canonical({"examiners": [*people.values()]}) + b"\n":
        faults.append("keys.json is not what the ledger says")
    told = parsed(pack.read(SIGNED).removesuffix(b"\n"))
    hash_, key = sha256(WHOLE + pack.read(TAGS)), people[told["examiner"]]["keys"][-1]["key"]
    if not holds(key, hash_, told["signature"]):
        faults.append("the pack as a whole is not what an examiner signed")


def check_evidence(pack):
    lines = {e["subject"]: [] for e in pack.entries if e["act"] == "source.added"}
    seals = {e["subject"]: e["body"] for e in pack.entries if e["act"] == "source.ingested"}
    rows, exhibits = pack.table("evidence/files.csv"), pack.table("loadfile.csv")
    for row in rows:
        line = f"{row['sha256']} {row['size']} ".encode() + bytes.fromhex(row["path_hex"]) + b"\n"
        lines[row["source"]] += [line] if {"yes": True, "no": False}[row["sealed"]] else []
    for source, found in lines.items():
        seal = seals.get(source, {"files": 0, "manifest": sha256(b"")})
        if (len(found), sha256(b"".join(sorted(found)))) != (seal["files"], seal["manifest"]):
            faults.append(f"the files of source {source!a} are not those that the ledger sealed")
    pack.photos = {row["sha256"] for row in rows} - {"-"}
    files = {path: hash_ for path, hash_ in pack.hashes.items() if path.startswith("data/exhibits/")}
    if {row["file"]: row["file_sha256"] for row in exhibits if row["file"]} != files:
        faults.append("the exhibits are not those of loadfile.csv")
    for row in exhibits:
        wanted = row["sha256"] if row["copy"] == "original" else row["file_sha256"]
        if row["sha256"] not in pack.photos or row["file_sha256"] != wanted:
            faults.append(f"{row['exhibit']!a} is not the photograph it is said to be, or no evidence")


def standing(entries):
    """The entries without those that are taken back and stay so."""
    seen, gone = {}, set()
    for number, e in enumerate(entries, 1):
        if e["act"] == "act.taken_back":
            target = seen.get(e["takes_back"], {"author": ""})
            if target["author"] != e["author"]:
                refuse(f"what entry {number} takes back")
            gone.add(target["hash"])
            gone.discard(target["takes_back"])
        seen[e["hash"]] = e
    return [e for e in entries if e["hash"] not in gone]


def shared(act, subject, b):
    """What a shared act says of photographs: these, column, value."""
    if act == "individuals.made":
        return [(each["photos"], "individual", each["id"]) for each in b["individuals"]]
    if act == "duplicates.grouped":
        return [(group, "duplicates", group[0]) for group in b["groups"]]
    if act in ("individuals.merged", "photos.assigned"):
        return [(b["photos"], "individual", subject)]
    names = {"photos.categorised": ("category", b.get("category")), "duplicates.parted": ("duplicates", "")}
    return [(b["photos"], *names[act])] if act in names else []


def act_on(r, act, b):
    """What an act of a reading does to it. Acts on marks, scales, measurements and coverage only open it."""
    kind, verb, found = *act.split("."), r["findings"]
    if "finding" in b and kind in ("finding", "mark"):
        if not (f := found.get(b["finding"])):
            return
        f |= {key: value for key, value in b.items() if key in f}
        f["certainty_stated"] = f["certainty_stated"] or verb == "certainty_set"
        if verb == "degree_set":
            f["alleged_by"] = b.get("alleged_by", "")
        if verb == "qualifier_set":
            chosen = {**f["qualifiers"], b["qualifier"]: b["values"]}
            f["qualifiers"] = {key: values for key, values in chosen.items() if values}
    elif verb in CONCLUSIONS:
        r |= {"conclusion": CONCLUSIONS[verb], "reason": b.get("reason", "")}
    elif act in ("finding.added", "findings.copied"):
        r |= {"conclusion": "", "reason": ""}
        found |= {f["id"]: dict(f) for f in b.get("findings", [b])}
    elif verb == "carried_over":
        r |= {"conclusion": b["conclusion"], "reason": b["reason"], "carried_from": b["from"]}
        found |= {f["id"]: dict(f) for f in b["findings"]}
    elif verb in ("confirmed", "certainty_stated"):
        said = {"confirmed": True} if verb == "confirmed" else {"certainty": b["certainty"], verb: True}
        found |= {id_: f | said for id_, f in found.items() if id_ in b["ids"] and not f[verb]}
    elif act == "findings.removed":
        r["findings"] = {id_: f for id_, f in found.items() if id_ not in b["ids"]}
    r["note"] = b["text"] if act == "note.written" else r["note"]
    r["carried_from"] = "" if verb == "completed" else r["carried_from"]
    r["state"] = STATES.get(verb, "open")


def check_tables(pack):
    """Fold the acts that stand, and compare what follows with the tables."""
    names, readings, facts = json.loads(pack.read("data/vocabulary.json")), {}, {}
    for e in standing(pack.entries):
        for photos, column, value in shared(e["act"], e["subject"], e["body"]):
            for photo in photos:
                facts.setdefault(photo, {"category": "", "individual": "", "duplicates": ""})[column] = value
        if e["act"].split(".")[0] in OF_READING:
            r = readings.setdefault((e["author"], e["subject"]), {**NEW, "findings": {}})
            if e["act"] != "reading.context_seen":
                act_on(r, e["act"], e["body"])
            r["changed_at"] = e["at"]
    told = [{"photo_sha256": photo, **row} for photo, row in facts.items() if any(row.values())]
    right = {"from-ledger/photographs.csv": told, "tables/readings.csv": [], "tables/findings.csv": []}
    for (who, photo), r in readings.items():
        where = {"photo_sha256": photo, "examiner": inert(pack.people[who]["name"]), "examiner_id": who}
        where |= {"reading_state": r["state"], "carried_from": r["carried_from"]}
        row = {"findings": str(len(r["findings"])), "note": inert(r["note"])}
        row |= {key: r[key] for key in ("conclusion", "reason", "changed_at")}
        right["tables/readings.csv"].append(where | row)
        for number, f in enumerate(r["findings"].values(), 1):
            row = where | {key: f[key] for key in FINDING} | {"finding_id": f["id"], "number": str(number)}
            row |= {key: "yes" if f[key] else "no" for key in ("certainty_stated", "confirmed")}
            row |= {} if f["certainty_stated"] else {"certainty": "not stated"}
            row |= {"regions": ";".join(f["regions"]), "answer_reason": f["reason"]}
            row |= {"mechanism": inert(f["mechanism"]), "alleged_by": f.get("alleged_by", "")}
            row |= {"term_name": names["term_names"].get(f["term"], f["term"])}
            row["region_names"] = ";".join(names["region_names"].get(key, key) for key in f["regions"])
            row["qualifiers"] = json.dumps(dict(sorted(f["qualifiers"].items())), ensure_ascii=False)
            right["tables/findings.csv"].append(row)
    for name, rows in right.items():
        there, rows = pack.table(name), [row for row in rows if row["photo_sha256"] in pack.photos]
        told = Counter(canonical({key: row[key] for key in (rows or there)[0]}) for row in there)
        follows = Counter(map(canonical, rows))
        faults.extend(f"{name}: this does not follow: {row!a}" for row in told - follows)
        faults.extend(f"{name}: this is missing: {row!a}" for row in follows - told)


CHECKS = {
    "the files are those of the manifests, none more, none less": check_bag,
    "the ledger can be read to its end": check_entries,
    "each entry is what was sealed, and each chain is whole": check_chains,
    "each entry is signed by its examiner, and the pack by one of them": check_signatures,
    "the files of evidence and the exhibits are those that the ledger sealed": check_evidence,
    "readings, findings, categories and individuals are what the ledger adds up to": check_tables,
}


def main(folder):
    pack = Pack(folder)
    pack.info = pack.read(INFO).decode().split("\n")
    if "Pack-Format: 1" not in pack.info:
        refuse("the number of the format")
    for name, function in CHECKS.items():
        before = len(faults)
        try:
            function(pack)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, csv.Error) as error:
            faults.append(f"this cannot be followed: {type(error).__name__}: {error}")
        print("WRONG" if faults[before:] else "ok   ", name)
        for fault in faults[before:][:20]:
            print(f"          {fault[:400]}")
    print(f"{'NOT SOUND' if faults else 'SOUND'}; SHA-256 of {TAGS}: {pack.hashes.get(TAGS)}")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parents[1]))
    except (OSError, ValueError) as error:
        sys.exit(print(f"CANNOT BE READ: {error}") or 2)
