"""Numbers and codes as they are said: what each word is worth, and where a run of them begins and ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.anonymise.text import fold

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIGITS = {word: str(i) for i, word in enumerate(_ONES)} | {
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "nil": "0",
}
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TWO_DIGITS = {word: str(10 + i) for i, word in enumerate(_TEENS)} | {word: f"{i}0" for i, word in enumerate(_TENS, 2)}
_REPEATED = frozenset({"double", "triple", "treble", "plus"})
_MULTIPLES = _REPEATED | {"hundred", "thousand"}
ALPHABET = frozenset(
    [
        "alpha",
        "alfa",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "hotel",
        "india",
        "juliet",
        "juliett",
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
        "whisky",
        "xray",
        "yankee",
        "zulu",
    ]
)
#: said between the pieces of one number: signs, and the noises of somebody who reads aloud
_BETWEEN = re.compile(
    r"(?:[\s,./–—_#-]|\b(?:um|uh|er|erm|then|and then|dash|hyphen|slash|forward|stroke|underscore|space|"
    r"(?:no |oh )?sorry|wait no|no wait|as in|for)\b)*",
    re.I,
)
#: "m for mike", "f as in foxtrot"
_FOR = re.compile(r"\s+(?:for|as\s+in)\s+[^\W\d_]+", re.I)
_SIGN = re.compile(r"\b(?:dash|hyphen|slash|stroke|underscore)\b|[-/_]", re.I)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_GAP = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or group of figures of a number: `worth` is its digits, `letter` whether it stands for letters."""

    start: int
    end: int
    worth: str
    letter: bool
    said: bool
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow each other, and how many signs (dash, slash) were said or written between them."""

    pieces: tuple[Piece, ...]
    signs: int

    @property
    def start(self) -> int:
        """Where it begins, in code points."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.pieces[-1].end

    @property
    def digits(self) -> str:
        """Its digits, letters left out; "forty six" are two."""
        heard = ""
        for last, piece in zip((None, *self.pieces), self.pieces, strict=False):
            tens = last and last.said and len(last.worth) == 2 and last.worth[1] == "0" and last.worth > "10"
            joined = tens and piece.said and len(piece.worth) == 1 and piece.worth != "0"
            heard = heard[:-1] + piece.worth if joined else heard + piece.worth
        return heard

    @property
    def letters(self) -> int:
        """How many of its pieces stand for letters."""
        return sum(piece.letter for piece in self.pieces)

    @property
    def said(self) -> int:
        """How many of its pieces were said as words or single letters."""
        return sum(piece.said for piece in self.pieces)


def runs(text: str) -> Iterator[Run]:
    """The longest stretches of pieces with nothing between them but signs and noises."""
    open_pieces: list[Piece] = []
    signs = 0
    for piece in _pieces(text):
        if open_pieces and not _near(text, open_pieces[-1].end, piece.start):
            yield from _closed(open_pieces, signs)
            open_pieces, signs = [], 0
        if open_pieces:
            signs += bool(_SIGN.search(text, open_pieces[-1].end, piece.start))
        open_pieces.append(piece)
    yield from _closed(open_pieces, signs)


def _near(text: str, left: int, right: int) -> bool:
    """Whether only signs and noises stand between; a full stop before a space ends a number."""
    return (
        right - left <= _LONGEST_GAP
        and _BETWEEN.fullmatch(text, left, right) is not None
        and not re.search(r"\.\s|\n", text[left:right])
    )


def _closed(pieces: Sequence[Piece], signs: int) -> Iterator[Run]:
    """A run without the words at its edges that mean something else there: "hundred", and "double" at its end."""
    left, right = 0, len(pieces)
    while left < right and not (
        pieces[left].worth or pieces[left].letter or (pieces[left].repeats and left + 1 < right)
    ):
        left += 1
    while right > left and not (pieces[right - 1].worth or pieces[right - 1].letter):
        right -= 1
    if right > left:
        yield Run(tuple(pieces[left:right]), signs)


def _pieces(text: str) -> Iterator[Piece]:
    tokens = list(_TOKEN.finditer(text))
    skip = -1
    for i, token in enumerate(tokens):
        if token.start() < skip:
            continue
        after = tokens[i + 1].group() if i + 1 < len(tokens) else ""
        piece = _piece(text, token, after)
        if piece is None:
            continue
        if piece.letter and (spoken := _FOR.match(text, piece.end)):
            piece = Piece(piece.start, spoken.end(), "", letter=True, said=True)
            skip = piece.end
        yield piece


def _piece(text: str, token: re.Match[str], after: str) -> Piece | None:
    word, (start, end) = token.group(), token.span()
    folded = fold(word)
    if word.isdecimal():
        return Piece(start, end, word, letter=False, said=False)
    if text[end : end + 2] in ("'s", "’s") or text[start - 1 : start] in ("'", "’"):
        return None
    if (worth := DIGITS.get(folded) or TWO_DIGITS.get(folded)) and not (folded == "o" and word.isupper()):
        return Piece(start, end, worth, letter=False, said=True)
    if folded in _MULTIPLES:
        return Piece(start, end, "", letter=False, said=True, repeats=folded in _REPEATED)
    if len(word) == 1 or folded in ALPHABET or (folded == "x" and fold(after) == "ray"):
        return Piece(start, end, "", letter=True, said=True)
    if folded == "ray" and re.search(r"\bx[\s-]$", text[:start], re.I):
        return Piece(start, end, "", letter=True, said=True)
    if _is_prefix(text, word, end, after):
        return Piece(start, end, "", letter=True, said=False)
    return None


def _is_prefix(text: str, word: str, end: int, after: str) -> bool:
    """Letters that open a code: "PHSO slash", "LP-77", "gx sixty eight"."""
    if len(word) > 4 or not (word.isupper() or len(word) == 2):
        return False
    if word.isupper():
        return bool(re.match(r"\s?[-/]?\s?\d|[\s-](?:dash|slash|hyphen|stroke)\b", text[end : end + 8])) or (
            fold(after) in DIGITS or fold(after) in TWO_DIGITS
        )
    return bool(re.match(r"\s(?:dash|slash|hyphen|stroke)\b", text[end : end + 8])) or (
        word in _PLATES and (fold(after) in DIGITS or fold(after) in TWO_DIGITS)
    )


#: two letters that no word is, with which a number plate or a code begins when it is written in lower case
_PLATES = frozenset(a + b for a in "abcdefghjklmnoprstvwxy" for b in "abcdefghjklmnoprstuvwxy") - frozenset(
    [
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "er",
        "go",
        "ha",
        "he",
        "la",
        "lo",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "us",
        "we",
        "ex",
        "pm",
        "ok",
        "ah",
        "eh",
        "hm",
        "mm",
        "oh",
    ]
)
