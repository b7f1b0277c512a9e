"""Ids as Slack writes them: a letter that says what it is, then ten characters."""

import random
import string
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

_ALPHABET = string.digits + string.ascii_uppercase


class Ids:
    """Makes ids. Random, so that a sandbox started again never repeats an event or file id that a bot remembers."""

    def __init__(self, rng: random.Random | None = None) -> None:
        self._rng = rng or random.Random()

    def new(self, prefix: str) -> str:
        """A fresh id such as `U07K2M4Q9ZD`; prefixes: U person, C channel, D direct, F file, V view, Ev event."""
        return prefix + "0" + "".join(self._rng.choices(_ALPHABET, k=9))

    def uuid(self) -> str:
        """A fresh envelope or client message id, in the form of a UUID."""
        digits = f"{self._rng.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def secret(self, length: int = 32) -> str:
        """Letters and digits that nobody guesses: parts of tokens, tickets and addresses."""
        return f"{self._rng.getrandbits(4 * length):0{length}x}"

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """The same things in some other order."""
        return self._rng.sample(things, len(things))
