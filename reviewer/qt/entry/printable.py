"""Short texts for paper: shown large, printed, or saved where the person says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reviewer.qt.widgets.choosing_files import ask_new_file
from reviewer.system.files import write_atomically


class PrintableText(QPlainTextEdit):
    """A text that is read and not written, in letters of one width."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(round(self.fontInfo().pixelSize() * 1.1))
        self.setFont(font)


def print_text(text: str, title: str, parent: QWidget) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted:
        document = QTextDocument()
        document.setDefaultFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        document.setPlainText(text)
        document.print_(printer)


def save_text(text: str, name: str, parent: QWidget) -> str:
    """Ask where to save, and save; return a sentence on the result, "" if nothing was chosen."""
    chosen = ask_new_file(parent, "Where is it to be kept?", name, "Text (*.txt)")
    if not chosen:
        return ""
    try:
        write_atomically(Path(chosen), text.encode("utf-8"))
    except OSError as error:
        return f"It could not be written: {error.strerror}."
    return f"Written to {chosen}."
