"""How well a text fits each member: naive Bayes over its clues, so that what is rare in the community weighs most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.anonymise.risk.clues import Clue
from bot.anonymise.risk.community import Community, Floats
from bot.anonymise.risk.table import Fact

#: what a second clue for the same fact still adds, and how sure any number of clues can make one
_NEXT, _MOST = 0.5, 0.95
#: one more member, who fits so well: where few said anything, saying so still tells something
_PRIOR = 0.2


@dataclass
class Fits:
    """The log-likelihood of each member, relative to chance, for a set of clues; the facts are worked out once."""

    community: Community

    def __post_init__(self) -> None:
        self._parts: dict[tuple[Fact, float], Floats] = {}

    def scores(self, clues: Iterable[Clue]) -> Floats:
        """One number a member, 0 for no better than chance."""
        total = np.zeros(len(self.community))
        for fact, sure in sorted(_sureness(clues).items(), key=repr_of):
            total += self._part(fact, round(sure, 3))
        return total

    def _part(self, fact: Fact, sure: float) -> Floats:
        """log of (sure * fit / mean fit + 1 - sure); nothing for who said nothing, or where nobody fits."""
        if (fact, sure) not in self._parts:
            fit = self.community.fits(fact)
            known = ~np.isnan(fit)
            mean = (fit[known].sum() + _PRIOR) / (known.sum() + 1) if fit[known].any() else 0.0
            part = np.zeros(len(fit))
            if mean > 0:
                part[known] = np.log(sure * fit[known] / mean + 1 - sure)
            self._parts[fact, sure] = part
        return self._parts[fact, sure]


def repr_of(item: tuple[Fact, float]) -> tuple[str, tuple[str, ...]]:
    """A fixed order of facts, so that sums come out the same every time."""
    return item[0][0], tuple(sorted(item[0][1]))


def _sureness(clues: Iterable[Clue]) -> dict[Fact, float]:
    """How sure all clues together make each fact; the same phrase said again adds nothing."""
    by_fact: dict[Fact, dict[str, float]] = {}
    for clue in clues:
        for fact in clue.facts:
            phrases = by_fact.setdefault(fact, {})
            phrases[clue.phrase.lower()] = max(clue.sure, phrases.get(clue.phrase.lower(), 0.0))
    return {fact: _together(sorted(phrases.values(), reverse=True)) for fact, phrases in by_fact.items()}


def _together(sures: Sequence[float]) -> float:
    doubt = 1.0
    for nth, sure in enumerate(sures):
        doubt *= 1 - sure * _NEXT**nth
    return min(_MOST, 1 - doubt)


def average_rank(scores: Floats, who: int) -> float:
    """The rank (1 is best) of a member; members that tie share the average of their ranks."""
    better = int((scores > scores[who] + 1e-9).sum())
    same = int((np.abs(scores - scores[who]) <= 1e-9).sum())
    return better + (same + 1) / 2
