"""First and family names of many communities, by list: what the models don't know when it comes in lower case."""

from collections.abc import Iterator, Sequence

from bot.anonymise.lists import given_names, surnames
from bot.anonymise.models import Label, Span
from bot.anonymise.text import Word, is_english, joined, stands_out, words


def find(text: str) -> list[Span]:
    """Names that are no ordinary words anywhere, and names that are ordinary words where a capital speaks for them."""
    return list(_names(text, words(text)))


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
    listed = word.folded in given_names() or word.folded in surnames()
    if not listed or len(word.folded) < 3:
        return False
    return not is_english(word.folded) or (word.folded in given_names() and stands_out(text, word))


def _follows(text: str, found: Sequence[Word], i: int, last: Span) -> bool:
    """A family name that is an ordinary word, right behind a first name: "sarah brown", "Amir Cole"."""
    word = found[i]
    if found[i - 1].end != last.end or found[i - 1].folded not in given_names() or not joined(text, found[i - 1], word):
        return False
    return stands_out(text, word) or (word.folded in surnames() and len(word.folded) > 3 and word.folded not in _VERBS)


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
    ]
)
