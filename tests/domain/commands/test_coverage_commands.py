"""What a Photo shows: whole views at once, single regions by themselves, and what was never shown."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import coverage_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import Reading, ReadingState
from reviewer.domain.vocabulary.coverage import (
    CoverageLevel,
    FramedView,
    find_assessable_keys,
    find_views_shown,
)
from reviewer.domain.vocabulary.coverage_gaps import (
    Extent,
    compute_body_extents,
    describe_framing,
    find_regions_without_side,
)
from reviewer.domain.vocabulary.region_words import regions_in_words
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
VIEWS = {view.key: view for view in VOCABULARY.views}


def after(reading, draft):
    return acts.apply_to_reading(reading, draft.act, draft.body, "now")


def toggled(reading, *keys):
    for key in keys:
        reading = after(reading, coverage_commands.toggle_view(reading, VIEWS[key], VOCABULARY.views))
    return reading


def test_a_view_goes_on_and_off():
    shown = toggled(Reading("e", "p"), "face")
    assert find_assessable_keys(shown.coverage) == set(VIEWS["face"].regions)
    assert toggled(shown, "face").coverage == ()


def test_a_view_taken_out_leaves_what_another_one_shows():
    shown = toggled(Reading("e", "p"), "front", "face", "face")
    assert find_assessable_keys(shown.coverage) == set(VIEWS["front"].regions)
    assert toggled(shown, "front").coverage == ()
    both = toggled(Reading("e", "p"), "front")
    with pytest.raises(NotAllowed, match="Another view"):
        coverage_commands.toggle_view(both, VIEWS["legs"], VOCABULARY.views)


def test_a_region_called_limited_stays_so_whatever_is_done_with_views():
    reading = Reading("e", "p")
    limited = after(reading, coverage_commands.set_coverage_level(reading, ["nose"], CoverageLevel.LIMITED))
    shown = toggled(limited, "face")
    assert dict(shown.coverage)["nose"] == "limited"
    assert toggled(shown, "face").coverage == (("nose", "limited"),)


def test_a_region_at_the_same_level_again_is_taken_out():
    reading = Reading("e", "p", coverage=(("sole.L", "not"),))
    assert (
        after(reading, coverage_commands.set_coverage_level(reading, ["sole.L"], CoverageLevel.NOT)).coverage
        == ()
    )
    raised = after(
        reading, coverage_commands.set_coverage_level(reading, ["sole.L"], CoverageLevel.ASSESSABLE)
    )
    assert raised.coverage == (("sole.L", "assessable"),)


def test_all_sides_of_a_region_are_set_together_and_what_was_said_without_a_side_goes_then():
    reading = Reading("e", "p", coverage=(("wrist.L", "assessable"),))
    both = VOCABULARY.shown_as(["wrist.L"])
    assert both == ("wrist.L/front", "wrist.L/back")
    shown = after(reading, coverage_commands.set_coverage_level(reading, both, CoverageLevel.ASSESSABLE))
    assert dict(shown.coverage) == {"wrist.L/front": "assessable", "wrist.L/back": "assessable"}
    half = after(
        shown, coverage_commands.set_coverage_level(shown, ["wrist.L/back"], CoverageLevel.ASSESSABLE)
    )
    assert dict(half.coverage) == {"wrist.L/front": "assessable"}
    assert (
        after(shown, coverage_commands.set_coverage_level(shown, both, CoverageLevel.ASSESSABLE)).coverage
        == ()
    )


def test_the_coverage_of_the_previous_photo_takes_the_place_of_what_was_said():
    previous = toggled(Reading("e", "a"), "soles")
    reading = Reading("e", "p", coverage=(("nose", "limited"),))
    same = after(reading, coverage_commands.copy_coverage(reading, previous))
    assert same.coverage == previous.coverage
    with pytest.raises(NotAllowed, match="already"):
        coverage_commands.copy_coverage(same, previous)
    with pytest.raises(NotAllowed, match="Nothing is marked"):
        coverage_commands.copy_coverage(reading, Reading("e", "a"))


def test_everything_can_be_taken_out_at_once():
    shown = toggled(Reading("e", "p"), "front", "soles")
    assert after(shown, coverage_commands.clear_coverage(shown)).coverage == ()
    with pytest.raises(NotAllowed):
        coverage_commands.clear_coverage(Reading("e", "p"))


def test_a_complete_reading_is_open_again():
    reading = replace(Reading("e", "p"), state=ReadingState.COMPLETE)
    assert toggled(reading, "face").state is ReadingState.OPEN


def test_what_was_never_shown():
    nothing = compute_body_extents(VOCABULARY, ())
    assert (nothing.in_words(), nothing.closed_in_words) == ("", "")
    assert {each.extent for each in nothing.views} == {Extent.NEVER}
    front = compute_body_extents(VOCABULARY, VIEWS["front"].regions)
    by_key = {each.key: each for each in front.views}
    assert by_key["front"].extent is Extent.WHOLE
    assert by_key["face"].extent is Extent.IN_PART
    assert set(by_key["face"].missing) == {"eye_lids_orbit.L", "eye_lids_orbit.R", "lips"}
    assert front.in_words() == (
        "Never shown: back, backs of the hands, palms, soles, head from both sides, back of the head, "
        "sides of the body"
    )
    everything = compute_body_extents(
        VOCABULARY, VOCABULARY.shown_as(region.key for region in VOCABULARY.body)
    )
    assert (everything.in_words(), everything.closed_in_words, everything.never) == ("", "", ())
    assert {each.extent for each in everything.groups} == {Extent.WHOLE}


def test_one_of_two_sides_is_missed_by_its_own_name():
    shown = [*VIEWS["front"].regions, *VIEWS["left"].regions, *VIEWS["profile.L"].regions]
    said = compute_body_extents(VOCABULARY, shown).in_words()
    assert said.endswith("soles, head from the right, back of the head, right side")


def test_what_has_to_be_opened_for_a_photograph_is_no_gap_of_a_series_and_said_apart():
    front = compute_body_extents(VOCABULARY, VIEWS["front"].regions)
    for word in ("eyeball", "teeth", "tongue", "lining of the mouth", "webs between the toes"):
        assert word not in front.in_words()
        assert word in front.closed_in_words
    opened = compute_body_extents(VOCABULARY, [*VIEWS["front"].regions, *VIEWS["mouth"].regions])
    assert "teeth" not in opened.closed_in_words
    assert "eyeball, both sides" in opened.closed_in_words


def test_a_wrist_shown_from_the_front_is_not_shown_from_the_back():
    wrists = [region for region in VIEWS["front"].regions if region.startswith("wrist")]
    assert wrists == ["wrist.L/front", "wrist.R/front"]
    for view in VOCABULARY.views:
        for region in VOCABULARY.regions:
            if region.aspects and set(region.shown_as) <= set(view.regions):
                raise AssertionError(f"{view.key} claims all of {region.key}")


def test_a_whole_body_claims_nothing_that_needs_a_closer_look():
    close = (
        "eye_lids_orbit",
        "eyeball",
        "lids_inner",
        "lips",
        "teeth",
        "tongue",
        "mouth_inside",
        "ear",
        "fingers",
    )
    for key in ("front", "back"):
        assert not [each for each in VIEWS[key].regions if each.startswith(close)]
    assert not {"mouth_inside", "teeth", "tongue"} & set(VIEWS["face"].regions)


def cut(reading, view, first, last):
    return after(
        reading, coverage_commands.crop_view(reading, FramedView(view, first, last), VOCABULARY.views)
    )


def test_the_frame_cuts_a_view_and_can_be_moved_again():
    front = VIEWS["front"]
    whole = toggled(Reading("e", "p"), "front")
    to_the_hips = cut(whole, front, 0, 3)
    assert find_assessable_keys(to_the_hips.coverage) == front.within(0, 3)
    assert not [each for each, _level in to_the_hips.coverage if each.startswith(("shin", "ankle", "thigh"))]
    (shown,) = find_views_shown(VOCABULARY.views, to_the_hips.coverage)
    assert describe_framing(shown) == "front down to the hips"
    assert cut(to_the_hips, front, 0, len(front.bands) - 1).coverage == whole.coverage
    trunk = cut(to_the_hips, front, 1, 3)
    (shown,) = find_views_shown(VOCABULARY.views, trunk.coverage)
    assert describe_framing(shown) == "front from the chest to the hips"
    assert toggled(to_the_hips, "front").coverage == (), "the same key takes out what is left of the view"
    with pytest.raises(NotAllowed, match="already"):
        cut(trunk, front, 1, 3)


def test_a_cut_leaves_what_another_view_shows_and_what_was_said_by_name():
    shown = toggled(Reading("e", "p"), "front", "feet")
    limited = after(shown, coverage_commands.set_coverage_level(shown, ["knee.L"], CoverageLevel.LIMITED))
    left = cut(limited, VIEWS["front"], 0, 3)
    assert set(VIEWS["feet"].regions) <= find_assessable_keys(left.coverage)
    assert dict(left.coverage)["knee.L"] == "limited"
    assert "shin.L" not in dict(left.coverage)


def test_turned_arms_show_their_other_side():
    front = VIEWS["front"]
    turned = after(
        Reading("e", "p"),
        coverage_commands.toggle_view(Reading("e", "p"), front.other_way, VOCABULARY.views),
    )
    assert {"wrist.L/back", "forearm.R/back"} <= find_assessable_keys(turned.coverage)
    assert "wrist.L/front" not in dict(turned.coverage)
    (shown,) = find_views_shown(VOCABULARY.views, turned.coverage)
    assert describe_framing(shown) == "front, arms turned"
    assert front.other_way.other_way == front
    assert toggled(turned, "front").coverage == ()


def test_the_views_a_photo_shows_are_said_without_those_within_them():
    def said(key, level="assessable"):
        return tuple((region, level) for region in VIEWS[key].regions)

    def names(covered):
        return [describe_framing(shown) for shown in find_views_shown(VOCABULARY.views, covered)]

    assert names(said("front")) == ["front"]
    assert names(said("upper")) == ["upper body, front"]
    assert names(said("soles")) == ["soles, both sides"]
    assert names(said("soles.L")) == ["sole, left"]
    assert names((*said("neck")[1:], ("neck.front", "not"))) == ["neck, front and sides"]
    assert names(said("neck", "limited")) == []
    assert names((("nose", "assessable"),)) == []


def test_views_together_are_not_taken_for_a_third_one():
    both = toggled(Reading("e", "p"), "front", "face", "hands")
    names = [describe_framing(shown) for shown in find_views_shown(VOCABULARY.views, both.coverage)]
    assert names == ["front", "face", "hands, back, both sides"]
    upper = toggled(toggled(Reading("e", "p"), "front"), "upper")
    assert "lips" in find_assessable_keys(upper.coverage), (
        "a part that the front shows is not taken for the view"
    )


def test_what_was_said_before_sides_were_kept_apart_covers_no_side():
    earlier = (("ankle.R", "assessable"), ("nose", "assessable"), ("wrist.L", "assessable"))
    assert find_regions_without_side(VOCABULARY, earlier) == {"ankle.R", "wrist.L"}
    assert regions_in_words(VOCABULARY, ["wrist.L"]) == "wrist, left"
    assert regions_in_words(VOCABULARY, ["wrist.L/front", "wrist.L/back"]) == "wrist, left"
    assert regions_in_words(VOCABULARY, ["wrist.L/front"]) == "wrist, left (front)"
    assert regions_in_words(VOCABULARY, ["wrist.L/front", "wrist.R/front"]) == "wrist, both sides (front)"
    assert regions_in_words(VOCABULARY, ["toes.L/under", "fingers.R/palm"]) == (
        "fingers, right (palm side); toes, left (under side)"
    )
    hands = next(each for each in compute_body_extents(VOCABULARY, ["wrist.L"]).groups if each.key == "arm")
    assert {"wrist.L/front", "wrist.L/back"} <= set(hands.missing)


def test_a_group_of_which_each_sex_has_its_own_is_whole_with_one_of_them():
    pelvis = [region for region in VOCABULARY.body if region.group == "pelvis"]
    woman = [region.key for region in pelvis if region.sex != "male"]
    assert regions_in_words(VOCABULARY, woman) == "hips, groin and buttocks (all)"
    neither = [region.key for region in pelvis if not region.sex]
    assert "(all)" not in regions_in_words(VOCABULARY, neither)
