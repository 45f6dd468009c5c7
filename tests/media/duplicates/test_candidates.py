"""Near-duplicates are found under all that usually happens to a file; nothing else is taken for one."""

import io
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from reviewer.domain.photos.photo import FINGERPRINT_SIDE
from reviewer.media.decoding import small_picture
from reviewer.media.decoding.examine import examine
from reviewer.media.demo.demo_photo import draw_photograph
from reviewer.media.duplicates import candidates as alike
from reviewer.media.duplicates import clustering, same_image
from reviewer.services.demo.plan import plan_photos
from tests.support.alterations import ALTERATIONS
from tests.support.photos import encoded

COUNT = 40
RECOGNISED = {"half as large": 0.8, "a little cropped": 0.9}
"""A wrong group is worse than none: what is cut or drawn anew from fewer pixels is not always recognised."""


def examined(picture):
    found = examine(memoryview(encoded(picture, "JPEG", quality=92)))
    small = small_picture.SmallPicture(found.small_width, found.small_height, found.pixels)
    return (
        small_picture.compute_fingerprint(small),
        same_image.load_grey_image(small_picture.encode_small_picture(small)),
        picture.size,
    )


@pytest.fixture(scope="module")
def drawn():
    """Photographs of one kind: the same figure on three grounds, and cards with other numbers."""
    shots = [replace(each.shot, size=(1000, 750), orientation=1) for each in plan_photos(COUNT, 5)]
    return [Image.open(io.BytesIO(draw_photograph(shot))).convert("RGB") for shot in shots]


@pytest.fixture(scope="module")
def originals(drawn):
    return [examined(picture) for picture in drawn]


def is_same(one, other):
    greys = alike.stack_fingerprints([one[0], other[0]])
    transform, correlation = alike.find_best_transform(*greys)
    if correlation < alike.MIN_CORRELATION:
        return False
    shape = other[2][::-1] if transform & 4 else other[2]
    return same_image.is_same_image(one[1], other[1], transform, one[2] != shape)


def candidates(*examinations):
    pairs, _correlation = alike.find_candidate_pairs(
        alike.stack_fingerprints([each[0] for each in examinations])
    )
    return {(int(one), int(other)) for one, other in pairs}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_copy_is_found_and_recognised(drawn, originals, name):
    altered = [examined(ALTERATIONS[name](picture)) for picture in drawn]
    found = candidates(*originals, *altered)
    assert sum((place, place + COUNT) in found for place in range(COUNT)) >= 0.95 * COUNT
    pairs = zip(originals, altered, strict=True)
    assert sum(is_same(one, other) for one, other in pairs) >= RECOGNISED.get(name, 0.97) * COUNT


