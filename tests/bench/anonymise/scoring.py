"""What a tool found and what it spoilt, counted over marked passages.

A gold stretch is found if every letter and digit of it is masked (an article at its start may stay); its core is found
if two thirds of them are. A passage is clean if nothing of its gold is left (of its direct gold: clean of direct). A
false mask is a masked stretch that touches no gold; it is counted per 1,000 words outside gold, once over all passages
and once over those with no gold at all.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.anonymise.corpus import Gold, Passage

Range = tuple[int, int]
_WORD = re.compile(r"\w[\w'’-]*")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)


def found(text: str, gold: Gold, masks: Sequence[Range]) -> bool:
    """Whether every letter and digit of a gold stretch is masked."""
    article = _ARTICLE.match(text, gold.start, gold.end)
    begin = article.end() if article else gold.start
    return all(any(start <= i < end for start, end in masks) for i in range(begin, gold.end) if text[i].isalnum())


def core_found(text: str, gold: Gold, masks: Sequence[Range]) -> bool:
    """Whether most of a gold stretch is masked: at least two thirds of its letters and digits."""
    letters = [i for i in range(gold.start, gold.end) if text[i].isalnum()]
    return 3 * sum(any(start <= i < end for start, end in masks) for i in letters) >= 2 * len(letters)


def false_masks(passage: Passage, masks: Sequence[Range]) -> list[str]:
    """Masked stretches that touch no gold."""
    return [passage.text[s:e] for s, e in masks if not any(s < g.end and g.start < e for g in passage.gold)]


def words_kept(passage: Passage, masks: Sequence[Range]) -> tuple[int, int]:
    """Of the words outside gold: how many are unmasked, and how many there are."""
    outside = [
        match.span()
        for match in _WORD.finditer(passage.text)
        if not any(match.start() < g.end and g.start < match.end() for g in passage.gold)
    ]
    return sum(not any(s < end and start < e for s, e in masks) for start, end in outside), len(outside)


@dataclass(frozen=True)
class Figures:
    """One tool on one half. `shares` are per cent, but for false masks (per 1,000 words); `labels` (found, there)."""

    shares: Mapping[str, float]
    labels: Mapping[str, tuple[int, int]]
    missed: Sequence[tuple[str, str, str]]
    wrong: Sequence[tuple[str, str]]


def figures(corpus: Sequence[Passage], masks: Mapping[str, Sequence[Range]]) -> Figures:
    """Everything that is printed about a tool; `masks` by passage id."""
    hits, totals = _counted(corpus, masks)
    missed = [
        (p.id, g.label, p.text[g.start : g.end]) for p in corpus for g in p.gold if not found(p.text, g, masks[p.id])
    ]
    wrong = [(p.id, text) for p in corpus for text in false_masks(p, masks[p.id])]
    leaky = {name for name, _, _ in missed}
    leaky_direct = {p.id for p in corpus if any(g.direct and not found(p.text, g, masks[p.id]) for g in p.gold)}
    kept, words = _words(corpus, masks)
    nothing = [p for p in corpus if not p.gold]
    shares = {
        "all": _share(hits["all"], totals["all"]),
        "core": _share(hits["core"], totals["all"]),
        "direct": _share(hits["direct"], totals["direct"]),
        "clean of direct": _share(len(corpus) - len(leaky_direct), len(corpus)),
        "clean of all": _share(len(corpus) - len(leaky), len(corpus)),
        "false per 1,000": 10 * _share(len(wrong), words),
        "false per 1,000 of clean passages": 10 * _share(_wrong_in(nothing, masks), _words(nothing, masks)[1]),
        "words kept": _share(kept, words),
    }
    labels = {label: (hits[label], totals[label]) for label in sorted(totals) if label.isupper()}
    return Figures(shares, labels, missed, wrong)


def _counted(corpus: Sequence[Passage], masks: Mapping[str, Sequence[Range]]) -> tuple[Counter[str], Counter[str]]:
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for passage in corpus:
        for gold in passage.gold:
            hit = found(passage.text, gold, masks[passage.id])
            hits["core"] += core_found(passage.text, gold, masks[passage.id])
            for key in ("all", gold.label, *(("direct",) if gold.direct else ())):
                totals[key] += 1
                hits[key] += hit
    return hits, totals


def _wrong_in(corpus: Sequence[Passage], masks: Mapping[str, Sequence[Range]]) -> int:
    return sum(len(false_masks(passage, masks[passage.id])) for passage in corpus)


def _words(corpus: Sequence[Passage], masks: Mapping[str, Sequence[Range]]) -> tuple[int, int]:
    counts = [words_kept(passage, masks[passage.id]) for passage in corpus]
    return sum(kept for kept, _ in counts), sum(total for _, total in counts)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
