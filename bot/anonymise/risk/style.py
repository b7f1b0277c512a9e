"""Linkage: whether a passage could be tied to another by how it is said.

Attribution by TF-IDF of character 3- to 5-grams and cosine, a method of authorship attribution (Stamatatos, "A survey
of modern authorship attribution methods", 2009); and phrases that stand in one other story only.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.anonymise.risk.models import Published
from bot.anonymise.risk.table import wordlist
from bot.anonymise.text import is_english

_LENGTHS = (3, 4, 5)
_DESCRIPTOR = re.compile(r"\[[^\]\n]*\]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: what is said so often by one and by nobody else needs no rare word to be telling
_OFTEN = 3
#: of so many others at least one would say it, were it an everyday phrase
_OTHERS = 8
#: how far ahead of everybody else's the speaker's own story must be, as a share
_MARGIN = 1.02
_STOP = wordlist("everyday")


@lru_cache(maxsize=4_096)
def grams(text: str) -> Mapping[str, float]:
    """Log-scaled counts of the character n-grams of a text; descriptors are nobody's style."""
    plain = " ".join(_DESCRIPTOR.sub(" ", text).lower().split())
    counts = Counter(plain[at : at + n] for n in _LENGTHS for at in range(len(plain) - n + 1))
    return {gram: 1 + math.log(count) for gram, count in counts.items()}


def _rarity(profiles: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The inverse document frequency of every n-gram, smoothed."""
    seen = Counter(gram for profile in profiles for gram in profile)
    return {gram: math.log((1 + len(profiles)) / (1 + count)) + 1 for gram, count in seen.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    shared = one.keys() & other.keys()
    dot = sum(one[gram] * other[gram] * rarity[gram] ** 2 for gram in sorted(shared))
    return dot / (_length(one, rarity) * _length(other, rarity) or 1.0)


def _length(profile: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum((weight * rarity[gram]) ** 2 for gram, weight in profile.items()))


def nearest(text: str, published: Sequence[Published]) -> list[tuple[float, Published]]:
    """The stories by likeness of style to a text, most alike first."""
    profiles = [grams(story.text) for story in published]
    own = grams(text)
    rarity = _rarity([own, *profiles])
    near = [(_cosine(own, profile, rarity), story) for profile, story in zip(profiles, published, strict=True)]
    return sorted(near, key=lambda found: -found[0])


@dataclass(frozen=True)
class StyleReport:
    """How often a story is attributed to its own speaker: of `stories` with a second one by the same of `speakers`."""

    right: int
    stories: int
    speakers: int

    @property
    def accuracy(self) -> float:
        """The share attributed rightly, 0 where nothing could be."""
        return self.right / self.stories if self.stories else 0.0

    @property
    def bound(self) -> float:
        """What it must not exceed: 2/n for n speakers."""
        return min(1.0, 2 / self.speakers) if self.speakers else 1.0

    @property
    def fine(self) -> bool:
        """Whether style gives nobody away beyond the bound."""
        return self.accuracy <= self.bound


def style_report(stories: Sequence[Published]) -> StyleReport:
    """Attributes each story that has a sibling, leave-one-out, to the speaker of the story most like it in style."""
    told = Counter(story.speaker for story in stories)
    asked = [at for at, story in enumerate(stories) if told[story.speaker] > 1]
    right = 0
    for at in asked:
        near = nearest(stories[at].text, [*stories[:at], *stories[at + 1 :]])
        right += near[0][1].speaker == stories[at].speaker
    return StyleReport(right, len(asked), len(told))


def gives_away(text: str, speaker: str, published: Sequence[Published]) -> list[str]:
    """The phrases by which a text could be tied to another story of its speaker, those that tell most first.

    Phrases shared with one story only, and, where style alone points at the speaker by a margin, the turns of phrase
    that point there.
    """
    own = [story for story in published if story.speaker == speaker]
    others = [story for story in published if story.speaker != speaker]
    if not own:
        return []
    found = list(_rare_phrases(text, own, others))
    if others and _points_at(text, speaker, published):
        found += [phrase for phrase in _turns(text, own, others) if not any(phrase in other for other in found)]
    return found


def _points_at(text: str, speaker: str, published: Sequence[Published]) -> bool:
    near = nearest(text, published)
    best = next(score for score, story in near if story.speaker == speaker)
    rest = max((score for score, story in near if story.speaker != speaker), default=0.0)
    return best > 0 and best >= rest * _MARGIN


def phrases_of(text: str, length: int) -> Iterable[tuple[str, ...]]:
    """The runs of so many words inside a sentence, lower case, without descriptors."""
    for sentence in re.split(r"[.!?…\n;:]", _DESCRIPTOR.sub(" . ", text).lower().replace("’", "'")):
        words = _WORDS.findall(sentence)
        yield from (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


@lru_cache(maxsize=4_096)
def _all_phrases(text: str, length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(phrases_of(text, length))


def _rare_phrases(text: str, own: Sequence[Published], others: Sequence[Published]) -> Iterable[str]:
    """Longest runs of 3 to 8 words that stand in the speaker's stories and nobody else's, and aren't everyday ones."""
    found: list[tuple[str, ...]] = []
    for length in range(8, 2, -1):
        for run, count in Counter(phrases_of(text, length)).items():
            if any(_inside(run, longer) for longer in found):
                continue
            ours = sum(run in _all_phrases(story.text, length) for story in own)
            enough = 2 if count + ours < _OFTEN else 0 if count > 1 and len(others) >= _OTHERS else 1
            if ours and _telling(run) >= enough and not _said(run, others):
                found.append(run)
    return (" ".join(run) for run in found)


def _said(run: tuple[str, ...], stories: Sequence[Published]) -> bool:
    return any(run in _all_phrases(story.text, len(run)) for story in stories)


def _telling(run: tuple[str, ...]) -> int:
    """How many words of a run say something; a word that is in no dictionary counts double."""
    return sum((1 if is_english(word.replace("'", "")) else 2) for word in run if word not in _STOP and len(word) > 2)


def _inside(run: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    return any(longer[at : at + len(run)] == run for at in range(len(longer) - len(run) + 1))


def _turns(text: str, own: Sequence[Published], others: Sequence[Published]) -> Iterable[str]:
    """Runs of 1 to 4 words that the speaker says again and again, and others hardly ever, most telling first."""
    scores: dict[tuple[str, ...], float] = {}
    for length in range(1, 5):
        here = Counter(phrases_of(text, length))
        for run, count in here.items():
            theirs = sum(run in _all_phrases(story.text, length) for story in others) / max(1, len(others))
            ours = sum(run in _all_phrases(story.text, length) for story in own) / len(own)
            if ours > theirs * 3 and ours >= 0.5 and _telling(run) and (count > 1 or length > 1):
                scores[run] = count * length * (ours - theirs)
    chosen: list[tuple[str, ...]] = []
    for run in sorted(scores, key=lambda run: (-scores[run], run)):
        if len(chosen) < _TURNS and not any(_inside(run, other) or _inside(other, run) for other in chosen):
            chosen.append(run)
    return (" ".join(run) for run in chosen)


_TURNS = 12