def card(number, digits, size=(1600, 1200)):
    """A number card whose digits are `digits` of the picture's height, with a grain of its own."""
    grain = np.random.default_rng(number).normal(225, 6, size[::-1])
    made = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).convert("RGB")
    paper = ImageDraw.Draw(made)
    inset, line = size[0] // 10, size[0] // 320
    paper.rectangle((inset, inset, size[0] - inset, size[1] - inset), outline=(20, 20, 20), width=line)
    font = ImageFont.load_default(round(size[1] * digits / 0.73))  # a digit is 0.73 of the letters' size
    paper.text((size[0] // 2, size[1] // 2), f"215 / {number}", (20, 20, 20), font, anchor="mm")
    return made


@pytest.mark.parametrize("digits", [0.02, 0.03, 0.08])
def test_cards_with_other_numbers_are_never_one(digits):
    """The limit that the manual states: digits of 2 % of the picture's height."""
    cards = [examined(card(3450 + number, digits)) for number in range(8)]
    assert [pair for pair in combinations(range(8), 2) if is_same(cards[pair[0]], cards[pair[1]])] == []


def test_cards_of_other_size_with_other_numbers_are_never_one():
    """The limit is coarser there, as the manual says: 3 %."""
    drawn = [card(3450 + number, 0.03) for number in range(4)]
    whole = [examined(each) for each in drawn]
    half = [examined(each.resize((800, 600))) for each in drawn]
    assert not any(is_same(whole[one], half[other]) for one, other in permutations(range(4), 2))


def test_a_card_saved_again_is_one():
    drawn = card(3450, 0.02)
    assert is_same(examined(drawn), examined(ALTERATIONS["saved again"](drawn)))


def marked(picture, place, width, depth):
    """The picture with a round mark, `width` of its width across and `depth` grey levels darker."""
    array = np.asarray(picture).astype(np.int16)
    down, across = np.ogrid[: picture.height, : picture.width]
    x, y = place[0] * picture.width, place[1] * picture.height
    array[(across - x) ** 2 + (down - y) ** 2 <= (width * picture.width / 2) ** 2] -= depth
    return Image.fromarray(np.clip(array, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(("width", "depth"), [(0.01, 30), (0.02, 20)])
def test_a_small_mark_makes_another_photograph(drawn, originals, width, depth):
    """The limit that the manual states: marks of 1 % of the picture's width, 30 grey levels darker."""
    rng = np.random.default_rng(14)
    for picture, original in zip(drawn[:12], originals, strict=False):
        place = rng.uniform(0.3, 0.7, 2)
        assert not is_same(original, examined(marked(picture, place, width, depth)))


def test_no_two_different_photographs_are_taken_for_one(originals):
    pairs = candidates(*originals)
    assert len(pairs) >= COUNT // 4, "they are like enough to be looked at closely"
    assert [pair for pair in pairs if is_same(originals[pair[0]], originals[pair[1]])] == []


@pytest.mark.parametrize("transform", range(alike.TRANSFORMS))
def test_the_hash_of_a_turned_picture_is_known_from_the_upright_one(originals, transform):
    greys = alike.stack_fingerprints([each[0] for each in originals[:20]])
    turned = np.ascontiguousarray(alike.apply_transform(greys, transform))
    unlike = np.bitwise_count(alike.compute_hashes(greys)[:, transform] ^ alike.compute_hashes(turned)[:, 0])
    assert int(unlike.max()) <= 1, "a sign of a frequency that is next to nothing may fall either way"


@pytest.mark.parametrize("transform", range(alike.TRANSFORMS))
def test_which_turns_exchange_left_and_right(transform):
    """A turned letter F can be turned back; a mirrored one cannot."""
    letter = np.zeros((FINGERPRINT_SIDE, FINGERPRINT_SIDE), np.uint8)
    letter[4:28, 8:12] = letter[4:8, 8:24] = letter[14:18, 8:18] = 200
    other = np.ascontiguousarray(alike.apply_transform(letter, transform))
    turns = [np.rot90(letter, quarter) for quarter in range(4)]
    assert any((other == turn).all() for turn in turns) == (transform not in alike.MIRRORING_TRANSFORMS)


def test_pictures_that_are_all_alike_do_not_cost_a_square(originals):
    rng = np.random.default_rng(1)
    base = alike.stack_fingerprints([originals[0][0]])
    greys = np.clip(base + rng.normal(0, 1, (3000, FINGERPRINT_SIDE, FINGERPRINT_SIDE)), 0, 255).astype(
        np.uint8
    )
    pairs, correlation = alike.find_candidate_pairs(greys)
    assert 3000 < len(pairs) <= 2 * 3000 * alike.KEPT_NEIGHBOURS
    assert correlation.min() >= alike.MIN_CORRELATION


def test_nothing_and_one_picture_have_no_pairs():
    for count in (0, 1):
        pairs, correlation = alike.find_candidate_pairs(
            np.zeros((count, FINGERPRINT_SIDE, FINGERPRINT_SIDE), np.uint8)
        )
        assert (len(pairs), len(correlation)) == (0, 0)


def test_blank_pictures_are_never_called_one():
    blank = examined(Image.new("RGB", (400, 300), (90, 90, 90)))
    assert not is_same(blank, blank)


def test_what_is_no_small_picture_of_the_program_is_not_opened():
    assert same_image.load_grey_image(b"no picture") is None
    assert same_image.load_grey_image(encoded(Image.new("RGB", (2000, 20)), "JPEG")) is None
    assert same_image.load_grey_image(encoded(Image.new("RGB", (20, 20)), "PNG")) is None


# groups


def test_a_chain_does_not_drift():
    """1 is like 2, 2 like 3, and so on; 1 is not like 3."""
    chain = [(place, place + 1) for place in range(9)]
    assert clustering.cluster_pairs(chain, lambda one, other: abs(one - other) <= 1) == [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
        [8, 9],
    ]


def test_a_large_group_is_found_whole_from_few_pairs():
    pairs = [(place, place + 1) for place in range(50)]
    assert clustering.cluster_pairs(pairs, lambda _one, _other: True) == [list(range(51))]


places = st.integers(0, 12)


@given(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1])), st.sets(places))
def test_every_member_is_alike_to_the_first_and_in_one_group(pairs, odd):
    def same(one, other):
        return (one in odd) == (other in odd) and abs(one - other) < 5

    groups = clustering.cluster_pairs(pairs, same)
    members = [place for group in groups for place in group]
    assert len(members) == len(set(members))
    for first, *others in groups:
        assert others
        assert all(same(first, other) and first < other for other in others)
    assert groups == clustering.cluster_pairs([(other, one) for one, other in reversed(pairs)], same)
