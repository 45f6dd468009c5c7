"""A whole session in the window, as its own process: make a case, ingest, read, note, lock, unlock, close.

python window_session.py CASE SOURCE PASSPHRASE_FILE
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.keys import passphrase
from reviewer.qt.app import new_application
from reviewer.system import logs
from tests.stories.desk_story import Examiner
from tests.support.waiting import until


def chooses(folder, ask):
    """Ask for a folder with the dialog that the program shows, and choose this one."""

    def accept():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, accept)
            return
        dialog.setDirectory(str(folder))
        dialog.accept()

    QTimer.singleShot(20, accept)
    ask()


def main(case, source, words):
    passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
    logs.set_up_logging()
    application = new_application()
    secret = Path(words).read_text().strip()
    reader = Examiner()
    start = reader.window.start
    start.show_form()
    start.form.name.setText("canarycase")
    start.form.examiner.setText("Dr canaryname")
    start.form.folder.setText(str(Path(case).parent))
    start.form.words.set_text(secret)
    start.form.again.set_text(secret)
    start.form.submit()
    until(lambda: reader.window.door.page is not start, "the recovery key")
    reader.window.door.page.done.emit()
    until(lambda: reader.session is not None, "the case")
    chooses(source, reader.session.ingest.choose_and_start)
    reader.window.activateWindow()
    QTest.qWaitForWindowActive(reader.window)
    until(lambda: not reader.session.ingest.is_running, "ingested")
    until(lambda: len(reader.reader.worklist) == 4, "in the worklist")
    reader.window.show_screen("read")
    reader.presses("Space").sees_photo()
    reader.presses("1").is_saved()
    reader.session.reader.write_note("canarynote of this photograph")
    reader.is_saved()
    findings = reader.session.case.counts().findings
    folder = reader.session.case.folder
    reader.presses("Ctrl+L")
    until(lambda: reader.session is None, "locked")
    page = reader.window.door.page
    page.passphrase.set_text(secret)
    page.try_passphrase()
    until(lambda: reader.session is not None, "unlocked")
    reader.sees_photo()
    reader.presses("Ctrl+W")
    reader.leaves()
    folder.rename(case)  # the folder bears the name that was typed, as every folder does
    application.quit()
    print(json.dumps({"findings": findings, "folder": str(folder)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
