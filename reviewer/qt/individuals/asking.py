"""What the individuals screen asks in the type box: grounds, facts, reasons, columns, whether it is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.commands.individual_commands import list_fact_choices, normalise_fact_value
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.people.folder_pattern import FolderPattern
from reviewer.domain.people.individual import (
    FACT_HINTS,
    FACT_NAMES,
    FACTS_OF_PHOTO,
    IDENTITY_FACTS,
    NUMBER_FACTS,
    STATEMENT_CERTAINTIES,
    STATEMENT_FORM,
    Fact,
    Statement,
)
from reviewer.domain.people.proposals import BURST_BITS, BURST_SECONDS
from reviewer.domain.reading.degrees import list_offered_degrees
from reviewer.domain.summary.decisions import DECIDABLE_RESULTS, find_contradicting_photos
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.domain.vocabulary.vocabulary import Degree
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.individuals.people_model import COLUMNS
from reviewer.qt.widgets.accounts import ACCOUNT_OPTIONS
from reviewer.qt.widgets.type_box import (
    AskQuestion,
    Option,
    Question,
    make_choice_question,
    make_text_question,
    narrow_options,
)
from reviewer.services.people.individuals import BURSTS, CARDS, FOLDERS, RECORDS, ProposalOptions

_GROUNDS = (
    (FOLDERS, "Folders", "Photographs of one folder; a large folder by the names before their last number."),
    ("pattern", "Folders, by a pattern", "You state how folders are named, e.g. {branch}/*/{examination}."),
    (CARDS, "Cards", "The same number on the cards, once transcribed twice alike or resolved."),
    (
        BURSTS,
        "Bursts",
        f"One camera, at most {BURST_SECONDS} s apart, at most {BURST_BITS} of 64 bits differ.",
    ),
    ("bounds", "Bursts, by other bounds", "Two numbers: seconds apart, and how many of 64 bits may differ."),
    (RECORDS, "Records", "What files about the victims say."),
)


def ask_ground(ask: AskQuestion, take: Callable[[ProposalOptions], None]) -> None:
    """On what proposals are to rest."""

    def chosen(key: str) -> None:
        if key == "pattern":
            _ask_pattern(ask, take)
        elif key == "bounds":
            _ask_bounds(ask, take)
        else:
            take(ProposalOptions(key))

    options = [Option(key, text, detail) for key, text, detail in _GROUNDS]
    ask(make_choice_question("Proposals from", options, chosen))


def _ask_pattern(ask: AskQuestion, take: Callable[[ProposalOptions], None]) -> None:
    def find(typed: str) -> Sequence[Option]:
        try:
            FolderPattern.parse(typed)
        except KnownError as error:
            return [Option("", typed, f"{error}", enabled=False)] if typed.strip() else []
        return [Option(typed.strip(), typed, "Read from the end of each folder's path.")]

    prompt = "How are folders named? In braces branch, detainee, examination, date, individual; * is anything"
    ask(Question(prompt, find, lambda key: take(ProposalOptions(FOLDERS, pattern=key))))


def _ask_bounds(ask: AskQuestion, take: Callable[[ProposalOptions], None]) -> None:
    def find(typed: str) -> Sequence[Option]:
        words = typed.split()
        fits = len(words) == 2 and all(word.isdecimal() for word in words)
        if not fits or not (0 < int(words[0]) <= 86_400 and int(words[1]) <= 64):
            wrong = "Two whole numbers, e.g. 60 20: seconds, then bits of 64."
            return [Option("", typed, wrong, enabled=False)] if typed.strip() else []
        return [Option(typed, f"{words[0]} s apart, {words[1]} of 64 bits may differ")]

    def chosen(key: str) -> None:
        seconds, bits = key.split()
        take(ProposalOptions(BURSTS, seconds=int(seconds), bits=int(bits)))

    ask(Question(f"Seconds and bits (usually {BURST_SECONDS} {BURST_BITS})", find, chosen))


@dataclass(frozen=True)
class FactForm:
    """What the form of facts needs: who it is about, what is stated of them, the one Photo that is chosen on
    the card ("" else), Individuals by their number as (id, label), and what to do with an answer."""

    of: str
    said: Callable[[Fact], str]
    photo: Callable[[], str]
    found: Callable[[str], Sequence[tuple[str, str]]]
    take: Callable[[FactAnswer], None]


@dataclass(frozen=True)
class FactAnswer:
    """An answer: the fact, its value, how sure, the Photo it rests on, and how its value is called."""

    fact: Fact
    value: str
    certainty: str
    source: str = ""
    detail: str = ""


def ask_fact(ask: AskQuestion, form: FactForm) -> None:
    """A fact, its value, how sure: three questions, each by digit or by a few letters.

    Facts that identify a person come in a row: the list is asked again until Esc, with what is stated by now.
    """
    now: dict[Fact, str] = {}

    def facts(typed: str) -> Sequence[Option]:
        found: list[Option] = []
        for group, those in STATEMENT_FORM:
            options = narrow_options(
                [_make_fact_option(fact, now.get(fact) or form.said(fact)) for fact in those], typed
            )
            heading = [] if typed.strip() else [Option("", group.upper(), enabled=False)]
            found += [*heading, *options]
        return found

    def answered(stated: FactAnswer) -> None:
        form.take(stated)
        now[stated.fact] = stated.detail or stated.value
        if stated.fact in IDENTITY_FACTS:
            again()

    def again() -> None:
        ask(
            Question(
                f"State what of {form.of}? Esc ends",
                facts,
                lambda key: _ask_value(ask, form, Fact(key), answered),
                ahead=True,
            )
        )

    again()


def _make_fact_option(fact: Fact, said: str) -> Option:
    name = FACT_NAMES[fact]
    return Option(str(fact), f"{name}: {said}" if said else name, FACT_HINTS.get(fact, ""), said=name)


def _ask_value(ask: AskQuestion, form: FactForm, fact: Fact, then: Callable[[FactAnswer], None]) -> None:
    """The value of a fact: from its choices, an individual by its number, the chosen photograph, or typed."""
    name = FACT_NAMES[fact]
    photo = form.photo() if fact in FACTS_OF_PHOTO else ""
    if fact in FACTS_OF_PHOTO and not photo:
        raise NotAllowed(
            "Open the card of the person and choose one photograph first: this is stated of one."
        )
    if fact is Fact.BEST_FACE:
        _ask_certainty(ask, fact, name, lambda sure: then(FactAnswer(fact, photo, sure, photo)))
        return
    labels: dict[str, str] = {}

    def found(typed: str) -> Sequence[Option]:
        if fact is Fact.SAME_PERSON:
            labels.update(form.found(typed))
            return [Option(id_, label) for id_, label in form.found(typed)]
        choices = [Option(choice, choice) for choice in list_fact_choices(fact)]
        return narrow_options(choices, typed) if choices else _check_typed_value(fact, typed)

    def certainty(value: str) -> None:
        shown = labels.get(value, value)
        _ask_certainty(
            ask,
            fact,
            f"{name} {shown}",
            lambda sure: then(FactAnswer(fact, value, sure, photo, labels.get(value, ""))),
        )

    hint = " (? for each digit that cannot be read)" if fact in NUMBER_FACTS else ""
    hint = f" ({FACT_HINTS[fact]})" if fact in FACT_HINTS else hint
    hint = ", by its number" if fact is Fact.SAME_PERSON else hint
    prompt = f"{name} of {form.of}{hint}" if fact is not Fact.SAME_PERSON else f"{name} whom{hint}?"
    ask(
        Question(
            prompt, found, certainty, digits=bool(list_fact_choices(fact)), ahead=fact is Fact.SAME_PERSON
        )
    )


def _ask_certainty(ask: AskQuestion, fact: Fact, what: str, take: Callable[[str], None]) -> None:
    sure = [Option(certainty, certainty.capitalize()) for certainty in STATEMENT_CERTAINTIES]
    ask(make_choice_question(f"{what}: how sure?", sure, take))


def _check_typed_value(fact: Fact, typed: str) -> Sequence[Option]:
    if not typed.strip():
        return []
    try:
        value = normalise_fact_value(fact, typed)
    except KnownError as error:
        return [Option("", typed, str(error), enabled=False)]
    return [Option(value, value, f"{FACT_NAMES[fact]}, as it will be kept")]


def ask_withdraw(
    ask: AskQuestion, statements: Sequence[tuple[Statement, str]], take: Callable[[str, str], None]
) -> None:
    """Which statement no longer counts, and why; each comes with its words."""
    options = [Option(statement.id, words) for statement, words in statements if not statement.withdrawn]

    def why(key: str) -> None:
        ask(make_text_question("Why does it no longer count?", lambda text: take(key, text)))

    ask(make_choice_question("Withdraw which statement?", options, why))


def ask_decision(
    ask: AskQuestion,
    contradicted: Sequence[tuple[TermSummary, str]],
    photos: Sequence[str],
    name: Callable[[str], str],
    take: Callable[[TermSummary, TermResult, str, str], None],
) -> None:
    """Which contradiction, as what, which photograph shows it better, and why; the first question only if
    there is more than one. `photos` are those of the person, in order."""

    def why(term: TermSummary, result: TermResult, better: str) -> None:
        prompt = f"{name(term.term)} is {result}: why?"
        ask(make_text_question(prompt, lambda text: take(term, result, text, better)))

    def better(term: TermSummary, result: TermResult) -> None:
        prompt = f"{name(term.term)}: which photograph shows it better?"
        _ask_better(ask, prompt, term, photos, lambda photo: why(term, result, photo))

    def result(term: TermSummary, words: str) -> None:
        choices = [TermResult.PRESENT] if term.stands else DECIDABLE_RESULTS
        options = [Option(str(choice), str(choice).capitalize(), words) for choice in choices]
        ask(
            make_choice_question(
                f"{name(term.term)}: what do you decide?", options, lambda key: better(term, TermResult(key))
            )
        )

    if len(contradicted) == 1:
        result(*contradicted[0])
        return
    options = [
        Option(contradiction.term, f"{name(contradiction.term)}   {_describe_decision(contradiction)}", words)
        for contradiction, words in contradicted
    ]
    known = {contradiction.term: (contradiction, words) for contradiction, words in contradicted}
    ask(make_choice_question("Decide which?", options, lambda key: result(*known[key])))


def _ask_better(
    ask: AskQuestion, prompt: str, term: TermSummary, photos: Sequence[str], take: Callable[[str], None]
) -> None:
    """Which of the photographs that contradict each other shows it better, if any is named."""
    numbers = {photo: number for number, photo in enumerate(photos, start=1)}
    options = [
        Option(photo, f"Photo {numbers[photo]}", "the better photograph")
        for photo in find_contradicting_photos(term)
        if photo in numbers
    ]
    options.append(Option("", "Neither", "no photograph is named as the better one"))
    ask(make_choice_question(prompt, options, take))


def _describe_decision(term: TermSummary) -> str:
    return "to decide" if term.decided is None else f"decided: {term.decided.result}"


def ask_degree(ask: AskQuestion, degrees: Sequence[Degree], take: Callable[[str, str], None]) -> None:
    """A degree of all findings together, and whose account it measures; or none, which is marked."""
    none = Option("", "no degree", "The words stand for themselves.")
    steps = [Option(degree.key, degree.name, degree.note) for degree in list_offered_degrees(degrees)]

    def account(degree: str) -> None:
        if not degree:
            take("", "")
            return
        prompt = "Whose account does the degree measure?"
        ask(make_choice_question(prompt, ACCOUNT_OPTIONS, lambda key: take(degree, key)))

    prompt = "Sign it, with which degree of consistency for all findings together?"
    ask(make_choice_question(prompt, [none, *steps], account))


def ask_note(ask: AskQuestion, sentence: str, take: Callable[[str], None]) -> None:
    prompt = f"Accept as it is, with a note: {sentence}"
    ask(make_text_question(prompt, take))


def ask_confirmation(ask: AskQuestion, prompt: str, yes: str, take: Callable[[], None]) -> None:
    """The count is shown before; Enter does it, Esc does not."""
    option = Option("yes", yes, name_keys("Enter does it, Esc does not. Ctrl+Z takes it back."))
    ask(Question(prompt, lambda _typed: [option], lambda _key: take()))


def ask_sort(ask: AskQuestion, take: Callable[[str], None]) -> None:
    options = [Option(column.key, column.title) for column in COLUMNS]
    ask(make_choice_question("Sort by; the same again turns it round", options, take, digits=False))


def ask_columns(ask: AskQuestion, shown: Callable[[], Sequence[str]], toggle: Callable[[str], None]) -> None:
    """Columns on and off, one after the other, until Esc."""

    def find(typed: str) -> Sequence[Option]:
        now = shown()
        marks = {True: "shown", False: "-"}
        options = [Option(column.key, f"{column.title}   {marks[column.key in now]}") for column in COLUMNS]
        return narrow_options(options, typed)

    ask(Question("Columns: Enter shows or hides, Esc ends", find, toggle, stays=True))


def ask_individual(
    ask: AskQuestion,
    prompt: str,
    found: Callable[[str], Sequence[tuple[str, str]]],
    take: Callable[[str], None],
) -> None:
    """An individual by its number."""

    def find(typed: str) -> Sequence[Option]:
        return [Option(id_, label) for id_, label in found(typed)]

    ask(Question(prompt, find, take, ahead=True))
