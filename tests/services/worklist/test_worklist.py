"""The worklist follows what is shared: told once for many acts, and right whenever somebody asks."""

import pytest

from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import coverage_commands
from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.search.arranging import Grouping
from reviewer.services.cards.transcription import CardDesk, CardTask, count_by_state
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.coverage import CoverageEditor
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sight import Sight
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.jobs import join_jobs
from tests.support.photos import jpeg


@pytest.fixture
def case(drive_case, tmp_path):
    with opened_copy(drive_case, tmp_path) as made:
        yield made


class Post:
    """What comes back to the face's thread, held until it is asked for: one at a time, or all of it."""

    def __init__(self):
        self.held = []

    def __call__(self, work):
        self.held.append(work)

    def one(self):
        self.held.pop(0)()

    def all(self):
        while self.held:
            self.one()


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def reader(case, post):
    examiner = case.examiners()[0]
    desk = ActQueue(case, examiner, post)
    made = Reader(desk, Worklist(case, examiner.id).load())
    made.sight = lambda _photo: Sight.SHOWN
    yield made
    desk.detach()


def test_a_counter_that_rolls_over_is_read_as_it_was_taken(tmp_path):
    """As things stand when the list is read; what is ingested later comes at the end."""
    folder = tmp_path / "drive"
    folder.mkdir()
    for second, number in enumerate((9998, 9999, 1, 2)):
        taken = f"2012:08:14 10:22:0{second}"
        (folder / f"DSC_{number:04d}.JPG").write_bytes(jpeg(seed=number, taken=taken))
    case = made_case(tmp_path)
    ingested(case, folder)
    worklist = Worklist(case, "").load()
    assert [item.name[4:8] for item in worklist.items] == ["9998", "9999", "0001", "0002"]
    assert [worklist.position_of(item.sha256) for item in worklist.items] == [0, 1, 2, 3]
    (folder / "DSC_0003.JPG").write_bytes(jpeg(seed=3, taken="2012:08:14 10:22:09"))
    ingested(case, folder)
    assert (worklist.extend(), worklist.extend()) == (1, 0)
    assert worklist.items[-1].name == "DSC_0003.JPG"
    case.close()


def photos_of(reader):
    return [item.sha256 for item in reader.worklist.items]


def made(id_, *photos):
    body = {"individuals": [{"id": id_, "photos": list(photos), "reason": "r", "statements": []}]}
    return Draft(shared_acts.INDIVIDUALS_MADE, "", body)


def told_of(event):
    told = []
    event.connect(lambda: told.append(1))
    return told


def accepted(worklist):
    return {group.id: group.positions for group in worklist.groups if group.id}


def saved(reader):
    assert reader.desk.case.writer.drain(10)


def test_several_acts_are_told_once_and_whoever_asks_meanwhile_is_told_what_is_known(case, reader, post):
    photos, worklist, told = photos_of(reader), reader.worklist, told_of(reader.on_place)
    before = worklist.group_indices
    for number in range(3):
        reader.submit(made(f"i{number}", photos[number]))
    reader.submit(Draft(shared_acts.INDIVIDUALS_MERGED, "i0", {"merged": ["i2"], "photos": []}))
    saved(reader)
    post.one()
    assert (accepted(worklist), told) == ({"i0": (0,)}, [])
    post.one()
    assert (
        accepted(worklist)["i1"],
        worklist.positions_of_same_individual(1),
        worklist.find_first_of_neighbour(0, 1),
    ) == ((1,), (1,), 1)
    assert told == []
    post.all()
    assert told == [1]
    fresh = Worklist(case, reader.desk.examiner.id).load()
    assert accepted(worklist) == accepted(fresh) == {"i0": (0, 2), "i1": (1,)}
    assert (worklist.groups, worklist.group_indices) == (fresh.groups, fresh.group_indices)
    assert before != worklist.group_indices, "what a job was given stays as it was"


def test_pictures_are_made_ahead_of_the_next_steps_and_of_the_next_individual(reader, monkeypatch):
    photos = photos_of(reader)
    reader.go(1)
    assert reader.worklist.find_first_of_neighbour(1, 1) == 3
    assert reader.list_ahead() == [photos[place] for place in (2, 3, 0, 4)], "nothing twice"
    reader.go(len(photos) - 1)
    assert reader.list_ahead() == [photos[-2]]
    monkeypatch.setattr(reader.worklist, "find_first_of_neighbour", lambda _position, _step: 0)
    assert reader.list_ahead() == [photos[-2], photos[0]]


def test_what_is_different_is_told_even_if_the_last_act_is_refused(reader, post):
    told = told_of(reader.on_place)
    reader.submit(made("one", photos_of(reader)[0]))
    reader.redo()
    saved(reader)
    post.one()
    assert told == []
    post.one()
    assert told == [1]
    reader.redo()
    saved(reader)
    post.all()
    assert told == [1], "nothing became different"


def test_the_list_is_grouped_anew_only_if_individuals_are_others(reader, post):
    photos, before = photos_of(reader), reader.worklist.group_indices
    reader.submit(Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": photos[:2], "category": "scene"}))
    saved(reader)
    post.all()
    assert reader.worklist.categories["scene"] == 2
    assert reader.worklist.group_indices is before
    reader.submit(made("one", photos[0]))
    saved(reader)
    post.all()
    assert reader.worklist.group_indices is not before


def test_the_gallery_is_arranged_once_for_several_acts(reader, post):
    model = GalleryModel(reader, post)

    def waits():
        join_jobs()
        while post.held:
            post.all()
            join_jobs()

    model.refresh()
    waits()
    told = told_of(model.on_arranged)
    for number, photo in enumerate(photos_of(reader)[:3]):
        reader.submit(made(f"i{number}", photo))
    saved(reader)
    waits()
    post.all()
    waits()
    assert (told, model.grouping) == ([1], Grouping.INDIVIDUAL)
    assert len(model.shown.sections) == len(reader.worklist.groups) == 4


def test_a_card_is_counted_when_it_is_on_disk(case, reader, post):
    desk = CardDesk(reader.desk, reader.worklist)
    desk.sight = lambda: Sight.SHOWN
    counted = []
    desk.on_kept.connect(lambda: counted.append(count_by_state(case)[CardState.ONCE]))
    desk.begin(CardTask.FIRST)
    desk.keep(Transcription(TranscriptionPass.FIRST, detainee="100", branch="215"))
    desk.next()
    assert counted == []
    saved(reader)
    post.all()
    assert counted == [1]
    reader.submit(
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": photos_of(reader), "category": "scene"})
    )
    saved(reader)
    post.all()
    assert counted == [1], "no card became another one"


def shows(reader, post, position, *keys):
    """Mark what the photo at a position shows."""
    reader.go(position)
    views = reader.vocabulary.views
    for key in keys:
        view = next(each for each in views if each.key == key)
        reader.submit(coverage_commands.toggle_view(reader.reading, view, views))
    saved(reader)
    post.all()


def test_what_was_never_shown_counts_every_photograph_of_an_accepted_individual(reader, post):
    photos, covering = photos_of(reader), CoverageEditor(reader)
    shows(reader, post, 0, "front")
    shows(reader, post, 1, "back")
    assert covering.describe_gaps().startswith("Never shown: backs of the hands, ")
    reader.use_worklist(reader.worklist.make_sublist([photos[0], photos[3]], "Two", "asked for"))
    assert covering.describe_gaps().startswith("Never shown in this list: back, ")
    reader.submit(made("one", photos[0], photos[1]))
    saved(reader)
    post.all()
    assert covering.describe_gaps().startswith("Never shown: backs of the hands, ")
