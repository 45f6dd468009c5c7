"""What the reading screen asks in the type box, and what it does with the answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.degrees import describe_account, list_offered_degrees
from reviewer.domain.reading.look_alikes import list_excluded_look_alikes, list_look_alikes
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.check import ASPECT
from reviewer.domain.vocabulary.scales import FindingAnswer, NotAssessableReason
from reviewer.domain.vocabulary.type_ahead import (
    MECHANISM_HINT,
    find_mechanism_typed,
    make_terms_index,
)
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES, Choice, Qualifier, Term
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.widgets.accounts import ACCOUNT_OPTIONS
from reviewer.qt.widgets.type_box import AskQuestion, Option, Question, make_text_question, narrow_options
from reviewer.services.reading.reader import Reader

_LIMIT, _EVERY = 9, 100
_DEGREE, _THEN = "\0degree", "\0then"


class ReadingQuestions:
    """Each method asks one thing of the Examiner about the Photo or the Finding that is selected then."""

    def __init__(self, reader: Reader, ask: AskQuestion, seen: Callable[[], int]) -> None:
        self._reader, self._ask, self._seen = reader, ask, seen
        self._vocabulary = reader.vocabulary
        self._terms = make_terms_index(reader.vocabulary)

    def ask_finding(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask for a Term; `then` runs after its Finding was made."""

        self._reader.must_see()

        def take(key: str) -> None:
            self._reader.add_term(key)
            then()

        prompt = "Add a finding: type its name"
        self._ask(Question(prompt, self._find_terms, take, ahead=True, instead=self._explain_mechanism))

    def ask_answer(self) -> None:
        finding = self._require_chosen()
        share = (
            add_key(
                f" {self._seen()} % of this photograph was on screen at 100 %; the rest can be hatched",
                "view.unseen",
            )
            + "."
        )
        options = [
            Option(s.key, s.name, s.definition + (share if s.key == FindingAnswer.ABSENT else ""))
            for s in self._vocabulary.answers
        ]

        def take(key: str) -> None:
            if FindingAnswer(key) is FindingAnswer.NOT_ASSESSABLE:
                self._ask_reason(lambda reason: self._reader.set_answer(FindingAnswer.NOT_ASSESSABLE, reason))
            else:
                self._reader.set_answer(FindingAnswer(key))

        prompt = f"Answer for {self._vocabulary.term_name(finding.term)}"
        self._ask(Question(prompt, _make_filter(options), take, digits=True))

    def ask_why_not_assessable(self) -> None:
        self._reader.must_see()
        self._ask_reason(lambda reason: self._reader.not_assessable(NotAssessableReason(reason)))

    def ask_qualifiers(self) -> None:
        """Ask for a qualifier of the selected Finding, then for its value, then again."""
        finding = self._require_chosen()
        term = self._vocabulary.term(finding.term)
        options = self._list_qualifiers(finding, term)
        name = self._vocabulary.term_name(finding.term)
        self._ask(Question(f"Qualify {name}", _make_filter(options), self._take_qualifier, digits=True))

    def _take_qualifier(self, key: str) -> None:
        if key == _DEGREE:
            self._ask_degree()
            return
        if key == EXCLUDED_LOOK_ALIKES:
            self.ask_look_alikes()
            return
        qualifier = self._vocabulary.qualifier(key)
        if qualifier is not None:
            self._ask_value(qualifier)

    def _list_qualifiers(self, finding: Finding, term: Term | None) -> list[Option]:
        said = dict(finding.qualifiers)
        options = []
        asked = term.qualifiers if term else ()
        for key in (*asked, *(key_said for key_said in said if key_said not in asked)):
            qualifier = self._vocabulary.qualifier(key)
            if qualifier is None or not self._is_asked(finding, qualifier):
                continue
            names = ", ".join(self._vocabulary.value_name(key, value) for value in said.get(key, ()))
            options.append(Option(key, f"{qualifier.name}: {names}" if names else qualifier.name))
        degree = self._vocabulary.degree(finding.degree)
        given = (
            f": {degree.name} {finding.mechanism}, {describe_account(finding.alleged_by)}" if degree else ""
        )
        text = f"degree of consistency{given}"
        detail = "Istanbul Protocol. An inference: it names the alleged mechanism and may be left out."
        options.append(Option(_DEGREE, text, detail))
        then = self._vocabulary.earlier_meaning_in_words(finding.term, finding.vocabulary)
        return (
            [*options, Option(_THEN, "what it meant when it was made", then, enabled=False)]
            if then
            else options
        )

    def _makes_sense(self, finding: Finding, qualifier: Qualifier, value: str) -> bool:
        """Whether a value makes sense where the Finding lies: the front of a thigh has no back."""
        return qualifier.key != ASPECT or self._vocabulary.has_side(finding.regions, value)

    def _is_asked(self, finding: Finding, qualifier: Qualifier) -> bool:
        """Whether one of its values makes sense, or was said."""
        said = qualifier.key in dict(finding.qualifiers) or not qualifier.choices
        return said or any(self._makes_sense(finding, qualifier, choice.key) for choice in qualifier.choices)

    def ask_look_alikes(self) -> None:
        """Ask which look-alikes of the selected Finding were excluded, one after the other, until Escape."""
        finding = self._require_chosen()
        term = self._vocabulary.term(finding.term)
        there = list_look_alikes(self._vocabulary, term)
        if not there:
            raise NotAllowed(
                f"{_capitalise(self._vocabulary.term_name(finding.term))} asks for no look-alike."
            )

        def find(typed: str) -> list[Option]:
            gone = list_excluded_look_alikes(self._reader.require_selected())
            options = [
                Option(
                    choice.key,
                    f"{choice.name}  (excluded)" if choice.key in gone else choice.name,
                    about(choice),
                )
                for choice in there
            ]
            return narrow_options(options, typed)

        def about(choice: Choice) -> str:
            other = self._vocabulary.term(choice.key)
            return other.definition if other else ""

        name = _capitalise(self._vocabulary.term_name(finding.term))
        prompt = f"{name}: which look-alikes were excluded? A digit adds one or takes it back, Esc ends"
        self._ask(Question(prompt, find, self._reader.exclude, digits=True, stays=True, aside=True))

    def _ask_value(self, qualifier: Qualifier) -> None:
        finding = self._require_chosen()
        said = dict(finding.qualifiers).get(qualifier.key, ())

        def take(key: str) -> None:
            if qualifier.kind == "several":
                values = [v for v in said if v != key] if key in said else [*said, key]
            else:
                values = [] if key in said else [key]
            self._reader.set_qualifier(qualifier.key, values)
            self.ask_qualifiers()

        def take_text(text: str) -> None:
            self._reader.set_qualifier(qualifier.key, [text.strip()] if text.strip() else [])
            self.ask_qualifiers()

        options = [
            Option(c.key, f"{c.name}  (chosen)" if c.key in said else c.name)
            for c in qualifier.choices
            if c.key in said
            or (c in qualifier.list_offered(finding.term) and self._makes_sense(finding, qualifier, c.key))
        ]
        free = take_text if qualifier.kind == "text" else None
        prompt = f"{qualifier.name[:1].upper()}{qualifier.name[1:]}"
        self._ask(Question(prompt, _make_filter(options), take, free=free, digits=free is None))

    def _ask_degree(self) -> None:
        if not self._require_chosen().degree:  # one that was given earlier can be taken away
            self._reader.must_allow_degree()
        none = Option("", "no degree", "Without attribution often none is given.")
        steps = [
            Option(d.key, d.name, f"{d.wording}. {d.note}" if d.note else d.wording)
            for d in list_offered_degrees(self._vocabulary.degrees)
        ]
        prompt = "Degree of consistency (Istanbul Protocol)"
        self._ask(Question(prompt, _make_filter([*steps, none]), self._take_degree, digits=True))

    def _take_degree(self, degree: str) -> None:
        if not degree:
            self._reader.set_degree("", "", "")
            return
        self._reader.must_allow_degree(degree)
        step = self._vocabulary.degree(degree)
        name = step.name if step else degree
        prompt = f"The finding is {name} what somebody alleges. Who?"
        take = partial(self._ask_mechanism, degree, name)
        self._ask(Question(prompt, _make_filter(list(ACCOUNT_OPTIONS)), take, digits=True))

    def _ask_mechanism(self, degree: str, name: str, alleged_by: str) -> None:
        asked = (
            f"The finding is {name} which likely cause?"
            if alleged_by == "likely cause"
            else f"The finding is {name} which mechanism, as a {alleged_by} says?"
        )
        self._ask(make_text_question(asked, lambda text: self._reader.set_degree(degree, text, alleged_by)))

    def _ask_reason(self, take: Callable[[str], None]) -> None:
        options = [Option(s.key, s.name, s.definition) for s in self._vocabulary.reasons]
        self._ask(Question("Not assessable: why?", _make_filter(options), take, digits=True))

    def _explain_mechanism(self, typed: str) -> str:
        return MECHANISM_HINT if find_mechanism_typed(self._vocabulary, self._terms, typed) else ""

    def _find_terms(self, typed: str) -> list[Option]:
        """Return signs; for a mechanism, the signs to look for."""
        mechanism = find_mechanism_typed(self._vocabulary, self._terms, typed)
        if mechanism is not None:
            terms = [term for key in mechanism.look_for if (term := self._vocabulary.term(key)) is not None]
            return [Option(term.key, term.name, self._format_definition(term)) for term in terms]
        options = []
        for match in self._terms.find(typed, _LIMIT if not typed.strip() else _EVERY):
            term = self._vocabulary.term(match.key)
            name = f"{match.name}  ({match.synonym})" if match.synonym else match.name
            explained = self._format_definition(term) if term else ""
            options.append(Option(match.key, name, explained, said=match.synonym or match.name))
        return options

    def _format_definition(self, term: Term) -> str:
        look_alikes = ", ".join(self._vocabulary.look_alikes(term))
        return f"{term.definition} Consider: {look_alikes}." if look_alikes else term.definition

    def _require_chosen(self) -> Finding:
        """The Finding that is asked about, on a photograph that is seen."""
        self._reader.must_see()
        return self._reader.require_selected()


def _capitalise(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _make_filter(options: list[Option]) -> Callable[[str], list[Option]]:
    """Answers whose text has a word that begins with what is typed."""

    def find(typed: str) -> list[Option]:
        wanted = typed.casefold().strip()
        return [
            o
            for o in options
            if any(w.startswith(wanted) for w in [o.text.casefold(), *o.text.casefold().split()])
        ]

    return find
