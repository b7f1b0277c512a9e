"""Names that the words around them give away: after a title, after "called", before "said"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.anonymise.keep import kept_phrases
from bot.anonymise.lists import given_names, listed, surnames
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import compiled
from bot.anonymise.text import Word, fold, is_english, joined, stands_out, words

#: words before a name that say who somebody is in the world
TITLES = frozenset(
    [
        "dr",
        "doctor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "rev",
        "reverend",
        "father",
        "canon",
        "nurse",
        "sister",
        "matron",
        "councillor",
        "cllr",
        "mx",
    ]
)
#: titles that are ordinary words too: the name behind them must look like one
_LOOSE = frozenset(
    ["doctor", "miss", "professor", "lord", "lady", "father", "canon", "nurse", "sister", "matron", "councillor"]
)
_SAID = frozenset(
    [
        "said",
        "says",
        "told",
        "tells",
        "asked",
        "asks",
        "thinks",
        "thought",
        "reckons",
        "phoned",
        "rang",
        "called",
        "texted",
        "emailed",
        "retired",
        "joined",
        "left",
    ]
)
#: whoever is spoken to by these is a person, so that a word-name needs no capital: "i rang hope"
_REACHED = frozenset(["rang", "phoned", "texted", "emailed", "whatsapped", "messaged", "ringing", "phoning", "texting"])
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?:\s?[A-Z][a-z]+)?(?<!\s)|"
    r"(?<![\w.])[A-Z]\.\s?[A-Z][a-z]{2,}(?=\s+(?:said|says|and|was|is)\b)|"
    r"(?<![\w.])[B-HJ-Z]\s[B-HJ-Z](?!\w|['’]|\.\w|\s[A-Z]\b)"
)
#: a title before one letter: "doctor p", "Dr K"
_LETTER = re.compile(
    r"(?<!\w)(?:dr|doctor|mr|mrs|ms|miss|mx|prof|professor|nurse|sister|matron)\.?\s[b-hj-z](?![\w'’]|\.\w)", re.I
)
#: "call me v": one letter that is a name, here and wherever it stands alone
_CALL_ME = re.compile(r"\b(?:call|calls|called)\s(?:me|him|her)\s([b-hj-z])(?![\w'’])", re.I)
_ABBREVIATIONS = frozenset({"us", "usa", "eg", "ie", "am", "pm", "bc", "ad", "phd", "ba", "ma", "bsc"})
_CALLED = compiled(
    r"\b(?:called|named|name is|name was|name's|names were|known as|nicknamed|call me|calls me|called "
    r"me|speaking to|chatting to|talking to|this is|i'm|i am|it's|thanks|thank you|cheers|hi|hello|hiya|"
    r"bless) "
)


def find(text: str) -> list[Span]:
    """Names of people by their context."""
    found = words(text)
    return [*_titled(text, found), *_called(text, found), *_speaking(text, found), *_initials(text), *_letters(text)]


def _word_name(word: Word) -> bool:
    """A first name, be it an ordinary word, but none of those that may follow any verb ("rang just as")."""
    every_day = word.folded in listed("everyday_names") and word.folded not in ("hope", "mark")
    return word.folded in given_names() and not every_day


def is_titled(text: str, start: int) -> bool:
    """Whether a title stands right before `start`."""
    before = text[max(0, start - 16) : start].replace(".", " ").split()
    return bool(before) and fold(before[-1]) in TITLES


def is_name(text: str, word: Word) -> bool:
    """Whether a word looks like somebody's name where a name is expected."""
    if word.folded in listed("not_after_title"):
        return False
    in_lists = word.folded in given_names() or word.folded in surnames()
    return stands_out(text, word) or not is_english(word.folded) or (in_lists and len(word.folded) > 3)


def _name_from(text: str, found: Sequence[Word], at: int) -> Sequence[Word]:
    """The words from `at` on that look like one name, three at most."""
    end = at
    while end < min(len(found), at + 3) and is_name(text, found[end]):
        if end > at and not (joined(text, found[end - 1], found[end]) and _goes_on(text, found[end])):
            break
        end += 1
    return found[at:end]


def _goes_on(text: str, word: Word) -> bool:
    return stands_out(text, word) or (not is_english(word.folded) and word.folded in surnames())


def _span(part: Sequence[Word], name: str, score: float) -> Span:
    return Span(part[0].start, part[-1].end, Label.PERSON, f"context:{name}", score)


def _initials(text: str) -> Iterator[Span]:
    """Initials with dots ("J. P."), unless they are an abbreviation that is kept."""
    for match in _INITIALS.finditer(text):
        if "".join(c for c in match.group() if c.isalpha()).lower() not in kept_phrases() | _ABBREVIATIONS:
            yield Span(*match.span(), Label.PERSON, "context:initials", 0.7)


def _letters(text: str) -> Iterator[Span]:
    """Single letters that stand for a name."""
    for match in _LETTER.finditer(text):
        yield Span(*match.span(), Label.PERSON, "context:letter", 0.8)
    for said in _CALL_ME.finditer(text):
        for match in re.finditer(rf"(?<![\w'’]){said[1]}(?![\w'’])", text):
            yield Span(*match.span(), Label.PERSON, "context:letter", 0.8)


def _titled(text: str, found: Sequence[Word]) -> Iterator[Span]:
    for i, word in enumerate(found[:-1]):
        if word.folded not in TITLES or not joined(text, word, found[i + 1]):
            continue
        part = _name_from(text, found, i + 1)
        if part and (word.folded not in _LOOSE or word.text[0].isupper() or not is_english(part[0].folded)):
            yield _span(part, "title", 0.9)


def _called(text: str, found: Sequence[Word]) -> Iterator[Span]:
    """After "called" and the like a capital or a first name is a person (or a practice: the label may be wrong)."""
    starts = {word.start: i for i, word in enumerate(found)}
    for match in _CALLED.finditer(text):
        at = starts.get(match.end())
        if at is None:
            continue
        part = _name_from(text, found, at)
        if (
            part
            and (part[0].folded in given_names() or part[0].folded in surnames())
            and part[0].text[0].isupper() | (not is_english(part[0].folded))
        ):
            yield _span(part, "called", 0.8)


def _speaking(text: str, found: Sequence[Word]) -> Iterator[Span]:
    """First names that are ordinary words too where somebody speaks, with a capital ("Grace said"), or is rung."""
    for word, after in pairwise(found):
        if word.folded in _REACHED and _word_name(after) and joined(text, word, after):
            yield _span([after], "reached", 0.7)
        if (
            word.folded in given_names()
            and word.text[0].isupper()
            and after.folded in _SAID
            and joined(text, word, after)
        ):
            yield _span([word], "said", 0.7)
