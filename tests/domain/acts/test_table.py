"""What acts are about, as the table of acts says it."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.act import ThingKind, make_reading_id, split_reading_id
from reviewer.domain.acts.table import affected_by
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.reading.reading import ReadingRound


def test_an_act_of_a_reading_is_about_the_reading_of_its_author():
    entry = Entry("dr okoye", "s", 1, "", 1, "at", acts.NOTE_WRITTEN, "f" * 64, {"text": "t"}, "", "")
    (touch,) = affected_by(entry)
    assert (touch.kind, touch.detail) == (ThingKind.READING, {"text": "t"})
    assert split_reading_id(touch.id) == ("dr okoye", "f" * 64, ReadingRound.FIRST)
    with pytest.raises(ValueError, match="space"):
        make_reading_id("e", "a photo")
