"""Who listens to what a person does is asked in order, and of nothing else."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import delete

from reviewer.qt.event_listening import listen_to_events, stop_listening, unheard_events


class Listener(QObject):
    def __init__(self, name, heard, keeps=False):
        super().__init__()
        self.name, self.heard, self.keeps = name, heard, keeps

    def eventFilter(self, _watched, event):
        self.heard.append((self.name, event.type()))
        return self.keeps and event.type() == QEvent.Type.KeyRelease


@pytest.fixture
def heard(qapp):
    return []


@pytest.fixture
def listen(heard):
    made = []

    def join(name, keeps=False):
        made.append(Listener(name, heard, keeps))
        listen_to_events(made[-1])
        return made[-1]

    yield join
    for listener in made:
        stop_listening(listener)


def releases_key(widget):
    event = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(widget, event)


def test_who_joined_last_is_asked_first_and_may_keep_the_event(qtbot, heard, listen):
    widget = QLabel()
    qtbot.addWidget(widget)
    listen("first")
    listen("second")
    releases_key(widget)
    assert [name for name, _type in heard] == ["second", "first"]
    heard.clear()
    listen("third", keeps=True)
    releases_key(widget)
    assert [name for name, _type in heard] == ["third"]


def test_who_joins_anew_comes_first(qtbot, heard, listen):
    widget = QLabel()
    qtbot.addWidget(widget)
    first = listen("first")
    listen("second")
    listen_to_events(first)
    releases_key(widget)
    assert [name for name, _type in heard] == ["first", "second"]


def test_nobody_is_asked_while_the_program_makes_widgets(qtbot, heard, listen):
    widget = QLabel()
    qtbot.addWidget(widget)
    listen("one")
    with unheard_events():
        releases_key(widget)
        with unheard_events():
            pass
        releases_key(widget)
    assert heard == []
    releases_key(widget)
    assert len(heard) == 1


def test_parts_of_a_window_are_heard_of_keys_alone_and_a_window_of_all(qtbot, heard, listen):
    window = QWidget()
    qtbot.addWidget(window)
    part = QLabel(window)
    listen("one")
    QApplication.sendEvent(part, QEvent(QEvent.Type.StyleChange))
    assert heard == []
    QApplication.sendEvent(window, QEvent(QEvent.Type.StyleChange))
    assert [type_ for _name, type_ in heard] == [QEvent.Type.StyleChange]


def test_a_listener_that_has_ended_is_asked_no_more(qtbot, heard, listen):
    widget = QLabel()
    qtbot.addWidget(widget)
    ended = listen("ended")
    delete(ended)
    releases_key(widget)
    assert heard == []
