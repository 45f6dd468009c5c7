"""The rule of docs/rules.md written a second time, from that page and the published vocabulary alone.

Plain values go in: nothing of the program is imported. A reading is a dict with photo, examiner, state,
conclusion, carried, coverage (place -> level), description (key -> values), looked_for (list, version)
and findings; a finding is a dict with the columns of the export.
"""

import tomllib
from functools import cache, cached_property
from pathlib import Path

NOT_SKIN = {"eyeball", "teeth", "mouth_inside", "tongue", "lids_inner"}
SPEAKS = {"present", "non-specific"}
SEX_OF = {"vulva": "female", "penis": "male", "scrotum": "male"}
LIMBS = {"chest", "abdomen", "arm", "leg"}
NO_FINDING = {"old", "medical", "postmortem", "artefact", "condition"}
ALL_TOLD = ("colour", "surface", "contour")


def read(folder, name):
    return tomllib.loads((Path(folder) / f"{name}.toml").read_text(encoding="utf-8"))


class Words:
    """The vocabulary, as far as the rule needs it."""

    def __init__(self, folder):
        terms, regions = read(folder, "terms"), read(folder, "regions")
        self.version = terms["version"]
        self.terms = {row["key"]: row for row in terms["term"]}
        lists = read(folder, "lists")
        self.lists = {row["key"]: row["terms"] for row in lists["list"]}
        self.offered = {row["key"]: row["regions"] for row in lists["list"]}
        self.roll_ups = {row["key"]: row for row in lists["roll_up"]}
        self.hiding = {
            (row["key"], choice["key"]): choice.get("hides", [])
            for row in read(folder, "description")["described"]
            for choice in row.get("choices", [])
        }
        self.places, self.group, self.keys_of = {}, {}, {}
        for row in regions["region"]:
            key, side = row["key"], row["side"]
            stem = key[: -len(side) - 1] if side else key
            self.keys_of.setdefault(stem, []).append(key)
            if not row.get("pseudo") and not row.get("retired"):
                self.places[key] = {f"{key}/{each}" for each in row.get("aspects", [])} or {key}
                self.group[key] = (row["group"], stem)
        self.body = set().union(*self.places.values())
        self.trunk = set().union(*(p for k, p in self.places.items() if self.group[k][0] in LIMBS))
        self.look_alikes = {key: set() for key in self.terms}
        for key, row in self.terms.items():
            for other in row["consider"]:
                if other in self.terms:
                    self.look_alikes[key].add(other)
                    self.look_alikes[other].add(key)
        self.above, self.kinds = cache(self.above), cache(self.kinds)
        self.is_of, self.needed = cache(self.is_of), cache(self.needed)

    def is_of(self, lists, region):
        """Section 8: whether one of these lists is of the region."""
        for key in lists:
            offered = self.group[region][1] in self.offered[key] or not self.offered[key]
            signs = [term for term in self.lists[key] if self.is_finding(term)]
            if offered and any(self.places[region] & self.needed(term, "") for term in signs):
                return True
        return False

    def is_finding(self, term):
        """Whether a sign is a finding where regions are counted."""
        return self.terms[term]["group"] not in NO_FINDING

    def above(self, term):
        found = [term]
        while self.terms.get(found[-1], {}).get("kind_of"):
            found.append(self.terms[found[-1]]["kind_of"])
        return set(found)

    def kinds(self, term):
        return {key for key in self.terms if term in self.above(key)} | {term}

    def of_region(self, region):
        return self.trunk if region == "generalised" else self.places.get(region, {region})

    def of_regions(self, regions):
        return {place for region in regions for place in self.of_region(region)}

    def told_by(self, term):
        return set(self.terms.get(term, {}).get("told_by", []))

    def needed(self, term, sex):
        row = self.terms[term]
        men, women = row.get("absence_needs", []), row.get("absence_needs_of_women", [])
        wanted = men if not women or sex == "male" else women if sex == "female" else [*men, *women]
        if wanted:
            return {place for each in wanted for place in self.named(each)}
        other = {"male": "female", "female": "male"}.get(sex)
        return {
            place
            for key, places in self.places.items()
            if self.group[key][1] not in NOT_SKIN and not (other and SEX_OF.get(self.group[key][1]) == other)
            for place in places
        }

    def named(self, written):
        if written == "generalised":
            return self.trunk
        stem, _, aspect = written.partition("/")
        keys = self.keys_of.get(stem, [stem])
        return {f"{key}/{aspect}" for key in keys} if aspect else self.of_regions(keys)


