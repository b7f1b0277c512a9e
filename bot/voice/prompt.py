"""The words that may come up, told to the engine beforehand, and the check that it does not just read them back."""

import re
from collections.abc import Sequence

from bot.words import vocabulary

# Whisper keeps 223 tokens of a prompt and forgets the beginning; names take up to two letters and a half a token.
MOST_LETTERS = 500
RECITAL = 3  # fewer words in the prompt's order are chance: a leader does say "practice manager"


def build_prompt(names: Sequence[str] = ()) -> str:
    """A short comma list: the domain's vocabulary, then names of people and places, most important first, capped.

    A list and not a sentence: measured, prose helps less and makes the engine lose speech. The full stop at its end
    matters: without one the engine writes on in the same way, with no capitals and no sentences.
    """
    said: dict[str, None] = {}
    letters = 0
    for word in [*vocabulary(), *(" ".join(name.split()) for name in names)]:
        if not word or word in said:
            continue
        letters += len(word) + 2
        if letters > MOST_LETTERS:
            break
        said[word] = None
    return ", ".join(said) + "."


def recites(text: str, prompt: str) -> bool:
    """Whether the text is nothing but three or more words of the prompt, in its order."""
    words = plain_words(text)
    return len(words) >= RECITAL and f" {' '.join(words)} " in f" {' '.join(plain_words(prompt))} "


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
