"""A window with every action of the program, as its own process: it writes the id of each that a key runs.

A line "SCREEN" on standard input says which screen its actions believe to be on; "field" puts the keyboard
into a field to type in. Each is answered by "ready", and what was typed by "typed: ...".
"""

import sys
from dataclasses import replace

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget

from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.keymap import make_default_keymap
from reviewer.qt.app import new_application
from reviewer.qt.main_window.all_actions import ALL_ACTIONS


def say(words):
    sys.stdout.buffer.write(f"{words}\n".encode())
    sys.stdout.buffer.flush()


def main():
    application = new_application()
    window, centre, field = QMainWindow(), QWidget(), QLineEdit()
    centre.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(centre).addWidget(field)
    window.setCentralWidget(centre)
    window.setWindowTitle("keys")
    binder = ActionBinder(window, make_default_keymap(ALL_ACTIONS), say)
    binder.bind([replace(action, do=lambda say, id_=action.id: say(id_)) for action in ALL_ACTIONS], say)

    def listen():
        word = sys.stdin.readline().strip()
        if not word:
            application.quit()
        elif word == "field":
            field.setFocus()
        else:
            centre.setFocus()
            binder.update(Availability(case=True, screen=word))
        if word:
            say("ready")

    field.textChanged.connect(lambda text: say(f"typed: {text}"))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(listen)
    window.show()
    centre.setFocus()
    application.exec()


if __name__ == "__main__":
    main()
