"""What people said or typed, made fit to be shown: tidy, and in parts that fit the boxes of a window."""

import re
from unicodedata import category

#: marks that turn or bend the direction of whatever follows them, the bot's own words too
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: short enough that a part still fits a box of 3,000 characters once names gave way to longer descriptors
PART_CHARACTERS = 1_500
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def tidied(typed: str) -> str:
    """What a person typed without empty lines, control characters, or marks that turn the text around."""
    lines = ("".join(c for c in line if c == "\t" or _harmless(c)) for line in typed.splitlines())
    return "\n".join(line.strip() for line in lines if line.strip())


def parted(text: str, most: int = PART_CHARACTERS) -> list[str]:
    """The text in parts of at most `most` characters, ended after a sentence if possible, else after a word."""
    parts = []
    while len(text) > most:
        ends = (text.rfind(mark, most // 2, most) for mark in (". ", "? ", "! "))
        end = max(ends) + 1 or text.rfind(" ", most // 2, most) + 1 or most
        parts.append(text[:end].strip())
        text = text[end:].strip()
    return [part for part in (*parts, text) if part] or [""]


def number(count: int) -> str:
    """A count as it is said: in words up to twenty."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each verbatim; a text without an end of sentence is one."""
    return [found[0].strip() for found in re.finditer(r".+?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|$)", text.strip(), re.S)]


def _harmless(character: str) -> bool:
    return character not in DIRECTIONS and category(character) not in ("Cc", "Cs")
