"""Singling out: whether what a text tells, with what is printed beside it, fits too few members."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.anonymise.risk.clues import Clue
from bot.anonymise.risk.community import GEOGRAPHY, Community
from bot.anonymise.risk.models import Risk, RiskKind
from bot.anonymise.risk.table import Fact

#: below national level a group must be larger (NHS rule on small numbers: 1 to 7 are not shown)
K_WITH_GEOGRAPHY = 8
#: a clue less sure than this is for the insider's rehearsal alone
_SURE = 0.5
_COLUMNS = frozenset(
    [
        "profession",
        "organisation_kind",
        "setting",
        "region",
        "nation",
        "gender",
        "age_band",
        "career_stage",
        "years_leading",
        "languages",
    ]
)
#: a number of years fits where it is about as near as a person would remember
_NEAR_ENOUGH = 0.3
#: beyond so many facts at once, the smallest set to soften is found step by step
_TRY_ALL_UP_TO, _AT_ONCE = 14, 3

Whom = NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """A fact that the text tells of its speaker: whom it fits, and by which phrases it is told."""

    fact: Fact
    fits: Whom
    clues: tuple[Clue, ...]

    @property
    def terms(self) -> str:
        """The fact in the profile's own words."""
        column, values = self.fact
        return f"{next(iter(values))} years" if column == "years_leading" else " or ".join(sorted(values))


def told(clues: Sequence[Clue], community: Community, speaker: str) -> list[Told]:
    """The facts that fit the speaker and that a text tells surely, each with those whom it fits.

    What doesn't fit the speaker was misread or is a false trail: nobody is singled out by it. Where the speaker
    left a column unsaid, so could others who did.
    """
    who = community.ids.index(speaker) if speaker in community.ids else None
    by_fact: dict[Fact, list[Clue]] = {}
    for clue in clues:
        for fact in clue.facts:
            if clue.sure >= _SURE and fact[0] in _COLUMNS:
                by_fact.setdefault(fact, []).append(clue)
    found = []
    for fact, telling in by_fact.items():
        fits = community.fits(fact)
        whom = np.where(np.isnan(fits), who is not None and np.isnan(fits[who]), fits >= _NEAR_ENOUGH)
        if len(fits) and not np.isnan(fits).all() and (who is None or whom[who]):
            found.append(Told(fact, whom, tuple(telling)))
    return found


def enough(facts: Sequence[Told], beside: Whom, k: int) -> bool:
    """Whether facts, together with those whom the tag line fits, leave at least k members (or all, of fewer)."""
    need = max(k, K_WITH_GEOGRAPHY) if any(fact.fact[0] in GEOGRAPHY for fact in facts) else k
    return _count(facts, beside) >= min(need, len(beside))


def _count(facts: Sequence[Told], beside: Whom) -> int:
    whom = beside.copy()
    for fact in facts:
        whom &= fact.fits
    return int(whom.sum())


def to_soften(facts: Sequence[Told], beside: Whom, k: int) -> list[Told]:
    """The facts to take out so that enough members fit the rest: those told by the fewest phrases."""
    facts = [fact for fact in facts if not fact.fits.all()]
    if enough(facts, beside, k):
        return []
    if len(facts) <= _TRY_ALL_UP_TO:
        for size in range(1, _AT_ONCE + 1):
            ways = (way for way in combinations(facts, size) if enough(_without(facts, way), beside, k))
            if best := min(ways, key=_phrases, default=None):
                return list(best)
    out: list[Told] = []
    while (left := _without(facts, out)) and not enough(left, beside, k):
        out.append(max(left, key=lambda fact: (_count(_without(left, [fact]), beside), -len(fact.clues), fact.terms)))
    return out


def _without(facts: Sequence[Told], some: Sequence[Told]) -> list[Told]:
    return [fact for fact in facts if not any(fact is other for other in some)]


def _phrases(way: Sequence[Told]) -> tuple[int, str]:
    return sum(len(fact.clues) for fact in way), " ".join(fact.terms for fact in way)


def risks(facts: Sequence[Told], beside: Whom, k: int) -> Iterator[Risk]:
    """One for each phrase that tips it, with the smallest set of facts that it completes and how many that fits."""
    for fact in to_soften(facts, beside, k):
        together = _tipped(fact, facts, beside, k)
        terms = tuple(dict.fromkeys(each.terms for each in together))
        for clue in fact.clues:
            yield Risk(RiskKind.SINGLING_OUT, clue.place, clue.phrase, _count(together, beside), terms, clue.softer)


def _tipped(fact: Told, facts: Sequence[Told], beside: Whom, k: int) -> Sequence[Told]:
    others = _without(facts, [fact])
    for size in range(3):
        for rest in combinations(others, size):
            if not enough([fact, *rest], beside, k):
                return [fact, *rest]
    return [fact, *others]
