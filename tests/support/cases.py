"""Cases for tests: made, filled, closed."""

import os
import shutil
import tarfile
from contextlib import contextmanager
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft, Signer
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.pictures.decoding import new_pool
from tests.support.archives import unpack
from tests.support.photos import drive, jpeg

PASSPHRASE = "correct horse battery staple"
KEPT = Path(__file__).parents[1] / "faults" / "kept"


def made_case(folder, name="Test", examiner="Dr Okoye", passphrase=None, *, by_folders=True):
    """A case that is read in the order of its folders, unmasked, unless a test is about that."""
    return create_case(folder / "test.case", name, examiner, passphrase, by_folders=by_folders)


def kept(version, folder):
    """A case as an earlier version of the program left it, unpacked into `folder`."""
    folder.mkdir(parents=True)
    with tarfile.open(KEPT / f"{version}.tar.xz") as archive:
        unpack(archive, folder)
    return folder


def pen(author="e", station="st"):
    """Somebody who does not sign, for tests below the level of a case."""
    return Signer(author, station, lambda _hash: "")


def ingested(case, source, control=None):
    """Ingest with the real decoders."""
    pool = new_pool()
    try:
        return ingest(case, pool, case.examiners()[0].id, source, control or JobControl())
    finally:
        pool.close()


def made_drive_case(folder, **options):
    """The folder of a case in which the small drive beside it was ingested; closed, to be copied."""
    case = made_case(folder, **options)
    ingested(case, drive(folder / "drive"))
    case.close()
    return case.folder


def made_photographs_case(folder, count):
    """The folder of a case of so many photographs in one folder beside it; closed, to be copied."""
    (folder / "drive").mkdir()
    for number in range(count):
        (folder / "drive" / f"{number:02}.jpg").write_bytes(jpeg(seed=number + 1))
    case = made_case(folder)
    ingested(case, folder / "drive")
    case.close()
    return case.folder


def forget_receipts():
    """From here on it is another machine, on which no receipt of a case was kept by itself."""
    shutil.rmtree(Path(os.environ["REVIEWER_DATA"]) / "receipts", ignore_errors=True)


@contextmanager
def opened_copy(folder, into, passphrase=None):
    """A copy of a case that others share, open for writing; of another copy nobody here has a receipt."""
    forget_receipts()
    with opened(shutil.copytree(folder, into / "test.case"), passphrase) as case:
        yield case


@contextmanager
def opened(folder, passphrase=None, **options):
    case = open_case(folder, passphrase, **options)
    try:
        yield case
    finally:
        case.close()


def write_mandate(case, words):
    """An act that needs no photograph, by the first examiner; its entry."""
    draft = Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""})
    return case.record(draft, case.examiners()[0].id)
