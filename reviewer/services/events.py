"""What happens in the services is told to those who asked to hear of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

Told = ParamSpec("Told")


class Event(Generic[Told]):
    """A list of listeners that only they themselves join and leave; called in the order they joined."""

    def __init__(self) -> None:
        self._listeners: list[Callable[Told, object]] = []

    def connect(self, listener: Callable[Told, object]) -> None:
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[Told, object]) -> None:
        """Stop calling this listener; nothing happens if it is not connected."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def emit(self, *args: Told.args, **kwargs: Told.kwargs) -> None:
        """Call every listener. One that disconnects during the calls is not called any more."""
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(*args, **kwargs)
