"""The figures of a report counted again from the CSV export alone, by whoever doubts them.

Plain Python on plain files: nothing of the program is imported. It follows the rules as the manual states
them (docs/manual/individuals.md, docs/manual/reports.md) and the vocabulary as it is published.
"""

import csv
import json
import tomllib
from collections import defaultdict
from itertools import combinations

WHOLE = "generalised"


def rows_of(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return [{k: v.removeprefix("'") for k, v in row.items()} for row in csv.DictReader(file)]


class Words:
    """The vocabulary: which regions a sign can sit in, what the whole body is."""

    def __init__(self, folder):
        regions, terms, views = (
            tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
            for name in ("regions", "terms", "views")
        )
        body = [each for each in regions["region"] if not each.get("pseudo")]
        bands = next(each["band"] for each in views["view"] if each["key"] == "front")
        front = {key for each in bands for key in each["regions"]}
        self.body = {each["key"] for each in body}
        limbs = {"chest", "abdomen", "arm", "leg"}
        self.trunk = {each["key"] for each in body if each["group"] in limbs and each["key"] in front}
        sides = defaultdict(set)
        for each in regions["region"]:
            sides[each["key"].removesuffix(f".{each['side']}") if each["side"] else each["key"]].add(
                each["key"]
            )
        self.names = {each["key"]: each["name"] for each in terms["term"]}
        self.usual = {
            each["key"]: {key for stem in each["usual_regions"] for key in sides[stem]}
            for each in terms["term"]
        }

    def spread(self, regions):
        return set(regions) | (self.trunk if WHOLE in regions else set())

    def raised(self, regions):
        return set(regions) | ({WHOLE} if self.trunk <= set(regions) else set())

    def could_sit(self, term):
        usual = self.usual.get(term, set())
        return self.spread(usual) - {WHOLE} if usual else self.body


def shown(row):
    """What a row of coverage.csv speaks of: a region, or one side of it."""
    return f"{row['region']}/{row['aspect']}" if row["aspect"] else row["region"]


class Look:
    """One examiner's own reading of one photograph."""

    def __init__(self, reading, findings, coverage):
        self.photo, self.examiner = reading["photo_sha256"], reading["examiner_id"]
        self.complete = reading["reading_state"] == "complete"
        self.nothing = self.complete and reading["conclusion"].startswith("nothing visible")
        refused = reading["conclusion"] == "not assessable"
        good = {shown(each) for each in coverage if each["level"] == "assessable"}
        self.good = set() if refused else good
        self.named = {shown(each) for each in coverage}
        self.poor = self.named - self.good
        self.findings = [
            dict(each, said=self.said(each), where=set(filter(None, each["regions"].split(";"))))
            for each in findings
        ]

    @staticmethod
    def said(finding):
        grade = (json.loads(finding["qualifiers"]).get("grade_e") or [""])[0]
        if finding["answer"] == "present" and grade in {"E0", "EX"}:
            return {"E0": "absent", "EX": "not assessable"}[grade]
        return finding["answer"]

    def of(self, term, said):
        return [f for f in self.findings if f["term"] == term and f["said"] == said and sure_of_itself(f)]


def sure_of_itself(finding):
    """Copied findings count once they are confirmed."""
    return finding["confirmed"] == "yes"


class Person:
    """All looks at the photographs of one individual."""

    def __init__(self, words, looks):
        self.words, self.looks = words, looks
        self.shown = set().union(*(each.good for each in looks if each.complete))
        self.doubted, self.regions = set(), defaultdict(set)

    def refused(self, look, term):
        found = set()
        for each in look.of(term, "not assessable"):
            found |= self.words.spread(each["where"]) if each["where"] else self.words.body | {WHOLE}
        return found

    def denied(self, look, term, elsewhere):
        usual, absent = self.words.usual.get(term, set()), set()
        for each in look.of(term, "absent"):
            if each["where"]:
                absent |= each["where"]
            elif not look.named:
                absent |= usual
            else:
                covered = self.words.raised(look.good)
                absent |= covered & usual if usual else covered
        denied = self.words.spread(absent) - look.poor
        if elsewhere and look.nothing:
            denied |= self.words.raised(look.good - self.refused(look, term))
        return denied

    def result(self, term):
        said = [(look, f) for look in self.looks for f in look.findings if f["term"] == term]
        sure = [
            (look, f)
            for look, f in said
            if f["confirmed"] == "yes"
            and f["said"] == "present"
            and f["certainty"] in {"definite", "probable"}
        ]
        if sure:
            standing = [(look, f) for look, f in sure if not self.contradicted(term, look, f)]
            result = "present" if standing else "conflict"
            for _look, f in standing or sure:
                self.regions[result] |= f["where"]
            return result
        if not said and term not in self.words.names:
            return "cannot tell"
        doubts = [f for _look, f in said if f["said"] == "present"]
        doubts += [f for _look, f in said if f["said"] == "non-specific" and sure_of_itself(f)]
        shown = set()
        for look in self.looks:
            if look.complete:
                named = (
                    self.words.spread({r for f in look.of(term, "absent") for r in f["where"]}) - look.poor
                )
                shown |= (look.good | named) - self.refused(look, term)
        missing = self.words.could_sit(term) - shown
        if missing:
            for look, _f in said:
                doubts += look.of(term, "not assessable")
        self.doubted |= {region for f in doubts for region in f["where"]}
        return "cannot tell" if doubts or missing else "absent"

    def region(self, region):
        if region in self.regions["present"]:
            return "present"
        told = region in self.shown and region not in self.doubted | self.regions["conflict"]
        return "absent" if told else "cannot tell"

    def contradicted(self, term, look, finding):
        where = finding["where"] or self.words.usual.get(term, set())
        return any(
            where & self.denied(other, term, other is not look)
            for other in self.looks
            if other.examiner == look.examiner
        )


def recount(folder, vocabulary):
    """(table, label) -> (present, absent, cannot tell), of every table but the days of reading."""
    words, figures = Words(vocabulary), {}
    photographs = rows_of(folder, "photographs.csv")
    counted = [p for p in photographs if p["category"] not in {"soldier", "scene", "document", "other"}]
    people = defaultdict(list)
    for each in photographs:
        if each["individual"]:
            people[each["individual"]].append(each)
    one_of = {p["photo_sha256"]: p["near_duplicates"] or p["photo_sha256"] for p in photographs}
    chosen = {p["individual"] for p in photographs if p["individual"]}
    people = {id_: found for id_, found in people.items() if id_ in chosen}
    by_findings(figures, words, folder, people)
    by_statements(figures, folder, people)
    by_photographs(figures, folder, people, one_of, photographs, counted)
    return figures


def by_findings(figures, words, folder, people):
    looks, terms = looks_of(folder, people), dict(words.names)
    for found in looks.values():
        terms |= {f["term"]: "" for look in found for f in look.findings}
    results, regions, grades = defaultdict(dict), defaultdict(dict), {}
    for id_ in people:
        person = Person(words, looks[id_])
        for term in terms:
            results[term][id_] = person.result(term)
        for region in words.body:
            regions[region][id_] = person.region(region)
        grades[id_] = grade_of(looks[id_])
    for table, found in (("findings", results), ("regions", regions)):
        for key, told in found.items():
            figures[table, key] = three(told.values())
    together(figures, results, people)
    classes(figures, "nutrition", grades, ["E0", "E1", "E2", "E3"])


def looks_of(folder, people):
    """Individual -> the looks at its photographs; a reading that was carried over is none."""
    findings, coverage, found = defaultdict(list), defaultdict(list), defaultdict(list)
    for name, into in (("findings.csv", findings), ("coverage.csv", coverage)):
        for each in rows_of(folder, name):
            into[each["photo_sha256"], each["examiner_id"]].append(each)
    of = {p["photo_sha256"]: id_ for id_, photos in people.items() for p in photos}
    for row in rows_of(folder, "readings.csv"):
        key = row["photo_sha256"], row["examiner_id"]
        if key[0] in of and not row["carried_from"]:
            found[of[key[0]]].append(Look(row, findings[key], coverage[key]))
    return found


def grade_of(looks):
    given = set()
    for finding in (f for look in looks for f in look.findings if f["term"] == "nutr.grade"):
        if sure_of_itself(finding) and finding["answer"] == "present" and finding["certainty"] != "possible":
            given |= set(json.loads(finding["qualifiers"]).get("grade_e", []))
    given.discard("EX")
    return given.pop() if len(given) == 1 else None


def together(figures, results, people):
    pairs = {
        (one, other): sum(results[one][i] == results[other][i] == "present" for i in people)
        for one, other in combinations(sorted(results), 2)
    }
    for one, other in sorted((p for p in pairs if pairs[p]), key=lambda p: (-pairs[p], p))[:30]:
        both = [{results[one][i], results[other][i]} for i in people]
        told = [
            "absent" if "absent" in found else "present" if found == {"present"} else "cannot tell"
            for found in both
        ]
        figures["together", f"{one}+{other}"] = three(told)


def by_statements(figures, folder, people):
    stated = defaultdict(lambda: defaultdict(set))
    for each in rows_of(folder, "statements.csv"):
        if not each["withdrawn"]:
            stated[each["fact"]][each["individual"]].add(each["value"])
    for table, fact in (("sex", "sex"), ("age", "age_band"), ("branch", "number.branch")):
        values = {}
        for id_ in people:
            said = stated[fact][id_]
            value = next(iter(said)) if len(said) == 1 else "cannot tell"
            values[id_] = None if value == "cannot tell" or "?" in value else value
        classes(figures, table, values, [])


def by_photographs(figures, folder, people, one_of, photographs, counted):
    sizes, months = {}, {}
    for id_, photos in people.items():
        size = len({one_of[p["photo_sha256"]] for p in photos})
        bounds = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 20), (21, 10**9)]
        low, high = next(each for each in bounds if each[0] <= size <= each[1])
        sizes[id_] = f"{low}" if low == high else "21 and more" if low == 21 else f"{low} to {high}"
        taken = sorted(p["taken_at"][:7] for p in photos if p["taken_at"])
        months[id_] = taken[0] if taken else None
    classes(figures, "photos", sizes, [])
    classes(figures, "month", months, [])
    categories = defaultdict(set)
    for each in photographs:
        categories[one_of[each["photo_sha256"]]].add(each["category"])
    told = {one: found - {"", "cannot tell"} for one, found in categories.items()}
    values = {one: found.pop() if len(found) == 1 else None for one, found in told.items()}
    classes(figures, "category", values, [])
    for examiner in {r["examiner_id"] for r in rows_of(folder, "readings.csv")}:
        states = defaultdict(list)
        for each in rows_of(folder, "readings.csv"):
            if each["examiner_id"] == examiner and not each["carried_from"]:
                states[one_of[each["photo_sha256"]]].append(each["reading_state"])
        order = ["complete", "open", "set aside"]
        values = {
            one: next((state for state in order if state in states[one]), "unread")
            for one in {one_of[p["photo_sha256"]] for p in counted}
        }
        classes(figures, f"progress/{examiner}", values, [])


def three(told):
    told = list(told)
    present, absent = told.count("present"), told.count("absent")
    return present, absent, len(told) - present - absent


def classes(figures, table, values, order):
    untold = sum(value is None for value in values.values())
    known = [value for value in values.values() if value is not None]
    for value in {*order, *known}:
        figures[table, value] = known.count(value), len(known) - known.count(value), untold
