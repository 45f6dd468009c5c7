"""What a window leaves in the account beside the case: no folder that was chosen, nothing that was copied."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication


def prevent_traces() -> None:
    """To be called before the first file dialog.

    Qt's own dialog keeps the folders it was in among the settings of Qt, those of a Linux desktop keep lists
    of their own. The settings of this program name their file themselves.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    if sys.platform == "linux":
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def clear_clipboard() -> None:
    """Clear from the clipboard what was copied or selected in this program."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