class Look:
    def __init__(self, words, reading):
        self.words, self.photo, self.examiner = words, reading["photo"], reading["examiner"]
        self.complete = reading["state"] == "complete"
        self.conclusion, self.findings = reading["conclusion"], reading["findings"]
        self.covered = set(reading["coverage"])
        good = {place for place, level in reading["coverage"].items() if level == "assessable"}
        self.shown = set() if self.conclusion == "not assessable" else good
        self.poor = self.covered - self.shown
        spoken = [key for key, version in reading["looked_for"] if version == words.version]
        self.lists = frozenset(key for key in spoken if key in words.lists)
        self.listed = {term for key in self.lists for term in words.lists[key]}
        self.hidden = set()
        for key, values in reading["description"].items():
            for value in values:
                self.hidden |= set(words.hiding.get((key, value), ()))
        for f in self.findings:
            if f["confirmed"] and f["answer"] == "present" and f["term"] in words.terms:
                self.hidden |= set(words.terms[f["term"]].get("hides", []))
                if "advanced" in f["qualifiers"].get("stage", ()):
                    self.hidden |= set(ALL_TOLD)

    def is_hidden(self, term):
        return bool(self.hidden & self.words.told_by(term))

    def places_of(self, finding):
        found = set()
        for region in finding["regions"]:
            places = self.words.of_region(region)
            by_name = {p for p in places if p.partition("/")[2] in finding["qualifiers"].get("aspect", ())}
            found |= by_name or places & self.covered or places
        return found

    def absent(self, term):
        """Where this look states that the term, or one above it, is absent."""
        if self.is_hidden(term):
            return set()
        found = set()
        for f in self.of(self.words.above(term), "absent"):
            if not f["regions"]:
                found |= self.shown
            for place in self.words.of_regions(f["regions"]) - self.poor:
                aspect = place.partition("/")[2]
                if not aspect or place in self.shown or aspect in f["qualifiers"].get("aspect", ()):
                    found.add(place)
        for f in self.of(self.words.above(term), "not assessable"):
            found -= self.words.of_regions(f["regions"]) if f["regions"] else self.words.body
        return found

    def of(self, terms, answer):
        return [f for f in self.findings if f["term"] in terms and f["confirmed"] and said(f) == answer]

    def silent(self, term):
        if self.is_hidden(term):
            return set()
        family, found = self.words.above(term) | self.words.kinds(term), set(self.shown)
        for f in self.findings:
            if f["term"] in family and said(f) != "absent":
                found = found - self.words.of_regions(f["regions"]) if f["regions"] else set()
                if not f["regions"]:
                    break
        return found

    def went_through(self, term):
        return bool(self.listed & self.words.above(term))


def said(finding):
    """Section 2."""
    if finding["term"] != "nutr.grade" or finding["answer"] != "present":
        return finding["answer"]
    by = finding["qualifiers"]
    if "wasting" in by:
        return {"none": "absent", "unknown": "not assessable"}.get(by["wasting"][0], "present")
    return {"E0": "absent", "EX": "not assessable"}.get(by.get("grade_e", [""])[0], "present")


