"""The insider's rehearsal: somebody who knows every member reads the words and guesses who is speaking."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.anonymise.risk import clues as clue_table
from bot.anonymise.risk.clues import Clue
from bot.anonymise.risk.community import Community
from bot.anonymise.risk.fit import Fits
from bot.anonymise.risk.local_clues import LocalWords, Names
from bot.anonymise.risk.models import Row
from bot.anonymise.risk.soften import softened

#: the year that "since 2004" is counted to where nobody says
THIS_YEAR = 2026


class Intruder:
    """A reader who knows this community; prepared once, asked about many texts."""

    def __init__(self, members: Sequence[Row], *, year: int = THIS_YEAR) -> None:
        self.members, self.year = list(members), year
        self.community = Community.of(members)
        self.fits = Fits(self.community)
        self._local = LocalWords.of(self.community)
        self._names = Names(members)

    def clues(self, paragraphs: Sequence[str]) -> list[Clue]:
        """Everything in paragraphs that tells of a profile but names, in the order of reading."""
        found: list[Clue] = []
        for place, text in enumerate(paragraphs):
            here = clue_table.find(text, year=self.year, place=place) + self._local.find(text, place=place)
            found += sorted(here, key=lambda clue: (clue.start, -clue.end, clue.softer))
        return found

    def names(self, paragraphs: Sequence[str]) -> list[Clue]:
        """Names of the roster that stand in paragraphs after all, also as they sound."""
        return sorted(self._names.find(paragraphs), key=lambda clue: (clue.place, clue.start, -clue.end))

    def all_clues(self, text: str) -> list[Clue]:
        """Both, of one paragraph."""
        return [*self.clues([text]), *self.names([text])]

    def ranking(self, text: str) -> list[str]:
        """All members' ids, best fit first; who fits equally well comes in an order that only the text decides."""
        scores = self.fits.scores(self.all_clues(text))
        order = sorted(range(len(scores)), key=lambda who: (-round(float(scores[who]), 9), self._lot(text, who)))
        return [self.community.ids[who] for who in order]

    def _lot(self, text: str, who: int) -> str:
        return hashlib.sha256(f"{self.community.ids[who]}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()

    def softened(self, text: str) -> str:
        """The text with every clue said in softer words."""
        return softened(text, self.all_clues)


@dataclass(frozen=True)
class Rehearsed:
    """What the reader made of a text."""

    ranking: tuple[str, ...]
    clues: tuple[Clue, ...]
    softened: str


def rehearse(text: str, intruder: Intruder) -> Rehearsed:
    """Who it could be, best guess first, by which phrases, and the same text in softer words."""
    paragraphs = text.split("\n")
    found = [*intruder.clues(paragraphs), *intruder.names(paragraphs)]
    soft = "\n".join(intruder.softened(paragraph) for paragraph in paragraphs)
    return Rehearsed(tuple(intruder.ranking(text)), tuple(found), soft)
