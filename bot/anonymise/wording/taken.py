"""Which descriptors stand for somebody already, so that nobody else gets them."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERED = re.compile(r"\[(.+?) ([A-Z]{1,3})(?=[\],])")


class Taken:
    """A set of descriptors that also knows the next free letter of each noun, however many there are."""

    def __init__(self, descriptors: Iterable[str]) -> None:
        self._all: set[str] = set()
        self._letters: dict[str, set[str]] = {}
        self._left: dict[str, Iterator[str]] = {}
        for each in descriptors:
            self.add(each)

    def __contains__(self, words: object) -> bool:
        return words in self._all

    def add(self, words: str) -> None:
        """From now on these words stand for somebody."""
        self._all.add(words)
        if lettered := _LETTERED.match(words):
            self._letters.setdefault(lettered[1], set()).add(lettered[2])

    def letters(self, noun: str) -> Iterator[str]:
        """Letters that no descriptor of the noun has yet; each is given out once."""
        left = self._left.setdefault(noun, _codes())
        return (letter for letter in left if letter not in self._letters.get(noun, ()))


def _codes() -> Iterator[str]:
    """C to Z, then AA to ZZZ: the first two are "a" and "another"."""
    yield from _LETTERS[2:]
    for length in (2, 3):
        yield from ("".join(code) for code in product(_LETTERS, repeat=length))
