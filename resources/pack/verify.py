"""Checks a court pack without the program that made it: python -I verify.py [FOLDER]

Needs Python 3.11 or later, only reads, follows FORMAT.md; is faster with the package cryptography.
Exit status: 0 the pack is sound, 1 it is not sound, 2 it cannot be read.
"""

import sys

# fmt: off
if __name__ == "__main__" and not sys.flags.isolated:  # else a csv.py beside this file would be run
    sys.exit(print("CANNOT BE READ: run it with -I, as: python -I verify.py FOLDER") or 2)

import base64
import csv
import hashlib
import io
import json
import re
from collections import Counter
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    InvalidSignature, Ed25519PublicKey = ValueError, None
try:
    from cryptography.x509 import load_der_x509_certificate
    from rfc3161_client import VerificationError as Fake
    from rfc3161_client import VerifierBuilder, decode_timestamp_response
except ImportError:
    decode_timestamp_response, Fake = None, ValueError
INFO, MANIFEST, TAGS = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNED, METHOD, WHOLE = "pack-signature.json", "data/METHOD.txt", b"reviewer court pack 1\n"
LEDGER, STATED, EXHIBITS, LARGEST = "data/ledger.jsonl", "data/stated.json", "data/exhibits/", 1 << 30
TEXTS = ("author", "station", "prev", "at", "act", "subject", "takes_back", "hash", "signature")
ENTRY = {**dict.fromkeys(TEXTS, str), "format": int, "seq": int, "tick": int, "body": dict}
OF_READING = ("finding", "findings", "mark", "scale", "measurement", "note", "reading", "coverage")
NOTHING = "nothing visible in the assessable regions"
CONCLUSIONS = {"nothing_visible": NOTHING, "not_assessable": "not assessable", "conclusion_withdrawn": ""}
STATES = {"completed": "complete", "set_aside": "set aside", "carried_over": "complete", "reopened": "open"}
FINDING = ("term", "vocabulary", "answer", "certainty", "degree", "copied_from", "alleged_by")
LATER = {"alleged_by": "", "recipe": {}, "seen_as_is": True, "marks": ()}  # what early findings do not have
NEW = {"conclusion": "", "reason": "", "note": "", "carried_from": "", "state": "open", "coverage": {}}
AFTER_1 = ("category", "marks", "display_recipe", "seen_as_is", "only_enhanced")  # not followed in format 1
faults = []
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

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032, section 5.1
D = -121665 * pow(121666, -1, P) % P
def add(one, other):
    (x, y, z, t), (u, v, w, s) = one, other
    a, b, c, d = (y - x) * (v - u) % P, (y + x) * (v + u) % P, 2 * t * s * D % P, 2 * z * w % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total, point, number = add(total, point) if number & 1 else total, add(point, point), number >> 1
    return total
def point_of(encoded):
    sign, y = encoded >> 255, encoded % 2**255 % P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x & 1 != sign else x
    return (x % P, y, 1, x * y % P) if x * x % P == square else refuse("a point of the curve")
