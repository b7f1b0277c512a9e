"""The table of clues: wordings read from words/*.txt, ready to be looked for in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.anonymise.risk.reading import Token
from bot.anonymise.risk.stems import stem

WORDS = Path(__file__).parent / "words"
#: how sure a wording makes one that its facts fit the speaker (0 to 1), by its group in the table
SURE = {"title": 0.95, "field": 0.85, "called": 0.7, "sure": 0.8, "likely": 0.5, "hint": 0.25}

#: (column of members.csv, values of which one fits)
Fact = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a wording: what fits it (stems, a beginning, or a word as written)."""

    choices: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    exact: bool = False
    optional: bool = False
    any_up_to: int = 0

    def fits(self, token: Token) -> bool:
        if token.hidden:
            return False
        word = token.text.removesuffix("'s") if self.exact else token.stem
        return word in self.choices or token.text.startswith(self.begins or ("\0",))


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the table: its pieces, its group, the facts that it tells, and what may stand in its place."""

    pieces: tuple[Piece, ...]
    group: str
    facts: tuple[Fact, ...]
    softer: str

    def end(self, tokens: Sequence[Token], at: int, piece: int = 0, *, skipped: bool = False) -> int | None:
        """The index after the last word if the wording stands at `at`, inside one sentence; None if it doesn't.

        One little word ("the", "own") may stand between any two.
        """
        if piece == len(self.pieces):
            return at
        here = self.pieces[piece]
        if here.any_up_to:
            tries = (self.end(tokens, at + skip, piece + 1) for skip in range(here.any_up_to + 1))
            return next((end for end in tries if end is not None), None)
        if at < len(tokens) and here.fits(tokens[at]) and (not piece or tokens[at].sentence == tokens[at - 1].sentence):
            return self.end(tokens, at + 1, piece + 1)
        if here.optional:
            return self.end(tokens, at, piece + 1)
        if piece > 0 and at < len(tokens) and tokens[at].text in wordlist("between") and not skipped:
            return self.end(tokens, at + 1, piece, skipped=True)
        return None


class Table:
    """Wordings found by their first two words."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._by_word: dict[str, _Shelf] = {}
        self._by_beginning: dict[str, _Shelf] = {}
        for wording in wordings:
            first = wording.pieces[0]
            for word in first.choices:
                self._by_word.setdefault(word, _Shelf()).put(wording)
            for begins in first.begins:
                self._by_beginning.setdefault(begins[:3], _Shelf()).put(wording)

    def wordings(self) -> Iterator[Wording]:
        """All of them, those with several first words more than once."""
        for shelf in (*self._by_word.values(), *self._by_beginning.values()):
            yield from shelf.all()

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Wording]]:
        """(index of the first token, index after the last, wording) for every wording that stands in the text."""
        for at, token in enumerate(tokens):
            written = token.text.removesuffix("'s")
            shelves = [self._by_word.get(token.stem), self._by_beginning.get(token.text[:3])]
            shelves.append(self._by_word.get(written) if written != token.stem else None)
            follow = _following(tokens, at)
            asked = dict.fromkeys(wording for shelf in shelves if shelf for wording in shelf.asked(follow))
            for wording in asked:
                if (end := wording.end(tokens, at)) is not None:
                    yield at, end, wording


class _Shelf:
    """Wordings that begin alike, by their second word where that is a plain one."""

    def __init__(self) -> None:
        self._by_second: dict[str, list[Wording]] = {}
        self._any: list[Wording] = []

    def put(self, wording: Wording) -> None:
        second = wording.pieces[1] if len(wording.pieces) > 1 else Piece(any_up_to=1)
        if second.begins or second.optional or second.any_up_to:
            self._any.append(wording)
        else:
            for word in second.choices:
                self._by_second.setdefault(word, []).append(wording)

    def all(self) -> Iterator[Wording]:
        yield from self._any
        for some in self._by_second.values():
            yield from some

    def asked(self, follow: Sequence[str]) -> Iterator[Wording]:
        yield from self._any
        for word in follow:
            yield from self._by_second.get(word, ())


def _following(tokens: Sequence[Token], at: int) -> list[str]:
    """The words that may be the second of a wording at `at`: the next one, and the one after a little one."""
    near = tokens[at + 1 : at + 2]
    if near and near[0].text in wordlist("between"):
        near = tokens[at + 1 : at + 3]
    return [form for token in near for form in {token.stem, token.text.removesuffix("'s")}]


@cache
def clue_table() -> Table:
    """All wordings of profile facts."""
    files = [path for path in sorted(WORDS.glob("*.txt")) if path.name != "topics.txt"]
    return Table([wording for path in files for wording in _wordings(path)])


def lines_of(path: Path) -> Iterator[str]:
    """The lines that say something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def wordlist(name: str) -> frozenset[str]:
    """The words of words/plain/NAME.txt."""
    return frozenset((WORDS / "plain" / f"{name}.txt").read_text(encoding="utf-8").split())


def _wordings(path: Path) -> Iterator[Wording]:
    facts: tuple[Fact, ...] = ()
    group = softer = ""
    for line in lines_of(path):
        if line.startswith("["):
            facts = tuple(_facts(line.strip("[]")))
        elif " => " in line and line.split()[0] in SURE:
            group, softer = (part.strip() for part in line.split("=>"))
        else:
            exactly = group == "field"  # "nursing" is a trade, "nurse" a person
            yield from (Wording(pieces(text, exactly=exactly), group, facts, softer) for text in line.split("|"))


def _facts(heading: str) -> Iterator[Fact]:
    for fact in heading.split(" & "):
        column, values = fact.split(":")
        yield column.strip(), frozenset(value.strip() for value in values.split(";"))


def pieces(text: str, *, exactly: bool = False) -> tuple[Piece, ...]:
    """The pieces of a wording as the table writes it; `exactly` for none but the endings written there."""
    return tuple(_piece(f"^{word}" if exactly else word) for word in text.strip().lower().split())


def _piece(word: str) -> Piece:
    if word == "..":
        return Piece(any_up_to=3)
    optional, word = word.endswith("?"), word.rstrip("?")
    if word == "_":
        return Piece(any_up_to=1, optional=optional)
    exact, word = word.startswith("^"), word.lstrip("^")
    begins = tuple(part.rstrip("*") for part in word.split("/") if part.endswith("*"))
    choices = frozenset(part if exact else stem(part) for part in word.split("/") if not part.endswith("*"))
    return Piece(choices, begins, exact, optional)
