"""What the policy keeps: days, bare years, regions, national bodies, generic forms, systems, eponyms, reports."""

import re
from functools import cache

from bot.anonymise.lists import plain
from bot.anonymise.models import Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.text import Word, folded_words, words

_NUMBERS = re.compile(
    r"^(?:(?:19|20)\d\d(?:s|[/\-–]\d{2,4})?|[\d,.]{1,6}(?:%|k|m|bn|p|am|pm)?|\d+(?:st|nd|rd|th)|£[\d,.]+\w*)$", re.I
)
_GLUE = frozenset(["the", "a", "an", "of", "and", "in", "for"])
#: sources that name the very thing: what is kept by default can't overrule them
_CERTAIN = ("roster", "hide", "language", "uk_rules", "spoken", "presidio", "context")


@cache
def kept_phrases() -> frozenset[str]:
    """The allow-list, each phrase as folded words; illnesses too, which only the rule about health may hide."""
    return frozenset(" ".join(folded_words(line)) for line in (*plain("keep"), *plain("eponyms"), *plain("conditions")))


@cache
def _finder() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in kept_phrases())


def kept_ranges(text: str) -> list[tuple[int, int]]:
    """Where kept phrases stand, as (start, end) in code points."""
    found = words(text)
    return [(part[0].start, part[-1].end) for part, _ in _finder().find(text, found, overlapping=True)]


def without_kept(text: str, spans: list[Span]) -> list[Span]:
    """The spans that say more than the allow-list knows; what a rule or the roster is certain of always stays."""
    ranges = kept_ranges(text)
    return [span for span in spans if span.source.startswith(_CERTAIN) or not _is_kept(text, span, ranges)]


def _is_kept(text: str, span: Span, ranges: list[tuple[int, int]]) -> bool:
    """Whether the allow-list says all of a span; a person only where one phrase does, for "June Black" is somebody."""
    inner = [word for word in words(text[span.start : span.end]) if word.folded not in _GLUE]
    if not inner:
        return span.label is not Label.CONTACT and bool(_NUMBERS.match(text[span.start : span.end].strip(" .,")))
    if span.label is Label.PERSON:
        inner = [Word(inner[0].start, inner[-1].end, "", "")]
    return all(
        any(start <= span.start + word.start and span.start + word.end <= end for start, end in ranges)
        for word in inner
    )
