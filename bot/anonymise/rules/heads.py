"""Organisations by the word that ends their name, where ordinary words stand in it: "ferry lane pharmacy".

Two signs make a name of words before such a head: one of them is a place, a capital or no English word; or no article
stands before them where ordinary speech would want one ("at ferry lane pharmacy", not "at the pharmacy").
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.anonymise.keep import kept_phrases
from bot.anonymise.lists import listed, places, plain
from bot.anonymise.models import Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules.clauses import compiled
from bot.anonymise.text import Word, folded_words, is_english, joined, stands_out, words

#: what may stand right before such a name
_LEADS = frozenset(
    [
        "at",
        "from",
        "joined",
        "near",
        "outside",
        "opposite",
        "behind",
        "between",
        "via",
        "called",
        "chair",
        "lead",
        "run",
        "we're",
        "we",
        "are",
        "named",
        "as",
    ]
)
_INSIDE = frozenset({"and", "of", "upon", "on", "in", "the", "by", "le", "under", "st"})
_SCHEME = compiled(
    r"\bthe ((?:[\w'’-]+ ){2,4}(?:scheme|project|programme|initiative|pilot|campaign|bid))\b(?! (?:managers?|"
    r"leads?|boards?)\b)"
)
_REACH = 5


@cache
def _heads() -> Phrases[str]:
    return Phrases((head, " ".join(folded_words(head))) for head in (*plain("org_heads"), *plain("org_endings")))


@cache
def _ends() -> frozenset[str]:
    """Words at which a name begins behind them."""
    return (listed("function_words") | _LEADS) - _INSIDE


@cache
def _dull() -> frozenset[str]:
    """Words that name no organisation."""
    return listed("generic_words") | listed("work_words") | kept_phrases()


def find(text: str) -> Iterator[Span]:
    """Named organisations whose name has ordinary words in it."""
    found = words(text)
    position = {word.start: i for i, word in enumerate(found)}
    for head, kind in _heads().find(text, found):
        at = position[head[0].start]
        first = _first(text, found, at, kind)
        if first < at:
            yield Span(found[first].start, head[-1].end, Label.ORG, f"orgs:{kind}", 0.7)
    for match in _SCHEME.finditer(text):
        heard = match.group(1).lower().split()[:-1]
        if (
            not any(word in listed("function_words") for word in heard)
            and sum(word not in _dull() for word in heard) > 1
        ):
            yield Span(*match.span(1), Label.ORG, "orgs:scheme", 0.6)


def _first(text: str, found: Sequence[Word], at: int, kind: str) -> int:
    """Where the name begins, or `at` if nothing before the head is a name."""
    begin, farthest = at, at
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        word = found[i]
        if not joined(text, word, found[i + 1]) or word.folded in _ends():
            break
        if word.folded in _INSIDE and (
            i == at - 1 or (word.folded in ("the", "in", "on") and not _proper(text, found, i - 1))
        ):
            break
        begin = i if word.folded not in _INSIDE else begin
        farthest = i if _proper(text, found, i) else farthest
    led = begin > 0 and found[begin - 1].folded in _LEADS
    if led and kind in listed("counted_heads") and _told(found[begin:at]):
        return begin
    return farthest


def _proper(text: str, found: Sequence[Word], i: int) -> bool:
    """Whether a word can only be part of a name: a capital in the sentence, a place, no English word."""
    if i < 0:
        return False
    word = found[i]
    if (
        word.folded in _dull()
        or len(word.folded) < 3
        or word.folded in listed("function_words")
        or "'" in word.text
        or "’" in word.text
    ):
        return False
    return (
        (stands_out(text, word) and not word.text.isupper()) or not is_english(word.folded) or word.folded in _settled()
    )


@cache
def _settled() -> frozenset[str]:
    """Places of one word that are no ordinary word, however well the dictionary knows them."""
    return frozenset(name for name in places() if " " not in name and not is_english(name))


def _told(part: Sequence[Word]) -> bool:
    """Whether words without an article name something: one at least that is no word of everyday work."""
    return any(word.folded not in _dull() and word.folded not in _INSIDE for word in part) and len(part) > 0
