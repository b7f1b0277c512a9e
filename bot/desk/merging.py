"""A correction of the raw words reaches the draft; what the leader made of it wins. Pure.

Raw words and draft are laid side by side word by word. A paragraph in which a raw word changed starts again from the
raw words, to be masked anew; one that its leader has edited stays, and so does one in which nothing changed. The words
that are to be kept or hidden stay in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bot.desk.raw import Heard
from bot.stories.models import Draft, Hidden, Log, Paragraph, put_back
from bot.stories.wordage import parted

Codes = Sequence[tuple[str, int, int, int, int]]


@dataclass(frozen=True)
class Correction:
    """The leader's segments as they were and as they are; a segment that was struck out is missing in `after`."""

    before: tuple[Heard, ...]
    after: tuple[Heard, ...]


@dataclass(frozen=True)
class _Alike:
    """Old raw words, new raw words, and where each boundary between old words lies among the new ones."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    place: tuple[int, ...]
    was_unclear: tuple[bool, ...]
    is_unclear: tuple[bool, ...]


def with_correction(draft: Draft, log: Log, correction: Correction) -> tuple[Draft, Log]:
    """The draft with raw words where something was corrected (to be masked before anybody sees it), and its log."""
    alike = _alike(correction)
    spoken, _ = put_back(draft, log, frozenset(hidden.entity for hidden in log.hidden))
    lengths = [len(paragraph.text.split()) for paragraph in spoken.paragraphs]
    words = [word for paragraph in spoken.paragraphs for word in paragraph.text.split()]
    starts, ends = _boundaries(SequenceMatcher(None, words, alike.old, autojunk=False).get_opcodes(), len(words))
    paragraphs: list[Paragraph] = []
    hidden: list[Hidden] = []
    at = 0
    for place, paragraph in enumerate(draft.paragraphs):
        new = _corrected(paragraph, alike, starts[at], ends[at + lengths[place]])
        at += lengths[place]
        if new == [paragraph] or (len(new) == 1 and new[0].text == paragraph.text):
            hidden += [replace(each, place=len(paragraphs)) for each in log.hidden if each.place == place]
        paragraphs += new
    return replace(draft, paragraphs=tuple(paragraphs)), replace(log, hidden=tuple(hidden))


def _corrected(paragraph: Paragraph, alike: _Alike, start: int, end: int) -> list[Paragraph]:
    """The paragraph that was said in the old raw words from `start` to `end`; in parts if it grew long."""
    if paragraph.edited or end <= start:
        return [paragraph]
    first, last = alike.place[start], alike.place[end]
    cleared = any(alike.was_unclear[start:end]) and not any(alike.is_unclear[first:last])
    paragraph = replace(paragraph, unsure=paragraph.unsure and not cleared)
    if alike.new[first:last] == alike.old[start:end]:
        return [paragraph]
    return [replace(paragraph, text=part) for part in parted(" ".join(alike.new[first:last]))]


def _alike(correction: Correction) -> _Alike:
    """Segment by segment, as each keeps its time: so a word never slips into its neighbour's."""
    new_of = {(each.start, each.end): each for each in correction.after}
    old: list[str] = []
    new: list[str] = []
    place = [0]
    was: list[bool] = []
    now: list[bool] = []
    for each in correction.before:
        after = new_of.get((each.start, each.end))
        words = after.words if after else ()
        codes = SequenceMatcher(None, each.words, words, autojunk=False).get_opcodes()
        inside = _boundaries(codes, len(each.words))[1]
        place += [len(new) + inner for inner in inside[1:-1]] + [len(new) + len(words)]
        old += each.words
        new += words
        was += [each.unclear] * len(each.words)
        now += [bool(after and after.unclear)] * len(words)
    return _Alike(tuple(old), tuple(new), tuple(place), tuple(was), tuple(now))


def _boundaries(codes: Codes, length: int) -> tuple[list[int], list[int]]:
    """For each boundary between words on the left side, its place on the right: for what starts there, and what ends.

    The two differ where something stands on the right only.
    """
    starts, ends = [0] * (length + 1), [-1] * (length + 1)
    for _, i1, i2, j1, j2 in codes:
        for i in range(i1, i2 + 1):
            inside = j1 + round((i - i1) * (j2 - j1) / (i2 - i1)) if i2 > i1 else j2
            starts[i] = inside
            ends[i] = (j1 if i2 == i1 else inside) if ends[i] < 0 else ends[i]
    return starts, [max(end, 0) for end in ends]
