"""What a Photo shows: whole views at once, single regions by themselves, and what was never shown."""

from dataclasses import replace

import pytest

from reviewer.domain import acts, coverage_intents
from reviewer.domain.coverage import Level, assessable
from reviewer.domain.coverage_gaps import Extent, extents, views_of
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading import Reading, State
from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
VIEWS = {view.key: view for view in VOCABULARY.views}


def after(reading, draft):
    return acts.evolved(reading, draft.act, draft.body, "now")


def toggled(reading, *keys):
    for key in keys:
        reading = after(reading, coverage_intents.toggle_view(reading, VIEWS[key], VOCABULARY.views))
    return reading


def test_a_view_goes_on_and_off():
    shown = toggled(Reading("e", "p"), "face")
    assert assessable(shown.coverage) == set(VIEWS["face"].regions)
    assert toggled(shown, "face").coverage == ()


def test_a_view_taken_out_leaves_what_another_one_shows():
    shown = toggled(Reading("e", "p"), "front", "face", "face")
    assert assessable(shown.coverage) == set(VIEWS["front"].regions)
    assert toggled(shown, "front").coverage == ()
    both = toggled(Reading("e", "p"), "front")
    with pytest.raises(NotAllowed, match="Another view"):
        coverage_intents.toggle_view(both, VIEWS["neck"], VOCABULARY.views)


def test_a_region_called_limited_stays_so_whatever_is_done_with_views():
    reading = Reading("e", "p")
    limited = after(reading, coverage_intents.set_level(reading, "nose", Level.LIMITED))
    shown = toggled(limited, "face")
    assert dict(shown.coverage)["nose"] == "limited"
    assert toggled(shown, "face").coverage == (("nose", "limited"),)


def test_a_region_at_the_same_level_again_is_taken_out():
    reading = Reading("e", "p", coverage=(("sole.L", "not"),))
    assert after(reading, coverage_intents.set_level(reading, "sole.L", Level.NOT)).coverage == ()
    raised = after(reading, coverage_intents.set_level(reading, "sole.L", Level.ASSESSABLE))
    assert raised.coverage == (("sole.L", "assessable"),)


def test_the_coverage_of_the_previous_photo_takes_the_place_of_what_was_said():
    previous = toggled(Reading("e", "a"), "soles")
    reading = Reading("e", "p", coverage=(("nose", "limited"),))
    same = after(reading, coverage_intents.as_on(reading, previous))
    assert same.coverage == previous.coverage
    with pytest.raises(NotAllowed, match="already"):
        coverage_intents.as_on(same, previous)
    with pytest.raises(NotAllowed, match="Nothing is marked"):
        coverage_intents.as_on(reading, Reading("e", "a"))


def test_everything_can_be_taken_out_at_once():
    shown = toggled(Reading("e", "p"), "front", "soles")
    assert after(shown, coverage_intents.clear(shown)).coverage == ()
    with pytest.raises(NotAllowed):
        coverage_intents.clear(Reading("e", "p"))


def test_a_complete_reading_is_open_again():
    reading = replace(Reading("e", "p"), state=State.COMPLETE)
    assert toggled(reading, "face").state is State.OPEN


def test_what_was_never_shown():
    nothing = extents(VOCABULARY, ())
    assert nothing.in_words() == ""
    assert {each.extent for each in nothing.views} == {Extent.NEVER}
    front = extents(VOCABULARY, VIEWS["front"].regions)
    by_key = {each.key: each for each in front.views}
    assert by_key["front"].extent is Extent.WHOLE
    assert by_key["face"].extent is Extent.IN_PART
    assert by_key["face"].missing == ("temple.L", "temple.R")
    assert front.in_words() == "Never shown: back, hands and wrists, soles"
    everything = extents(VOCABULARY, [region.key for region in VOCABULARY.regions if region.group])
    assert (everything.in_words(), everything.never) == ("", ())
    assert {each.extent for each in everything.groups} == {Extent.WHOLE}


def test_the_views_a_photo_shows_are_said_without_those_within_them():
    def said(key, level="assessable"):
        return tuple((region, level) for region in VIEWS[key].regions)

    assert [view.key for view in views_of(VOCABULARY, said("front"))] == ["front"]
    assert [view.key for view in views_of(VOCABULARY, said("neck"))] == ["neck"]
    assert [view.key for view in views_of(VOCABULARY, (*said("neck")[1:], ("chin_jaw", "not")))] == ["neck"]
    assert views_of(VOCABULARY, said("neck", "limited")) == ()
    assert views_of(VOCABULARY, (("nose", "assessable"),)) == ()
