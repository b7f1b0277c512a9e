"""The domain's words that engines still write wrongly, and American spellings, put right after transcription."""

import re
from collections.abc import Callable
from functools import cache

import yaml

from bot.words import PROMPTS


@cache
def table() -> dict[str, str]:
    """What prompts/corrections.yaml says: what is written wrongly, in small letters, and what it should be."""
    groups = yaml.safe_load((PROMPTS / "corrections.yaml").read_text(encoding="utf-8"))
    return {wrong.lower(): right for group in groups.values() for wrong, right in group.items()}


def corrected(text: str) -> str:
    """The text with every entry of the table put right: whole words only, in any case, a first capital kept."""
    return _corrector()(text)


@cache
def _corrector() -> Callable[[str], str]:
    right = table()
    longest_first = sorted(right, key=len, reverse=True)
    wrong = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def put_right(match: re.Match[str]) -> str:
        found = match.group()
        better = right[found.lower()]
        return better[0].upper() + better[1:] if found[0].isupper() else better

    return lambda text: wrong.sub(put_right, text)
