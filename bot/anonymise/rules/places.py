"""Places below a region: settlements of Great Britain and Northern Ireland, counties, districts, streets."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from bot.anonymise.lists import given_names, listed, places
from bot.anonymise.models import Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules.clauses import NUMBER, compiled
from bot.anonymise.text import Word, fold, is_english, joined, stands_out, words

_BEFORE = frozenset(
    [
        "in",
        "near",
        "at",
        "from",
        "around",
        "across",
        "outside",
        "to",
        "of",
        "round",
        "over",
        "through",
        "beyond",
        "for",
        "out",
        "up",
        "down",
        "serving",
        "called",
        "between",
        "towards",
        "and",
        "then",
    ]
)
_KIND = (
    r"(?:street|road|lane|avenue|close|drive|crescent|terrace|gardens|grove|mews|row|square|hill|way|"
    r"place|court|walk|rise|parade|estate)"
)
_CAPITAL = r"(?:[A-Z][\w'’]+ ){1,3}"
_LANDSCAPES = frozenset(
    [
        "valley",
        "vale",
        "dale",
        "dales",
        "marsh",
        "marshes",
        "moor",
        "moors",
        "island",
        "isle",
        "peninsula",
        "forest",
        "coast",
        "wolds",
        "fens",
        "levels",
        "downs",
    ]
)
_STREETS = (
    compiled(
        r"\b((?:The )?(?:[A-Z][\w'’]+ ){0,2}"
        r"(?:House|Cottage|Vicarage|Rectory|Lodge|Farm|Barn|Mill|Manor|Villa|Grange|Hall)(?=, \d))",
        cased=True,
    ),
    compiled(r"\bthe ([ABM]\d{1,4}(?:\(M\))?)(?!\w)"),
    compiled(
        r"\b((?i:flat|apartment|suite|unit|plot|number) (?:\d{1,3}[A-Za-z]?|[A-H]))\b(?=,? (?:at "
        r")?(?:\d{1,3} [A-Z]|[A-Z][a-z]|the ))",
        cased=True,
    ),
    compiled(
        rf"\b(?:\d+[A-Za-z]?,? )?{_CAPITAL}(?:Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Gardens|"
        rf"Grove|Mews|Row|Square|Hill|Way|Place|Court|Walk|Rise|Parade|Estate|Rd|St|Ave)\b",
        cased=True,
    ),
    compiled(
        rf"\b(?:number |flat |at )?((?:\d+[a-z]?|{NUMBER}),? (?!minutes?|miles?|years?|people|hours?|of|or|"
        rf"to|long)[\w'’]+(?: [\w'’]+)?? (?:street|road|lane|avenue|close|drive|crescent|terrace|gardens|"
        rf"grove|mews))\b"
    ),
    compiled(
        r"\b(?:on|in|off|along|down) ((?!the\b|a\b|my\b|our\b|their\b|this\b|that\b|any\b|every\b|same\b|"
        r"your\b|another\b|some\b|no\b|long\b)[\w'’]+ (?:road|street|lane|avenue|crescent|terrace))\b"
    ),
    compiled(
        r"\b(?:on|along|off|down|up|over) (?:the )?((?!ring\b|by\b|boarding\b|bus\b|back\b|same\b|sea\b|a\b|"
        r"my\b|free\b|first\b|"
        r"this\b|that\b|right\b|wrong\b|long\b)[\w'’]+ (?:parade|pass|promenade|esplanade|bypass|embankment|quay))\b"
    ),
    compiled(
        r"\b(?:the )?([A-Z][\w'’]+(?: [A-Z][\w'’]+)? (?i:estate|village|valley|island|peninsula|ward|parish|"
        r"borough|locality))\b",
        cased=True,
    ),
)


@cache
def _settlements() -> Phrases[str]:
    return Phrases(places().items())


def kind_of(name: str) -> str:
    """What sort of place a name is: city, town, village, suburb, hamlet, county, district, or "" if unknown."""
    return places().get(" ".join(word.folded for word in words(name)), "")


def find(text: str) -> list[Span]:
    """Places by list, and streets by their form."""
    found = words(text)
    spans = [
        Span(part[0].start, part[-1].end, Label.LOCATION, "maybe place" if _personal(part) else "places", 0.75)
        for part, kind in _settlements().find(text, found)
        if is_place(text, part, kind)
    ]
    for pattern in _STREETS:
        for match in pattern.finditer(text):
            spans.append(Span(*match.span(match.lastindex or 0), Label.LOCATION, "places:street", 0.8))
    return spans + list(_landscapes(text, found))


def _landscapes(text: str, found: Sequence[Word]) -> Iterator[Span]:
    """ "dearne valley", "Romney Marsh": an unusual or capital word before a word for a landscape."""
    for name, kind in pairwise(found):
        if (
            kind.folded in _LANDSCAPES
            and joined(text, name, kind)
            and (not is_english(name.folded) or stands_out(text, name))
        ):
            yield Span(name.start, kind.end, Label.LOCATION, "places", 0.7)


def is_place(text: str, part: Sequence[Word], kind: str) -> bool:
    """A name that is no ordinary word is a place; one that is needs a capital, and a word such as "in" before it."""
    if any(not is_english(word.folded) for word in part):
        return True
    led = is_led(text, part[0].start)
    if all(stands_out(text, word) or word.folded in _BEFORE for word in part):
        return led or (len(part) > 1 and kind in {"city", "town", "county", "district"})
    if len(part) > 1 and kind in {"county", "district", "suburb"}:
        return led or text[: part[0].start].lower().endswith(" the ")
    return led and kind in {"city", "town"} and (part[0].folded in listed("word_towns") or len(part) > 1)


def _personal(part: Sequence[Word]) -> bool:
    """Whether a place could as well be somebody's first name: then a model that says so has the word."""
    return len(part) == 1 and part[0].folded in given_names()


def is_led(text: str, start: int) -> bool:
    """Whether a word such as "in" or "from" stands right before `start`."""
    before = text[max(0, start - 16) : start].split()
    return bool(before) and fold(before[-1]) in _BEFORE
