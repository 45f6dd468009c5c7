"""Every figure as a CSV file, with the ids of those in each of its columns.

One row for each figure, column and unit: a cell that held all ids would be longer than spreadsheet programs,
and readers of CSV, allow.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.figures import Figure, FigureKind, Statistics
from reviewer.domain.names import make_printable
from reviewer.services.export.csv_files import UTF8_BOM
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.system.files import write_atomically

HEADER = ("table", "title", "figure", "label", "unit", "kind", "column", "count", "id", "individual")


def group_ids_by_column(figure: Figure) -> dict[str, tuple[str, ...]]:
    """Return the ids in each column, in no column twice. For a class, ids of another class are not
    "absent"."""
    without = "absent" if figure.kind is FigureKind.SIGN else "in_another"
    return {
        "present": figure.present,
        without: figure.absent,
        "cannot_tell": figure.cannot_tell,
        "contradictory": figure.conflict,
        "after_death": figure.after_death,
        "not_stated": figure.unstated,
        "photos": figure.behind,
    }


def make_figure_rows(counted: Statistics) -> Iterator[tuple[str, ...]]:
    """In the order of tables and figures; a column in which nobody is has one row without an id. `individual`
    is what an Individual is called, never a name."""
    for table in counted.tables:
        for figure in table.figures:
            about = (
                table.key,
                table.title,
                figure.key,
                neutralise_formula(figure.label),
                str(table.unit),
                str(figure.kind),
            )
            for column, ids in group_ids_by_column(figure).items():
                for id_ in ids or ("",):
                    label = "" if column == "photos" else counted.labels.get(id_, "")
                    yield (*about, column, str(len(ids)), id_, neutralise_formula(label))


def write_figures(case_folder: Path, counted: Statistics, out: Path, *, mark: bool = False) -> None:
    """Write the figures to a new file. KnownError if it exists, lies inside the case or cannot be written."""
    shown = make_printable(str(out))
    if out.exists():
        raise KnownError(f"{shown} exists.", "Choose another name.", code="out-exists")
    if case_folder.resolve() in out.resolve().parents:
        raise KnownError("A file of figures cannot lie inside the case.", code="out-exists")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(make_figure_rows(counted))
    try:
        write_atomically(out, (UTF8_BOM if mark else b"") + text.getvalue().encode("utf-8"))
    except OSError as error:
        raise KnownError(f"The figures cannot be written to {shown}: {error.strerror}.") from error
