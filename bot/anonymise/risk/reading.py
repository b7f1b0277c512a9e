"""A text as clues are read from it: words with offsets, sentences and clauses; brackets are nobody's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.anonymise.risk.stems import stem

_TOKEN = re.compile(r"\[[^\]\n]{0,80}\]|\w+(?:['’]\w+)*['’]?|[.!?…;:,\n–—()\"“”]|(?<=\s)-(?=\s)")
_BOUNDS = {"sentence": frozenset(".!?…\n"), "clause": frozenset('.!?…\n;:,–—-()"“”')}
_TURNS = frozenset(["but", "because", "although", "whereas", "while", "so"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written (lower case), its stem, its offsets, and the numbers of its sentence and clause."""

    text: str
    stem: str
    start: int
    end: int
    sentence: int
    clause: int

    @property
    def hidden(self) -> bool:
        """Whether a descriptor stands here ("[a colleague]")."""
        return self.text.startswith("[")


def read(text: str) -> list[Token]:
    """The tokens of a text, without its punctuation."""
    tokens: list[Token] = []
    sentence = clause = 0
    for match in _TOKEN.finditer(text):
        word = match.group().lower().replace("’", "'")
        if word in _BOUNDS["clause"]:
            sentence += word in _BOUNDS["sentence"]
            clause += 1
            continue
        clause += word in _TURNS
        word = word if word.startswith("[") else word.rstrip("'") + ("'" if word.endswith("s'") else "")
        stemmed = word if word.startswith("[") else stem(word)
        tokens.append(Token(word, stemmed, match.start(), match.start() + len(word), sentence, clause))
    return tokens


def before(tokens: Sequence[Token], at: int, most: int) -> list[str]:
    """The words of the same sentence just left of a token, in order."""
    left = [token.text for token in tokens[max(0, at - most) : at] if token.sentence == tokens[at].sentence]
    return left
