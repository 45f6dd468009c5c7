"""On every screen that shows a photograph: what a fresh process does not see is taken off the screen."""

import pytest

from reviewer.media.workers.pool import DecoderPool
from reviewer.services import session
from reviewer.services.reading.sight import Sight
from tests.support.doubting_prover import DoubtingProver
from tests.support.waiting import until

SCREENS = {
    "read": ((), lambda at: [at.reading.canvas]),
    "sort": (("Ctrl+Shift+S",), lambda at: [at.sorting.view]),
    "compare": (("F6",), lambda at: [pane.view for pane in at.compare.panes if pane.isVisible()]),
    "cards": (("Ctrl+Shift+C",), lambda at: [at.cards.view]),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_false_picture_is_taken_off_the_screen(desk, case_folder, screen, monkeypatch, expected_logs):
    expected_logs.add("a picture on screen was not what")
    shown, doubted = (
        DoubtingProver(lambda _sha256, _page: screen_is_on[0]),
        "This picture was taken off the screen",
    )
    screen_is_on = [False]

    def pool():
        made = DecoderPool(2, proving=None)
        made.prover = shown
        return made

    monkeypatch.setattr(session, "new_pool", pool)
    sitting = desk().opens(case_folder).sees_photo(0)
    keys, views = SCREENS[screen]
    screen_is_on[0] = True
    if keys:
        sitting.presses(*keys)
    until(
        lambda: (
            views(sitting.session)
            and all(each.message.startswith(doubted) for each in views(sitting.session))
        ),
        f"the sentence instead of each false picture on {screen}",
    )
    assert {view.sight() for view in views(sitting.session)} == {Sight.MISSING}
    assert not any(view.has_picture for view in views(sitting.session))
