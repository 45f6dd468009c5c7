"""The figures of a report counted again from the CSV export alone, by whoever doubts them.

Plain Python on plain files: nothing of the program is imported. It follows the rules as docs/rules.md states
them (`tests.domain.summary.second_rule`), and the vocabulary as it is published.
"""

import csv
import json
from collections import defaultdict
from functools import cache
from itertools import combinations

from tests.domain.summary.second_rule import Person, Words

NOT_FOR_READING = {"soldier", "scene", "document", "other"}
NO_FINDING = {"old", "medical", "postmortem", "artefact", "condition"}
read_words = cache(Words)


def rows_of(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return [{k: v.removeprefix("'") for k, v in row.items()} for row in csv.DictReader(file)]


def recount(folder, vocabulary):
    """(table, label) -> (present, absent, cannot tell), of every table but the days of reading."""
    words, figures = read_words(vocabulary), {}
    photographs = rows_of(folder, "photographs.csv")
    counted = [p for p in photographs if p["category"] not in NOT_FOR_READING]
    people = defaultdict(list)
    for each in photographs:
        if each["individual"]:
            people[each["individual"]].append(each)
    one_of = {p["photo_sha256"]: p["near_duplicates"] or p["photo_sha256"] for p in photographs}
    chosen = {p["individual"] for p in photographs if p["individual"]}
    people = {id_: found for id_, found in people.items() if id_ in chosen}
    by_findings(figures, words, folder, people, photographs)
    for_reading = {
        id_: [p for p in found if p["category"] not in NOT_FOR_READING] for id_, found in people.items()
    }
    people = {id_: found for id_, found in for_reading.items() if found}
    by_statements(figures, folder, people)
    by_photographs(figures, folder, people, one_of, photographs, counted)
    return figures


def by_findings(figures, words, folder, people, photographs):
    readings, not_for_reading = readings_of(folder, people), left_out(photographs)
    sexes, decided = sexes_of(folder), decisions_of(folder)
    whole = {}
    for id_, photos in people.items():
        names = [p["photo_sha256"] for p in photos]
        alike = {p["photo_sha256"]: p["near_duplicates"] for p in photos}
        sex, told = sexes.get(id_, ""), decided.get(id_)
        person = Person(words, readings[id_], names, alike, not_for_reading, sex, told)
        if person.is_counted:
            whole[id_] = person
    terms = dict.fromkeys(words.terms)
    terms |= {f["term"]: None for id_ in whole for each in readings[id_] for f in each["findings"]}
    results = {term: {id_: each.result(term) for id_, each in whole.items()} for term in terms}
    for key, told in results.items():
        retired = words.terms.get(key, {}).get("retired")
        if not retired or set(told.values()) - {"cannot tell"}:
            figures["findings", key] = three(told.values())
    under = {each: heading(words, each) for each in words.roll_ups}
    for key, inside in under.items():
        told = [rolled_up({results[term][id_] for term in inside}) for id_ in whole]
        figures["headings", key] = three(told)
    counted = [term for term in words.terms if words.terms[term]["group"] not in NO_FINDING]
    together(figures, {term: results[term] for term in counted}, whole)
    by_places(figures, words, whole, counted)


def by_places(figures, words, whole, counted):
    """Regions, parts of the body, wasting (sections 6 and 8)."""
    for region in words.places:
        figures["regions", region] = three(person.region(region) for person in whole.values())
    groups = dict.fromkeys(group for group, _stem in words.group.values())
    for term in counted:
        told = {group: [person.part(term, group) for person in whole.values()] for group in groups}
        if any("present" in found for found in told.values()):
            for group, found in told.items():
                if set(found) - {"cannot tell"}:
                    figures["parts", f"{term}@{group}"] = three(found)
    wasting = {id_: person.wasting() for id_, person in whole.items()}
    values = {id_: None if word == "cannot tell" else word for id_, word in wasting.items()}
    classes(figures, "nutrition", values, [])


def heading(words, key):
    """The terms that a heading counts (section 7)."""
    row = words.roll_ups[key]
    groups = set(row.get("groups", ()))
    return [
        term
        for term, each in words.terms.items()
        if (term in row.get("terms", ()) or groups & {each["group"], *each.get("groups", ())})
        and term not in row.get("but", ())
    ]


def rolled_up(results):
    for each in ("present", "conflict", "after death", "certainty not stated"):
        if each in results:
            return each
    return "absent" if results == {"absent"} else "cannot tell"


def left_out(photographs):
    return {p["photo_sha256"] for p in photographs if p["category"] in NOT_FOR_READING}


def decisions_of(folder):
    """Individual -> term -> (result, photographs); none where examiners decided differently (section 5)."""
    by = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows_of(folder, "decisions.csv"), key=lambda row: row["at"]):
        by[row["individual"]][row["term"]].append(row)
    return {
        id_: {
            term: (found[-1]["result"], found[-1]["photographs"].split(";"))
            for term, found in terms.items()
            if len({each["result"] for each in {one["examiner_id"]: one for one in found}.values()}) == 1
        }
        for id_, terms in by.items()
    }


def sexes_of(folder):
    """Individual -> its sex, where exactly one of the two is stated."""
    stated = defaultdict(set)
    for each in rows_of(folder, "statements.csv"):
        if each["fact"] == "sex" and not each["withdrawn"]:
            stated[each["individual"]] |= {each["value"]} & {"male", "female"}
    return {id_: next(iter(found)) for id_, found in stated.items() if len(found) == 1}


def readings_of(folder, people):
    """Individual -> the readings of its photographs, as the rule asks them."""
    findings, coverage, described = defaultdict(list), defaultdict(dict), defaultdict(dict)
    for row in rows_of(folder, "findings.csv"):
        findings[row["photo_sha256"], row["examiner_id"]].append(finding_of(row))
    for row in rows_of(folder, "coverage.csv"):
        place = f"{row['region']}/{row['aspect']}" if row["aspect"] else row["region"]
        coverage[row["photo_sha256"], row["examiner_id"]][place] = row["level"]
    of, found = {p["photo_sha256"]: id_ for id_, some in people.items() for p in some}, defaultdict(list)
    for row in rows_of(folder, "readings.csv"):
        key = row["photo_sha256"], row["examiner_id"]
        if key[0] in of:
            lists = [tuple(each.split(" ")) for each in row["looked_for"].split(";") if each]
            found[of[key[0]]].append(
                {
                    "photo": key[0],
                    "examiner": key[1],
                    "state": row["reading_state"],
                    "conclusion": row["conclusion"],
                    "carried": row["carried_from"],
                    "coverage": coverage[key],
                    "description": described[key],
                    "looked_for": lists,
                    "findings": findings[key],
                }
            )
    return found


def finding_of(row):
    truths = {key: row[key] == "yes" for key in ("certainty_stated", "confirmed", "seen_as_is")}
    regions = [each for each in row["regions"].split(";") if each]
    kept = {key: row[key] for key in ("term", "answer", "certainty")}
    return {**kept, **truths, "regions": regions, "qualifiers": json.loads(row["qualifiers"])}


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
    for table, fact in (("sex", "sex"), ("branch", "number.branch")):
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
    for_reading = {p["photo_sha256"] for p in counted}
    for examiner in {r["examiner_id"] for r in rows_of(folder, "readings.csv")}:
        states = defaultdict(list)
        for each in rows_of(folder, "readings.csv"):
            is_look = each["examiner_id"] == examiner and not each["carried_from"]
            if is_look and each["photo_sha256"] in for_reading:
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
