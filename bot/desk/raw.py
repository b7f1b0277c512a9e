"""Raw words as the desk reads and corrects them: parts short enough to be heard at once, in the JSON of a recording.

`raw` is what `Recording.raw` holds: a transcription, and, while a correction waits to reach the draft, its segments as
they were `before`. That stays in the same encrypted column, so that it goes whenever raw words go. All pure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import ceil
from typing import Any

from bot.interviews.models import DOUBTFUL, Whose, goes_on
from bot.stories.wordage import tidied
from bot.voice.models import Segment
from bot.words import plain

Raw = dict[str, Any]
#: seconds that are played in one piece
PLAYED_AT_ONCE = 19.0
#: a part ends after this many seconds (what is played is at most twenty), characters, or a pause
PART_SECONDS, PART_CHARACTERS, PAUSE_SECONDS = 18.0, 1_200, 2.0


@dataclass(frozen=True)
class Heard:
    """A segment: `start` and `end` in seconds, its words ("a part I couldn't make out" where there are none)."""

    start: float
    end: float
    words: tuple[str, ...]
    unclear: bool = False


@dataclass(frozen=True)
class Part:
    """Some segments in a row, as they are read, played and corrected together."""

    start: float
    end: float
    text: str
    unclear: bool


def read(text: str) -> Raw:
    """The raw words of a recording."""
    raw: Raw = json.loads(text)
    return raw


def heard(segments: Sequence[Mapping[str, Any]], whose: Whose | None) -> list[Heard]:
    """The segments that belong to the leader: where there were two voices, those of the one that is theirs."""
    return [found for each in segments if (found := _heard(each, whose)) is not None]


def parts(raw: Raw, whose: Whose | None) -> list[Part]:
    """The raw words in parts, in order; none goes over somebody else's turn."""
    groups: list[list[Heard]] = [[]]
    for segment in raw["segments"]:
        each = _heard(segment, whose)
        if groups[-1] and (each is None or _starts_anew(groups[-1], each)):
            groups.append([])
        if each is not None:
            groups[-1].append(each)
    return [
        Part(group[0].start, group[-1].end, _text(group), any(each.unclear for each in group))
        for group in groups
        if group
    ]


def corrected(raw: Raw, whose: Whose | None, *, start: float, end: float, typed: str) -> Raw:
    """With `typed` as the words from `start` to `end` (seconds); every word stays in the segment it was said in.

    Somebody has listened there, so nothing in it is doubtful any more. Segments without words left are struck out.
    """
    here = [each for each in heard(raw["segments"], whose) if start <= each.start and each.end <= end]
    shared = _shared_out(here, tidied(typed).split())
    segments = [
        _said(each, shared[key]) if (key := (each["start"], each["end"])) in shared else each
        for each in raw["segments"]
        if shared.get((each["start"], each["end"]), ["kept"])
    ]
    text = " ".join(each["text"] for each in segments if each["text"])
    return {**raw, "segments": segments, "text": text, "before": raw.get("before", raw["segments"])}


def stretches(part: Part) -> list[tuple[float, float]]:
    """Where to start and end (seconds) so that a part is heard whole: a long one takes several."""
    pieces = max(1, ceil((part.end - part.start) / PLAYED_AT_ONCE))
    edges = [part.start + (part.end - part.start) * number / pieces for number in range(pieces)] + [part.end]
    return list(pairwise(edges))


def waits(raw: Raw) -> bool:
    """Whether a correction has not reached the draft yet."""
    return "before" in raw


def settled(raw: Raw) -> Raw:
    """Without what was before."""
    return {name: value for name, value in raw.items() if name != "before"}


def _heard(segment: Mapping[str, Any], whose: Whose | None) -> Heard | None:
    """A segment whose words go on to the leader's draft; None for another's."""
    if not goes_on(Segment.from_json(dict(segment)), whose):
        return None
    words = tuple((segment["text"].strip() or plain("interviews.unheard")).split())
    return Heard(segment["start"], segment["end"], words, bool(DOUBTFUL & set(segment["flags"])))


def _text(group: Sequence[Heard]) -> str:
    return " ".join(word for each in group for word in each.words)


def _starts_anew(group: Sequence[Heard], each: Heard) -> bool:
    too_long = each.end - group[0].start > PART_SECONDS
    too_much = len(_text(group)) + len(" ".join(each.words)) > PART_CHARACTERS
    return too_long or too_much or each.start - group[-1].end >= PAUSE_SECONDS


def _shared_out(here: Sequence[Heard], typed: Sequence[str]) -> dict[tuple[float, float], list[str]]:
    """The typed words by the segment in which they are said: where the old word in their place was."""
    owners = [(each.start, each.end) for each in here for _ in each.words]
    old = [word for each in here for word in each.words]
    shared: dict[tuple[float, float], list[str]] = {(each.start, each.end): [] for each in here}
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, typed, autojunk=False).get_opcodes():
        for j in range(j1, j2):
            place = min(i1 + j - j1, i2 - 1) if i2 > i1 else max(i1 - 1, 0)
            shared[owners[place]].append(typed[j])
    return shared


def _said(segment: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The segment with these words; unheard ones that nobody filled in stay so."""
    text = " ".join(words)
    silent = not segment["text"].strip() and text == plain("interviews.unheard")
    flags = segment["flags"] if silent else [flag for flag in segment["flags"] if flag not in DOUBTFUL]
    return {**segment, "text": "" if silent else text, "flags": flags}
