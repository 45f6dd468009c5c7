"""What the value of a condition means: checked against its field and the vocabulary, never guessed.

`keys` of what comes back: Term or Region keys; the choices that fit; both ends of a range, "" where it is
open (of dates the end is the first moment after it); of coverage "all" or "any" and Region keys.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.people.ages import CANNOT_TELL, OLDEST, parse_age_range
from reviewer.domain.search.dates import is_written_like_a_date, parse_date_bounds
from reviewer.domain.search.fields import (
    DOUBT_VALUE,
    FIELD_ALIASES,
    NONE_VALUE,
    QUERY_FIELDS,
    FieldKind,
    QueryField,
)
from reviewer.domain.search.names import find_regions_meant, find_terms_meant, find_view_meant, suggest_names
from reviewer.domain.search.tokens import QueryError, QueryToken
from reviewer.domain.text_folding import fold_text, to_ascii_digits
from reviewer.domain.vocabulary.type_ahead import MECHANISM_HINT, find_mechanism_typed, make_terms_index
from reviewer.domain.vocabulary.vocabulary import Vocabulary

_SIGNS_IGNORED = re.compile(r"[\W_]+")
_HEX = re.compile(r"[0-9a-f]{2,64}")
_LARGEST = 10**9


@dataclass(frozen=True)
class ConditionValues:
    relation: str
    value: str
    upto: str | None = None
    keys: tuple[str, ...] = ()
    phrase: bool = False


def make_unknown_field_error(token: QueryToken) -> QueryError:
    """Make the error for an unknown field, with the names that are near."""
    names = [*(field.name for field in QUERY_FIELDS), *FIELD_ALIASES]
    near = difflib.get_close_matches(token.field.casefold(), names, 3, 0.6)
    near = near or [name for name in names if name.startswith(token.field.casefold()[:3])][:3]
    hint = f"Near: {', '.join(near)}." if near else 'Words with ":" in them are searched in quotes.'
    return QueryError(token.column, f"there is no field {token.field}.", hint)


def check_words_searchable(text: str, column: int) -> None:
    """Raise QueryError for words without anything that full text could find."""
    if not any(character.isalnum() for character in fold_text(text)):
        raise QueryError(column, "letters or digits to search for were expected.")


def interpret_condition(token: QueryToken, known: QueryField, vocabulary: Vocabulary) -> ConditionValues:
    """Interpret the condition of a token. QueryError if its value does not fit the field."""
    if token.relation not in known.relations:
        there = " ".join(f"{known.name}{relation}" for relation in known.relations)
        raise QueryError(token.column, f"{known.name}{token.relation} is not possible; there is {there}.")
    if known.kind is FieldKind.TERM:
        return _interpret_keys(
            token, known, find_terms_meant(vocabulary, token.text, token.relation), vocabulary
        )
    if known.kind is FieldKind.REGION:
        return _interpret_keys(
            token, known, find_regions_meant(vocabulary, token.text, token.relation), vocabulary
        )
    if known.kind is FieldKind.COVERS:
        return _interpret_covers(token, known, vocabulary)
    if known.kind in {FieldKind.AGE, FieldKind.DESCRIBED}:
        return (
            _interpret_age(token, known)
            if known.kind is FieldKind.AGE
            else _interpret_description(token, known, vocabulary)
        )
    if known.kind in {FieldKind.FULL_TEXT, FieldKind.TEXT}:
        return _interpret_text(token, known)
    return _interpret_hash(token) if known.kind is FieldKind.HASH else _interpret_comparison(token, known)


def _interpret_text(token: QueryToken, known: QueryField) -> ConditionValues:
    if known.kind is FieldKind.TEXT:
        return ConditionValues(token.relation, token.text)
    check_words_searchable(token.text, token.value_at + 1)
    return ConditionValues(":", token.text, phrase=token.quoted)


def _interpret_keys(
    token: QueryToken, known: QueryField, keys: tuple[str, ...], vocabulary: Vocabulary
) -> ConditionValues:
    if not keys:
        hint = _suggest_instead(token.text, known, vocabulary)
        raise QueryError(token.value_at + 1, f"the vocabulary has no {known.name} {token.text}.", hint)
    return ConditionValues(token.relation, token.text.casefold(), keys=keys)


def _suggest_instead(typed: str, known: QueryField, vocabulary: Vocabulary) -> str:
    """What to ask for instead of what the vocabulary does not have: signs for a mechanism, or near names."""
    if known.kind is FieldKind.TERM:
        mechanism = find_mechanism_typed(vocabulary, make_terms_index(vocabulary), typed)
        if mechanism is not None:
            return f"{MECHANISM_HINT} {', '.join(map(vocabulary.term_name, mechanism.look_for))}."
    near = suggest_names(vocabulary, typed, known.kind is FieldKind.REGION)
    return f"Near: {', '.join(near)}." if near else ""


def _interpret_covers(token: QueryToken, known: QueryField, vocabulary: Vocabulary) -> ConditionValues:
    """A view; one side of a Region by its key; or Regions, each with all that stands for it in Coverage."""
    view, wanted = find_view_meant(vocabulary, token.text), token.text.casefold()
    if view is not None:
        return ConditionValues(":", token.text.casefold(), keys=("all", *view.regions))
    one = [key for key in vocabulary.shown_as(r.key for r in vocabulary.body) if key.casefold() == wanted]
    if one:
        return ConditionValues(":", wanted, keys=("any", *one))
    found = _interpret_keys(token, known, find_regions_meant(vocabulary, token.text, ":"), vocabulary)
    keys = dict.fromkeys([*found.keys, *vocabulary.shown_as(found.keys)])
    return ConditionValues(":", found.value, keys=("any", *keys))


def _interpret_age(token: QueryToken, known: QueryField) -> ConditionValues:
    """Years from and to; a number by itself is that age. `keys` are both ends, or "cannot tell" alone."""
    text = to_ascii_digits(token.text).strip().casefold()
    if _to_plain(text) == _to_plain(CANNOT_TELL):
        return ConditionValues(":", CANNOT_TELL, keys=(CANNOT_TELL,))
    text = text.replace("..", "-")
    years = (int(text), int(text)) if text.isdecimal() and len(text) <= 3 else parse_age_range(text)
    if years is None or years[1] > OLDEST:
        there = ", ".join(known.choices)
        what = f"an age was expected after {known.name}: 30, 25-40, or one of these: {there}."
        raise QueryError(token.value_at + 1, what)
    return ConditionValues(":", text, keys=(str(years[0]), str(years[1])))


def _interpret_description(token: QueryToken, known: QueryField, vocabulary: Vocabulary) -> ConditionValues:
    """An answer by its key or its name, or by the beginning of one that is meant by no other."""
    described = vocabulary.description_question(known.name)
    choices = described.choices if described is not None else ()
    names = {choice.key: (choice.key, choice.name) for choice in choices}
    key = _interpret_choice(known, names, token.text, token.value_at + 1)
    return ConditionValues(":", key, keys=(key,))


def _interpret_hash(token: QueryToken) -> ConditionValues:
    value = token.text.casefold()
    if not _HEX.fullmatch(value):
        raise QueryError(token.value_at + 1, "the first 2 to 64 digits of a SHA-256 were expected.")
    return ConditionValues(":", value)


def _interpret_comparison(token: QueryToken, known: QueryField) -> ConditionValues:
    """Values that have an order: one of them, a comparison, or a range."""
    low, dots, high = token.text.partition("..")
    if dots and known.takes_ranges and not token.quoted:
        if token.relation not in {":", "="}:
            raise QueryError(token.column, f"a range stands after {known.name}: only.")
        return _interpret_range(token, known, low, high)
    value, keys = _interpret_single(token, known, token.text, token.value_at + 1)
    is_plain = token.relation == "=" and known.kind is not FieldKind.NUMBER
    relation = ":" if is_plain else token.relation
    return ConditionValues(relation, value, keys=_find_bounds(known, relation, keys))


def _interpret_single(
    token: QueryToken, known: QueryField, text: str, column: int
) -> tuple[str, tuple[str, str]]:
    """One value in its canonical form, and the range it stands for by itself."""
    if known.kind is FieldKind.CHOICE:
        value = _interpret_choice(known, {choice: (choice,) for choice in known.choices}, text, column)
        return value, (value, value)
    if known.kind is FieldKind.DATE:
        return _interpret_date(known, text, column)
    digits = to_ascii_digits(text).strip()
    if known.kind is FieldKind.COUNT or token.relation not in {":", "="}:
        if not digits.isascii() or not digits.isdigit() or int(digits) > _LARGEST:
            raise QueryError(column, f"a whole number was expected after {known.name}{token.relation}.")
        return str(int(digits)), (str(int(digits)), str(int(digits)))
    return digits.casefold(), (digits.casefold(), "")


def _interpret_date(known: QueryField, text: str, column: int) -> tuple[str, tuple[str, str]]:
    wanted = text.casefold()
    if wanted == NONE_VALUE or (wanted == DOUBT_VALUE and known.name == "taken"):
        return wanted, (wanted, "")
    found = parse_date_bounds(to_ascii_digits(text))
    if found is None and is_written_like_a_date(to_ascii_digits(text)):
        raise QueryError(
            column, f"{text} is no date of the calendar; {known.name}:none finds what has no date."
        )
    if found is None:
        what = f"a date was expected after {known.name}: 2012, 2012-05 or 2012-05-17."
        raise QueryError(column, what)
    return to_ascii_digits(text), found


def _interpret_choice(known: QueryField, names: Mapping[str, Sequence[str]], text: str, column: int) -> str:
    """Find the choice with a name that is written so, or the only one with a name that begins so; spaces and
    hyphens do not matter. `names` are those of each choice."""
    wanted = _to_plain(text)
    plain = {choice: [_to_plain(name) for name in called] for choice, called in names.items()}
    exact = [choice for choice, called in plain.items() if wanted in called]
    found = exact or [
        choice for choice, called in plain.items() if wanted and any(n.startswith(wanted) for n in called)
    ]
    if len(found) != 1:
        there = ", ".join(names)
        what = "may mean several" if found else "is none"
        raise QueryError(column, f"{text} {what}; after {known.name} one of these was expected: {there}.")
    return found[0]


def _to_plain(text: str) -> str:
    return _SIGNS_IGNORED.sub("", to_ascii_digits(text).casefold())


def _interpret_range(token: QueryToken, known: QueryField, low: str, high: str) -> ConditionValues:
    if not low and not high:
        raise QueryError(token.value_at + 1, "a range needs at least one end.")
    column = token.value_at + 1
    first, first_keys = _interpret_range_end(token, known, low, column)
    last, last_keys = _interpret_range_end(token, known, high, column + len(low) + 2)
    keys = (first_keys[0], last_keys[1])
    if known.ordered:
        keys_of = _list_choices_between(known, first_keys[0], last_keys[1])
        if not keys_of:
            raise QueryError(column, "the range ends before it begins.")
        return ConditionValues(":", first, last, keys_of)
    if low and high and not _is_range_in_order(known, keys):
        raise QueryError(column, "the range ends before it begins.")
    return ConditionValues(":", first, last, keys)


def _interpret_range_end(
    token: QueryToken, known: QueryField, text: str, column: int
) -> tuple[str, tuple[str, str]]:
    if not text:
        return "", ("", "")
    if known.kind is FieldKind.NUMBER:
        digits = to_ascii_digits(text)
        if not digits.isdigit() or not digits.isascii():
            raise QueryError(column, "a whole number was expected at the end of a range.")
        return str(int(digits)), (str(int(digits)), str(int(digits)))
    value, keys = _interpret_single(token, known, text, column)
    if value in {NONE_VALUE, DOUBT_VALUE}:
        raise QueryError(column, "a date was expected at the end of a range.")
    return value, keys


def _is_range_in_order(known: QueryField, keys: tuple[str, str]) -> bool:
    return keys[0] < keys[1] if known.kind is FieldKind.DATE else int(keys[0]) <= int(keys[1])


def _find_bounds(known: QueryField, relation: str, keys: tuple[str, str]) -> tuple[str, ...]:
    """The range that a comparison stands for."""
    if known.kind is FieldKind.CHOICE:
        return _list_choices_compared(known, relation, keys[0])
    if keys[0] in {NONE_VALUE, DOUBT_VALUE}:
        return (keys[0],)
    if known.kind is FieldKind.NUMBER and relation in {":", "="}:
        return (keys[0],)
    low, high = keys
    if known.kind is FieldKind.DATE:
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


def _list_choices_compared(known: QueryField, relation: str, value: str) -> tuple[str, ...]:
    place = known.choices.index(value)
    if relation == "!=":
        return tuple(choice for choice in known.choices if choice not in {value, "any"})
    ends = {
        ">": known.choices[place + 1 :],
        ">=": known.choices[place:],
        "<": known.choices[:place],
        "<=": known.choices[: place + 1],
    }
    return ends.get(relation, (value,))


def _list_choices_between(known: QueryField, low: str, high: str) -> tuple[str, ...]:
    first = known.choices.index(low) if low else 0
    last = known.choices.index(high) if high else len(known.choices) - 1
    return known.choices[first : last + 1]
