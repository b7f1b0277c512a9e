"""What the community knows of itself: names of members, practices and places, in any case and as they sound."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from bot.anonymise.keep import kept_phrases
from bot.anonymise.likeness import alike, alike_run
from bot.anonymise.lists import given_names, listed, nicknames, surnames
from bot.anonymise.models import Known, KnownName, Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules.places import is_led
from bot.anonymise.rules.titles import is_titled
from bot.anonymise.text import Word, as_written, folded_words, is_english, stands_out, together, words

#: words that no name begins or ends with, when it is heard in pieces
_EDGES = frozenset(
    [
        "and",
        "or",
        "the",
        "in",
        "at",
        "of",
        "from",
        "with",
        "to",
        "for",
        "a",
        "is",
        "was",
        "i",
        "we",
        "he",
        "she",
        "it",
        "that",
        "who",
        "said",
        "so",
        "but",
        "on",
        "my",
        "our",
        "you",
        "they",
        "as",
        "by",
    ]
)

#: how alike, of 100, ordinary words must be to a known name to count as that name come apart
_PLAIN_ALIKE = 92


@dataclass(frozen=True)
class Roster:
    """Everything to look for, prepared once per community."""

    written: re.Pattern[str] | None
    labels: dict[str, Label]
    phrases: Phrases[Label]
    words: dict[str, Label]
    runs: dict[str, Label]


@lru_cache(maxsize=8)
def prepared(known: Known) -> Roster:
    """What is looked for, for a community; the last few are kept."""
    entries = list(_entries(known))
    labels = {" ".join(name.text.split()).casefold(): label for name, label in entries}
    texts = [name.text for name, _ in entries if len(name.text.strip()) > 1]
    written = as_written(*texts) if texts else None
    single = {word: label for name, label in entries for word in _words_of(name, label)}
    phrases = [(name.text, label) for name, label in entries if len(folded_words(name.text)) > 1]
    phrases += [(" ".join(part), label) for name, label in entries for part in _parts(name.text) if len(part) > 1]
    runs = {run: label for name, label in entries if len(run := "".join(folded_words(name.text))) > 6}
    return Roster(written, labels, Phrases(phrases), single, runs)


def _entries(known: Known) -> Iterator[tuple[KnownName, Label]]:
    for label, names in (
        (Label.LOCATION, known.places),
        (Label.ORG, known.organisations),
        (Label.PERSON, known.people),
    ):
        yield from ((name, label) for name in names)


def _core(name: str) -> list[str]:
    """An organisation's own words: "Thornfield" of "Thornfield Surgery"."""
    return [word for word in folded_words(name) if word not in listed("org_common")]


def _parts(name: str) -> list[list[str]]:
    """The own words of an organisation, and of each half of a joint one ("Fern Lane and Old Mill Practice")."""
    halves = [_core(half) for half in re.split(r"\s(?:and|&)\s", name)]
    return [_core(name), *halves]


def _words_of(name: KnownName, label: Label) -> Iterator[str]:
    """Single words that give the name away: each part of a person's, a whole place, the core of an organisation."""
    parts = list(folded_words(name.text))
    if label is Label.PERSON:
        yield from (part for part in parts if len(part) > 2)
        if len(parts) > 1:  # "AminaOkafor", as in a handle
            yield from ("".join(parts), "".join(reversed(parts)))
    elif label is Label.ORG and len(core := _core(name.text)) == 1 and len(core[0]) > 3:
        yield core[0]
    elif label is Label.LOCATION and len(parts) == 1:
        yield parts[0]


def find(text: str, known: Known) -> list[Span]:
    """Spans of everything known, exact, respelt, run together or come apart."""
    roster = prepared(known)
    if roster.written is None:
        return []
    found = words(text)
    whole = [*_written(text, roster), *(_span(part, label, 1.0) for part, label in roster.phrases.find(text, found))]
    pieces = [span for span in _run_together(text, found, roster) if not any(span.touches(other) for other in whole)]
    return [*whole, *_single(text, found, roster), *pieces]


def _span(part: Sequence[Word], label: Label, score: float) -> Span:
    return Span(part[0].start, part[-1].end, label, "roster", score)


def _written(text: str, roster: Roster) -> Iterator[Span]:
    """Exactly as the community writes it, in any case. A single ordinary word needs a capital or words around it."""
    assert roster.written is not None
    for match in roster.written.finditer(text):
        inner = words(match.group())
        if len(inner) == 1 and is_english(inner[0].folded) and not _in_context(text, match.start(), match.end()):
            continue
        label = roster.labels.get(" ".join(match.group().split()).casefold(), Label.PERSON)
        yield Span(*match.span(), label, "roster", 1.0)


def _in_context(text: str, start: int, end: int) -> bool:
    word = Word(start, end, text[start:end], "")
    return word.text[:1].isupper() or is_led(text, start) or is_titled(text, start)


def _single(text: str, found: Sequence[Word], roster: Roster) -> Iterator[Span]:
    for word in found:
        label = roster.words.get(word.folded)
        if label and (not is_english(word.folded) or _meant(text, word, label)):
            yield _span([word], label, 1.0)
        elif not label and (respelt := _respelt(word.folded, roster)):
            yield _span([word], respelt, 0.8)


def _meant(text: str, word: Word, label: Label) -> bool:
    """Whether an ordinary word is the known name here: a capital, a title, or "at", "from" before an organisation."""
    if stands_out(text, word) or is_titled(text, word.start):
        return True
    before = text[max(0, word.start - 8) : word.start].lower().split()
    return label is Label.ORG and len(word.folded) > 5 and bool(before) and before[-1] in ("at", "from")


def _respelt(heard: str, roster: Roster) -> Label | None:
    """The label of a known name that this word may be a spelling of; ordinary words and other names never are."""
    if len(heard) < 4 or is_english(heard) or heard in kept_phrases():
        return None
    if any(nick in roster.words for nick in nicknames().get(heard, ())):
        return Label.PERSON
    for name, _, _ in process.extract(heard, roster.words.keys(), scorer=ratio, score_cutoff=60, limit=5):
        if not is_english(name) and alike(name, heard):
            return roster.words[name]
    return None


def _run_together(text: str, found: Sequence[Word], roster: Roster) -> Iterator[Span]:
    """Names that came apart or ran together: "thorn field surgery", "a meena okafor"."""
    for length in (2, 3, 4):
        for part in _windows(text, found, length):
            heard = "".join(word.folded for word in part)
            if len(heard) < 7:
                continue
            best = process.extractOne(heard, roster.runs.keys(), scorer=ratio, score_cutoff=75)
            plain = all(is_english(word.folded) for word in part)
            if best and alike_run(best[0], heard) and not (plain and best[1] < _PLAIN_ALIKE):
                yield _span(part, roster.runs[best[0]], 0.8)


def _windows(text: str, found: Sequence[Word], length: int) -> Iterable[Sequence[Word]]:
    for i in range(len(found) - length + 1):
        part = found[i : i + length]
        if (
            together(text, part)
            and any(
                not is_english(w.folded)
                or w.folded in listed("org_common")
                or w.folded in given_names()
                or w.folded in surnames()
                for w in part
            )
            and not {part[0].folded, part[-1].folded} & _EDGES
        ):
            yield part
