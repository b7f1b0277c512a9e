"""Numbers, letters and addresses said aloud, as speech-to-text writes them down."""

import re
from collections.abc import Iterator, Sequence

from bot.anonymise.keep import kept_phrases
from bot.anonymise.models import Label, Span
from bot.anonymise.text import Word, words

_DIGITS = frozenset(
    ["oh", "zero", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "o"]
)
_TIMES = frozenset({"double", "triple", "treble", "hundred", "thousand", "plus"})
_ALPHABET = frozenset(
    [
        "alpha",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "hotel",
        "india",
        "juliet",
        "kilo",
        "lima",
        "mike",
        "november",
        "oscar",
        "papa",
        "quebec",
        "romeo",
        "sierra",
        "tango",
        "uniform",
        "victor",
        "whiskey",
        "xray",
        "yankee",
        "zulu",
    ]
)
_WHO = r"[a-z0-9]+(?:[\s.]+(?:dot|underscore|dash|hyphen)\s+[a-z0-9]+|\.[a-z0-9]+)*"
_ENDING = (
    r"(?:co\s+(?:dot\s+)?uk|com|org(?:\s+dot\s+uk)?|net|uk|nhs\s+dot\s+uk|gov\s+dot\s+uk|ac\s+dot\s+uk|health|wales|cymru|scot|"
    r"london|info|care)"
)
# "at" and "dot" together are unmistakable, whatever the ending
_EMAIL = re.compile(
    rf"\b{_WHO}(?:\s+at\s+|\s*@\s*)[a-z0-9\-]+(?:\s+[a-z0-9\-]+)?(?:\s+dot\s+[a-z0-9\-]+|\.[a-z0-9\-]+)+\b", re.I
)
_NHS_MAIL = re.compile(rf"\b{_WHO}\s+at\s+nhs(?:\s+dot\s+net|\.net|\s*mail)\b", re.I)
_SITE = re.compile(
    rf"\b(?:www\s+(?:dot\s+)?)?[a-z0-9\-]+(?:\s+dot\s+[a-z0-9\-]+)*\s+dot\s+{_ENDING}(?:\s+(?:forward\s+)?slash\s+[\w\-]+)*\b",
    re.I,
)


def find(text: str) -> list[Span]:
    """Spoken contacts, identifiers, postcodes and spelled-out names."""
    spans = [
        Span(*match.span(), Label.CONTACT, f"spoken:{name}", 0.95)
        for name, pattern in (("email", _EMAIL), ("email", _NHS_MAIL), ("url", _SITE))
        for match in pattern.finditer(text)
    ]
    found = _tokens(text)
    return spans + list(_digit_runs(text, found)) + list(_spelled(text, found))


def _tokens(text: str) -> list[Word]:
    """Words and digit groups in order."""
    digits = [Word(m.start(), m.end(), m.group(), m.group()) for m in re.finditer(r"\d+", text)]
    return sorted(words(text) + digits, key=lambda word: word.start)


def _near(text: str, left: Word, right: Word) -> bool:
    return not text[left.end : right.start].strip(" ,-.–")


def _runs(text: str, found: Sequence[Word], belongs: Sequence[bool]) -> Iterator[Sequence[Word]]:
    """Longest stretches of neighbouring words that belong."""
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and belongs[end] and (end == start or _near(text, found[end - 1], found[end])):
            end += 1
        if end > start:
            yield found[start:end]
        start = max(end, start + 1)


def _digit_runs(text: str, found: Sequence[Word]) -> Iterator[Span]:
    """Six or more digits said one by one: a telephone number if it starts like one, else an identifier."""
    belongs = [w.folded in _DIGITS or w.folded in _TIMES or (w.folded.isdigit() and len(w.folded) < 6) for w in found]
    for part in _runs(text, found, belongs):
        spoken = [w for w in part if not w.folded.isdigit()]
        digits = sum(len(w.folded) if w.folded.isdigit() else 1 for w in part)
        if digits < 6 or len(spoken) < 3:
            continue
        phone = part[0].folded in {"oh", "o", "zero", "nought"} or part[0].folded.startswith("0")
        label = Label.CONTACT if phone and digits > 8 else Label.ID
        yield Span(part[0].start, part[-1].end, label, "spoken:digits", 0.9)


def _spelled(text: str, found: Sequence[Word]) -> Iterator[Span]:
    """Three or more single letters (a spelled name), or letters with digits between (a postcode or code)."""
    belongs = [
        (len(w.folded) == 1 and w.folded.isalnum())
        or w.folded in _DIGITS
        or w.folded in _ALPHABET
        or w.folded == "double"
        for w in found
    ]
    for part in _runs(text, found, belongs):
        letters = [w for w in part if (len(w.folded) == 1 and w.folded.isalpha()) or w.folded in _ALPHABET]
        numbers = len(part) - len(letters)
        if numbers == 0 and _spells_a_name(letters):
            yield Span(part[0].start, part[-1].end, Label.PERSON, "spoken:letters", 0.8)
        elif numbers >= 2 and len(letters) >= 2 and len(part) >= 5:
            code = Label.LOCATION if numbers <= 4 and len(letters) >= 3 else Label.ID
            yield Span(part[0].start, part[-1].end, code, "spoken:code", 0.85)


def _spells_a_name(letters: Sequence[Word]) -> bool:
    """Whether single letters in a row spell a name rather than an abbreviation that is kept."""
    spelt = "".join(w.folded[0] for w in letters)
    return len(letters) >= 3 and spelt not in kept_phrases() and spelt not in {"nhs", "pcn", "icb", "gps", "abc"}
