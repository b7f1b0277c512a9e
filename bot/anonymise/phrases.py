"""Finds many known phrases in a text at once, by their folded words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from bot.anonymise.text import Word, folded_words, together

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases with something to say about each; at every word the longest one counts."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, fact in entries:
            key = folded_words(phrase)
            if key:
                self._by_first.setdefault(key[0], []).append((key, fact))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def find(
        self, text: str, found: Sequence[Word], *, overlapping: bool = False
    ) -> Iterator[tuple[Sequence[Word], T]]:
        """The words of each phrase that is there, left to right, without overlaps unless asked for."""
        at = 0
        while at < len(found):
            hit = self._longest(text, found, at)
            if hit:
                yield hit
            at += len(hit[0]) if hit and not overlapping else 1

    def _longest(self, text: str, found: Sequence[Word], at: int) -> tuple[Sequence[Word], T] | None:
        for key, fact in self._by_first.get(found[at].folded, ()):
            part = found[at : at + len(key)]
            if tuple(word.folded for word in part) == key and together(text, part):
                return part, fact
        return None
