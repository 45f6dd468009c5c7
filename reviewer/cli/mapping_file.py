"""A mapping of columns as a JSON file: written by hand, or what `--preview --json` printed, changed."""

from __future__ import annotations

from pathlib import Path

from reviewer.domain import plain_json
from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.records.calendars import Calendar
from reviewer.domain.records.dates import DateOrder
from reviewer.system.files import read_at_most


def read_mapping_file(path: Path) -> tuple[dict[str, str], DateOrder | None, Calendar | None]:
    """Read {"columns": {NAME: FACT}, "dates": ORDER, "calendar": NAME}, as `--json` prints it too."""
    try:
        told = plain_json.parse_untrusted_json(read_at_most(path, plain_json.MOST_BYTES).decode("utf-8-sig"))
        columns = {str(name): str(fact or "") for name, fact in dict(told["columns"]).items()}
        dates = DateOrder(told["dates"]) if told.get("dates") else None
        calendar = Calendar(told["calendar"]) if told.get("calendar") else None
    except OSError as error:
        raise KnownError(f"The mapping cannot be read: {error.strerror}.", code="records-mapping") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KnownError(
            f"{make_printable(str(path))} is no mapping.",
            'It has to look like {"columns": {"No.": "number.examination"}, "dates": "day-first"}.',
            code="records-mapping",
        ) from None
    return columns, dates, calendar
