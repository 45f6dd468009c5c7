"""The line above the gallery counts individuals once somebody is accepted."""

from reviewer.qt.gallery.headline import GalleryHeadline


def test_individuals_are_counted_once_one_is_accepted(qtbot):
    line = GalleryHeadline()
    qtbot.addWidget(line)
    line.show_counts(66, 0, 66, 0)
    assert line.shown.text() == "66 photographs"
    line.show_counts(4, 1, 66, 16)
    assert line.shown.text() == "4 photographs of 1 individual"
    line.show_counts(3, 0, 66, 16)
    assert line.shown.text() == "3 photographs of 0 individuals"
