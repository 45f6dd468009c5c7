"""A framed form of the access screen: fields with what is wrong under each, one act, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QPushButton

from reviewer.domain.errors import KnownError
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField

FormField = QLineEdit | SecretField


class AccessForm(FramedBox):
    """Enter goes to the next field, and in the last one does what the button does.

    Each field comes with its label and with the codes of the errors that are said under it; what fits none
    of them is said under the button, as is what came of it. Other buttons stand `beside` that of the act.
    """

    def __init__(
        self,
        title: str,
        about: str,
        fields: Sequence[tuple[str, FormField, tuple[str, ...]]],
        act: QPushButton,
        *beside: QPushButton,
    ) -> None:
        super().__init__(title)
        self.fields = [field for _label, field, _codes in fields]
        self.act, self.result = act, FieldMessage()
        self.result.setAccessibleName(title)
        self.messages = [FieldMessage(field) for field in self.fields]
        self._codes = {code: place for place, (_l, _f, codes) in enumerate(fields) for code in codes}
        self._asked: FieldMessage = self.result
        if about:
            self.column.addWidget(make_text_label(about, "quiet"))
        self.column.setSpacing(4)
        for (words, field, _known), message in zip(fields, self.messages, strict=True):
            label = PlainLabel(words)
            label.setBuddy(field)
            for widget in (label, field, message):
                self.column.addWidget(widget)
        self.column.addLayout(make_button_row(act, *beside))
        self.column.addWidget(self.result)
        for place, field in enumerate(self.fields):
            following = self.fields[place + 1].setFocus if place + 1 < len(fields) else act.click
            entered = field.returnPressed if isinstance(field, QLineEdit) else field.entered
            entered.connect(following)

    @property
    def said(self) -> str:
        """What was said last, wherever it stands."""
        return self._asked.text()

    def say(self, sentence: str) -> None:
        """What came of it; what was wrong is forgotten."""
        for message in self.messages:
            message.say("")
        self._asked = self.result
        self.result.say(sentence)

    def say_wrong(self, place: int, sentence: str) -> None:
        """What is wrong with the field at this place, which gets the keyboard."""
        self.say("")
        self._asked = self.messages[place]
        self._asked.say_wrong(sentence)
        self.fields[place].setFocus()

    def tell_error(self, error: KnownError) -> None:
        """Say it under the field it is about, or under the button."""
        place = self._codes.get(error.code)
        if place is not None:
            self.say_wrong(place, str(error))
        else:
            self.say("")
            self.result.say_wrong(str(error))

    def check_repeated(self) -> bool:
        """Whether the last two fields are the same; otherwise that is said under the last."""
        first, second = self.fields[-2:]
        if first.text() == second.text():
            return True
        self.say_wrong(len(self.fields) - 1, "The two passphrases are not the same.")
        return False

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields:
            field.clear()
