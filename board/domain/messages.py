"""Messages for people: text in the source language, English, that is translated where it is shown.

Only the edge knows who reads and in which language, so the domain and the services mark their text here, and
`board/i18n/` looks it up in the catalogues. Names in a message are written as `%(name)s`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


class Message(str):
    """A text of a catalogue with the values of its names. As a `str` it is the English text, for logs and tests.

    `singular` and `plural` are what the catalogue has; `plural` is None where the text is the same for every number,
    and `number` is the one that chooses. A value may be text, another message, a number, a moment or a list of these.
    """

    singular: str
    plural: str | None
    number: int
    values: Mapping[str, Any]

    def __new__(
        cls,
        singular: str,
        plural: str | None = None,
        count: int = 1,
        *,
        values: Mapping[str, Any] | None = None,
    ) -> "Message":
        values = values or {}
        template = singular if plural is None or count == 1 else plural
        shown = {name: _write(value) for name, value in values.items()}
        message = super().__new__(cls, template % shown if shown else template)
        message.singular, message.plural = singular, plural
        message.number, message.values = count, values
        return message

    def fill(self, **values: Any) -> "Message":
        """Return the message with values for its names."""
        return Message(self.singular, self.plural, self.number, values={**self.values, **values})

    def for_number(self, number: int) -> "Message":
        """Return the message for another number."""
        return Message(self.singular, self.plural, number, values={**self.values, "count": number})

    def __getnewargs_ex__(self) -> tuple[tuple[str, str | None, int], dict[str, Any]]:
        """Say how a copy is made."""
        return (self.singular, self.plural, self.number), {"values": self.values}


def msg(text: str, /, **values: Any) -> Message:
    """Mark a text for the catalogue: `msg("There is no %(kind)s.", kind=kind)`."""
    return Message(text, values=values)


def nmsg(singular: str, plural: str, count: int, /, **values: Any) -> Message:
    """Mark a text that depends on a number, which it may name as `%(count)s`."""
    return Message(singular, plural, count, values={"count": count, **values})


def sentences(*messages: str) -> Message:
    """Return whole sentences one after another."""
    named = {f"sentence_{number}": message for number, message in enumerate(messages)}
    return Message(" ".join(f"%({name})s" for name in named), values=named)


def _write(value: Any) -> str:
    """Write a value in English."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%d %b %Y, %H:%M UTC}"
    if isinstance(value, Sequence):
        return join([_write(one) for one in value])
    return str(value)


def join(words: Sequence[str]) -> str:
    """Return an English list: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
