"""Numbers as people say them ("twenty two", "14", "third"), and the sentence that they stand in."""

import re

from bot.anonymise.risk.table import Fact

#: (start, end, facts, how sure, softer words)
Found = tuple[int, int, tuple[Fact, ...], float, str]

_ONE_TO_NINE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_UNITS = {word: number for number, word in enumerate((*_ONE_TO_NINE, *_TEENS), start=1)}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_EARLY = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")
_LATER = ("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
NTH = {word: number for number, word in enumerate((*_EARLY, *_LATER, "twentieth"), start=1)}
_LOW = "|".join(sorted(_UNITS, key=len, reverse=True))
#: patterns of a number in words, and of one in words or digits
SPOKEN = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONE_TO_NINE)}))?|{_LOW})"
NUMBER = rf"(?:\d{{1,2}}|{SPOKEN})"
#: what ends just before a number that is somebody else's
OTHERS = re.compile(
    r"\b(?:he|she|his|her|mum|dad|mother|father|son|daughter|wife|husband|patient|partner|child)\b[^.!?]{0,40}$", re.I
)


def value_of(spoken: str) -> int:
    """ "twenty two" -> 22, "14" -> 14."""
    if spoken.isdigit():
        return int(spoken)
    parts = re.split(r"[\s-]+", spoken.lower())
    return sum(_TENS.get(part, _UNITS.get(part, 0)) for part in parts)


def sentence_of(text: str, match: re.Match[str]) -> str:
    """The sentence around a match."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n") + 1
    ends = [end for mark in ".!?\n" if (end := text.find(mark, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]
