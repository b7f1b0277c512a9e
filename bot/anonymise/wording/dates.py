"""Dates as relative phrases: a season, and how long before or after the date that was told last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.anonymise.wording.grammar import Phrase
from bot.anonymise.wording.numbers import ORDINAL_VALUES, number, year

SEASONS = ("winter", "spring", "summer", "autumn")
#: days apart, up to and with -> how much later or earlier a day is
_DAYS = ((6, "soon after", "shortly before"), (20, "a couple of weeks later", "a couple of weeks earlier"),
         (55, "a few weeks later", "a few weeks earlier"), (300, "some months later", "some months earlier"),
         (450, "about a year later", "about a year earlier"))  # fmt: skip
_FAR = ("some years later", "some years earlier")
_YEARS = {1: "of the following year", -1: "of the year before"}
#: everything that may follow "a day" or "the spring"
DAYS_AFTER = (*(words for _, *both in _DAYS for words in both), *_FAR)
MONTHS_AFTER = ("of that year", *_YEARS.values(), *_FAR)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIGURES = re.compile(r"^\D*?(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2,4})\D*$")
_BIRTH = re.compile(r"^(?:born (?:in|on) )?((?:19|20)\d)\d(?: (baby|born))?$")
_TOKEN = re.compile(r"['’]?\d+|[a-z]+")


@dataclass(frozen=True, slots=True)
class When:
    """What a date says: each part None where it isn't told."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def season(self) -> str:
        """The season that the month lies in."""
        return SEASONS[(self.month or 1) % 12 // 3]

    @property
    def whole(self) -> bool:
        """Whether two such dates can be put in order."""
        return self.month is not None and self.year is not None


@lru_cache(maxsize=4096)
def read(form: str) -> When:
    """A date as written or said ("14 March 2019", "the fourteenth of march", "14/3/19"); empty where it is none."""
    said = form.lower().strip()
    if match := _FIGURES.match(said):
        first, middle, last = match.groups()
        parts = (last, middle, first) if len(first) == 4 else (first, middle, last)
        return _checked(int(parts[0]), int(parts[1]), year(parts[2]))
    tokens = _TOKEN.findall(said)
    at = next((i for i, token in enumerate(tokens) if token[:3] in _MONTHS and _is_month(token)), None)
    if at is None:
        return When()
    behind = [token for token in tokens[at + 1 :] if token not in ("the", "of", "st", "nd", "rd", "th")]
    in_year, ahead = _year_of(behind)
    return _checked(_day(tokens[:at]) or _day(ahead), _MONTHS.index(tokens[at][:3]) + 1, in_year)


def _is_month(token: str) -> bool:
    return token == "sept" or len(token) == 3 or (len(token) > 3 and token.endswith(("y", "h", "l", "e", "t", "r")))


def _day(tokens: Sequence[str]) -> int | None:
    """The day of the month among some words."""
    words = [t for t in tokens if t not in ("the", "of", "on", "day", "st", "nd", "rd", "th")]
    joined = " ".join(words[-2:])
    for said in (joined, *reversed(words)):
        value = ORDINAL_VALUES.get(said) or (int(said) if said.isdigit() else number(said))
        if value and value <= 31:
            return value
    return None


def _year_of(tokens: Sequence[str]) -> tuple[int | None, Sequence[str]]:
    """The year behind a month, and the words before it: the day, if it comes there. Two bare figures are no year."""
    for i in range(len(tokens)):
        if not re.fullmatch(r"\d\d?", tokens[i]) and (found := year(" ".join(tokens[i:]))):
            return found, tokens[:i]
    return None, tokens


def _checked(day: int | None, month: int, in_year: int | None) -> When:
    if not 1 <= month <= 12:
        day, month = month, day or 0
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return When()
    return When(day, month, in_year)


def birth(form: str) -> Phrase:
    """What stands for the date when somebody was born: its decade, as for an age."""
    when = read(form)
    told = when.year or next((int(found) for found in re.findall(r"\b(?:19|20)\d\d\b", form)), None)
    decade = f"the {told // 10}0s" if told else "those days"
    return Phrase("a", "day", f" in {decade}") if when.day else Phrase("", decade)


def phrase(form: str, last: When | None) -> Phrase:
    """What stands for a date, `last` being the one told before it, if its order is known."""
    if year_of := _BIRTH.match(form.lower().strip()):
        return Phrase(
            "a" if year_of[2] == "baby" else "the", f"{year_of[1]}0s{' baby' if year_of[2] == 'baby' else ''}"
        )
    if near := re.search(r"\b(last|this|next) month\b", form.lower()):
        return Phrase("a", "day", f" {near[1]} month")
    when = read(form)
    if when.month is None:
        weekday = next((day for day in WEEKDAYS if day.lower() in form.lower()), "")
        return Phrase("a", weekday or "date")
    order = last if last and last.whole and when.whole else None
    if when.day is None:
        return Phrase("the", when.season, f" {_month_after(when, order)}")
    return Phrase("a", "day", f" {_day_after(when, order)}")


def _day_after(when: When, last: When | None) -> str:
    """ "that spring", "a few weeks later"."""
    if last is None:
        return f"that {when.season}"
    apart = (_as_date(when) - _as_date(last)).days
    if when.year == last.year and abs(apart) > _DAYS[2][0] and when.season != last.season:
        return f"that {when.season}"
    words = next((both for most, *both in _DAYS if abs(apart) <= most), _FAR)
    return words[0 if apart >= 0 else 1]


def _month_after(when: When, last: When | None) -> str:
    """ "of that year", "some years earlier"."""
    apart = (when.year or 0) - (last.year or 0) if last else 0
    return _YEARS.get(apart, "of that year" if apart == 0 else _FAR[0 if apart > 0 else 1])


def _as_date(when: When) -> date:
    """For counting only: a month stands for its middle, and the 31st of a short month for its 28th."""
    return date(when.year or 1, when.month or 1, min(when.day or 15, 28))
