"""Keys: read from the environment and from nowhere else, and kept out of everything that is shown or written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from palms_spec.errors import UsageError

HIDDEN = "[hidden]"
LEAST_HIDDEN = 6
"""A shorter key is none, and hiding it would make holes in words."""


class Secret:
    """A text that shows itself to nobody who does not ask for it by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def hide_in(self, text: str) -> str:
        """A text without this one in it."""
        return text.replace(self._value, HIDDEN) if len(self._value) >= LEAST_HIDDEN else text

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"


NO_SECRET = Secret("")


def secret_of(names: Sequence[str], whose: str, environment: Mapping[str, str] = os.environ) -> Secret:
    """The first of the variables that is set. Raises UsageError where none is, or where its value can be no key."""
    for name in names:
        value = environment.get(name, "").strip()
        if value:
            # What cannot stand in a header is quoted by the error of whoever tries to put it there.
            if not (value.isascii() and value.isprintable()) or " " in value:
                raise UsageError(f"the value of {name} can be no key", hint="it holds blanks, line ends or such")
            return Secret(value)
    raise UsageError(
        f"{whose} asks for a key, and {names[0]} is not set",
        hint=f"set it to the key ({' or '.join(names)}); it is read from the environment only, and never written",
    )