def why_not(words, look, finding):
    """Section 3."""
    by = finding["qualifiers"]
    whole_body = words.terms.get(finding["term"], {}).get("whole_body")
    graded = finding["term"] != "nutr.grade" or "wasting" in by or by.get("grade_e", [""])[0] in ("E2", "E3")
    in_order = {
        "copied": not finding["confirmed"],
        "not complete": not look.complete,
        "unstated": not finding["certainty_stated"],
        "possible": finding["certainty"] == "possible",
        "after death": "post" in by.get("vitality", ()),
        "not graded": not graded,
        "no region": not finding["regions"] and not whole_body,
        "steps": not finding["seen_as_is"],
    }
    return next((why for why, holds in in_order.items() if holds), "")


class Person:
    def __init__(self, words, readings, photos=(), alike=None, not_for_reading=(), sex="", decisions=None):
        self.alike, self.decisions = alike or {}, decisions or {}
        self.words, self.sex, alike = words, sex, self.alike
        for_reading = [photo for photo in photos if photo not in not_for_reading]
        counted = [each for each in readings if each["photo"] not in not_for_reading]
        self.looks = [Look(words, each) for each in counted if not each["carried"]]
        self.complete = [look for look in self.looks if look.complete]
        read = {look.photo for look in self.complete}
        groups = {alike[photo] for photo in read if alike.get(photo)}
        self.all_read = all(photo in read or alike.get(photo) in groups for photo in for_reading)
        self.is_counted = self.all_read and bool(for_reading)
        self.spoken, self.sure, self.denied = cache(self.spoken), cache(self.sure), cache(self.denied)

    def spoken(self, term):
        """The findings that speak for a sign, whatever becomes of them."""
        kinds = self.words.kinds(term)
        every = ((look, f) for look in self.looks for f in look.findings)
        return [(look, f) for look, f in every if f["term"] in kinds and said(f) in SPEAKS]

    def reason(self, look, f):
        return why_not(self.words, look, f) if said(f) == "present" else "non-specific"

    def sure(self, term):
        return [(look, f) for look, f in self.spoken(term) if self.reason(look, f) == ""]

    def standing(self, sure):
        return [(look, f) for look, f in sure if not self.against(look, f)]

    def rests_on(self, term):
        """The findings that a present sign rests on."""
        sure = self.sure(term)
        return self.standing(sure) or sure

    def decided(self, term):
        """What a person decided, if it stands: a decision is (result, photographs)."""
        result, photos = self.decisions.get(term, ("", ()))
        sure = self.sure(term)
        contradict = {p for look, f in sure for other in self.against(look, f) for p in (look.photo, other)}
        return result if not self.standing(sure) and contradict <= set(photos) else ""

    def result(self, term):
        """Section 5."""
        known, spoken, sure = term in self.words.terms, self.spoken(term), self.sure(term)
        why = {id(f): self.reason(look, f) for look, f in spoken}
        if sure:
            return self.decided(term) or ("present" if self.standing(sure) else "conflict")
        for reason, result in (("after death", "after death"), ("unstated", "certainty not stated")):
            if reason in why.values():
                return result
        if not known or spoken or not self.all_read or self.words.terms[term].get("never_absent"):
            return "cannot tell"
        return "absent" if self.words.needed(term, self.sex) <= self.denied(term) else "cannot tell"

    def denied(self, term):
        above = self.words.above(term) - {term}
        open_ = any(f["term"] in above and said(f) in SPEAKS for look in self.looks for f in look.findings)
        found = set()
        for look in self.complete:
            found |= look.absent(term)
            if look.went_through(term) and not open_:
                found |= look.silent(term)
        return found

    def against(self, look, finding):
        """Section 4: the photographs that contradict a finding."""
        found = set()
        term, where = finding["term"], look.places_of(finding)
        above = self.words.above(term)
        for other in self.complete:
            if other.examiner != look.examiner:
                continue
            if where & other.absent(term):
                found.add(other.photo)
            if other is look:
                continue
            speaks = other.conclusion.startswith("nothing visible") or other.went_through(term)
            row = self.words.terms.get(term, {})
            if row.get("whole_body") and not self.words.needed(term, self.sex) <= other.shown:
                speaks = False
            if speaks and where & other.silent(term):
                found.add(other.photo)
            if any(where & other.places_of(f) and self.instead(f, term, above) for f in other.findings):
                found.add(other.photo)
        return found

    def instead(self, f, term, above):
        if not f["confirmed"] or said(f) not in SPEAKS:
            return False
        group = {key: self.words.terms.get(key, {}).get("group") for key in (f["term"], term)}
        if group[f["term"]] == "residual" and group[term] != "residual":
            return True
        if said(f) == "non-specific":
            return f["term"] in above
        sure = f["certainty_stated"] and f["certainty"] in ("definite", "probable")
        return sure and bool(self.words.above(f["term"]) & self.words.look_alikes.get(term, set()))

    def may_lie(self, findings, regions):
        """Section 8: whether one of these findings may lie in one of the regions."""
        trunk = {key for key in regions if self.words.group[key][0] in LIMBS}
        for _look, f in findings:
            named = set(f["regions"])
            if not named or named - {"generalised"} - set(self.words.places):
                return True
            if named & set(regions) or ("generalised" in named and trunk):
                return True
        return False

    @cached_property
    def of_regions(self):
        """Of the signs that are a finding of a region: the findings that present and disputed ones rest on,
        and all that speak."""
        signs = [term for term in self.words.terms if self.words.is_finding(term)]
        found = {"present": [], "conflict": [], "speaks": []}
        for term in signs:
            found["speaks"] += self.spoken(term)
            if self.results[term] in ("present", "conflict"):
                found[self.results[term]] += self.rests_on(term)
        return found

    def region(self, region):
        """Section 8: a line of the table of regions."""
        for wanted in ("present", "conflict"):
            if any(region in f["regions"] for _look, f in self.of_regions[wanted]):
                return wanted
        if not self.is_counted or self.may_lie(self.of_regions["speaks"], [region]):
            return "cannot tell"
        shown = set().union(*(look.shown for look in self.complete if self.words.is_of(look.lists, region)))
        return "absent" if self.words.places[region] <= shown else "cannot tell"

    def part(self, term, group):
        """Section 8: one sign in one part of the body."""
        regions = [key for key in self.words.places if self.words.group[key][0] == group]
        result = self.results[term]
        if result == "present" and any(set(regions) & set(f["regions"]) for _l, f in self.rests_on(term)):
            return "present"
        if result == "conflict" and self.may_lie(self.sure(term), regions):
            return "conflict"
        if self.words.terms[term].get("never_absent") or not self.is_counted:
            return "cannot tell"
        here = self.words.needed(term, self.sex) & self.words.of_regions(regions)
        if not here or not here <= self.denied(term) or self.may_lie(self.spoken(term), regions):
            return "cannot tell"
        return "absent"

    def wasting(self):
        """Section 6."""
        result = self.results["nutr.grade"]
        if result == "absent":
            return "no wasting visible"
        if result != "present":
            return "cannot tell"
        looks = [look for look, f in self.rests_on("nutr.grade") if says_extreme(f)]
        pictures = {self.alike.get(look.photo) or look.photo for look in looks}
        shown = {place.partition("/")[0] for look in looks for place in look.shown} & set(self.words.group)
        trunk = any(self.words.group[key][0] in ("chest", "abdomen") for key in shown)
        arm = any(self.words.group[key][1] in ("upper_arm", "forearm") for key in shown)
        thigh = any(self.words.group[key][1] == "thigh.front" for key in shown)
        enough = len(pictures) > 1 and trunk and arm and thigh
        return "extreme wasting visible" if enough else "wasting visible"

    @cached_property
    def results(self):
        return {term: self.result(term) for term in self.words.terms}


def says_extreme(finding):
    by = finding["qualifiers"]
    return "extreme" in by["wasting"] if "wasting" in by else "E3" in by.get("grade_e", ())
