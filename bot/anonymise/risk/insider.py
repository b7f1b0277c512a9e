"""Risks that an insider's rehearsal shows: the phrases without which the speaker would not be among the first."""

from collections.abc import Iterator, Sequence

from bot.anonymise.risk.clues import Clue
from bot.anonymise.risk.fit import average_rank
from bot.anonymise.risk.models import Risk, RiskKind
from bot.anonymise.risk.rehearsal import Intruder

#: an insider who has the speaker among so many will ask around
FIRST = 3
#: softening more phrases than this is rewriting somebody's story
_AT_MOST = 12


def risks(clues: Sequence[Clue], speaker: str, intruder: Intruder) -> Iterator[Risk]:
    """The fewest phrases, found by leaving out one at a time, without which the speaker falls behind."""
    ids = intruder.community.ids
    if speaker not in ids or len(ids) <= FIRST:
        return
    who = ids.index(speaker)
    left = list(clues)
    out: list[str] = []
    while len(out) < _AT_MOST and left and _among_first(left, who, intruder):
        phrase = min(dict.fromkeys(_key(clue) for clue in left), key=lambda key: _standing(left, key, who, intruder))
        out.append(phrase)
        left = [clue for clue in left if _key(clue) != phrase]
    for clue in clues:
        if _key(clue) in out:
            yield Risk(RiskKind.INSIDER, clue.place, clue.phrase, 0, _terms(clue), clue.softer)


def _key(clue: Clue) -> str:
    return clue.phrase.lower()


def _among_first(clues: Sequence[Clue], who: int, intruder: Intruder) -> bool:
    """In the first three and better than chance; who fits equally well shares the average of their ranks."""
    scores = intruder.fits.scores(clues)
    return bool(scores[who] > scores.mean() and average_rank(scores, who) <= FIRST)


def _standing(clues: Sequence[Clue], without: str, who: int, intruder: Intruder) -> tuple[float, str]:
    """How far above the rest the speaker stands once a phrase is left out: less is better."""
    scores = intruder.fits.scores([clue for clue in clues if _key(clue) != without])
    return round(float(scores[who] - scores.mean()), 9), without


def _terms(clue: Clue) -> tuple[str, ...]:
    named = (values for column, values in clue.facts if column not in ("name", "slack_name", "organisation", "place"))
    terms = (" or ".join(sorted(values)) for values in named if len(values) < 4)
    return tuple(f"{term} years" if term.isdigit() else term for term in terms)
