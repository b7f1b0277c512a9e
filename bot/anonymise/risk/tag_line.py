"""Tag lines: a few coarse facts beside a story, coarsened step by step until enough people share them."""

from collections.abc import Collection, Mapping

import numpy as np

from bot.anonymise.risk.community import Community
from bot.anonymise.risk.singling import Whom

#: the facts of a tag line in the order in which they are printed, and the order in which they are dropped
COLUMNS = ("gender", "setting", "age_band", "profession")
DROPPED = ("age_band", "gender", "profession", "setting")
#: so many of the people heard must share a tag line, whatever k is
HEARD = 5

#: column -> value, as members.csv has them
Line = Mapping[str, str]


def whole(row: Mapping[str, str]) -> dict[str, str]:
    """Everything that a member said of what a tag line may hold; what they left unsaid, or as "other", stays out."""
    said = {column: str(row.get(column) or "").strip() for column in COLUMNS}
    return {column: value for column, value in said.items() if value and value.casefold() not in ("not said", "other")}


def steps(line: Line) -> list[dict[str, str]]:
    """The line and every coarser one, down the fixed lattice; the last one holds nothing but "primary care leader"."""
    found = [dict(line)]
    for column in DROPPED:
        if column in found[-1]:
            found.append({kept: value for kept, value in found[-1].items() if kept != column})
    return found


def sharing(line: Line, community: Community) -> Whom:
    """Which members the line fits."""
    whom = np.ones(len(community), dtype=np.bool_)
    for column, value in line.items():
        whom &= community.fits((column, frozenset([value]))) == 1.0
    return whom


def coarsened(line: Line, community: Community, heard: Collection[str], told: Whom, k: int) -> dict[str, str] | None:
    """The finest step that at least k members and `HEARD` people heard share together with what the text tells.

    `told` are the members whom the text's own facts fit. None if there is no such step: then nothing is printed.
    """
    spoke = np.array([member in heard for member in community.ids], dtype=np.bool_)
    for step in steps(line):
        whom = sharing(step, community) & told
        if whom.sum() >= k and (whom & spoke).sum() >= HEARD:
            return step
    return None
