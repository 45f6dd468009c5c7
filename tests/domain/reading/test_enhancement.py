"""Chains and display recipes as data: written and read back, kept within limits, refused when unknown."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.reading.enhancement import (
    MOST_STEPS,
    TOOLS,
    EnhancementChain,
    EnhancementStep,
    chain_from_body,
    find_tool,
    make_default_step,
    name_exploring_steps,
)
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.view_settings import ViewSettings, view_settings_from_body
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer


@st.composite
def steps(draw):
    tool = draw(st.sampled_from(TOOLS))
    values = tuple((p.key, draw(st.integers(p.low, p.high))) for p in tool.parameters)
    return EnhancementStep(tool.key, values, tool.version, draw(st.booleans()))


chains = st.lists(steps(), max_size=MOST_STEPS).map(lambda each: EnhancementChain(tuple(each)))
recipes = st.builds(
    ViewSettings,
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
    written = to_canonical_json(recipe.as_body())
    assert view_settings_from_body(json.loads(written)) == recipe
    assert recipe.is_as_it_is == (not recipe.chain.active and recipe.care not in {"grey", "blur"})
    assert recipe.in_words()


@given(chains, st.integers(0, 11), st.sampled_from([-1, 1]))
def test_moving_a_step_there_and_back_changes_nothing(chain, place, by):
    if place < len(chain.steps):
        moved = chain.move_step(place, by)
        assert sorted(map(repr, moved.steps)) == sorted(map(repr, chain.steps))
        if moved != chain:
            assert moved.move_step(place + by, -by) == chain
        assert len(chain.remove_step(place).steps) == len(chain.steps) - 1


@given(steps(), st.integers(-9999, 9999))
def test_a_number_stays_within_its_limits(step, value):
    for parameter in find_tool(step.tool).parameters:
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
        chain_from_body([body])


def test_a_chain_has_an_end_and_nothing_pretends_to_be_another_light():
    chain = EnhancementChain(tuple(make_default_step("gamma") for _step in range(MOST_STEPS)))
    with pytest.raises(NotAllowed):
        chain.add_step(make_default_step("gamma"))
    words = " ".join(f"{tool.key} {tool.name}" for tool in TOOLS).casefold()
    for word in ("uv", "ultraviolet", "infrared", "upscal", "denois"):
        assert word not in words


def test_steps_that_can_make_marks_are_for_exploration_and_say_what_they_do():
    exploring = {tool.key for tool in TOOLS if tool.exploring}
    assert exploring == {"channel", "red-free", "erythema", "clahe", "decorrelation", "unsharp"}
    chain = EnhancementChain(
        (
            make_default_step("gamma"),
            make_default_step("clahe"),
            make_default_step("channel"),
            make_default_step("red-free"),
        )
    )
    assert chain.warnings == ("compression blocks look like marks", "no alternate light")
    assert (
        EnhancementChain((make_default_step("gamma"), replace(make_default_step("clahe"), on=False))).warnings
        == ()
    )


def test_exploring_steps_are_told_of_any_version_and_only_if_they_are_on():
    body = EnhancementChain(
        (
            make_default_step("gamma"),
            make_default_step("clahe"),
            replace(make_default_step("unsharp"), on=False),
        )
    ).as_body()
    assert name_exploring_steps(body) == ("Local contrast (CLAHE)",)
    body[1]["version"] = 99
    assert name_exploring_steps(body) == ("Local contrast (CLAHE)",)
    assert name_exploring_steps([{"tool": "of another program", "on": True}]) == ("of another program",)


@pytest.mark.parametrize("certainty", [Certainty.DEFINITE, Certainty.PROBABLE])
@pytest.mark.parametrize("answer", [FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC])
def test_a_sure_finding_seen_only_through_exploration_says_by_which_step(certainty, answer):
    finding = _seen_through("unsharp", certainty=certainty, answer=answer)
    assert finding.is_only_enhanced
    assert finding.explored_by == ("Unsharp mask",)
    assert replace(finding, seen_as_is=True).explored_by == ()
    assert _seen_through("gamma", certainty=certainty, answer=answer).explored_by == ()
    assert replace(finding, certainty=Certainty.POSSIBLE).explored_by == ()
    assert replace(finding, recipe="").explored_by == (), "a copied finding has no recipe"


def _seen_through(tool, **more):
    recipe = ViewSettings(1, 0, 0, 0, (1, 1), (1, 1), 1000, EnhancementChain((make_default_step(tool),)))
    written = to_canonical_json(recipe.as_body()).decode("utf-8")
    return Finding("f", "blunt.bruise", "1", recipe=written, seen_as_is=False, **more)
