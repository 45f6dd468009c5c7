"""What the value of a condition means: checked against its field and the vocabulary, never guessed.

`keys` of what comes back: Term or Region keys; the choices that fit; both ends of a range, "" where it is
open (of dates the end is the first moment after it); of coverage "all" or "any" and Region keys.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from reviewer.domain.people.ages import OLDEST, UNTOLD, years_of
from reviewer.domain.search.dates import bounds_of, is_written_like_a_date
from reviewer.domain.search.fields import ALIASES, DOUBT, FIELDS, NONE, Field, Kind
from reviewer.domain.search.names import near_terms, regions_of, terms_of, view_of
from reviewer.domain.search.tokens import QueryError, Token
from reviewer.domain.text_folding import ascii_digits, folded
from reviewer.domain.vocabulary.type_ahead import MECHANISM, mechanism_typed, terms_index
from reviewer.domain.vocabulary.vocabulary import Vocabulary

_PLAIN = re.compile(r"[\W_]+")
_HEX = re.compile(r"[0-9a-f]{2,64}")
_LARGEST = 10**9


@dataclass(frozen=True)
class Values:
    relation: str
    value: str
    upto: str | None = None
    keys: tuple[str, ...] = ()
    phrase: bool = False


def unknown_field(token: Token) -> QueryError:
    """The sentence for a field that is none, with those that are near."""
    names = [*(each.name for each in FIELDS), *ALIASES]
    near = difflib.get_close_matches(token.field.casefold(), names, 3, 0.6)
    near = near or [each for each in names if each.startswith(token.field.casefold()[:3])][:3]
    hint = f"Near: {', '.join(near)}." if near else 'Words with ":" in them are searched in quotes.'
    return QueryError(token.column, f"there is no field {token.field}.", hint)


def checked_words(text: str, column: int) -> None:
    """QueryError for words that hold nothing full text could find."""
    if not any(each.isalnum() for each in folded(text)):
        raise QueryError(column, "letters or digits to search for were expected.")


def condition_values(token: Token, known: Field, vocabulary: Vocabulary) -> Values:
    """What the condition of a token asks. QueryError if the value is none of the field."""
    if token.relation not in known.relations:
        there = " ".join(f"{known.name}{each}" for each in known.relations)
        raise QueryError(token.column, f"{known.name}{token.relation} is not possible; there is {there}.")
    if known.kind is Kind.TERM:
        return _of_vocabulary(token, known, terms_of(vocabulary, token.text, token.relation), vocabulary)
    if known.kind is Kind.REGION:
        return _of_vocabulary(token, known, regions_of(vocabulary, token.text, token.relation), vocabulary)
    if known.kind is Kind.COVERS:
        return _covers(token, known, vocabulary)
    if known.kind in {Kind.AGE, Kind.DESCRIBED}:
        return _age(token, known) if known.kind is Kind.AGE else _described(token, known, vocabulary)
    if known.kind in {Kind.FULL_TEXT, Kind.TEXT}:
        return _text(token, known)
    return _hash(token) if known.kind is Kind.HASH else _compared(token, known)


def _text(token: Token, known: Field) -> Values:
    if known.kind is Kind.TEXT:
        return Values(token.relation, token.text)
    checked_words(token.text, token.value_at + 1)
    return Values(":", token.text, phrase=token.quoted)


def _of_vocabulary(token: Token, known: Field, keys: tuple[str, ...], vocabulary: Vocabulary) -> Values:
    if not keys:
        hint = _instead(token.text, known, vocabulary)
        raise QueryError(token.value_at + 1, f"the vocabulary has no {known.name} {token.text}.", hint)
    relation = token.relation
    return Values(relation, token.text.casefold(), keys=keys)


def _instead(typed: str, known: Field, vocabulary: Vocabulary) -> str:
    """What to ask for instead of what the vocabulary does not have: signs for a mechanism, or near names."""
    if known.kind is Kind.TERM:
        mechanism = mechanism_typed(vocabulary, terms_index(vocabulary), typed)
        if mechanism is not None:
            return f"{MECHANISM} {', '.join(map(vocabulary.term_name, mechanism.look_for))}."
    near = near_terms(vocabulary, typed, known.kind is Kind.REGION)
    return f"Near: {', '.join(near)}." if near else ""


def _covers(token: Token, known: Field, vocabulary: Vocabulary) -> Values:
    """A view; one side of a Region by its key; or Regions, each with all that stands for it in Coverage."""
    view, wanted = view_of(vocabulary, token.text), token.text.casefold()
    if view is not None:
        return Values(":", token.text.casefold(), keys=("all", *view.regions))
    one = [key for key in vocabulary.shown_as(r.key for r in vocabulary.body) if key.casefold() == wanted]
    if one:
        return Values(":", wanted, keys=("any", *one))
    found = _of_vocabulary(token, known, regions_of(vocabulary, token.text, ":"), vocabulary)
    keys = dict.fromkeys([*found.keys, *vocabulary.shown_as(found.keys)])
    return Values(":", found.value, keys=("any", *keys))


def _age(token: Token, known: Field) -> Values:
    """Years from and to; a number by itself is that age. `keys` are both ends, or "cannot tell" alone."""
    text = ascii_digits(token.text).strip().casefold()
    if _plain(text) == _plain(UNTOLD):
        return Values(":", UNTOLD, keys=(UNTOLD,))
    text = text.replace("..", "-")
    years = (int(text), int(text)) if text.isdecimal() and len(text) <= 3 else years_of(text)
    if years is None or years[1] > OLDEST:
        there = ", ".join(known.choices)
        what = f"an age was expected after {known.name}: 30, 25-40, or one of these: {there}."
        raise QueryError(token.value_at + 1, what)
    return Values(":", text, keys=(str(years[0]), str(years[1])))


def _described(token: Token, known: Field, vocabulary: Vocabulary) -> Values:
    """An answer by its key or its name, or by the beginning of one that is meant by no other."""
    described = vocabulary.described_by(known.name)
    choices = described.choices if described is not None else ()
    wanted = _plain(token.text)
    names = {choice.key: (_plain(choice.key), _plain(choice.name)) for choice in choices}
    exact = [key for key, called in names.items() if wanted in called]
    begins = [key for key, called in names.items() if wanted and any(c.startswith(wanted) for c in called)]
    found = exact or begins
    if len(found) != 1:
        what = "may mean several" if found else "is none"
        there = ", ".join(names)
        raise QueryError(
            token.value_at + 1,
            f"{token.text} {what}; after {known.name} one of these was expected: {there}.",
        )
    return Values(":", found[0], keys=(found[0],))


def _hash(token: Token) -> Values:
    value = token.text.casefold()
    if not _HEX.fullmatch(value):
        raise QueryError(token.value_at + 1, "the first 2 to 64 digits of a SHA-256 were expected.")
    return Values(":", value)


def _compared(token: Token, known: Field) -> Values:
    """Values that have an order: one of them, a comparison, or a range."""
    low, dots, high = token.text.partition("..")
    if dots and known.takes_ranges and not token.quoted:
        if token.relation not in {":", "="}:
            raise QueryError(token.column, f"a range stands after {known.name}: only.")
        return _range(token, known, low, high)
    value, keys = _single(token, known, token.text, token.value_at + 1)
    if token.relation in {"!=", ":", "="}:
        exact = token.relation == "=" and known.kind is Kind.NUMBER
        relation = "!=" if token.relation == "!=" else "=" if exact else ":"
        return Values(relation, value, keys=_bounded(known, relation, keys))
    return Values(token.relation, value, keys=_bounded(known, token.relation, keys))


def _single(token: Token, known: Field, text: str, column: int) -> tuple[str, tuple[str, str]]:
    """One value in its canonical form, and the range it stands for by itself."""
    if known.kind is Kind.CHOICE:
        value = _choice(known, text, column)
        return value, (value, value)
    if known.kind is Kind.DATE:
        return _date(known, text, column)
    digits = ascii_digits(text).strip()
    if known.kind is Kind.COUNT or token.relation not in {":", "="}:
        if not digits.isascii() or not digits.isdigit() or int(digits) > _LARGEST:
            raise QueryError(column, f"a whole number was expected after {known.name}{token.relation}.")
        return str(int(digits)), (str(int(digits)), str(int(digits)))
    return digits.casefold(), (digits.casefold(), "")


def _date(known: Field, text: str, column: int) -> tuple[str, tuple[str, str]]:
    wanted = text.casefold()
    if wanted == NONE or (wanted == DOUBT and known.name == "taken"):
        return wanted, (wanted, "")
    found = bounds_of(ascii_digits(text))
    if found is None and is_written_like_a_date(ascii_digits(text)):
        raise QueryError(
            column, f"{text} is no date of the calendar; {known.name}:none finds what has no date."
        )
    if found is None:
        what = f"a date was expected after {known.name}: 2012, 2012-05 or 2012-05-17."
        raise QueryError(column, what)
    return ascii_digits(text), found


def _choice(known: Field, text: str, column: int) -> str:
    """The choice that is written so, or that alone begins so; spaces and hyphens are as good as none."""
    wanted = _plain(text)
    exact = [each for each in known.choices if _plain(each) == wanted]
    found = exact or [each for each in known.choices if wanted and _plain(each).startswith(wanted)]
    if len(found) != 1:
        there = ", ".join(known.choices)
        what = "may mean several" if found else "is none"
        raise QueryError(column, f"{text} {what}; after {known.name} one of these was expected: {there}.")
    return found[0]


def _plain(text: str) -> str:
    return _PLAIN.sub("", ascii_digits(text).casefold())


def _range(token: Token, known: Field, low: str, high: str) -> Values:
    if not low and not high:
        raise QueryError(token.value_at + 1, "a range needs at least one end.")
    column = token.value_at + 1
    first, first_keys = _end(token, known, low, column)
    last, last_keys = _end(token, known, high, column + len(low) + 2)
    keys = (first_keys[0], last_keys[1])
    if known.ordered:
        keys_of = _steps(known, first_keys[0], last_keys[1])
        if not keys_of:
            raise QueryError(column, "the range ends before it begins.")
        return Values(":", first, last, keys_of)
    if low and high and not _in_order(known, keys):
        raise QueryError(column, "the range ends before it begins.")
    return Values(":", first, last, keys)


def _end(token: Token, known: Field, text: str, column: int) -> tuple[str, tuple[str, str]]:
    if not text:
        return "", ("", "")
    if known.kind is Kind.NUMBER:
        digits = ascii_digits(text)
        if not digits.isdigit() or not digits.isascii():
            raise QueryError(column, "a whole number was expected at the end of a range.")
        return str(int(digits)), (str(int(digits)), str(int(digits)))
    value, keys = _single(token, known, text, column)
    if value in {NONE, DOUBT}:
        raise QueryError(column, "a date was expected at the end of a range.")
    return value, keys


def _in_order(known: Field, keys: tuple[str, str]) -> bool:
    return keys[0] < keys[1] if known.kind is Kind.DATE else int(keys[0]) <= int(keys[1])


def _bounded(known: Field, relation: str, keys: tuple[str, str]) -> tuple[str, ...]:
    """The range that a comparison stands for."""
    if known.kind is Kind.CHOICE:
        return _choices_of(known, relation, keys[0])
    if keys[0] in {NONE, DOUBT}:
        return (keys[0],)
    if known.kind is Kind.NUMBER and relation in {":", "="}:
        return (keys[0],)
    low, high = keys
    if known.kind is Kind.DATE:
        ends = {">": (high, ""), ">=": (low, ""), "<": ("", low), "<=": ("", high)}
    else:
        number = int(low)
        ends = {
            ">": (str(number + 1), ""),
            ">=": (low, ""),
            "<": ("", str(number - 1)),
            "<=": ("", high),
        }
    return ends.get(relation, keys)


def _choices_of(known: Field, relation: str, value: str) -> tuple[str, ...]:
    place = known.choices.index(value)
    if relation == "!=":
        return tuple(each for each in known.choices if each not in {value, "any"})
    ends = {
        ">": known.choices[place + 1 :],
        ">=": known.choices[place:],
        "<": known.choices[:place],
        "<=": known.choices[: place + 1],
    }
    return ends.get(relation, (value,))


def _steps(known: Field, low: str, high: str) -> tuple[str, ...]:
    first = known.choices.index(low) if low else 0
    last = known.choices.index(high) if high else len(known.choices) - 1
    return known.choices[first : last + 1]
