"""The queue of acts: what a Reading holds while its acts are on their way."""

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.services.reading.act_queue import ActQueue
from tests.support.posting import PostQueue

PHOTO = "a" * 64


def test_an_act_is_in_its_reading_at_the_moment_it_turns_from_pending_to_saved(case, monkeypatch):
    post, seen = PostQueue(), []
    desk = ActQueue(case, case.examiners()[0], post)
    find_saved = desk._find_reading

    def look_and_find(changes, photo):
        seen.append([finding.id for finding in desk.reading(photo).findings])
        return find_saved(changes, photo)

    monkeypatch.setattr(desk, "_find_reading", look_and_find)
    found = Finding("f1", "blunt.bruise", case.vocabulary.version)
    desk.submit(finding_commands.add_finding(desk.reading(PHOTO), found))
    post.run_until(lambda: not desk.waiting, "the commit")
    assert seen == [["f1"]]
    assert [finding.id for finding in desk.reading(PHOTO).findings] == ["f1"]
    assert desk.pending(PHOTO) == 0
    desk.detach()
