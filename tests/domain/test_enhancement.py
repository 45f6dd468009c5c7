"""Chains and display recipes as data: written and read back, kept within limits, refused when unknown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.enhancement import MOST_STEPS, TOOLS, Chain, Step, chain_from, new_step, tool_of
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger import canonical
from reviewer.domain.recipe import Recipe, recipe_from


@st.composite
def steps(draw):
    tool = draw(st.sampled_from(TOOLS))
    values = tuple((p.key, draw(st.integers(p.low, p.high))) for p in tool.parameters)
    return Step(tool.key, values, tool.version, draw(st.booleans()))


chains = st.lists(steps(), max_size=MOST_STEPS).map(lambda each: Chain(tuple(each)))
recipes = st.builds(
    Recipe,
    scale=st.integers(1, 32_000_000),
    x=st.integers(0, 9_000_000),
    y=st.integers(0, 9_000_000),
    angle=st.integers(0, 35_999),
    viewport=st.tuples(st.integers(1, 8000), st.integers(1, 8000)),
    picture=st.tuples(st.integers(1, 8000), st.integers(1, 8000)),
    ratio=st.sampled_from([1000, 1250, 2000]),
    chain=chains,
    care=st.sampled_from(["", "grey", "blur", "small"]),
    seen=st.integers(0, 1000),
    engine=st.text(max_size=20).filter(lambda text: text.isprintable()),
)


@given(recipes)
def test_a_recipe_is_written_and_read_back_the_same(recipe):
    written = canonical(recipe.as_body())
    assert recipe_from(json.loads(written)) == recipe
    assert recipe.is_as_it_is == (not recipe.chain.active and recipe.care not in {"grey", "blur"})
    assert recipe.in_words()


@given(chains, st.integers(0, 11), st.sampled_from([-1, 1]))
def test_moving_a_step_there_and_back_changes_nothing(chain, place, by):
    if place < len(chain.steps):
        moved = chain.moved(place, by)
        assert sorted(map(repr, moved.steps)) == sorted(map(repr, chain.steps))
        if moved != chain:
            assert moved.moved(place + by, -by) == chain
        assert len(chain.removed(place).steps) == len(chain.steps) - 1


@given(steps(), st.integers(-9999, 9999))
def test_a_number_stays_within_its_limits(step, value):
    for parameter in tool_of(step.tool).parameters:
        kept = step.with_value(parameter.key, value).value(parameter.key)
        assert parameter.low <= kept <= parameter.high
        assert parameter.shown(kept)


@pytest.mark.parametrize(
    "body",
    [
        {"tool": "magic", "version": 1, "on": True, "values": {}},
        {"tool": "gamma", "version": 1, "on": True, "values": {"gamma": 9999}},
        {"tool": "gamma", "version": 1, "on": True, "values": {}},
        {"tool": "gamma", "version": 99, "on": True, "values": {"gamma": 100}},
        {"tool": "gamma"},
    ],
    ids=["tool", "value", "no value", "version", "keys"],
)
def test_a_chain_this_program_does_not_know_is_refused_with_a_sentence(body):
    with pytest.raises(NotAllowed, match=r"\.$"):
        chain_from([body])


def test_a_chain_has_an_end_and_nothing_pretends_to_be_another_light():
    chain = Chain(tuple(new_step("gamma") for _step in range(MOST_STEPS)))
    with pytest.raises(NotAllowed):
        chain.added(new_step("gamma"))
    words = " ".join(f"{tool.key} {tool.name}" for tool in TOOLS).casefold()
    for word in ("uv", "ultraviolet", "infrared", "upscal", "denois"):
        assert word not in words
