"""Cases for tests: made, filled, closed."""

from contextlib import contextmanager

from reviewer.services.decoding import new_pool
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl
from reviewer.services.open_case import create_case, open_case


def made_case(folder, name="Test", examiner="Dr Okoye"):
    return create_case(folder / "test.case", name, examiner)


def ingested(case, source, control=None):
    """Ingest with the real decoders."""
    pool = new_pool()
    try:
        return ingest(case, pool, case.examiners()[0].id, source, control or JobControl())
    finally:
        pool.close()


@contextmanager
def opened(folder, **options):
    case = open_case(folder, **options)
    try:
        yield case
    finally:
        case.close()
