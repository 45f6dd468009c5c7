"""One filter of the application for all who listen to what a person does, anywhere in the window.

A filter of the application is asked of every event, and asking Python costs more than most events do. So one
is asked for all listeners, and none while the program makes or dresses widgets, which sends thousands of
events and none of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QDropEvent, QInputEvent, QInputMethodEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_OF_PERSONS = (QInputEvent, QInputMethodEvent, QDropEvent)


class EventDispatcher(QObject):
    """Asks the `eventFilter` of each listener, the last that joined first, until one keeps the event.

    They are asked of keys, pointers, input methods and drops, and of whatever a window as a whole is sent.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._listeners: tuple[QObject, ...] = ()
        self._resting = 0

    def join(self, listener: QObject) -> None:
        """Ask `listener` from now on, before the others."""
        if listener not in self._listeners:
            listener.destroyed.connect(self._forget_ended)
        others = tuple(other for other in self._listeners if other is not listener)
        self._listeners = (listener, *others)
        self._install()

    def leave(self, listener: QObject) -> None:
        self._listeners = tuple(other for other in self._listeners if other is not listener)
        self._install()

    @contextmanager
    def rest(self) -> Iterator[None]:
        """Ask nobody while the block runs."""
        self._resting += 1
        self._install()
        try:
            yield
        finally:
            self._resting -= 1
            self._install()

    def _install(self) -> None:
        self._application.removeEventFilter(self)
        if self._listeners and not self._resting:
            self._application.installEventFilter(self)

    def _forget_ended(self) -> None:
        self._listeners = tuple(listener for listener in self._listeners if isValid(listener))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, _OF_PERSONS) and not _is_window(watched):
            return False  # most of all events
        for listener in self._listeners:  # noqa: SIM110
            if listener.eventFilter(watched, event):
                return True
        return False


def _is_window(watched: QObject) -> bool:
    return watched.isWindow() if isinstance(watched, QWidget) else isinstance(watched, QWindow)


_dispatchers: list[EventDispatcher] = []
"""That of the application, once anybody listens."""


def _find_dispatcher() -> EventDispatcher | None:
    application = QCoreApplication.instance()
    if application is None:
        return None
    if not _dispatchers or not isValid(_dispatchers[0]):
        _dispatchers[:] = [EventDispatcher(application)]
    return _dispatchers[0]


def listen_to_events(listener: QObject) -> None:
    """Let the `eventFilter` of `listener` be asked of what a person does in the application, and of what its
    windows are sent, before all others that listen already; nothing happens without an application."""
    dispatcher = _find_dispatcher()
    if dispatcher is not None:
        dispatcher.join(listener)


def stop_listening(listener: QObject) -> None:
    """Ask it no more."""
    dispatcher = _find_dispatcher()
    if dispatcher is not None:
        dispatcher.leave(listener)


@contextmanager
def unheard_events() -> Iterator[None]:
    """Nobody listens while the block runs: widgets are made or dressed in it, and nothing waits in it."""
    dispatcher = _find_dispatcher()
    if dispatcher is None:
        yield
    else:
        with dispatcher.rest():
            yield
