"""Endings taken off, so that "dispensing", "dispensed" and "dispenses" are one word to look for."""

import re
from functools import lru_cache

_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A lower-case word without plural, -ing, -ed and final e; rough on purpose, and the same for both sides.

    >>> stem("dispensing") == stem("dispenses") == stem("dispense")
    True
    """
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 3:
        word = _singular(word)
    for ending in ("ing", "ed"):
        body = word.removesuffix(ending)
        if body != word and len(body) > 2 and _VOWEL.search(body):
            return _DOUBLED.sub(r"\1", body)
    return word.removesuffix("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:x|ch|sh|ss|z)es$", word):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")
