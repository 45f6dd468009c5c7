"""The dialogs of handing over, as a story finds them, and the line that tells what was made."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.handing_over.dialog import find_dialog
from tests.support.waiting import until


def form_of(reader):
    """The dialog that is on, None if there is none."""
    return find_dialog(reader.window)


def opens_form(reader, *keys):
    """Press keys, and wait until what stands in the dialog was counted."""
    reader.presses(*keys)
    return counted(reader)


def counted(reader):
    until(
        lambda: form_of(reader) is not None and form_of(reader).is_counted, "what will be in it was counted"
    )
    return form_of(reader)


def goes_into(reader, folder):
    """Name the folder, as one does who types it."""
    field = form_of(reader).folder
    field.setFocus()
    field.selectAll()
    reader.types(str(folder))
    return counted(reader)


def told(reader):
    """What the line says of what is made or was made."""
    return " ".join(reader.session.making.texts())


def made(reader, words):
    until(lambda: f"{words} is made: " in told(reader), f"{words} is made")
    (row,) = reader.session.making.rows
    return row


def clicks(widget, at=None):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
