"""The lines of a draft that want their leader's eye, found from what is known of them. Pure.

A line is one thing to look at: words that were hard to hear, something hidden, somebody else's story, words that
might tell people who is speaking, a line that others may quote.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from bot.anonymise.risk.models import Assessment, Risk
from bot.stories.models import Draft, Hidden, Log, Self, may_put_back
from bot.stories.review.phrases import own_phrases
from bot.stories.wordage import sentences

#: a leader is not asked to look at more; the rest stands in the full text
AT_MOST = 20
BITES = 2


class LineKind(StrEnum):
    """Why a line wants an eye; the most important first, where there are too many."""

    RISK = "risk"
    OTHERS = "others"
    UNCLEAR = "unclear"
    HIDDEN = "hidden"
    BITE = "bite"


@dataclass(frozen=True)
class Line:
    """One thing to look at. `text` stands verbatim in paragraph `place`; `anchor` is the part of it that is meant.

    `id` says nothing of the words and stays the same as long as what is meant does, whatever changes around it.
    """

    id: str
    kind: LineKind
    place: int
    text: str
    anchor: str
    risk: Risk | None = None
    hidden: tuple[Hidden, ...] = ()
    may_put_back: bool = False
    start: float | None = None
    end: float | None = None


def lines(draft: Draft, log: Log, assessment: Assessment, own: Self, *, quotable: bool) -> list[Line]:
    """Everything that wants an eye, in the order of reading; `quotable` where the leader lets a line be quoted."""
    found = [*_unclear(draft), *_hidden(draft, log, own), *_risky(draft, assessment)]
    if quotable:
        found += _bites(draft, {line.text for line in found})
    once = {line.id: line for line in reversed(found)}.values()
    return sorted(once, key=lambda line: (line.place, draft.paragraphs[line.place].text.find(line.anchor), line.kind))


def most_important(found: Sequence[Line], *, looked: Collection[str]) -> tuple[list[Line], int]:
    """The lines that are still to look at, and how many more there would be; never past AT_MOST but for risks."""
    left = [line for line in found if line.id not in looked]
    ranks = list(LineKind)
    by_weight = sorted(left, key=lambda line: ranks.index(line.kind))
    risks = sum(line.kind is LineKind.RISK for line in left)
    chosen = {line.id for line in by_weight[: max(risks, AT_MOST - len(looked))]}
    return [line for line in left if line.id in chosen], len(left) - len(chosen)


def _unclear(draft: Draft) -> Iterable[Line]:
    for place, paragraph in enumerate(draft.paragraphs):
        if paragraph.unsure:
            known = paragraph.start is not None  # when it was said doesn't change when a word of it does
            key = _id(LineKind.UNCLEAR, f"{paragraph.start} {paragraph.end}" if known else paragraph.text)
            yield Line(
                key, LineKind.UNCLEAR, place, paragraph.text, paragraph.text, start=paragraph.start, end=paragraph.end
            )


def _hidden(draft: Draft, log: Log, own: Self) -> Iterable[Line]:
    """One line for everybody and everything that was hidden, at its first place; not what the leader hid."""
    chosen = {" ".join(phrase.lower().split()) for phrase in log.hide}
    entities: dict[str, list[Hidden]] = {}
    for hidden in log.hidden:
        if " ".join(hidden.original.lower().split()) not in chosen and hidden.place < len(draft.paragraphs):
            entities.setdefault(hidden.entity, []).append(hidden)
    for entity, places in entities.items():
        first = places[0]
        text = _around(draft.paragraphs[first.place].text, first.descriptor)
        if text:
            kind = LineKind.OTHERS if _somebody_elses(first, own) else LineKind.HIDDEN
            free = all(may_put_back(hidden, log, own) for hidden in places)
            key = _id("hidden", entity, first.original)
            yield Line(key, kind, first.place, text, first.descriptor, hidden=tuple(places), may_put_back=free)


def _somebody_elses(hidden: Hidden, own: Self) -> bool:
    """Whether the line tells something of somebody else that is theirs to tell."""
    private = hidden.label in ("HEALTH", "FAMILY")
    return not own.owns(hidden) and (private or (hidden.label == "PERSON" and "patient" in hidden.sentence.lower()))


def _risky(draft: Draft, assessment: Assessment) -> Iterable[Line]:
    for risk in assessment.risks:
        if risk.phrase and risk.place < len(draft.paragraphs):
            text = _around(draft.paragraphs[risk.place].text, risk.phrase)
            if text:
                key = _id(LineKind.RISK, risk.kind, risk.phrase.lower())
                yield Line(key, LineKind.RISK, risk.place, text, risk.phrase, risk=risk)


def _bites(draft: Draft, taken: Collection[str]) -> Iterable[Line]:
    for phrase in own_phrases(draft.paragraphs, draft.descriptors, most=BITES):
        if phrase.text not in taken:
            yield Line(_id(LineKind.BITE, phrase.text), LineKind.BITE, phrase.place, phrase.text, phrase.text)


def _around(text: str, words: str) -> str:
    """The sentence with the words, the whole text where they run over its end, "" where they aren't there."""
    if words not in text:
        return ""
    return next((sentence for sentence in sentences(text) if words in sentence and sentence in text), text)


def _id(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
