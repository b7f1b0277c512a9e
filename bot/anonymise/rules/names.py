"""First and family names of many communities, by list: what the models don't know when it comes in lower case."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.anonymise.lists import family_names, given_names, nicknames, surnames
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.word_names import is_word_name
from bot.anonymise.text import Word, is_english, joined, stands_out, words


def find(text: str) -> list[Span]:
    """Names that are no ordinary words anywhere, and names that are ordinary words where a capital speaks for them."""
    found = words(text)
    spans = list(_names(text, found))
    return spans + list(_beside(text, found, spans))


def _beside(text: str, found: Sequence[Word], spans: Sequence[Span]) -> Iterator[Span]:
    """Names that are words, joined by "and" to a name that is none: "dawn and priya"."""
    named = {span.start for span in spans} | {span.end for span in spans}
    for first, second in pairwise(found):
        if is_word_name(first.folded) and _is_surname(second.folded) and joined(text, first, second):
            yield Span(first.start, second.end, Label.PERSON, "names", 0.7)
    for first, middle, last in zip(found, found[1:], found[2:], strict=False):
        if middle.folded != "and" or last.start - first.end > 6:
            continue
        if last.start in named and is_word_name(first.folded):
            yield Span(first.start, first.end, Label.PERSON, "names", 0.7)
        if first.end in named and is_word_name(last.folded):
            yield Span(last.start, last.end, Label.PERSON, "names", 0.7)


def _names(text: str, found: Sequence[Word]) -> Iterator[Span]:
    last: Span | None = None
    for i, word in enumerate(found):
        if _named(text, found, i) or (last and _follows(text, found, i, last)):
            if last and last.end == found[i - 1].end and joined(text, found[i - 1], word):
                last = Span(last.start, word.end, Label.PERSON, "names", 0.7)
                continue
            if last:
                yield last
            last = Span(word.start, word.end, Label.PERSON, "names", 0.7)
    if last:
        yield last


def _named(text: str, found: Sequence[Word], i: int) -> bool:
    word = found[i]
    listed = any(word.folded in names for names in (given_names(), surnames(), family_names(), nicknames()))
    if not listed or len(word.folded) < 3:
        return False
    return not is_english(word.folded) or (word.folded in given_names() and stands_out(text, word))


def _follows(text: str, found: Sequence[Word], i: int, last: Span) -> bool:
    """A family name that is an ordinary word, right behind a first name: "sarah brown", "Amir Cole"."""
    word = found[i]
    if found[i - 1].end != last.end or found[i - 1].folded not in given_names() or not joined(text, found[i - 1], word):
        return False
    return stands_out(text, word) or _is_surname(word.folded)


def _is_surname(folded: str) -> bool:
    """Whether an ordinary word may be a family name behind a first name."""
    return folded in surnames() and len(folded) > 3 and folded not in _VERBS


_VERBS = frozenset(
    [
        "said",
        "case",
        "more",
        "love",
        "will",
        "would",
        "came",
        "went",
        "just",
        "long",
        "good",
        "wise",
        "keep",
        "read",
        "must",
        "done",
        "best",
        "been",
        "even",
        "little",
    ]
)
