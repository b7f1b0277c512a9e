"""Measures the network alone on passages that it was not fitted to."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bot.anonymise.models import Span
from bot.anonymise.networks.learned import guesses, marked
from bot.anonymise.training.fit import Example
from bot.anonymise.training.passages import Passage


def found(held: Sequence[Example], odds: Sequence[Any]) -> dict[str, list[Span]]:
    """What the layer would hide in each passage, by its id."""
    spans: dict[str, list[Span]] = {}
    for each, rows in zip(held, odds, strict=True):
        mine = spans.setdefault(each.passage.id, [])
        for span in marked(list(guesses(each.clued, rows))):
            mine.append(Span(span.start + each.at, span.end + each.at, span.label, span.source, span.score))
    return spans


def figures(passages: Mapping[str, Passage], spans: Mapping[str, Sequence[Span]]) -> dict[str, float]:
    """Percent of marks wholly hidden, of all and by label; percent of passages with none left; false masks in 1,000."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    clean, false, words = 0, 0, 0
    for name, mine in spans.items():
        passage = passages[name]
        missed = 0
        for start, end, label in passage.marks():
            hidden = _covers(passage.text, start, end, mine)
            missed += not hidden
            for key in ("all", label):
                totals[key] += 1
                hits[key] += hidden
        clean += not missed
        marks = passage.marks()
        false += sum(not any(start < span.end and span.start < end for start, end, _ in marks) for span in mine)
        words += len(re.findall(r"\w[\w'’-]*", passage.text))
    rates = {key: round(100 * hits[key] / totals[key], 1) for key in sorted(totals)}
    return rates | {"clean": round(100 * clean / len(spans), 1), "false in 1,000": round(1000 * false / words, 1)}


def _covers(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether every letter and digit is hidden; an article at the start may stay."""
    article = re.match(r"(?:the|an?)\s+", text[start:end], re.I)
    begin = start + (article.end() if article else 0)
    return all(any(s.start <= i < s.end for s in spans) for i in range(begin, end) if text[i].isalnum())
