"""Runs are counted a moment after the photograph is there: their numbers are whole at once."""

from PySide6.QtWidgets import QApplication

from reviewer.qt.sorting.run_choices import RunChoices
from reviewer.services.reading.sorting import PhotoRun, RunKind


def test_a_number_that_arrives_is_never_cut(qtbot):
    runs = RunChoices()
    qtbot.addWidget(runs)
    runs.resize(344, 160)
    runs.show()
    for size in (4, 46, 1234):
        QApplication.processEvents()
        runs.show_runs([PhotoRun(kind, tuple(range(size))) for kind in RunKind])
        for count in runs.counts.values():
            assert count.text() == f"{size:,}"
            assert count.width() >= count.minimumSizeHint().width(), size
