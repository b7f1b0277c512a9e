"""The members as the risk is judged against them: what each said in which column, and how rare it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.anonymise.risk.models import Row
from bot.anonymise.risk.table import Fact

NOT_SAID = "not said"
#: columns that hold a list with `;`
LISTS = frozenset(["languages", "offers", "seeks", "working_days"])
#: columns of names: who has none there has not that one either
NAMES = frozenset(["name", "slack_name", "organisation", "place", "topics"])
#: what is known of a place is more than a band: with one of these, 8 members must fit
GEOGRAPHY = frozenset(["region", "nation", "place", "organisation"])
#: how near a number of years must be, as a share of it, to fit about a third
_NEAR = 0.15

Floats = NDArray[np.float64]


def said(row: Row, column: str) -> frozenset[str]:
    """What a member said in a column, lower case; empty for nothing, or for "not said"."""
    text = str(row.get(column) or "").strip().casefold()
    values = text.split(";") if column in LISTS else [text]
    return frozenset(value.strip() for value in values) - {"", NOT_SAID}


@dataclass(frozen=True)
class Community:
    """Members in a fixed order, and what they said by column."""

    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[frozenset[str]]]
    _asked: dict[tuple[str, str], NDArray[Any]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, members: Sequence[Row]) -> "Community":
        """From rows as in members.csv; rows without an id, and columns that are missing, do no harm."""
        names = sorted({str(column) for row in members for column in row if column})
        columns = {column: [said(row, column) for row in members] for column in names}
        columns["topics"] = [said(row, "offers") | said(row, "seeks") for row in members]
        return cls(tuple(str(row.get("id") or "") for row in members), columns)

    def __len__(self) -> int:
        return len(self.ids)

    def fits(self, fact: Fact) -> Floats:
        """How well each member fits, 0 to 1; NaN where a member said nothing in that column."""
        column, values = fact
        said_there = self.columns.get(column)
        if said_there is None:
            return np.full(len(self), np.nan)
        if column == "years_leading":
            return self._near(int(next(iter(values))))
        return self._any_of(column, values)

    def _near(self, years: int) -> Floats:
        """How near everybody's years of leading are to so many: 1 for the same, falling off as a bell."""
        if ("years_leading", "#") not in self._asked:
            digits = ("".join(theirs) for theirs in self.columns["years_leading"])
            numbers = [float(text) if re.fullmatch(r"[0-9]{1,3}", text) else np.nan for text in digits]
            self._asked["years_leading", "#"] = np.array(numbers)
        apart = (self._asked["years_leading", "#"] - years) / (1 + _NEAR * years)
        return np.exp(-(apart**2))

    def _any_of(self, column: str, values: frozenset[str]) -> Floats:
        """1 for who said one of the values, 0 for who said others; a value "-fri" is one that they don't have."""
        fit = np.zeros(len(self))
        for value in values:
            here = self._who(column, value.casefold().removeprefix("-"))
            fit = np.maximum(fit, 1.0 - here if value.startswith("-") else here)
        if column not in NAMES:
            fit[self._silent(column)] = np.nan
        return fit

    def _who(self, column: str, value: str) -> NDArray[Any]:
        if (column, value) not in self._asked:
            self._asked[column, value] = np.array([float(value in theirs) for theirs in self.columns[column]])
        return self._asked[column, value]

    def _silent(self, column: str) -> NDArray[Any]:
        """As `_who`: a mask of those who said nothing there."""
        if (column, "") not in self._asked:
            self._asked[column, ""] = np.array([not theirs for theirs in self.columns[column]], dtype=np.bool_)
        return self._asked[column, ""]
