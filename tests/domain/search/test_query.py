"""The query language: what is typed becomes a tree, a tree has one form, mistakes name their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.search.completion import complete_query
from reviewer.domain.search.fields import DESCRIPTION_FIELDS, QUERY_FIELDS, FieldKind
from reviewer.domain.search.plan import EveryStep, ExceptStep, FindingStep, SomeStep, plan_query
from reviewer.domain.search.query import (
    EVERYTHING,
    And,
    Not,
    Or,
    QueryCondition,
    QueryWords,
    format_query,
    iterate_leaves,
    parse_query,
)
from reviewer.domain.search.tokens import QueryError, quote_value
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def tree(text):
    return parse_query(text, VOCABULARY)


def condition(text):
    found = tree(text)
    assert isinstance(found, QueryCondition), found
    return found


def test_the_example_of_the_manual():
    text = (
        "term:bruise region:neck certainty>=probable branch:215 -category:soldier "
        'taken:2012-05..2012-08 note:"belt"'
    )
    assert format_query(tree(text)) == text
    found = list(iterate_leaves(tree(text)))
    assert [each.field for each in found] == [
        "term", "region", "certainty", "branch", "category", "taken", "note",
    ]  # fmt: skip
    assert found[2].keys == ("probable", "definite")
    assert found[5].keys == ("2012-05-01", "2012-09-01")


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", ""),
        ("  belt  ", "belt"),
        ("a AND b", "a b"),
        ("a or b c", "a or b c"),
        ("(a or b) c", "(a or b) c"),
        ("not a", "-a"),
        ("-(a b)", "-(a b)"),
        ("not (a or b)", "-(a or b)"),
        ("((a))", "a"),
        ("(term:bruise)", "term:bruise"),
        ("(term:bruise) (region:neck)", "(term:bruise) (region:neck)"),
        ("state:set-aside", 'state:"set aside"'),
        ("state:SET_ASIDE", 'state:"set aside"'),
        ("certainty:def", "certainty:definite"),
        ("branch:٢١٥", "branch:215"),
        ("taken:٢٠١٢-٠٥", "taken:2012-05"),
        ("taken=2012", "taken:2012"),
        ("exam:12?*", "examination:12?*"),
        ("name:IMG", "file:IMG"),
        ("“two words”", '"two words"'),
        ("findings>=03", "findings>=3"),
        ('note:"a \\"b\\""', 'note:"a \\"b\\""'),
        ("(a or (b or c))", "a or b or c"),
        ("photo:AB12", "photo:ab12"),
    ],
)
def test_one_way_of_writing(typed, canonical):
    assert format_query(tree(typed)) == canonical
    assert tree(canonical) == tree(typed)


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ("tem:bruise", 1, "no field tem. Near: term"),
        ("a  colour:red", 4, "no field colour"),
        ("term:brusie", 6, "Near: bruise"),
        ("term:hanging", 6, "This is a mechanism: choose what is seen. ligature mark, "),
        ("region:nekc", 8, "Near: neck"),
        ("certainty:sure", 11, "possible, probable, definite"),
        ("state:o-c", 7, "unread, open, complete"),
        ("category:d", 10, "may mean several"),
        ("taken:2012-13", 7, "no date of the calendar"),
        ("taken:2012-02-30", 7, "no date of the calendar"),
        ("taken:2012..2011", 7, "ends before it begins"),
        ("taken:..", 7, "at least one end"),
        ("taken:2012..x", 13, "a date was expected"),
        ("findings>many", 10, "a whole number"),
        ("examination:9..1", 13, "ends before it begins"),
        ("certainty:definite..possible", 11, "ends before it begins"),
        ("photo:xyz", 7, "digits of a SHA-256"),
        ("stage:rotten", 7, "after stage one of these was expected: fresh, early"),
        ("age:old", 5, "an age was expected after age: 30, 25-40, or one of these: under 12"),
        ("age:40-25", 5, "an age was expected"),
        ("stage>early", 1, "stage> is not possible"),
        ("card_script:a", 13, "may mean several"),
        ("note>belt", 1, "note> is not possible; there is note:"),
        ("category!=soldier", 1, "category!= is not possible"),
        ('note:"belt', 6, "quote is never closed"),
        ("note:", 6, "a value was expected"),
        ("note:?", 6, "letters or digits"),
        ("(a", 1, "never closed"),
        ("a)", 2, "closes nothing"),
        ("a ()", 3, "nothing in these brackets"),
        ("or a", 1, "both sides of or"),
        ("a or", 3, "both sides of or"),
        ("and a", 1, "before and"),
        ("a and", 6, "after and"),
        ("a not", 6, "after not"),
        ("!!", 1, "letters or digits"),
        ("(" * 60 + "a" + ")" * 60, 42, "more than 40 times"),
        ("-" * 60 + "a", 42, "more than 40 times"),
        ("a" * 5000, 4001, "at most 4,000"),
    ],
)
def test_mistakes_name_the_place_and_what_was_expected(typed, column, says):
    with pytest.raises(QueryError) as error:
        tree(typed)
    assert error.value.column == column, str(error.value)
    assert str(error.value).startswith(f"Column {column}: ")
    assert says in str(error.value)
    assert len(str(error.value)) < 300


def test_terms_by_group_key_name_and_synonym():
    group = {each.key for each in VOCABULARY.terms if each.group == "blunt"}
    assert set(condition("term:blunt").keys) == group
    bruises = set(condition("term:bruise").keys)
    named = {each.key for each in VOCABULARY.terms if "bruise" in each.name.casefold()}
    assert named <= bruises
    one = VOCABULARY.terms[0]
    assert condition(f'term="{one.name}"').keys == (one.key,)
    assert condition(f"term:{one.key}").keys == (one.key,)
    with pytest.raises(QueryError):
        tree("term=brui")


def test_regions_by_key_stem_group_and_name():
    assert set(condition("region:chest.L").keys) == {"chest.L"}
    assert set(condition("region:wrist").keys) == {"wrist.L", "wrist.R"}
    assert set(condition("region:neck").keys) == {r.key for r in VOCABULARY.regions if r.group == "neck"}
    assert condition("covers:back").keys[0] == "all"
    assert condition("covers:palm").keys == ("any", "palm.L", "palm.R")
    sides = ("wrist.L/front", "wrist.L/back", "wrist.R/front", "wrist.R/back")
    assert condition("covers:wrist").keys == ("any", "wrist.L", "wrist.R", *sides)
    assert condition("covers:wrist.l/back").keys == ("any", "wrist.L/back")


def test_conditions_on_findings_side_by_side_speak_of_one():
    assert isinstance(plan_query(tree("term:bruise region:neck")), FindingStep)
    parted = plan_query(tree("(term:bruise) (region:neck)"))
    assert isinstance(parted, EveryStep)
    assert [type(each) for each in parted.items] == [FindingStep, FindingStep]
    mixed = plan_query(tree("term:bruise branch:215 region:neck -region:nape"))
    assert isinstance(mixed, EveryStep)
    assert mixed.items[0] == FindingStep(tree("term:bruise region:neck"))
    assert [type(each) for each in mixed.items[1:]] == [QueryCondition, ExceptStep]
    joined = plan_query(tree("term:bruise (region:neck or region:nape)"))
    assert isinstance(joined, FindingStep)
    apart = plan_query(tree("term:bruise (region:neck or branch:215)"))
    assert isinstance(apart, EveryStep)
    assert isinstance(apart.items[1], SomeStep)
    assert plan_query(EVERYTHING) == EveryStep(())


# any tree


def values_of(field):
    plain = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
    texts = plain.filter(lambda text: text.strip())
    spoken = texts.filter(lambda text: any(each.isascii() and each.isalnum() for each in text))
    digits = st.text("0123456789", min_size=1, max_size=5)
    by_kind = {
        FieldKind.TERM: st.sampled_from([each.name for each in VOCABULARY.terms] + ["bruise", "blunt"]).map(
            quote_value
        ),
        FieldKind.REGION: st.sampled_from([each.key for each in VOCABULARY.regions] + ["neck", "wrist"]),
        FieldKind.COVERS: st.sampled_from(["front", "back", "neck", "wrist"]),
        FieldKind.COUNT: digits,
        FieldKind.DATE: st.dates().map(str),
        FieldKind.TEXT: texts.map(lambda text: quote_value(text, quoted=True)),
        FieldKind.FULL_TEXT: spoken.map(lambda text: quote_value(text, quoted=True)),
        FieldKind.HASH: st.text("0123456789abcdef", min_size=2, max_size=64),
    }
    if field.kind is FieldKind.DESCRIBED:
        return st.sampled_from([each.key for each in VOCABULARY.description_question(field.name).choices])
    if field.kind is FieldKind.AGE:
        return st.sampled_from(["30", "25-40", '"under 12"', '"60 and over"', '"cannot tell"'])
    if field.kind is FieldKind.CHOICE:
        return st.sampled_from(field.choices).map(quote_value)
    if field.kind is FieldKind.NUMBER:
        return st.sampled_from(["215", "12?", "1*", "3..9", "7..", "..9"])
    return by_kind[field.kind]


def test_the_fields_of_the_description_are_those_of_the_vocabulary():
    assert [name for name, _says in DESCRIPTION_FIELDS] == [each.key for each in VOCABULARY.described]
    names = [field.name for field in QUERY_FIELDS]
    assert len(set(names)) == len(names), "no question of the description hides another field"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("stage:advanced", ("advanced",)),
        ('stage:"grave wax (adipocere)"', ("adipocere",)),
        ("place:court", ("courtyard",)),
        ("card_script:eastern", ("eastern_digits",)),
        ("CARD:Forehead", ("forehead",)),
    ],
)
def test_what_is_said_of_a_photograph_by_key_name_or_beginning(text, keys):
    assert condition(text).keys == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("age:30", ("30", "30")),
        ("age:25-40", ("25", "40")),
        ("age:25..40", ("25", "40")),
        ("age:18-29", ("18", "29")),
        ('age:"under 12"', ("0", "11")),
        ('age:"60 and over"', ("60", "120")),
        ('age:"cannot tell"', ("cannot tell",)),
    ],
)
def test_an_age_is_a_range_of_years(text, keys):
    assert condition(text).keys == keys


def any_condition(field):
    relations = [each for each in field.relations if field.kind is not FieldKind.NUMBER or each == ":"]
    if field.kind is FieldKind.TERM:
        relations = [":", "!="]
    return st.tuples(st.sampled_from(relations), values_of(field)).map(
        lambda pair: f"{field.name}{pair[0]}{pair[1]}"
    )


WORDS = st.text("abcxyz٢١", min_size=1, max_size=5)
ATOMS = st.one_of(WORDS, WORDS.map('"{}"'.format), *(any_condition(field) for field in QUERY_FIELDS))
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" or ".join),
        inner.map("({})".format),
        inner.map("-({})".format),
        inner.map("not ({})".format),
    ),
    max_leaves=8,
)


@given(TEXTS)
def test_what_is_printed_is_read_as_the_same(text):
    found = tree(text)
    again = format_query(found)
    assert tree(again) == found
    assert format_query(tree(again)) == again
    plan_query(found)


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.text('ab:()"-. >=!*?\\or12term', max_size=30))
def test_no_text_does_anything_but_parse_or_say_where(text):
    try:
        found = tree(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert tree(format_query(found)) == found


@given(st.text('ab:()"-. >=!tregion', max_size=20), st.integers(0, 20))
def test_completion_never_fails(text, cursor):
    found = complete_query(text, min(cursor, len(text)), VOCABULARY, lambda _field, _typed: ["215"])
    for each in found.found:
        assert found.apply(text, each)


@pytest.mark.parametrize(
    ("typed", "first", "after"),
    [
        ("te", "term:", "term:"),
        ("term:tram", None, None),
        ("certainty>=pro", "probable", "certainty>=probable "),
        ("state:set", '"set aside"', 'state:"set aside" '),
        ("branch:2", "215", "branch:215 "),
        ("branch:1..2", "215", "branch:1..215 "),
        ("(note:x or cat", "category:", "(note:x or category:"),
        ("-reg", "region:", "-region:"),
        ("has:", "card", "has:card "),
        ("covers:ba", "back", "covers:back "),
        ("covers:wrist.L/", "wrist.L/front", "covers:wrist.L/front "),
        ("stage:adv", "advanced", "stage:advanced "),
        ("place:hangar", "garage", "place:garage "),
        ("second_c", "second_card:", "second_card:"),
    ],
)
def test_completion_of_fields_and_values(typed, first, after):
    found = complete_query(typed, len(typed), VOCABULARY, lambda _field, _typed: ["215"])
    assert found.found
    if first is not None:
        assert found.found[0].text == first
        assert found.apply(typed, found.found[0])[0] == after


def test_trees_are_plain_values():
    assert tree("a b") == And((QueryWords("a"), QueryWords("b")))
    assert tree("a or -b") == Or((QueryWords("a"), Not(QueryWords("b"))))
