"""From many overlapping finds to one list: trimmed, without overlaps, in order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.anonymise.lists import is_persons
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.titles import TITLES
from bot.anonymise.text import is_english, starts_sentence, words

#: which find names an overlap: the surest source first
_ORDER = (
    "hide",
    "language",
    "roster",
    "presidio:n",
    "spoken",
    "uk_rules",
    "presidio:phone",
    "context",
    "orgs",
    "gazetteer",
    "places",
    "learned",
    "rampart",
    "names",
    "ner",
    "maybe place",
    "repeats",
)
_EDGE = " \t\r\n.,;:!?…\"“”‘’'()-–—/&*_~`"
_LEADING = re.compile(r"(?:(?:the|a|an|and|at|in|from|with|our|my)\b\s+)+", re.I)
_TITLE = re.compile(
    r"(?<!\w)(?:(?:dr|doctor|mr|mrs|ms|miss|mx|prof|professor|sir|dame|lord|lady|baroness|rev|reverend|fr|"
    r"rabbi|imam|pastor|canon|commander|major|colonel|sergeant|sgt|inspector|"
    r"councillor|cllr)\b\.?\s+(?:(?:and|&)\s+(?:mrs|ms|dr|mr)\b\.?\s+)?)+$|"
    r"(?<!\w)(?:mr|dr)\.?\s+(?:and|&)\s+$",
    re.I,
)
#: titles and bynames that are plain words too: they go with a name unless "my" or "the" makes them a relation or a job
_BYNAME = re.compile(
    r"(?<!\w)(?<!\bmy\s)(?<!\bour\s)(?<!\bhis\s)(?<!\bher\s)(?<!\bthe\s)(?<!\btheir\s)(?<!\ba\s)(?<!\byour\s)"
    r"(?:father|sister|nurse|matron|bishop|captain|brother|uncle|auntie|aunty|aunt|nana|big|little|old|young|wee)\s+$",
    re.I,
)
#: the initial of a first name: "t oyelaran", "T. Okonjo"; "a" and "i" count only with a capital and a dot
_INITIAL = re.compile(r"(?<![\w'’.])(?:[A-Z]\.\s*|[B-HJ-Zb-hj-z]\s+)+$")
_TRAILING = re.compile(r"(?:\s+(?:and|or|the|a|an|in|at|of|for|with|to|is|was|who|said))+$|['’]s?$", re.I)
_BETWEEN = re.compile(r"\s(?:in|at|from|near|of)\s", re.I)
_NAMES = frozenset({Label.PERSON, Label.LOCATION, Label.ORG})


def merged(text: str, spans: Iterable[Span], barred: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """Trimmed, cut around the barred ranges, overlaps made one, neighbours of one name joined; sorted."""
    pieces = [piece for span in spans for piece in _outside(span, barred)]
    clean = [trimmed for piece in pieces if (trimmed := trim(text, piece))]
    names = [span for span in clean if not _in_two(text, span, clean)]
    return _joined(text, [_titled(text, span, barred) for span in _union(names)])


def _in_two(text: str, span: Span, others: Sequence[Span]) -> bool:
    """Whether other finds are the two names of which this one is made: "Thornfield Surgery in Swaffham"."""
    if span.label is not Label.ORG or span.source.startswith(("hide", "roster", "gazetteer")):
        return False
    return any(
        any(o.start <= span.start and o.end == between.start() for o in others)
        and any(o.start == between.end() and o.end >= span.end for o in others)
        for between in _BETWEEN.finditer(text, span.start, span.end)
    )


def _outside(span: Span, barred: Sequence[tuple[int, int]]) -> list[Span]:
    """What is left of a span where nothing may be hidden."""
    left = [span]
    for start, end in barred:
        cut = []
        for part in left:
            if part.end <= start or end <= part.start:
                cut.append(part)
                continue
            cut += [replace(part, end=start)] if part.start < start else []
            cut += [replace(part, start=end)] if end < part.end else []
        left = cut
    return left


def trim(text: str, span: Span) -> Span | None:
    """Without white space, punctuation, articles and possessive endings at its edges; None if nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if span.label in _NAMES and not span.source.startswith(("roster", "hide", "spoken", "orgs:whose")):
        if lead := _LEADING.match(text, start, end):
            start = lead.end()
        if span.source in ("ner", "rampart"):
            start = _after_opening(text, start, end)
        if span.label is Label.PERSON:
            end = _before_closing(text, start, end)
        while tail := _TRAILING.search(text[start:end]):
            end = start + tail.start()
    elif (
        span.label in _NAMES
        and text[start:end][-2:].lower() in ("'s", "’s")
        and not span.source.startswith(("hide", "orgs:whose"))
    ):
        end -= 2
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return replace(span, start=start, end=end)


