"""Clues: the phrases of a text that tell facts of its speaker's profile."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.anonymise.risk.ages import ages
from bot.anonymise.risk.reading import Token, read
from bot.anonymise.risk.shape import shaped, with_determiner
from bot.anonymise.risk.speaker import Whose, of_ones_children, of_thing, of_title, of_trade
from bot.anonymise.risk.table import SURE, Fact, Wording, clue_table
from bot.anonymise.risk.years import years_leading
from bot.anonymise.text import starts_sentence

#: how much of its weight a clue keeps, by whom it is said of
_KEEPS = {Whose.SPEAKER: 1.0, Whose.NOBODY: 0.85, Whose.FORMERLY: 0.3, Whose.OTHER: 0.0, Whose.DENIED: 0.0}
#: one's family's tongue is likely one's own, and the age of one's children tells one's own
_INHERITED = 0.7
_ARTICLES = frozenset(["a", "an"])


@dataclass(frozen=True, slots=True)
class Clue:
    """A phrase (offsets in code points), the facts that it tells, how sure it is (0 to 1), and softer words for it.

    A fact `("years_leading", {"22"})` is a number, which fits members near it. `place` is the paragraph's number.
    """

    start: int
    end: int
    phrase: str
    facts: tuple[Fact, ...]
    sure: float
    softer: str
    place: int = 0


def find(text: str, *, year: int, place: int = 0) -> list[Clue]:
    """Every clue of a paragraph in the order of reading. `year` is the present one (for "since 2004")."""
    tokens = read(text)
    found = [clue for at, end, wording in clue_table().find(tokens) if (clue := _clue(text, tokens, at, end, wording))]
    found += [
        Clue(start, end, text[start:end], facts, sure, capital(softer, text, start))
        for start, end, facts, sure, softer in [*ages(text), *years_leading(text, year=year)]
    ]
    kept = _widest(found)
    return [Clue(c.start, c.end, c.phrase, c.facts, c.sure, c.softer, place) for c in sorted(kept, key=_order)]


def _order(clue: Clue) -> tuple[int, int]:
    return clue.start, -clue.end


def _clue(text: str, tokens: Sequence[Token], at: int, end: int, wording: Wording) -> Clue | None:
    if wording.group == "title":
        whose = of_title(tokens, at, end)
        kept = 0.0 if whose is Whose.NOBODY else _KEEPS[whose]
    elif wording.group == "field":
        whose = of_trade(tokens, at, end)
        kept = 0.0 if whose is Whose.NOBODY else _KEEPS[whose]
    else:
        whose = _own_or(tokens, at, wording)
        kept = _KEEPS[whose]
        if whose is Whose.OTHER and _runs_in_families(wording.facts[0][0], tokens, at):
            kept = _INHERITED
    if not kept:
        return None
    first = at - 1 if wording.group == "title" and at and tokens[at - 1].text in _ARTICLES else at
    start, stop = tokens[first].start, tokens[end - 1].end
    bare = wording.group == "title" and first == at
    softer = shaped(
        wording.softer,
        text[start:stop],
        wording.facts[0][0],
        text[max(0, start - 10) : start],
        opens=_opens(text, start),
        bare=bare,
    )
    start = start if bare else with_determiner(text, start, softer)
    softer = capital(softer, text, start)
    return Clue(start, stop, text[start:stop], wording.facts, SURE[wording.group] * kept, softer)


def _runs_in_families(column: str, tokens: Sequence[Token], at: int) -> bool:
    return column == "languages" or (column == "age_band" and of_ones_children(tokens, at))


def _own_or(tokens: Sequence[Token], at: int, wording: Wording) -> Whose:
    """A wording that begins with the speaker ("my wife", "I chair") or holds its own "no" needs no more asking."""
    if wording.group == "called" or tokens[at].text in ("my", "i", "i'm", "our", "we", "as", "not", "never", "no"):
        return Whose.SPEAKER
    return of_thing(tokens, at)


def capital(softer: str, text: str, start: int) -> str:
    """Softer words with a capital where they open a sentence, as what they stand for did."""
    return softer[:1].upper() + softer[1:] if _opens(text, start) else softer


def _opens(text: str, start: int) -> bool:
    """Whether a capital here is only a sentence's first."""
    return text[start : start + 1].isupper() and starts_sentence(text, start)


def _widest(found: list[Clue]) -> list[Clue]:
    """Of clues for the same thing over the same words, the longest; others stay side by side."""
    kept: list[Clue] = []
    for clue in sorted(found, key=lambda c: (c.start - c.end, -c.sure, c.start)):
        inside = (k for k in kept if k.start <= clue.start and clue.end <= k.end)
        if not any({f[0] for f in k.facts} & {f[0] for f in clue.facts} and k.sure >= clue.sure for k in inside):
            kept.append(clue)
    return kept
