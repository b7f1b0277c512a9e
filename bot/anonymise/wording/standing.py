"""Descriptors that stand in a text already, of this and of earlier ways of writing them: they are left as they are."""

import re
from collections.abc import Iterable, Sequence

from bot.anonymise.wording import ages, dates, details, organisations, people
from bot.anonymise.wording.grammar import ORDINALS

_OLD_LETTERED = (
    "colleague", "patient", "family member", "practice", "PCN", "federation", "trust", "hospital", "ICB", "ICS", "LMC",
    "CCG", "collaborative", "alliance", "school", "pharmacy", "optician", "dental practice", "council", "care home",
    "programme", "community interest company", "organisation",
)  # fmt: skip
_OLD_PLAIN = (
    "date", "age", "phone number", "e-mail address", "web address", "handle", "contact details", "identifier",
    "registration number", "NHS number", "bank details", "health details", "family details", "a leadership role",
    "hidden",
)  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_WHICH = rf"(?:(?:certain|unnamed) )?(?:an? |another |other |(?:an? )?{_any(ORDINALS)} |our |our other |my )?"
_CODE = r"(?: (?:[A-Z]{1,3}|\d{1,4}))?"
_SEASON = _any(dates.SEASONS)
_DAY = rf"day (?:that {_SEASON}|(?:last|this|next) month|in (?:those days|the (?:19|20)\d0s)|{_any(dates.DAYS_AFTER)})"
_AGES = (
    rf"(?:in (?:my|his|her|their|our) {_any(ages.DECADES)}|early in (?:my|his|her|their|our) career"
    rf"|(?:aged )?{_any(ages.ROUND)} or so(?: years old| year)?|{_any(ages.NTH)} or so(?: birthday)?"
    rf"|(?:a )?few months old|(?:a )?certain age)"
)
_NEW = (
    rf"{_WHICH}{_any(people.NOUNS)}{_CODE}(?:, {_any(people.ROLES)})?",
    rf"{_WHICH}(?:neighbouring )?{_any(organisations.NOUNS)}{_CODE}",
    rf"{_WHICH}{_any(organisations.PLACES)}{_CODE}",
    rf"{_WHICH}(?:name|{_DAY}|date|{_any(dates.WEEKDAYS)}|(?:19|20)\d0s baby){_CODE}",
    rf"(?:certain |unnamed )?(?:the )?{_SEASON} {_any(dates.MONTHS_AFTER)}",
    r"(?:the )?(?:19|20)\d0s|those days",
    _AGES,
    _any(details.NUMBERS),
    rf"(?:(?:certain|unnamed) )?(?:an? |my |his |her |their |our )?{_any(details.FIXED)}",
)
_OLD = (rf"{_any(_OLD_LETTERED)} [A-Z]{{1,3}}", _any(_OLD_PLAIN))
_DESCRIPTOR = re.compile(rf"\[(?:{'|'.join((*_NEW, *_OLD))})\]")


def standing(text: str) -> list[tuple[int, int]]:
    """Where descriptors stand in a text, as (start, end) in code points."""
    return [match.span() for match in _DESCRIPTOR.finditer(text)]


def reserved(texts: Sequence[str]) -> set[str]:
    """The descriptors that stand in the texts: new people never get these."""
    return {match.group() for text in texts for match in _DESCRIPTOR.finditer(text)}
