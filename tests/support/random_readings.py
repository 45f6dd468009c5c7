"""Readings of one person drawn at random, for rules that must hold whatever is read."""

import random
from dataclasses import replace

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.summary.summary import SummarySubject
from reviewer.domain.vocabulary.body_places import BodyPlaces
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer

TERMS = (
    "neck.ligature_mark",
    "blunt.bruise",
    "blunt.bruise_tramline",
    "burn.unspecified",
    "burn.scald",
    "restr.mark",
    "restr.wrist",
    "pm.lividity",
    "pm.bloat",
    "pm.skin_slip",
    "art.clothing_imprint",
    "nonspecific.lesion",
    "nutr.grade",
    "elec.mark",
    "gen.amputation",
    "old.term",
)
REGIONS = (
    "neck.front",
    "neck.side.L",
    "nape",
    "wrist.L",
    "wrist.R",
    "chest.L",
    "generalised",
    "multiple.nos",
)
PHOTOS = "abcd"


class Drawing:
    """What is drawn from one seed; `vocabulary` is the one in use, `terms` those that findings are of."""

    def __init__(self, vocabulary, seed, terms=TERMS):
        self.terms = terms
        self.vocabulary, self.random = vocabulary, random.Random(seed)
        self.body = BodyPlaces(vocabulary)
        self.number = 0

    def person(self):
        r = self.random
        photos = PHOTOS[: r.choice((1, 1, 2, 3, 4))]
        alike = {"a": "a", "b": "a"} if r.random() < 0.2 else {}
        left_out = frozenset(photo for photo in photos if r.random() < 0.1)
        return SummarySubject(tuple(photos), alike, left_out, r.choice(("", "male", "female")))

    def readings(self, person):
        r, focus = self.random, self.random.choice([each for each in self.terms if each != "old.term"])
        examiners = ("okoye",) if r.random() < 0.8 else ("okoye", "hansen")
        return [
            self._reading(examiner, photo, focus)
            for examiner in examiners
            for photo in person.photos
            if r.random() < 0.9
        ]

    def seen_at_its_worst(self, person, readings):
        """The same readings with extreme wasting, most of it stated: chance seldom draws it."""
        r = self.random
        return [
            replace(each, findings=(self._worst(),), state=ReadingState.COMPLETE)
            for each in readings
            if r.random() < 0.8
        ]

    def _worst(self):
        r = self.random
        self.number += 1
        said = r.choice(((("wasting", ("extreme",)),), (("grade_e", ("E3",)),), (("wasting", ("wasting",)),)))
        stated = r.random() < 0.9
        regions = ("generalised",)
        return Finding(
            f"f{self.number}", "nutr.grade", "1", certainty_stated=stated, regions=regions, qualifiers=said
        )

    def _reading(self, examiner, photo, focus):
        r = self.random
        findings = tuple(self._finding() for _ in range(r.choice((0, 0, 0, 1, 1, 2, 3))))
        lists = [(each.key, self.vocabulary.version) for each in self.vocabulary.lists]
        looked_for = lists if r.random() < 0.6 else r.sample(lists, r.randint(0, len(lists)))
        if r.random() < 0.1:
            looked_for = [(key, "1.0.0") for key, _version in looked_for]
        nothing = not findings and r.random() < 0.5
        conclusion = Conclusion.NOTHING_VISIBLE if nothing else Conclusion.NONE
        return Reading(
            examiner,
            photo,
            state=r.choice((ReadingState.COMPLETE,) * 8 + (ReadingState.OPEN, ReadingState.SET_ASIDE)),
            conclusion=Conclusion.NOT_ASSESSABLE if r.random() < 0.05 else conclusion,
            findings=findings,
            coverage=self._coverage(focus),
            looked_for=tuple(sorted(looked_for)),
            description=(("stage", ("advanced",)),) if r.random() < 0.1 else (),
            carried_from="z" if r.random() < 0.07 else "",
        )

    def _coverage(self, focus):
        r = self.random
        term = self.vocabulary.term(focus)
        places = self.body.find_needed(term, r.choice(("", "male", "female")))
        if r.random() < 0.3:
            places = self.body.all
        levels = {place: "assessable" for place in places if r.random() < r.choice((0.7, 1, 1, 1))}
        for place in r.sample(sorted(self.body.all), 5) if r.random() < 0.3 else ():
            levels[place] = r.choice(("assessable", "limited", "not"))
        return tuple(sorted(levels.items()))

    def _finding(self):
        r = self.random
        self.number += 1
        term = r.choice(self.terms)
        return Finding(
            f"f{self.number}",
            term,
            "1",
            answer=r.choice(
                (FindingAnswer.PRESENT,) * 5 + (FindingAnswer.ABSENT,) * 3 + tuple(FindingAnswer)
            ),
            certainty=r.choice((Certainty.DEFINITE, Certainty.PROBABLE, Certainty.POSSIBLE)),
            certainty_stated=r.random() < 0.75,
            regions=tuple(r.sample(REGIONS, r.choice((0, 1, 1, 1, 2)))),
            qualifiers=self._qualifiers(term),
            confirmed=r.random() < 0.9,
            seen_as_is=r.random() < 0.9,
        )

    def _qualifiers(self, term):
        r, said = self.random, {}
        if r.random() < 0.4:
            said["vitality"] = (r.choice(("ante", "post", "unknown")),)
        if r.random() < 0.2:
            said["aspect"] = tuple(sorted(r.sample(("front", "back"), r.randint(1, 2))))
        if r.random() < 0.1:
            said["stage"] = ("advanced",)
        if term == "nutr.grade" and r.random() < 0.8:
            key = r.choice(("wasting", "grade_e"))
            choices = ("none", "wasting", "extreme", "unknown") if key == "wasting" else _GRADES
            said[key] = (r.choice(choices),)
        return tuple(sorted(said.items()))


_GRADES = ("E0", "E1", "E2", "E3", "EX")
