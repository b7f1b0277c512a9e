"""Organisations by the word that ends their name: surgery, medical centre, PCN, federation, trust, school."""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.anonymise.lists import listed, places, plain
from bot.anonymise.models import Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules import heads, naming
from bot.anonymise.text import Word, is_english, joined, stands_out, starts_sentence, words

#: what may stand before "of" inside a name: "Isle of Wight PCN", but not "Mark Bell of Limes PCN"
_OF = frozenset(
    [
        "isle",
        "isles",
        "vale",
        "forest",
        "university",
        "college",
        "city",
        "borough",
        "county",
        "royal",
        "school",
        "house",
        "bank",
        "bridge",
        "royal",
        "lady",
        "ring",
        "heart",
        "friends",
    ]
)
_FIRST = frozenset({"old", "new", "great", "little", "north", "south", "east", "west", "high", "upper", "lower"})
_CONNECT = frozenset({"and", "of", "the", "upon", "on", "in", "st"})


@cache
def _endings() -> Phrases[str]:
    return Phrases((ending, ending) for ending in plain("org_endings"))


@cache
def _generic() -> frozenset[str]:
    return frozenset(plain("generic_words")) | _CONNECT


def find(text: str) -> list[Span]:
    """Named organisations and programmes, with the word that says what they are."""
    found = words(text)
    spans = list(_ended(text, found))
    return [*spans, *naming.find(text), *heads.find(text)]


def _ended(text: str, found: Sequence[Word]) -> Iterator[Span]:
    position = {word.start: i for i, word in enumerate(found)}
    for ending, kind in _endings().find(text, found):
        at = position[ending[0].start]
        first = _first(text, found, at, kind)
        if first < at:
            yield Span(found[first].start, ending[-1].end, Label.ORG, f"orgs:{kind}", 0.8)


def _first(text: str, found: Sequence[Word], at: int, kind: str) -> int:
    """Where the name begins: backwards from the ending while words can be part of a name, five at most."""
    first = at
    for i in range(at - 1, max(-1, at - 6), -1):
        if not joined(text, found[i], found[i + 1]) and not _ampersand(text, found[i], found[i + 1]):
            break
        if found[i + 1].folded == "of" and found[i].folded not in _OF:
            break
        if _names_it(text, found, i, kind):
            first = i
        elif found[i].folded not in _CONNECT:
            break
    return first - 1 if 0 < first < at and _begins(text, found[first - 1], found[first]) else first


def _begins(text: str, word: Word, name: Word) -> bool:
    """Whether an ordinary word is the first of a name: "old forge surgery"."""
    return word.folded in _FIRST and joined(text, word, name)


def _ampersand(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start].strip() in {"&", ","} and stands_out(text, left) and stands_out(text, right)


def _names_it(text: str, found: Sequence[Word], i: int, kind: str) -> bool:
    word = found[i]
    generic = word.folded in _generic()
    opening = starts_sentence(text, word.start)
    capital = word.text[0].isupper() and not (opening and (generic or _says_nothing(found, i, kind)))
    if capital and len(word.text) > 1:
        return not (generic and word.text.isupper()) and word.folded not in {"the", "our", "my", "a", "i"}
    if generic or len(word.folded) < 2:
        return False
    if not is_english(word.folded) or word.folded in places():
        return not is_english(word.folded) or kind not in listed("weak_endings")
    return kind not in listed("weak_endings") and word.folded in plain_practice_words()


def _says_nothing(found: Sequence[Word], i: int, kind: str) -> bool:
    """Whether a word right before a weak ending is only the first of a sentence: "Fourteen doctors came"."""
    plain_word = is_english(found[i].folded) and found[i].folded not in plain_practice_words()
    return plain_word and kind in listed("weak_endings") and found[i + 1].folded == kind.split()[0]


@cache
def plain_practice_words() -> frozenset[str]:
    """Ordinary words that practices are named after."""
    return frozenset(plain("practice_words"))
