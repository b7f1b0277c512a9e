"""A leader's own phrases, word for word: what to show first of a long text, and which lines others may quote.

Extractive, and simple enough to be argued with: a sentence gains by what makes a sentence somebody's own (it says I
or we, names a feeling, turns), loses by what makes it hard to follow alone, and no two are alike or neighbours.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.stories.models import Paragraph
from bot.stories.wordage import sentences

#: words that a phrase may have: long enough to say something, short enough to be taken in at a glance
FEWEST, MOST = 5, 28
LONGEST = 220
#: what a phrase must reach to stand for somebody
GOOD = 1.0
#: two phrases that share more of their words than this (Jaccard) say the same
ALIKE = 0.45


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


OWN = _set("i i'm i've i'd i'll me my myself we we're we've we'd us our ourselves you your yourself")
FEELING = _set(
    """
    afraid alone angry ashamed believe belong brave calm care cared cried dare dread enough exhausted fear feel
    feeling felt glad grateful guilty happy hard heart heavy home hope hoped hurt joy kind laugh laughed learn learned
    learnt light listen listened lonely lost love loved miss missed need needed overwhelmed pride proud relief relieved
    rest sad safe scared sorry tired together trust trusted weary wish wonder worried worry worth
    """
)
TURNING = _set(
    "although because but changed decided finally instead never nobody noticed realise realised remember suddenly "
    "suppose surprised then though until when why yet"
)
#: what a sentence leans on that stands before it: alone it says too little
LEANING = _set("it he she they this that these those which so and anyway also because")
FILLERS = _set("um uh er erm mm yeah okay sort kind like basically actually obviously you know") - OWN


@dataclass(frozen=True)
class Phrase:
    """A sentence, where it stands (number of the paragraph, and of the sentence in the whole text), and its score."""

    text: str
    place: int
    number: int
    score: float


def own_phrases(paragraphs: Sequence[Paragraph], descriptors: Collection[str] = (), *, most: int = 4) -> list[Phrase]:
    """The best phrases in the order in which they were said, spread over the text; none if no sentence will do."""
    found = [phrase for phrase in _phrases(paragraphs, descriptors) if phrase.score >= GOOD]
    best: list[Phrase] = []
    for part in _parts(found, most):  # the best of each stretch of the text, so that the end is heard as well
        good = sorted(part, key=lambda phrase: (-phrase.score, phrase.number))
        fresh = (phrase for phrase in good if not any(_too_close(phrase, other) for other in best))
        best += [phrase] if (phrase := next(fresh, None)) else []
    return sorted(best, key=lambda phrase: phrase.number)


def _phrases(paragraphs: Sequence[Paragraph], descriptors: Collection[str]) -> list[Phrase]:
    every = [(text, place) for place, paragraph in enumerate(paragraphs) for text in sentences(paragraph.text)]
    return [
        Phrase(text, place, number, 0.0 if paragraphs[place].unsure else score(text, descriptors))
        for number, (text, place) in enumerate(every)
    ]


def score(sentence: str, descriptors: Collection[str] = ()) -> float:
    """How well a sentence stands for its speaker: 0 for one that will not do, else 1 and more."""
    words = _words(sentence)
    hidden = sum(sentence.count(descriptor) for descriptor in set(descriptors))
    if (
        not FEWEST <= len(words) <= MOST
        or len(sentence) > LONGEST
        or hidden > 1
        or not sentence.rstrip("\"'”’)").endswith((".", "!", "…"))
    ):
        return 0.0
    own = 1.5 if OWN & set(words) else 0.0
    feeling = min(2, len(FEELING & set(words))) * 1.2
    turning = min(2, len(TURNING & set(words))) * 0.6
    leaning = 0.8 if words[0] in LEANING else 0.0
    fillers = 0.5 * sum(word in FILLERS for word in words)
    digits = 0.8 if any(c.isdigit() for c in sentence) else 0.0
    length = abs(len(words) - 13) / 20
    return max(0.1, 1.0 + own + feeling + turning - leaning - fillers - digits - hidden * 0.8 - length)


def _parts(phrases: Sequence[Phrase], count: int) -> list[Sequence[Phrase]]:
    """As many stretches of the text as phrases are wanted."""
    edges = [len(phrases) * n // count for n in range(count + 1)]
    return [phrases[start:end] for start, end in pairwise(edges) if start < end]


def _too_close(one: Phrase, other: Phrase) -> bool:
    mine, theirs = set(_words(one.text)), set(_words(other.text))
    return abs(one.number - other.number) < 2 or len(mine & theirs) > ALIKE * len(mine | theirs)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))
