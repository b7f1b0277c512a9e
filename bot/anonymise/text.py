"""Words of a text with their offsets, and the questions that every layer asks about them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.anonymise.lists import english

# letters (with combining marks that follow them), inner apostrophes (O'Brien, don't) but no possessive ending
_LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"
_WORD = re.compile(rf"{_LETTER}+(?:['’](?![sS](?![^\W\d_])){_LETTER}+)*")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…\n\r\]][\"'”’)\s]*|[\"“‘(]\s*)$")
#: what may stand between two words of one name
GAP = re.compile(r"(?:['’][sS](?![^\W\d_]))?(?:\s|[-–.’'])*")


_SHORTENED = frozenset({"prof", "rev", "hon", "cllr", "mrs"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word: offsets in code points, as written, and folded for comparing."""

    start: int
    end: int
    text: str
    folded: str


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case, without accents or apostrophes: "Siân" and "sian" are the same word."""
    if word.isascii():
        return word.replace("'", "").lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"['’`]", "", bare).casefold()


def words(text: str) -> list[Word]:
    """Every word of `text`; hyphenated words come apart, possessive endings stay outside."""
    return [
        Word(match.start(), match.end(), match.group(), fold(match.group()))
        for match in _WORD.finditer(text)
        if match.group() not in ("s", "S") or text[match.start() - 1 : match.start()] not in ("'", "’")
    ]


@lru_cache(maxsize=65_536)
def folded_words(text: str) -> tuple[str, ...]:
    """Only the folded words: what names are compared by."""
    return tuple(word.folded for word in words(text))


def is_english(folded: str) -> bool:
    """Whether a folded word is an ordinary English word (a name that is also one, such as Mark, counts as one)."""
    return folded in english()


def starts_sentence(text: str, start: int) -> bool:
    """Whether a capital at `start` says nothing, because every sentence begins with one."""
    return _ENDS_SENTENCE.search(text, max(0, start - 8), start) is not None or not any(
        character.isalnum() for character in text[:start]
    )


def stands_out(text: str, word: Word) -> bool:
    """A capital inside a sentence, in a text whose other words are not all capitals."""
    return word.text[:1].isupper() and not starts_sentence(text, word.start)


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words may belong to one name: nothing but spaces, hyphens or dots between.

    A dot behind a longer or an ordinary word ends a sentence; behind "Dr", "Prof" or an initial it does not.
    """
    if right.start - left.end > 6 or not GAP.fullmatch(text, left.end, right.start):
        return False
    short = len(left.folded) < 3 or left.folded in _SHORTENED or (len(left.folded) < 5 and not is_english(left.folded))
    return short or not re.search(r"\.\s", text[left.end : right.start])


def together(text: str, part: Sequence[Word]) -> bool:
    """Whether words that follow each other may all belong to one name."""
    return all(joined(text, left, right) for left, right in pairwise(part))


def as_written(*phrases: str) -> re.Pattern[str]:
    """A pattern for whole phrases as written, longest first, in any case, with any white space between words."""
    ordered = sorted((" ".join(phrase.split()) for phrase in phrases), key=len, reverse=True)
    spaced = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.I)
