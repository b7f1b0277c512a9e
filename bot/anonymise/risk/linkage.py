"""Risks of linkage: where the telling phrases stand, and plainer words for them."""

import re
from collections.abc import Iterator, Sequence

from bot.anonymise.risk.models import Published, Risk, RiskKind
from bot.anonymise.risk.style import gives_away

_WORD = r"([^\W\d_]+(?:['’][^\W\d_]+)?)"
_FOLLOWS, _GOES_BEFORE = re.compile(rf"[,\s]+{_WORD}"), re.compile(rf"{_WORD}[,\s]+$")
_SPACE = r"[\s,]+"
#: plainer words for turns of phrase that many have and somebody may overdo; anything else goes with its neighbour kept
_PLAINER = {
    "at the end of the day": "in the end",
    "to be fair": "really",
    "to be honest": "really",
    "if you like": "perhaps",
    "do you know what i mean": "you see",
    "know what i mean": "you see",
    "you know what": "well",
    "i mean": "well",
    "sort of": "rather",
    "kind of": "rather",
    "in terms of": "about",
    "going forward": "from now on",
    "and so on and so forth": "and more",
}


def risks(paragraphs: Sequence[str], speaker: str, published: Sequence[Published]) -> Iterator[Risk]:
    """One for each place where a phrase stands that ties the text to another story of its speaker."""
    for phrase in gives_away("\n".join(paragraphs), speaker, published):
        pattern = re.compile(rf"(?<!\w){_SPACE.join(re.escape(word) for word in phrase.split())}(?!\w)", re.I)
        for place, paragraph in enumerate(paragraphs):
            for match in pattern.finditer(paragraph.replace("’", "'")):
                whole, softer = _with_neighbour(paragraph, match.start(), match.end(), phrase)
                yield Risk(RiskKind.LINKAGE, place, whole, 0, (), softer)


def _with_neighbour(paragraph: str, start: int, end: int, phrase: str) -> tuple[str, str]:
    """The phrase and softer words; where the phrase simply goes, it takes a word beside it, which stays."""
    heard = paragraph[start:end]
    if phrase in _PLAINER:
        softer = _PLAINER[phrase]
        return heard, softer[:1].upper() + softer[1:] if heard[:1].isupper() else softer
    if len(phrase.split()) > 4:
        return heard, "something like that"
    if follows := _FOLLOWS.match(paragraph, end):
        kept = follows.group(1)
        return paragraph[start : follows.end()], kept[:1].upper() + kept[1:] if heard[:1].isupper() else kept
    if goes_before := _GOES_BEFORE.search(paragraph, 0, start):
        return paragraph[goes_before.start() : end], goes_before.group(1)
    return heard, "that"
