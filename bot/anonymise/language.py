"""Stretches in another language: the other layers read English only, so what they can't read is not let through.

Language identification: py3langid (BSD; a naive Bayes model over byte n-grams after Lui and Baldwin, 2012), weights in
its package. It needs a few words to be sure; where it isn't, the share of English words speaks.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from bot.anonymise.lists import english, is_persons, places
from bot.anonymise.models import Label, Span
from bot.anonymise.text import fold

#: from this many words on a stretch is looked at; a name or a greeting says nothing of a language
WORDS = 5
#: how sure (0 to 1) the identifier must be that it isn't English
SURE = 0.8
#: with fewer English words than this the identifier's best guess is enough, however unsure: it knows few languages
#: written in another's alphabet
PLAIN_SHARE = 0.35
#: without full stops, as speech-to-text may give it, a text is read in stretches of this many words
STRETCH = 16
_SENTENCE = re.compile(r"[^.!?…\n।۔؟]+[.!?…\n।۔؟]*")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff'’])*")


def find(text: str) -> list[Span]:
    """Spans over what isn't English, neighbouring sentences as one."""
    spans: list[Span] = []
    for foreign, stretches in groupby(_stretches(text), key=lambda stretch: _is_foreign(text, stretch)):
        if foreign:
            found = list(stretches)
            spans.append(Span(found[0][0].start(), found[-1][-1].end(), Label.LANGUAGE, "language", SURE))
    return spans


def _stretches(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of each sentence, long sentences in pieces; what is too short to judge goes with what is before it."""
    last: list[re.Match[str]] = []
    for sentence in _SENTENCE.finditer(text):
        found = list(_WORD.finditer(text, *sentence.span()))
        for at in range(0, len(found), STRETCH):
            piece = found[at : at + STRETCH]
            if last and min(len(piece), len(last)) >= WORDS:
                yield last
                last = piece
            else:
                last = last + piece
    if last:
        yield last


def _is_foreign(text: str, stretch: list[re.Match[str]]) -> bool:
    """Whether most words are neither English nor names, and the identifier agrees; lists of names are left alone."""
    folded = [fold(match.group()) for match in stretch]
    plain = sum(word in english() for word in folded) / len(folded)
    names = sum(is_persons(word) or word in places() for word in folded if word not in english()) / len(folded)
    odd = [match.group() for match, word in zip(stretch, folded, strict=True) if word not in english()]
    if len(folded) < WORDS or plain > 0.5 or plain + names > 0.8 or all(word[0].isupper() for word in odd):
        return False
    language, chance = _identifier().classify(text[stretch[0].start() : stretch[-1].end()])
    return bool(language != "en" and chance >= (SURE if plain > PLAIN_SHARE else 0.0))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
