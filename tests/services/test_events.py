"""Listeners of what happens in the services: they join, are called in order, and leave by themselves."""

from reviewer.services.events import Event


def test_listeners_are_called_in_the_order_they_joined_until_they_leave():
    event, heard = Event(), []
    first, second = (lambda word, who=who: heard.append((who, word)) for who in ("first", "second"))
    event.connect(first)
    event.connect(second)
    event.emit("one")
    event.disconnect(first)
    event.disconnect(first)
    event.emit("two")
    assert heard == [("first", "one"), ("second", "one"), ("second", "two")]


def test_whoever_leaves_or_joins_while_others_are_told_is_not_told_this_time():
    event, heard = Event(), []

    def late():
        heard.append("late")

    def last():
        heard.append("last")

    def first():
        heard.append("first")
        event.disconnect(last)
        event.connect(late)

    event.connect(first)
    event.connect(last)
    event.emit()
    assert heard == ["first"]


def test_a_method_leaves_though_it_is_another_object_each_time_it_is_named():
    event, heard = Event(), []
    event.connect(heard.append)
    event.disconnect(heard.append)
    event.emit("word")
    assert heard == []
