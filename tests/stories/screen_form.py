"""The form that asks of what something is written, as a story finds it."""

from reviewer.qt.main_window.choosing import ChoiceForm


def form_of(reader):
    """The form that is on, None if there is none."""
    found = [each for each in reader.window.findChildren(ChoiceForm) if each.isVisible()]
    return found[0] if found else None