def _after_opening(text: str, start: int, end: int) -> int:
    """Where a name begins when a model took ordinary words before it with it ("Ask Amina", "rang St Mary's")."""
    found = words(text[start:end])
    if found and any(character.isdigit() for character in text[start : start + found[0].start]):
        return start  # the number of a house
    for word, after in pairwise(found):
        ordinary = word.text[0].islower() or starts_sentence(text, start + word.start)
        named = is_persons(word.folded) or word.folded in TITLES
        if not (ordinary and is_english(word.folded) and after.text[0].isupper()) or named:
            return start + word.start
    return start + found[-1].start if found else start


def _before_closing(text: str, start: int, end: int) -> int:
    """Where a person's name ends when a model took the verb behind it with it ("Priya Ramanathan rang")."""
    found = words(text[start:end])
    last = found[-1] if len(found) > 1 and found[0].text[0].isupper() else None
    if last is None or last.text[0].isupper() or not is_english(last.folded) or is_persons(last.folded):
        return end
    return start + found[-2].end


def _titled(text: str, span: Span, barred: Sequence[tuple[int, int]]) -> Span:
    """What belongs to a person's name goes with it: initials, and a title, which tells a gender or a profession."""
    if span.label is not Label.PERSON:
        return span
    start = span.start
    for pattern in (_INITIAL, _TITLE, _BYNAME):
        if before := pattern.search(text, max(0, start - 30), start):
            start = before.start()
    return span if any(end > start and begin < span.start for begin, end in barred) else replace(span, start=start)


def _rank(span: Span) -> int:
    return next((i for i, name in enumerate(_ORDER) if span.source.startswith(name)), len(_ORDER))


def _union(spans: Sequence[Span]) -> list[Span]:
    """Overlaps become one span over all of them, named by the longest of the surest."""
    groups: list[list[Span]] = []
    reach = -1
    for span in sorted(spans):
        if span.start < reach:
            groups[-1].append(span)
        else:
            groups.append([span])
        reach = max(reach, span.end)
    return [_one(group) for group in groups]


def _one(group: Sequence[Span]) -> Span:
    longest = max(span.end - span.start for span in group)
    best = min(group, key=lambda s: (s.end - s.start < 0.35 * longest, _rank(s), -(s.end - s.start)))
    return replace(best, start=group[0].start, end=max(span.end for span in group), score=max(s.score for s in group))


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """First name and family name found apart are one person; so with two halves of a place or an organisation."""
    done: list[Span] = []
    for span in spans:
        last = done[-1] if done else None
        if last and last.label == span.label and span.label in _NAMES and _one_name(text, last, span):
            done[-1] = replace(last, end=span.end, score=max(last.score, span.score))
        else:
            done.append(span)
    return done


def _one_name(text: str, last: Span, span: Span) -> bool:
    between = text[last.end : span.start]
    address = last.label is Label.LOCATION and any(
        c.isdigit() for c in text[last.start : last.end] + text[span.start : span.end]
    )
    return between in {"", " ", "-", ". "} or (address and between == ", ")
