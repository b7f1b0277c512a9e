"""Softer words in the place of phrases that tell too much, so that the sentence still stands."""

import re
from collections.abc import Callable, Sequence

from bot.anonymise.risk.clues import Clue, capital

#: softer words may uncover a clue that a longer one covered; after so many rounds enough has been said
_ROUNDS = 5
_AGAIN = re.compile(
    r"\b((?:something|this area|around here|such things|at work|my workplace|something here"
    r"|this part of the country))(?:[\s,]+(?:and |or |of |in |on |with |at |from )?\1\b)+",
    re.I,
)


def softened(text: str, find: Callable[[str], Sequence[Clue]]) -> str:
    """The text with every phrase that `find` finds replaced, and again until nothing is left to find."""
    for _ in range(_ROUNDS):
        clues = find(text)
        if not clues:
            break
        text = replaced(text, clues)
    return text


def replaced(text: str, clues: Sequence[Clue]) -> str:
    """The text with the clues' softer words; of clues that overlap, the widest decides over all that they cover."""
    for start, end, softer in reversed(_stretches(clues)):
        text = text[:start] + capital(softer, text, start) + text[end:]
    return _AGAIN.sub(r"\1", text)


def _stretches(clues: Sequence[Clue]) -> list[tuple[int, int, str]]:
    """(start, end, softer words) of stretches that don't overlap, in order."""
    found: list[tuple[int, int, str]] = []
    widths: list[int] = []
    for clue in sorted(clues, key=lambda c: (c.start, -c.end)):
        if found and clue.start < found[-1][1]:
            start, end, softer = found[-1]
            wider = clue.end - clue.start > widths[-1]
            found[-1] = (start, max(end, clue.end), clue.softer if wider else softer)
            widths[-1] = max(widths[-1], clue.end - clue.start)
        else:
            found.append((clue.start, clue.end, clue.softer))
            widths.append(clue.end - clue.start)
    return found
