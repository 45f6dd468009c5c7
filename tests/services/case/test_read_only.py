"""A case that is open for reading only: whatever writes says the same sentence, and changes nothing."""

import hashlib
from types import SimpleNamespace

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.redaction import RedactionPurpose
from reviewer.domain.reading.category import Category
from reviewer.domain.reading.reading import Finding
from reviewer.services.case import enrolment
from reviewer.services.evidence.foreign_manifests import compare_with_manifest
from reviewer.services.evidence.relocate import move_source
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.pack.run import make_pack
from reviewer.services.people.regrouping import IndividualEditor
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.coverage import CoverageEditor
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.redaction_areas import RedactionEditor
from reviewer.services.reading.sight import Sight
from reviewer.services.reading.sorting import Sorter
from reviewer.services.records.load import load_file, preview_file
from reviewer.services.records.preview import RecordChoices
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.jobs import join_jobs
from tests.support.photos import drive
from tests.support.records import csv_text

NEW = "another passphrase altogether"
SENTENCE = "This case is open for reading only. It was opened for reading only."


def hashes_of(folder):
    """What the files of a case hold; reading leaves the shared memory of the database behind."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".db-shm")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("read only")
    case = made_case(folder, passphrase=PASSPHRASE)
    ingested(case, drive(folder / "drive"))
    case.close()
    (folder / "list.csv").write_text(csv_text(), encoding="utf-8")
    (folder / "manifest.sha256").write_text(f"{'0' * 64}  a.jpg\n", encoding="utf-8")
    return SimpleNamespace(folder=folder, case=case.folder, drive=folder / "drive")


@pytest.fixture(scope="module")
def there(made):
    """The case, open for reading only, and all that works on it."""
    with opened(made.case, PASSPHRASE, read_only=True) as case:
        examiner = case.examiners()[0]
        desk = ActQueue(case, examiner, post_at_once)
        reader = Reader(desk, Worklist(case, examiner.id).load())
        reader.sight = lambda _photo: Sight.SHOWN
        reader.go(0)
        sorter = Sorter(desk, Worklist(case, examiner.id).load(), post_at_once)
        sorter.go(0)
        gallery = GalleryModel(reader, post_at_once)
        gallery.refresh()
        join_jobs()
        yield SimpleNamespace(
            case=case,
            examiner=examiner,
            desk=desk,
            reader=reader,
            sorter=sorter,
            gallery=gallery,
            people=IndividualEditor(desk),
            source=case.sources()[0].id,
            photos=[item.sha256 for item in reader.worklist.items],
            folder=made.folder,
            drive=made.drive,
        )


def categorise(photos):
    return Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": photos[:1], "category": "scene"})


def find(there):
    finding = Finding("f1", "blunt.bruise", there.reader.vocabulary.version)
    return finding_commands.add_finding(there.desk.reading(there.photos[0]), finding)


def load_records(there):
    preview = preview_file(there.case, there.folder / "list.csv", RecordChoices(), JobControl())
    load_file(there.case, preview, there.examiner.id, JobControl())


WAYS = {
    "a case's act": lambda it: it.case.record(Draft(acts.CLOCK_SET_BACK, "", {"latest": ""}), it.examiner.id),
    "a transaction": lambda it: it.case.writer.enqueue_batch(lambda _connection: None),
    "an act of a reading": lambda it: it.desk.submit(find(it)),
    "a shared act": lambda it: it.desk.submit(categorise(it.photos)),
    "undo": lambda it: it.reader.undo(),
    "redo": lambda it: it.reader.redo(),
    "a quick tag": lambda it: it.reader.toggle_quick_tag(1),
    "a note": lambda it: it.reader.write_note("seen"),
    "nothing visible": lambda it: it.reader.nothing_visible(),
    "set aside": lambda it: it.reader.set_aside(),
    "a shared act of the reader": lambda it: it.reader.submit(categorise(it.photos)),
    "what is shown": lambda it: CoverageEditor(it.reader).toggle_view("front"),
    "an area to redact": lambda it: RedactionEditor(it.reader).draw(
        MarkShape.RECTANGLE, [(1, 1), (5, 5)], RedactionPurpose.FACE
    ),
    "sorting": lambda it: it.sorter.sort(Category.SCENE),
    "sorting in the gallery": lambda it: it.gallery.sort([0], Category.SCENE),
    "accepting": lambda it: it.people.accept([]),
    "an individual": lambda it: it.people.make(it.photos[:1]),
    "an examiner": lambda it: enrolment.enrol(it.case, "Dr New", NEW),
    "a passphrase": lambda it: enrolment.change_passphrase(it.case, PASSPHRASE, NEW),
    "a recovery key": lambda it: enrolment.make_recovery_key(it.case),
    "a lost passphrase": lambda it: enrolment.replace_lost_passphrase(it.case, it.examiner, NEW),
    "photographs": lambda it: ingested(it.case, it.drive),
    "records": load_records,
    "another place of a source": lambda it: move_source(it.case, it.source, it.drive, it.examiner.id),
    "a manifest": lambda it: compare_with_manifest(
        it.case, it.source, it.folder / "manifest.sha256", it.examiner.id, JobControl()
    ),
    "a court pack": lambda it: make_pack(it.case, it.examiner.id, it.folder / "pack", JobControl()),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_is_refused_with_one_sentence_and_code(there, way):
    before = hashes_of(there.case.folder)
    with pytest.raises(KnownError) as refused:
        WAYS[way](there)
    assert (str(refused.value), refused.value.code) == (SENTENCE, "read-only")
    assert hashes_of(there.case.folder) == before
    assert not (there.folder / "pack").exists()


def test_what_was_refused_is_not_shown_as_if_it_were_on_its_way(there):
    with pytest.raises(KnownError):
        there.desk.submit(find(there))
    assert there.desk.pending(there.photos[0]) == 0
    assert there.desk.waiting == 0
    assert there.desk.reading(there.photos[0]).findings == ()


def test_the_database_itself_refuses_with_the_same_sentence_though_it_knows_no_reason(there):
    with pytest.raises(KnownError) as refused, there.case.store.write():
        pass
    assert SENTENCE.startswith(str(refused.value))
    assert refused.value.code == "read-only"