BASE = point_of(4 * pow(5, -1, P) % P)
def plain_check(key, message, signature):
    """Ed25519 as RFC 8032, 5.1.7 has it: whether R is [S]B - [k]A, to the byte."""
    s, a = int.from_bytes(signature[32:], "little"), point_of(int.from_bytes(key, "little"))
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, _t = add(times(s, BASE), times(k, (P - a[0], a[1], 1, P - a[3])))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return s < L and (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

def holds(key, hash_, signature):
    if not re.fullmatch("[0-9a-f]{128}", signature) or not re.fullmatch("[0-9a-fA-F]{64}", key):
        return False
    key, hash_, signature = (bytes.fromhex(text) for text in (key, hash_, signature))
    try:
        if not Ed25519PublicKey:
            return plain_check(key, hash_, signature)
        return Ed25519PublicKey.from_public_bytes(key).verify(signature, hash_) is None
    except (InvalidSignature, ValueError):
        return False

class Pack:
    def __init__(self, folder):
        self.folder, self.hashes, self.people, self.areas, self.heads, self.own = folder, {}, {}, {}, [], []
        for path in folder.rglob("*"):
            if path.is_symlink() or not path.is_dir():
                name, plain = path.relative_to(folder).as_posix(), path.is_file() and not path.is_symlink()
                with path.open("rb") if plain else io.BytesIO() as file:
                    self.hashes[name] = hashlib.file_digest(file, "sha256").hexdigest() if plain else None
    def open(self, path):
        return (self.folder / (path if self.hashes.get(path) else refuse(path))).open("rb")
    def read(self, path):
        with self.open(path) as file:
            content = file.read(LARGEST + 1)
        return content if len(content) <= LARGEST else refuse(f"the size of {path}")
    def table(self, name):
        content, again = self.read(f"data/{name}"), io.StringIO(newline="")
        head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        csv.writer(again, lineterminator="\r\n").writerows([head, *rows])
        whole = again.getvalue().encode() == content and {len(row) for row in rows} <= {len(set(head))}
        return [dict(zip(head, row, strict=True)) for row in rows] if whole else refuse(f"the form of {name}")

def check_bag(pack):
    """the files are those of the manifests, none more, none less"""
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

def entry_of(pack, line, name):
    e = parsed(line[:-1] if line.endswith(b"\n") else refuse(f"the end of {name}"))
    form = ENTRY | ({"seen": str} if e.get("format") == 2 else {})
    types, formats = {key: type(value) for key, value in e.items()}, range(1, pack.format + 1)
    return e if types == form and e["format"] in formats and e["tick"] > 0 else refuse(name)
def check_entries(pack):
    """the ledger can be read to its end"""
    pack.entries = []
    with pack.open(LEDGER) as file:
        while line := file.readline(LARGEST):
            pack.entries.append(entry_of(pack, line, f"entry {len(pack.entries) + 1}"))
    pack.first = pack.entries if pack.entries[0]["act"] == "case.created" else refuse("the first entry")
    pack.method, pack.later = pack.read(METHOD).decode().split("\n"), STATED in pack.hashes
    if pack.format > 1:
        pack.last = entry_of(pack, pack.read(STATED), STATED) if pack.later else pack.entries[-1]
        pack.first = pack.entries[: pack.last["body"]["entries"]]
def head_of(last):
    return sha256("".join(sorted(f"{a} {s} {n} {h}\n" for (a, s), (n, h) in last.items())).encode())
def seal_of(e):
    content = {key: value for key, value in e.items() if key not in ("prev", "hash", "signature")}
    return sha256(e["prev"].encode() + b"\n" + canonical(content))
def check_chains(pack):
    """each entry is what was sealed, and each chain is whole"""
    entries, last, before, newer, at = pack.entries, {}, (), False, ""
    for number, e in enumerate(entries, 1):
        pack.heads.append(seen := head_of(last) if last else "0" * 64)
        if seal_of(e) != e["hash"]:
            faults.append(f"entry {number}: its content is not what was sealed")
        chain, place = (e["author"], e["station"]), (e["tick"], e["author"], e["station"])
        seq, hash_ = last.get(chain, (0, "0" * 64))
        if (e["seq"], e["prev"]) != (seq + 1, hash_) or place <= before:
            faults.append(f"entry {number} does not follow from the one before it")
        if e.get("seen") != seen and (e["format"] == 2 or newer):
            faults.append(f"entry {number}: its author saw another ledger than the one before it")
        if e["format"] == 2 and e["act"] != "clock.set_back" and e["at"] < at:
            faults.append(f"entry {number}: its time lies before one that its author had seen")
        newer, at = newer or e["format"] == 2, e["at"]
        last[chain], before = (e["seq"], e["hash"]), place
    pack.aloud = " ".join(["Head:", *re.findall("....", head_of(last))])
    told = {f"Ledger-Entries: {len(entries)}", f"External-Identifier: {entries[0]['subject']}"}
    if {*told, f"Ledger-Head: {head_of(last)}"} - {*pack.info} or pack.aloud not in pack.method:
        faults.append("bag-info.txt or METHOD.txt speaks of another ledger")

def is_vouched(e, first, now, recovery):
    """A new examiner's own key signs; for a later one the key before, the recovery key or two others."""
    who, body, key, before = e["subject"], e["body"], e["body"].get("key", ""), now.get(e["subject"], "")
    if e["act"] == "examiner.enrolled":
        lines = ["reviewer enrolment 1", first["subject"], who, key, body["name"]]
        alone = first["body"].get("encrypted") and e["author"] == who != first["author"]
        return not alone and holds(key, sha256("\n".join(lines).encode()), body.get("proof", ""))
    if first["format"] == 1 and not (recovery and before):
        return True
    told = sha256("\n".join(["reviewer key 1", first["subject"], who, key, before]).encode())
    keys, vouched = {**now, "old": before, "recovery": recovery}, body.get("vouched", [])
    by = {v["by"] for v in vouched if holds(keys.get(v["by"], ""), told, v["signature"])} - {who}
    return bool(by & {"old", "recovery"}) or len(by) > 1

def check_keys(pack):
    """each key is stated by its examiner, and signed by those who may vouch for it"""
    now, recovery, people = {}, "", pack.people
    for number, e in enumerate(pack.entries, 1):
        act, who, body, key = e["act"], e["subject"], e["body"], e["body"].get("key")
        twice = (act == "examiner.enrolled" and who in people) or (act == "case.created" and number > 1)
        if twice or (act == "examiner.key_set" and who != e["author"]):
            faults.append(f"entry {number}: {act} is not possible here")
        elif act in ("examiner.enrolled", "examiner.key_set"):
            if e["format"] == 2 and not is_vouched(e, pack.entries[0], now, recovery):
                faults.append(f"entry {number} states a key that nobody vouched for")
            if act == "examiner.enrolled":
                people[who] = {"id": who, "name": body["name"], "keys": []}
            people[who]["keys"] += [{"from": e["hash"], "key": key}] if key else []
            now |= {who: key} if key else {}
        elif act == "examiner.removed":
            now.pop(who, None)
        elif act in ("case.created", "recovery_key.made"):
            recovery = body.get("vouching_key") or recovery
        pack.own.append(people.get(e["author"], {"keys": []})["keys"][-1:])
    if pack.read("data/keys.json") != canonical({"examiners": [*people.values()]}) + b"\n":
        faults.append("keys.json is not what the ledger says")

def check_signatures(pack):
    """each entry is signed by its examiner, and the pack by one of them"""
    always, gone = pack.entries[0]["body"].get("signed"), set()
    for number, (e, own) in enumerate(zip(pack.entries, pack.own, strict=True), 1):
        keys = own or pack.people[e["author"]]["keys"][:1] or [{"key": ""}]
        if not holds(keys[0]["key"], e["hash"], e["signature"]) and (e["signature"] or own or always):
            faults.append(f"entry {number} is not signed by its author")
        if e["author"] in gone:
            faults.append(f"entry {number} is by an examiner who was removed before")
        gone |= {e["subject"]} if e["act"] == "examiner.removed" else set()
    told = parsed(pack.read(SIGNED).removesuffix(b"\n"))
    hash_, pack.signer = sha256(WHOLE + pack.read(TAGS)), pack.people[told["examiner"]]
    if not holds(pack.signer["keys"][-1]["key"], hash_, told["signature"]):
        faults.append("the pack as a whole is not what an examiner signed")

def check_stamps(pack):
    """the time stamps of an authority are over this ledger"""
    for number, e in enumerate(pack.entries, 1):
        if e["act"] == "head.stamped":
            count, head, time = (e["body"][key] for key in ("entries", "head", "time"))
            token, *roots = map(base64.b64decode, [e["body"]["token"], *e["body"]["roots"]])
            imprint = sha256(f"reviewer head 1\n{pack.entries[0]['subject']}\n{count}\n{head}\n".encode())
            holds_it = 0 < count < number and pack.heads[count] == head and bytes.fromhex(imprint) in token
            if holds_it and decode_timestamp_response:
                answer = decode_timestamp_response(token)
                known = [load_der_x509_certificate(der) for der in roots or answer.signed_data.certificates]
                ends = [c for c in known if c.issuer == c.subject]
                check = VerifierBuilder(roots=ends, intermediates=known).build()
                check.verify(answer, bytes.fromhex(imprint))
                holds_it = answer.tst_info.gen_time.isoformat(timespec="milliseconds") == time
            faults.extend([] if holds_it else [f"the time stamp of entry {number} is not of {count} entries"])
            print(f"      entry {number}: {count} entries, {time!a}; openssl ts -verify -digest {imprint}")

def check_statement(pack):
    """each file is what its maker states in the ledger that it is"""
    if pack.format == 1:
        return
    e, named = pack.last, re.compile(r"data/(?!exhibits/|(ledger\.jsonl|stated\.json)$)")
    files = {path: hash_ for path, hash_ in pack.hashes.items() if named.match(path)}
    files[METHOD] = sha256("\n".join(line for line in pack.method if line != pack.aloud).encode())
    told, defined = e["body"]["files"], {path: None for path in files if "/definitions/" in path}
    if pack.later:
        whole = e["hash"] == seal_of(e) and holds(pack.signer["keys"][-1]["key"], e["hash"], e["signature"])
        whole &= e["format"] == 2 and e["tick"] > pack.entries[-1]["tick"] and e["body"]["later"] > 0
        whole &= (e["subject"], e["body"]["entries"]) == (pack.entries[0]["subject"], len(pack.entries))
        defined = {} if whole else refuse(STATED)
        print(f"      an earlier state: {e['body']['later']} entries had followed that are not in the pack")
    else:
        defined |= [e["body"]["files"] for e in pack.entries if e["act"] == "definitions.stated"][-1]
    wrong = {path for one in (told, defined) for path in one if files.get(path) != one[path]}
    faults.extend(f"{path!a} is not what is stated of it" for path in sorted(wrong | {*files} - {*told}))
    if e["act"] != "pack.stated" or pack.later != ("AN EARLIER STATE" in pack.method):
        faults.append("no act states what the pack holds, or METHOD.txt does not say that it was cut")
    if e["author"] != pack.signer["id"] or f"Pack made by: {pack.signer['name']}" not in pack.method:
        faults.append("the pack is signed by another examiner than the one who made it")
    made = re.search(r"\nPack made at: (.{10}).*\nProgram: (.*)\n", "\n".join(pack.method))
    if len(pack.info) != 8 or pack.info[:2] != [f"Bag-Software-Agent: {made[2]}", f"Bagging-Date: {made[1]}"]:
        faults.append("bag-info.txt says something else than METHOD.txt")

def check_evidence(pack):
    """the files of evidence are those that the ledger sealed"""
    lines = {e["subject"]: [] for e in pack.first if e["act"] == "source.added"}
    seals = {e["subject"]: e["body"] for e in pack.first if e["act"] == "source.ingested"}
    rows = pack.table("evidence/files.csv")
    for row in rows:
        line = f"{row['sha256']} {row['size']} ".encode() + bytes.fromhex(row["path_hex"]) + b"\n"
        lines[row["source"]] += [line] if {"yes": True, "no": False}[row["sealed"]] else []
    for source, found in lines.items():
        seal = seals.get(source, {"files": 0, "manifest": sha256(b"")})
        if (len(found), sha256(b"".join(sorted(found)))) != (seal["files"], seal["manifest"]):
            faults.append(f"the files of source {source!a} are not those that the ledger sealed")
    pack.photos = {row["sha256"] for row in rows} - {"-"}

def standing(entries):
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
    names = {"photos.categorised": ("category", b.get("category")), "duplicates.parted": ("duplicates", "")}
    names |= dict.fromkeys(("individuals.merged", "photos.assigned"), ("individual", subject))
    return [(b["photos"], *names[act])] if act in names else []

def act_on(r, act, b):
    """What an act of a reading does to it."""
    kind, verb, found = *act.split("."), r["findings"]
    if "finding" in b and kind in ("finding", "mark"):
        return change_finding(r, kind, verb, b) if b["finding"] in found else None
    if verb in CONCLUSIONS:
        r |= {"conclusion": CONCLUSIONS[verb], "reason": b.get("reason", "")}
    elif act in ("finding.added", "findings.copied"):
        r |= {"conclusion": "", "reason": ""}
        found |= {f["id"]: LATER | f for f in b.get("findings", [b])}
    elif verb == "carried_over":
        r |= {"conclusion": b["conclusion"], "reason": b["reason"], "carried_from": b["from"]}
        found |= {f["id"]: LATER | f for f in b["findings"]}
    elif verb in ("confirmed", "certainty_stated"):
        said = {"confirmed": True} if verb == "confirmed" else {"certainty": b["certainty"], verb: True}
        for f in (f for f in found.values() if f["id"] in b["ids"] and (verb == "confirmed" or not f[verb])):
            f |= said | {"seen_as_is": f["seen_as_is"] or b.get("seen_as_is", True)}
    elif act == "findings.removed":
        r["findings"] = {id_: f for id_, f in found.items() if id_ not in b["ids"]}
    shown = b["regions"] if kind == "coverage" else b["coverage"] if verb == "carried_over" else {}
    r["coverage"] = r["coverage"] | dict(shown)
    r["note"] = b["text"] if act == "note.written" else r["note"]
    r["carried_from"] = "" if verb == "completed" else r["carried_from"]
    r["state"] = STATES.get(verb, "open")
    return None
def change_finding(r, kind, verb, b):
    f, r["state"] = r["findings"][b["finding"]], "open"
    as_is = f["seen_as_is"] or (verb == "certainty_set" and b.get("seen_as_is", True))
    if kind == "mark":
        marks = [m for m in f["marks"] if verb != "removed" or m["mark"] != b["mark"]]
        moved = b["mark"] if verb == "reshaped" else None
        marks = [m | {"points": b["points"]} if m["mark"] == moved else m for m in marks]
        f["marks"] = [*marks, b] if verb == "added" else marks
    elif verb == "qualifier_set":
        chosen = {**f["qualifiers"], b["qualifier"]: b["values"]}
        f["qualifiers"] = {key: values for key, values in chosen.items() if values}
    else:
        f |= {key: value for key, value in b.items() if key in f}
    f["alleged_by"] = b.get("alleged_by", "") if verb == "degree_set" else f["alleged_by"]
    f["certainty_stated"], f["seen_as_is"] = f["certainty_stated"] or verb == "certainty_set", as_is

def finding_cells(f, number, names):
    row = {key: f[key] for key in FINDING} | {"finding_id": f["id"], "number": str(number)}
    row |= {key: "yes" if f[key] else "no" for key in ("certainty_stated", "confirmed", "seen_as_is")}
    row |= {"regions": ";".join(f["regions"]), "answer_reason": f["reason"]}
    row["certainty"] = f["certainty"] if f["certainty_stated"] else "not stated"
    row |= {"mechanism": inert(f["mechanism"]), "term_name": names["term_names"].get(f["term"], f["term"])}
    row["region_names"] = ";".join(names["region_names"].get(key, key) for key in f["regions"])
    row["qualifiers"] = json.dumps(dict(sorted(f["qualifiers"].items())), ensure_ascii=False)
    marks = [[(key, m.get(key, 1)) for key in ("shape", "points", "page")] for m in f["marks"]]
    row["marks"] = json.dumps([{key: value for key, value in m if value != 1} for m in marks])
    row["display_recipe"] = canonical(f["recipe"]).decode() if f["recipe"] else ""
    sure = f["certainty"] != "possible" and f["answer"] in ("present", "non-specific") and not f["seen_as_is"]
    return row | {"only_enhanced": "yes" if sure else "no"}
def fold(pack):
    readings, facts = {}, {}
    for e in standing(pack.first):
        act, about, b, who = e["act"], e["subject"], e["body"], e["author"]
        for photos, column, value in shared(act, about, b):
            for photo in photos:
                facts.setdefault(photo, {"category": "", "individual": "", "duplicates": ""})[column] = value
        if act in ("redaction.drawn", "redaction.removed"):
            pack.areas[b["id"]] = about if act == "redaction.drawn" else ""
        elif act.split(".")[0] in OF_READING:
            r = readings.setdefault((who, about), {**NEW, "findings": {}, "name": pack.people[who]["name"]})
            if act != "reading.context_seen":
                act_on(r, act, b)
            r["changed_at"] = e["at"]
    return readings, facts

def check_tables(pack):
    """readings, findings, coverage and individuals are what the ledger adds up to"""
    words, (readings, facts) = json.loads(pack.read("data/vocabulary.json")), fold(pack)
    new, told = pack.format > 1, [{"photo_sha256": p, **row} for p, row in facts.items() if any(row.values())]
    names = ["tables/readings.csv", "tables/findings.csv", "tables/coverage.csv"][: 1 + pack.format]
    right = {"from-ledger/photographs.csv": told} | {name: [] for name in names}
    for (who, photo), r in readings.items():
        where = {"photo_sha256": photo, "examiner": inert(r["name"]), "examiner_id": who}
        where |= {"reading_state": r["state"], "carried_from": r["carried_from"]}
        where |= {"category": facts.get(photo, {"category": ""})["category"]} if new else {}
        row = {key: r[key] for key in ("conclusion", "reason", "changed_at")} | {"note": inert(r["note"])}
        right["tables/readings.csv"].append(where | row | {"findings": str(len(r["findings"]))})
        for number, f in enumerate(r["findings"].values(), 1):
            row = where | finding_cells(f, number, words)
            right["tables/findings.csv"] += [{key: row[key] for key in row if new or key not in AFTER_1}]
        for key, level in r["coverage"].items() if new else ():
            stem, _is, side = key.partition("/")
            row = where | {"region": stem, "aspect": side, "level": level}
            right["tables/coverage.csv"] += [row] if level else []
    for name, rows in right.items():
        there, rows = pack.table(name), [row for row in rows if row["photo_sha256"] in pack.photos]
        told = Counter(canonical({key: row[key] for key in (rows or there)[0]}) for row in there)
        follows = Counter(map(canonical, rows))
        faults.extend(f"{name}: this does not follow: {row!a}" for row in told - follows)
        faults.extend(f"{name}: this is missing: {row!a}" for row in follows - told)

def check_exhibits(pack):
    """the exhibits have the numbers and copies that the ledger asks for"""
    rows, areas, found = pack.table("loadfile.csv"), {*pack.areas.values()}, pack.hashes.items()
    files = {row["file"]: row["file_sha256"] for row in rows if row["file"]}
    if files != {path: hash_ for path, hash_ in found if path.startswith(EXHIBITS)}:
        faults.append("the exhibits are not those of loadfile.csv")
    right, ways = [], {row["copy"] for row in rows}
    for number, photo in enumerate(dict.fromkeys(row["sha256"] for row in rows), 1):
        copies = [c for c in ("original", "redacted") if c in ways and (c == "original" or photo in areas)]
        for at, copy in enumerate(copies or ["not included"]):
            right.append((f"EX-{number:05}{'R' * at}", photo, copy))
    if pack.format > 1 and [(row["exhibit"], row["sha256"], row["copy"]) for row in rows] != right:
        faults.append("the exhibits have other numbers or copies than the ledger asks for")
    for row in rows:
        file, hash_, copy = row["file"], row["file_sha256"], row["copy"]
        whole = row["sha256"] in pack.photos and (copy != "original" or hash_ == row["sha256"])
        if pack.format > 1:
            whole &= bool(file) == bool(hash_) == (copy != "not included")
            whole &= not file or file.startswith(f"{EXHIBITS}{row['exhibit']}.")
            if whole and copy == "redacted":
                with pack.open(file) as png:
                    whole = hash_ not in pack.photos and png.read(8) == b"\x89PNG\r\n\x1a\n"
        if not whole:
            faults.append(f"{row['exhibit']!a} is not the photograph it is said to be, or no evidence")

def main(folder):
    pack = Pack(folder)
    pack.info = pack.read(INFO).decode().split("\n")
    told = "".join(line for line in pack.info if line.startswith("Pack-Format: "))
    pack.format = {"Pack-Format: 1": 1, "Pack-Format: 2": 2}.get(told) or refuse("the number of the format")
    for check in [function for name, function in globals().items() if name.startswith("check_")]:
        before = len(faults)
        try:
            check(pack)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, csv.Error, Fake) as error:
            faults.append(f"this cannot be followed: {type(error).__name__}: {error}")
        print("WRONG" if faults[before:] else "ok   ", check.__doc__)
        for fault in faults[before:][:20]:
            print(f"          {fault[:400]}")
    print(f"{'NOT SOUND' if faults else 'SOUND'}; SHA-256 of {TAGS}: {pack.hashes.get(TAGS)}")
    return 1 if faults else 0

if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parents[1]))
    except (OSError, ValueError) as error:
        sys.exit(print(f"CANNOT BE READ: {error}") or 2)
